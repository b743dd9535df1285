/** How far a task, a deployment and a service deployment have come, so that of two observations the further one is kept. */

/** Amazon ECS Developer Guide, "Task lifecycle". A status that is not known ranks with those before a task runs. */
const TASK_STATUSES = [
  'PROVISIONING',
  'PENDING',
  'ACTIVATING',
  'RUNNING',
  'DEACTIVATING',
  'STOPPING',
  'DEPROVISIONING',
  'STOPPED',
  'DELETED',
] as const

export function taskRank(lastStatus: string): number {
  return TASK_STATUSES.indexOf(lastStatus as (typeof TASK_STATUSES)[number])
}

/** The task is at rest: nothing about it changes any more. */
export function isAtRest(lastStatus: string): boolean {
  return taskRank(lastStatus) >= TASK_STATUSES.indexOf('STOPPED')
}

/** Whoever wants it to stop, it is on its way. */
export function isStopping(task: { readonly lastStatus: string; readonly desiredStatus: string }): boolean {
  return task.desiredStatus === 'STOPPED' || taskRank(task.lastStatus) > TASK_STATUSES.indexOf('RUNNING')
}

export function isRunning(task: { readonly lastStatus: string; readonly desiredStatus: string }): boolean {
  return task.lastStatus === 'RUNNING' && task.desiredStatus !== 'STOPPED'
}

/** Also where ECS gives no time for it. */
export function hasStarted(task: { readonly lastStatus: string; readonly startedAt: number | null }): boolean {
  return task.startedAt !== null || task.lastStatus === 'RUNNING'
}

/** An end is never taken back; states that are not known count as under way. */
export function rolloutRank(rolloutState: string | null): number {
  if (rolloutState === 'FAILED') return 2
  return rolloutState === 'COMPLETED' ? 1 : 0
}

/** ECS API Reference, ServiceDeployment. What is not known is under way. */
const SERVICE_DEPLOYMENT_RANKS: Readonly<Record<string, number>> = {
  PENDING: 0,
  IN_PROGRESS: 1,
  STOP_REQUESTED: 2,
  ROLLBACK_REQUESTED: 3,
  ROLLBACK_IN_PROGRESS: 4,
  SUCCESSFUL: 5,
  STOPPED: 5,
  ROLLBACK_SUCCESSFUL: 6,
  ROLLBACK_FAILED: 6,
}

export function serviceDeploymentRank(status: string): number {
  return SERVICE_DEPLOYMENT_RANKS[status] ?? 1
}
