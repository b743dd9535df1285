/** The facts as they are once every change of a list is made, in order. */
import type { Change, ChangeKind, ChangeOf } from '../domain/change.ts'
import type { GatheredFacts } from '../domain/facts.ts'
import { type Refused, resolve } from './change-kind.ts'
import { definitionOf } from './index.ts'
import { isRefused } from './network-facts.ts'

/** Refused as AWS would refuse one of them; null where what one of them does cannot be foreseen. */
export function applyChanges(facts: GatheredFacts, changes: readonly Change[]): GatheredFacts | Refused | null {
  let changed: GatheredFacts | Refused | null = facts
  for (const change of changes) {
    if (changed === null || isRefused(changed)) return changed
    changed = applyOne(changed, change)
  }
  return changed
}

/** An id of its own for what does not exist yet. */
function madeId(ref: string): string {
  return `new-${ref}`
}

function applyOne<Kind extends ChangeKind>(facts: GatheredFacts, change: ChangeOf<Kind>) {
  return definitionOf<Kind>(change).apply(facts, resolve(change, madeId))
}
