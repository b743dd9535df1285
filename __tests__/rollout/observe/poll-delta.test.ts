/** A look is shortened by what is known, and by nothing else. */
import { expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import { deltaOf } from '../../../src/rollout/observe/poll-delta.ts'
import { at, followed, poll, running, service, serviceDeployment, task } from '../world.ts'

const event = (id: string) => ({ id, at: at(10), message: '(service web) has reached a steady state.' })
const first = poll(20, {
  service: service({ events: [event('e1')] }),
  tasks: [task('t1'), running('t2')],
  serviceDeployments: [serviceDeployment()],
})
const { observed } = followed([first])

test('nothing new: no event, task or service deployment', () => {
  expect(deltaOf({ ...first, at: at(25) }, observed)).toEqual({
    ...first,
    at: at(25),
    service: known(service({ events: [] })),
    running: known([]),
    serviceDeployments: known([]),
  })
})

test('what has changed, or is there for the first time', () => {
  const next = poll(25, {
    service: service({ events: [event('e2'), event('e1')] }),
    tasks: [task('t1', { lastStatus: 'PENDING' }), running('t2'), task('t3')],
    serviceDeployments: [serviceDeployment({ status: 'SUCCESSFUL' })],
  })
  const { service: sight, running: tasks, serviceDeployments } = deltaOf(next, observed)
  expect(sight).toMatchObject({ value: { events: [{ id: 'e2' }] } })
  expect(tasks).toMatchObject({ value: [{ id: 't1' }, { id: 't3' }] })
  expect(serviceDeployments).toMatchObject({ value: [{ status: 'SUCCESSFUL' }] })
})

test('a task that was missing is news by being there', () => {
  const gone = followed([first, { ...poll(25), absent: ['t2'] }]).observed
  expect(deltaOf(poll(30, { tasks: [running('t2')] }), gone).running).toMatchObject({ value: [{ id: 't2' }] })
})

test('what could not be read stays so', () => {
  const missing = unread('throttled', 'ecs:ListTasks', 'ThrottlingException')
  const blind = { ...poll(25), service: missing, running: missing, stopped: missing, serviceDeployments: missing }
  expect(deltaOf(blind, observed)).toEqual(blind)
})
