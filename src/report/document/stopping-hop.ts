/** Where a path ends, or which of its hops shakes it; where none does, the way that it takes. */
import type { Hop, HopAt, Outcome, Path, ViaKind } from '../../domain/path.ts'
import type { Text } from '../../domain/text.ts'
import { HOP_NAMES, VIA_NAMES } from '../diagrams/picture-words.ts'
import { OUTCOME_WORDS } from '../text/words.ts'

export interface Stop {
  /** Which hop, way or outcome it is: two of one kind and id are the same. */
  readonly kind: HopAt | ViaKind | Outcome
  readonly name: Text
  readonly id: string | null
  readonly why: Text | null
}

export function stopOf({ hops, outcome, via }: Path): Stop {
  const hop = outcome === 'reachable' ? undefined : weakest(hops)
  if (hop !== undefined) return { kind: hop.at, name: HOP_NAMES[hop.at], id: hop.id, why: hop.why }
  // Without a hop that says so, "no way out" would be a claim.
  const unsaid = via.kind === 'none' && outcome !== 'blocked'
  const name = unsaid ? OUTCOME_WORDS[outcome] : VIA_NAMES[via.kind]
  return { kind: unsaid ? outcome : via.kind, name, id: via.id, why: null }
}

function weakest(hops: readonly Hop[]): Hop | undefined {
  const first = (decision: Hop['decision']) => hops.find((hop) => hop.decision === decision)
  return first('deny') ?? first('partial') ?? first('unknown')
}

/** Worst first, and what a start needs before what it does not. */
export function worstFirst(paths: readonly Path[], order: readonly Outcome[]): readonly Path[] {
  return paths.toSorted(
    (one, other) =>
      Number(other.required) - Number(one.required) || order.indexOf(one.outcome) - order.indexOf(other.outcome),
  )
}
