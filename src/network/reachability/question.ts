/** A question about one host, and its answer. */
import type { Endpoint } from '../../domain/network.ts'
import type { Hop, Outcome, Via } from '../../domain/path.ts'
import type { StartupDestination } from '../../task-start/startup-needs.ts'
import type { NetworkIndex } from '../network-index.ts'
import type { Ranges } from '../ranges.ts'
import type { Sender } from './flow.ts'
import type { Name } from './names/resolution.ts'

export interface HostQuestion {
  readonly index: NetworkIndex
  readonly name: Name
  readonly protocol: string
  readonly port: number
  readonly ports: Ranges<number>
  readonly sender: Sender
  /** Families that the name has addresses of; `unsettled` where nobody knows. A sender with IPv4 addresses asks for those. */
  readonly family: 'ipv4' | 'dualstack' | 'unsettled'
  readonly policy: PolicyOfPath
}

/** The hop for an endpoint that a path goes through; null where nothing is asked of its policy (trace). */
export type PolicyOfPath = (endpoint: Endpoint) => Hop | null

/** What each destination's calls need of an endpoint policy. */
export type PolicyJudge = (need: StartupDestination) => PolicyOfPath

export interface Judged {
  readonly outcome: Outcome
  readonly via: Via
  readonly hops: readonly Hop[]
}
