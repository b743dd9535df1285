/** Changes made in the facts, and everything judged again. */
import { applyChanges, madeId } from '../changes/apply.ts'
import { isRefused } from '../changes/network-facts.ts'
import { withPaths } from '../checks/engine/judge.ts'
import type { Change } from '../domain/change.ts'
import type { GatheredFacts } from '../domain/facts.ts'
import { OUTCOMES, type Path } from '../domain/path.ts'
import type { Target } from '../domain/report.ts'

export interface Attempt {
  readonly changes: readonly Change[]
  readonly facts: GatheredFacts
  /** What keeps it from being whole: paths that a start needs and that are broken, and paths that are worse than they were. */
  readonly broken: readonly Path[]
}

/** The facts before any change, and what they are compared with. */
export interface Start {
  readonly facts: GatheredFacts
  readonly target: Target
  readonly ranks: ReadonlyMap<string, number>
}

export function startFrom(facts: GatheredFacts, target: Target): Start {
  return { facts, target, ranks: new Map(pathsIn(facts).map((path) => [placeOf(path), rank(path)])) }
}

/** Null where AWS would refuse one of them, or nobody can foresee it. */
export function attempt(start: Start, changes: readonly Change[]): Attempt | null {
  const changed = changes.length === 0 ? start.facts : applyChanges(start.facts, changes)
  if (changed === null || isRefused(changed)) return null
  const facts = changes.length === 0 ? changed : withPaths(changed, start.target)
  if (!facts.paths.known) return null
  return { changes, facts, broken: facts.paths.value.filter((path) => isBroken(path) || isWorse(path, start)) }
}

export function pathsIn({ paths }: GatheredFacts): readonly Path[] {
  return paths.known ? paths.value : []
}

function isBroken({ required, outcome }: Path): boolean {
  return required && (outcome === 'blocked' || outcome === 'intermittent')
}

function isWorse(path: Path, { ranks }: Start): boolean {
  return rank(path) < (ranks.get(placeOf(path)) ?? 0)
}

function rank({ outcome }: Path): number {
  return OUTCOMES.indexOf(outcome)
}

/** The same path before and after. */
export function placeOf({ from, host, port }: Path): string {
  return JSON.stringify([from.kind, from.subnetId, from.securityGroupIds, host, port])
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
