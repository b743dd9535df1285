import {
  Connectivity,
  DeploymentLifecycleHookAction,
  DeploymentLifecycleHookStatus,
  DeploymentLifecycleHookTargetType,
  DeploymentRolloutState,
  DeploymentStrategy,
  DesiredStatus,
  HealthStatus,
  LaunchType,
  ServiceDeploymentLifecycleStage,
  ServiceDeploymentRollbackMonitorsStatus,
  ServiceDeploymentStatus,
  TaskStopCode,
  ThresholdType,
} from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Item, isItem, itemsOf } from '../../../simulator/item.ts'
import { describedService, describedServiceDeployments } from '../../../simulator/rollout/answer-service.ts'
import { describedTasks } from '../../../simulator/rollout/answer-tasks.ts'
import { play } from '../../../simulator/rollout/play.ts'
import type { Scenario } from '../../../simulator/rollout/scenario.ts'
import { boundsOf } from '../../../simulator/rollout/scheduler.ts'
import { isHealthy, isWanted } from '../../../simulator/rollout/state.ts'
import { seoulFiles } from '../../../simulator/seoul/files.ts'
import { worldOf } from '../../../simulator/world.ts'
import { BEGAN_AT, SCENARIOS, scenarioNamed, seoulScenario } from './scene.ts'

/** What the service says at many moments, without the wire. */
function* moments(scenario: Scenario, { until, every }: { readonly until: number; readonly every: number }) {
  let ms = BEGAN_AT
  const rollout = play({ scenario, world: worldOf(seoulFiles()), clock: { now: () => ms } })
  for (let seconds = 0; seconds <= until; seconds += every) {
    ms = BEGAN_AT + seconds * 1000
    const { setting } = rollout
    const state = rollout.state()
    yield {
      setting,
      state,
      service: describedService(setting, state),
      tasks: describedTasks(setting, state),
      serviceDeployments: describedServiceDeployments(setting, state),
    }
  }
}

const TIMES = [
  'createdAt',
  'pullStartedAt',
  'pullStoppedAt',
  'startedAt',
  'stoppingAt',
  'executionStoppedAt',
  'stoppedAt',
]

/** Every breach of what holds for any service at any moment: a sentence each. */
function breaches(scenario: Scenario, span: { readonly until: number; readonly every: number }): readonly string[] {
  const versions = new Map<unknown, number>()
  const behaviours = [scenario.behaviour, ...scenario.subnets.map(({ behaviour }) => behaviour)]
  // What runs and then ends or gets unhealthy pulls the number of healthy tasks down: no scheduler can help that.
  const staysHealthy = behaviours.every(({ kind }) => kind !== 'exits' && kind !== 'unhealthy')
  const found = new Set<string>()
  const law = (holds: boolean, text: string) => holds || found.add(text)
  for (const { setting, state, service, tasks } of moments(scenario, span)) {
    const { lower, upper } = boundsOf(setting, state)
    const wanted = state.tasks.filter((task) => isWanted(task, state.now)).length
    const healthy = state.tasks.filter((task) => isHealthy(task, state.now)).length
    const deployments = itemsOf(service['deployments'])
    for (const one of [service, ...deployments]) {
      for (const count of ['desiredCount', 'runningCount', 'pendingCount']) {
        law(Number(one[count]) >= 0, `${count} is negative`)
      }
    }
    law(wanted <= Math.max(upper, scenario.desiredCount), 'more tasks than the upper bound')
    law(!staysHealthy || healthy >= Math.min(lower, scenario.desiredCount), 'fewer healthy tasks than the lower bound')
    law(deployments.filter(({ status }) => status === 'PRIMARY').length === 1, 'not one primary deployment')
    law(new Set(deployments.map(({ id }) => id)).size === deployments.length, 'a deployment twice')
    const running = deployments.reduce((sum, one) => sum + Number(one['runningCount']), 0)
    law(running === service['runningCount'], 'running tasks that no deployment counts')
    for (const one of deployments) {
      law(one['failedTasks'] === 0 || one['runningCount'] === 0, 'failedTasks although a task runs')
    }
    const events = itemsOf(service['events']).map(({ createdAt }) => Date.parse(String(createdAt)))
    law(isAscending([...events].reverse()) && events.length <= 100, 'events out of order, or too many')
    for (const task of tasks) {
      for (const text of breachesOfTask(task, versions)) law(false, text)
    }
  }
  return [...found]
}

function breachesOfTask(task: Item, versions: Map<unknown, number>): readonly string[] {
  const times = TIMES.flatMap((name) => (task[name] === undefined ? [] : [Date.parse(String(task[name]))]))
  const version = Number(task['version'])
  const before = versions.get(task['taskArn']) ?? 1
  versions.set(task['taskArn'], version)
  const ended = `${task['taskArn']} ended`
  const atEnd = versions.get(ended) ?? version
  if (task['lastStatus'] === 'STOPPED') versions.set(ended, atEnd)
  const stopping = task['desiredStatus'] === 'STOPPED'
  const laws: readonly (readonly [boolean, string])[] = [
    [isAscending(times), 'times of a task out of order'],
    [version >= before, 'a version that decreases'],
    [version === atEnd || task['lastStatus'] !== 'STOPPED', 'a stopped task that changes'],
    [(task['stopCode'] !== undefined) === stopping, 'stopCode without stopping'],
    [(task['stoppedReason'] !== undefined) === stopping, 'stoppedReason without stopping'],
    [
      (task['stoppedAt'] !== undefined) === (task['lastStatus'] === 'STOPPED'),
      'stoppedAt of a task that is not STOPPED',
    ],
    [task['lastStatus'] !== 'RUNNING' || task['startedAt'] !== undefined, 'RUNNING without startedAt'],
    [task['stopCode'] !== 'TaskFailedToStart' || task['startedAt'] === undefined, 'started, but failed to start'],
  ]
  return laws.flatMap(([holds, text]) => (holds ? [] : [text]))
}

function isAscending(times: readonly number[]): boolean {
  return times.every((time, at) => time >= (times[at - 1] ?? 0))
}

describe('what holds for any service at any moment', () => {
  test.each(SCENARIOS)('%s', (name) => {
    expect(breaches(scenarioNamed(name), { until: 1300, every: 13 })).toEqual([])
  })

  test('with any counts, percentages, failures, breaker and seed', () => {
    const kinds = ['ok', 's3-timeout', 'image-not-found', 'denied', 'exits', 'stuck', 'no-capacity'] as const
    const behaviour = fc.record({
      kind: fc.constantFrom(...kinds),
      chance: fc.constantFrom(0.3, 1),
    })
    const scenarios = fc.record({
      seed: fc.integer({ min: 1, max: 1e6 }),
      desiredCount: fc.integer({ min: 0, max: 7 }),
      a: behaviour,
      c: behaviour,
      balance: fc.constantFrom('fewest' as const, 'random' as const),
      minimumHealthyPercent: fc.constantFrom(0, 50, 100),
      maximumPercent: fc.constantFrom(100, 125, 150, 200),
      breaker: fc.boolean(),
      rollback: fc.boolean(),
      loadBalancer: fc.boolean(),
      again: fc.integer({ min: 1, max: 600 }),
      stop: fc.integer({ min: 1, max: 900 }),
    })
    const law = fc.property(scenarios, ({ a, c, breaker, rollback, loadBalancer, again, stop, ...rest }) => {
      const { minimumHealthyPercent, maximumPercent, ...more } = rest
      const scenario = seoulScenario({
        ...more,
        subnets: [
          { id: 'subnet-0e17c5b8a3d94f602', behaviour: a },
          { id: 'subnet-09d2f7a641be3c85e', behaviour: c },
        ],
        configuration: {
          minimumHealthyPercent,
          maximumPercent,
          deploymentCircuitBreaker: { enable: breaker, rollback },
        },
        ...(loadBalancer ? { loadBalancer: { deregistration: 20 } } : {}),
        script: [
          { does: 'deploy', at: 0 },
          { does: 'deploy', at: again },
          { does: 'stop', at: stop },
        ],
      })
      expect(breaches(scenario, { until: 1000, every: 19 })).toEqual([])
    })
    fc.assert(law, { numRuns: 100 })
  })
})

const ENUMS: Readonly<Record<string, object>> = {
  desiredStatus: DesiredStatus,
  stopCode: TaskStopCode,
  connectivity: Connectivity,
  healthStatus: HealthStatus,
  launchType: LaunchType,
  rolloutState: DeploymentRolloutState,
  lifecycleStage: ServiceDeploymentLifecycleStage,
  strategy: DeploymentStrategy,
  targetType: DeploymentLifecycleHookTargetType,
  timeoutAction: DeploymentLifecycleHookAction,
}

test('every enum string is one of the SDK', () => {
  const seen = new Map<string, Set<string>>()
  const strange = new Set<string>()
  const allow = (name: string, known: object, value: unknown) => {
    if (value === undefined) return
    if (!Object.values(known).includes(value)) strange.add(`${name}: ${value}`)
    seen.set(name, new Set([...(seen.get(name) ?? []), String(value)]))
  }
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk)
    if (!isItem(value)) return
    for (const [name, member] of Object.entries(value)) {
      const known = ENUMS[name]
      if (known) allow(name, known, member)
      walk(member)
    }
  }
  for (const name of SCENARIOS) {
    for (const { service, tasks, serviceDeployments } of moments(scenarioNamed(name), { until: 900, every: 31 })) {
      walk([service, tasks, serviceDeployments])
      for (const one of serviceDeployments) {
        allow('status', ServiceDeploymentStatus, one['status'])
        allow('breaker', ServiceDeploymentRollbackMonitorsStatus, (one['deploymentCircuitBreaker'] as Item)['status'])
        for (const hook of itemsOf(one['lifecycleHookDetails'])) {
          allow('hook', DeploymentLifecycleHookStatus, hook['status'])
        }
      }
    }
  }
  expect([...strange]).toEqual([])
  // The walk has met them: an enum that nobody shows would prove nothing.
  expect([...seen.keys()].sort()).toEqual([...Object.keys(ENUMS), 'breaker', 'hook', 'status'].sort())
  expect(seen.get('status')?.size).toBeGreaterThanOrEqual(5)
  expect(Object.values(ThresholdType)).toEqual(
    expect.arrayContaining(['COUNT', 'BOUNDED_PERCENT', 'UNBOUNDED_PERCENT']),
  )
})

describe('the same story every time', () => {
  const told = (scenario: Scenario, every: number) => {
    const last = [...moments(scenario, { until: 1000, every })].at(-1)
    return { tasks: last?.tasks, service: last?.service, serviceDeployments: last?.serviceDeployments }
  }

  test.each(SCENARIOS)('%s, however often somebody looks', (name) => {
    const scenario = scenarioNamed(name)
    expect(told(scenario, 1000)).toEqual(told(scenario, 25))
  })

  test('another seed is another story', () => {
    const scenario = scenarioNamed('rolled-back')
    const [one, other] = [told(scenario, 1000), told({ ...scenario, seed: 2 }, 1000)]
    expect(one.tasks).not.toEqual(other.tasks)
  })
})
