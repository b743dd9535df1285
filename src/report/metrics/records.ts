/**
 * A rollout as records in CloudWatch's embedded metric format. A record names each dimension once, so that what is by subnet is a record
 * a subnet beside that of the service: one batch of one log stream, which is written whole or not at all.
 * Source: Amazon CloudWatch User Guide, "Specification: Embedded metric format".
 */
import type { Report } from '../../domain/report.ts'
import type { RolloutReport } from '../../domain/rollout.ts'

export const NAMESPACE = 'ecs-pull-guard'

/** `TaskSuccessRate` is from 0 to 1, as the output `task-success-rate` is. */
export const UNITS = {
  TaskSuccessRate: 'None',
  FailedStarts: 'Count',
  PullSeconds: 'Seconds',
  RolloutSeconds: 'Seconds',
} as const
export type Metric = keyof typeof UNITS

/** "Metric target values MUST be numeric or an array of numeric values, with a maximum of 100 values". */
const MOST_VALUES = 100

type Values = Readonly<Partial<Record<Metric, number | readonly number[]>>>

/** JSON texts: the service's, then one a subnet. None of a rollout without a task, or without an id. `at`: milliseconds since 1970. */
export function metricRecords({ target, rollout }: Report, at: number): readonly string[] {
  if (rollout?.deploymentId == null || rollout.tasks.started === 0) return []
  const { deploymentId, phase, tasks, seconds, endedAt, bySubnet } = rollout
  const place = { Cluster: target.cluster, Service: target.service }
  const about = { DeploymentId: deploymentId, TaskDefinition: target.taskDefinition, Phase: phase }
  const whole = record(at, place, about, {
    ...startsOf(tasks.started, tasks.failed),
    ...pullsIn(rollout, () => true),
    ...(seconds === null || endedAt === null ? {} : { RolloutSeconds: seconds }),
  })
  const parts = bySubnet.flatMap(({ subnetId, availabilityZone, started, failed }) =>
    subnetId === null
      ? []
      : record(
          at,
          { ...place, SubnetId: subnetId },
          { ...about, AvailabilityZone: availabilityZone },
          { ...startsOf(started, failed), ...pullsIn(rollout, (one) => one === subnetId) },
        ),
  )
  return [whole, ...parts]
}

function record(at: number, dimensions: Readonly<Record<string, string>>, about: object, values: Values): string {
  const metrics = (Object.keys(values) as Metric[]).map((name) => ({ Name: name, Unit: UNITS[name] }))
  const directive = { Namespace: NAMESPACE, Dimensions: [Object.keys(dimensions)], Metrics: metrics }
  return JSON.stringify({ _aws: { Timestamp: at, CloudWatchMetrics: [directive] }, ...dimensions, ...about, ...values })
}

function startsOf(started: number, failed: number): Values {
  return { TaskSuccessRate: Math.round((1 - failed / started) * 1000) / 1000, FailedStarts: failed }
}

/** CloudWatch makes p50 and maximum of them, over one rollout or many. Of more than it takes, some, with the least and the most. */
function pullsIn({ pulls = [] }: RolloutReport, isIn: (subnetId: string | null) => boolean): Values {
  const all = pulls.filter(({ subnetId }) => isIn(subnetId)).map(({ seconds }) => seconds)
  if (all.length === 0) return {}
  if (all.length <= MOST_VALUES) return { PullSeconds: all }
  const sorted = all.toSorted((one, other) => one - other)
  const every = (sorted.length - 1) / (MOST_VALUES - 1)
  return { PullSeconds: Array.from({ length: MOST_VALUES }, (_, index) => sorted[Math.round(index * every)] ?? 0) }
}
