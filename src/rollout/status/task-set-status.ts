/** Where a task set stands: under CODE_DEPLOY and EXTERNAL somebody else decides, and ECS shows only the sets and their stability. */
import type { EcsService, EcsTaskSet } from '../../domain/rollout.ts'
import type { DeploymentStatus } from '../state.ts'
import * as say from './status-words.ts'

/** ECS API Reference, TaskSet: PRIMARY takes production traffic, ACTIVE is prepared, DRAINING is given up. */
export function taskSetStatusOf(own: EcsTaskSet, service: EcsService): DeploymentStatus {
  const { taskSets, controller } = service
  const present = taskSets.find(({ id }) => id === own.id) ?? null
  const primary = taskSets.find(({ status }) => status === 'PRIMARY') ?? null
  const younger = taskSets.find(({ id, createdAt }) => id !== own.id && (createdAt ?? 0) > (own.createdAt ?? 0))
  if (younger !== undefined && present?.status !== 'PRIMARY') {
    return { phase: 'superseded', because: say.supersededBySet(younger.id) }
  }
  if (present === null || present.status === 'DRAINING') {
    const isBack = primary !== null && primary.id !== own.id
    return isBack
      ? { phase: 'rolled-back', because: say.rolledBack(null) }
      : { phase: 'failed', because: say.taskSetGone(own.id) }
  }
  const runs = present.stabilityStatus === 'STEADY_STATE' && present.runningCount >= present.computedDesiredCount
  // CodeDeploy makes the new set the primary one when it shifts traffic; an external deployer may keep both.
  const takesTraffic = present.status === 'PRIMARY' || (controller === 'EXTERNAL' && taskSets.length === 1)
  if (runs && takesTraffic) {
    return { phase: 'steady', because: say.steady(present.runningCount, present.computedDesiredCount) }
  }
  return {
    phase: 'rolling',
    because: runs ? say.waitsForTraffic : say.running(present.runningCount, present.computedDesiredCount),
  }
}
