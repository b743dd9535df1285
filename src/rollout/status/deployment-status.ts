/** Where our deployment stands, from states and ids alone: rolling, at its end, or replaced by another one. */
import type { EcsDeployment, EcsService, EcsServiceDeployment, EcsTaskSet } from '../../domain/rollout.ts'
import { oldestFirst } from '../observe/clocks.ts'
import { isPastOpen } from '../observe/merge.ts'
import type { DeploymentStatus, FollowedDeployment, Observed, RolloutFacts } from '../state.ts'
import { isRollback, newest, pausedHook, primaryOf, wasGoneBackTo } from './followed-deployment.ts'
import type { Reason } from './reason.ts'

/** How long after a failure ECS may take to begin the rollback that the service asks for. */
const ROLLBACK_BEGINS_MS = 60_000

/** Not longer ago than that was its end first seen. */
function endedWithin(ms: number, id: string, { observed: { endSeenAt }, now }: RolloutFacts): boolean {
  return now - (endSeenAt[id] ?? now) <= ms
}

export function deploymentStatusOf(facts: RolloutFacts): DeploymentStatus {
  const service = facts.observed.service?.value ?? null
  const { followed } = facts
  if (service === null) return { phase: 'rolling', reason: { kind: 'not-observed' } }
  if (service.status === 'INACTIVE') return { phase: 'failed', reason: { kind: 'service-deleted' } }
  if (followed.taskSet !== null) return ofTaskSet(followed.taskSet, service)
  const status =
    ofServiceDeployment(facts, service) ??
    ofFailure(facts, service) ??
    ofReplacement(followed, service, facts.observed) ??
    ofProgress(followed, service)
  return status.phase === 'steady' && mayHaveGoneBack(facts)
    ? { phase: 'rolling', reason: { kind: 'not-observed' } }
    : status
}

/** It was steady when it was first seen: so is an old revision that ECS brought back before, and what tells the two apart may still be read. */
function mayHaveGoneBack({ plan, followed, observed }: RolloutFacts): boolean {
  const first = observed.firstService?.value
  const primary = first === undefined ? null : primaryOf(first)
  if (plan.deploymentId !== null || first === undefined || primary === null) return false
  const isOpen = isPastOpen(observed) || (observed.firstServiceDeployments === null && wasGoneBackTo(primary, observed))
  return isOpen && primary.id === followed.id && isSteady(primary, first)
}

/** Amazon ECS API Reference, ServiceDeployment, `status`. */
function ofServiceDeployment(facts: RolloutFacts, service: EcsService): DeploymentStatus | null {
  const { followed, observed } = facts
  const { serviceDeployment } = followed
  if (serviceDeployment === null) return null
  const quote = serviceDeployment.statusReason ?? serviceDeployment.rollback?.reason ?? null
  switch (serviceDeployment.status) {
    case 'ROLLBACK_REQUESTED':
    case 'ROLLBACK_IN_PROGRESS':
      return { phase: 'rolling-back', reason: { kind: 'rolling-back', quote } }
    case 'ROLLBACK_SUCCESSFUL':
      return { phase: 'rolled-back', reason: { kind: 'rolled-back', quote } }
    case 'ROLLBACK_FAILED':
      return { phase: 'failed', reason: { kind: 'rollback-failed', quote } }
    case 'STOPPED': {
      if (isReplaced(followed, serviceDeployment, service, observed)) return replaced(followed, service)
      // Where ECS says of the deployment itself that it failed, that is the reason, and whether it goes back stands there.
      if (followed.deployment?.rolloutState === 'FAILED') return null
      // What replaces it may be in an answer that is a little younger: the poll after the end tells.
      return { phase: 'failed', reason: { kind: 'stopped', quote } }
    }
    case 'SUCCESSFUL':
      return ofSuccess(followed, service)
    default:
      return null
  }
}

function superseded(primary: EcsDeployment | null): DeploymentStatus {
  return { phase: 'superseded', reason: { kind: 'superseded', by: primary?.id ?? null } }
}

/** With early success criteria ECS calls it a success before every task runs (ECS Developer Guide, "Early success criteria"). */
function ofSuccess({ deployment }: FollowedDeployment, service: EcsService): DeploymentStatus {
  const primary = primaryOf(service)
  const running = deployment?.runningCount ?? service.runningCount
  const desired = deployment?.desiredCount ?? service.desiredCount
  const isOurs = deployment === null || primary === null || primary.id === deployment.id
  return isOurs && running < desired
    ? { phase: 'rolling', reason: { kind: 'early-success', running, desired } }
    : { phase: 'steady', reason: { kind: 'steady', running, desired } }
}

function isReplaced(
  followed: FollowedDeployment,
  { createdAt }: EcsServiceDeployment,
  service: EcsService,
  { serviceDeployments }: Observed,
): boolean {
  const primary = primaryOf(service)
  const youngest = newest(Object.values(serviceDeployments).map(({ value }) => value))
  if (youngest !== null && oldestFirst(youngest.createdAt, createdAt) > 0) return true
  return primary !== null && primary.id !== followed.id && !isRollback(primary) && isYounger(primary, followed)
}

function isYounger(primary: EcsDeployment, { deployment }: FollowedDeployment): boolean {
  if (deployment === null || deployment.createdAt === null || primary.createdAt === null) return true
  return primary.createdAt > deployment.createdAt
}

/** Failed is failed, also where the old and the new task definition are the same. */
function ofFailure(facts: RolloutFacts, service: EcsService): DeploymentStatus | null {
  const { deployment, serviceDeployment } = facts.followed
  if (deployment?.rolloutState !== 'FAILED') return null
  const primary = primaryOf(service)
  const quote = deployment.rolloutStateReason
  const goesBack = service.circuitBreaker?.rollback === true || isRollback(deployment)
  if (primary === null || primary.id === deployment.id) {
    const isStopped = serviceDeployment?.status === 'STOPPED'
    const mayBegin = goesBack && !isStopped && endedWithin(ROLLBACK_BEGINS_MS, deployment.id, facts)
    return mayBegin
      ? { phase: 'rolling-back', reason: { kind: 'rolling-back', quote } }
      : { phase: 'failed', reason: { kind: 'failed', quote } }
  }
  // Somebody may have deployed a repair: then nothing was rolled back.
  if (!goesBack && !isRollback(primary)) return { phase: 'failed', reason: { kind: 'failed', quote } }
  return backAgain(primary, service, quote)
}

function backAgain(primary: EcsDeployment, service: EcsService, quote: string | null): DeploymentStatus {
  if (primary.rolloutState === 'FAILED') return { phase: 'failed', reason: { kind: 'rollback-failed', quote } }
  return isSteady(primary, service)
    ? { phase: 'rolled-back', reason: { kind: 'rolled-back', quote } }
    : { phase: 'rolling-back', reason: { kind: 'rolling-back', quote } }
}

/** We are not the primary deployment any more, and nobody said that we failed. */
function ofReplacement(followed: FollowedDeployment, service: EcsService, observed: Observed): DeploymentStatus | null {
  const primary = primaryOf(service)
  const { id, deployment, serviceDeployment } = followed
  if (id === null || primary === null || primary.id === id) return null
  if (failureWasSaid(id, observed)) return backAgain(primary, service, null)
  if (deployment === null && serviceDeployment === null && isAppearing(service, id)) return null
  if (isRollback(primary)) return backAgain(primary, service, null)
  // An older deployment takes the first place again in one way only.
  if (!isYounger(primary, followed) || comesBack(primary, followed, service, observed)) {
    return backAgain(primary, service, null)
  }
  return replaced(followed, service)
}

/** By what is the primary deployment now. */
function replaced(followed: FollowedDeployment, service: EcsService): DeploymentStatus {
  const primary = primaryOf(service)
  return primary !== null && isOlderRevision(primary, followed) ? returned(primary, service) : superseded(primary)
}

/** Of the same family, with a smaller number: whoever deployed it went back. */
function isOlderRevision(primary: EcsDeployment, { deployment }: FollowedDeployment): boolean {
  const [family, revision] = revisionOf(deployment?.taskDefinitionArn ?? '')
  const [other, older] = revisionOf(primary.taskDefinitionArn)
  return family === other && older < revision
}

/** `arn:…:task-definition/web:7` → the part before the last colon, and 7. */
function revisionOf(arn: string): readonly [string, number] {
  const colon = arn.lastIndexOf(':')
  return [arn.slice(0, colon), Number(arn.slice(colon + 1))]
}

/** An old revision runs again, and ECS did not bring it back: nothing that ECS says tells who did. */
function returned(primary: EcsDeployment, service: EcsService): DeploymentStatus {
  const reason = { by: primary.id, runs: primary.taskDefinitionArn }
  if (primary.rolloutState === 'FAILED') return superseded(primary)
  return isSteady(primary, service)
    ? { phase: 'rolled-back', reason: { kind: 'returned', ...reason } }
    : { phase: 'rolling-back', reason: { kind: 'returning', ...reason } }
}

/** A deployment that was just made may not be listed yet; the limit on that is the caller's (`unlisted`). */
function isAppearing(service: EcsService, id: string): boolean {
  return !service.deployments.some((one) => one.id === id)
}

/** Only ids of our own deployment count; the words around them are AWS's. */
function failureWasSaid(id: string, { events }: Observed): boolean {
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
  const failed = Object.values(tasks).filter(
    ({ task }) => task.startedBy === id && task.stopCode === 'TaskFailedToStart',
  )
  return Math.max(failed.length, mostFailed[id] ?? 0)
}

function ofProgress({ id, deployment, serviceDeployment }: FollowedDeployment, service: EcsService): DeploymentStatus {
  if (id === null || deployment === null) return { phase: 'rolling', reason: { kind: 'not-observed' } }
  const { runningCount: running, desiredCount: desired, pendingCount: pending } = deployment
  // The last stages of a blue/green deployment come after its tasks run; only the service deployment knows them.
  const isStaged = service.strategy !== 'ROLLING' && serviceDeployment !== null
  if (!isStaged && isSteady(deployment, service)) {
    return { phase: 'steady', reason: { kind: 'steady', running, desired } }
  }
  const stage = serviceDeployment === null ? null : stageOf(serviceDeployment)
  return { phase: 'rolling', reason: stage ?? { kind: 'tasks-run', running, desired, pending } }
}

/** Null for stages in which tasks start. A pause and a bake are no standstill. */
function stageOf(deployment: EcsServiceDeployment): Reason | null {
  const hook = pausedHook(deployment)
  if (hook !== undefined) return { kind: 'paused', hook: hook.id }
  return deployment.lifecycleStage === 'BAKE_TIME' ? { kind: 'baking', minutes: deployment.bakeMinutes } : null
}

/** Behind a Classic Load Balancer there is no rollout state: then all of its tasks run and no other deployment is left. */
export function isSteady(deployment: EcsDeployment, { deployments, pendingCount }: EcsService): boolean {
  const { runningCount, desiredCount, rolloutState } = deployment
  if (runningCount < desiredCount) return false
  if (rolloutState !== null) return rolloutState === 'COMPLETED'
  return deployments.length <= 1 && pendingCount === 0 && runningCount === desiredCount
}

/**
 * Under CODE_DEPLOY and EXTERNAL somebody else decides, and ECS shows only the sets and their stability.
 * ECS API Reference, TaskSet: PRIMARY takes production traffic, ACTIVE is prepared, DRAINING is given up.
 */
function ofTaskSet({ id, createdAt }: EcsTaskSet, service: EcsService): DeploymentStatus {
  const { taskSets, controller } = service
  const present = taskSets.find((one) => one.id === id) ?? null
  const primary = taskSets.find(({ status }) => status === 'PRIMARY') ?? null
  const younger = taskSets.find((one) => one.id !== id && oldestFirst(one.createdAt, createdAt) > 0)
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
