/** Changes made in the facts, and judged again: first what was broken, and all of it once that is mended. */
import { applyChanges, madeId } from '../changes/apply.ts'
import { isRefused } from '../changes/network-facts.ts'
import { pathJudge } from '../checks/engine/judge.ts'
import { isWorse, type Ranks, ranksOf } from '../checks/engine/path-ranks.ts'
import { known } from '../domain/answer.ts'
import type { Change, ChangeKind } from '../domain/change.ts'
import type { GatheredFacts } from '../domain/facts.ts'
import type { Path } from '../domain/path.ts'
import type { Target } from '../domain/report.ts'

export interface Attempt {
  readonly changes: readonly Change[]
  /** Paths that were whole before may be as they were: `broken` is empty only where all were judged. */
  readonly facts: GatheredFacts
  /** What keeps it from being whole: paths that a start needs and that are broken, and paths that are worse than they were. */
  readonly broken: readonly Path[]
  /** Paths that were judged for it. */
  readonly judged: number
}

/** The facts before any change, and what they are compared with. */
export interface Start {
  readonly facts: GatheredFacts
  readonly target: Target
  readonly ranks: Ranks
}

export function startFrom(facts: GatheredFacts, target: Target): Start {
  return { facts, target, ranks: ranksOf(pathsIn(facts)) }
}

/** No change yet. */
export function asItIs(start: Start): Attempt {
  return judgedAttempt(start, [], start.facts, 0)
}

/** Null where AWS would refuse one of them, or nobody can foresee it. `before`: an attempt with fewer changes, of which only what is broken is judged anew. */
export function attempt(start: Start, changes: readonly Change[], before?: Attempt): Attempt | null {
  if (changes.length === 0) return asItIs(start)
  const changed = applyChanges(start.facts, changes)
  if (changed === null || isRefused(changed)) return null
  const judge = pathJudge(changed, start.target)
  if (before !== undefined && before.broken.length > 0 && !changes.some(({ kind }) => MOVES_PATHS.has(kind))) {
    const again = placesOf(before.broken)
    const part = among(judge, again)
    const stays = pathsIn(before.facts).filter((path) => !again.has(wayOf(path)))
    const partial = judgedAttempt(start, changes, { ...changed, paths: known([...stays, ...part]) }, part.length)
    if (partial.broken.length > 0) return partial
  }
  const paths = judge(() => true)
  return paths.known ? judgedAttempt(start, changes, { ...changed, paths }, paths.value.length) : null
}

/** Whether these paths are whole with the changes: a few at a time, until one is broken. */
export function isMended(start: Start, changes: readonly Change[], paths: readonly Path[]): boolean {
  const changed = applyChanges(start.facts, changes)
  if (changed === null || isRefused(changed)) return false
  const judge = pathJudge(changed, start.target)
  for (let from = 0; from < paths.length; from += AT_A_TIME) {
    const few = placesOf(paths.slice(from, from + AT_A_TIME))
    if (among(judge, few).some((path) => isBroken(path) || isWorse(path, start.ranks))) return false
  }
  return true
}

const AT_A_TIME = 4

/** After them a start needs other paths, or the same ones from elsewhere. */
const MOVES_PATHS: ReadonlySet<ChangeKind> = new Set([
  'update-service',
  'update-express-gateway-service',
  'register-task-definition',
])

function judgedAttempt(start: Start, changes: readonly Change[], facts: GatheredFacts, judged: number): Attempt {
  const broken = pathsIn(facts).filter((path) => isBroken(path) || isWorse(path, start.ranks))
  return { changes, facts, broken, judged }
}

function among(judge: ReturnType<typeof pathJudge>, places: ReadonlySet<string>): readonly Path[] {
  const paths = judge((subnetId, destination) => places.has(`${subnetId} ${destination}`))
  return paths.known ? paths.value.filter((path) => places.has(wayOf(path))) : []
}

function placesOf(paths: readonly Path[]): ReadonlySet<string> {
  return new Set(paths.map(wayOf))
}

function wayOf({ from, destination }: Path): string {
  return `${from.subnetId} ${destination}`
}

export function pathsIn({ paths }: GatheredFacts): readonly Path[] {
  return paths.known ? paths.value : []
}

function isBroken({ required, outcome }: Path): boolean {
  return required && (outcome === 'blocked' || outcome === 'intermittent')
}

/** What names something that an earlier change makes by the id which only these facts have for it, by its reference instead. */
export function withReferences(changes: readonly Change[], before: readonly Change[]): readonly Change[] {
  const made = new Map(
    before.flatMap((one) => ('makes' in one ? [[madeId(one.makes), { ref: one.makes }] as const] : [])),
  )
  if (made.size === 0) return changes
  return JSON.parse(JSON.stringify(changes), (_, value: unknown) =>
    typeof value === 'string' ? (made.get(value) ?? value) : value,
  )
}
