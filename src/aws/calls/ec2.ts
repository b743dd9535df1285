/** The EC2 calls: networks and what they are made of. */
import type * as Ec2 from '@aws-sdk/client-ec2'
import { type Alias, at, type Call, call, field, filter, type Loose, list, listAt, single } from './call.ts'

const spec = { service: 'ec2' } as const
/** Batfish names its file after the list. */
const named = (file: string): Pick<Call<unknown>, 'list' | 'aliases'> => ({
  list: file,
  aliases: [{ file, list: file }],
})
/** The largest page: requests without one count as unpaginated and have a lower rate (EC2 Developer Guide, Request throttling). */
const PAGED = { always: { MaxResults: 1000 } } as const

export const describeVpcs = call<Ec2.Vpc>({
  ...spec,
  operation: 'DescribeVpcs',
  ...named('Vpcs'),
  by: { id: filter('vpc-id', field('VpcId')) },
})

export const describeSubnets = call<Ec2.Subnet>({
  ...spec,
  operation: 'DescribeSubnets',
  ...named('Subnets'),
  by: { id: filter('subnet-id', field('SubnetId')), vpc: filter('vpc-id', field('VpcId')) },
})

export const describeRouteTables = call<Ec2.RouteTable>({
  ...spec,
  operation: 'DescribeRouteTables',
  ...named('RouteTables'),
  by: { id: filter('route-table-id', field('RouteTableId')), vpc: filter('vpc-id', field('VpcId')) },
})

export const describeNetworkAcls = call<Ec2.NetworkAcl>({
  ...spec,
  operation: 'DescribeNetworkAcls',
  ...named('NetworkAcls'),
  by: { vpc: filter('vpc-id', field('VpcId')) },
})

export const describeSecurityGroups = call<Ec2.SecurityGroup>({
  ...spec,
  ...PAGED,
  operation: 'DescribeSecurityGroups',
  ...named('SecurityGroups'),
  by: { id: filter('group-id', field('GroupId')), vpc: filter('vpc-id', field('VpcId')) },
})

export const describeVpcEndpoints = call<Ec2.VpcEndpoint>({
  ...spec,
  operation: 'DescribeVpcEndpoints',
  ...named('VpcEndpoints'),
  by: { id: filter('vpc-endpoint-id', field('VpcEndpointId')), vpc: filter('vpc-id', field('VpcId')) },
})

export const describeNetworkInterfaces = call<Ec2.NetworkInterface>({
  ...spec,
  ...PAGED,
  operation: 'DescribeNetworkInterfaces',
  ...named('NetworkInterfaces'),
  by: {
    id: filter('network-interface-id', field('NetworkInterfaceId')),
    vpc: filter('vpc-id', field('VpcId')),
    type: filter('interface-type', field('InterfaceType')),
    instance: filter('attachment.instance-id', field('Attachment', 'InstanceId')),
  },
})

export const describeNatGateways = call<Ec2.NatGateway>({
  ...spec,
  operation: 'DescribeNatGateways',
  ...named('NatGateways'),
  by: {
    id: natFilter('nat-gateway-id', 'NatGatewayId'),
    vpc: natFilter('vpc-id', 'VpcId'),
  },
})

/** The one call whose parameter is `Filter`, not `Filters`. */
function natFilter(name: string, key: string) {
  const by = filter(name, field(key))
  return { ...by, input: (values: readonly string[]): Loose => ({ Filter: by.input(values)['Filters'] }) }
}

export const describeInternetGateways = call<Ec2.InternetGateway>({
  ...spec,
  operation: 'DescribeInternetGateways',
  ...named('InternetGateways'),
  by: {
    id: filter('internet-gateway-id', field('InternetGatewayId')),
    vpc: filter('attachment.vpc-id', (gateway) => listAt(gateway, 'Attachments').map((one) => one['VpcId'])),
  },
})

/** Has no filter but tags: asked one by one, so that one that is gone does not hide the others. */
export const describeEgressOnlyInternetGateways = call<Ec2.EgressOnlyInternetGateway>({
  ...spec,
  operation: 'DescribeEgressOnlyInternetGateways',
  ...named('EgressOnlyInternetGateways'),
  goneIsNone: true,
  by: { id: list('EgressOnlyInternetGatewayIds', field('EgressOnlyInternetGatewayId'), 1) },
})

/** AWS's own lists of the Region, with their addresses at once. */
export const describePrefixLists = call<Ec2.PrefixList>({
  ...spec,
  operation: 'DescribePrefixLists',
  ...named('PrefixLists'),
  by: {
    id: filter('prefix-list-id', field('PrefixListId')),
    name: filter('prefix-list-name', field('PrefixListName')),
  },
})

export const describeManagedPrefixLists = call<Ec2.ManagedPrefixList>({
  ...spec,
  operation: 'DescribeManagedPrefixLists',
  list: 'PrefixLists',
  by: {
    id: filter('prefix-list-id', field('PrefixListId')),
    name: filter('prefix-list-name', field('PrefixListName')),
  },
})

export const getManagedPrefixListEntries = call<Ec2.PrefixListEntry>({
  ...spec,
  operation: 'GetManagedPrefixListEntries',
  list: 'Entries',
  keyed: true,
  // The answer does not repeat the id, so the file's name has to tell it.
  by: { id: single('PrefixListId', (answer, stem) => [answer['PrefixListId'] ?? stem]) },
})

export const describeDhcpOptions = call<Ec2.DhcpOptions>({
  ...spec,
  operation: 'DescribeDhcpOptions',
  ...named('DhcpOptions'),
  by: { id: filter('dhcp-options-id', field('DhcpOptionsId')) },
})

export const describeVpcAttribute = call<Ec2.DescribeVpcAttributeResult>({
  ...spec,
  operation: 'DescribeVpcAttribute',
  list: null,
  keyed: true,
  by: {
    vpc: single('VpcId', field('VpcId')),
    attribute: single('Attribute', (answer) => Object.keys(answer).map((key) => key[0]?.toLowerCase() + key.slice(1))),
  },
})

export const describeVpcPeeringConnections = call<Ec2.VpcPeeringConnection>({
  ...spec,
  operation: 'DescribeVpcPeeringConnections',
  ...named('VpcPeeringConnections'),
  by: { id: filter('vpc-peering-connection-id', field('VpcPeeringConnectionId')) },
})

export const describeTransitGateways = call<Ec2.TransitGateway>({
  ...spec,
  operation: 'DescribeTransitGateways',
  ...named('TransitGateways'),
  by: { id: filter('transit-gateway-id', field('TransitGatewayId')) },
})

export const describeTransitGatewayVpcAttachments = call<Ec2.TransitGatewayVpcAttachment>({
  ...spec,
  operation: 'DescribeTransitGatewayVpcAttachments',
  ...named('TransitGatewayVpcAttachments'),
  by: { transitGateway: filter('transit-gateway-id', field('TransitGatewayId')) },
})

export const describeTransitGatewayAttachments = call<Ec2.TransitGatewayAttachment>({
  ...spec,
  operation: 'DescribeTransitGatewayAttachments',
  ...named('TransitGatewayAttachments'),
  by: { transitGateway: filter('transit-gateway-id', field('TransitGatewayId')) },
})

export const describeTransitGatewayRouteTables = call<Ec2.TransitGatewayRouteTable>({
  ...spec,
  operation: 'DescribeTransitGatewayRouteTables',
  ...named('TransitGatewayRouteTables'),
  by: { transitGateway: filter('transit-gateway-id', field('TransitGatewayId')) },
})

/** The answer as a whole, since `AdditionalRoutesAvailable` says whether the routes are all there are. */
export const searchTransitGatewayRoutes = call<Ec2.SearchTransitGatewayRoutesResult>({
  ...spec,
  operation: 'SearchTransitGatewayRoutes',
  list: null,
  keyed: true,
  always: { Filters: [{ Name: 'state', Values: ['active', 'blackhole'] }], MaxResults: 1000 },
  by: {
    id: single('TransitGatewayRouteTableId', (answer, stem) => [answer['TransitGatewayRouteTableId'] ?? stem]),
  },
})

/** Static routes alone, in Batfish's recordings; together with the propagations they make up the routes. */
const STATIC_ROUTES: Alias = { file: 'TransitGatewayStaticRoutes', list: 'TransitGatewayStaticRoutes' }

export interface StaticRoutes {
  readonly TransitGatewayRouteTableId?: string
  readonly Routes?: readonly Ec2.TransitGatewayRoute[]
}

/** A recording's second way to tell routes; live, `searchTransitGatewayRoutes` tells all of them. */
export const recordedStaticRoutes = call<StaticRoutes>({
  ...spec,
  operation: 'SearchTransitGatewayRoutes',
  file: 'ec2/transit-gateway-static-routes',
  list: STATIC_ROUTES.list,
  aliases: [STATIC_ROUTES],
})

export interface Propagations {
  readonly TransitGatewayRouteTableId?: string
  readonly TransitGatewayRouteTablePropagations?: readonly Ec2.TransitGatewayRouteTablePropagation[]
}

export const recordedPropagations = call<Propagations>({
  ...spec,
  operation: 'GetTransitGatewayRouteTablePropagations',
  file: 'ec2/transit-gateway-propagations',
  ...named('TransitGatewayPropagations'),
})

export const describeVpnGateways = call<Ec2.VpnGateway>({
  ...spec,
  operation: 'DescribeVpnGateways',
  ...named('VpnGateways'),
  by: { id: filter('vpn-gateway-id', field('VpnGatewayId')) },
})

export const describeVpnConnections = call<Ec2.VpnConnection>({
  ...spec,
  operation: 'DescribeVpnConnections',
  ...named('VpnConnections'),
  by: {
    vpnGateway: filter('vpn-gateway-id', field('VpnGatewayId')),
    transitGateway: filter('transit-gateway-id', field('TransitGatewayId')),
  },
})

/** Instances lie two deep: the answer is a list of reservations. */
export const describeInstances = call<Ec2.Reservation>({
  ...spec,
  ...PAGED,
  operation: 'DescribeInstances',
  ...named('Reservations'),
  by: {
    id: filter('instance-id', (reservation) => listAt(reservation, 'Instances').map((one) => at(one, 'InstanceId'))),
  },
})

export const describeVpcBlockPublicAccessOptions = call<Ec2.DescribeVpcBlockPublicAccessOptionsResult>({
  ...spec,
  operation: 'DescribeVpcBlockPublicAccessOptions',
  list: null,
})
