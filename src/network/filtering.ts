/** What a filter does to packets: what surely passes, and what may pass as far as its rules are known. */
import type { Decision, Missing } from '../domain/path.ts'
import { both, includes, type Packets } from './packets.ts'

export interface Filtered {
  readonly pass: Packets
  /** A superset of `pass`; equal to it when every rule could be read. */
  readonly maybe: Packets
  readonly missing?: Missing
}

/** In words, of what was sent: all of it, some, none, or it cannot be said. */
export function decisionOf(sent: Packets, { pass, maybe }: Filtered): Decision {
  if (includes(pass, sent)) return 'allow'
  if (maybe.length === 0) return 'deny'
  if (includes(pass, maybe)) return 'partial'
  return 'unknown'
}

export function andThen(first: Filtered, second: Filtered): Filtered {
  const pass = both(first.pass, second.pass)
  const certain = first.pass === first.maybe && second.pass === second.maybe
  return { pass, maybe: certain ? pass : both(first.maybe, second.maybe) }
}
