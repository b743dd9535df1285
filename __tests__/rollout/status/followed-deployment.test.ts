/** Which deployment is ours. */
import { describe, expect, test } from '@jest/globals'
import type { WatchPlan } from '../../../src/rollout/state.ts'
import { isRevision } from '../../../src/rollout/status/followed-deployment.ts'
import {
  at,
  deployment,
  followed,
  NEXT,
  OLD,
  OURS,
  old,
  poll,
  type Sight,
  service,
  serviceDeployment,
  taskSet,
} from '../world.ts'

const rollingBack = { rolloutStateReason: `ECS deployment circuit breaker: rolling back to deploymentId ${OURS}` }
const failed = old({ rolloutState: 'FAILED', createdAt: at(-60) })
const revision = (id: string) => `x/service-revision/demo/web/${id.slice('ecs-svc/'.length)}`
const rollback = (targetRevisionArn: string | null) =>
  serviceDeployment({ status: 'ROLLBACK_IN_PROGRESS', targetRevisionArn })
const codeDeploy = (sets: readonly ReturnType<typeof taskSet>[]): Sight => ({
  service: service({ controller: 'CODE_DEPLOY', deployments: [], taskSets: sets }),
})

const CASES: readonly (readonly [string, Sight, Partial<WatchPlan>, string | null])[] = [
  ['the one that was named', {}, { deploymentId: NEXT }, NEXT],
  ['the primary one', {}, {}, OURS],
  ['none, where none is primary', { service: service({ deployments: [old()] }) }, {}, null],
  ['the one of the revision', {}, { taskDefinition: 'web:7' }, OLD],
  ['none of a revision that nobody runs', {}, { taskDefinition: 'web:9' }, null],
  [
    'what a rollback replaces, by its service deployment',
    { service: service({ deployments: [deployment(), old()] }), serviceDeployments: [rollback(revision(OLD))] },
    {},
    OLD,
  ],
  ['the primary one, where the rollback names none', { serviceDeployments: [rollback(null)] }, {}, OURS],
  [
    'the primary one, where the service deployment is no rollback',
    { serviceDeployments: [serviceDeployment({ targetRevisionArn: revision(OLD) })] },
    {},
    OURS,
  ],
  [
    'the one that failed, where the rollback names the primary one',
    {
      service: service({ deployments: [deployment(rollingBack), failed] }),
      serviceDeployments: [rollback(revision(OURS))],
    },
    {},
    OLD,
  ],
  [
    'the one that failed, where only a sentence speaks of a rollback',
    { service: service({ deployments: [deployment(rollingBack), failed] }) },
    {},
    OLD,
  ],
  [
    'the primary one, where another failed and nothing is rolled back',
    { service: service({ deployments: [deployment(), failed] }) },
    {},
    OURS,
  ],
  ['the task set that is prepared', codeDeploy([taskSet(), taskSet({ id: 'old', createdAt: at(-60) })]), {}, OURS],
  [
    'not the younger one, where it is given up',
    codeDeploy([taskSet({ id: 'gone', status: 'DRAINING', createdAt: at(9) }), taskSet()]),
    {},
    OURS,
  ],
  ['the one that drains, where there is no other', codeDeploy([taskSet({ status: 'DRAINING' })]), {}, OURS],
]

test.each(CASES)('is %s', (_, sight, plan, expected) => {
  expect(followed([poll(20, sight)], plan).followed.id).toBe(expected)
})

describe('nothing was under way when the watch began', () => {
  const done = { service: service({ deployments: [deployment({ rolloutState: 'COMPLETED', runningCount: 2 })] }) }
  const next = (fields: Parameters<typeof deployment>[0]) => ({
    service: service({ deployments: [deployment({ id: NEXT, createdAt: at(21), ...fields })] }),
  })
  test.each([
    ['what begins a moment later is ours', next({}), NEXT],
    ['what is no younger is not', next({ createdAt: at(0) }), OURS],
    ['nor is a rollback', next(rollingBack), OURS],
  ])('%s', (_, sight, expected) => {
    expect(followed([poll(20, done), poll(24, sight)]).followed.id).toBe(expected)
  })
})

describe('its service deployment', () => {
  const stranger = (seconds: number) =>
    serviceDeployment({ arn: `s${seconds}`, targetRevisionArn: 'x/9', createdAt: at(seconds) })
  test('is the one of its revision', () => {
    const all = [stranger(0), serviceDeployment()]
    expect(followed([poll(20, { serviceDeployments: all })]).followed.serviceDeployment).toEqual(serviceDeployment())
  })
  test.each([
    ['of the same moment', [stranger(15)], 's15'],
    ['of a moment before', [stranger(-15)], 's-15'],
    ['of no other moment', [stranger(16)], null],
    ['of no other deployment', [serviceDeployment({ targetRevisionArn: revision(OLD) })], null],
  ])('else one %s', (_, serviceDeployments, arn) => {
    expect(followed([poll(20, { serviceDeployments })]).followed.serviceDeployment?.arn ?? null).toBe(arn)
  })
})

describe('a revision is named', () => {
  const arn = 'arn:aws:ecs:ap-northeast-2:123456789012:task-definition/web:7'
  test.each([
    [arn, true],
    ['web:7', true],
    ['web', true],
    ['web:8', false],
    ['we', false],
  ])('%s: %s', (wanted, expected) => {
    expect(isRevision(arn, wanted)).toBe(expected)
  })
})
