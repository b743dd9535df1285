/** Where our deployment stands, from states and ids alone: rolling, at its end, or replaced by another one. */
import type { EcsDeployment, EcsService, EcsServiceDeployment } from '../../domain/rollout.ts'
import type { DeploymentStatus, Observed } from '../state.ts'
import { type FollowedDeployment, isRollback, newest, primaryOf } from './followed-deployment.ts'
import * as say from './status-words.ts'
import { taskSetStatusOf } from './task-set-status.ts'

/** How long after a failure ECS may take to begin the rollback that the service asks for. */
const ROLLBACK_BEGINS_MS = 60_000
/** What replaces a deployment that was stopped may be in an answer that is a little younger. */
const REPLACED_WITHIN_MS = 10_000

/** Its end was first seen less than so long ago. */
function isFresh(id: string, { endSeenAt }: Observed, now: number, ms: number): boolean {
  return now - (endSeenAt[id] ?? now) <= ms
}

export function deploymentStatusOf(followed: FollowedDeployment, observed: Observed, now: number): DeploymentStatus {
  const service = observed.service?.value ?? null
  if (service === null) return { phase: 'rolling', because: say.notSeenYet }
  if (service.status === 'INACTIVE') return { phase: 'failed', because: say.serviceDeleted }
  if (followed.taskSet !== null) return taskSetStatusOf(followed.taskSet, service)
  return (
    ofServiceDeployment(followed, service, observed, now) ??
    ofFailure(followed, service, observed, now) ??
    ofReplacement(followed, service, observed) ??
    ofProgress(followed, service)
  )
}

/** Amazon ECS API Reference, ServiceDeployment, `status`. */
function ofServiceDeployment(
  followed: FollowedDeployment,
  service: EcsService,
  observed: Observed,
  now: number,
): DeploymentStatus | null {
  const { serviceDeployment } = followed
  if (serviceDeployment === null) return null
  const reason = serviceDeployment.statusReason ?? serviceDeployment.rollback?.reason ?? null
  switch (serviceDeployment.status) {
    case 'ROLLBACK_REQUESTED':
    case 'ROLLBACK_IN_PROGRESS':
      return { phase: 'rolling-back', because: say.rollingBack(reason) }
    case 'ROLLBACK_SUCCESSFUL':
      return { phase: 'rolled-back', because: say.rolledBack(reason) }
    case 'ROLLBACK_FAILED':
      return { phase: 'failed', because: say.rollbackFailed(reason) }
    case 'STOPPED':
      if (isReplaced(followed, serviceDeployment, service, observed))
        return { phase: 'superseded', because: say.superseded(primaryOf(service)) }
      return isFresh(serviceDeployment.arn, observed, now, REPLACED_WITHIN_MS)
        ? { phase: 'rolling', because: say.stopped(reason) }
        : { phase: 'failed', because: say.stopped(reason) }
    case 'SUCCESSFUL':
      return ofSuccess(followed, service)
    default:
      return null
  }
}

/** With early success criteria ECS calls it a success before every task runs (ECS Developer Guide, "Early success criteria"). */
function ofSuccess({ deployment }: FollowedDeployment, service: EcsService): DeploymentStatus {
  const primary = primaryOf(service)
  const running = deployment?.runningCount ?? service.runningCount
  const desired = deployment?.desiredCount ?? service.desiredCount
  const isOurs = deployment === null || primary === null || primary.id === deployment.id
  return isOurs && running < desired
    ? { phase: 'rolling', because: say.earlySuccess(running, desired) }
    : { phase: 'steady', because: say.steady(running, desired) }
}

function isReplaced(
  followed: FollowedDeployment,
  { createdAt }: EcsServiceDeployment,
  service: EcsService,
  observed: Observed,
): boolean {
  const primary = primaryOf(service)
  const others = Object.values(observed.serviceDeployments).map(({ value }) => value)
  const youngest = newest(others)
  const newerOne = youngest !== null && (youngest.createdAt ?? 0) > (createdAt ?? 0)
  return (
    newerOne || (primary !== null && primary.id !== followed.id && !isRollback(primary) && isYounger(primary, followed))
  )
}

function isYounger(primary: EcsDeployment, { deployment }: FollowedDeployment): boolean {
  if (deployment === null || deployment.createdAt === null || primary.createdAt === null) return true
  return primary.createdAt > deployment.createdAt
}

/** Failed is failed, also where the old and the new task definition are the same. */
function ofFailure(
  followed: FollowedDeployment,
  service: EcsService,
  observed: Observed,
  now: number,
): DeploymentStatus | null {
  const { deployment } = followed
  if (deployment?.rolloutState !== 'FAILED') return null
  const primary = primaryOf(service)
  const reason = deployment.rolloutStateReason
  const goesBack = service.circuitBreaker?.rollback === true || isRollback(deployment)
  if (primary === null || primary.id === deployment.id) {
    const mayBegin = goesBack && isFresh(deployment.id, observed, now, ROLLBACK_BEGINS_MS)
    if (!mayBegin) return { phase: 'failed', because: say.failed(reason) }
    return { phase: 'rolling-back', because: say.rollingBack(reason) }
  }
  // Somebody may have deployed a repair: then nothing was rolled back.
  if (!goesBack && !isRollback(primary)) return { phase: 'failed', because: say.failed(reason) }
  return backAgain(primary, service, reason)
}

function backAgain(primary: EcsDeployment, service: EcsService, reason: string | null): DeploymentStatus {
  if (primary.rolloutState === 'FAILED') return { phase: 'failed', because: say.rollbackFailed(reason) }
  return isSteady(primary, service)
    ? { phase: 'rolled-back', because: say.rolledBack(reason) }
    : { phase: 'rolling-back', because: say.rollingBack(reason) }
}

/** We are not the primary deployment any more, and nobody said that we failed. */
function ofReplacement(followed: FollowedDeployment, service: EcsService, observed: Observed): DeploymentStatus | null {
  const primary = primaryOf(service)
  if (followed.id === null || primary === null || primary.id === followed.id) return null
  const { deployment } = followed
  if (deployment === null && followed.serviceDeployment === null && isAppearing(service, followed)) return null
  if (isRollback(primary) || failureWasTold(followed.id, observed)) return backAgain(primary, service, null)
  // An older deployment takes the first place again in one way only.
  if (!isYounger(primary, followed) || comesBack(primary, followed, service, observed))
    return backAgain(primary, service, null)
  return { phase: 'superseded', because: say.superseded(primary) }
}

/** A deployment that was just made may not be listed yet; the limit on that is the caller's (`unlisted`). */
function isAppearing(service: EcsService, { id }: FollowedDeployment): boolean {
  return !service.deployments.some((one) => one.id === id)
}

/** Only ids of our own deployment count; the words around them are AWS's. */
function failureWasTold(id: string, { events }: Observed): boolean {
  return Object.values(events).some(
    ({ message }) => message.includes(id) && /\bdeployment failed\b|\brolling back\b/i.test(message),
  )
}

/** A rollback may be a deployment of its own, and nobody need say so: starts failed, and what ran before ours runs again. */
function comesBack(
  primary: EcsDeployment,
  { id, deployment }: FollowedDeployment,
  service: EcsService,
  observed: Observed,
): boolean {
  if (service.circuitBreaker?.rollback !== true || deployment === null || id === null) return false
  const before = observed.firstService?.value.deployments.find((one) => one.id !== id && one.status === 'ACTIVE')
  if (before?.taskDefinitionArn !== primary.taskDefinitionArn) return false
  return primary.taskDefinitionArn !== deployment.taskDefinitionArn && failedStarts(id, observed) >= FAILED_STARTS
}

/** ECS Developer Guide, "deployment circuit breaker": the threshold is 3 or more unless somebody set it lower. */
const FAILED_STARTS = 2

function failedStarts(id: string, { tasks, mostFailed }: Observed): number {
  const observed = Object.values(tasks).filter(
    ({ task }) => task.startedBy === id && task.stopCode === 'TaskFailedToStart',
  ).length
  return Math.max(observed, mostFailed[id] ?? 0)
}

function ofProgress({ id, deployment, serviceDeployment }: FollowedDeployment, service: EcsService): DeploymentStatus {
  if (id === null || deployment === null) return { phase: 'rolling', because: say.notSeenYet }
  const { runningCount, desiredCount } = deployment
  // The last stages of a blue/green deployment come after its tasks run; only the service deployment knows them.
  const isStaged = service.strategy !== 'ROLLING' && serviceDeployment !== null
  if (!isStaged && isSteady(deployment, service))
    return { phase: 'steady', because: say.steady(runningCount, desiredCount) }
  const waits = serviceDeployment === null ? null : say.stageOf(serviceDeployment)
  return { phase: 'rolling', because: waits ?? say.rolling(deployment) }
}

/** Behind a Classic Load Balancer there is no rollout state: then all of its tasks run and no other deployment is left. */
export function isSteady(deployment: EcsDeployment, { deployments, pendingCount }: EcsService): boolean {
  const { runningCount, desiredCount, rolloutState } = deployment
  if (runningCount < desiredCount) return false
  if (rolloutState !== null) return rolloutState === 'COMPLETED'
  return deployments.length <= 1 && pendingCount === 0 && runningCount === desiredCount
}
