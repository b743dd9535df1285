/** Where our deployment stands, from states and ids alone: rolling, at its end, or replaced by another one. */
import type { DeploymentSeen, ServiceDeploymentSeen, ServiceSeen } from '../domain/rollout.ts'
import { isRollback, newest, type Own, primaryOf } from './own-deployment.ts'
import { standingOfTaskSet } from './standing-of-task-set.ts'
import * as say from './standing-words.ts'
import type { Seen, Standing } from './state.ts'

/** How long after a failure ECS may take to begin the rollback that the service asks for. */
const ROLLBACK_BEGINS_MS = 60_000

export function standingOf(own: Own, seen: Seen, now: number): Standing {
  const service = seen.service?.value ?? null
  if (service === null) return { phase: 'rolling', because: say.notSeenYet }
  if (service.status === 'INACTIVE') return { phase: 'failed', because: say.serviceDeleted }
  if (own.taskSet !== null) return standingOfTaskSet(own.taskSet, service)
  return (
    ofServiceDeployment(own, service, seen) ??
    ofFailure(own, service, seen, now) ??
    ofReplacement(own, service) ??
    ofProgress(own, service)
  )
}

/** Amazon ECS API Reference, ServiceDeployment, `status`. */
function ofServiceDeployment(own: Own, service: ServiceSeen, seen: Seen): Standing | null {
  const { serviceDeployment } = own
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
      return isReplaced(own, serviceDeployment, service, seen)
        ? { phase: 'superseded', because: say.superseded(primaryOf(service)) }
        : { phase: 'failed', because: say.stopped(reason) }
    case 'SUCCESSFUL':
      return ofSuccess(own, service)
    default:
      return null
  }
}

/** With early success criteria ECS calls it a success before every task runs (ECS Developer Guide, "Early success criteria"). */
function ofSuccess({ deployment }: Own, service: ServiceSeen): Standing {
  const primary = primaryOf(service)
  const running = deployment?.runningCount ?? service.runningCount
  const desired = deployment?.desiredCount ?? service.desiredCount
  const isOurs = deployment === null || primary === null || primary.id === deployment.id
  return isOurs && running < desired
    ? { phase: 'rolling', because: say.earlySuccess(running, desired) }
    : { phase: 'steady', because: say.steady(running, desired) }
}

function isReplaced(own: Own, { createdAt }: ServiceDeploymentSeen, service: ServiceSeen, seen: Seen): boolean {
  const primary = primaryOf(service)
  const others = Object.values(seen.serviceDeployments).map(({ value }) => value)
  const youngest = newest(others)
  const newerOne = youngest !== null && (youngest.createdAt ?? 0) > (createdAt ?? 0)
  return newerOne || (primary !== null && primary.id !== own.id && !isRollback(primary) && isYounger(primary, own))
}

function isYounger(primary: DeploymentSeen, { deployment }: Own): boolean {
  if (deployment === null || deployment.createdAt === null || primary.createdAt === null) return true
  return primary.createdAt > deployment.createdAt
}

/** Failed is failed, also where the old and the new task definition are the same. */
function ofFailure(own: Own, service: ServiceSeen, seen: Seen, now: number): Standing | null {
  const { deployment } = own
  if (deployment?.rolloutState !== 'FAILED') return null
  const primary = primaryOf(service)
  const reason = deployment.rolloutStateReason
  const goesBack = service.breaker?.rollback === true || isRollback(deployment)
  if (primary === null || primary.id === deployment.id) {
    const waited = now - (seen.failedSeenAt[deployment.id] ?? now)
    if (!goesBack || waited > ROLLBACK_BEGINS_MS) return { phase: 'failed', because: say.failed(reason) }
    return { phase: 'rolling-back', because: say.rollingBack(reason) }
  }
  // Somebody may have deployed a repair: then nothing was rolled back.
  if (!goesBack && !isRollback(primary)) return { phase: 'failed', because: say.failed(reason) }
  return backAgain(primary, service, reason)
}

function backAgain(primary: DeploymentSeen, service: ServiceSeen, reason: string | null): Standing {
  if (primary.rolloutState === 'FAILED') return { phase: 'failed', because: say.rollbackFailed(reason) }
  return isSteady(primary, service)
    ? { phase: 'rolled-back', because: say.rolledBack(reason) }
    : { phase: 'rolling-back', because: say.rollingBack(reason) }
}

/** We are not the primary deployment any more, and nobody said that we failed. */
function ofReplacement(own: Own, service: ServiceSeen): Standing | null {
  const primary = primaryOf(service)
  if (own.id === null || primary === null || primary.id === own.id) return null
  const { deployment } = own
  if (deployment === null && own.serviceDeployment === null && isAppearing(service, own)) return null
  if (isRollback(primary) || failureWasTold(own.id, service)) return backAgain(primary, service, null)
  // An older deployment takes the first place again in one way only.
  if (!isYounger(primary, own)) return backAgain(primary, service, null)
  return { phase: 'superseded', because: say.superseded(primary) }
}

/** A deployment that was just made may not be listed yet; the limit on that is the caller's (`unlisted`). */
function isAppearing(service: ServiceSeen, { id }: Own): boolean {
  return !service.deployments.some((one) => one.id === id)
}

/** Only ids of our own deployment count; the words around them are AWS's. */
function failureWasTold(id: string, { events }: ServiceSeen): boolean {
  return events.some(({ message }) => message.includes(id) && /\bdeployment failed\b|\brolling back\b/i.test(message))
}

function ofProgress({ id, deployment, serviceDeployment }: Own, service: ServiceSeen): Standing {
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
export function isSteady(deployment: DeploymentSeen, { deployments, pendingCount }: ServiceSeen): boolean {
  const { runningCount, desiredCount, rolloutState } = deployment
  if (runningCount < desiredCount) return false
  if (rolloutState !== null) return rolloutState === 'COMPLETED'
  return deployments.length <= 1 && pendingCount === 0 && runningCount === desiredCount
}
