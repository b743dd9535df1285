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

const TEXT = 0
const FIREWALL: StaticStructureSchema = [
  3,
  'com.amazonaws.ec2',
  'IgwFirewall',
  0,
  ['FirewallArn', 'Status'],
  [
    [TEXT, { xmlName: 'firewallArn' }],
    [TEXT, { xmlName: 'status' }],
  ],
]

/** Members that EC2 answers with (botocore 1.44.8) and this client leaves out, until it knows them itself. */
learn(Route$, 'IgwFirewall', FIREWALL)
learn(Subnet$, 'NetworkFirewallConnectivityType', TEXT)

function learn([, , , , names, members]: StaticStructureSchema, name: string, schema: $SchemaRef): void {
  if (names.includes(name)) return
  names.push(name)
  members.push([schema, { xmlName: name.charAt(0).toLowerCase() + name.slice(1) }])
}
