/** Any order, repetition or loss of looks leads to the same end. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { unread } from '../../src/domain/answer.ts'
import type { EcsTask, Poll } from '../../src/domain/rollout.ts'
import { deltaOf } from '../../src/rollout/observe/poll-delta.ts'
import { rolloutReport } from '../../src/rollout/report.ts'
import { beginRollout, type Rollout } from '../../src/rollout/state.ts'
import { learn, step } from '../../src/rollout/step.ts'
import { seoul } from './grounds.ts'
import {
  at,
  deployment,
  exited,
  failedToStart,
  followed,
  NEXT,
  NO_SUCH_IMAGE,
  OURS,
  old,
  plan,
  poll,
  running,
  S3_TIMEOUT,
  type Sight,
  SUBNET_C,
  service,
  serviceDeployment,
  task,
} from './world.ts'

const UNHEALTHY =
  'Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:targetgroup/web/0123456789abcdef)'

/** The life of one task, sight by sight. */
const LIVES: readonly ((id: string) => readonly EcsTask[])[] = [
  (id) => [task(id), task(id, { version: 2, lastStatus: 'PENDING' }), running(id)],
  (id) => [
    task(id, { subnetId: null }),
    task(id, { version: 3, lastStatus: 'PENDING' }),
    failedToStart(id, S3_TIMEOUT),
  ],
  (id) => [task(id), failedToStart(id, NO_SUCH_IMAGE, { subnetId: SUBNET_C })],
  (id) => [task(id), running(id), exited(id, 1)],
  (id) => [task(id, { startedBy: 'ecs-svc/9' }), running(id, { startedBy: 'ecs-svc/9' })],
  // Of the same version, and the reason comes last.
  (id) => [task(id), failedToStart(id, '', { stoppedReason: null, stopCode: null }), failedToStart(id, NO_SUCH_IMAGE)],
  (id) => [task(id), running(id), exited(id, 137, { stoppedReason: UNHEALTHY, stopCode: 'ServiceSchedulerInitiated' })],
]

/** Ends that tell less than what came before, so that nothing may be lost. */
const FORGETFUL: typeof LIVES = [
  // The interface is gone with the task, and so is what only it told.
  (id) => [
    task(id, { subnetId: SUBNET_C }),
    failedToStart(id, S3_TIMEOUT, { subnetId: null, privateIp: null, version: 4, lastStatus: 'DEPROVISIONING' }),
    failedToStart(id, S3_TIMEOUT, { subnetId: null, privateIp: null, containers: [] }),
  ],
]

const ENDS = ['steady', 'failed', 'superseded', 'rolled-back', 'rolling'] as const

/** Looks in the order of a story. */
function storyOf(kinds: typeof LIVES) {
  return fc
    .record({
      lives: fc.array(fc.nat(kinds.length - 1), { maxLength: 6 }),
      end: fc.constantFrom(...ENDS),
      length: fc.integer({ min: 2, max: 8 }),
    })
    .map(({ lives, end, length }) => {
      const tasks = lives.map((kind, index) => kinds[kind]?.(`task${index}`) ?? [])
      return Array.from({ length }, (_, index) => lookOf(index, length, tasks, end))
    })
}

/** The last look shows everything. */
const story = storyOf(LIVES)
const forgetful = storyOf([...LIVES, ...FORGETFUL])

function lookOf(
  index: number,
  length: number,
  tasks: readonly (readonly EcsTask[])[],
  end: (typeof ENDS)[number],
): Poll {
  const isLast = index === length - 1
  const sights = tasks.flatMap((life) => {
    const stage = isLast ? life.length - 1 : Math.min(life.length - 1, Math.floor((index * life.length) / length))
    return life[stage] ?? []
  })
  const events = Array.from({ length: index + 1 }, (_, number) => ({
    id: `event-${number}`,
    at: at(number * 10),
    message: '(service web) has started 1 tasks: (task 0123456789abcdef).',
  }))
  const ours = deployment({ runningCount: Math.min(2, index), failedTasks: starts(sights), updatedAt: at(index * 10) })
  const deployments = isLast ? endOf(end) : [ours, old()]
  const observed: Sight = {
    service: service({ deployments, events }),
    tasks: sights,
    serviceDeployments:
      isLast && end === 'rolled-back'
        ? [serviceDeployment({ status: 'ROLLBACK_SUCCESSFUL' })]
        : [serviceDeployment(), before],
  }
  // A reason that never comes is missed once the silence has lasted.
  return { ...poll(isLast ? 400 : 5 + index * 10, observed), ...(index === 1 ? { absent: ['task0', 'stranger'] } : {}) }
}

/** Stopped for ours, in every look. */
const before = serviceDeployment({
  arn: 'arn:before',
  status: 'STOPPED',
  targetRevisionArn: 'x/1',
  createdAt: at(-900),
})

/** ECS counts no failure that a list of its tasks would not show. */
function starts(sights: readonly EcsTask[]): number {
  return sights.filter(({ stopCode, startedBy }) => stopCode === 'TaskFailedToStart' && startedBy === OURS).length
}

function endOf(end: (typeof ENDS)[number]) {
  const ours = deployment({ runningCount: 2, updatedAt: at(390) })
  if (end === 'steady') return [{ ...ours, rolloutState: 'COMPLETED' }]
  if (end === 'failed') return [{ ...ours, runningCount: 0, rolloutState: 'FAILED' }, old()]
  if (end === 'superseded') return [deployment({ id: NEXT, createdAt: at(380) }), { ...ours, status: 'ACTIVE' }]
  if (end === 'rolled-back') return [old({ status: 'PRIMARY' })]
  return [{ ...ours, runningCount: 1 }, old()]
}

/** What a reader of the report would call the end; when we saw it is our own affair. */
function endState(state: Rollout) {
  const { phase, bySubnet, byZone, failures, tasks, deploymentId, ...report } = rolloutReport(state)
  // Where ECS tells no end, the last entry has our own time.
  const timeline = report.timeline.filter(({ kind }) => kind !== 'deployment-ended')
  return { phase, reason: state.reason, over: state.over, bySubnet, byZone, failures, tasks, deploymentId, timeline }
}

const watched = { deploymentId: OURS }

test('in any order', () => {
  const shuffled = forgetful.chain((looks) =>
    fc.record({
      looks: fc.constant(looks),
      order: fc.shuffledSubarray(looks.slice(0, -1), { minLength: looks.length - 1 }),
    }),
  )
  fc.assert(
    fc.property(shuffled, ({ looks, order }) => {
      const last = looks.slice(-1)
      const told = followed([...order, ...last], watched)
      const straight = followed(looks, watched)
      expect(endState(told)).toEqual(endState(straight))
      // Order costs nothing at all: also the times at which things were first seen are the same.
      expect(told.observed).toEqual(straight.observed)
    }),
  )
})

test('in any order at all, the same things are known', () => {
  const shuffled = forgetful.chain((looks) =>
    fc.record({ looks: fc.constant(looks), order: fc.shuffledSubarray([...looks], { minLength: looks.length }) }),
  )
  fc.assert(
    fc.property(shuffled, ({ looks, order }) => {
      expect(followed(order, watched).observed).toEqual(followed(looks, watched).observed)
    }),
  )
})

test('repeated, and some of them missing or empty', () => {
  const chosen = story.chain((looks) =>
    fc.record({
      looks: fc.constant(looks),
      some: fc.array(fc.record({ index: fc.nat(looks.length - 2), blind: fc.boolean() }), { maxLength: 12 }),
    }),
  )
  fc.assert(
    fc.property(chosen, ({ looks, some }) => {
      const told = some.flatMap(({ index, blind }) => {
        const one = looks[index]
        return one === undefined ? [] : [blind ? blinded(one) : one]
      })
      const last = looks.slice(-1)
      expect(endState(followed([...told, ...last], watched))).toEqual(endState(followed(looks, watched)))
    }),
  )
})

function blinded(one: Poll): Poll {
  const missing = unread('throttled', 'ecs:DescribeServices', 'ThrottlingException: Rate exceeded')
  return { ...one, service: missing, running: missing, stopped: missing, serviceDeployments: missing }
}

/** What is learnt beside the looks: the network, lines of a log, words of a load balancer. */
const LEARNT = [
  { preflight: seoul() },
  { logs: [{ taskId: 'task0', container: 'web', lines: ['fatal'], missing: null }] },
  { targets: [{ targetGroupArn: 'tg', target: '10.20.1.15', state: 'unhealthy', reason: null, description: null }] },
] as const

test('whatever else is learnt in between, and when', () => {
  const told = story.chain((looks) =>
    fc.record({
      looks: fc.constant(looks),
      order: fc.shuffledSubarray(looks.slice(0, -1)),
      // After which look each of them is learnt.
      when: fc.tuple(fc.nat(looks.length), fc.nat(looks.length), fc.nat(looks.length)),
    }),
  )
  const learning = (looks: readonly Poll[], when: readonly number[]) => {
    const learnt = (state: Rollout, index: number) =>
      LEARNT.reduce((known, one, which) => (when[which] === index ? learn(known, one, known.now) : known), state)
    const start = learnt(beginRollout(plan(watched)), 0)
    const end = looks.reduce((state, one, index) => learnt(step(state, one, one.at), index + 1), start)
    return LEARNT.reduce(
      (state, one, which) => ((when[which] ?? 0) > looks.length ? learn(state, one, state.now) : state),
      end,
    )
  }
  fc.assert(
    fc.property(told, ({ looks, order, when }) => {
      const straight = learning(looks, [0, 0, 0])
      const other = learning([...order, ...looks.slice(-1)], when)
      expect(endState(other)).toEqual(endState(straight))
      expect([other.logs, other.targets]).toEqual([straight.logs, straight.targets])
      expect(other.suspicions.filter(({ state }) => state === 'suspected')).toEqual(
        straight.suspicions.filter(({ state }) => state === 'suspected'),
      )
    }),
  )
})

test('without what earlier looks told already, as a tape holds it', () => {
  fc.assert(
    fc.property(forgetful, (looks) => {
      const brief = looks.reduce(
        (state, one) => step(state, deltaOf(one, state.observed), one.at),
        beginRollout(plan(watched)),
      )
      expect(rolloutReport(brief)).toEqual(rolloutReport(followed(looks, watched)))
    }),
  )
})

test('a look twice is a look once', () => {
  fc.assert(
    fc.property(forgetful, (looks) => {
      expect(followed([...looks, ...looks], watched).observed).toEqual(followed(looks, watched).observed)
    }),
  )
})
