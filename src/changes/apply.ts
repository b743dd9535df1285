/** The facts as they are once every change of a list is made, in order. */
import type { Change, ChangeKind, ChangeOf } from '../domain/change.ts'
import type { GatheredFacts } from '../domain/facts.ts'
import { type Applied, resolve } from './change-kind.ts'
import { definitionOf } from './index.ts'
import { inTurn } from './network-facts.ts'

/** Refused as AWS would refuse one of them; null where what one of them does cannot be foreseen. */
export function applyChanges(facts: GatheredFacts, changes: readonly Change[]): Applied {
  return inTurn<Change>(facts, changes, applyOne)
}

/** An id of its own for what does not exist yet. */
export function madeId(ref: string): string {
  return `new-${ref}`
}

function applyOne<Kind extends ChangeKind>(facts: GatheredFacts, change: ChangeOf<Kind>): Applied {
  return definitionOf<Kind>(change).apply(facts, resolve(change, madeId))
}
