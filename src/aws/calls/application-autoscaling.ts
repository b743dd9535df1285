/** The Application Auto Scaling calls: how many tasks a service may be scaled to. Types are this file's own: no client is bundled. */
import { call, field, list } from './call.ts'

export const describeScalableTargets = call<{
  readonly ResourceId?: string
  readonly ScalableDimension?: string
  readonly MinCapacity?: number
  readonly MaxCapacity?: number
  readonly SuspendedState?: {
    readonly DynamicScalingOutSuspended?: boolean
    readonly ScheduledScalingSuspended?: boolean
  }
}>({
  service: 'application-autoscaling',
  operation: 'DescribeScalableTargets',
  list: 'ScalableTargets',
  always: { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' },
  /** `service/CLUSTER/NAME`. */
  by: { id: list('ResourceIds', field('ResourceId'), 50) },
})
