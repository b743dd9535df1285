/** Where the time of a rollout goes, from the timestamps of its tasks. */
import type { EcsTask, SlowPhase } from '../../domain/rollout.ts'
import { failedIds } from '../counts.ts'
import { aheadMs } from '../observe/clocks.ts'
import type { Rollout } from '../state.ts'

export interface RolloutSpan {
  readonly startedAt: number | null
  /** Null while it goes on, or nobody knows. */
  readonly endedAt: number | null
  readonly seconds: number | null
}

/** By ECS's own clock; where it says no end, by ours as ECS's would show it. */
export function spanOf(state: Rollout): RolloutSpan {
  const now = state.now - aheadMs(state.observed)
  const { deployment, taskSet, serviceDeployment } = state.followed
  const startedAt = serviceDeployment?.startedAt ?? deployment?.createdAt ?? taskSet?.createdAt ?? null
  const isEnd = state.phase === 'steady' || state.phase === 'failed' || state.phase === 'rolled-back'
  const said = serviceDeployment?.finishedAt ?? null
  const isDecided = deployment?.rolloutState === 'COMPLETED' || deployment?.rolloutState === 'FAILED'
  const endedAt = isEnd ? (said ?? (isDecided ? deployment?.updatedAt : null) ?? now) : null
  const until = endedAt ?? now
  return {
    startedAt,
    endedAt,
    seconds: startedAt === null ? null : Math.max(0, Math.round((until - startedAt) / 1000)),
  }
}

/** Seconds that each phase took for the tasks that started, in the middle. */
export function phasesOf(state: Rollout): readonly { readonly phase: SlowPhase; readonly seconds: number }[] {
  const failed = failedIds(state.failures)
  const tasks = state.tasks.map(({ task }) => task)
  const started = tasks.filter(({ id, startedAt }) => startedAt !== null && !failed.has(id))
  const span = spanOf(state)
  const bake = (state.followed.serviceDeployment?.bakeMinutes ?? 0) * 60
  const phases: readonly (readonly [SlowPhase, readonly (number | null)[]])[] = [
    ['placement', tasks.slice(0, 1).map(({ createdAt }) => between(span.startedAt, createdAt))],
    ['init', started.map(({ createdAt, pullStartedAt }) => between(createdAt, pullStartedAt))],
    ['pull', started.map(({ pullStartedAt, pullStoppedAt }) => between(pullStartedAt, pullStoppedAt))],
    ['start', started.map(({ pullStoppedAt, startedAt }) => between(pullStoppedAt, startedAt))],
    ['health', state.phase === 'steady' ? healthSpans(started, span, bake) : []],
    ['bake', bake > 0 && span.endedAt !== null ? [bake] : []],
    ['drain', drains(state)],
  ]
  return phases.flatMap(([phase, spans]) => {
    const middle = median(spans.flatMap((seconds) => seconds ?? []))
    return middle === null ? [] : [{ phase, seconds: Math.round(middle) }]
  })
}

/** From the last start to a steady end: health checks, traffic, and the end of the old tasks. */
function healthSpans(started: readonly EcsTask[], { endedAt }: RolloutSpan, bake: number): readonly (number | null)[] {
  if (started.length === 0) return []
  const last = Math.max(...started.map(({ startedAt }) => startedAt ?? 0))
  const whole = between(last, endedAt)
  return [whole === null ? null : Math.max(0, whole - bake)]
}

/** Tasks of the revision before: from the wish to stop them until they are stopped. */
function drains({ observed, followed: { id } }: Rollout): readonly (number | null)[] {
  return Object.values(observed.tasks)
    .filter(({ task }) => task.startedBy !== id && task.startedBy !== null && task.stoppedAt !== null)
    .map(({ task }) => between(task.stoppingAt, task.stoppedAt))
}

/** Seconds during which at least one start that failed was under way. */
export function lostSeconds(state: Rollout): number {
  const failed = failedIds(state.failures)
  const spans = state.tasks
    .filter(({ task }) => failed.has(task.id) && task.createdAt !== null)
    .map(({ task }) => [task.createdAt ?? 0, task.stoppedAt ?? task.stoppingAt ?? task.createdAt ?? 0] as const)
    .sort(([one], [other]) => one - other)
  let lost = 0
  let upTo = Number.NEGATIVE_INFINITY
  for (const [from, to] of spans) {
    lost += Math.max(0, to - Math.max(from, upTo))
    upTo = Math.max(upTo, to)
  }
  return Math.round(lost / 1000)
}

function between(from: number | null, to: number | null): number | null {
  return from === null || to === null || to < from ? null : (to - from) / 1000
}

/** The middle of some values; null of none. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
}
