/** The EC2 calls that list one kind of thing: its list, its ids and AWS's error for an unknown one, its tags and pages. */

export interface Listing {
  /** Member of the answer that is the list. */
  readonly list: string
  readonly ids: readonly Id[]
  /** The member that holds tags; null where the call takes no tag filters. */
  readonly tags: string | null
  /** What MaxResults may be; null where the call has no pages, or where AWS names no bounds. */
  readonly pages: readonly [least: number, most: number] | null
  /** AWS refuses ids together with MaxResults. */
  readonly idsWithoutPages: boolean
}

/** A member that things can be asked by, in a parameter of the same name in the plural. */
export interface Id {
  readonly member: string
  /** "Error codes for the Amazon EC2 API", EC2 API Reference. */
  readonly code: string
  /** What AWS calls it in the error's text. */
  readonly noun: string
}

const USUAL_PAGES = [5, 1000] as const

function listing(list: string, ids: readonly Id[], more: Partial<Listing> = {}): Listing {
  return { list, ids, tags: 'Tags', pages: USUAL_PAGES, idsWithoutPages: false, ...more }
}

function id(member: string, code: string, noun: string): Id {
  return { member, code, noun }
}

export const LISTINGS: Readonly<Record<string, Listing>> = {
  DescribeVpcs: listing('Vpcs', [id('VpcId', 'InvalidVpcID.NotFound', 'vpc ID')]),
  DescribeSubnets: listing('Subnets', [id('SubnetId', 'InvalidSubnetID.NotFound', 'subnet ID')]),
  DescribeRouteTables: listing('RouteTables', [id('RouteTableId', 'InvalidRouteTableID.NotFound', 'routeTable ID')], {
    pages: [5, 100],
  }),
  DescribeNetworkAcls: listing('NetworkAcls', [id('NetworkAclId', 'InvalidNetworkAclID.NotFound', 'networkAcl ID')]),
  DescribeSecurityGroups: listing('SecurityGroups', [
    id('GroupId', 'InvalidGroup.NotFound', 'security group'),
    id('GroupName', 'InvalidGroup.NotFound', 'security group'),
  ]),
  DescribeSecurityGroupVpcAssociations: listing('SecurityGroupVpcAssociations', [], { tags: null }),
  DescribeSecurityGroupRules: listing('SecurityGroupRules', [
    id('SecurityGroupRuleId', 'InvalidSecurityGroupRuleId.NotFound', 'security group rule ID'),
  ]),
  DescribeVpcEndpoints: listing(
    'VpcEndpoints',
    [id('VpcEndpointId', 'InvalidVpcEndpointId.NotFound', 'Vpc Endpoint Id')],
    { pages: null },
  ),
  DescribeNetworkInterfaces: listing(
    'NetworkInterfaces',
    [id('NetworkInterfaceId', 'InvalidNetworkInterfaceID.NotFound', 'networkInterface ID')],
    { tags: 'TagSet', idsWithoutPages: true },
  ),
  DescribeNatGateways: listing('NatGateways', [id('NatGatewayId', 'NatGatewayNotFound', 'natGateway ID')]),
  DescribeInternetGateways: listing('InternetGateways', [
    id('InternetGatewayId', 'InvalidInternetGatewayID.NotFound', 'internetGateway ID'),
  ]),
  DescribeEgressOnlyInternetGateways: listing(
    'EgressOnlyInternetGateways',
    [id('EgressOnlyInternetGatewayId', 'InvalidGatewayID.NotFound', 'eigw ID')],
    { pages: [5, 255] },
  ),
  DescribePrefixLists: listing('PrefixLists', [id('PrefixListId', 'InvalidPrefixListId.NotFound', 'prefix list ID')], {
    tags: null,
    pages: null,
  }),
  DescribeManagedPrefixLists: listing(
    'PrefixLists',
    [id('PrefixListId', 'InvalidPrefixListID.NotFound', 'prefix list ID')],
    { pages: [1, 100] },
  ),
  DescribeDhcpOptions: listing('DhcpOptions', [id('DhcpOptionsId', 'InvalidDhcpOptionID.NotFound', 'dhcpOption ID')]),
  DescribeVpcPeeringConnections: listing('VpcPeeringConnections', [
    id('VpcPeeringConnectionId', 'InvalidVpcPeeringConnectionID.NotFound', 'vpcPeeringConnection ID'),
  ]),
  DescribeTransitGateways: listing('TransitGateways', [
    id('TransitGatewayId', 'InvalidTransitGatewayID.NotFound', 'transitGateway ID'),
  ]),
  DescribeTransitGatewayVpcAttachments: listing('TransitGatewayVpcAttachments', [
    id('TransitGatewayAttachmentId', 'InvalidTransitGatewayAttachmentID.NotFound', 'transitGatewayAttachment ID'),
  ]),
  DescribeTransitGatewayAttachments: listing('TransitGatewayAttachments', [
    id('TransitGatewayAttachmentId', 'InvalidTransitGatewayAttachmentID.NotFound', 'transitGatewayAttachment ID'),
  ]),
  DescribeTransitGatewayRouteTables: listing('TransitGatewayRouteTables', [
    id('TransitGatewayRouteTableId', 'InvalidRouteTableID.NotFound', 'transitGatewayRouteTable ID'),
  ]),
  DescribeVpnGateways: listing('VpnGateways', [id('VpnGatewayId', 'InvalidVpnGatewayID.NotFound', 'vpnGateway ID')], {
    pages: null,
  }),
  DescribeVpnConnections: listing(
    'VpnConnections',
    [id('VpnConnectionId', 'InvalidVpnConnectionID.NotFound', 'vpnConnection ID')],
    { pages: null },
  ),
  DescribeInstanceTypes: listing('InstanceTypes', [id('InstanceType', 'InvalidInstanceType', 'instance type')], {
    tags: null,
    pages: [5, 100],
    idsWithoutPages: true,
  }),
  DescribeAvailabilityZones: listing(
    'AvailabilityZones',
    [
      id('ZoneName', 'InvalidParameterValue', 'availability zone'),
      id('ZoneId', 'InvalidParameterValue', 'availability zone ID'),
    ],
    { tags: null, pages: null },
  ),
  DescribeVpcEncryptionControls: listing('VpcEncryptionControls', [
    id('VpcEncryptionControlId', 'InvalidVpcEncryptionControlId.NotFound', 'VPC encryption control ID'),
  ]),
  DescribeVpcBlockPublicAccessExclusions: listing('VpcBlockPublicAccessExclusions', [
    id('ExclusionId', 'InvalidVpcBlockPublicAccessExclusionId.NotFound', 'exclusion ID'),
  ]),
}
