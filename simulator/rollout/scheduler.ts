/** One look of the service scheduler: it counts, judges, stops old tasks, starts new ones, and says when nothing is left to do. */
import type { Item } from '../item.ts'
import { recorded, thresholdOf } from './circuit-breaker.ts'
import { completed, failed, rolledBack, settledRequests, wantedOf, withoutEmpty } from './deployments.ts'
import { NO_CAPACITY } from './failures.ts'
import { subnetFor } from './placement.ts'
import { orderedStop, planTask } from './plan-task.ts'
import { currentExec, currentPercentages } from './service-settings.ts'
import { canClean, canStart, isBlueGreen, staged } from './stages.ts'
import {
  currentOf,
  isGone,
  isHealthy,
  isWanted,
  primaryOf,
  type RolloutState,
  type Setting,
  type SimulatedTask,
  STEADY_EVENT_EVERY_MS,
  withEvent,
  withTasks,
} from './state.ts'

/** Pure: the state as the scheduler leaves it, at `state.now`. */
export function looked(setting: Setting, state: RolloutState): RolloutState {
  return [recorded, requested, judged, staged, stoppedOld, startedNew, gone, finished].reduce(
    (so, act) => act(setting, so),
    state,
  )
}

/** How few tasks must be healthy, and how many may be there at all (Amazon ECS API Reference, DeploymentConfiguration). */
export function boundsOf(setting: Setting, state: RolloutState): { lower: number; upper: number } {
  const { scenario } = setting
  const { desiredCount } = state
  const { minimumHealthyPercent, maximumPercent } = currentPercentages(setting, state)
  return {
    lower: Math.ceil((desiredCount * minimumHealthyPercent) / 100),
    // Blue and green stand side by side, whatever the percentages say.
    upper: isBlueGreen(scenario) ? desiredCount * 2 : Math.floor((desiredCount * maximumPercent) / 100),
  }
}

function requested(setting: Setting, before: RolloutState): RolloutState {
  const state = settledRequests(before)
  if (currentOf(state)?.status !== 'ROLLBACK_REQUESTED') return state
  return rolledBack(setting, state, 'Service deployment rolled back because it was stopped by the user.', false)
}

function judged(setting: Setting, state: RolloutState): RolloutState {
  const primary = primaryOf(state)
  const { enable } = setting.scenario.configuration.deploymentCircuitBreaker
  if (!enable || isBlueGreen(setting.scenario) || primary.isRollback || primary.rolloutState !== 'IN_PROGRESS') {
    return state
  }
  return primary.breakerCount >= thresholdOf(setting, state.desiredCount) ? failed(setting, state) : state
}

/** Old tasks that are not healthy go at once, healthy ones as far as the lower bound lets them. */
function stoppedOld(setting: Setting, state: RolloutState): RolloutState {
  const { now, desiredCount } = state
  const primary = primaryOf(state)
  const mine = wantedOf(state, primary.id)
  // Nothing that is healthy goes first: the newest of those that wait.
  const surplus = [...mine]
    .sort((one, other) => Number(isHealthy(one, now)) - Number(isHealthy(other, now)) || other.number - one.number)
    .slice(0, Math.max(0, mine.length - desiredCount))
  if (primary.rolloutState === 'FAILED' || !canClean(state)) return ordered(setting, state, surplus)
  const others = state.tasks.filter((task) => task.countsFor !== primary.id && isWanted(task, now))
  const healthy = state.tasks.filter((task) => isHealthy(task, now)).length
  const { lower, upper } = boundsOf(setting, state)
  const cramped = desiredCount - mine.length > upper - (mine.length + others.length)
  const spare = healthy - (cramped ? lower : Math.max(lower, desiredCount))
  const waiting = others.filter((task) => !isHealthy(task, now))
  const old = others.filter((task) => isHealthy(task, now)).slice(0, Math.max(0, spare))
  return ordered(setting, state, [...surplus, ...waiting, ...old])
}

function ordered(setting: Setting, before: RolloutState, tasks: readonly SimulatedTask[]): RolloutState {
  if (tasks.length === 0) return before
  const ids = new Set(tasks.map(({ id }) => id))
  let state = withTasks(before, (task) => {
    if (!ids.has(task.id)) return null
    const reason = `Scaling activity initiated by (deployment ${task.startedBy})`
    return { ...task, stop: orderedStop(task, before.now, reason, setting), recorded: { ...task.recorded, end: true } }
  })
  const draining =
    setting.loadBalancer === null ? [] : tasks.filter(({ startedAt }) => (startedAt ?? Infinity) <= before.now)
  if (draining.length > 0) {
    const group = `(target-group ${setting.loadBalancer?.targetGroupArn})`
    state = withEvent(setting, state, `deregistered ${draining.length} targets in ${group}`)
    state = withEvent(setting, state, `has begun draining connections on ${draining.length} tasks.`)
  }
  const stopped = tasks.filter((task) => !draining.includes(task))
  return stopped.length === 0 ? state : withEvent(setting, state, stoppedText(stopped))
}

function stoppedText(tasks: readonly SimulatedTask[]): string {
  return `has stopped ${tasks.length} running tasks: ${tasks.map(({ id }) => `(task ${id})`).join(' ')}.`
}

function startedNew(setting: Setting, before: RolloutState): RolloutState {
  const { now, desiredCount, backOff } = before
  const primary = primaryOf(before)
  const reactsAt = primary.createdAt + setting.scenario.timing.react * 1000
  if (primary.rolloutState === 'FAILED' || now < reactsAt || now < backOff.nextStartAt || !canStart(before)) {
    return before
  }
  const wanted = desiredCount - wantedOf(before, primary.id).length
  const all = before.tasks.filter((task) => isWanted(task, now)).length
  const room = Math.max(0, boundsOf(setting, before).upper - all)
  let state = before
  let refused = false
  const started: SimulatedTask[] = []
  for (let left = Math.min(wanted, room); left > 0; left -= 1) {
    const subnet = subnetFor(setting, state, primary)
    state = { ...state, created: state.created + 1 }
    const behaviour = state.behaviours[primary.revision] ?? { kind: 'ok', logs: [], chance: 1 }
    if (subnet.behaviour.kind === 'no-capacity' || behaviour.kind === 'no-capacity') {
      refused = true
      continue
    }
    const definition = definitionOf(state, primary.definitionArn)
    const task = planTask(
      {
        number: state.created,
        deployment: primary,
        definition,
        subnet,
        behaviour,
        exec: currentExec(setting, state),
        at: now,
      },
      setting,
    )
    started.push(task)
    state = { ...state, tasks: [...state.tasks, task] }
  }
  if (started.length > 0) {
    const names = started.map(({ id }) => `(task ${id})`).join(' ')
    state = withEvent(setting, state, `has started ${started.length} tasks: ${names}.`)
  }
  if (refused) {
    state = withEvent(setting, state, NO_CAPACITY)
    state = { ...state, backOff: { ...state.backOff, nextStartAt: now + 60_000 } }
  }
  return state
}

function definitionOf(state: RolloutState, arn: string): Item {
  return state.definitions.find((one) => one['taskDefinitionArn'] === arn) ?? {}
}

/** Says which drained tasks were stopped, drops deployments without tasks, and forgets what ECS forgets. */
function gone(setting: Setting, before: RolloutState): RolloutState {
  const { now } = before
  const drained = before.tasks.filter(
    ({ recorded: { gone }, stop }) => !gone && stop !== null && stop.drainedAt > stop.at && stop.drainedAt <= now,
  )
  let state = drained.length === 0 ? before : withEvent(setting, before, stoppedText(drained))
  const drainedIds = new Set(drained.map(({ id }) => id))
  state = withTasks(state, (task) =>
    drainedIds.has(task.id) ? { ...task, recorded: { ...task.recorded, gone: true } } : null,
  )
  const forgotten = now - setting.scenario.timing.forgotten * 1000
  const tasks = state.tasks.filter(({ stop }) => stop === null || stop.stoppedAt > forgotten)
  return withoutEmpty(tasks.length === state.tasks.length ? state : { ...state, tasks })
}

function finished(setting: Setting, before: RolloutState): RolloutState {
  const { now, desiredCount } = before
  const primary = primaryOf(before)
  const mine = wantedOf(before, primary.id)
  const healthy = mine.filter((task) => isHealthy(task, now)).length
  const others = before.tasks.filter((task) => task.countsFor !== primary.id && !isGone(task, now))
  const settled = mine.length === desiredCount && healthy === desiredCount && others.length === 0
  if (primary.rolloutState === 'IN_PROGRESS' && !settled && isEarlySuccess(setting, before, healthy, others.length)) {
    return completed(setting, before)
  }
  if (!settled || primary.rolloutState === 'FAILED' || !isCleaned(before)) {
    return blocked(setting, before.settledAt === null ? before : { ...before, settledAt: null })
  }
  const settledAt = before.settledAt ?? now
  let state: RolloutState = { ...before, settledAt }
  if (now < settledAt + setting.scenario.timing.steady * 1000) return state
  if (primary.rolloutState === 'IN_PROGRESS') state = completed(setting, state)
  else if (before.lastSteadyEventAt >= settledAt && now < before.lastSteadyEventAt + STEADY_EVENT_EVERY_MS) return state
  return { ...withEvent(setting, state, 'has reached a steady state.'), lastSteadyEventAt: now }
}

function isCleaned(state: RolloutState): boolean {
  const stage = currentOf(state)?.stage
  return stage == null || stage.name === 'CLEAN_UP'
}

/** "SUCCESSFUL before all tasks run" (Developer Guide, Rolling update, Early success criteria). */
function isEarlySuccess(setting: Setting, state: RolloutState, healthy: number, others: number): boolean {
  const early = setting.scenario.configuration.earlySuccessCriteria
  if (!early?.enable || primaryOf(state).isRollback) return false
  const enough = healthy >= Math.ceil((state.desiredCount * early.healthyPercent) / 100)
  return enough && (early.sourceServiceRevisionCleanup === 'DEFERRED' || others === 0)
}

/** Neither a start nor a stop is allowed: ECS says so, and waits for ever. */
function blocked(setting: Setting, state: RolloutState): RolloutState {
  const { now, desiredCount, blockedEventSent } = state
  const primary = primaryOf(state)
  const { lower, upper } = boundsOf(setting, state)
  const all = state.tasks.filter((task) => isWanted(task, now))
  const stuck = all.length >= upper && all.every((task) => isHealthy(task, now)) && all.length <= lower
  const wants = wantedOf(state, primary.id).length < desiredCount
  if (blockedEventSent || !stuck || !wants || primary.rolloutState !== 'IN_PROGRESS') return state
  const text =
    'was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.'
  return { ...withEvent(setting, state, text), blockedEventSent: true }
}
