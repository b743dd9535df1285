/** Any order, repetition or loss of looks leads to the same end. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { unread } from '../../src/domain/answer.ts'
import type { Look, TaskSeen } from '../../src/domain/rollout.ts'
import { rolloutReport } from '../../src/rollout/report.ts'
import type { Rollout } from '../../src/rollout/state.ts'
import {
  at,
  deployment,
  exited,
  failedToStart,
  followed,
  look,
  NEXT,
  NO_SUCH_IMAGE,
  OURS,
  old,
  running,
  S3_TIMEOUT,
  SUBNET_C,
  service,
  serviceDeployment,
  task,
} from './world.ts'

/** The life of one task, sight by sight. */
const LIVES: readonly ((id: string) => readonly TaskSeen[])[] = [
  (id) => [task(id), task(id, { version: 2, lastStatus: 'PENDING' }), running(id)],
  (id) => [
    task(id, { subnetId: null }),
    task(id, { version: 3, lastStatus: 'PENDING' }),
    failedToStart(id, S3_TIMEOUT),
  ],
  (id) => [task(id), failedToStart(id, NO_SUCH_IMAGE, { subnetId: SUBNET_C })],
  (id) => [task(id), running(id), exited(id, 1)],
  (id) => [task(id, { startedBy: 'ecs-svc/9' }), running(id, { startedBy: 'ecs-svc/9' })],
]

const ENDS = ['steady', 'failed', 'superseded', 'rolled-back', 'rolling'] as const

/** Looks in the order of a story, the last of which shows everything. */
const story = fc
  .record({
    lives: fc.array(fc.nat(LIVES.length - 1), { maxLength: 6 }),
    end: fc.constantFrom(...ENDS),
    length: fc.integer({ min: 2, max: 8 }),
  })
  .map(({ lives, end, length }) => {
    const tasks = lives.map((kind, index) => LIVES[kind]?.(`task${index}`) ?? [])
    return Array.from({ length }, (_, index) => lookOf(index, length, tasks, end))
  })

function lookOf(
  index: number,
  length: number,
  tasks: readonly (readonly TaskSeen[])[],
  end: (typeof ENDS)[number],
): Look {
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
  const ours = deployment({ runningCount: Math.min(2, index), updatedAt: at(index * 10) })
  const seen = isLast ? endOf(end) : [ours, old()]
  return look(5 + index * 10, {
    service: service({ deployments: seen, events }),
    tasks: sights,
    serviceDeployments:
      isLast && end === 'rolled-back' ? [serviceDeployment({ status: 'ROLLBACK_SUCCESSFUL' })] : [serviceDeployment()],
  })
}

function endOf(end: (typeof ENDS)[number]) {
  const ours = deployment({ runningCount: 2, updatedAt: at(500) })
  if (end === 'steady') return [{ ...ours, rolloutState: 'COMPLETED' }]
  if (end === 'failed') return [{ ...ours, runningCount: 0, rolloutState: 'FAILED' }, old()]
  if (end === 'superseded') return [deployment({ id: NEXT, createdAt: at(400) }), { ...ours, status: 'ACTIVE' }]
  if (end === 'rolled-back') return [old({ status: 'PRIMARY' })]
  return [{ ...ours, runningCount: 1 }, old()]
}

/** What a reader of the report would call the end; when we saw it is our own affair. */
function endState(state: Rollout) {
  const { phase, bySubnet, byZone, failures, tasks, deploymentId, ...report } = rolloutReport(state)
  // Where ECS tells no end, the last entry has our own time.
  const timeline = report.timeline.filter(({ what }) => what.en !== state.because.en)
  return { phase, because: state.because, over: state.over, bySubnet, byZone, failures, tasks, deploymentId, timeline }
}

const watched = { deploymentId: OURS }

test('in any order', () => {
  const shuffled = story.chain((looks) =>
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
      expect(told.seen).toEqual(straight.seen)
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

function blinded(one: Look): Look {
  const missing = unread('throttled', 'ecs:DescribeServices', 'ThrottlingException: Rate exceeded')
  return { ...one, service: missing, running: missing, stopped: missing, serviceDeployments: missing }
}

test('a look twice is a look once', () => {
  fc.assert(
    fc.property(story, (looks) => {
      expect(followed([...looks, ...looks], watched).seen).toEqual(followed(looks, watched).seen)
    }),
  )
})
