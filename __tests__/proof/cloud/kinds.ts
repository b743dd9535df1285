/** Where each kind of thing stands in a snapshot folder, and what EC2 says of one that does not exist. */
import type {
  Endpoint,
  InternetGateway,
  NatGateway,
  NetworkAcl,
  NetworkInterface,
  RouteTable,
  SecurityGroup,
  Subnet,
  Vpc,
} from './aws.ts'
import type { Kind, Tag } from './cloud.ts'

export const VPCS: Kind<Vpc> = {
  file: 'ec2/describe-vpcs.json',
  list: 'Vpcs',
  idOf: ({ VpcId }) => VpcId,
  code: 'InvalidVpcID.NotFound',
}

export const SUBNETS: Kind<Subnet> = {
  file: 'ec2/describe-subnets.json',
  list: 'Subnets',
  idOf: ({ SubnetId }) => SubnetId,
  code: 'InvalidSubnetID.NotFound',
}

export const ROUTE_TABLES: Kind<RouteTable> = {
  file: 'ec2/describe-route-tables.json',
  list: 'RouteTables',
  idOf: ({ RouteTableId }) => RouteTableId,
  code: 'InvalidRouteTableID.NotFound',
}

export const NETWORK_ACLS: Kind<NetworkAcl> = {
  file: 'ec2/describe-network-acls.json',
  list: 'NetworkAcls',
  idOf: ({ NetworkAclId }) => NetworkAclId,
  code: 'InvalidNetworkAclID.NotFound',
}

export const SECURITY_GROUPS: Kind<SecurityGroup> = {
  file: 'ec2/describe-security-groups.json',
  list: 'SecurityGroups',
  idOf: ({ GroupId }) => GroupId,
  code: 'InvalidGroup.NotFound',
}

export const GROUP_ASSOCIATIONS: Kind<{ GroupId: string; VpcId: string; State: string }> = {
  file: 'ec2/describe-security-group-vpc-associations.json',
  list: 'SecurityGroupVpcAssociations',
  idOf: ({ GroupId, VpcId }) => `${GroupId} ${VpcId}`,
  code: 'InvalidSecurityGroupVpcAssociation.NotFound',
}

export const ENDPOINTS: Kind<Endpoint> = {
  file: 'ec2/describe-vpc-endpoints.json',
  list: 'VpcEndpoints',
  idOf: ({ VpcEndpointId }) => VpcEndpointId,
  code: 'InvalidVpcEndpointId.NotFound',
}

export const NETWORK_INTERFACES: Kind<NetworkInterface> = {
  file: 'ec2/describe-network-interfaces.json',
  list: 'NetworkInterfaces',
  idOf: ({ NetworkInterfaceId }) => NetworkInterfaceId,
  code: 'InvalidNetworkInterfaceID.NotFound',
}

export const NAT_GATEWAYS: Kind<NatGateway> = {
  file: 'ec2/describe-nat-gateways.json',
  list: 'NatGateways',
  idOf: ({ NatGatewayId }) => NatGatewayId,
  code: 'NatGatewayNotFound',
}

export const INTERNET_GATEWAYS: Kind<InternetGateway> = {
  file: 'ec2/describe-internet-gateways.json',
  list: 'InternetGateways',
  idOf: ({ InternetGatewayId }) => InternetGatewayId,
  code: 'InvalidInternetGatewayID.NotFound',
}

export const EGRESS_ONLY_GATEWAYS: Kind<{
  EgressOnlyInternetGatewayId: string
  Attachments: { VpcId: string; State: string }[]
  Tags?: readonly Tag[]
}> = {
  file: 'ec2/describe-egress-only-internet-gateways.json',
  list: 'EgressOnlyInternetGateways',
  idOf: ({ EgressOnlyInternetGatewayId }) => EgressOnlyInternetGatewayId,
  code: 'InvalidGatewayID.NotFound',
}

export const PEERINGS: Kind<{ VpcPeeringConnectionId: string; Status: { Code: string } }> = {
  file: 'ec2/describe-vpc-peering-connections.json',
  list: 'VpcPeeringConnections',
  idOf: ({ VpcPeeringConnectionId }) => VpcPeeringConnectionId,
  code: 'InvalidVpcPeeringConnectionID.NotFound',
}

export const TRANSIT_ATTACHMENTS: Kind<{
  TransitGatewayAttachmentId: string
  TransitGatewayId: string
  VpcId: string
  State: string
  SubnetIds: string[]
}> = {
  file: 'ec2/describe-transit-gateway-vpc-attachments.json',
  list: 'TransitGatewayVpcAttachments',
  idOf: ({ TransitGatewayAttachmentId }) => TransitGatewayAttachmentId,
  code: 'InvalidTransitGatewayAttachmentID.NotFound',
}

export const INSTANCES: Kind<{ Instances: { InstanceId: string; SourceDestCheck?: boolean }[] }> = {
  file: 'ec2/describe-instances.json',
  list: 'Reservations',
  idOf: ({ Instances }) => Instances.map(({ InstanceId }) => InstanceId).join(),
  code: 'InvalidInstanceID.NotFound',
}

export const PREFIX_LISTS: Kind<{ PrefixListId: string; PrefixListName: string }> = {
  file: 'ec2/describe-managed-prefix-lists.json',
  list: 'PrefixLists',
  idOf: ({ PrefixListId }) => PrefixListId,
  code: 'InvalidPrefixListId.NotFound',
}
