/** The deployment circuit breaker: what it counts, and when it trips (Developer Guide, "How the circuit breaker detects failures"). */
import {
  type Deployment,
  isRunning,
  type RolloutState,
  type Setting,
  type SimulatedTask,
  withDeployment,
  withEvent,
  withTasks,
} from './state.ts'

/** Half of the desired count, at least 3 and at most 200, unless the configuration says otherwise. */
export function thresholdOf({ scenario }: Setting, desiredCount: number): number {
  const own = scenario.configuration.deploymentCircuitBreaker.thresholdConfiguration
  if (own?.type === 'COUNT') return own.value
  const share = Math.ceil(((own?.value ?? 50) / 100) * desiredCount)
  return own?.type === 'UNBOUNDED_PERCENT' ? Math.max(1, share) : Math.min(200, Math.max(3, share))
}

function resets({ scenario }: Setting): boolean {
  return scenario.configuration.deploymentCircuitBreaker.resetOnHealthyTask ?? true
}

/** Takes note of every task that began to run, got healthy or ended since the last look. */
export function recorded(setting: Setting, before: RolloutState): RolloutState {
  let state = before
  for (const task of before.tasks) {
    const { now } = state
    if (
      !task.recorded.running &&
      task.startedAt !== null &&
      task.startedAt <= now &&
      runsUntil(task) > task.startedAt
    ) {
      state = whenRunning(setting, state, task)
    }
    if (
      !task.recorded.healthy &&
      task.healthyAt !== null &&
      task.healthyAt <= now &&
      runsUntil(task) > task.healthyAt
    ) {
      state = whenHealthy(setting, state, task)
    }
    if (!task.recorded.end && task.stop !== null && task.stop.at <= now) state = whenEnded(setting, state, task)
  }
  return state
}

function runsUntil({ stop }: SimulatedTask): number {
  return stop?.at ?? Number.POSITIVE_INFINITY
}

function whenRunning(setting: Setting, before: RolloutState, task: SimulatedTask): RolloutState {
  // "Once a service deployment has one or more successfully running tasks, the failed task count resets to zero"
  // (Amazon ECS API Reference, Deployment); the service throttle ends with a start that succeeds.
  let state = record(before, task, { running: true })
  state = withDeployment(state, task.countsFor, { failures: 0 })
  state = { ...state, backOff: { failures: 0, nextStartAt: 0 } }
  const { loadBalancer } = setting
  return loadBalancer
    ? withEvent(setting, state, `registered 1 targets in (target-group ${loadBalancer.targetGroupArn})`)
    : state
}

function whenHealthy(setting: Setting, before: RolloutState, task: SimulatedTask): RolloutState {
  const state = record(before, task, { healthy: true })
  return resets(setting) ? withDeployment(state, task.countsFor, { breakerCount: 0 }) : state
}

function whenEnded(setting: Setting, before: RolloutState, task: SimulatedTask): RolloutState {
  const state = record(before, task, { end: true })
  if (task.stop?.code === 'TaskFailedToStart') return whenStartFailed(setting, state, task, task.stop.reason)
  if (task.stop?.code === 'ServiceSchedulerInitiated' && !task.stop.reason.startsWith('Scaling')) {
    return counted(whenUnhealthy(setting, state, task), task)
  }
  const early = task.healthyAt === null || task.healthyAt > (task.stop?.at ?? 0)
  // A container that ends before the first health check passes counts; without health checks, nobody counts it.
  const counts = task.stop?.code === 'EssentialContainerExited' && early && setting.loadBalancer !== null
  return counts ? counted(state, task) : state
}

function whenUnhealthy(setting: Setting, state: RolloutState, task: SimulatedTask): RolloutState {
  const { loadBalancer } = setting
  if (loadBalancer === null) return withEvent(setting, state, `(task ${task.id}) failed container health checks.`)
  const reason = task.behaviour.text ?? 'Health checks failed with these codes: [503]'
  const place = `(port ${loadBalancer.containerPort}) is unhealthy in (target-group ${loadBalancer.targetGroupArn})`
  return withEvent(setting, state, `${place} due to (reason ${reason}).`)
}

function whenStartFailed(setting: Setting, before: RolloutState, task: SimulatedTask, reason: string): RolloutState {
  let state = withEvent(setting, before, `was unable to place a task. Reason: ${reason}.`)
  const others = state.tasks.some((one) => one.countsFor === task.countsFor && isRunning(one, state.now))
  if (!others || !resets(setting)) state = counted(state, task)
  if (!others) {
    const failures = (deploymentOf(state, task)?.failures ?? 0) + 1
    state = withDeployment(state, task.countsFor, { failures })
  }
  const failures = state.backOff.failures + 1
  const wait = waitAfter(setting, failures)
  if (wait > 0) state = withEvent(setting, state, 'is unable to consistently start tasks successfully.')
  return { ...state, backOff: { failures, nextStartAt: state.now + wait * 1000 } }
}

/** Seconds until the next start, after so many starts that failed one after another. */
export function waitAfter({ scenario }: Setting, failures: number): number {
  const { after, first, factor, most } = scenario.backOff
  return failures < after ? 0 : Math.min(most, first * factor ** (failures - after))
}

function counted(state: RolloutState, task: SimulatedTask): RolloutState {
  const count = (deploymentOf(state, task)?.breakerCount ?? 0) + 1
  return withDeployment(state, task.countsFor, { breakerCount: count })
}

function deploymentOf(state: RolloutState, { countsFor }: SimulatedTask): Deployment | undefined {
  return state.deployments.find(({ id }) => id === countsFor)
}

function record(state: RolloutState, task: SimulatedTask, change: Partial<SimulatedTask['recorded']>): RolloutState {
  return withTasks(state, (one) => (one.id === task.id ? { ...one, recorded: { ...one.recorded, ...change } } : null))
}
