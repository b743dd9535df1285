/**
 * The facts of a network, in AWS's own words, as the analysis reads them. `aws/` makes them from AWS answers.
 * Every list is an `Answer`: a list that could not be read is not an empty list.
 * Strings that AWS may extend (states, types, modes) stay plain strings, lower case, and readers tolerate unknown ones.
 */
import type { Answer } from './answer.ts'
import type { PortRange } from './path.ts'

export interface Network {
  readonly region: string
  /** The account that asked; null when not known. A subnet of another owner is a shared one. */
  readonly accountId: string | null
  /** Of the account, `o-…`; null where it is in none. Undefined where no endpoint policy asks for it. */
  readonly organization?: Answer<string | null> | undefined
  readonly vpcs: Answer<readonly Vpc[]>
  /** Per VPC id: enableDnsSupport and enableDnsHostnames, each asked by a call of its own. */
  readonly vpcDns: Readonly<Record<string, VpcDns>>
  readonly subnets: Answer<readonly Subnet[]>
  readonly routeTables: Answer<readonly RouteTable[]>
  readonly networkAcls: Answer<readonly NetworkAcl[]>
  readonly securityGroups: Answer<readonly SecurityGroup[]>
  /** EC2 told of more groups, in words that make no sense: one that is not among them may be there all the same. */
  readonly hasUnreadGroups?: true
  /** Of groups that are used in a VPC which is not their own. */
  readonly groupAssociations: Answer<readonly GroupAssociation[]>
  readonly endpoints: Answer<readonly Endpoint[]>
  readonly interfaces: Answer<readonly NetworkInterface[]>
  /** Instances that routes name as their target. */
  readonly instances: Answer<readonly Instance[]>
  readonly natGateways: Answer<readonly NatGateway[]>
  readonly internetGateways: Answer<readonly InternetGateway[]>
  readonly egressOnlyGateways: Answer<readonly InternetGateway[]>
  /** Prefix lists that routes or rules name, and the Region's S3 list. Entries of one list may be unread while the lists are known. */
  readonly prefixLists: Answer<readonly PrefixList[]>
  readonly dhcpOptions: Answer<readonly DhcpOptions[]>
  readonly peerings: Answer<readonly Peering[]>
  readonly transit: Transit
  readonly vpn: Vpn
  readonly blockPublicAccess: Answer<BlockPublicAccess>
  readonly encryptionControls: Answer<readonly EncryptionControl[]>
  /** Per VPC id: private hosted zones associated with it (Route 53 ListHostedZonesByVPC), names without the final dot. */
  readonly hostedZones: Readonly<Record<string, Answer<readonly HostedZone[]>>>
  /** What Route 53 Resolver does with names of the VPCs besides their hosted zones. */
  readonly resolver: Resolver
  /** Network Load Balancers, where a recording has them: `trace` follows a listener to its targets. */
  readonly loadBalancers: Answer<readonly LoadBalancer[]>
}

export interface Vpc {
  readonly id: string
  /** IPv4 and IPv6 blocks that are associated. */
  readonly cidrs: readonly string[]
  readonly dhcpOptionsId: string | null
}

export interface VpcDns {
  readonly support: Answer<boolean>
  readonly hostnames: Answer<boolean>
}

export interface Subnet {
  readonly id: string
  readonly vpcId: string
  /** One IPv4 block (none in an IPv6-only subnet) and any IPv6 blocks. */
  readonly cidrs: readonly string[]
  readonly zone: string
  /** Zone ids compare across accounts; zone names do not. */
  readonly zoneId: string
  /** Of its IPv4 block; null where AWS did not say, or where it has none (an IPv6 block never fills up). */
  readonly freeAddresses: number | null
  readonly mapPublicIp: boolean
  readonly dns64: boolean
  /** `Subnet.BlockPublicAccessStates.InternetGatewayBlockMode`; null when AWS did not say. */
  readonly internetGatewayBlockMode: string | null
  /** `NetworkFirewallConnectivityType`: what an automated internet firewall makes of the subnet; null where there is none. */
  readonly firewallConnectivity: string | null
  readonly name: string | null
}

export interface RouteTable {
  readonly id: string
  readonly vpcId: string
  readonly main: boolean
  readonly subnetIds: readonly string[]
  readonly routes: readonly Route[]
}

export interface Route {
  /** A CIDR block or a prefix list id (`pl-…`). */
  readonly destination: string
  readonly target: RouteTarget
  /** `active`, `blackhole`, `filtered` or what AWS adds later. */
  readonly state: string
  /** Learnt from a virtual private gateway: loses against a static route of the same length. */
  readonly propagated: boolean
  /** The automated internet firewall that inspects what takes this route to an internet gateway. */
  readonly firewall: { readonly arn: string; readonly status: string } | null
}

export type RouteTargetKind =
  | 'local'
  | 'internet-gateway'
  | 'egress-only-internet-gateway'
  | 'nat-gateway'
  | 'vpc-endpoint' // gateway endpoint, or a Gateway Load Balancer endpoint
  | 'vpn-gateway'
  | 'transit-gateway'
  | 'peering'
  | 'network-interface'
  | 'instance'
  | 'other' // carrier gateway, local gateway, core network, and what AWS adds later

export interface RouteTarget {
  readonly kind: RouteTargetKind
  readonly id: string
}

export interface NetworkAcl {
  readonly id: string
  readonly vpcId: string
  readonly isDefault: boolean
  readonly subnetIds: readonly string[]
  readonly entries: readonly NetworkAclEntry[]
}

export interface NetworkAclEntry {
  readonly egress: boolean
  /** 1 to 32766; 32767 is the final deny that AWS shows as `*`. */
  readonly ruleNumber: number
  readonly allow: boolean
  readonly protocol: string
  readonly cidr: string
  /** Inclusive; null means every port. */
  readonly ports: PortRange | null
}

export interface SecurityGroup {
  readonly id: string
  readonly vpcId: string
  readonly name: string
  readonly ingress: readonly SecurityGroupRule[]
  readonly egress: readonly SecurityGroupRule[]
}

/** `associated`, `disassociated`, …: may the group be used in that VPC? */
export interface GroupAssociation {
  readonly groupId: string
  readonly vpcId: string
  readonly state: string
}

/** One IpPermission with its peers; the protocol as AWS writes it (`-1`, `tcp`, `6`, …). */
export interface SecurityGroupRule {
  readonly protocol: string
  readonly ports: PortRange | null
  readonly cidrs: readonly string[]
  readonly prefixListIds: readonly string[]
  readonly groupIds: readonly string[]
}

export interface Endpoint {
  readonly id: string
  readonly vpcId: string
  /** `interface`, `gateway`, `gatewayloadbalancer`, …, lower case. */
  readonly type: string
  readonly serviceName: string
  readonly serviceRegion: string | null
  readonly state: string
  readonly privateDns: boolean
  /** S3 only: private DNS answers Resolver inbound endpoints alone, so a task gets public addresses. */
  readonly privateDnsForInboundResolverOnly: boolean
  /** `ipv4`, `dualstack`, `ipv6`, `service-defined`; null when AWS did not say. */
  readonly dnsRecordIpType: string | null
  /** Every name in DnsEntries, lower case. */
  readonly dnsNames: readonly string[]
  readonly subnetIds: readonly string[]
  readonly interfaceIds: readonly string[]
  readonly routeTableIds: readonly string[]
  readonly groupIds: readonly string[]
  /** The policy's JSON text; null when AWS gave none, which means full access. */
  readonly policy: string | null
}

export interface NetworkInterface {
  readonly id: string
  readonly subnetId: string
  readonly vpcId: string
  readonly groupIds: readonly string[]
  readonly privateIps: readonly string[]
  readonly ipv6Addresses: readonly string[]
  readonly publicIp: string | null
  /** Lower case: `interface`, `vpc_endpoint`, `nat_gateway`, `network_load_balancer`, … */
  readonly type: string
  readonly description: string
  readonly instanceId: string | null
  readonly sourceDestCheck: boolean | null
}

export interface Instance {
  readonly id: string
  /** `running`, `stopped`, … */
  readonly state: string
  readonly interfaceIds: readonly string[]
}

export interface NatGateway {
  readonly id: string
  readonly vpcId: string
  /** Null for a regional NAT gateway, which has a route table of its own instead. */
  readonly subnetId: string | null
  readonly routeTableId: string | null
  readonly state: string
  /** `public` or `private`. */
  readonly connectivity: string
  /** `zonal` or `regional`. */
  readonly availability: string
  readonly addresses: readonly {
    readonly privateIp: string | null
    readonly publicIp: string | null
    readonly status: string
  }[]
  /** Some appliance stands in its way. */
  readonly attachedAppliances: boolean
  readonly failure: string | null
}

export interface InternetGateway {
  readonly id: string
  readonly attachments: readonly { readonly vpcId: string; readonly state: string }[]
}

export interface PrefixList {
  readonly id: string
  readonly name: string
  readonly entries: Answer<readonly string[]>
}

export interface DhcpOptions {
  readonly id: string
  /** `AmazonProvidedDNS` or addresses; empty when the set names none. */
  readonly domainNameServers: readonly string[]
}

export interface Peering {
  readonly id: string
  readonly state: string
  readonly requester: PeeringSide
  readonly accepter: PeeringSide
}

export interface PeeringSide {
  readonly vpcId: string
  readonly ownerId: string | null
  readonly cidrs: readonly string[]
}

export interface Transit {
  readonly gateways: Answer<readonly TransitGateway[]>
  readonly vpcAttachments: Answer<readonly TransitVpcAttachment[]>
  /** Every attachment with the TGW route table it is associated with (DescribeTransitGatewayAttachments). */
  readonly attachments: Answer<readonly TransitAttachment[]>
  readonly routeTables: Answer<readonly TransitRouteTable[]>
}

export interface TransitGateway {
  readonly id: string
  readonly securityGroupReferencing: boolean
}

export interface TransitVpcAttachment {
  readonly id: string
  readonly transitGatewayId: string
  readonly vpcId: string
  readonly subnetIds: readonly string[]
  readonly state: string
  readonly securityGroupReferencing: boolean
}

export interface TransitAttachment {
  readonly id: string
  readonly transitGatewayId: string
  /** `vpc`, `peering`, `vpn`, `direct-connect-gateway`, … */
  readonly resourceType: string
  readonly routeTableId: string | null
}

export interface TransitRouteTable {
  readonly id: string
  /** Static routes and propagated ones. `known: false` when only a part could be read. */
  readonly routes: Answer<readonly TransitRoute[]>
}

export interface TransitRoute {
  readonly cidr: string
  /** Null for a blackhole route. */
  readonly attachmentId: string | null
  readonly propagated: boolean
  readonly state: string
}

export interface Vpn {
  readonly gateways: Answer<readonly { readonly id: string; readonly vpcIds: readonly string[] }[]>
  readonly connections: Answer<readonly VpnConnection[]>
}

export interface VpnConnection {
  readonly id: string
  readonly vpnGatewayId: string | null
  readonly state: string
  readonly staticRoutesOnly: boolean
  readonly routes: readonly string[]
}

export interface BlockPublicAccess {
  /** `off`, `block-ingress`, `block-bidirectional`. */
  readonly mode: string
  /** `default-state`, `update-in-progress`, `update-complete`. */
  readonly state: string
}

/** VPC encryption controls, `monitor` or `enforce`. */
export interface EncryptionControl {
  readonly vpcId: string
  readonly mode: string
  readonly state: string
  /** State by what is excluded: `enabled` for `NatGateway`, `InternetGateway`, … (names of the API). */
  readonly exclusions: Readonly<Record<string, string>>
}

export interface HostedZone {
  readonly id: string
  readonly name: string
  /** Who owns it: a service principal for zones that AWS made, an account otherwise. */
  readonly owner: string
  /** Its records where they could be read (own zones): addresses by name and type. */
  readonly records: Answer<
    readonly { readonly name: string; readonly type: string; readonly values: readonly string[] }[]
  >
}

export interface Resolver {
  /** Rules that send names to other DNS servers, or keep them from it. */
  readonly rules: Answer<readonly ResolverRule[]>
  /** DNS Firewall's, in the order in which a query of a VPC meets them. */
  readonly firewallRules: Answer<readonly FirewallRule[]>
  /** What a Route 53 Profile brings into VPCs and nobody could look into: zones and endpoints, mostly of another account. */
  readonly profiles: Answer<readonly ProfileResource[]>
}

export interface ResolverRule {
  readonly id: string
  /** The VPCs that it holds in. */
  readonly vpcIds: readonly string[]
  /** Without the final dot; empty for the root, which is every name. */
  readonly domain: string
  /** `forward`, or `system`, which takes names out of a wider rule. */
  readonly type: string
  readonly targets: readonly string[]
}

export interface FirewallRule {
  readonly vpcId: string
  readonly ruleGroupId: string
  readonly priority: number
  /** `allow`, `alert`, `block`. */
  readonly action: string
  /** Of a block: `nodata`, `nxdomain`, `override`; null for the others. */
  readonly blockResponse: string | null
  /** Names that the first one leads on to (CNAME) are not looked at. */
  readonly trustsRedirection: boolean
  /** The one type of query that it is about (`A`, `AAAA`, …); null for all. */
  readonly queryType: string | null
  /** Null for a rule that looks for threats and has no list. */
  readonly domainListId: string | null
  /** `example.com` is that name alone, `*.example.com` all names below it, `*` every name. */
  readonly domains: Answer<readonly string[]>
}

export interface ProfileResource {
  readonly profileId: string
  readonly vpcIds: readonly string[]
  readonly arn: string
}

export interface LoadBalancer {
  readonly arn: string
  readonly name: string
  /** `network`, `application`, `gateway`. */
  readonly type: string
  readonly crossZone: boolean
  readonly listeners: readonly {
    readonly protocol: string
    readonly port: number
    readonly targetGroupArns: readonly string[]
  }[]
  readonly targetGroups: readonly LoadBalancerTargetGroup[]
}

export interface LoadBalancerTargetGroup {
  readonly arn: string
  readonly preserveClientIp: boolean
  readonly targets: readonly {
    readonly id: string
    readonly port: number
  }[]
}
