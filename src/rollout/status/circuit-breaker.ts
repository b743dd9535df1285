/** The circuit breaker of ECS: would it end the deployment soon, and better than a watch that leaves? */
import type { RolloutFailure } from '../../domain/rollout.ts'
import type { Text } from '../../domain/text.ts'
import { LABELS } from '../../ecs-errors/labels.ts'
import { failedIds } from '../counts.ts'
import { hasVanished } from '../observe/absence.ts'
import { isRunning, isStopping } from '../observe/lifecycle.ts'
import type { FollowedTask, Rollout, RolloutFacts } from '../state.ts'
import { median } from '../timing/timing.ts'

/** Since the last failure; a pull that hangs takes up to five minutes, and the answer is known without it. */
const PATIENCE_MS = 180_000
const PATIENCE_IN_ALL_MS = 360_000

/** Starts that fail fast, as many at a time as are desired, trip it within that time. */
const SOON_MS = 60_000

/** So many times its threshold, and it has not tripped: it counts something else than we do. Its own count may lag behind. */
const OVERDUE = 2

/** It rolls back, and the tasks that are under way may be all that it still waits for. */
export function mayTrip(state: Omit<Rollout, 'over' | 'phase' | 'reason'>): boolean {
  const { hopelessAt, failures, now, observed, tasks } = state
  if (!rollsBack(state)) return false
  const counted = countedBy(failures)
  // Tasks that reached RUNNING and exited are no failures to it (ECS Developer Guide, "deployment circuit breaker").
  if (counted.length === 0) return false
  const { count, threshold } = countOf(state, counted.length)
  if (count > threshold * OVERDUE) return false
  const underWay = tasks.filter(
    ({ task }) => !isStopping(task) && !isRunning(task) && !hasVanished(observed, task.id),
  ).length
  const failed = failedIds(counted)
  const stops = tasks.filter(({ task }) => failed.has(task.id))
  const needed = threshold - count
  if (needed > Math.max(underWay, 1) && needed * startMs(stops) > SOON_MS * desiredNow(state)) return false
  const lastAt = Math.max(hopelessAt ?? now, ...stops.map(({ stopSeenAt }) => stopSeenAt ?? 0))
  return now - lastAt < PATIENCE_MS && now - (hopelessAt ?? now) < PATIENCE_IN_ALL_MS
}

/** The middle of the starts that failed, from the creation of the task to its stop. */
function startMs(stops: readonly FollowedTask[]): number {
  const spans = stops.flatMap(({ task: { createdAt, stoppingAt, stoppedAt } }) => {
    const end = stoppingAt ?? stoppedAt
    return createdAt === null || end === null ? [] : [end - createdAt]
  })
  return median(spans) ?? Number.POSITIVE_INFINITY
}

/** What is still to come, for whoever leaves before it. Null where it brings nothing back. */
export function circuitBreakerText(state: Rollout): Text | null {
  if (!rollsBack(state)) return null
  const { count, threshold } = countOf(state, countedBy(state.failures).length)
  return {
    en: `The circuit breaker of the service brings the old revision back after ${threshold} failures in a row (${count} so far); the watch does not wait for it.`,
    ko: `서비스의 배포 회로 차단기는 연속 ${threshold}회 실패 후 이전 개정으로 롤백합니다(현재 ${count}회). 관찰은 롤백을 기다리지 않습니다.`,
  }
}

export function rollsBack({ followed, observed }: RolloutFacts): boolean {
  const service = observed.service?.value
  if (service?.circuitBreaker?.enable !== true || !service.circuitBreaker.rollback) return false
  return service.strategy === 'ROLLING' && followed.serviceDeployment?.circuitBreaker?.status !== 'DISABLED'
}

function countedBy(failures: readonly RolloutFailure[]): readonly RolloutFailure[] {
  return failures.filter(({ taskId, label }) => taskId !== null && LABELS[label].family !== 'run')
}

/** As the service deployment shows it; else by the default threshold (ECS Developer Guide: half of the desired count, 3 to 200). */
function countOf(facts: RolloutFacts, seenFailures: number) {
  const { deployment, serviceDeployment } = facts.followed
  const shown = serviceDeployment?.circuitBreaker ?? null
  const usual = Math.min(Math.max(Math.ceil(desiredNow(facts) / 2), 3), 200)
  return {
    threshold: shown !== null && shown.threshold > 0 ? shown.threshold : usual,
    count: Math.max(shown?.failureCount ?? 0, deployment?.failedTasks ?? 0, seenFailures),
  }
}

/** The latest count, also after autoscaling (ECS Developer Guide, "deployment circuit breaker"). */
function desiredNow({ followed, observed }: RolloutFacts): number {
  return observed.service?.value.desiredCount ?? followed.deployment?.desiredCount ?? 1
}
