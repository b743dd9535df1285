/** The state before anything happens: the service is steady, with its old tasks and the deployments that went before. */

import { newDeployment } from './deployments.ts'
import { planTask } from './plan-task.ts'
import type { Behaviour } from './scenario.ts'
import { digits, token, uuid } from './seeded-random.ts'
import { currentExec } from './service-settings.ts'
import type { RolloutState, ServiceDeployment, Setting, SimulatedTask } from './state.ts'

const OK: Behaviour = { kind: 'ok', logs: [], chance: 1 }
const HOUR_MS = 3600 * 1000

export function initialState(setting: Setting): RolloutState {
  const { scenario, beganAt, definition } = setting
  const definitionArn = String(definition['taskDefinitionArn'])
  const history = earlier(setting)
  const last = history.find(({ status }) => status === 'SUCCESSFUL')
  const createdAt = last?.createdAt ?? beganAt - 24 * HOUR_MS
  const completedAt = last?.finishedAt ?? createdAt + 150_000
  const revision = last?.revision ?? digits(19, scenario.seed, 'first')
  const deploymentId = `ecs-svc/${revision}`
  const deployment = {
    ...newDeployment(deploymentId, revision, definitionArn, createdAt, false),
    rolloutState: 'COMPLETED' as const,
    rolloutStateReason: `ECS deployment ${deploymentId} completed.`,
    updatedAt: completedAt,
  }
  const good = setting.subnets.filter(({ behaviour }) => behaviour.kind === 'ok')
  const homes = good.length > 0 ? good : setting.subnets
  const tasks = Array.from({ length: scenario.desiredCount }, (_, at): SimulatedTask => {
    const subnet = homes[at % homes.length] ?? homes[0]
    if (subnet === undefined) throw new Error('a scenario has subnets')
    const start = {
      number: at + 1,
      deployment,
      definition,
      exec: currentExec(setting, { settings: {} }),
      at: createdAt + 12_000 + at * 40,
    }
    const task = planTask({ ...start, subnet: { ...subnet, behaviour: OK }, behaviour: OK }, setting)
    return { ...task, subnet, recorded: { running: true, healthy: true, end: false, gone: false } }
  })
  const id = (what: string) => uuid(scenario.seed, 'event', what)
  const says = (text: string) => `(service ${scenario.service}) ${text}`
  const steadyAt = steadyBefore(completedAt, beganAt)
  return {
    now: beganAt,
    desiredCount: scenario.desiredCount,
    codeDeployments: [],
    tasks,
    standalone: [],
    created: scenario.desiredCount,
    deployments: [deployment],
    serviceDeployments: history,
    events: [
      ...(steadyAt > completedAt
        ? [{ id: id('steady'), at: steadyAt, message: says('has reached a steady state.') }]
        : []),
      { id: id('first'), at: completedAt + 1, message: says('has reached a steady state.') },
      { id: id('done'), at: completedAt, message: says(`(deployment ${deploymentId}) deployment completed.`) },
    ],
    eventCount: 3,
    actions: [],
    definitions: [definition],
    logStreams: [],
    settings: {},
    tags: {},
    behaviours: {},
    completed: { id: deploymentId, revision, definitionArn },
    backOff: { failures: 0, nextStartAt: 0 },
    settledAt: completedAt,
    lastSteadyEventAt: steadyAt,
    blockedEventSent: false,
  }
}

/** "has reached a steady state" is repeated every six hours. */
function steadyBefore(completedAt: number, now: number): number {
  return completedAt + Math.floor((now - completedAt) / (6 * HOUR_MS)) * 6 * HOUR_MS
}

function earlier({ scenario, beganAt }: Setting): readonly ServiceDeployment[] {
  const { earlier: all, seed, desiredCount } = scenario
  return all.map(({ status, seconds, endedHoursAgo }, at): ServiceDeployment => {
    const finishedAt = beganAt - endedHoursAgo * HOUR_MS
    const createdAt = finishedAt - seconds * 1000
    const revision = digits(19, seed, 'earlier', at)
    const rolledBack = status.startsWith('ROLLBACK')
    const reason = 'Service deployment rolled back because the circuit breaker threshold was exceeded.'
    return {
      token: token(seed, 'earlier', at),
      deploymentId: `ecs-svc/${revision}`,
      revision,
      sources: [{ revision: digits(19, seed, 'earlier', at + 1), requested: desiredCount, running: desiredCount }],
      createdAt,
      startedAt: createdAt + 1592,
      finishedAt,
      stoppedAt: status === 'STOPPED' ? finishedAt : null,
      updatedAt: finishedAt,
      status,
      statusReason: rolledBack ? reason : null,
      breaker: rolledBack ? 'TRIGGERED' : 'MONITORING_COMPLETE',
      stage: null,
      rollback: null,
      ended: { requested: desiredCount, running: rolledBack ? 0 : desiredCount },
    }
  })
}
