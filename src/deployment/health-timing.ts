/** How long a new task has to become healthy before ECS stops it, and how long it says that it needs. */
import type { TargetGroup } from '../domain/configuration.ts'
import type { Container } from '../domain/service.ts'

export interface HealthTiming {
  /** No health check of a load balancer ends a task sooner: the larger of the two that follow. */
  readonly givenSeconds: number
  /** 0 where the service names none. */
  readonly graceSeconds: number
  /** The target group that is the first to call a target unhealthy; null where none says when. */
  readonly quickest: QuickestGroup | null
  /** The containers that ask for more, longest first. */
  readonly short: readonly { readonly container: string; readonly startPeriodSeconds: number }[]
}

export interface QuickestGroup {
  readonly name: string
  readonly seconds: number
  readonly intervalSeconds: number
  readonly unhealthyThreshold: number
}

/**
 * A target is called unhealthy after so many failed checks in a row, one an interval, and ECS heeds it once the grace period
 * is over: a shorter grace period takes nothing from a start. A container that asks for a start period says that it takes
 * that long. ECS API Reference, CreateService (healthCheckGracePeriodSeconds) and HealthCheck; ELB User Guide, Health checks
 * for target groups.
 */
export function healthTiming(
  grace: number | null,
  groups: readonly TargetGroup[],
  containers: readonly Container[],
): HealthTiming {
  const [quickest = null] = groups.flatMap(quickestOf).toSorted((a, b) => a.seconds - b.seconds)
  const graceSeconds = grace ?? 0
  const givenSeconds = Math.max(graceSeconds, quickest?.seconds ?? 0)
  const short = containers
    .map(({ name, healthCheck }) => ({ container: name, startPeriodSeconds: healthCheck?.startPeriodSeconds ?? 0 }))
    .filter(({ startPeriodSeconds }) => startPeriodSeconds > givenSeconds)
    .toSorted((a, b) => b.startPeriodSeconds - a.startPeriodSeconds)
  return { givenSeconds, graceSeconds, quickest, short }
}

function quickestOf({ name, healthCheck }: TargetGroup): readonly QuickestGroup[] {
  const { intervalSeconds, unhealthyThreshold } = healthCheck
  if (intervalSeconds === null || unhealthyThreshold === null) return []
  return [{ name, seconds: intervalSeconds * unhealthyThreshold, intervalSeconds, unhealthyThreshold }]
}
