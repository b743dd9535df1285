/** A question about one host, and its answer. */
import type { Hop, Outcome, Via } from '../../domain/path.ts'
import type { NetworkIndex } from '../network-index.ts'
import type { Ranges } from '../ranges.ts'
import type { PolicyOfPath } from './endpoint-policy.ts'
import type { Sender } from './flow.ts'
import type { Name } from './names/resolve.ts'

export interface HostQuestion {
  readonly index: NetworkIndex
  readonly name: Name
  readonly protocol: string
  readonly port: number
  readonly ports: Ranges<number>
  readonly sender: Sender
  /** Families that the name has addresses of. */
  readonly family: 'ipv4' | 'dualstack'
  readonly policy: PolicyOfPath
}

export interface Judged {
  readonly outcome: Outcome
  readonly via: Via
  readonly hops: readonly Hop[]
}
