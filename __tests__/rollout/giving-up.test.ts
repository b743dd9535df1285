/** When the watch leaves a deployment that cannot succeed, and when it waits for ECS to roll it back. */
import { describe, expect, test } from '@jest/globals'
import type { EcsServiceDeployment } from '../../src/domain/rollout.ts'
import { reasonText } from '../../src/rollout/status/reason-text.ts'
import {
  at,
  deployment,
  exited,
  failedToStart,
  followed,
  NO_SUCH_IMAGE,
  poll,
  type Sight,
  service,
  serviceDeployment,
  task,
} from './world.ts'

const twice = [failedToStart('t1', NO_SUCH_IMAGE), failedToStart('t2', NO_SUCH_IMAGE)]
const rollsBack = { enable: true, rollback: true }

function guarded(circuitBreaker: EcsServiceDeployment['circuitBreaker'], fields: Partial<Sight> = {}): Sight {
  return {
    service: service({ circuitBreaker: rollsBack }),
    tasks: twice,
    serviceDeployments: [serviceDeployment({ circuitBreaker })],
    ...fields,
  }
}

describe('a circuit breaker that rolls back', () => {
  test('is waited for where one more failure trips it', () => {
    const near = guarded({ status: 'MONITORING', failureCount: 2, threshold: 3 })
    expect(followed([poll(220, near)])).toMatchObject({ phase: 'rolling', over: false })
  })

  test('is waited for where the tasks that are under way may trip it', () => {
    const underWay = ['t3', 't4', 't5'].map((id) => task(id, { lastStatus: 'PENDING' }))
    const near = guarded({ status: 'MONITORING', failureCount: 2, threshold: 5 }, { tasks: [...twice, ...underWay] })
    expect(followed([poll(220, near)]).over).toBe(false)
    const far = guarded({ status: 'MONITORING', failureCount: 2, threshold: 6 }, { tasks: [...twice, ...underWay] })
    expect(followed([poll(220, far)]).over).toBe(true)
  })

  test('is not waited for where it needs many more, and its end is foretold', () => {
    const state = followed([poll(220, guarded({ status: 'MONITORING', failureCount: 2, threshold: 10 }))])
    expect(state).toMatchObject({ phase: 'failed', over: true })
    expect(reasonText(state).en).toContain('after 10 failures in a row (2 so far)')
    expect(reasonText(state).ko).toContain('연속 10회')
  })

  test('is waited for where starts fail so fast that it trips within a minute', () => {
    const quick = [1, 2].map((number) =>
      failedToStart(`q${number}`, NO_SUCH_IMAGE, { createdAt: at(200), stoppingAt: at(215), stoppedAt: at(218) }),
    )
    const sight = (threshold: number) => guarded({ status: 'MONITORING', failureCount: 2, threshold }, { tasks: quick })
    expect(followed([poll(220, sight(10))]).over).toBe(false)
    expect(followed([poll(220, sight(11))]).over).toBe(true)
  })

  test('has a threshold of half the desired count, at least 3, where nothing shows it', () => {
    const many = service({
      circuitBreaker: rollsBack,
      desiredCount: 40,
      deployments: [deployment({ desiredCount: 40 })],
    })
    expect(followed([poll(220, guarded(null, { service: many }))]).over).toBe(true)
    expect(followed([poll(220, guarded(null))]).over).toBe(false)
  })

  test('that is long overdue is not waited for', () => {
    const seven = Array.from({ length: 7 }, (_, number) => failedToStart(`m${number}`, NO_SUCH_IMAGE))
    expect(followed([poll(220, guarded(null, { tasks: seven.slice(0, 6) }))]).over).toBe(false)
    expect(followed([poll(220, guarded(null, { tasks: seven }))]).over).toBe(true)
  })

  test('shows the larger of what it counted and what was seen, and no threshold of 0', () => {
    const text = (circuitBreaker: EcsServiceDeployment['circuitBreaker'], failedTasks = 0) => {
      const counting = service({
        circuitBreaker: rollsBack,
        desiredCount: 500,
        deployments: [deployment({ desiredCount: 500, failedTasks })],
      })
      return reasonText(followed([poll(220, guarded(circuitBreaker, { service: counting }))])).en
    }
    expect(text(null)).toContain('after 200 failures in a row (2 so far)')
    expect(text(null, 4)).toContain('(4 so far)')
    expect(text({ status: 'MONITORING', failureCount: 5, threshold: 0 })).toContain('after 200 failures in a row (5 so')
    expect(text({ status: 'MONITORING', failureCount: 1, threshold: 190 })).toContain(
      'after 190 failures in a row (2 so',
    )
  })

  test('does not count tasks that ran, so that nothing is waited for', () => {
    const crashed = Array.from({ length: 5 }, (_, n) => exited(`c${n}`, 1))
    expect(followed([poll(220, guarded(null, { tasks: crashed }))])).toMatchObject({ phase: 'failed', over: true })
  })

  test('is not waited for where it does not roll back, or where another strategy does without it', () => {
    const only = { ...rollsBack, rollback: false }
    for (const fields of [{ circuitBreaker: only }, { circuitBreaker: rollsBack, strategy: 'BLUE_GREEN' }, {}]) {
      const state = followed([poll(220, guarded(null, { service: service(fields) }))])
      expect(state).toMatchObject({ phase: 'failed', over: true })
      expect(reasonText(state).en).not.toContain('circuit breaker')
    }
  })

  test('that is off is not waited for', () => {
    const off = guarded({ status: 'DISABLED', failureCount: 0, threshold: 3 })
    expect(followed([poll(220, off)])).toMatchObject({ phase: 'failed', over: true })
  })

  test('is waited for three minutes after the last failure, and six in all', () => {
    const near = guarded({ status: 'MONITORING', failureCount: 2, threshold: 3 })
    const more = (seconds: number, count: number) =>
      poll(seconds, {
        ...near,
        tasks: [...twice, ...Array.from({ length: count }, (_, n) => failedToStart(`m${n}`, NO_SUCH_IMAGE))],
      })
    expect(followed([poll(220, near), poll(399.999, near)]).over).toBe(false)
    expect(followed([poll(220, near), poll(400, near)]).over).toBe(true)
    expect(followed([poll(220, near), more(390, 1), more(579.999, 2)]).over).toBe(false)
    expect(followed([poll(220, near), more(390, 1), more(560, 2), more(580, 3)]).over).toBe(true)
  })
})

describe('ECS cannot even make a task', () => {
  const event = (id: string, seconds: number, message: string) => ({ id, at: at(seconds), message })
  const ROLE =
    '(service web) failed to launch a task with (error ECS was unable to assume the role arn:aws:iam::123456789012:role/exec that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions.)'
  const events = (...all: readonly ReturnType<typeof event>[]) => ({ service: service({ events: all }) })

  test('once, or twice in a moment, may pass: a role that was just made', () => {
    expect(followed([poll(60, events(event('e1', 20, ROLE)))])).toMatchObject({ phase: 'rolling', hopeless: null })
    expect(followed([poll(60, events(event('e1', 20, ROLE), event('e2', 35, ROLE)))]).hopeless).toBeNull()
  })

  test('again after that, it never will', () => {
    const state = followed([poll(90, events(event('e1', 20, ROLE), event('e2', 70, ROLE)))])
    expect(state).toMatchObject({ phase: 'failed', over: true })
    expect(reasonText(state).en).toContain('gave the same reason again')
  })

  test('not while a task of it is there', () => {
    const sight = { ...events(event('e1', 20, ROLE), event('e2', 70, ROLE)), tasks: [task('t1')] }
    expect(followed([poll(90, sight)]).over).toBe(false)
  })

  test('a host port may become free', () => {
    const taken =
      '(service web) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance 9a7d1a10-0b37-4d49-8f1a-d4f3fd3d8c8d) is already using a port required by your task.'
    expect(followed([poll(200, events(event('e1', 20, taken), event('e2', 120, taken)))]).hopeless).toBeNull()
  })

  test('capacity may come', () => {
    const full =
      'service web was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.'
    expect(followed([poll(200, events(event('e1', 20, full), event('e2', 120, full)))]).over).toBe(false)
  })
})
