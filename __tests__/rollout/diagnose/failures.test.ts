/** What a failure says besides its cause: facts about its containers, and when silence is one. */
import { describe, expect, test } from '@jest/globals'
import { unread } from '../../../src/domain/answer.ts'
import type { EcsTask } from '../../../src/domain/rollout.ts'
import {
  at,
  container,
  exited,
  failedToStart,
  followed,
  NO_SUCH_IMAGE,
  poll,
  running,
  S3_TIMEOUT,
  service,
  task,
} from '../world.ts'

const ANSWERED = 'The registry answered'
const EXITED = 'ended with exit code'
const OTHERS = 'The exit codes of the other containers'
const PULLED = 'The image was pulled and the container started'
const LIMIT = 'The hard memory limit'

function notes(one: EcsTask): readonly string[] {
  const said = followed([poll(220, { tasks: [one] })]).failures[0]?.notes.map(({ en }) => en) ?? []
  return [ANSWERED, EXITED, LIMIT, OTHERS, PULLED].filter((part) => said.some((note) => note.includes(part)))
}

const unhealthy = (containers: EcsTask['containers']) =>
  running('t', {
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    stopCode: 'ServiceSchedulerInitiated',
    stoppedReason:
      'Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/1)',
    stoppedAt: at(60),
    containers,
  })
const killed = (fields: Partial<ReturnType<typeof container>>) =>
  exited('t', 137, {
    containers: [
      container({ exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage', ...fields }),
    ],
  })

describe('the notes of', () => {
  test.each<[string, EcsTask, readonly string[]]>([
    ['a pull that got an answer', failedToStart('t', NO_SUCH_IMAGE), [ANSWERED]],
    ['a pull that got none', failedToStart('t', S3_TIMEOUT), []],
    ['an exit', exited('t', 1), [EXITED, PULLED]],
    [
      'an exit beside another container',
      exited('t', 1, { containers: [container({ exitCode: 1 }), container({ name: 'proxy', exitCode: 143 })] }),
      [EXITED, OTHERS, PULLED],
    ],
    [
      'an exit beside a container that goes on',
      exited('t', 1, { containers: [container({ exitCode: 1 }), container({ name: 'proxy' })] }),
      [EXITED, PULLED],
    ],
    ['a kill for memory with a limit', killed({ memory: 512 }), [EXITED, LIMIT, PULLED]],
    ['a kill for memory without one', killed({ memory: null }), [EXITED, PULLED]],
    [
      'an exit with a limit',
      exited('t', 1, { containers: [container({ exitCode: 1, memory: 512 })] }),
      [EXITED, PULLED],
    ],
    ['a failed health check', unhealthy([container({ exitCode: 143 })]), [OTHERS, PULLED]],
    ['a failed health check of what goes on', unhealthy([container({})]), [PULLED]],
    ['a start that failed', failedToStart('t', 'CannotStartContainerError: exec format error'), []],
  ])('%s', (_, one, expected) => {
    expect(notes(one)).toEqual(expected)
  })
})

describe('a task at rest that never said why', () => {
  const silent = task('t', { lastStatus: 'STOPPED', desiredStatus: 'STOPPED' })
  test.each([
    [7.999, 0],
    [8, 1],
  ])('after %d seconds: %d failures', (seconds, count) => {
    const polls = [poll(20, { tasks: [silent] }), poll(20 + seconds, { tasks: [silent] })]
    expect(followed(polls).failures).toHaveLength(count)
  })
})

describe('service events', () => {
  const CRASHING = '(service web) is unable to consistently start tasks successfully.'
  const NO_ROOM = '(service web) was unable to place a task because no container instance met all of its requirements.'
  const sight = (...messages: readonly string[]) => ({
    service: service({ events: messages.map((message, n) => ({ id: `e${n}`, at: at(20 + n), message })) }),
  })
  const labels = (polls: Parameters<typeof followed>[0]) =>
    followed(polls).failures.map(({ label, at: when }) => [label, when])

  test('that say the same are one failure, of the first time', () => {
    const same = `${NO_ROOM} Reason: No Container Instances were found in your cluster.`
    expect(labels([poll(60, sight(same, same))])).toEqual([['placement/no-instances', at(20)]])
  })
  test('that name a task leave it to the task', () => {
    const named =
      '(service web) was unable to place a task. Reason: no capacity (task 0123456789abcdef) is unavailable at this time.'
    expect(labels([poll(60, sight(named))])).toEqual([])
  })
  test('that speak of starts in general stand in for tasks that nobody may list', () => {
    const denied = unread('denied', 'ecs:ListTasks', 'AccessDeniedException')
    const throttled = unread('throttled', 'ecs:ListTasks', 'ThrottlingException')
    const blind = (missing: typeof denied) =>
      [20, 60].map((seconds) => ({ ...poll(seconds, sight(CRASHING)), running: missing, stopped: missing }))
    expect(labels(blind(denied))).toEqual([['deploy/crash-loop', at(20)]])
    expect(labels(blind(throttled))).toEqual([])
    expect(labels([poll(20, sight(CRASHING)), poll(60, sight(CRASHING))])).toEqual([])
  })
})

test('failures are told in the order of time', () => {
  const tasks = [
    failedToStart('a', NO_SUCH_IMAGE, { stoppedAt: at(90) }),
    failedToStart('b', NO_SUCH_IMAGE, { stoppedAt: at(80) }),
  ]
  expect(followed([poll(220, { tasks })]).failures.map(({ taskId }) => taskId)).toEqual(['b', 'a'])
})
