/** The parts of AWS's answers that an API call reads or changes, as the CLI prints them. */

import type { Tag } from './cloud.ts'

export interface Route {
  DestinationCidrBlock?: string
  DestinationIpv6CidrBlock?: string
  DestinationPrefixListId?: string
  GatewayId?: string
  NatGatewayId?: string
  TransitGatewayId?: string
  VpcPeeringConnectionId?: string
  EgressOnlyInternetGatewayId?: string
  NetworkInterfaceId?: string
  InstanceId?: string
  Origin: string
  State: string
}

export interface RouteTable {
  RouteTableId: string
  VpcId: string
  OwnerId?: string
  Associations: { RouteTableAssociationId: string; RouteTableId: string; SubnetId?: string; Main: boolean }[]
  Routes: Route[]
}

export interface AclEntry {
  Egress: boolean
  RuleNumber: number
  RuleAction: string
  Protocol: string
  CidrBlock?: string
  Ipv6CidrBlock?: string
  PortRange?: { From: number; To: number }
}

export interface NetworkAcl {
  NetworkAclId: string
  VpcId: string
  Entries: AclEntry[]
}

export interface Permission {
  IpProtocol: string
  FromPort?: number
  ToPort?: number
  IpRanges?: { CidrIp: string }[]
  Ipv6Ranges?: { CidrIpv6: string }[]
  PrefixListIds?: { PrefixListId: string }[]
  UserIdGroupPairs?: { GroupId: string; UserId?: string }[]
}

export interface SecurityGroup {
  GroupId: string
  GroupName: string
  Description: string
  VpcId: string
  OwnerId: string
  IpPermissions: Permission[]
  IpPermissionsEgress: Permission[]
  Tags?: readonly Tag[]
}

export interface Endpoint {
  VpcEndpointId: string
  VpcEndpointType: string
  VpcId: string
  ServiceName: string
  State: string
  PolicyDocument?: string
  RouteTableIds: string[]
  SubnetIds: string[]
  Groups: { GroupId: string; GroupName: string }[]
  IpAddressType?: string
  DnsOptions?: { DnsRecordIpType?: string; PrivateDnsOnlyForInboundResolverEndpoint?: boolean }
  PrivateDnsEnabled: boolean
  RequesterManaged: boolean
  NetworkInterfaceIds: string[]
  DnsEntries: { DnsName: string; HostedZoneId?: string }[]
  OwnerId: string
  Tags?: readonly Tag[]
}

export interface NetworkInterface {
  NetworkInterfaceId: string
  SubnetId: string
  VpcId: string
  AvailabilityZone: string
  InterfaceType: string
  Status: string
  PrivateIpAddress: string
  PrivateIpAddresses: { Primary: boolean; PrivateIpAddress: string }[]
  Groups: { GroupId: string; GroupName: string }[]
  Description: string
  RequesterManaged: boolean
  OwnerId: string
  SourceDestCheck?: boolean
}

export interface Subnet {
  SubnetId: string
  VpcId: string
  CidrBlock: string
  AvailabilityZone: string
  AvailableIpAddressCount: number
  MapPublicIpOnLaunch?: boolean
  AssignIpv6AddressOnCreation?: boolean
  EnableDns64?: boolean
  BlockPublicAccessStates?: { InternetGatewayBlockMode: string }
}

export interface NatGateway {
  NatGatewayId: string
  VpcId: string
  SubnetId?: string
  State: string
  ConnectivityType: string
  AvailabilityMode?: string
  RouteTableId?: string
  NatGatewayAddresses: {
    AllocationId?: string
    PublicIp?: string
    PrivateIp?: string
    IsPrimary?: boolean
    Status?: string
  }[]
  Tags?: readonly Tag[]
}

export interface InternetGateway {
  InternetGatewayId: string
  OwnerId?: string
  Attachments: { VpcId: string; State: string }[]
  Tags?: readonly Tag[]
}

export interface Vpc {
  VpcId: string
  CidrBlock: string
  OwnerId: string
}

export interface VpcAttribute {
  VpcId: string
  EnableDnsSupport?: { Value: boolean }
  EnableDnsHostnames?: { Value: boolean }
}
