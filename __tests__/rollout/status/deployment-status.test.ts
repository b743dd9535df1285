/** Every ending of a rollout, as ECS shows it. */
import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import type { Poll, RolloutPhase } from '../../../src/domain/rollout.ts'
import type { WatchPlan } from '../../../src/rollout/state.ts'
import { reasonText } from '../../../src/rollout/status/reason-text.ts'
import { learn } from '../../../src/rollout/step.ts'
import {
  at,
  deployment,
  exited,
  failedToStart,
  followed,
  NEXT,
  NO_SUCH_IMAGE,
  OLD,
  OURS,
  old,
  poll,
  running,
  S3_TIMEOUT,
  type Sight,
  SUBNET_A,
  SUBNET_C,
  service,
  serviceDeployment,
  taskSet,
} from '../world.ts'

const done = deployment({ runningCount: 2, rolloutState: 'COMPLETED', updatedAt: at(90) })
const broken = deployment({
  status: 'ACTIVE',
  rolloutState: 'FAILED',
  rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
  updatedAt: at(90),
})
const back = old({
  id: NEXT,
  status: 'PRIMARY',
  createdAt: at(95),
  updatedAt: at(96),
  runningCount: 1,
  rolloutState: 'IN_PROGRESS',
  rolloutStateReason: `ECS deployment circuit breaker: rolling back to deploymentId ${NEXT}`,
})
const backAgain = { ...back, runningCount: 2, rolloutState: 'COMPLETED', updatedAt: at(150) }
const twin = deployment({ id: NEXT, createdAt: at(60), updatedAt: at(60) })
const newer = { ...twin, taskDefinitionArn: twin.taskDefinitionArn.replace(/\d+$/, '9') }
const demoted = deployment({ status: 'ACTIVE', runningCount: 1 })
const rollsBack = { enable: true, rollback: true }

interface Case {
  readonly name: string
  readonly sights: readonly Sight[]
  readonly plan?: Partial<WatchPlan>
  readonly phase: RolloutPhase
  readonly over: boolean
}

const first: Sight = {}
const cases: readonly Case[] = [
  { name: 'in progress', sights: [first], phase: 'rolling', over: false },
  {
    name: 'completed with every task running',
    sights: [first, { service: service({ deployments: [done] }) }],
    phase: 'steady',
    over: true,
  },
  {
    name: 'over before the watch began',
    sights: [{ service: service({ deployments: [done] }) }],
    phase: 'steady',
    over: true,
  },
  {
    name: 'completed, and a task has died since',
    sights: [{ service: service({ deployments: [{ ...done, runningCount: 1 }] }) }],
    phase: 'rolling',
    over: false,
  },
  {
    name: 'called a success before every task runs',
    sights: [
      {
        service: service({ deployments: [deployment({ runningCount: 1 }), old()] }),
        serviceDeployments: [serviceDeployment({ status: 'SUCCESSFUL' })],
      },
    ],
    phase: 'rolling',
    over: false,
  },
  {
    name: 'no tasks wanted',
    sights: [{ service: service({ desiredCount: 0, deployments: [{ ...done, desiredCount: 0, runningCount: 0 }] }) }],
    phase: 'steady',
    over: true,
  },
  {
    name: 'a daemon on a cluster without instances',
    sights: [
      {
        service: service({
          scheduling: 'DAEMON',
          desiredCount: 0,
          deployments: [{ ...done, desiredCount: 0, runningCount: 0 }],
        }),
      },
    ],
    phase: 'steady',
    over: true,
  },
  {
    name: 'a daemon on three instances, one of them still without its task',
    sights: [
      {
        service: service({
          scheduling: 'DAEMON',
          desiredCount: 3,
          deployments: [deployment({ desiredCount: 3, runningCount: 2 })],
        }),
      },
    ],
    phase: 'rolling',
    over: false,
  },
  {
    name: 'behind a Classic Load Balancer there is no rollout state: steady when nothing else is left',
    sights: [{ service: service({ deployments: [{ ...done, rolloutState: null }] }) }],
    phase: 'steady',
    over: true,
  },
  {
    name: 'behind a Classic Load Balancer, the old tasks still there',
    sights: [{ service: service({ deployments: [{ ...done, rolloutState: null }, old({ rolloutState: null })] }) }],
    phase: 'rolling',
    over: false,
  },
  {
    name: 'failed, and the service rolls nothing back',
    sights: [first, { service: service({ deployments: [{ ...broken, status: 'PRIMARY' }, old()] }) }],
    phase: 'failed',
    over: true,
  },
  {
    name: 'failed, and the rollback has not begun yet',
    sights: [
      first,
      { service: service({ circuitBreaker: rollsBack, deployments: [{ ...broken, status: 'PRIMARY' }, old()] }) },
    ],
    phase: 'rolling-back',
    over: false,
  },
  {
    name: 'rolling back',
    sights: [first, { service: service({ circuitBreaker: rollsBack, deployments: [back, broken] }) }],
    phase: 'rolling-back',
    over: false,
  },
  {
    name: 'rolled back, and ours is no longer listed',
    sights: [
      first,
      { service: service({ circuitBreaker: rollsBack, deployments: [back, broken] }) },
      { service: service({ circuitBreaker: rollsBack, deployments: [backAgain] }) },
    ],
    phase: 'rolled-back',
    over: true,
  },
  {
    name: 'rolled back to the very same task definition',
    sights: [
      first,
      {
        service: service({
          circuitBreaker: rollsBack,
          deployments: [{ ...backAgain, taskDefinitionArn: deployment().taskDefinitionArn }, broken],
        }),
      },
    ],
    phase: 'rolled-back',
    over: true,
  },
  {
    name: 'the watch begins while ECS rolls back',
    sights: [{ service: service({ circuitBreaker: rollsBack, deployments: [back, broken] }) }],
    phase: 'rolling-back',
    over: false,
  },
  {
    name: 'the watch begins after the rollback, which only the service deployment shows',
    sights: [
      {
        service: service({ deployments: [old({ status: 'PRIMARY' })] }),
        serviceDeployments: [serviceDeployment({ status: 'ROLLBACK_SUCCESSFUL' })],
      },
    ],
    phase: 'rolled-back',
    over: true,
  },
  {
    name: 'rolling back for an alarm, without a circuit breaker',
    sights: [first, { service: service({ deployments: [back, broken] }) }],
    phase: 'rolling-back',
    over: false,
  },
  {
    name: 'an end is not taken back by a look that lags behind',
    sights: [
      first,
      { service: service({ deployments: [done] }) },
      { service: service({ deployments: [deployment({ runningCount: 2, updatedAt: at(95) })] }) },
    ],
    phase: 'steady',
    over: true,
  },
  {
    name: 'rolled back under the id that the old revision had, and nobody saw ours fail',
    sights: [first, { service: service({ deployments: [old({ status: 'PRIMARY' })] }) }],
    phase: 'rolled-back',
    over: true,
  },
  {
    name: 'a repair was deployed after the failure: ours has failed',
    sights: [first, { service: service({ deployments: [newer, broken] }) }],
    phase: 'failed',
    over: true,
  },
  {
    name: 'replaced by a newer deployment',
    sights: [first, { service: service({ deployments: [newer, demoted] }) }],
    phase: 'superseded',
    over: true,
  },
  {
    name: 'replaced by a newer deployment, and already gone',
    sights: [first, { service: service({ deployments: [newer] }) }],
    phase: 'superseded',
    over: true,
  },
  {
    name: 'stopped for a newer service deployment',
    sights: [
      first,
      {
        service: service({ deployments: [newer, demoted] }),
        serviceDeployments: [
          serviceDeployment({ status: 'STOPPED' }),
          serviceDeployment({ arn: 'arn:newer', targetRevisionArn: 'x/3333333333333333333', createdAt: at(60) }),
        ],
      },
    ],
    phase: 'superseded',
    over: true,
  },
  {
    name: 'stopped by somebody, and nothing came after it',
    sights: [
      first,
      { serviceDeployments: [serviceDeployment({ status: 'STOPPED', statusReason: 'User request' })] },
      { serviceDeployments: [serviceDeployment({ status: 'STOPPED', statusReason: 'User request' })] },
    ],
    phase: 'failed',
    over: true,
  },
  {
    name: 'stopped, and what came after it is a rollback, which replaces nothing',
    sights: [
      first,
      {
        service: service({ deployments: [back, demoted] }),
        serviceDeployments: [serviceDeployment({ status: 'STOPPED' })],
      },
    ],
    phase: 'failed',
    over: true,
  },
  {
    name: 'stopped, and ours is still the primary one, of unknown age',
    sights: [
      {
        service: service({ deployments: [deployment({ createdAt: null }), old()] }),
        serviceDeployments: [serviceDeployment({ status: 'STOPPED' })],
      },
    ],
    phase: 'failed',
    over: true,
  },
  {
    name: 'stopped, and the old revision, which is older, is the primary one',
    sights: [
      first,
      {
        service: service({ deployments: [old({ status: 'PRIMARY' }), demoted] }),
        serviceDeployments: [serviceDeployment({ status: 'STOPPED' })],
      },
    ],
    phase: 'failed',
    over: true,
  },
  {
    name: 'stopped, and what replaces it is in no answer yet',
    sights: [first, { serviceDeployments: [serviceDeployment({ status: 'STOPPED' })] }],
    phase: 'failed',
    over: true,
  },
  ...(
    [
      ['ROLLBACK_REQUESTED', 'rolling-back', false],
      ['ROLLBACK_IN_PROGRESS', 'rolling-back', false],
      ['ROLLBACK_SUCCESSFUL', 'rolled-back', true],
      ['ROLLBACK_FAILED', 'failed', true],
      ['PENDING', 'rolling', false],
      ['IN_PROGRESS', 'rolling', false],
      ['STOP_REQUESTED', 'rolling', false],
      ['A_STATUS_OF_NEXT_YEAR', 'rolling', false],
    ] as const
  ).map(([status, phase, over]) => ({
    name: `service deployment ${status}`,
    sights: [first, { serviceDeployments: [serviceDeployment({ status })] }],
    phase,
    over,
  })),
  {
    name: 'a rollout state of next year',
    sights: [{ service: service({ deployments: [{ ...done, rolloutState: 'PAUSED_BY_MOON' }] }) }],
    phase: 'rolling',
    over: false,
  },
  {
    name: 'blue/green: every task runs, and the bake time is not over',
    sights: [
      {
        service: service({ strategy: 'BLUE_GREEN', deployments: [{ ...done, rolloutState: 'COMPLETED' }, old()] }),
        serviceDeployments: [
          serviceDeployment({ strategy: 'BLUE_GREEN', lifecycleStage: 'BAKE_TIME', bakeMinutes: 10 }),
        ],
      },
    ],
    phase: 'rolling',
    over: false,
  },
  {
    name: 'blue/green: successful',
    sights: [
      {
        service: service({ strategy: 'BLUE_GREEN', deployments: [done] }),
        serviceDeployments: [serviceDeployment({ status: 'SUCCESSFUL', lifecycleStage: 'CLEAN_UP' })],
      },
    ],
    phase: 'steady',
    over: true,
  },
  {
    name: 'the service is deleted',
    sights: [first, { service: service({ status: 'INACTIVE' }) }],
    phase: 'failed',
    over: true,
  },
]

describe('endings', () => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', (_, { sights, plan, phase, over }) => {
    const looks = sights.map((sight, index) => poll(20 + index * 80, sight))
    expect(followed(looks, plan)).toMatchObject({ phase, over })
  })
})

test('a deployment that was stopped is over at once, and the poll after the end still shows what replaced it', () => {
  const stopped = { serviceDeployments: [serviceDeployment({ status: 'STOPPED' })] }
  const end = followed([poll(20), poll(30, stopped)])
  expect(end).toMatchObject({ phase: 'failed', over: true, reason: { kind: 'stopped' } })
  const replaced = { ...stopped, service: service({ deployments: [newer, demoted] }) }
  expect(followed([poll(20), poll(30, stopped), poll(31, replaced)])).toMatchObject({ phase: 'superseded', over: true })
})

test('FAILED and STOPPED is over at once, also where the circuit breaker would have gone back', () => {
  const failed = {
    service: service({ circuitBreaker: rollsBack, deployments: [{ ...broken, status: 'PRIMARY' }, old()] }),
  }
  const phase = (status: string) =>
    followed([poll(20), poll(30, { ...failed, serviceDeployments: [serviceDeployment({ status })] })])
  expect(phase('STOPPED')).toMatchObject({ phase: 'failed', over: true, reason: { kind: 'failed' } })
  expect(phase('IN_PROGRESS')).toMatchObject({ phase: 'rolling-back', over: false })
})

test('an early success of a deployment that is listed no more, or beside no primary one', () => {
  const succeeded = (fields: Parameters<typeof service>[0]) => ({
    service: service({ runningCount: 1, ...fields }),
    serviceDeployments: [serviceDeployment({ status: 'SUCCESSFUL' })],
  })
  const early = { kind: 'early-success', running: 1, desired: 2 }
  const unlisted = followed([poll(20, succeeded({ deployments: [old({ status: 'PRIMARY' })] }))], {
    deploymentId: OURS,
  })
  expect(unlisted.reason).toEqual(early)
  const sole = succeeded({ deployments: [deployment({ status: 'ACTIVE', runningCount: 1, updatedAt: at(90) })] })
  expect(followed([poll(20), poll(100, sole)]).reason).toEqual(early)
  const replaced = succeeded({ deployments: [newer, { ...demoted, updatedAt: at(90) }] })
  expect(followed([poll(20), poll(100, replaced)]).reason).toMatchObject({ kind: 'steady' })
})

test('three refusals in a row are the end, and two are not', () => {
  const refusals = [100, 104, 108].map((seconds) => ({
    ...poll(seconds),
    service: unread('denied', 'ecs:DescribeServices', 'AccessDeniedException'),
  }))
  expect(followed([poll(20), ...refusals.slice(0, 2)]).over).toBe(false)
  expect(followed([poll(20), ...refusals])).toMatchObject({
    phase: 'lost',
    reason: { kind: 'refused', permission: 'ecs:DescribeServices', detail: 'AccessDeniedException' },
  })
})

test('stopped, and its rollback is no replacement', () => {
  const stopped = {
    service: service({ deployments: [back, demoted] }),
    serviceDeployments: [serviceDeployment({ status: 'STOPPED' })],
  }
  expect(followed([poll(20), poll(30, stopped), poll(50, stopped)]).reason).toMatchObject({ kind: 'stopped' })
  const replaced = { ...stopped, service: service({ deployments: [newer, demoted] }) }
  expect(followed([poll(20), poll(30, replaced)])).toMatchObject({ reason: { kind: 'superseded', by: NEXT } })
})

test('a rollback that never begins is a failure after a minute', () => {
  const stalled = {
    service: service({ circuitBreaker: rollsBack, deployments: [{ ...broken, status: 'PRIMARY' }, old()] }),
  }
  expect(followed([poll(20), poll(100, stalled), poll(160, stalled)])).toMatchObject({
    phase: 'rolling-back',
    over: false,
  })
  expect(followed([poll(20), poll(100, stalled), poll(160.001, stalled)])).toMatchObject({
    phase: 'failed',
    over: true,
  })
})

test('a pause waits for somebody and is said to', () => {
  const hooks = [
    { id: 'hook-1', status: 'AWAITING_ACTION', targetType: 'PAUSE', expiresAt: null, timeoutAction: 'ROLLBACK' },
  ]
  const paused = {
    serviceDeployments: [serviceDeployment({ strategy: 'CANARY', lifecycleStage: 'POST_SCALE_UP', hooks })],
  }
  const state = followed([poll(20, paused), poll(1200, paused)])
  expect(state).toMatchObject({ phase: 'rolling', over: false, hopeless: null })
  expect(reasonText(state).en).toContain('ContinueServiceDeployment')
})

describe('our deployment is found', () => {
  test('by the id that the caller gives', () => {
    const state = followed([poll(20, { service: service({ deployments: [newer, demoted] }) })], { deploymentId: OURS })
    expect(state.phase).toBe('superseded')
  })

  test('by its task definition, once it is listed', () => {
    const wanted = { taskDefinition: 'web:8' }
    const before = poll(1, { service: service({ deployments: [old({ status: 'PRIMARY' })] }) })
    expect(followed([before], wanted)).toMatchObject({ phase: 'rolling', over: false })
    expect(followed([before, poll(5, { service: service({ deployments: [done] }) })], wanted).phase).toBe('steady')
  })

  test('or is waited for no longer than it may take to appear', () => {
    const only = service({ deployments: [old({ status: 'PRIMARY' })] })
    const state = followed([poll(1, { service: only }), poll(70, { service: only })], { taskDefinition: 'web:9' })
    expect(state).toMatchObject({ phase: 'not-started', over: true })
    expect(reasonText(state).en).toContain('web:9')
    expect(reasonText(state).en).toContain(OLD)
  })

  test('and as long as the deployer needs', () => {
    const only = service({ deployments: [old({ status: 'PRIMARY' })] })
    const slowly = { taskDefinition: 'web:8', appearsWithinMs: 300_000 }
    const begun = [poll(1, { service: only }), poll(290, { service: only })]
    expect(followed(begun, slowly)).toMatchObject({ phase: 'rolling', over: false })
    expect(followed([...begun, poll(295, { service: service({ deployments: [done] }) })], slowly).phase).toBe('steady')
  })

  test('and a further deployment of the same revision goes on with it', () => {
    const failed = failedToStart('t1', S3_TIMEOUT)
    const again = { service: service({ deployments: [twin, demoted] }), tasks: [failed] }
    const state = followed([poll(20, { tasks: [failed] }), poll(80, again)])
    expect(state).toMatchObject({ phase: 'rolling', over: false, followed: { id: NEXT, ids: [OURS, NEXT] } })
    expect(state.failures.map(({ taskId }) => taskId)).toEqual(['t1'])
    const end = { service: service({ deployments: [{ ...twin, rolloutState: 'COMPLETED', runningCount: 2 }] }) }
    expect(followed([poll(20), poll(80, again), poll(200, end)])).toMatchObject({ phase: 'steady', over: true })
  })

  test('but neither what ECS goes back to nor another revision does', () => {
    for (const deployments of [
      [back, { ...demoted, rolloutState: 'FAILED' }],
      [newer, demoted],
    ]) {
      expect(followed([poll(20), poll(80, { service: service({ deployments }) })]).followed.id).toBe(OURS)
    }
  })

  test('a given id that is not listed yet is waited for', () => {
    const only = service({ deployments: [old({ status: 'PRIMARY' })] })
    expect(followed([poll(1, { service: only })], { deploymentId: OURS }).over).toBe(false)
  })
})

describe('task sets', () => {
  const under = (controller: string, sets: readonly ReturnType<typeof taskSet>[]): Sight => ({
    service: service({ controller, deployments: [], taskSets: sets }),
  })
  const blue = taskSet({
    id: OLD,
    status: 'PRIMARY',
    createdAt: at(-900),
    stabilityStatus: 'STEADY_STATE',
    runningCount: 2,
  })
  const green = taskSet({ stabilityStatus: 'STEADY_STATE', runningCount: 2 })

  test.each([
    ['starting', [blue, taskSet()], 'rolling'],
    ['stable, traffic not shifted', [blue, green], 'rolling'],
    [
      'traffic shifted',
      [
        { ...blue, status: 'ACTIVE' },
        { ...green, status: 'PRIMARY' },
      ],
      'steady',
    ],
    ['traffic shifted back', [blue, { ...green, status: 'DRAINING' }], 'rolled-back'],
    ['gone', [blue], 'rolled-back'],
    ['replaced by a newer one', [blue, green, taskSet({ id: NEXT, createdAt: at(60) })], 'superseded'],
  ] as const)('CODE_DEPLOY: %s', (_, sets, phase) => {
    expect(
      followed([poll(20, under('CODE_DEPLOY', [blue, taskSet()])), poll(100, under('CODE_DEPLOY', sets))]).phase,
    ).toBe(phase)
  })

  test('EXTERNAL: beside another set, stable, the traffic is still to come', () => {
    const looks = [poll(20, under('EXTERNAL', [blue, taskSet()])), poll(100, under('EXTERNAL', [blue, green]))]
    expect(followed(looks).reason).toEqual({ kind: 'waits-for-traffic' })
  })

  test('CODE_DEPLOY: the only set, stable but not the primary one', () => {
    const looks = [poll(20, under('CODE_DEPLOY', [taskSet()])), poll(100, under('CODE_DEPLOY', [green]))]
    expect(followed(looks).reason).toEqual({ kind: 'waits-for-traffic' })
  })

  test('given up with nothing in its place', () => {
    const looks = [poll(20, under('EXTERNAL', [taskSet()])), poll(100, under('EXTERNAL', []))]
    expect(followed(looks)).toMatchObject({ phase: 'failed', reason: { kind: 'task-set-removed', id: OURS } })
  })

  test('stable, but with a task too few', () => {
    const few = { ...green, runningCount: 1, status: 'PRIMARY' }
    const looks = [poll(20, under('EXTERNAL', [taskSet()])), poll(100, under('EXTERNAL', [few]))]
    expect(followed(looks).reason).toEqual({ kind: 'tasks-run', running: 1, desired: 2, pending: 0 })
  })

  test('EXTERNAL: the only set, stable', () => {
    const looks = [poll(20, under('EXTERNAL', [taskSet()])), poll(100, under('EXTERNAL', [green]))]
    expect(followed(looks).phase).toBe('steady')
  })
})

describe('reasons of our own to leave', () => {
  test('out of time', () => {
    const state = followed([poll(20), poll(1801)])
    expect(state).toMatchObject({ phase: 'timed-out', over: true })
    expect(reasonText(state).en).toContain('30 min (wait-for-minutes)')
  })

  test('a rollback under way at the end of the budget is a failure, not an unknown end', () => {
    const state = followed([
      poll(20),
      poll(1801, { service: service({ circuitBreaker: rollsBack, deployments: [back, broken] }) }),
    ])
    expect(state).toMatchObject({ phase: 'rolling-back', over: true })
  })

  function silent(seconds: number, because: 'denied' | 'throttled', detail: string): Poll {
    const missing = unread(because, 'ecs:DescribeServices', detail)
    return { ...poll(seconds), service: missing, running: missing, stopped: missing, serviceDeployments: missing }
  }

  test('throttled looks are missed looks', () => {
    const throttled = [40, 60, 100].map((seconds) => silent(seconds, 'throttled', 'ThrottlingException: Rate exceeded'))
    expect(followed([poll(20), ...throttled])).toMatchObject({ phase: 'rolling', over: false })
    expect(followed([poll(20), ...throttled, poll(110, { service: service({ deployments: [done] }) })]).phase).toBe(
      'steady',
    )
  })

  test('five minutes without an answer are lost contact', () => {
    expect(followed([poll(20), silent(330, 'throttled', 'ThrottlingException')])).toMatchObject({
      phase: 'lost',
      over: true,
    })
  })

  test('credentials that expired are said plainly', () => {
    const expired = [40, 50].map((seconds) =>
      silent(seconds, 'denied', 'ExpiredTokenException: The security token included in the request is expired'),
    )
    const state = followed([poll(20), ...expired])
    expect(state).toMatchObject({ phase: 'lost', over: true })
    expect(reasonText(state).en).toContain('role-duration-seconds')
    expect(reasonText(state).ko).toContain('role-duration-seconds')
  })

  test('cancelled: the rollout goes on', () => {
    const state = learn(followed([poll(20)]), { cancelledAt: at(30) }, at(30))
    expect(state).toMatchObject({ phase: 'cancelled', over: true })
    expect(reasonText(state).en).toContain('goes on')
  })

  test('a rollout that ended in the meantime was not cancelled', () => {
    const state = followed([poll(20), poll(100, { service: service({ deployments: [done] }) })])
    expect(learn(state, { cancelledAt: at(101) }, at(101)).phase).toBe('steady')
  })
})

describe('fail fast', () => {
  const twice = [failedToStart('t1', NO_SUCH_IMAGE), failedToStart('t2', NO_SUCH_IMAGE)]
  const inC = { subnetId: SUBNET_C, availabilityZone: 'ap-northeast-2c' }

  test('a permanent answer once is no pattern', () => {
    expect(followed([poll(220, { tasks: twice.slice(0, 1) })])).toMatchObject({ phase: 'rolling', hopeless: null })
  })

  test('a permanent answer to two tasks ends it', () => {
    const state = followed([poll(220, { tasks: twice })])
    expect(state).toMatchObject({ phase: 'failed', over: true })
    expect(reasonText(state).en).toContain('2 tasks')
  })

  test('not while a task is on its way where nobody got this answer', () => {
    const elsewhere = running('t3', { ...inC, startedAt: null, lastStatus: 'PENDING' })
    expect(followed([poll(220, { tasks: [...twice, elsewhere] })])).toMatchObject({ phase: 'rolling', hopeless: null })
    const there = { ...elsewhere, subnetId: SUBNET_A }
    expect(followed([poll(220, { tasks: [...twice, there] })])).toMatchObject({ phase: 'failed', over: true })
  })

  test('unless a task of the same deployment started', () => {
    expect(followed([poll(220, { tasks: [...twice, running('t3')] })]).phase).toBe('rolling')
  })

  test('a network answer in one of two subnets goes on', () => {
    const tasks = [failedToStart('t1', S3_TIMEOUT, inC), failedToStart('t2', S3_TIMEOUT, inC), running('t3')]
    expect(followed([poll(220, { tasks })])).toMatchObject({ phase: 'rolling', hopeless: null })
    const noneYet = tasks.slice(0, 2)
    expect(followed([poll(220, { tasks: noneYet })])).toMatchObject({ phase: 'rolling', hopeless: null })
  })

  test('a network answer in every subnet ends it', () => {
    const tasks = [failedToStart('t1', S3_TIMEOUT, inC), failedToStart('t2', S3_TIMEOUT)]
    const state = followed([poll(220, { tasks })])
    expect(state).toMatchObject({ phase: 'failed', over: true })
    expect(reasonText(state).en).toContain(SUBNET_C)
  })

  test('not while a task is on its way in a subnet that has not failed', () => {
    const three = service({ subnetIds: [SUBNET_C, SUBNET_A] })
    const tasks = [
      failedToStart('t1', S3_TIMEOUT, inC),
      failedToStart('t2', S3_TIMEOUT, inC),
      running('t3', { startedAt: null, lastStatus: 'PENDING' }),
    ]
    expect(followed([poll(220, { service: three, tasks })]).phase).toBe('rolling')
  })

  test('without subnets, three failures and nothing on its way', () => {
    const bridge = service({ subnetIds: [] })
    const nowhere = { subnetId: null, availabilityZone: 'ap-northeast-2a' }
    const tasks = ['t1', 't2', 't3'].map((id) => failedToStart(id, S3_TIMEOUT, nowhere))
    expect(followed([poll(220, { service: bridge, tasks })]).phase).toBe('failed')
    const pending = running('t4', { ...nowhere, startedAt: null, lastStatus: 'PENDING' })
    expect(followed([poll(220, { service: bridge, tasks: [...tasks, pending] })]).phase).toBe('rolling')
    // ECS always has the next one on its way.
    const more = ['t5', 't6'].map((id) => failedToStart(id, S3_TIMEOUT, nowhere))
    expect(followed([poll(220, { service: bridge, tasks: [...tasks, ...more, pending] })]).phase).toBe('failed')
  })

  test('a subnet that was never tried may be the one that works', () => {
    const many = Array.from({ length: 9 }, (_, number) => failedToStart(`t${number}`, S3_TIMEOUT, inC))
    expect(followed([poll(220, { tasks: many })])).toMatchObject({ phase: 'rolling', hopeless: null })
  })

  describe('a crash loop', () => {
    const crashes = [1, 2, 3, 4, 5].map((number) =>
      exited(`c${number}`, 1, {
        startedAt: at(number * 60),
        stoppingAt: at(number * 60 + 5),
        stoppedAt: at(number * 60 + 10),
      }),
    )

    test('ends after five of them', () => {
      expect(followed([poll(400, { tasks: crashes.slice(0, 4) })]).phase).toBe('rolling')
      expect(followed([poll(400, { tasks: crashes })])).toMatchObject({ phase: 'failed', over: true })
    })

    test('not while another task of the revision stays up', () => {
      expect(followed([poll(400, { tasks: [...crashes, running('up', { startedAt: at(60) })] })]).phase).toBe('rolling')
    })
  })

  test('a circuit breaker that rolls back is given its time', () => {
    const guarded = service({ circuitBreaker: rollsBack })
    const state = followed([poll(220, { service: guarded, tasks: twice })])
    expect(state).toMatchObject({ phase: 'rolling', over: false })
    expect(state.hopeless).not.toBeNull()
    expect(
      followed([poll(220, { service: guarded, tasks: twice }), poll(401, { service: guarded, tasks: twice })]).phase,
    ).toBe('failed')
  })

  test('with on-failure: rollback the end of the rollback is waited for, unless it was refused', () => {
    const state = followed([poll(220, { tasks: twice })], { onFailure: 'rollback' })
    expect(state.over).toBe(false)
    const accepted = { at: at(221), accepted: true, detail: '' }
    expect(learn(state, { rollbackAsked: accepted }, at(221)).over).toBe(false)
    const refused = { at: at(221), accepted: false, detail: 'AccessDeniedException' }
    expect(learn(state, { rollbackAsked: refused }, at(221))).toMatchObject({ phase: 'failed', over: true })
  })
})

test('a service without any primary deployment is nothing to follow', () => {
  const bare = { service: service({ deployments: [] }) }
  expect(followed([poll(20, bare), poll(70, bare)])).toMatchObject({ phase: 'rolling', over: false })
  const state = followed([poll(20, bare), poll(85, bare)])
  expect(state).toMatchObject({ phase: 'lost', over: true })
  expect(reasonText(state).en).toContain('nothing to follow')
})

test('looks without tasks or service deployments still tell the end', () => {
  const denied = unread('denied', 'ecs:ListTasks', 'AccessDeniedException')
  const blind = {
    ...poll(20, { service: service({ deployments: [done] }) }),
    running: denied,
    stopped: denied,
    serviceDeployments: denied,
  }
  expect(followed([blind])).toMatchObject({ phase: 'steady', over: true })
  expect(followed([{ ...blind, service: known(null) }])).toMatchObject({ phase: 'rolling', over: false })
})

describe('steady when it was first seen', () => {
  const steady = deployment({ rolloutState: 'COMPLETED', runningCount: 2, createdAt: at(0) })
  const seen = (messages: readonly (readonly [string, number])[], because: 'denied' | 'throttled' = 'denied') => {
    const events = messages.map(([message, seconds], nth) => ({ id: `e${nth}`, at: at(seconds), message }))
    return {
      ...poll(20, { service: service({ deployments: [steady], events }) }),
      serviceDeployments: unread(because, 'ecs:ListServiceDeployments'),
    }
  }
  const failed = `(service web) (deployment ${OLD}) deployment failed: tasks failed to start.`
  const back = (id: string) => `(service web) rolling back to deployment ${id}.`

  test.each<readonly [string, readonly (readonly [string, number])[], string | null, RolloutPhase]>([
    ['it is', [], OURS, 'steady'],
    [
      'it was gone back to, by its id',
      [
        [failed, -1],
        [back(OURS), 0],
      ],
      OLD,
      'rolled-back',
    ],
    [
      'it was made to go back to another',
      [
        [failed, 1],
        [back(NEXT), 2],
      ],
      OLD,
      'rolled-back',
    ],
    ['what failed is not told', [[back(OURS), 0]], OURS, 'rolling'],
    [
      'it was deployed after a rollback',
      [
        [failed, -20],
        [back(NEXT), -10],
      ],
      OURS,
      'steady',
    ],
    [
      'it was deployed long before one',
      [
        [failed, 20],
        [back(NEXT), 16],
      ],
      OURS,
      'steady',
    ],
    [
      'an id that begins as its own',
      [
        [failed, -1],
        [back(`${OURS}9`), -1],
      ],
      OURS,
      'steady',
    ],
  ])('%s', (_, messages, id, phase) => {
    expect(followed([seen(messages)])).toMatchObject({ phase, followed: { id } })
  })

  test('is not told while service deployments may yet be read', () => {
    expect(followed([seen([], 'throttled')])).toMatchObject({ phase: 'rolling', over: false })
  })

  test('is told of one that was named', () => {
    expect(followed([seen([[back(OURS), 0]])], { deploymentId: OURS })).toMatchObject({ phase: 'steady' })
  })
})
