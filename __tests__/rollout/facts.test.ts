/** What is known of the followed deployment: its own tasks and events, in the order of ECS's clock, each text read once. */
import { expect, test } from '@jest/globals'
import { learn } from '../../src/rollout/step.ts'
import { seoul } from './grounds.ts'
import { at, failedToStart, followed, OLD, poll, running, S3_TIMEOUT, service, task } from './world.ts'

const event = (id: string, seconds: number | null, message = id) => ({
  id,
  at: seconds === null ? null : at(seconds),
  message,
})

test('tasks of our deployment alone, by their creation, then by their ids', () => {
  const tasks = [
    task('b', { createdAt: at(5) }),
    task('a', { createdAt: at(5) }),
    task('late', { createdAt: at(6) }),
    task('untimed', { createdAt: null }),
    running('other', { startedBy: OLD }),
    running('hand', { startedBy: null }),
  ]
  expect(followed([poll(20, { tasks })]).tasks.map(({ task }) => task.id)).toEqual(['untimed', 'a', 'b', 'late'])
})

test('events from two seconds before its creation, and those without a time that are new', () => {
  const before = [event('earlier', -2.001), event('rounded', -2), event('untimed', null)]
  const after = [...before, event('new', null), event('late', 9), event('b', 5), event('a', 5)]
  const state = followed([
    poll(20, { service: service({ events: before }) }),
    poll(24, { service: service({ events: after }) }),
  ])
  // What has no time comes first: nobody knows when it was.
  expect(state.events.map(({ event: { id } }) => id)).toEqual(['new', 'rounded', 'a', 'b', 'late'])
})

test('what was read is not read again, unless the addresses of S3 become known', () => {
  const sight = { service: service({ events: [event('e1', 9)] }), tasks: [failedToStart('t1', S3_TIMEOUT)] }
  const one = followed([poll(220, sight)])
  const two = learn(one, { logs: [] }, at(230))
  expect(two.tasks[0]?.stop).toBe(one.tasks[0]?.stop)
  expect(two.events[0]).toBe(one.events[0])
  const three = learn(two, { preflight: seoul() }, at(240))
  expect(three.tasks[0]?.stop).not.toBe(one.tasks[0]?.stop)
  expect(three.tasks[0]?.stop).toEqual(one.tasks[0]?.stop)
})
