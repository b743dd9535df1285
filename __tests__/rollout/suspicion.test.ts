/** A pull that hangs in a doubtful subnet is suspected before ECS gives up. */
import { describe, expect, test } from '@jest/globals'
import type { TaskSeen } from '../../src/domain/rollout.ts'
import type { Grounds } from '../../src/rollout/grounds.ts'
import { beginRollout } from '../../src/rollout/state.ts'
import { learn, step } from '../../src/rollout/step.ts'
import { seoul } from './grounds.ts'
import { at, failedToStart, look, NO_SUCH_IMAGE, plan, running, S3_TIMEOUT, SUBNET_C, task } from './world.ts'

const inC = { subnetId: SUBNET_C, zone: 'ap-northeast-2c' }

function watched(sights: readonly (readonly [seconds: number, task: TaskSeen])[], grounds: Grounds) {
  const start = learn(beginRollout(plan()), { grounds }, at(0))
  return sights.reduce((state, [seconds, one]) => {
    const seen = look(seconds, { tasks: [one] })
    return step(state, seen, seen.at)
  }, start)
}

const pulling = task('t1', { ...inC, version: 2, lastStatus: 'PENDING' })

describe('in a subnet with a blocked path', () => {
  test('not while it takes no longer than usual', () => {
    expect(
      watched(
        [
          [6, pulling],
          [30, pulling],
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
    const seen = look(200, { tasks: [failedToStart('t1', S3_TIMEOUT, inC)] })
    expect(step(suspected, seen, seen.at).suspicions).toMatchObject([{ state: 'confirmed', at: at(60) }])
  })

  test('withdrawn by its start', () => {
    const seen = look(200, { tasks: [running('t1', inC)] })
    expect(step(suspected, seen, seen.at).suspicions).toMatchObject([{ state: 'withdrawn' }])
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

test('a task that was there before the watch has waited already', () => {
  const begun = { ...pulling, pullStartedAt: at(-60) }
  expect(watched([[1, begun]], seoul()).suspicions).toHaveLength(1)
})
