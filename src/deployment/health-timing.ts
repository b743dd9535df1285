/** How long a new task has to become healthy before ECS stops it, and which setting says so. */
import type { TargetGroup } from '../domain/configuration.ts'
import type { Container } from '../domain/service.ts'

export interface HealthTiming {
  /** ECS stops no task for its health before so many seconds; 0 where the service names none. */
  readonly graceSeconds: number
  /** The seconds that the settings beneath it need, longest first. */
  readonly needs: readonly HealthNeed[]
}

export type HealthNeed =
  | {
      readonly by: 'target-group'
      readonly name: string
      readonly seconds: number
      readonly intervalSeconds: number
      readonly unhealthyThreshold: number
    }
  | { readonly by: 'container'; readonly name: string; readonly seconds: number }

/**
 * A target is called unhealthy after so many failed checks in a row, one an interval; a grace period that ends sooner gives
 * a task no second longer. A container that asks for a start period says that it takes that long. ECS API Reference,
 * CreateService (healthCheckGracePeriodSeconds) and HealthCheck; ELB User Guide, Health checks for target groups.
 */
export function healthTiming(
  graceSeconds: number | null,
  groups: readonly TargetGroup[],
  containers: readonly Container[],
): HealthTiming {
  const needs = [
    ...groups.flatMap(({ name, healthCheck: { intervalSeconds, unhealthyThreshold } }): readonly HealthNeed[] => {
      if (intervalSeconds === null || unhealthyThreshold === null) return []
      const seconds = intervalSeconds * unhealthyThreshold
      return [{ by: 'target-group', name, seconds, intervalSeconds, unhealthyThreshold }]
    }),
    ...containers.flatMap(({ name, healthCheck }): readonly HealthNeed[] => {
      const seconds = healthCheck?.startPeriodSeconds ?? 0
      return seconds === 0 ? [] : [{ by: 'container', name, seconds }]
    }),
  ]
  return { graceSeconds: graceSeconds ?? 0, needs: needs.toSorted((a, b) => b.seconds - a.seconds) }
}
