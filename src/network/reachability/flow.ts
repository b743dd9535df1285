/** The words of the path engine: who sends, to what, and what came of it. */
import type { NetworkInterface, Subnet } from '../../domain/network.ts'
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
  readonly to: Aim
  /** Carries packets on from inside a subnet, behind a gateway. Given in, so that gateways need not know the walker. */
  readonly onward: (flow: Flow, subnet: Subnet, sent: Packets, turns: number) => Leg
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

export type AimKind =
  | 'interface' // one address of an interface in a VPC
  | 's3' // every address of the Region's S3 prefix list; a client is handed any of them
  | 'public' // one address on the internet that nobody can know beforehand
  | 'address' // one address that was named

export interface Aim {
  readonly kind: AimKind
  readonly addresses: Ranges
  /** Set for `interface`. */
  readonly interface: NetworkInterface | null
  /** What people call it: `vpce-… (10.0.1.5)`, `S3 (pl-…)`, `the internet`. */
  readonly label: Text
  readonly prefixListId: string | null
  /** Is an address that no interface of the facts has proof of nothing? True where only some interfaces were read. */
  readonly interfacesPartlyRead: boolean
}

export interface Leg {
  readonly filtered: Filtered
  /** Works for some source ports of a NAT gateway and not for others. */
  readonly shaky: boolean
  readonly hops: readonly Hop[]
  readonly via: Via
}

/** The whole range that a Linux client may take; any hole in it makes a path intermittent. VPC User Guide, "Ephemeral ports". */
export const EPHEMERAL: Ranges<number> = [32768, 61000]
/** The same of Windows Server 2008 and later; the same page. */
export const WINDOWS_EPHEMERAL: Ranges<number> = [49152, 65536]
/** A NAT gateway's own source ports: VPC User Guide, "NAT gateways". */
export const NAT_PORTS: Ranges<number> = [1024, 65536]

export const NOWHERE: Via = { kind: 'none', id: null }
