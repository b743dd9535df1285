/** What whoever stands by hears, and what they hear once only. */
import { describe, expect, test } from '@jest/globals'
import { unread } from '../../src/domain/answer.ts'
import { heartbeat, newsOf } from '../../src/rollout/news.ts'
import { beginRollout, type Rollout } from '../../src/rollout/state.ts'
import { learn, step } from '../../src/rollout/step.ts'
import { seoul } from './grounds.ts'
import {
  at,
  deployment,
  exited,
  failedToStart,
  followed,
  NO_SUCH_IMAGE,
  OURS,
  plan,
  poll,
  running,
  S3_TIMEOUT,
  SUBNET_A,
  SUBNET_C,
  service,
  serviceDeployment,
  task,
} from './world.ts'

const crashes = (count: number) =>
  Array.from({ length: count }, (_, number) => exited(`c${String(number).padStart(3, '0')}`, 1))

test('the first failures of a kind are told one by one, and the others are counted', () => {
  const [none, some, many] = [0, 3, 60].map((count) => followed([poll(100, { tasks: crashes(count) })]))
  if (none === undefined || some === undefined || many === undefined) throw new TypeError('three states')
  const lines = (before: typeof some, after: typeof some) =>
    newsOf(before, after)
      .map(({ en }) => en)
      .filter((line) => line.includes('An essential container ended'))
  expect(lines(none, some)).toHaveLength(3)
  const told = lines(some, many)
  expect(told).toHaveLength(3)
  expect(told.at(-1)).toMatch(/^55 more tasks failed alike \(60 by now, subnet-0a41c7d2e9b35f608\)/)
  expect(lines(many, many)).toEqual([])
})

test('the first of a kind is told with all that speaks for its cause, a fact a line; the next one only by its name', () => {
  const texts = [1, 2].map((count) => followed([poll(100, { tasks: crashes(count) })]))
  const [one, two] = texts
  const none = followed([poll(100, { tasks: [] })])
  if (one === undefined || two === undefined) throw new TypeError('two states')
  const first = newsOf(none, one).map(({ en }) => en)
  expect(first.filter((line) => line.startsWith('Task failed: c000 (subnet-'))).toHaveLength(1)
  expect(first.some((line) => line.startsWith('· ECS said: '))).toBe(true)
  const second = newsOf(one, two).map(({ en }) => en)
  expect(second.filter((line) => line.startsWith('· '))).toEqual([])
  expect(second.filter((line) => line.startsWith('Task failed alike: c001 '))).toHaveLength(1)
})

const linesOf = (before: Rollout, after: Rollout) => newsOf(before, after).map(({ en }) => en)
const nothing = beginRollout(plan())

test('the deployment to follow, once', () => {
  const seen = followed([poll(20)])
  expect(linesOf(nothing, seen)).toEqual([`Following deployment ${OURS}.`, '0 of 2 tasks run.'])
  expect(linesOf(seen, followed([poll(20), poll(24)]))).toEqual([])
})

test('a failure with its cause, its place and what ECS said', () => {
  const preflight = seoul()
  const before = learn(followed([poll(20)]), { preflight }, at(20))
  const inC = { subnetId: SUBNET_C, availabilityZone: 'ap-northeast-2c' }
  const [head, ...facts] = linesOf(
    before,
    step(before, poll(220, { tasks: [failedToStart('t1', S3_TIMEOUT, inC)] }), at(220)),
  )
  expect(head).toBe(
    `Task failed: t1 (${SUBNET_C}, ap-northeast-2c): S3 gave no answer: the image layers did not come. Cause: s3-route-missing rtb-0c9e8d7f6a5b4c3d2 (proved).`,
  )
  expect(facts.at(-1)).toBe(`· ECS said: ${S3_TIMEOUT}`)
  expect(facts.some((line) => line.startsWith(`· The path from ${SUBNET_C} to s3-layers is blocked. `))).toBe(true)
})

test.each([
  [{ subnetId: null, availabilityZone: null }, 'Task failed: t1: An essential container ended.'],
  [{ subnetId: null }, 'Task failed: t1 (ap-northeast-2a): An essential container ended.'],
])('a task of unknown place: %j', (place, line) => {
  expect(linesOf(nothing, followed([poll(100, { tasks: [exited('t1', 1, place)] })]))[1]).toBe(line)
})

test('many of unknown place', () => {
  const unplaced = (count: number) =>
    followed([
      poll(100, {
        tasks: Array.from({ length: count }, (_, n) => exited(`c${n}`, 1, { subnetId: null, availabilityZone: null })),
      }),
    ])
  const lines = linesOf(nothing, unplaced(7)).filter((line) => line.includes('An essential container ended'))
  expect(lines.slice(-2)).toEqual([
    'Task failed alike: c4: An essential container ended (5 by now).',
    '2 more tasks failed alike (7 by now): An essential container ended.',
  ])
})

describe('a failure that three subnets have is counted over the rollout', () => {
  const subnets = [SUBNET_A, SUBNET_C, 'subnet-0b52d8e3fac46a719']
  const failing = (count: number) =>
    followed([
      poll(220, {
        tasks: Array.from({ length: count }, (_, n) =>
          failedToStart(`t${n}`, NO_SUCH_IMAGE, { subnetId: subnets[n % 3] ?? null, availabilityZone: null }),
        ),
      }),
    ])
  const ofTasks = (lines: readonly string[]) => lines.filter((line) => /^Task failed|tasks? failed alike/.test(line))

  test('and told in full once', () => {
    const lines = linesOf(nothing, failing(3))
    expect(ofTasks(lines)).toEqual([
      expect.stringMatching(`^Task failed: t0 \\(${SUBNET_A}\\): `),
      expect.stringMatching(`^Task failed alike: t1 \\(${SUBNET_C}\\): .* \\(2 by now\\)\\.$`),
      expect.stringMatching(`^Task failed alike: t2 \\(${subnets[2]}\\): .* \\(3 by now\\)\\.$`),
    ])
    expect(lines.filter((line) => line.startsWith('· ECS said'))).toHaveLength(1)
  })

  test('with one line for what goes beyond five, and its subnets', () => {
    expect(ofTasks(linesOf(nothing, failing(8))).slice(5)).toEqual([
      expect.stringMatching(`^3 more tasks failed alike \\(8 by now, ${subnets.toSorted().join(', ')}\\): `),
    ])
    expect(ofTasks(linesOf(failing(8), failing(9)))).toEqual([
      expect.stringMatching(`^1 more task failed alike \\(9 by now, ${subnets[2]}\\): `),
    ])
  })
})

test('tasks that hang alike are suspected in full once', () => {
  const preflight = seoul()
  const hangs = ['t1', 't2', 't3'].map((id) => task(id, { lastStatus: 'PENDING', subnetId: SUBNET_C }))
  const early = step(learn(beginRollout(plan()), { preflight }, at(0)), poll(10, { tasks: hangs }), at(10))
  const news = linesOf(early, step(early, poll(90, { tasks: hangs }), at(90)))
  expect(news.map((line) => line.split(':')[0])).toEqual(['Suspected', 'Suspected as well', 'Suspected as well'])
  expect(news[2]).toBe(`Suspected as well: task t3 in ${SUBNET_C} hangs alike (3 by now).`)
})

test('what ECS says of starts in general is of no task', () => {
  const full =
    'service web was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.'
  const events = [{ id: 'e1', at: at(30), message: full }]
  const [, head] = linesOf(nothing, followed([poll(40, { service: service({ events }) })]))
  expect(head).toBe('ECS cannot start a task: AWS has no capacity for the task.')
})

test('a suspicion, and its end', () => {
  const preflight = seoul()
  const start = learn(beginRollout(plan()), { preflight }, at(0))
  const hangs = task('t1', { lastStatus: 'PENDING', subnetId: SUBNET_C })
  const early = step(start, poll(10, { tasks: [hangs] }), at(10))
  const late = step(early, poll(90, { tasks: [hangs] }), at(90))
  const news = linesOf(early, late)
  expect(news).toHaveLength(1)
  expect(news[0]).toContain('the path to s3-layers is in doubt (s3-route-missing)')
  expect(linesOf(late, late)).toEqual([])
  const runs = step(late, poll(100, { tasks: [running('t1', { subnetId: SUBNET_C })] }), at(100))
  expect(linesOf(late, runs)).toEqual(['Suspicion withdrawn: task t1 did not hang on the path to s3-layers.'])
})

test('that it cannot succeed is said once, and its end only where a rollback follows', () => {
  const twice = ['t1', 't2'].map((id) => failedToStart(id, NO_SUCH_IMAGE))
  const before = followed([poll(20)])
  const news = linesOf(before, step(before, poll(220, { tasks: twice }), at(220)))
  expect(news.filter((line) => line.startsWith('2 tasks got the same answer'))).toHaveLength(1)
})

test('a heartbeat counts, and says the reason where it is no count', () => {
  const one = { service: service({ deployments: [deployment({ runningCount: 1 })] }), tasks: [running('t1')] }
  expect(heartbeat(followed([poll(20, one)])).en).toBe('Still under way: 1 of 2 tasks run. 1 started, 0 failed so far.')
  const paused = serviceDeployment({ lifecycleStage: 'BAKE_TIME', bakeMinutes: 5 })
  expect(heartbeat(followed([poll(20, { ...one, serviceDeployments: [paused] })])).en).toMatch(
    /^Still under way: 1 of 2 tasks run\. The new tasks have the traffic, .* 1 started, 0 failed so far\.$/,
  )
  expect(heartbeat(nothing).en).toBe(
    'Still under way: 0 of 0 tasks run. The watch has begun. 0 started, 0 failed so far.',
  )
})

test('an answer that does not come is told when it happens again, and nothing is said of what nobody has seen', () => {
  const dark = (seconds: number) => ({
    ...poll(seconds),
    service: unread('throttled', 'ecs:DescribeServices', 'ThrottlingException: Rate exceeded'),
  })
  const [none, one, two] = [[], [dark(1)], [dark(1), dark(5)]].map((looks) => followed(looks))
  if (none === undefined || one === undefined || two === undefined) throw new TypeError('three states')
  expect(newsOf(none, one)).toEqual([])
  expect(newsOf(one, two).map(({ en }) => en)).toEqual([expect.stringContaining('AWS gave no answer')])
})
