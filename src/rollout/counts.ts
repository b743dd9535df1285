/** Tasks of our deployment, counted by subnet and by Availability Zone. */
import { compare, grouped } from '../domain/collections.ts'
import type { EcsTask, RolloutFailure, RolloutReport, SubnetCount } from '../domain/rollout.ts'
import type { PreflightEvidence } from './diagnose/preflight-evidence.ts'
import { hasStarted } from './observe/lifecycle.ts'
import type { ObservedTask, Rollout } from './state.ts'

/** On EC2 a task without an interface of its own is in the subnet of its instance. */
export function subnetOf(task: EcsTask, preflight: PreflightEvidence | null): string | null {
  const instance = task.containerInstanceArn
  return task.subnetId ?? (instance === null ? null : (preflight?.instanceSubnets[instance] ?? null))
}

export function countBySubnet(
  tasks: readonly ObservedTask[],
  failed: ReadonlySet<string>,
  preflight: PreflightEvidence | null,
): readonly SubnetCount[] {
  const groups = grouped(
    tasks.map(({ task }) => ({ task, subnetId: subnetOf(task, preflight) })),
    ({ task, subnetId }) => subnetId ?? `zone ${task.availabilityZone}`,
  )
  const counts = [...groups.values()].map((group) => ({
    subnetId: group[0]?.subnetId ?? null,
    availabilityZone: group.find(({ task }) => task.availabilityZone !== null)?.task.availabilityZone ?? null,
    started: group.length,
    failed: group.filter(({ task }) => failed.has(task.id)).length,
    succeeded: group.filter(({ task }) => !failed.has(task.id) && hasStarted(task)).length,
  }))
  return counts.sort((one, other) => compare(one.subnetId ?? '', other.subnetId ?? ''))
}

export function countByZone(counts: readonly SubnetCount[]): readonly Omit<SubnetCount, 'subnetId'>[] {
  const zones = [...grouped(counts, ({ availabilityZone }) => availabilityZone ?? '')]
  return zones
    .sort(([one], [other]) => compare(one, other))
    .map(([zone, group]) => ({
      availabilityZone: zone === '' ? null : zone,
      started: sum(group.map(({ started }) => started)),
      failed: sum(group.map(({ failed }) => failed)),
      succeeded: sum(group.map(({ succeeded }) => succeeded)),
    }))
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, one) => all + one, 0)
}

/**
 * Subnets of the service in which no task of this rollout was placed: they proved nothing, and a replacement or a rebalancing of zones may
 * start a task there any time. None where no task was seen at all.
 */
export function untriedSubnets({ observed, tasks, preflight }: Rollout): readonly string[] {
  const tried = new Set(tasks.map(({ task }) => subnetOf(task, preflight)))
  return tasks.length === 0 ? [] : (observed.service?.value.subnetIds ?? []).filter((id) => !tried.has(id))
}

export function failedIds(failures: readonly Pick<RolloutFailure, 'taskId'>[]): ReadonlySet<string> {
  return new Set(failures.flatMap(({ taskId }) => taskId ?? []))
}

/** Its tasks fail while those of every other subnet that was tried start: the fault is the subnet's, whatever the text says. */
export function failsAlone(counts: readonly SubnetCount[], subnetId: string | null): boolean {
  const own = counts.find((one) => one.subnetId === subnetId)
  if (subnetId === null || own === undefined || own.failed === 0 || own.succeeded > 0) return false
  const others = counts.filter((one) => one !== own)
  return others.some(({ succeeded }) => succeeded > 0) && others.every(({ failed }) => failed === 0)
}

/** ECS counts failures in a row also where nobody may list them; both are the least that there were. */
export function countTasks({ followed: { id }, observed, tasks, failures }: Rollout): RolloutReport['tasks'] {
  const ids = failedIds(failures)
  const failed = Math.max(ids.size, id === null ? 0 : (observed.mostFailed[id] ?? 0))
  // A failed task that no poll showed has been started as well.
  const started = Math.max(new Set([...tasks.map(({ task }) => task.id), ...ids]).size, failed)
  return { started, failed, successRate: started === 0 ? null : Math.round((1 - failed / started) * 1000) / 1000 }
}
