/** A list of changes that makes a service whole, with what is known about it (contract, section 11). */
import type { Change } from './change.ts'
import type { Text } from './text.ts'

export interface Repair {
  /** In the order in which they are made. */
  readonly changes: readonly Change[]
  readonly cli: readonly string[]
  readonly terraform: string
  /** A template, as YAML; what no template can say is a comment in it. */
  readonly cloudformation: string
  /** Why one would choose it. */
  readonly because: Text
  /** What AWS charges for what it makes, traffic apart; null where the Region's prices are not known. */
  readonly monthlyUsd: number | null
  /** Others that what it changes serves as well. */
  readonly alsoTouches: readonly Text[]
  /** With exactly these changes every path that a start needs was judged reachable, none worse, and no blocker is left. */
  readonly verified: boolean
  /** What is still not known, or has to be done by hand beside it. */
  readonly restsOn: readonly Text[]
}
