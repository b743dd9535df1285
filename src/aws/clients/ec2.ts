/** What is used of the EC2 client, and nothing else, so that a bundle holds no more. */
import { Route$, Subnet$ } from '@aws-sdk/client-ec2'
import type { $SchemaRef, StaticStructureSchema } from '@smithy/types'

export {
  DescribeDhcpOptionsCommand,
  DescribeEgressOnlyInternetGatewaysCommand,
  DescribeInstancesCommand,
  DescribeInstanceTypesCommand,
  DescribeInternetGatewaysCommand,
  DescribeManagedPrefixListsCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribePrefixListsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSecurityGroupVpcAssociationsCommand,
  DescribeSubnetsCommand,
  DescribeTransitGatewayAttachmentsCommand,
  DescribeTransitGatewayRouteTablesCommand,
  DescribeTransitGatewaysCommand,
  DescribeTransitGatewayVpcAttachmentsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcBlockPublicAccessOptionsCommand,
  DescribeVpcEncryptionControlsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcPeeringConnectionsCommand,
  DescribeVpcsCommand,
  DescribeVpnConnectionsCommand,
  DescribeVpnGatewaysCommand,
  EC2Client as Client,
  GetManagedPrefixListEntriesCommand,
  SearchTransitGatewayRoutesCommand,
} from '@aws-sdk/client-ec2'

/** Members that AWS answers with and the SDK's model lacks (botocore's has them): it drops what it does not know. */
learn(Route$, 'IgwFirewall', [
  3,
  '',
  'IgwFirewall',
  0,
  ['FirewallArn', 'Status'],
  [
    [0, { xmlName: 'firewallArn' }],
    [0, { xmlName: 'status' }],
  ],
])
learn(Subnet$, 'NetworkFirewallConnectivityType', 0)

function learn(shape: StaticStructureSchema, member: string, schema: $SchemaRef): void {
  const [names, schemas] = [shape[4], shape[5]]
  if (names.includes(member)) return
  names.push(member)
  schemas.push([schema, { xmlName: member.charAt(0).toLowerCase() + member.slice(1) }])
}
