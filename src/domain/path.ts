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
  | 'local' // an interface of the same VPC, asked for by trace
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
}

/** Why a hop stops packets, as data: one kind a repair. What is known about each kind stands in `network/faults.ts`. */
export type Fault =
  | { readonly kind: 'vpc-dns-off'; readonly vpcId: string }
  | {
      readonly kind: 'custom-dns-servers'
      readonly vpcId: string
      readonly dhcpOptionsId: string
      readonly servers: readonly string[]
    }
  | {
      readonly kind: 'private-dns-off'
      readonly endpointId: string
      readonly serviceName: string
      readonly vpcId: string
    }
  | { readonly kind: 'vpc-dns-hostnames-off'; readonly endpointId: string; readonly vpcId: string }
  | { readonly kind: 'hosted-zone-shadows'; readonly zoneId: string; readonly zoneName: string; readonly host: string }
  | { readonly kind: 'no-ipv4-record'; readonly endpointId: string }
  | { readonly kind: 'endpoint-missing'; readonly service: string; readonly vpcId: string }
  | {
      readonly kind: 'endpoint-not-available'
      readonly endpointId: string
      readonly serviceName: string
      readonly state: string
    }
  | { readonly kind: 'endpoint-without-interfaces'; readonly endpointId: string }
  | {
      readonly kind: 's3-route-missing'
      readonly routeTableId: string
      readonly endpointId: string | null
      readonly vpcId: string
      readonly prefixListId: string | null
    }
  | {
      readonly kind: 'no-route'
      readonly routeTableId: string
      readonly subnetId: string
      readonly destination: string
    }
  | {
      readonly kind: 'blackhole-route'
      readonly routeTableId: string
      readonly destination: string
      readonly target: string
    }
  | {
      readonly kind: 'dead-end-route'
      readonly routeTableId: string
      readonly destination: string
      readonly target: string
      readonly targetKind: string
    }
  | {
      readonly kind: 'public-ip-missing'
      readonly subnetId: string
      readonly routeTableId: string
      readonly internetGatewayId: string
    }
  | { readonly kind: 'internet-gateway-detached'; readonly internetGatewayId: string; readonly vpcId: string }
  | { readonly kind: 'internet-blocked'; readonly mode: string; readonly subnetId: string }
  | {
      readonly kind: 'nat-gateway-state'
      readonly natGatewayId: string
      readonly state: string
      readonly failure: string | null
    }
  | { readonly kind: 'nat-gateway-private'; readonly natGatewayId: string }
  | {
      readonly kind: 'nat-gateway-without-internet'
      readonly natGatewayId: string
      readonly subnetId: string | null
      readonly routeTableId: string | null
    }
  | {
      readonly kind: 'egress-closed'
      readonly groupIds: readonly string[]
      readonly destination: string
      readonly prefixListId: string | null
      readonly peerGroupIds: readonly string[]
      readonly port: number
    }
  | {
      readonly kind: 'ingress-closed'
      readonly endpointId: string | null
      readonly interfaceId: string | null
      readonly groupIds: readonly string[]
      readonly from: string
      readonly fromGroupIds: readonly string[]
      readonly port: number
    }
  | {
      readonly kind: 'network-acl-closed'
      readonly networkAclId: string
      readonly subnetId: string
      readonly direction: 'outbound' | 'inbound'
      readonly ports: PortRange
      readonly peer: string
      /** The deny that decides, 32767 for the final `*`. */
      readonly ruleNumber: number | null
      /** `request` (to port 443) or `reply` (to the ephemeral ports). */
      readonly packets: 'request' | 'reply'
    }
  | { readonly kind: 'endpoint-policy-denies'; readonly endpointId: string; readonly statement: string }
  | { readonly kind: 'peering-inactive'; readonly peeringId: string; readonly state: string }
  | { readonly kind: 'transit-gateway-no-way'; readonly transitGatewayId: string; readonly because: TransitEnd }
  | { readonly kind: 'no-such-address'; readonly address: string; readonly vpcId: string }
  | { readonly kind: 'listener-missing'; readonly loadBalancer: string; readonly port: number }

export type FaultKind = Fault['kind']
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
