/** Tasks that have nothing more to tell: those that are settled, and those that ECS no longer shows. */

import type { Observed, ObservedTask } from '../state.ts'
import { isAtRest } from './lifecycle.ts'

export function keepAbsent(before: Observed['absent'], ids: readonly string[], at: number): Observed['absent'] {
  const fresh = ids.filter((id) => before[id]?.includes(at) !== true)
  if (fresh.length === 0) return before
  const times = (id: string) => [...(before[id] ?? []), at].sort((one, other) => one - other)
  return { ...before, ...Object.fromEntries(fresh.map((id) => [id, times(id)])) }
}

/** So many polls in vain, over so long: ECS shows new tasks late, and stopped ones for about an hour. */
const LOOKS_IN_VAIN = 3
const IN_VAIN_MS = 12_000

/** ECS no longer describes it, and nobody saw how it ended. */
export function hasVanished({ tasks, absent }: Pick<Observed, 'tasks' | 'absent'>, id: string): boolean {
  const kept = tasks[id]
  if (kept !== undefined && isAtRest(kept.task.lastStatus)) return false
  const since = kept?.lastSeenAt ?? Number.NEGATIVE_INFINITY
  const vain = (absent[id] ?? []).filter((at) => at > since)
  return vain.length >= LOOKS_IN_VAIN && (vain.at(-1) ?? 0) - (vain[0] ?? 0) >= IN_VAIN_MS
}

/** Why it stopped may be told a little after it stopped. */
const REASON_LATE_MS = 30_000

/** Nothing about the task changes any more. */
export function isSettled({ task, restSeenAt }: ObservedTask, now: number): boolean {
  if (!isAtRest(task.lastStatus)) return false
  const isTold = task.stoppedReason !== null || task.stopCode !== null
  return isTold || now - (restSeenAt ?? now) > REASON_LATE_MS
}
