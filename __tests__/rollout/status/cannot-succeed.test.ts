/** Can this deployment still succeed? Condition by condition. */
import { describe, expect, test } from '@jest/globals'
import type { EcsTask } from '../../../src/domain/rollout.ts'
import { learn } from '../../../src/rollout/step.ts'
import { seoul } from '../grounds.ts'
import {
  at,
  deployment,
  exited,
  failedToStart,
  followed,
  NO_SUCH_IMAGE,
  poll,
  running,
  S3_TIMEOUT,
  SUBNET_A,
  SUBNET_C,
  service,
  task,
} from '../world.ts'

const inC = { subnetId: SUBNET_C, availabilityZone: 'ap-northeast-2c' }
const nowhere = { subnetId: null, availabilityZone: null }

function hopeless(tasks: readonly EcsTask[], fields: Parameters<typeof service>[0] = {}) {
  return followed([poll(220, { tasks, service: service(fields) })]).hopeless
}

describe('the same answer twice', () => {
  const twice = [failedToStart('t1', NO_SUCH_IMAGE), failedToStart('t2', NO_SUCH_IMAGE)]
  const expected = { kind: 'same-answer', tasks: 2, label: 'pull/image-not-found' }
  test('is enough', () => {
    expect(hopeless(twice)).toEqual(expected)
  })
  test.each<[string, readonly EcsTask[]]>([
    ['once is not', twice.slice(0, 1)],
    ['not while a task outside of the failing subnet may start', [...twice, task('t3', inC)]],
    ['not where a task has started', [...twice, exited('t3', 0)]],
    [
      'not two answers',
      [failedToStart('t1', NO_SUCH_IMAGE), failedToStart('t2', 'CannotPullContainerError: no space left on device')],
    ],
    ['not of the network', [failedToStart('t1', S3_TIMEOUT), failedToStart('t2', S3_TIMEOUT)]],
  ])('%s', (_, tasks) => {
    expect(hopeless(tasks)).toBeNull()
  })
  test('also while a task in the failing subnet is on its way', () => {
    expect(hopeless([...twice, task('t3')])).toEqual(expected)
  })
  test('also where nobody knows the subnets', () => {
    const unplaced = ['t1', 't2'].map((id) => failedToStart(id, NO_SUCH_IMAGE, nowhere))
    expect(hopeless([...unplaced, task('t3', inC)])).toEqual(expected)
  })
  test('of a start does not count while another task runs', () => {
    const text = 'CannotStartContainerError: Error response from daemon: exec format error'
    const fallen = ['t1', 't2'].map((id) => failedToStart(id, text))
    expect(hopeless(fallen)).toMatchObject({ kind: 'same-answer', label: 'start/exec-format' })
    expect(hopeless([...fallen, exited('t3', 1)])).toMatchObject({ kind: 'same-answer' })
    expect(hopeless([...fallen, running('t3')])).toBeNull()
  })
})

describe('every subnet of the service', () => {
  const everywhere = [failedToStart('t1', S3_TIMEOUT), failedToStart('t2', S3_TIMEOUT, inC)]
  test('fails', () => {
    expect(hopeless(everywhere)).toEqual({ kind: 'every-subnet', subnetIds: [SUBNET_A, SUBNET_C] })
  })
  test.each<[string, readonly EcsTask[]]>([
    ['not where one has not failed', everywhere.slice(0, 1)],
    ['not where a task has started', [...everywhere, exited('t3', 1)]],
    [
      'not while a task is on its way to a subnet that is no longer named',
      [...everywhere, task('t3', { subnetId: 'subnet-9' })],
    ],
  ])('%s', (_, tasks) => {
    expect(hopeless(tasks)).toBeNull()
  })
  test('one proved failure is enough where the other subnet is blocked just so', () => {
    const state = followed([poll(220, { tasks: [failedToStart('t1', S3_TIMEOUT, inC)] })])
    const blocked = seoul({ [`${SUBNET_C} s3-layers`]: 'blocked', [`${SUBNET_A} s3-layers`]: 'blocked' })
    const other = seoul({ [`${SUBNET_C} s3-layers`]: 'blocked', [`${SUBNET_A} ecr-api`]: 'blocked' })
    expect(learn(state, { preflight: blocked }, at(221)).hopeless).toMatchObject({ kind: 'every-subnet' })
    expect(learn(state, { preflight: other }, at(221)).hopeless).toBeNull()
    expect(learn(state, { preflight: seoul() }, at(221)).hopeless).toBeNull()
  })
  test('one failure that is not proved is not', () => {
    expect(hopeless([failedToStart('t1', S3_TIMEOUT)], { subnetIds: [SUBNET_A] })).toBeNull()
    expect(
      hopeless(
        ['t1', 't2'].map((id) => failedToStart(id, S3_TIMEOUT)),
        { subnetIds: [SUBNET_A] },
      ),
    ).not.toBeNull()
  })
})

describe('without subnets to tell them apart', () => {
  const fallen = (count: number) => Array.from({ length: count }, (_, n) => failedToStart(`t${n}`, S3_TIMEOUT, nowhere))
  const next = task('next', nowhere)
  test.each<[number, boolean, boolean]>([
    [2, false, false],
    [3, false, true],
    [4, true, false],
    [5, true, true],
  ])('%d failures, the next one on its way: %s', (count, hasNext, expected) => {
    const why = hopeless(hasNext ? [...fallen(count), { ...next, subnetId: null }] : fallen(count), { subnetIds: [] })
    expect(why).toEqual(expected ? { kind: 'every-start', starts: count } : null)
  })
})

describe('tasks that start and end again', () => {
  const fallen = (count: number, fields: Partial<EcsTask> = {}) =>
    Array.from({ length: count }, (_, n) => exited(`t${n}`, 1, fields))
  const wants = (desiredCount: number) => ({ desiredCount, deployments: [deployment({ desiredCount })] })

  test.each<[number, number, boolean]>([
    [4, 2, false],
    [5, 2, true],
    [5, 10, true],
    [5, 11, false],
    [6, 11, true],
  ])('%d of them, where %d are wanted: %s', (count, desired, expected) => {
    expect(hopeless(fallen(count), wants(desired))).toEqual(expected ? { kind: 'crash-loop', tasks: count } : null)
  })

  // Those that fell were up for 15 seconds, the last of them until second 60.
  test.each<[string, Partial<EcsTask>, boolean]>([
    ['a task that is up for longer than half a minute', { startedAt: at(29) }, false],
    ['a task that is up for no longer than that', { startedAt: at(30) }, true],
  ])('%s', (_, fields, expected) => {
    expect(hopeless([...fallen(5), running('up', fields)]) !== null).toBe(expected)
  })

  test('one that was up for twice as long as the longest that fell speaks for the revision', () => {
    const slow = fallen(5, { startedAt: at(10) })
    const [first, ...others] = slow
    const long = first === undefined ? [] : [{ ...first, stoppingAt: at(40) }, ...others]
    expect(hopeless([...long, running('up', { startedAt: at(-21) })])).toBeNull()
    expect(hopeless([...long, running('up', { startedAt: at(-19) })])).toMatchObject({ kind: 'crash-loop' })
  })
})
