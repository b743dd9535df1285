/** A pull that takes far longer than this service's pulls do, in a subnet with a broken path: said before ECS gives up. */
import type { Path } from '../domain/path.ts'
import type { RolloutFailure, Suspicion, TaskSeen } from '../domain/rollout.ts'
import { findingFor } from './cause.ts'
import { ownTasks, subnetOf } from './counts.ts'
import type { Grounds } from './grounds.ts'
import { isNetworkLabel } from './labels.ts'
import { isStopping } from './lifecycle.ts'
import type { Own } from './own-deployment.ts'
import type { Seen } from './state.ts'

/** How many times its usual time a start may take. */
const TIMES = 3
const AT_LEAST_MS = 20_000
/** Without any history: an interface takes up to half a minute, a pull of a large image about as long. */
const UNKNOWN_MS = 60_000
/** Where the path is known to be blocked, there is little doubt to wait for. */
const BLOCKED_AT_MOST_MS = 45_000

/** What is over is settled: confirmed by its failure, withdrawn by its start. */
export function suspicionsOf(
  before: readonly Suspicion[],
  own: Own,
  seen: Seen,
  failures: readonly RolloutFailure[],
  grounds: Grounds | null,
  now: number,
): readonly Suspicion[] {
  const tasks = ownTasks(own, seen)
  const known = new Map(before.map((one) => [one.taskId, one]))
  const usual = usualMs(seen, grounds)
  return tasks.flatMap(({ task, seenAt }): readonly Suspicion[] => {
    const old = known.get(task.id)
    if (old !== undefined) return [{ ...old, state: stateOf(task, failures) }]
    const path = isPulling(task) ? doubtfulPath(grounds, subnetOf(task, grounds)) : null
    if (path === null) return []
    const limit = path.outcome === 'blocked' ? Math.min(usual, BLOCKED_AT_MOST_MS) : usual
    if (waitedMs(task, seenAt, seen, now) < limit) return []
    const subnetId = path.from.subnetId
    const cause = findingFor(grounds?.findings ?? [], path)?.check ?? null
    return [{ taskId: task.id, subnetId, at: now, destination: path.destination, cause, state: 'suspected' }]
  })
}

/** What failed for another reason, an image that does not exist, confirms nothing about a path. */
function stateOf(task: TaskSeen, failures: readonly RolloutFailure[]): Suspicion['state'] {
  const failure = failures.find(({ taskId }) => taskId === task.id)
  if (failure !== undefined)
    return isNetworkLabel(failure.label) || failure.label === 'unknown' ? 'confirmed' : 'withdrawn'
  return task.startedAt !== null || isStopping(task) ? 'withdrawn' : 'suspected'
}

/** On Fargate a pull that fails may never show that it began; without an interface it has not. */
function isPulling(task: TaskSeen): boolean {
  return (
    task.lastStatus !== 'PROVISIONING' && task.pullStoppedAt === null && task.startedAt === null && !isStopping(task)
  )
}

/**
 * By our own clock, from when the task was first seen; ECS's clock counts only for a task that was there before the watch, and then
 * no further back than a pull may hang.
 */
function waitedMs(task: TaskSeen, seenAt: number, { lookedAt }: Seen, now: number): number {
  const since = task.pullStartedAt ?? task.createdAt
  const wasThere = seenAt === lookedAt[0]
  const before = wasThere && since !== null ? Math.min(Math.max(seenAt - since, 0), 600_000) : 0
  return now - seenAt + before
}

/** From creation to the end of the pull: of this rollout, of the revision before, and of what preflight read. */
function usualMs({ tasks }: Seen, grounds: Grounds | null): number {
  const seen = Object.values(tasks).flatMap(({ task: { createdAt, pullStoppedAt } }) =>
    createdAt === null || pullStoppedAt === null ? [] : [pullStoppedAt - createdAt],
  )
  const read = seen.length > 0 ? [] : (grounds?.startSeconds ?? []).map((seconds) => seconds * 1000)
  const usual = median([...seen, ...read])
  return usual === null ? UNKNOWN_MS : Math.max(usual * TIMES, AT_LEAST_MS)
}

export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
}

function doubtfulPath(grounds: Grounds | null, subnetId: string | null): Path | null {
  if (grounds === null || subnetId === null) return null
  const own = grounds.paths.filter((path) => path.required && path.from.subnetId === subnetId)
  return (
    own.find(({ outcome }) => outcome === 'blocked') ??
    own.find(({ outcome }) => outcome === 'indeterminate' || outcome === 'intermittent') ??
    null
  )
}
