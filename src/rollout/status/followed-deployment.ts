/** Which deployment is ours, by its id, and which service deployment is the same thing under its other name. */
import type { EcsDeployment, EcsService, EcsServiceDeployment } from '../../domain/rollout.ts'
import { oldestFirst } from '../observe/clocks.ts'
import type { FollowedDeployment, Observed, WatchPlan } from '../state.ts'

export function followedDeployment(plan: WatchPlan, observed: Observed): FollowedDeployment {
  const first = idOf(plan, observed)
  const ids = first === null ? [] : [first, ...(plan.deploymentId === null ? twinsOf(first, observed) : [])]
  const id = ids.at(-1) ?? null
  if (id === null) return { id, ids, deployment: null, taskSet: null, serviceDeployment: null }
  const deployment = observed.deployments[id]?.value ?? null
  return {
    id,
    ids,
    deployment,
    taskSet: observed.taskSets[id]?.value ?? null,
    serviceDeployment: serviceDeploymentOf(id, deployment, observed),
  }
}

function idOf({ deploymentId, taskDefinition }: WatchPlan, observed: Observed): string | null {
  if (deploymentId !== null) return deploymentId
  const service = observed.firstService?.value
  if (service === undefined) return null
  if (service.controller === 'CODE_DEPLOY' || service.controller === 'EXTERNAL') return taskSetId(service)
  if (taskDefinition !== null) return ofTaskDefinition(taskDefinition, observed)
  const primary = primaryOf(service)
  if (primary === null) return null
  return (
    rolledBackFor(primary, service, observed) ??
    (primary.rolloutState === 'COMPLETED' ? begunSince(primary, observed) : primary.id)
  )
}

/**
 * Further deployments of the same revision, oldest first: somebody deployed it once more, and ours goes on in the new one.
 * Where ours has ended there is nothing to go on with, and what ECS goes back to is no twin.
 */
function twinsOf(id: string, observed: Observed): readonly string[] {
  const { deployments } = observed
  const ours = deployments[id]?.value
  if (ours === undefined || ours.createdAt === null || hasEnded(ours, observed)) return []
  const { taskDefinitionArn, createdAt } = ours
  return Object.values(deployments)
    .map(({ value }) => value)
    .filter((one) => one.taskDefinitionArn === taskDefinitionArn && !isRollback(one))
    .filter((one) => oldestFirst(one.createdAt, createdAt) > 0)
    .sort((one, other) => oldestFirst(one.createdAt, other.createdAt))
    .map((one) => one.id)
}

function hasEnded(ours: EcsDeployment, observed: Observed): boolean {
  const end = serviceDeploymentOf(ours.id, ours, observed)?.status
  return ours.rolloutState === 'FAILED' || ours.rolloutState === 'COMPLETED' || end === 'SUCCESSFUL'
}

/** Nothing was under way when the watch began: what was made a moment before it may be listed a moment after. */
function begunSince(primary: EcsDeployment, { service }: Observed): string {
  const now = service === null ? null : primaryOf(service.value)
  return now !== null && oldestFirst(now.createdAt, primary.createdAt) > 0 && !isRollback(now) ? now.id : primary.id
}

/** Tasks that it is to run; null while it has not appeared. */
export function desiredOf({ deployment, taskSet }: FollowedDeployment): number | null {
  return deployment?.desiredCount ?? taskSet?.computedDesiredCount ?? null
}

export function primaryOf(service: EcsService): EcsDeployment | null {
  return service.deployments.find(({ status }) => status === 'PRIMARY') ?? null
}

/** The one that is to take over: the youngest that has not been given up. */
function taskSetId({ taskSets }: EcsService): string | null {
  const candidates = taskSets.filter(({ status }) => status !== 'DRAINING')
  return newest(candidates.length > 0 ? candidates : taskSets)?.id ?? null
}

function ofTaskDefinition(wanted: string, observed: Observed): string | null {
  const all = Object.values(observed.deployments).map(({ value }) => value)
  return newest(all.filter(({ taskDefinitionArn }) => isRevision(taskDefinitionArn, wanted)))?.id ?? null
}

/** `arn:…:task-definition/web:7`, `web:7`, or `web` for any revision. */
export function isRevision(arn: string, wanted: string): boolean {
  const name = arn.slice(arn.lastIndexOf('/') + 1)
  return arn === wanted || name === wanted || name.replace(/:\d+$/, '') === wanted
}

const ROLLBACKS = new Set(['ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED'])

const BEFORE_ITS_END = new Set(['PENDING', 'IN_PROGRESS'])

/**
 * A watch may begin while ECS rolls back: then the primary deployment is the old revision come back, and the one to follow is the
 * one that it replaces. A service deployment says so; without one, only the reason that ECS gives.
 */
function rolledBackFor(primary: EcsDeployment, service: EcsService, observed: Observed): string | null {
  const { firstServiceDeployments: first, firstService } = observed
  const current = newest(first?.value ?? [])
  // Seen before the service was, it may have failed by then, and have been replaced.
  const wasUnderWay = first !== null && firstService !== null && first.seenAt < firstService.seenAt
  if (current !== null && (ROLLBACKS.has(current.status) || (wasUnderWay && BEFORE_ITS_END.has(current.status)))) {
    const target = deploymentIdOf(current)
    if (target !== null && target !== primary.id) return target
  }
  if (isRollback(primary)) {
    const failed = service.deployments.filter(({ id, rolloutState }) => id !== primary.id && rolloutState === 'FAILED')
    return newest(failed)?.id ?? null
  }
  return first === null && wasGoneBackTo(primary, observed) ? failedInEvents(primary, observed) : null
}

/**
 * Once a rollback is over the events of the service alone tell of it, where nobody may read service deployments. They name the deployment that is
 * brought back, which may have another id by then: it is made in the moment of the event, and before it. What somebody deploys then comes after.
 */
export function wasGoneBackTo({ id, createdAt }: EcsDeployment, { events }: Observed): boolean {
  return Object.values(events).some(({ at, message }) => {
    if (!/\brolling back\b/i.test(message)) return false
    const age = at === null || createdAt === null ? Number.NaN : at - createdAt
    return isOf(id, message) || (age >= 0 && age <= SAME_MOMENT_MS)
  })
}

/** The youngest other one of which they say that it failed. */
function failedInEvents({ id }: EcsDeployment, { events }: Observed): string | null {
  const said = Object.values(events).flatMap(({ at, message }) => {
    const named = /\(deployment (ecs-svc\/\d+)\) deployment failed\b/i.exec(message)?.[1]
    return named === undefined || named === id ? [] : [{ id: named, createdAt: at }]
  })
  return newest(said)?.id ?? null
}

/** The id as a whole: one may begin as another does. */
function isOf(id: string, message: string): boolean {
  return message.split(/[^\w/-]+/).includes(id)
}

/** "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/…" (ECS Developer Guide, "deployment circuit breaker"). */
export function isRollback(deployment: EcsDeployment): boolean {
  return /\brolling back\b/i.test(deployment.rolloutStateReason ?? '')
}

/** The last part of a service revision's ARN is the number of the deployment that carries it out. */
function deploymentIdOf({ targetRevisionArn }: EcsServiceDeployment): string | null {
  return targetRevisionArn === null ? null : `ecs-svc/${numberOf(targetRevisionArn)}`
}

function numberOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1)
}

const SAME_MOMENT_MS = 15_000

function serviceDeploymentOf(
  id: string,
  deployment: EcsDeployment | null,
  observed: Observed,
): EcsServiceDeployment | null {
  const all = Object.values(observed.serviceDeployments).map(({ value }) => value)
  const same = newest(all.filter((one) => deploymentIdOf(one) === id))
  if (same !== null) return same
  const ids = new Set(Object.keys(observed.deployments))
  const strangers = all.filter((one) => !ids.has(deploymentIdOf(one) ?? ''))
  const createdAt = deployment?.createdAt ?? null
  if (createdAt === null) return null
  // Where the numbers tell nothing, the two are created in the same moment.
  return newest(strangers.filter((one) => Math.abs(oldestFirst(one.createdAt, createdAt)) <= SAME_MOMENT_MS))
}

export function newest<T extends { readonly createdAt: number | null }>(all: readonly T[]): T | null {
  return all.reduce<T | null>(
    (best, one) => (best === null || oldestFirst(one.createdAt, best.createdAt) > 0 ? one : best),
    null,
  )
}

/** A hook of the type PAUSE that waits for ContinueServiceDeployment. */
export function pausedHook({ hooks }: EcsServiceDeployment): EcsServiceDeployment['hooks'][number] | undefined {
  return hooks.find(({ status }) => status === 'AWAITING_ACTION')
}
