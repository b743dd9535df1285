/** What was tried from inside running tasks, and held against what preflight had said (contract, section 10). */
import type { Outcome } from './path.ts'
import type { Text } from './text.ts'

/** `tls-failed`: connected, and then no TLS. `not-tried`: the name led nowhere, or the image has nothing to connect with. */
export const CONNECTS = ['connected', 'refused', 'timed-out', 'tls-failed', 'not-tried'] as const
export type Connect = (typeof CONNECTS)[number]

/** What a name leads to: addresses of an interface endpoint, public ones, other private ones, or none. */
export type ResolvedTo = 'endpoint' | 'public' | 'private' | 'nothing'

export interface ProbeAttempt {
  readonly taskId: string
  readonly subnetId: string
  readonly destination: string
  readonly host: string
  readonly port: number
  /** A start fails without it. */
  readonly required: boolean
  readonly resolvedTo: readonly string[]
  /** Null where the image has nothing to look names up with. */
  readonly is: ResolvedTo | null
  readonly connect: Connect
  /** The program of the image that connected; `bash` and `nc` do so without TLS. Null where nothing was tried. */
  readonly by: string | null
  /** Null where preflight has no path for it. */
  readonly predicted: Outcome | null
  /** Null where nothing was foretold, or nothing was tried. */
  readonly agrees: boolean | null
}

// biome-ignore format: a few a line
export const NOT_PROBED = [
  'tasks-unread', 'no-task', 'other-interface', 'windows', 'no-hosts', 'exec-off', 'agent-not-running', 'encrypted', 'denied', 'not-connected', 'refused', 'unsure',
  'no-channel', 'no-shell', 'no-tool', 'cut-off', 'timed-out',
] as const
export type NotProbedKind = (typeof NOT_PROBED)[number]

/** Where it could not be tried, and what to switch on. */
export interface NotProbed {
  readonly subnetId: string | null
  readonly taskId: string | null
  readonly kind: NotProbedKind
  readonly because: Text
  /** What AWS or the agent said, secrets masked; untrusted text. Empty where nobody said anything. */
  readonly detail: string
  readonly remedy: readonly Text[]
  readonly cli: readonly string[]
}

export interface ProbeReport {
  readonly attempts: readonly ProbeAttempt[]
  readonly notProbed: readonly NotProbed[]
}
