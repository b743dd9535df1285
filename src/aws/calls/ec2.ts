/** The EC2 calls: networks and what they are made of. */
import type * as Ec2 from '@aws-sdk/client-ec2'
import { at, type By, type Call, call, commandName, field, filter, type Loose, list, listAt, single } from './call.ts'

type Spec = Parameters<typeof call>[0]
type Ways = Call<unknown>['by']

const ec2 = <Item>(spec: Omit<Spec, 'service'>): Call<Item> => call<Item>({ service: 'ec2', ...spec })

/** `DescribeVpcs` answers with a list `Vpcs`, after which Batfish names its file. */
function describe<Item>(items: string, by: Ways, more: Partial<Spec> = {}): Call<Item> {
  return ec2({ operation: `Describe${items}`, ...recordedAs(items), by, ...more })
}

function recordedAs(file: string) {
  return { list: file, aliases: [{ file, list: file }] }
}

/** Most filters are called after the member of the answer: `vpc-id`, `VpcId`. */
function member(name: string): By {
  return filter(commandName(name), field(name))
}

const vpc = member('VpcId')
const transitGateway = member('TransitGatewayId')
/** The largest page: requests without one count as unpaginated and have a lower rate (EC2 Developer Guide, Request throttling). */
const PAGED = { always: { MaxResults: 1000 } } as const

export const describeVpcs = describe<Ec2.Vpc>('Vpcs', { id: vpc })
export const describeSubnets = describe<Ec2.Subnet>('Subnets', { id: member('SubnetId'), vpc })
export const describeRouteTables = describe<Ec2.RouteTable>('RouteTables', { id: member('RouteTableId'), vpc })
export const describeNetworkAcls = describe<Ec2.NetworkAcl>('NetworkAcls', { vpc })
export const describeSecurityGroups = describe<Ec2.SecurityGroup>(
  'SecurityGroups',
  { id: member('GroupId'), vpc },
  PAGED,
)
/** Asked for groups that are used in another VPC than their own. */
export const describeSecurityGroupVpcAssociations = describe<Ec2.SecurityGroupVpcAssociation>(
  'SecurityGroupVpcAssociations',
  { id: member('GroupId') },
)
export const describeVpcEndpoints = describe<Ec2.VpcEndpoint>('VpcEndpoints', { id: member('VpcEndpointId'), vpc })

export const describeNetworkInterfaces = describe<Ec2.NetworkInterface>(
  'NetworkInterfaces',
  {
    id: member('NetworkInterfaceId'),
    vpc,
    type: member('InterfaceType'),
    instance: filter('attachment.instance-id', field('Attachment', 'InstanceId')),
  },
  PAGED,
)

export const describeNatGateways = describe<Ec2.NatGateway>('NatGateways', {
  id: natMember('NatGatewayId'),
  vpc: natMember('VpcId'),
})

/** The one call whose parameter is `Filter`, not `Filters`. */
function natMember(name: string): By {
  const by = member(name)
  return { ...by, input: (values): Loose => ({ Filter: by.input(values)['Filters'] }) }
}

export const describeInternetGateways = describe<Ec2.InternetGateway>('InternetGateways', {
  id: member('InternetGatewayId'),
  vpc: filter('attachment.vpc-id', (gateway) => listAt(gateway, 'Attachments').map((one) => one['VpcId'])),
})

/** Has no filter but tags: asked one by one, so that one that is gone does not hide the others. */
export const describeEgressOnlyInternetGateways = describe<Ec2.EgressOnlyInternetGateway>(
  'EgressOnlyInternetGateways',
  { id: list('EgressOnlyInternetGatewayIds', field('EgressOnlyInternetGatewayId'), 1) },
  { goneIsNone: true },
)

const PREFIX_LIST = { id: member('PrefixListId'), name: member('PrefixListName') } as const

/** AWS's own lists of the Region, with their addresses at once. */
export const describePrefixLists = describe<Ec2.PrefixList>('PrefixLists', PREFIX_LIST)

export const describeManagedPrefixLists = ec2<Ec2.ManagedPrefixList>({
  operation: 'DescribeManagedPrefixLists',
  list: 'PrefixLists',
  by: PREFIX_LIST,
})

export const getManagedPrefixListEntries = ec2<Ec2.PrefixListEntry>({
  operation: 'GetManagedPrefixListEntries',
  list: 'Entries',
  keyed: true,
  // The answer does not repeat the id, so the file's name has to tell it.
  by: { id: single('PrefixListId', (answer, stem) => [answer['PrefixListId'] ?? stem]) },
})

export const describeDhcpOptions = describe<Ec2.DhcpOptions>('DhcpOptions', { id: member('DhcpOptionsId') })

export const describeVpcAttribute = ec2<Ec2.DescribeVpcAttributeResult>({
  operation: 'DescribeVpcAttribute',
  list: null,
  keyed: true,
  by: {
    vpc: single('VpcId', field('VpcId')),
    attribute: single('Attribute', (answer) => Object.keys(answer).map((key) => key[0]?.toLowerCase() + key.slice(1))),
  },
})

export const describeVpcPeeringConnections = describe<Ec2.VpcPeeringConnection>('VpcPeeringConnections', {
  id: member('VpcPeeringConnectionId'),
})

export const describeTransitGateways = describe<Ec2.TransitGateway>('TransitGateways', { id: transitGateway })
export const describeTransitGatewayVpcAttachments = describe<Ec2.TransitGatewayVpcAttachment>(
  'TransitGatewayVpcAttachments',
  { transitGateway },
)
export const describeTransitGatewayAttachments = describe<Ec2.TransitGatewayAttachment>('TransitGatewayAttachments', {
  transitGateway,
})
export const describeTransitGatewayRouteTables = describe<Ec2.TransitGatewayRouteTable>('TransitGatewayRouteTables', {
  transitGateway,
})

/** The answer as a whole, since `AdditionalRoutesAvailable` says whether the routes are all there are. */
export const searchTransitGatewayRoutes = ec2<Ec2.SearchTransitGatewayRoutesResult>({
  operation: 'SearchTransitGatewayRoutes',
  list: null,
  keyed: true,
  always: { Filters: [{ Name: 'state', Values: ['active', 'blackhole'] }], MaxResults: 1000 },
  by: { id: single('TransitGatewayRouteTableId', (answer, stem) => [answer['TransitGatewayRouteTableId'] ?? stem]) },
})

interface OfTransitTable {
  readonly TransitGatewayRouteTableId?: string
}

/**
 * A recording's second way to tell routes, Batfish's: static ones alone, which together with the propagations make up the routes.
 * Live, `searchTransitGatewayRoutes` tells all of them.
 */
export const recordedStaticRoutes = ec2<OfTransitTable & Pick<Ec2.SearchTransitGatewayRoutesResult, 'Routes'>>({
  operation: 'SearchTransitGatewayRoutes',
  file: 'ec2/transit-gateway-static-routes',
  ...recordedAs('TransitGatewayStaticRoutes'),
  recordedOnly: true,
})

export const recordedPropagations = ec2<OfTransitTable & Ec2.GetTransitGatewayRouteTablePropagationsResult>({
  operation: 'GetTransitGatewayRouteTablePropagations',
  file: 'ec2/transit-gateway-propagations',
  ...recordedAs('TransitGatewayPropagations'),
  recordedOnly: true,
})

export const describeVpnGateways = describe<Ec2.VpnGateway>('VpnGateways', { id: member('VpnGatewayId') })
export const describeVpnConnections = describe<Ec2.VpnConnection>('VpnConnections', {
  vpnGateway: member('VpnGatewayId'),
  transitGateway,
})

/** Instances lie two deep: the answer is a list of reservations. */
export const describeInstances = ec2<Ec2.Reservation>({
  ...PAGED,
  operation: 'DescribeInstances',
  ...recordedAs('Reservations'),
  by: {
    id: filter('instance-id', (reservation) => listAt(reservation, 'Instances').map((one) => at(one, 'InstanceId'))),
  },
})

export const describeVpcBlockPublicAccessOptions = ec2<Ec2.DescribeVpcBlockPublicAccessOptionsResult>({
  operation: 'DescribeVpcBlockPublicAccessOptions',
  list: null,
})

export const describeInstanceTypes = ec2<Ec2.InstanceTypeInfo>({
  operation: 'DescribeInstanceTypes',
  list: 'InstanceTypes',
  by: { name: list('InstanceTypes', field('InstanceType'), 100) },
})
export const describeVpcEncryptionControls = describe<Ec2.VpcEncryptionControl>('VpcEncryptionControls', {})
