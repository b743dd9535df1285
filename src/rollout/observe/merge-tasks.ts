/** The tasks of a poll, joined with those that were seen before: of two observations of one thing the further one is kept. */
import type { EcsTask } from '../../domain/rollout.ts'
import type { Observed, ObservedTask } from '../state.ts'
import { isAtRest, isStopping, taskRank } from './lifecycle.ts'

export type Ranks = readonly number[]

/** A total order, so that two observations at the same moment are settled alike in whatever order they come. */
export function isAfter(ranks: Ranks, value: unknown, otherRanks: Ranks, other: unknown): boolean {
  for (const [index, rank] of ranks.entries()) {
    const difference = rank - (otherRanks[index] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return JSON.stringify(value) > JSON.stringify(other)
}

export function keepTasks(before: Observed['tasks'], tasks: readonly EcsTask[], at: number): Observed['tasks'] {
  if (tasks.length === 0) return before
  // One copy a poll: a service may have thousands of them.
  const kept: Record<string, ObservedTask> = { ...before }
  for (const task of tasks) kept[task.id] = keptTask(kept[task.id], task, at)
  return kept
}

function keptTask(old: ObservedTask | undefined, task: EcsTask, at: number): ObservedTask {
  const stopSeenAt = isStopping(task) ? at : null
  const restSeenAt = isAtRest(task.lastStatus) ? at : null
  if (old === undefined) return { task, seenAt: at, lastSeenAt: at, stopSeenAt, restSeenAt }
  const isNewer = isAfter(ranksOf(task), task, ranksOf(old.task), old.task)
  return {
    task: isNewer ? filled(task, old.task) : filled(old.task, task),
    seenAt: Math.min(at, old.seenAt),
    lastSeenAt: Math.max(at, old.lastSeenAt),
    stopSeenAt: least(stopSeenAt, old.stopSeenAt),
    restSeenAt: least(restSeenAt, old.restSeenAt),
  }
}

function ranksOf(task: EcsTask): Ranks {
  const times = [task.pullStartedAt, task.pullStoppedAt, task.startedAt, task.stoppingAt, task.stoppedAt]
  const words = [task.stopCode, task.stoppedReason, ...task.containers.map(({ reason }) => reason)]
  return [task.version, taskRank(task.lastStatus), given(times), given(words)]
}

function given(values: readonly unknown[]): number {
  return values.filter((value) => value !== null).length
}

const FADING = [
  'subnetId',
  'privateIp',
  'availabilityZone',
  'createdAt',
  'pullStartedAt',
  'pullStoppedAt',
  'startedAt',
] as const

/** What the further one no longer tells: attachments of a stopped task may be gone. */
function filled(task: EcsTask, other: EcsTask): EcsTask {
  const isWhole = FADING.every((key) => task[key] !== null || other[key] === null)
  // The same object stays the same object: what was concluded of it is remembered by it.
  if (isWhole && (task.containers.length > 0 || other.containers.length === 0)) return task
  return {
    ...task,
    ...Object.fromEntries(FADING.map((key) => [key, task[key] ?? other[key]])),
    containers: task.containers.length > 0 ? task.containers : other.containers,
  }
}

function least(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other
  return Math.min(one, other)
}
