/** Is a remedy enough? The very changes that are printed are made in the facts, and everything is judged again. */
import { applyChanges, madeId } from '../../changes/apply.ts'
import { isRefused } from '../../changes/network-facts.ts'
import type { Change } from '../../domain/change.ts'
import type { Check } from '../../domain/check.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { Path } from '../../domain/path.ts'
import type { Target } from '../../domain/report.ts'
import { withPaths } from './judge.ts'
import { isWorse, ranksOf } from './path-ranks.ts'
import { type FoundByCheck, runCheck, runChecks } from './run.ts'

export interface Proof {
  /** Those of the check, and what keeps other paths as they were. */
  readonly changes: readonly Change[]
  /** The finding is gone, and no path of any subnet is worse. False as well where AWS would refuse, or nobody can foresee it. */
  readonly isEnough: boolean
}

/** What a repair breaks may be broken by what mends that; after so many turns it is given up. */
const MOST_TURNS = 3

/** `checks`: they say what would keep a path that the changes make worse. */
export function prove(
  changes: readonly Change[],
  found: FoundByCheck,
  facts: GatheredFacts,
  target: Target,
  checks: readonly Check[],
): Proof {
  let all = changes
  for (let turn = 0; turn < MOST_TURNS && all.length > 0; turn++) {
    const changed = applyChanges(facts, all)
    if (changed === null || isRefused(changed)) break
    const after = withPaths(changed, target)
    const worse = worsePaths(facts, after)
    if (worse === null) break
    if (worse.length === 0) return { changes: all, isEnough: isGone(found, after) }
    const more = sparing(worse, after, checks)
    if (more.length === 0 || more.some((change) => namesMade(change, all))) break
    all = [...all, ...more]
  }
  return { changes, isEnough: false }
}

/** These changes alone, as they are. */
export function isProved(
  changes: readonly Change[],
  found: FoundByCheck,
  facts: GatheredFacts,
  target: Target,
): boolean {
  return prove(changes, found, facts, target, []).isEnough
}

/** A finding may have another subject once a part of it is mended; its causes are the same. */
function isGone({ check, subject, faults = [] }: FoundByCheck, after: GatheredFacts): boolean {
  const causes = new Set(faults.map(keyOf))
  return runCheck(check, after).found.every(
    (other) => other.subject !== subject && !(other.faults ?? []).some((fault) => causes.has(keyOf(fault))),
  )
}

/** What the checks advise for the causes on these paths. */
function sparing(worse: readonly Path[], after: GatheredFacts, checks: readonly Check[]): readonly Change[] {
  const causes = new Set(worse.flatMap(({ hops }) => hops.flatMap(({ fault }) => fault ?? []).map(keyOf)))
  return runChecks(checks, after).found.flatMap(({ check, details, faults = [] }) =>
    faults.some((fault) => causes.has(keyOf(fault))) ? check.remedy(details).changes : [],
  )
}

/** Something that only the facts name: what the changes themselves make has no id yet. */
function namesMade(change: Change, changes: readonly Change[]): boolean {
  const text = JSON.stringify(change)
  return changes.some((one) => 'makes' in one && text.includes(madeId(one.makes)))
}

/** Null where nobody can tell any more. */
function worsePaths({ paths: before }: GatheredFacts, { paths: after }: GatheredFacts): readonly Path[] | null {
  if (!before.known) return []
  if (!after.known) return null
  const ranks = ranksOf(before.value)
  // A path that is gone is none that a start needs any more: its subnet is no longer the service's.
  return after.value.filter((path) => isWorse(path, ranks))
}

function keyOf(value: unknown): string {
  return JSON.stringify(value)
}
