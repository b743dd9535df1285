/** From sets of packets to one of the five outcomes (contract, section 4). */
import { OUTCOMES, type Outcome } from '../../domain/path.ts'
import { anyDestination, destinations, either, includes, NONE, type Packets, without } from '../packets.ts'
import { covers, type Ranges } from '../ranges.ts'
import type { Segment, TargetKind } from './flow.ts'

/** One set of destinations, asked for as a whole. */
export function outcomeOf(kind: TargetKind, sent: Packets, { filtered, shaky }: Segment): Outcome {
  const { pass, maybe } = filtered
  if (includes(pass, sent)) return shaky ? 'intermittent' : 'reachable'
  if (maybe.length === 0) return 'blocked'
  const denied = without(sent, maybe)
  if (!includes(pass, maybe)) {
    // Something passes for sure and something fails for sure: that holds whatever the rest is.
    return pass.length > 0 && denied.length > 0 && kind !== 'public' ? 'intermittent' : 'indeterminate'
  }
  return kind === 'public' && dependsOnAddress(sent, pass, denied) ? 'indeterminate' : 'intermittent'
}

/** A public host has one address that nobody knows beforehand: rules that cover a part of the internet tell nothing of it. */
function dependsOnAddress(sent: Packets, pass: Packets, denied: Packets): boolean {
  const all = destinations(sent)
  return !(covers(destinations(pass), all) && covers(destinations(denied), all))
}

export interface Attempt {
  readonly sent: Packets
  readonly segment: Segment
}

/** Several addresses of one name: a client tries the next when one does not answer, so any of them is enough. */
export function outcomeOfAny(attempts: readonly Attempt[]): Outcome {
  const outcomes = attempts.map(({ sent, segment }) => outcomeOf('interface', sent, segment))
  if (outcomes.every((one) => one === 'reachable')) return 'reachable'
  if (outcomes.every((one) => one === 'blocked')) return 'blocked'
  if (attempts.length === 1) return outcomes[0] as Outcome
  const universe = [0, 2 ** 32] as Ranges
  const joined = (choose: (attempt: Attempt) => Packets) =>
    attempts.reduce<Packets>((all, attempt) => either(all, anyDestination(choose(attempt), universe)), NONE)
  const sent = joined((attempt) => attempt.sent)
  const pass = joined(({ segment }) => segment.filtered.pass)
  const maybe = joined(({ segment }) => segment.filtered.maybe)
  const certain = attempts.every(({ segment }) => includes(segment.filtered.pass, segment.filtered.maybe))
  if (!certain) return 'indeterminate'
  if (includes(pass, sent)) return 'degraded'
  return includes(pass, maybe) ? 'intermittent' : 'indeterminate'
}

/** The facts leave several possibilities: only what all of them agree on is known. */
export function outcomeOfCandidates(outcomes: readonly Outcome[]): Outcome {
  return outcomes.length > 0 && outcomes.every((one) => one === 'blocked') ? 'blocked' : 'indeterminate'
}

/** The worse of two stages that both must work. */
export function worse(a: Outcome, b: Outcome): Outcome {
  return OUTCOMES.indexOf(a) <= OUTCOMES.indexOf(b) ? a : b
}
