/** Changes of a network. `kind` is the AWS CLI's operation, members are the API's in lowerCamelCase. */
import type { Id } from './change-id.ts'

export interface AcceptVpcPeeringConnection {
  readonly kind: 'accept-vpc-peering-connection'
  readonly vpcPeeringConnectionId: string
}

export interface AllocateAddress {
  readonly kind: 'allocate-address'
  readonly makes: string
  readonly domain: 'vpc'
  /** Of the NAT gateway that it is for: an address serves one. */
  readonly subnetId: string
}

export interface AssociateResolverRule {
  readonly kind: 'associate-resolver-rule'
  readonly resolverRuleId: Id
  readonly vpcId: string
}

export interface AttachInternetGateway {
  readonly kind: 'attach-internet-gateway'
  readonly internetGatewayId: Id
  readonly vpcId: string
}

/** One rule: EC2's SecurityGroupRuleRequest, with one of the four peers. */
interface GroupRule {
  readonly groupId: Id
  readonly ipProtocol: string
  readonly fromPort: number
  readonly toPort: number
  readonly cidrIpv4?: string
  readonly cidrIpv6?: string
  readonly prefixListId?: string
  readonly referencedGroupId?: Id
}

export interface AuthorizeSecurityGroupEgress extends GroupRule {
  readonly kind: 'authorize-security-group-egress'
}

export interface AuthorizeSecurityGroupIngress extends GroupRule {
  readonly kind: 'authorize-security-group-ingress'
}

export interface CreateInternetGateway {
  readonly kind: 'create-internet-gateway'
  readonly makes: string
}

/** A zonal one stands in a public subnet, with an address of its own; a regional one in a VPC. */
export interface CreateNatGateway {
  readonly kind: 'create-nat-gateway'
  readonly makes: string
  readonly subnetId?: string
  readonly allocationId?: Id
  readonly availabilityMode?: 'regional'
  readonly vpcId?: string
}

export interface CreateNetworkAclEntry {
  readonly kind: 'create-network-acl-entry'
  readonly networkAclId: string
  readonly egress: boolean
  readonly ruleNumber: number
  /** IANA number; `6` is TCP, `-1` every protocol. */
  readonly protocol: string
  readonly portRange: { readonly from: number; readonly to: number }
  readonly cidrBlock: string
  readonly ruleAction: 'allow' | 'deny'
}

export interface CreateResolverRule {
  readonly kind: 'create-resolver-rule'
  readonly makes: string
  readonly creatorRequestId: string
  readonly ruleType: 'SYSTEM'
  readonly domainName: string
}

/** One of the three destinations. */
export interface RouteDestination {
  readonly destinationCidrBlock?: string
  readonly destinationIpv6CidrBlock?: string
  readonly destinationPrefixListId?: string
}

/** One of the four targets. */
export interface RouteTargetId {
  readonly gatewayId?: Id
  readonly natGatewayId?: Id
  readonly transitGatewayId?: Id
  readonly vpcPeeringConnectionId?: Id
}

export interface CreateRoute extends RouteDestination, RouteTargetId {
  readonly kind: 'create-route'
  readonly routeTableId: string
}

export interface CreateSecurityGroup {
  readonly kind: 'create-security-group'
  readonly makes: string
  readonly groupName: string
  readonly description: string
  readonly vpcId: string
}

export interface CreateTransitGatewayVpcAttachment {
  readonly kind: 'create-transit-gateway-vpc-attachment'
  readonly makes: string
  readonly transitGatewayId: string
  readonly vpcId: string
  readonly subnetIds: readonly string[]
}

export interface CreateVpcBlockPublicAccessExclusion {
  readonly kind: 'create-vpc-block-public-access-exclusion'
  readonly subnetId: string
  /** `allow-egress` lets NAT gateways out, and applies to mode `block-bidirectional` only. */
  readonly internetGatewayExclusionMode: 'allow-egress' | 'allow-bidirectional'
}

/** A gateway one has route tables; an interface one has subnets, groups and a private DNS name. */
export interface CreateVpcEndpoint {
  readonly kind: 'create-vpc-endpoint'
  readonly makes: string
  readonly vpcEndpointType: 'Gateway' | 'Interface'
  readonly vpcId: string
  readonly serviceName: string
  readonly routeTableIds?: readonly string[]
  readonly subnetIds?: readonly string[]
  readonly securityGroupIds?: readonly Id[]
  readonly privateDnsEnabled?: boolean
}

export interface DeleteNetworkAclEntry {
  readonly kind: 'delete-network-acl-entry'
  readonly networkAclId: string
  readonly egress: boolean
  readonly ruleNumber: number
}

export interface DeleteRoute extends RouteDestination {
  readonly kind: 'delete-route'
  readonly routeTableId: string
}

export interface DeleteVpcEndpoints {
  readonly kind: 'delete-vpc-endpoints'
  readonly vpcEndpointIds: readonly string[]
}

/** Asked again until the endpoints are in another state: a wait, for which EC2 has no waiter. */
export interface DescribeVpcEndpoints {
  readonly kind: 'describe-vpc-endpoints'
  readonly vpcEndpointIds: readonly string[]
  readonly while: 'pending' | 'deleting'
}

export interface DisassociateVpcFromHostedZone {
  readonly kind: 'disassociate-vpc-from-hosted-zone'
  readonly hostedZoneId: string
  readonly vpc: { readonly vpcRegion: string; readonly vpcId: string }
}

export interface ModifyInstanceAttribute {
  readonly kind: 'modify-instance-attribute'
  readonly instanceId: string
  readonly sourceDestCheck: false
}

export interface ModifyNetworkInterfaceAttribute {
  readonly kind: 'modify-network-interface-attribute'
  readonly networkInterfaceId: string
  readonly sourceDestCheck: false
}

/** One attribute a call. */
export interface ModifySubnetAttribute {
  readonly kind: 'modify-subnet-attribute'
  readonly subnetId: string
  readonly enableDns64?: true
  readonly mapPublicIpOnLaunch?: true
}

export interface ModifyTransitGatewayVpcAttachment {
  readonly kind: 'modify-transit-gateway-vpc-attachment'
  readonly transitGatewayAttachmentId: string
  readonly addSubnetIds: readonly string[]
}

/** One attribute a call. */
export interface ModifyVpcAttribute {
  readonly kind: 'modify-vpc-attribute'
  readonly vpcId: string
  readonly enableDnsHostnames?: true
  readonly enableDnsSupport?: true
}

export interface ModifyVpcEndpoint {
  readonly kind: 'modify-vpc-endpoint'
  readonly vpcEndpointId: string
  readonly addRouteTableIds?: readonly string[]
  readonly addSubnetIds?: readonly string[]
  readonly ipAddressType?: 'dualstack'
  readonly dnsOptions?: {
    readonly dnsRecordIpType?: 'dualstack'
    readonly privateDnsOnlyForInboundResolverEndpoint?: false
  }
  readonly policyDocument?: string
  readonly privateDnsEnabled?: true
  readonly resetPolicy?: true
}

export interface ReplaceRoute extends RouteDestination, RouteTargetId {
  readonly kind: 'replace-route'
  readonly routeTableId: string
}

export type NetworkChange =
  | AcceptVpcPeeringConnection
  | AllocateAddress
  | AssociateResolverRule
  | AttachInternetGateway
  | AuthorizeSecurityGroupEgress
  | AuthorizeSecurityGroupIngress
  | CreateInternetGateway
  | CreateNatGateway
  | CreateNetworkAclEntry
  | CreateResolverRule
  | CreateRoute
  | CreateSecurityGroup
  | CreateTransitGatewayVpcAttachment
  | CreateVpcBlockPublicAccessExclusion
  | CreateVpcEndpoint
  | DeleteNetworkAclEntry
  | DeleteRoute
  | DeleteVpcEndpoints
  | DescribeVpcEndpoints
  | DisassociateVpcFromHostedZone
  | ModifyInstanceAttribute
  | ModifyNetworkInterfaceAttribute
  | ModifySubnetAttribute
  | ModifyTransitGatewayVpcAttachment
  | ModifyVpcAttribute
  | ModifyVpcEndpoint
  | ReplaceRoute
