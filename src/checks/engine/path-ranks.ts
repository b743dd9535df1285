/** How good each path is, to see which of them a change makes worse. */
import { OUTCOMES, type Path } from '../../domain/path.ts'

/** By the place of the path; higher is better. */
export type Ranks = ReadonlyMap<string, number>

export function ranksOf(paths: readonly Path[]): Ranks {
  return new Map(paths.map((path) => [placeOf(path), rank(path)]))
}

/** A path that was not there before is never worse. */
export function isWorse(path: Path, before: Ranks): boolean {
  return rank(path) < (before.get(placeOf(path)) ?? 0)
}

/** The same path before and after. */
export function placeOf({ from, host, port }: Path): string {
  return JSON.stringify([from.kind, from.subnetId, from.securityGroupIds, host, port])
}

function rank({ outcome }: Path): number {
  return OUTCOMES.indexOf(outcome)
}
