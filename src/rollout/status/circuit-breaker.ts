/** The circuit breaker of ECS: would it end the deployment soon, and better than a watch that leaves? */
import type { RolloutFailure } from '../../domain/rollout.ts'
import type { Text } from '../../domain/text.ts'
import { failedIds, tasksOf } from '../counts.ts'
import { median } from '../diagnose/suspected-hang.ts'
import { hasVanished } from '../observe/absence.ts'
import { isRunning, isStopping } from '../observe/lifecycle.ts'
import type { Observed, ObservedTask, Rollout } from '../state.ts'
import type { FollowedDeployment } from './followed-deployment.ts'

/** Since the last failure; a pull that hangs takes up to five minutes, and the answer is known without it. */
const PATIENCE_MS = 180_000
const PATIENCE_IN_ALL_MS = 360_000

/** Starts that fail fast, as many at a time as are desired, trip it within that time. */
const SOON_MS = 60_000

/** So many times its threshold, and it has not tripped: it counts something else than we do. Its own count may lag behind. */
const OVERDUE = 2

/** It rolls back, and the tasks that are under way may be all that it still waits for. */
export function mayTrip({ hopelessAt, failures, now, observed }: Rollout, followed: FollowedDeployment): boolean {
  if (!rollsBack(followed, observed)) return false
  const counted = countedBy(failures)
  // Tasks that reached RUNNING and exited are no failures to it (ECS Developer Guide, "deployment circuit breaker").
  if (counted.length === 0) return false
  const { count, threshold } = standOf(followed, observed, counted.length)
  const underWay = tasksOf(followed, observed).filter(
    ({ task }) => !isStopping(task) && !isRunning(task) && !hasVanished(observed, task.id),
  ).length
  if (count > threshold * OVERDUE) return false
  const failed = failedIds(counted)
  const stops = tasksOf(followed, observed).filter(({ task }) => failed.has(task.id))
  const needed = threshold - count
  if (needed > Math.max(underWay, 1) && needed * startMs(stops) > SOON_MS * wantedNow(followed, observed)) return false
  const lastAt = Math.max(hopelessAt ?? now, ...stops.map(({ stopSeenAt }) => stopSeenAt ?? 0))
  return now - lastAt < PATIENCE_MS && now - (hopelessAt ?? now) < PATIENCE_IN_ALL_MS
}

/** The middle of the starts that failed, from the creation of the task to its stop. */
function startMs(stops: readonly ObservedTask[]): number {
  const spans = stops.flatMap(({ task: { createdAt, stoppingAt, stoppedAt } }) => {
    const end = stoppingAt ?? stoppedAt
    return createdAt === null || end === null ? [] : [end - createdAt]
  })
  return median(spans) ?? Number.POSITIVE_INFINITY
}

/** What is still to come, for whoever leaves before it. */
export function circuitBreakerNote({ failures, observed }: Rollout, followed: FollowedDeployment): Text | null {
  if (!rollsBack(followed, observed)) return null
  const { count, threshold } = standOf(followed, observed, countedBy(failures).length)
  return {
    en: `The circuit breaker of the service brings the old revision back after ${threshold} failures in a row (${count} so far); the watch does not wait for it.`,
    ko: `서비스의 배포 회로 차단기는 연속 ${threshold}회 실패 후 이전 개정으로 롤백합니다(현재 ${count}회). 관찰은 롤백을 기다리지 않습니다.`,
  }
}

function rollsBack({ serviceDeployment }: FollowedDeployment, { service }: Observed): boolean {
  const observed = service?.value
  if (observed?.circuitBreaker?.enable !== true || !observed.circuitBreaker.rollback || observed.strategy !== 'ROLLING')
    return false
  return serviceDeployment?.circuitBreaker?.status !== 'DISABLED'
}

function countedBy(failures: readonly RolloutFailure[]): readonly RolloutFailure[] {
  return failures.filter(({ taskId, label }) => taskId !== null && !label.startsWith('run/'))
}

/** As the service deployment shows it; else by the default threshold (ECS Developer Guide: half of the desired count, 3 to 200). */
function standOf({ deployment, serviceDeployment }: FollowedDeployment, { service }: Observed, seenFailures: number) {
  const shown = serviceDeployment?.circuitBreaker ?? null
  const desired = wantedNow({ deployment }, { service })
  const threshold =
    shown !== null && shown.threshold > 0 ? shown.threshold : Math.min(Math.max(Math.ceil(desired / 2), 3), 200)
  return { threshold, count: Math.max(shown?.failureCount ?? 0, deployment?.failedTasks ?? 0, seenFailures) }
}

/** The latest count, also after autoscaling (ECS Developer Guide, "deployment circuit breaker"). */
function wantedNow(
  { deployment }: Pick<FollowedDeployment, 'deployment'>,
  { service }: Pick<Observed, 'service'>,
): number {
  return service?.value.desiredCount ?? deployment?.desiredCount ?? 1
}
