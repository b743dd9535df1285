/** A path from where a task starts to a host it must reach, hop by hop (contract, section 4). */
import type { Text } from './text.ts'

/** Order of dominance, worst first: aws-semantics 0.3. */
export const OUTCOMES = ['blocked', 'intermittent', 'indeterminate', 'degraded', 'reachable'] as const
export type Outcome = (typeof OUTCOMES)[number]

export type Decision = 'allow' | 'partial' | 'deny' | 'unknown'

/** In the order in which packets meet them: where they are led, what filters them on the way out, the gateway, what filters them behind it. */
// biome-ignore format: one line a part of the way
export const HOPS = [
  'dns', 'route',
  'security-group-egress', 'network-acl-out',
  'endpoint', 'nat-gateway', 'internet-gateway',
  'network-acl-in', 'security-group-ingress', 'endpoint-policy',
] as const
export type HopAt = (typeof HOPS)[number]

export type ViaKind =
  | 'interface-endpoint'
  | 'gateway-endpoint'
  | 'nat-gateway'
  | 'internet-gateway'
  | 'egress-only-internet-gateway'
  | 'transit-gateway'
  | 'peering'
  | 'appliance'
  | 'local' // an interface of the same VPC: a mount target, or asked for by trace
  | 'none'

export interface Via {
  readonly kind: ViaKind
  readonly id: string | null
}

/** A sentence and the data it is made of: two with the same reason say the same. Nothing is compared by `why`. */
export interface Statement {
  readonly reason: Reason
  readonly why: Text
}

/** The kind of a sentence, and the values in it. */
export type Reason = readonly [kind: string, ...values: readonly (string | number)[]]

export interface Hop extends Statement {
  readonly at: HopAt
  /** The AWS id that decided: a route table, a group, an ACL, an endpoint; null where none did. */
  readonly id: string | null
  readonly decision: Decision
  /** What a check needs to name the fault and its repair. Absent on hops that let everything through. */
  readonly fault?: Fault
  /** For `unknown`: what would have to be read. */
  readonly missing?: Missing
  /** Of `unknown`: nobody looked at what lies behind. Absent where the rest was judged all the same, as behind a filter. */
  readonly hidesRest?: true
  /** It concerns one of several addresses of the name; the others are not stopped here. */
  readonly oneAddress?: true
}

/** "Could not tell", from a fact to the report: what could not be had, and what would read it. */
export interface Missing {
  /** `ec2:DescribeRouteTables`; null where no permission would tell (an appliance, a custom DNS server). */
  readonly permission: string | null
  /** What is missing, as data; the same of two where it is. */
  readonly reason: Reason
  readonly because: Text
  /** AWS was asked and gave no answer that could be used: no permission changes that. */
  readonly unanswered?: true
  /** Asked again later, there may be an answer. */
  readonly mayPass?: true
}

/** Why a hop stops packets, as data: one kind a repair. What is known about each kind stands in `network/faults.ts`. */
interface FaultData {
  'vpc-dns-off': { vpcId: string }
  'custom-dns-servers': { vpcId: string; dhcpOptionsId: string; servers: readonly string[] }
  'private-dns-off': { endpointId: string; serviceName: string; vpcId: string }
  'vpc-dns-hostnames-off': { endpointId: string; vpcId: string }
  'dns-firewall-blocks': { vpcId: string; ruleGroupId: string; domainListId: string; host: string }
  'hosted-zone-shadows': { zoneId: string; zoneName: string; host: string }
  'no-ipv4-record': { endpointId: string }
  'no-ipv6-record': { endpointId: string }
  'endpoint-missing': { service: string; vpcId: string }
  'endpoint-not-available': { endpointId: string; serviceName: string; state: string }
  'endpoint-without-interfaces': { endpointId: string }
  's3-route-missing': { routeTableId: string; endpointId: string | null; vpcId: string; prefixListId: string | null }
  /** `destination`: `reply`, `ipv6` for what only IPv6 leads to, `nat64` for IPv4 behind NAT64, or the kind of the target. */
  'no-route': { routeTableId: string; subnetId: string; destination: string }
  'blackhole-route': { routeTableId: string; destination: string; target: string }
  'dead-end-route': { routeTableId: string; destination: string; target: string; targetKind: string }
  'public-ip-missing': { subnetId: string; routeTableId: string; internetGatewayId: string }
  'internet-gateway-detached': { internetGatewayId: string; vpcId: string }
  'internet-blocked': { mode: string; subnetId: string }
  'nat-gateway-state': { natGatewayId: string; state: string; failure: string | null }
  'nat-gateway-private': { natGatewayId: string }
  'nat-gateway-without-internet': { natGatewayId: string; subnetId: string | null; routeTableId: string | null }
  'nat-instance-closed': {
    interfaceId: string
    instanceId: string | null
    groupIds: readonly string[]
    direction: 'inbound' | 'outbound'
    /** Inbound only. */
    from: string
    fromGroupIds: readonly string[]
    port: number
  }
  'nat-instance-without-internet': {
    interfaceId: string
    instanceId: string | null
    subnetId: string
    routeTableId: string | null
    /** `no-public-ip`, `no-route`, or the state that the instance is in. */
    because: string
  }
  'egress-closed': {
    groupIds: readonly string[]
    destination: string
    prefixListId: string | null
    peerGroupIds: readonly string[]
    port: number
  }
  'ingress-closed': {
    endpointId: string | null
    interfaceId: string | null
    groupIds: readonly string[]
    from: string
    fromGroupIds: readonly string[]
    port: number
  }
  'network-acl-closed': {
    networkAclId: string
    subnetId: string
    direction: 'outbound' | 'inbound'
    ports: PortRange
    peer: string
    /** The deny that decides, 32767 for the final `*`. */
    ruleNumber: number | null
    /** `request` (to port 443) or `reply` (to the ephemeral ports). */
    packets: 'request' | 'reply'
  }
  'endpoint-policy-denies': { endpointId: string; statement: string }
  'peering-inactive': { peeringId: string; state: string }
  'transit-gateway-no-way': { transitGatewayId: string; because: TransitEnd }
  'no-such-address': { address: string; vpcId: string }
  'listener-missing': { loadBalancer: string; port: number }
  'file-system-missing': { fileSystemId: string }
  'mount-target-missing': { fileSystemId: string; subnetId: string; zone: string }
  'mount-targets-elsewhere': { fileSystemId: string; host: string; vpcId: string; mountVpcIds: readonly string[] }
  'mount-target-closed': {
    fileSystemId: string
    interfaceId: string
    groupIds: readonly string[]
    from: string
    fromGroupIds: readonly string[]
    port: number
  }
}

export type FaultKind = keyof FaultData
export type Fault = { readonly [Kind in FaultKind]: Readonly<{ kind: Kind } & FaultData[Kind]> }[FaultKind]
export type FaultOf<Kind extends FaultKind> = Extract<Fault, { readonly kind: Kind }>

/** Where the way through a transit gateway ends. */
export type TransitEnd = 'no-attachment' | 'zone-not-served' | 'no-route-table' | 'no-route' | 'blackhole'

export interface PortRange {
  readonly from: number
  readonly to: number
}

export interface Origin {
  readonly kind: 'task-eni' | 'instance-eni'
  readonly subnetId: string
  readonly availabilityZone: string
  readonly securityGroupIds: readonly string[]
  readonly publicIp: boolean
}

export interface Path {
  readonly from: Origin
  readonly destination: string
  readonly host: string
  readonly port: number
  readonly neededBy: readonly Text[]
  /** A start fails without it. False for what only matters later (ECS Exec). */
  readonly required: boolean
  readonly via: Via
  readonly outcome: Outcome
  readonly hops: readonly Hop[]
}
