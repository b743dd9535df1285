/** Deployments begin, fail, roll back, are superseded and complete. */

import type { Behaviour } from './scenario.ts'
import { digits, token } from './seeded-random.ts'
import {
  currentOf,
  type Deployment,
  isGone,
  isRunning,
  isWanted,
  primaryOf,
  type RolloutState,
  type ServiceDeployment,
  type Setting,
  withDeployment,
  withEvent,
  withServiceDeployment,
  withTasks,
} from './state.ts'

/** Between the creation of a service deployment and its start: what the documentation's examples show. */
const STARTS_AFTER_MS = 1592

export interface Order {
  readonly definitionArn: string
  /** `ok` leaves it to the subnets. */
  readonly behaviour: Behaviour
}

/** A new deployment. One that is under way gives way to it: it is superseded, not failed. */
export function deployed(setting: Setting, before: RolloutState, order: Order): RolloutState {
  const { now } = before
  const { seed, configuration } = setting.scenario
  const nth = before.serviceDeployments.length
  const number = digits(19, seed, 'deployment', nth, order.definitionArn)
  const deployment = newDeployment(`ecs-svc/${number}`, number, order.definitionArn, now, false)
  const superseded = currentOf(before)
  let state = before
  if (superseded) state = withServiceDeployment(state, superseded.token, { status: 'STOP_REQUESTED' })
  const serviceDeployment: ServiceDeployment = {
    token: token(seed, 'service deployment', nth),
    deploymentId: deployment.id,
    revision: number,
    sources: before.deployments.map(({ id, revision }) => ({
      revision,
      requested: before.desiredCount,
      running: before.tasks.filter((task) => task.countsFor === id && isRunning(task, now)).length,
    })),
    createdAt: now,
    startedAt: now + STARTS_AFTER_MS,
    finishedAt: null,
    stoppedAt: null,
    updatedAt: now,
    status: 'IN_PROGRESS',
    statusReason: null,
    breaker: configuration.deploymentCircuitBreaker.enable ? 'MONITORING' : 'DISABLED',
    stage: configuration.strategy === 'BLUE_GREEN' ? { name: 'RECONCILE_SERVICE', since: now, continued: false } : null,
    rollback: null,
    ended: null,
  }
  const older = state.deployments.map((one) => ({ ...one, status: 'ACTIVE' as const, updatedAt: now }))
  return {
    ...state,
    deployments: [deployment, ...older],
    serviceDeployments: [serviceDeployment, ...state.serviceDeployments],
    behaviours: { ...state.behaviours, [number]: order.behaviour },
    backOff: { failures: 0, nextStartAt: 0 },
    settledAt: null,
    blockedEventSent: false,
  }
}

export function newDeployment(
  id: string,
  revision: string,
  definitionArn: string,
  now: number,
  isRollback: boolean,
): Deployment {
  return {
    id,
    revision,
    definitionArn,
    status: 'PRIMARY',
    createdAt: now,
    updatedAt: now,
    rolloutState: 'IN_PROGRESS',
    rolloutStateReason: `ECS deployment ${id} in progress.`,
    failures: 0,
    breakerCount: 0,
    isRollback,
  }
}

/** The breaker has tripped. Without rollback, the deployment stays as it is and starts nothing more. */
export function failed(setting: Setting, before: RolloutState): RolloutState {
  const primary = primaryOf(before)
  const current = currentOf(before)
  const rolloutStateReason = 'ECS deployment circuit breaker: tasks failed to start.'
  let state = withDeployment(before, primary.id, { rolloutState: 'FAILED', rolloutStateReason })
  state = withEvent(setting, state, `(deployment ${primary.id}) deployment failed: tasks failed to start.`)
  if (current === null) return state
  state = withServiceDeployment(state, current.token, { breaker: 'TRIGGERED' })
  if (setting.scenario.configuration.deploymentCircuitBreaker.rollback) {
    const reason = 'Service deployment rolled back because the circuit breaker threshold was exceeded.'
    return rolledBack(setting, state, reason, true)
  }
  return ended(state, current, 'STOPPED', rolloutStateReason)
}

/** The old revision becomes primary again, under a new deployment that takes over the tasks which still run. */
export function rolledBack(setting: Setting, before: RolloutState, reason: string, byBreaker: boolean): RolloutState {
  const { now, completed } = before
  const current = currentOf(before)
  if (current === null) return before
  const nth = before.serviceDeployments.length
  const keeps = setting.scenario.rollbackKeepsId
  const id = keeps ? completed.id : `ecs-svc/${digits(19, setting.scenario.seed, 'rollback', nth)}`
  const back = newDeployment(id, completed.revision, completed.definitionArn, now, true)
  const why = `ECS deployment circuit breaker: rolling back to deploymentId ${completed.id}.`
  const others = before.deployments.filter((one) => one.revision !== completed.revision)
  let state: RolloutState = {
    ...before,
    deployments: [
      byBreaker ? { ...back, rolloutStateReason: why } : back,
      ...others.map((one) => ({ ...one, status: 'ACTIVE' as const, updatedAt: now })),
    ],
    backOff: { failures: 0, nextStartAt: 0 },
    settledAt: null,
  }
  state = withTasks(state, (task) => (task.revision === completed.revision ? { ...task, countsFor: id } : null))
  state = withEvent(setting, state, `rolling back to deployment ${completed.id}.`)
  return withServiceDeployment(state, current.token, {
    status: 'ROLLBACK_IN_PROGRESS',
    statusReason: reason,
    stage: null,
    rollback: { reason, startedAt: now, revision: completed.revision, deploymentId: id },
  })
}

/** Everything that was asked for runs and nothing else does: the deployment is over, well or rolled back. */
export function completed(setting: Setting, before: RolloutState): RolloutState {
  const primary = primaryOf(before)
  const current = currentOf(before)
  let state = withDeployment(before, primary.id, {
    rolloutState: 'COMPLETED',
    rolloutStateReason: `ECS deployment ${primary.id} completed.`,
    failures: 0,
  })
  state = withEvent(setting, state, `(deployment ${primary.id}) deployment completed.`)
  const { id, revision, definitionArn } = primary
  state = { ...state, completed: { id, revision, definitionArn } }
  if (current === null) return state
  const status = current.rollback === null ? 'SUCCESSFUL' : 'ROLLBACK_SUCCESSFUL'
  return ended(state, current, status, current.statusReason)
}

/** Ends what was superseded: its successor is there already. */
export function settledRequests(before: RolloutState): RolloutState {
  let state = before
  for (const one of before.serviceDeployments) {
    if (one.status === 'STOP_REQUESTED') state = ended(state, one, 'STOPPED', one.statusReason)
  }
  return state
}

function ended(
  state: RolloutState,
  one: ServiceDeployment,
  status: ServiceDeployment['status'],
  statusReason: string | null,
): RolloutState {
  const { now } = state
  const running = state.tasks.filter((task) => task.revision === one.revision && isRunning(task, now)).length
  const watched = one.breaker === 'MONITORING' ? 'MONITORING_COMPLETE' : one.breaker
  return withServiceDeployment(state, one.token, {
    status,
    statusReason,
    finishedAt: now,
    stoppedAt: status === 'STOPPED' ? now : null,
    breaker: watched,
    stage: null,
    ended: { requested: state.desiredCount, running },
  })
}

/** Deployments that are not primary and have no task left are no longer shown. */
export function withoutEmpty(state: RolloutState): RolloutState {
  const remaining = state.deployments.filter(
    ({ id, status }) =>
      status === 'PRIMARY' || state.tasks.some((task) => task.countsFor === id && !isGone(task, state.now)),
  )
  return remaining.length === state.deployments.length ? state : { ...state, deployments: remaining }
}

/** Tasks of a deployment that are to go on running. */
export function wantedOf(state: RolloutState, id: string) {
  return state.tasks.filter((task) => task.countsFor === id && isWanted(task, state.now))
}
