/** Is a remedy enough? The very changes that are printed are made in the facts, and everything is judged again. */
import { applyChanges } from '../../changes/apply.ts'
import { isRefused } from '../../changes/network-facts.ts'
import type { Change } from '../../domain/change.ts'
import type { Check } from '../../domain/check.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import { OUTCOMES, type Path } from '../../domain/path.ts'
import type { Target } from '../../domain/report.ts'
import { withPaths } from './judge.ts'
import { runCheck } from './run.ts'

/** The finding is gone, and no path of any subnet is worse. False as well where AWS would refuse, or nobody can foresee it. */
export function isEnough(
  changes: readonly Change[],
  { check, subject }: { readonly check: Check; readonly subject: string },
  facts: GatheredFacts,
  target: Target,
): boolean {
  if (changes.length === 0) return false
  const changed = applyChanges(facts, changes)
  if (changed === null || isRefused(changed)) return false
  const after = withPaths(changed, target)
  return runCheck(check, after).found.every((found) => found.subject !== subject) && !isWorse(facts, after)
}

function isWorse({ paths: before }: GatheredFacts, { paths: after }: GatheredFacts): boolean {
  if (!before.known) return false
  if (!after.known) return true
  const ranks = new Map(after.value.map((path) => [keyOf(path), rank(path)]))
  // A path that is gone is none that a start needs any more: its subnet is no longer the service's.
  return before.value.some((path) => (ranks.get(keyOf(path)) ?? Number.POSITIVE_INFINITY) < rank(path))
}

function rank({ outcome }: Path): number {
  return OUTCOMES.indexOf(outcome)
}

function keyOf({ from, host, port }: Path): string {
  return JSON.stringify([from.kind, from.subnetId, from.securityGroupIds, host, port])
}
