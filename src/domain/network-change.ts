/** Changes of a network. `kind` is the AWS CLI's operation, members are the API's in lowerCamelCase. */
import type { Id } from './change-id.ts'

/** What each kind of them says beside its kind. */
export interface NetworkChanges {
  readonly 'accept-vpc-peering-connection': { readonly vpcPeeringConnectionId: string }
  readonly 'allocate-address': {
    readonly makes: string
    readonly domain: 'vpc'
    /** Of the NAT gateway that it is for: an address serves one. */
    readonly subnetId: string
  }
  readonly 'associate-resolver-rule': { readonly resolverRuleId: Id; readonly vpcId: string }
  /** A group for use in another VPC of the Region. */
  readonly 'associate-security-group-vpc': { readonly groupId: string; readonly vpcId: string }
  readonly 'attach-internet-gateway': { readonly internetGatewayId: Id; readonly vpcId: string }
  readonly 'authorize-security-group-egress': GroupRule
  readonly 'authorize-security-group-ingress': GroupRule
  /** One record that the zone lacks. */
  readonly 'change-resource-record-sets': {
    readonly hostedZoneId: string
    readonly changeBatch: { readonly changes: readonly RecordChange[] }
  }
  readonly 'create-egress-only-internet-gateway': { readonly makes: string; readonly vpcId: string }
  readonly 'create-internet-gateway': { readonly makes: string }
  /** A zonal one stands in a public subnet, with an address of its own; a regional one in a VPC. */
  readonly 'create-nat-gateway': {
    readonly makes: string
    readonly subnetId?: string
    readonly allocationId?: Id
    readonly availabilityMode?: 'regional'
    readonly vpcId?: string
  }
  readonly 'create-network-acl-entry': {
    readonly networkAclId: string
    readonly egress: boolean
    readonly ruleNumber: number
    /** IANA number; `6` is TCP, `-1` every protocol. */
    readonly protocol: string
    readonly portRange: { readonly from: number; readonly to: number }
    /** One of the two. */
    readonly cidrBlock?: string
    readonly ipv6CidrBlock?: string
    readonly ruleAction: 'allow' | 'deny'
  }
  readonly 'create-resolver-rule': {
    readonly makes: string
    readonly creatorRequestId: string
    readonly ruleType: 'SYSTEM'
    readonly domainName: string
  }
  readonly 'create-route': RouteDestination & RouteTargetId & { readonly routeTableId: string }
  readonly 'create-security-group': {
    readonly makes: string
    readonly groupName: string
    readonly description: string
    readonly vpcId: string
  }
  readonly 'create-transit-gateway-vpc-attachment': {
    readonly makes: string
    readonly transitGatewayId: string
    readonly vpcId: string
    readonly subnetIds: readonly string[]
  }
  readonly 'create-vpc-block-public-access-exclusion': {
    readonly subnetId: string
    /** `allow-egress` lets NAT gateways out, and applies to mode `block-bidirectional` only. */
    readonly internetGatewayExclusionMode: 'allow-egress' | 'allow-bidirectional'
  }
  /** A gateway one has route tables; an interface one has subnets, groups and a private DNS name. */
  readonly 'create-vpc-endpoint': {
    readonly makes: string
    readonly vpcEndpointType: 'Gateway' | 'Interface'
    readonly vpcId: string
    readonly serviceName: string
    readonly routeTableIds?: readonly string[]
    readonly subnetIds?: readonly string[]
    readonly securityGroupIds?: readonly Id[]
    readonly privateDnsEnabled?: boolean
  }
  readonly 'delete-network-acl-entry': {
    readonly networkAclId: string
    readonly egress: boolean
    readonly ruleNumber: number
  }
  readonly 'delete-route': RouteDestination & { readonly routeTableId: string }
  readonly 'delete-vpc-endpoints': { readonly vpcEndpointIds: readonly string[] }
  /** Asked again until the endpoints are in another state: a wait, for which EC2 has no waiter. */
  readonly 'describe-vpc-endpoints': {
    readonly vpcEndpointIds: readonly string[]
    readonly while: 'pending' | 'deleting'
  }
  readonly 'modify-instance-attribute': { readonly instanceId: string; readonly sourceDestCheck: false }
  readonly 'modify-network-interface-attribute': {
    readonly networkInterfaceId: string
    readonly sourceDestCheck: false
  }
  /** One attribute a call. */
  readonly 'modify-subnet-attribute': {
    readonly subnetId: string
    readonly enableDns64?: true
    readonly mapPublicIpOnLaunch?: true
  }
  readonly 'modify-transit-gateway-vpc-attachment': {
    readonly transitGatewayAttachmentId: string
    readonly addSubnetIds: readonly string[]
  }
  /** One attribute a call. */
  readonly 'modify-vpc-attribute': {
    readonly vpcId: string
    readonly enableDnsHostnames?: true
    readonly enableDnsSupport?: true
  }
  readonly 'modify-vpc-endpoint': {
    readonly vpcEndpointId: Id
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
  readonly 'replace-route': RouteDestination & RouteTargetId & { readonly routeTableId: string }
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

/** Route 53's Change. */
interface RecordChange {
  readonly action: 'CREATE'
  readonly resourceRecordSet: {
    readonly name: string
    readonly type: 'A' | 'CNAME'
    readonly ttl: number
    readonly resourceRecords: readonly { readonly value: string }[]
  }
}

/** One of the three destinations. */
export interface RouteDestination {
  readonly destinationCidrBlock?: string
  readonly destinationIpv6CidrBlock?: string
  readonly destinationPrefixListId?: string
}

/** One of the five targets. */
export interface RouteTargetId {
  readonly gatewayId?: Id
  readonly natGatewayId?: Id
  readonly egressOnlyInternetGatewayId?: Id
  readonly transitGatewayId?: Id
  readonly vpcPeeringConnectionId?: Id
}

export type NetworkChange = {
  [Kind in keyof NetworkChanges]: { readonly kind: Kind } & NetworkChanges[Kind]
}[keyof NetworkChanges]
