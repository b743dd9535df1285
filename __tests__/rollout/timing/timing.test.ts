/** Where the time of a rollout goes. */
import { describe, expect, test } from '@jest/globals'
import { aheadMs } from '../../../src/rollout/observe/clocks.ts'
import { lostSeconds, median, phasesOf, spanOf } from '../../../src/rollout/timing/timing.ts'
import {
  at,
  deployment,
  failedToStart,
  followed,
  NO_SUCH_IMAGE,
  OLD,
  old,
  poll,
  running,
  type Sight,
  service,
  serviceDeployment,
  task,
} from '../world.ts'

const done = service({ deployments: [deployment({ runningCount: 2, rolloutState: 'COMPLETED', updatedAt: at(90) })] })

test.each<[readonly number[], number | null]>([
  [[], null],
  [[7], 7],
  [[9, 1, 4], 4],
  [[8, 2, 4, 6], 5],
])('the middle of %j is %s', (values, expected) => {
  expect(median(values)).toBe(expected)
})

describe('a rollout lasts', () => {
  test.each<[string, Sight, readonly [number, number | null, number]]>([
    ['from its creation until now, while it goes on', {}, [0, null, 100]],
    ['until it was completed', { service: done }, [0, 90, 90]],
    [
      'as its service deployment says',
      {
        service: done,
        serviceDeployments: [serviceDeployment({ startedAt: at(10), finishedAt: at(95), status: 'SUCCESSFUL' })],
      },
      [10, 95, 85],
    ],
    [
      'until now, where ECS decides nothing',
      { service: service({ deployments: [deployment({ rolloutState: null, runningCount: 2 })] }) },
      [0, 100, 100],
    ],
  ])('%s', (_, sight, [from, to, seconds]) => {
    const span = spanOf(followed([poll(100, sight)]))
    expect(span).toEqual({ startedAt: at(from), endedAt: to === null ? null : at(to), seconds })
  })
})

describe('the phases', () => {
  const times = (id: string, [created, pulling, pulled, started]: readonly number[]) =>
    running(id, {
      createdAt: at(created ?? 0),
      pullStartedAt: at(pulling ?? 0),
      pullStoppedAt: at(pulled ?? 0),
      startedAt: at(started ?? 0),
    })
  const tasks = [times('a', [4, 10, 20, 25]), times('b', [5, 15, 45, 60])]
  const drained = running('o', {
    startedBy: OLD,
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    stoppingAt: at(61),
    stoppedAt: at(71),
  })
  const phases = (sight: Sight) =>
    Object.fromEntries(phasesOf(followed([poll(100, sight)])).map(({ phase, seconds }) => [phase, seconds]))

  test('of the tasks that started, in the middle', () => {
    expect(phases({ tasks: [...tasks, drained] })).toEqual({ placement: 4, init: 8, pull: 20, start: 10, drain: 10 })
  })
  test('not of those that failed', () => {
    const fallen = failedToStart('f', NO_SUCH_IMAGE, {
      pullStartedAt: at(20),
      pullStoppedAt: at(190),
      startedAt: at(200),
    })
    expect(phases({ tasks: [...tasks, fallen] })).toMatchObject({ pull: 20 })
  })
  test('to the end that is steady: from the last start', () => {
    expect(phases({ tasks, service: done })).toMatchObject({ health: 30 })
  })
  test('a bake is its own, and no part of health', () => {
    const baked = serviceDeployment({ status: 'SUCCESSFUL', bakeMinutes: 0.25, startedAt: at(0), finishedAt: at(90) })
    expect(phases({ tasks, service: done, serviceDeployments: [baked] })).toMatchObject({ health: 15, bake: 15 })
  })
  test('of times that contradict each other there are none', () => {
    expect(phases({ tasks: [times('a', [30, 10, 20, 25])] })).not.toHaveProperty('init')
  })
  test('the drain is of what ran before, not of tasks of nobody', () => {
    expect(phases({ tasks: [...tasks, { ...drained, startedBy: null }] })).not.toHaveProperty('drain')
    expect(phases({ tasks: [...tasks, { ...drained, stoppedAt: null }] })).not.toHaveProperty('drain')
  })
})

describe('seconds that were lost to starts that failed', () => {
  const lost = (...spans: readonly (readonly [number, number])[]) =>
    lostSeconds(
      followed([
        poll(300, {
          tasks: spans.map(([from, to], n) =>
            failedToStart(`f${n}`, NO_SUCH_IMAGE, { createdAt: at(from), stoppedAt: at(to) }),
          ),
        }),
      ]),
    )
  test.each<[string, readonly (readonly [number, number])[], number]>([
    ['none', [], 0],
    ['one', [[10, 40]], 30],
    [
      'one after the other',
      [
        [10, 40],
        [50, 60],
      ],
      40,
    ],
    [
      'side by side',
      [
        [10, 40],
        [20, 60],
      ],
      50,
    ],
    [
      'one within the other',
      [
        [10, 60],
        [20, 40],
      ],
      50,
    ],
  ])('%s', (_, spans, seconds) => {
    expect(lost(...spans)).toBe(seconds)
  })
  test('not of tasks that run', () => {
    expect(lostSeconds(followed([poll(100, { tasks: [running('r')] })]))).toBe(0)
  })
})

describe('our clock', () => {
  const changing = (lag: number) => [task('a', { createdAt: at(50 - lag) }), task('b', { createdAt: at(120 - lag) })]
  const ahead = (lag: number) => {
    const [a, b] = changing(lag)
    const still = { service: service({ deployments: [deployment({ updatedAt: at(-999), createdAt: at(-999) })] }) }
    const tasks = [a, b].flatMap((one) => one ?? [])
    return aheadMs(
      followed([poll(50, { ...still, tasks: tasks.slice(0, 1) }), poll(120, { ...still, tasks })]).observed,
    )
  }
  test.each<[number, number]>([
    [0, 0],
    [30, 0],
    [31, 31_000],
    [-20, -20_000],
  ])('that is %d seconds ahead of what changes: %d ms', (lag, expected) => {
    expect(ahead(lag)).toBe(expected)
  })
  test('says nothing where nothing changes', () => {
    const still = { service: service({ deployments: [old({ id: 'ecs-svc/1', status: 'PRIMARY' })] }) }
    expect(aheadMs(followed([poll(50, still), poll(900, still)]).observed)).toBe(0)
  })
})
