/** Looks for the smallest lists of changes that make a service's paths whole: always from the smallest attempt on, one broken path at a time. */
import { together } from '../changes/shared.ts'
import { placeOf } from '../checks/engine/path-ranks.ts'
import type { Change } from '../domain/change.ts'
import type { Path } from '../domain/path.ts'
import { type Attempt, asItIs, attempt, type Start } from './attempt.ts'
import { leastOf } from './least.ts'
import { movesFor, sweepFor } from './moves.ts'
import { compareText, compareWeights, countOf, type Weight } from './weight.ts'

export interface Search {
  /** Whole, smallest first; none of them can spare a change. */
  readonly found: readonly Attempt[]
  /** It looked at as many attempts as it may: there may be others, and smaller ones. */
  readonly gaveUp: boolean
}

export interface Bounds {
  readonly repairs: number
  readonly attempts: number
  /** That are judged again, of all attempts together. */
  readonly paths: number
}

interface Weighed {
  readonly attempt: Attempt
  readonly weight: Weight
}

/** The same facts give the same answer: what is tried, and in which order, follows from them alone. */
export function search(start: Start, weightOf: (changes: readonly Change[]) => Weight, bounds: Bounds): Search {
  const weighed = (one: Attempt): Weighed => ({ attempt: one, weight: weightOf(one.changes) })
  const first = asItIs(start)
  if (first.broken.length === 0) return { found: [], gaveUp: false }
  const open: Weighed[] = [weighed(first)]
  const found: Weighed[] = []
  const seen = new Set<string>()
  const answer = (gaveUp: boolean): Search => ({ found: found.toSorted(inOrder).map((one) => one.attempt), gaveUp })
  const swept = sweep(first, start)
  if (swept !== null) found.push(weighed(leastOf(swept, start)))
  let judged = 0
  while (open.length > 0 && found.length < bounds.repairs) {
    const best = open.reduce((one, other) => (inOrder(other, one) < 0 ? other : one))
    open.splice(open.indexOf(best), 1)
    const [path] = best.attempt.broken
    if (path === undefined) {
      const least = leastOf(best.attempt, start)
      if (!found.some((one) => keyOf(one.attempt.changes) === keyOf(least.changes))) found.push(weighed(least))
      continue
    }
    for (const move of movesFor(path, best.attempt)) {
      const changes = together([best.attempt.changes, move])
      if (seen.has(keyOf(changes))) continue
      seen.add(keyOf(changes))
      if (judged >= bounds.paths || seen.size > bounds.attempts) return answer(true)
      const next = attempt(start, changes, best.attempt)
      judged += next?.judged ?? 0
      if (next !== null && isProgress(path, best.attempt, next)) open.push(weighed(next))
    }
  }
  return answer(false)
}

/** Kind by kind of what is broken: not the smallest, and soon there. */
function sweep(first: Attempt, start: Start): Attempt | null {
  let now = first
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const [path] = now.broken
    if (path === undefined) return now
    const changes = together([now.changes, sweepFor(path, now)])
    const next = attempt(start, changes, now)
    if (next === null || !isProgress(path, now, next)) return null
    now = next
  }
  return null
}

const MOST_TURNS = 12

function inOrder(one: Weighed, other: Weighed): number {
  return compareWeights(one.weight, other.weight) || compareText(one.attempt.changes, other.attempt.changes)
}

/** Of a list, in whichever order its changes came together. */
function keyOf(changes: readonly Change[]): string {
  return JSON.stringify(changes.map((one) => JSON.stringify(one)).toSorted())
}

/** The path is mended, or something else stops it now. */
function isProgress(path: Path, before: Attempt, after: Attempt): boolean {
  if (countOf(after.changes) === countOf(before.changes)) return false
  const same = after.broken.find((one) => placeOf(one) === placeOf(path))
  return same === undefined || faultsOf(same) !== faultsOf(path)
}

function faultsOf({ hops }: Path): string {
  return JSON.stringify(hops.map(({ fault }) => fault))
}
