/** The paths of a report as a grid: a row a subnet, a column a destination, in each cell the worst outcome. */
import { compare, grouped } from '../../domain/collections.ts'
import { OUTCOMES, type Outcome, type Path } from '../../domain/path.ts'
import type { Language } from '../../domain/text.ts'
import { rankOf } from '../../task-start/destinations.ts'
import { OUTCOME_WORDS, WORDS } from '../text/words.ts'
import { OUTCOME_SIGNS, type Sign } from './signs.ts'

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
  const rows = [...grouped(paths, keyOf)]
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

/** Only what the grid shows, best outcome first. `star` marks what no start needs. */
export function legendOf(
  { columns, rows }: Grid,
  marks: Readonly<Record<Sign, string>>,
  star: string,
  language: Language,
): string {
  const seen = new Set(rows.flatMap(({ cells }) => cells))
  const shown = OUTCOMES.toReversed().filter((outcome) => seen.has(outcome))
  return [
    ...shown.map((outcome) => `${marks[OUTCOME_SIGNS[outcome]]} ${OUTCOME_WORDS[outcome][language]}`),
    ...(seen.has(null) ? [`${marks.none} ${WORDS.notNeeded[language]}`] : []),
    ...(columns.some(({ optional }) => optional) ? [`${star} ${WORDS.notForStart[language]}`] : []),
  ].join(', ')
}
