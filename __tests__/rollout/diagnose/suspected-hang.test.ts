/** A pull that hangs in a doubtful subnet is suspected before ECS gives up. */
import { describe, expect, test } from '@jest/globals'
import type { Outcome } from '../../../src/domain/path.ts'
import type { EcsTask } from '../../../src/domain/rollout.ts'
import type { PreflightEvidence } from '../../../src/rollout/diagnose/preflight-evidence.ts'
import { newsOf } from '../../../src/rollout/news.ts'
import { beginRollout } from '../../../src/rollout/state.ts'
import { learn, step } from '../../../src/rollout/step.ts'
import { finding, seoul } from '../grounds.ts'
import {
  at,
  deployment,
  failedToStart,
  NO_SUCH_IMAGE,
  plan,
  poll,
  running,
  S3_TIMEOUT,
  SUBNET_C,
  service,
  task,
} from '../world.ts'

const NO_TOKEN =
  'ResourceInitializationError: unable to pull secrets or registry auth: RequestError: send request failed caused by: Post "https://api.ecr.ap-northeast-2.amazonaws.com/": dial tcp 52.95.193.92:443: i/o timeout'
const inC = { subnetId: SUBNET_C, availabilityZone: 'ap-northeast-2c' }

function watched(sights: readonly (readonly [seconds: number, task: EcsTask])[], preflight: PreflightEvidence) {
  const start = learn(beginRollout(plan()), { preflight }, at(0))
  return sights.reduce((state, [seconds, one]) => {
    const observed = poll(seconds, { tasks: [one] })
    return step(state, observed, observed.at)
  }, start)
}

const pulling = task('t1', { ...inC, version: 2, lastStatus: 'PENDING' })

describe('how long a pull may take', () => {
  const usually = (seconds: readonly number[]) => ({ ...seoul(), startSeconds: seconds })
  const doubtful = { [`${SUBNET_C} s3-layers`]: 'indeterminate' } as const
  const isSuspected = (after: number, preflight: PreflightEvidence) =>
    watched(
      [
        [10, pulling],
        [10 + after, pulling],
      ],
      preflight,
    ).suspicions.length > 0
  test.each<[string, PreflightEvidence, number]>([
    ['as long as usual, where the path is blocked', usually([20]), 20],
    ['30 seconds at most, however slow the service', usually([100]), 30],
    ['5 seconds at least', usually([1]), 5],
    ['10 seconds, where nothing is known', usually([]), 10],
    ['three times as long as usual, where there is doubt', { ...seoul(doubtful), startSeconds: [20] }, 60],
    ['9 seconds at least, where there is doubt', { ...seoul(doubtful), startSeconds: [1] }, 9],
    ['a minute, where there is doubt and no history', { ...seoul(doubtful), startSeconds: [] }, 60],
  ])('%s', (_, preflight, seconds) => {
    expect([isSuspected(seconds - 1, preflight), isSuspected(seconds, preflight)]).toEqual([false, true])
  })
})

test('the usual time is what tasks of this rollout took, before what ran earlier', () => {
  const quick = running('t0', { createdAt: at(5), pullStoppedAt: at(15) })
  const unknown = [running('u1', { pullStoppedAt: null }), running('u2', { createdAt: null })]
  const doubtful = { ...seoul({ [`${SUBNET_C} s3-layers`]: 'indeterminate' }), startSeconds: [20] }
  const after = (seconds: number) => {
    const start = learn(beginRollout(plan()), { preflight: doubtful }, at(0))
    return [40, 40 + seconds].reduce((state, time) => {
      const next = poll(time, { tasks: [quick, ...unknown, { ...pulling, createdAt: at(40) }] })
      return step(state, next, next.at)
    }, start).suspicions.length
  }
  expect([after(29), after(30)]).toEqual([0, 1])
})

describe('what becomes of a suspicion', () => {
  const doubted = (cause: 's3-route-missing' | null, destination: string | null): PreflightEvidence => {
    const outcome = { [`${SUBNET_C} ${destination ?? 's3-layers'}`]: 'blocked' } as const
    return { ...seoul(outcome), findings: cause === null ? [] : seoul().findings }
  }
  const ended = (text: string, preflight: PreflightEvidence) =>
    watched(
      [
        [2, pulling],
        [60, pulling],
        [215, failedToStart('t1', text, inC)],
      ],
      preflight,
    ).suspicions.map(({ state }) => state)

  test('confirmed where it failed on the way to the same destination', () => {
    expect(ended(S3_TIMEOUT, doubted(null, 's3-layers'))).toEqual(['confirmed'])
  })
  test('withdrawn where it failed on the way to another, and nobody knows a cause', () => {
    expect(ended(NO_TOKEN, doubted(null, 's3-layers'))).toEqual(['withdrawn'])
  })
  test('withdrawn where no packet was at fault', () => {
    expect(ended(NO_SUCH_IMAGE, doubted(null, 's3-layers'))).toEqual(['withdrawn'])
  })
  test('confirmed where the text says nothing', () => {
    expect(ended('something new', doubted(null, 's3-layers'))).toEqual(['confirmed'])
  })
  test('confirmed where it failed elsewhere for the same cause', () => {
    const both = [
      { subnetId: SUBNET_C, destination: 's3-layers' },
      { subnetId: SUBNET_C, destination: 'ecr-api' },
    ]
    const preflight = {
      ...seoul({ [`${SUBNET_C} s3-layers`]: 'blocked', [`${SUBNET_C} ecr-api`]: 'blocked' }),
      findings: [finding('s3-route-missing', both)],
    }
    const [before] = watched(
      [
        [2, pulling],
        [60, pulling],
      ],
      preflight,
    ).suspicions
    const other = before?.destination === 'ecr-api' ? S3_TIMEOUT : NO_TOKEN
    expect(ended(other, preflight)).toEqual(['confirmed'])
  })
})

describe('in a subnet with a blocked path', () => {
  test('not while it takes no longer than usual', () => {
    expect(
      watched(
        [
          [6, pulling],
          [26, pulling],
        ],
        seoul(),
      ).suspicions,
    ).toEqual([])
  })

  const suspected = watched(
    [
      [2, pulling],
      [6, pulling],
      [60, pulling],
    ],
    seoul(),
  )

  test('after less than half of the time that ECS takes to give up', () => {
    expect(suspected.suspicions).toEqual([
      {
        taskId: 't1',
        subnetId: SUBNET_C,
        at: at(60),
        destination: 's3-layers',
        cause: 's3-route-missing',
        state: 'suspected',
      },
    ])
  })

  test('confirmed by its failure, at the time of the suspicion', () => {
    const observed = poll(200, { tasks: [failedToStart('t1', S3_TIMEOUT, inC)] })
    expect(step(suspected, observed, observed.at).suspicions).toMatchObject([{ state: 'confirmed', at: at(60) }])
  })

  test('withdrawn by its start', () => {
    const observed = poll(200, { tasks: [running('t1', inC)] })
    expect(step(suspected, observed, observed.at).suspicions).toMatchObject([{ state: 'withdrawn' }])
  })
})

test('withdrawn by a failure that has nothing to do with the path', () => {
  const sights = [
    [2, pulling],
    [60, pulling],
    [80, failedToStart('t1', NO_SUCH_IMAGE, inC)],
  ] as const
  expect(watched(sights, seoul()).suspicions).toMatchObject([{ state: 'withdrawn' }])
})

test('withdrawn by a failure on the way to somewhere else', () => {
  const sights = [
    [2, pulling],
    [60, pulling],
    [80, failedToStart('t1', NO_TOKEN, inC)],
  ] as const
  expect(watched(sights, seoul()).suspicions).toMatchObject([{ destination: 's3-layers', state: 'withdrawn' }])
})

test('a task that waits for capacity or for its interface pulls nothing', () => {
  const waiting = { ...pulling, lastStatus: 'PROVISIONING' }
  expect(
    watched(
      [
        [6, waiting],
        [600, waiting],
      ],
      seoul(),
    ).suspicions,
  ).toEqual([])
})

test('never where every path is open', () => {
  const open = { ...seoul({}), findings: [] }
  expect(
    watched(
      [
        [6, pulling],
        [170, pulling],
      ],
      open,
    ).suspicions,
  ).toEqual([])
})

test('a task that was there before the watch has waited already, where something shows what time it is for ECS', () => {
  const begun = { ...pulling, createdAt: at(5), pullStartedAt: at(5) }
  const start = learn(beginRollout(plan()), { preflight: seoul() }, at(0))
  const watchedAt = (seconds: number, updatedAt: number | null) => {
    const deployments = [deployment({ updatedAt })]
    const observed = poll(seconds, { tasks: [begun], service: service({ deployments }) })
    return step(start, observed, observed.at).suspicions
  }
  expect(watchedAt(65, at(64))).toHaveLength(1)
  // Our clock may as well be a minute ahead, or five.
  expect(watchedAt(65, null)).toEqual([])
  expect(watchedAt(306, at(6))).toEqual([])
})

test('where nothing tells how long a start takes, a blocked path needs less patience than a doubtful one', () => {
  const strange = { ...seoul(), startSeconds: [] }
  const sights = [
    [6, pulling],
    [17, pulling],
  ] as const
  expect(watched(sights, strange).suspicions).toHaveLength(1)
  const dim = { ...seoul({ [`${SUBNET_C} s3-layers`]: 'indeterminate' }), startSeconds: [] }
  expect(watched(sights, dim).suspicions).toEqual([])
})

describe('which destination is suspected', () => {
  const sights = [
    [6, pulling],
    [170, pulling],
  ] as const
  const all = (outcome: Outcome, more: Readonly<Record<string, Outcome>> = {}): PreflightEvidence => ({
    ...seoul({
      [`${SUBNET_C} ecr-api`]: outcome,
      [`${SUBNET_C} ecr-dkr`]: outcome,
      [`${SUBNET_C} s3-layers`]: outcome,
      ...more,
    }),
    findings: [],
  })

  test('none, where the network could not be read at all', () => {
    expect(watched(sights, all('indeterminate')).suspicions).toMatchObject([{ destination: null, cause: null }])
  })

  test('none, where several are in doubt', () => {
    const two = all('indeterminate', { [`${SUBNET_C} ecr-api`]: 'reachable' })
    expect(watched(sights, two).suspicions).toMatchObject([{ destination: null }])
  })

  test('the only one that is in doubt', () => {
    const one = all('reachable', { [`${SUBNET_C} s3-layers`]: 'indeterminate' })
    expect(watched(sights, one).suspicions).toMatchObject([{ destination: 's3-layers' }])
  })

  test('the one that wavers, before those that nobody could read', () => {
    const one = all('indeterminate', { [`${SUBNET_C} ecr-dkr`]: 'intermittent' })
    expect(watched(sights, one).suspicions).toMatchObject([{ destination: 'ecr-dkr' }])
  })

  test('the one at which a task of the same subnet failed before', () => {
    const dark = all('indeterminate')
    const failed = failedToStart('t0', S3_TIMEOUT, inC)
    const start = learn(beginRollout(plan()), { preflight: dark }, at(0))
    const state = [220, 400].reduce((before, seconds) => {
      const observed = poll(seconds, { tasks: [failed, pulling] })
      return step(before, observed, observed.at)
    }, start)
    expect(state.suspicions).toMatchObject([{ taskId: 't1', destination: 's3-layers' }])
    expect(
      newsOf(start, state)
        .map(({ en }) => en)
        .join(' '),
    ).toContain('the path to s3-layers is in doubt')
  })
})

test('a task that ECS no longer describes hangs in nothing', () => {
  const start = learn(beginRollout(plan()), { preflight: seoul() }, at(0))
  const state = [6, 12, 18, 26, 60].reduce((before, seconds) => {
    const observed = seconds === 6 ? poll(seconds, { tasks: [pulling] }) : { ...poll(seconds), absent: ['t1'] }
    return step(before, observed, observed.at)
  }, start)
  expect(state.suspicions).toEqual([])
})
