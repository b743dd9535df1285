/** The circuit breaker of ECS: would it end the deployment soon, and better than a watch that leaves? */
import type { RolloutFailure } from '../../domain/rollout.ts'
import type { Text } from '../../domain/text.ts'
import { failedIds, ownTasks } from '../counts.ts'
import { median } from '../diagnose/suspected-hang.ts'
import { hasVanished } from '../observe/absence.ts'
import { isRunning, isStopping } from '../observe/lifecycle.ts'
import type { KeptTask, Rollout, Seen } from '../state.ts'
import type { Own } from './followed-deployment.ts'

/** Since the last failure; a pull that hangs takes up to five minutes, and the answer is known without it. */
const PATIENCE_MS = 180_000
const PATIENCE_IN_ALL_MS = 360_000

/** Starts that fail fast, as many at a time as are desired, trip it within that time. */
const SOON_MS = 60_000

/** So many times its threshold, and it has not tripped: it counts something else than we do. Its own count may lag behind. */
const OVERDUE = 2

/** It rolls back, and the tasks that are under way may be all that it still waits for. */
export function mayTrip({ hopelessAt, failures, now, seen }: Rollout, own: Own): boolean {
  if (!rollsBack(own, seen)) return false
  const counted = countedBy(failures)
  // Tasks that reached RUNNING and exited are no failures to it (ECS Developer Guide, "deployment circuit breaker").
  if (counted.length === 0) return false
  const { count, threshold } = standOf(own, seen, counted.length)
  const underWay = ownTasks(own, seen).filter(
    ({ task }) => !isStopping(task) && !isRunning(task) && !hasVanished(seen, task.id),
  ).length
  if (count > threshold * OVERDUE) return false
  const failed = failedIds(counted)
  const stops = ownTasks(own, seen).filter(({ task }) => failed.has(task.id))
  const needed = threshold - count
  if (needed > Math.max(underWay, 1) && needed * startMs(stops) > SOON_MS * wantedNow(own, seen)) return false
  const lastAt = Math.max(hopelessAt ?? now, ...stops.map(({ stopSeenAt }) => stopSeenAt ?? 0))
  return now - lastAt < PATIENCE_MS && now - (hopelessAt ?? now) < PATIENCE_IN_ALL_MS
}

/** The middle of the starts that failed, from the creation of the task to its stop. */
function startMs(stops: readonly KeptTask[]): number {
  const spans = stops.flatMap(({ task: { createdAt, stoppingAt, stoppedAt } }) => {
    const end = stoppingAt ?? stoppedAt
    return createdAt === null || end === null ? [] : [end - createdAt]
  })
  return median(spans) ?? Number.POSITIVE_INFINITY
}

/** What is still to come, for whoever leaves before it. */
export function breakerText({ failures, seen }: Rollout, own: Own): Text | null {
  if (!rollsBack(own, seen)) return null
  const { count, threshold } = standOf(own, seen, countedBy(failures).length)
  return {
    en: `The circuit breaker of the service brings the old revision back after ${threshold} failures in a row (${count} so far); the watch does not wait for it.`,
    ko: `서비스의 배포 회로 차단기는 연속 ${threshold}회 실패 후 이전 개정으로 롤백합니다(현재 ${count}회). 관찰은 롤백을 기다리지 않습니다.`,
  }
}

function rollsBack({ serviceDeployment }: Own, { service }: Seen): boolean {
  const seen = service?.value
  if (seen?.breaker?.enable !== true || !seen.breaker.rollback || seen.strategy !== 'ROLLING') return false
  return serviceDeployment?.breaker?.status !== 'DISABLED'
}

function countedBy(failures: readonly RolloutFailure[]): readonly RolloutFailure[] {
  return failures.filter(({ taskId, label }) => taskId !== null && !label.startsWith('run/'))
}

/** As the service deployment shows it; else by the default threshold (ECS Developer Guide: half of the desired count, 3 to 200). */
function standOf({ deployment, serviceDeployment }: Own, { service }: Seen, seenFailures: number) {
  const shown = serviceDeployment?.breaker ?? null
  const desired = wantedNow({ deployment }, { service })
  const threshold =
    shown !== null && shown.threshold > 0 ? shown.threshold : Math.min(Math.max(Math.ceil(desired / 2), 3), 200)
  return { threshold, count: Math.max(shown?.failureCount ?? 0, deployment?.failedTasks ?? 0, seenFailures) }
}

/** The latest count, also after autoscaling (ECS Developer Guide, "deployment circuit breaker"). */
function wantedNow({ deployment }: Pick<Own, 'deployment'>, { service }: Pick<Seen, 'service'>): number {
  return service?.value.desiredCount ?? deployment?.desiredCount ?? 1
}
