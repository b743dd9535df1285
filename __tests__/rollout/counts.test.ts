/** Tasks by subnet and by Availability Zone, and whether a subnet fails alone. */
import { describe, expect, test } from '@jest/globals'
import type { EcsTask, SubnetCount } from '../../src/domain/rollout.ts'
import { countBySubnet, countByZone, countTasks, failsAlone } from '../../src/rollout/counts.ts'
import { beginRollout, NOTHING_OBSERVED } from '../../src/rollout/state.ts'
import {
  at,
  deployment,
  failedToStart,
  followed,
  NO_SUCH_IMAGE,
  OURS,
  plan,
  poll,
  running,
  SUBNET_A,
  SUBNET_C,
  service,
  task,
} from './world.ts'

const seen = (one: EcsTask) => ({ task: one, seenAt: at(0), lastSeenAt: at(0), stopSeenAt: null, restSeenAt: null })
const inC = { subnetId: SUBNET_C, availabilityZone: 'ap-northeast-2c' }
const nowhere = { subnetId: null, availabilityZone: 'ap-northeast-2d' }

test('by subnet: created, failed and started, in the order of their ids', () => {
  const tasks = [running('c', inC), failedToStart('f', NO_SUCH_IMAGE), running('r'), task('p'), running('n', nowhere)]
  expect(countBySubnet(tasks.map(seen), new Set(['f']), null)).toEqual([
    { subnetId: null, availabilityZone: 'ap-northeast-2d', started: 1, failed: 0, succeeded: 1 },
    { subnetId: SUBNET_A, availabilityZone: 'ap-northeast-2a', started: 3, failed: 1, succeeded: 1 },
    { subnetId: SUBNET_C, availabilityZone: 'ap-northeast-2c', started: 1, failed: 0, succeeded: 1 },
  ])
})

test('one that started and failed has not succeeded', () => {
  expect(countBySubnet([seen(running('r'))], new Set(['r']), null)).toMatchObject([{ failed: 1, succeeded: 0 }])
})

test('a zone that one task of a subnet tells is that of the subnet', () => {
  const tasks = [task('a', { availabilityZone: null }), task('b')].map(seen)
  expect(countBySubnet(tasks, new Set(), null)).toMatchObject([{ availabilityZone: 'ap-northeast-2a', started: 2 }])
})

test('by zone: the subnets of each together', () => {
  const count = (subnetId: string, availabilityZone: string | null) => ({
    subnetId,
    availabilityZone,
    started: 3,
    failed: 1,
    succeeded: 2,
  })
  expect(countByZone([count('s1', 'b'), count('s2', 'a'), count('s3', 'b'), count('s4', null)])).toEqual([
    { availabilityZone: null, started: 3, failed: 1, succeeded: 2 },
    { availabilityZone: 'a', started: 3, failed: 1, succeeded: 2 },
    { availabilityZone: 'b', started: 6, failed: 2, succeeded: 4 },
  ])
})

describe('a subnet fails alone', () => {
  const count = (subnetId: string | null, failed: number, succeeded: number): SubnetCount => ({
    subnetId,
    availabilityZone: null,
    started: failed + succeeded,
    failed,
    succeeded,
  })
  test.each<[string, readonly SubnetCount[], string | null, boolean]>([
    ['where the others start', [count('a', 1, 0), count('b', 0, 1)], 'a', true],
    ['not where another fails', [count('a', 1, 0), count('b', 0, 1), count('c', 1, 1)], 'a', false],
    ['not where no other has started', [count('a', 1, 0), count('b', 0, 0)], 'a', false],
    ['not where it is the only one', [count('a', 1, 0)], 'a', false],
    ['not where something starts in it', [count('a', 1, 1), count('b', 0, 1)], 'a', false],
    ['not where nothing failed in it', [count('a', 0, 0), count('b', 0, 1)], 'a', false],
    ['not where nobody knows it', [count(null, 1, 0), count('b', 0, 1)], null, false],
    ['not where it was not tried', [count('b', 0, 1)], 'a', false],
  ])('%s', (_, counts, subnetId, expected) => {
    expect(failsAlone(counts, subnetId)).toBe(expected)
  })
})

describe('how many started and failed', () => {
  test('as they were seen', () => {
    const tasks = [running('a'), running('b'), failedToStart('f', NO_SUCH_IMAGE)]
    expect(countTasks(followed([poll(220, { tasks })]))).toEqual({ started: 3, failed: 1, successRate: 0.667 })
  })
  test('as ECS counted them, where that is more', () => {
    const counted = service({ deployments: [deployment({ failedTasks: 4 })] })
    expect(countTasks(followed([poll(220, { service: counted })]))).toEqual({ started: 4, failed: 4, successRate: 0 })
  })
  test('of a deployment that has not appeared, none', () => {
    const blank = { ...beginRollout(plan()), observed: { ...NOTHING_OBSERVED, mostFailed: { [OURS]: 3 } } }
    expect(countTasks(blank)).toEqual({ started: 0, failed: 0, successRate: null })
  })
})
