/** The life of a simulated task as DescribeTasks tells it at one moment. */
import type { SimulatedTask } from './state.ts'

export interface Moment {
  readonly status: string
  readonly at: number
}

/** Every status that a task goes through, with when (Developer Guide, Amazon ECS task lifecycle). Times never decrease. */
export function lifeOf(task: SimulatedTask, hasLoadBalancer: boolean): readonly Moment[] {
  const { createdAt, provisionedAt, pullStoppedAt, startedAt, stop } = task
  const up: Moment[] = [{ status: 'PROVISIONING', at: createdAt }]
  if (provisionedAt !== null) up.push({ status: 'PENDING', at: provisionedAt })
  if (hasLoadBalancer && pullStoppedAt !== null && startedAt !== null)
    up.push({ status: 'ACTIVATING', at: pullStoppedAt })
  if (startedAt !== null) up.push({ status: 'RUNNING', at: startedAt })
  if (stop === null) return up
  const before = up.filter(({ at }) => at < stop.at || at === createdAt)
  const down: Moment[] = []
  if (stop.drainedAt > stop.at) down.push({ status: 'DEACTIVATING', at: stop.at })
  if (stop.exitedAt > stop.drainedAt) down.push({ status: 'STOPPING', at: stop.drainedAt })
  down.push({ status: 'DEPROVISIONING', at: stop.exitedAt }, { status: 'STOPPED', at: stop.stoppedAt })
  return [...before, ...down]
}

/** What has happened by `now`: never empty for a task that was created. */
export function pastOf(task: SimulatedTask, hasLoadBalancer: boolean, now: number): readonly Moment[] {
  return lifeOf(task, hasLoadBalancer).filter(({ at }) => at <= now)
}

/** Counts as pending: on its way to RUNNING, and wanted. */
export function isPending(task: SimulatedTask, hasLoadBalancer: boolean, now: number): boolean {
  const status = pastOf(task, hasLoadBalancer, now).at(-1)?.status ?? ''
  return ['PROVISIONING', 'PENDING', 'ACTIVATING'].includes(status)
}
