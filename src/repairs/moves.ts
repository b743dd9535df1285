/** What would mend a broken path: what the checks advise for its faults, and another way to the same host. */
import { together } from '../changes/shared.ts'
import { runCheck } from '../checks/engine/run.ts'
import { CHECKS } from '../checks/index.ts'
import type { Change } from '../domain/change.ts'
import { distinctRecords } from '../domain/collections.ts'
import type { Path } from '../domain/path.ts'
import { type Attempt, withReferences } from './attempt.ts'
import { otherWays } from './other-ways.ts'

/** All that the check of the path's first fault advises at once: causes of one kind are mended alike. */
export function sweepFor(path: Path, { facts, changes }: Attempt): readonly Change[] {
  const [fault] = path.hops.flatMap((hop) => hop.fault ?? [])
  const check = CHECKS.find(({ speaksFor = [] }) => fault !== undefined && speaksFor.includes(fault.kind))
  if (check === undefined) return []
  const found = runCheck(check, facts).found.filter(({ severity }) => severity !== 'advice')
  return withReferences(together(found.map(({ details }) => check.remedy(details).changes)), changes)
}

/** Each a list of changes that belong together. The same facts give the same moves in the same order. */
export function movesFor(path: Path, { facts, changes, broken }: Attempt): readonly (readonly Change[])[] {
  const faults = path.hops.flatMap(({ fault }) => fault ?? [])
  const keys = new Set(faults.map((fault) => JSON.stringify(fault)))
  const kinds = new Set(faults.map(({ kind }) => kind))
  const advised = CHECKS.filter(({ speaksFor = [] }) => speaksFor.some((kind) => kinds.has(kind))).flatMap((check) =>
    runCheck(check, facts)
      .found.filter((found) => (found.faults ?? []).some((fault) => keys.has(JSON.stringify(fault))))
      .map((found) => check.remedy(found.details).changes),
  )
  const others = facts.network.known ? otherWays(path, broken, facts.network.value) : []
  const moves = distinctRecords([...advised, ...others]).filter((move) => move.length > 0)
  return moves.map((move) => withReferences(move, changes))
}
