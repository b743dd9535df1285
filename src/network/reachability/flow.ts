/** The words of the path engine: who sends, to what, and what came of it. */
import type { NatGateway, NetworkInterface, Route, RouteTable, Subnet } from '../../domain/network.ts'
import type { Hop, Via } from '../../domain/path.ts'
import type { Text } from '../../domain/text.ts'
import type { Family } from '../addresses.ts'
import type { Filtered } from '../filtering.ts'
import type { NetworkIndex } from '../network-index.ts'
import type { Packets } from '../packets.ts'
import type { Ranges } from '../ranges.ts'

/** Packets of one flow as they leave a subnet: the sender may be a NAT gateway on the way. */
export interface Flow {
  readonly index: NetworkIndex
  readonly family: Family
  /** `tcp` or `udp`. */
  readonly protocol: string
  /** Destination port. */
  readonly port: number
  /** Source ports that may be used; replies come back to them. */
  readonly ports: Ranges<number>
  readonly from: Sender
  readonly to: Target
  /** How many gateways the packets have passed. */
  readonly passed: number
}

export interface Sender {
  readonly subnet: Subnet
  /** Private addresses: the subnet's whole block for a task that is not there yet. */
  readonly addresses: Ranges
  /** Empty for a NAT gateway, which has none. */
  readonly groupIds: readonly string[]
  readonly publicIp: boolean
  readonly isTask: boolean
  /** Packets on their way on, behind a NAT gateway. */
  readonly isNatGateway: boolean
}

/** Packets at a route that takes them, in the table of the subnet that they are in. */
export interface At {
  readonly flow: Flow
  readonly subnet: Subnet
  readonly table: RouteTable
  readonly route: Route
  readonly sent: Packets
}

export type TargetKind =
  | 'interface' // one address of an interface in a VPC
  | 's3' // every address of the Region's S3 prefix list; a client is handed any of them
  | 'public' // one address on the internet that nobody can know beforehand
  | 'address' // one address that was named

export interface Target {
  readonly kind: TargetKind
  /** Tells it from every other target: `10.0.1.5 (vpce-…)`, `S3 (pl-…)`, `internet`. */
  readonly name: string
  readonly addresses: Ranges
  /** Set for `interface`. */
  readonly interface: NetworkInterface | null
  readonly prefixListId: string | null
  /** Is an address that no interface of the facts has proof of nothing? True where only some interfaces were read. */
  readonly interfacesPartlyRead: boolean
}

/** What people call it. */
export function labelOf({ kind, name }: Target): Text {
  return kind === 'public' ? { en: 'the internet', ko: '인터넷' } : { en: name, ko: name }
}

/** A part of the way, to its end: what of the packets gets there and comes back. */
export interface Segment {
  readonly filtered: Filtered
  /** Works for some source ports of a NAT gateway and not for others. */
  readonly shaky: boolean
  readonly hops: readonly Hop[]
  readonly via: Via
}

/** What a gateway makes of packets where it is not itself the end: data, with which the walk goes on. */
export interface Passage {
  readonly via: Via
  /** What ends at the gateway. */
  readonly settled: readonly Segment[]
  readonly onward: readonly Onward[]
  /** The network ACLs of the gateway's own subnet, which see the packets too. */
  readonly filters: readonly FilterHop[]
  /** Who sends the packets on from an address of its own. */
  readonly by: Translator | null
}

export type Translator =
  /** From ports of its own, too. */
  | { readonly kind: 'nat-gateway'; readonly nat: NatGateway }
  /** `id`: as the route names it. */
  | { readonly kind: 'instance'; readonly id: string; readonly interface: NetworkInterface }

export interface Onward {
  /** Who sends now, and to what. */
  readonly flow: Flow
  /** The subnet that they leave next, or the VPC whose border they stand at. */
  readonly continueFrom: Subnet | { readonly borderOf: string }
  readonly packets: Packets
}

/** The whole range that a Linux client may take; any hole in it makes a path intermittent. VPC User Guide, "Ephemeral ports". */
export const EPHEMERAL: Ranges<number> = [32768, 61000]
/** The same of Windows Server 2008 and later; the same page. */
export const WINDOWS_EPHEMERAL: Ranges<number> = [49152, 65536]
/** A NAT gateway's own source ports: VPC User Guide, "NAT gateways". */
export const NAT_PORTS: Ranges<number> = [1024, 65536]

/** A filter on the way, as a hop and as what it does to the packets. */
export interface FilterHop {
  readonly hop: Hop
  readonly filtered: Filtered
}

export const NOWHERE: Via = { kind: 'none', id: null }
