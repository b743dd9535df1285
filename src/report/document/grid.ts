/** The paths of a report as a grid: a row a subnet, a column a destination, in each cell the worst outcome. */
import { compare } from '../../domain/collections.ts'
import { OUTCOMES, type Outcome, type Path } from '../../domain/path.ts'
import { rankOf } from '../../task-start/destinations.ts'

export interface Grid {
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
}

export interface Column {
  readonly destination: string
  /** Nothing that starts a task goes there. */
  readonly optional: boolean
}

export interface Row {
  readonly subnetId: string
  readonly zone: string
  readonly kind: Path['from']['kind']
  /** One a column; null where this subnet has no such path. */
  readonly cells: readonly (Outcome | null)[]
}

export function gridOf(paths: readonly Path[]): Grid {
  const columns = [...new Set(paths.map(({ destination }) => destination))].toSorted(byNeed).map((destination) => ({
    destination,
    optional: paths.every((path) => path.destination !== destination || !path.required),
  }))
  const origins = new Map<string, Path[]>()
  for (const path of paths) origins.set(keyOf(path), [...(origins.get(keyOf(path)) ?? []), path])
  const rows = [...origins]
    .toSorted(([one], [other]) => compare(one, other))
    .flatMap(([, own]) => own.slice(0, 1).map(({ from }) => rowOf(from, own, columns)))
  return { columns, rows }
}

function keyOf({ from }: Path): string {
  return JSON.stringify([from.availabilityZone, from.subnetId, from.kind])
}

function rowOf(from: Path['from'], own: readonly Path[], columns: readonly Column[]): Row {
  return {
    subnetId: from.subnetId,
    zone: from.availabilityZone,
    kind: from.kind,
    cells: columns.map(({ destination }) => worst(own.filter((path) => path.destination === destination))),
  }
}

function worst(paths: readonly Path[]): Outcome | null {
  return OUTCOMES.find((outcome) => paths.some((path) => path.outcome === outcome)) ?? null
}

function byNeed(one: string, other: string): number {
  return rankOf(one) - rankOf(other) || compare(one, other)
}

/** What a legend has to explain: only what the grid shows, best outcome first. */
export function legendOf({ columns, rows }: Grid) {
  const seen = new Set(rows.flatMap(({ cells }) => cells))
  return {
    outcomes: OUTCOMES.toReversed().filter((outcome) => seen.has(outcome)),
    hasGaps: seen.has(null),
    hasOptional: columns.some(({ optional }) => optional),
  }
}
