/** Where a task set stands: under CODE_DEPLOY and EXTERNAL somebody else decides, and ECS shows only the sets and their stability. */
import type { EcsService, EcsTaskSet } from '../../domain/rollout.ts'
import type { DeploymentStatus } from '../state.ts'

/** ECS API Reference, TaskSet: PRIMARY takes production traffic, ACTIVE is prepared, DRAINING is given up. */
export function taskSetStatusOf({ id, createdAt }: EcsTaskSet, service: EcsService): DeploymentStatus {
  const { taskSets, controller } = service
  const present = taskSets.find((one) => one.id === id) ?? null
  const primary = taskSets.find(({ status }) => status === 'PRIMARY') ?? null
  const younger = taskSets.find((one) => one.id !== id && (one.createdAt ?? 0) > (createdAt ?? 0))
  if (younger !== undefined && present?.status !== 'PRIMARY') {
    return { phase: 'superseded', reason: { kind: 'superseded-by-task-set', id: younger.id } }
  }
  if (present === null || present.status === 'DRAINING') {
    return primary !== null && primary.id !== id
      ? { phase: 'rolled-back', reason: { kind: 'rolled-back', quote: null } }
      : { phase: 'failed', reason: { kind: 'task-set-removed', id } }
  }
  const { runningCount: running, computedDesiredCount: desired } = present
  const isStable = present.stabilityStatus === 'STEADY_STATE' && running >= desired
  if (!isStable) return { phase: 'rolling', reason: { kind: 'tasks-run', running, desired, pending: 0 } }
  // CodeDeploy makes the new set the primary one when it shifts traffic; an external deployer may keep both.
  const takesTraffic = present.status === 'PRIMARY' || (controller === 'EXTERNAL' && taskSets.length === 1)
  return takesTraffic
    ? { phase: 'steady', reason: { kind: 'steady', running, desired } }
    : { phase: 'rolling', reason: { kind: 'waits-for-traffic' } }
}
