/** What the next look asks for. */
import { describe, expect, test } from '@jest/globals'
import { pollRequest } from '../../../src/commands/watch/next-poll.ts'
import { unread } from '../../../src/domain/answer.ts'
import type { EcsServiceDeployment } from '../../../src/domain/rollout.ts'
import {
  at,
  deployment,
  exited,
  failedToStart,
  followed,
  old,
  poll,
  running,
  type Sight,
  service,
  serviceDeployment,
  task,
} from '../../rollout/world.ts'

/** After so many looks, ten seconds apart. */
function asked(looks: number, sight: Sight) {
  const state = followed(Array.from({ length: looks }, (_, index) => poll(20 + index * 10, sight)))
  return pollRequest({ cluster: 'demo', service: 'web' }, state)
}

describe('service deployments', () => {
  const ours: readonly EcsServiceDeployment[] = [serviceDeployment()]
  const { arn } = serviceDeployment()

  test('are listed first, and every five looks while ours is not among them', () => {
    const lists = [0, 1, 4, 5, 6, 10].map((looks) => asked(looks, {}).serviceDeploymentArns === null)
    expect(lists).toEqual([true, false, false, true, false, true])
  })

  test('are not asked for in vain again and again where none can be read', () => {
    expect([1, 4, 6].map((looks) => asked(looks, {}).withCurrent)).toEqual([true, true, false])
  })

  test('ours is followed every fourth look of a rolling update, and where the service shows something new', () => {
    const follows = (looks: number, every: number) =>
      followed(Array.from({ length: looks }, (_, index) => poll(20 + index * every, { serviceDeployments: ours })))
    const ask = (looks: number) => pollRequest({ cluster: 'demo', service: 'web' }, follows(looks, 2))
    expect(
      [2, 4, 6].map((looks) => ask(looks)).map(({ brief, serviceDeploymentArns }) => [brief, serviceDeploymentArns]),
    ).toEqual([
      [null, []],
      [null, [arn]],
      [null, []],
    ])
    expect([1, 3, 5].map((looks) => ask(looks).serviceDeploymentArns)).toEqual([[arn], [arn], [arn]])
  })

  test('and every look where its stages decide, and when it is over', () => {
    const staged = { service: service({ strategy: 'BLUE_GREEN' }), serviceDeployments: ours }
    expect(asked(3, staged).serviceDeploymentArns).toEqual([arn])
    const done = service({ deployments: [deployment({ runningCount: 2, rolloutState: 'COMPLETED' })] })
    expect(asked(3, { service: done, serviceDeployments: ours }).serviceDeploymentArns).toEqual([arn])
    expect(asked(3, { service: done }).serviceDeploymentArns).toBeNull()
  })
})

describe('a brief look, where the service stays as it is', () => {
  const { arn } = serviceDeployment()
  /** The looks after so many that showed the same: what each is content with; null for a whole one. */
  const briefs = (from: number, sight: Sight, count = 10) =>
    Array.from({ length: count }, (_, index) => {
      const { brief } = asked(from + index, sight)
      if (brief === null) return 'whole'
      return [...brief.tasks.map(() => 'task'), ...brief.serviceDeploymentArns.map(() => 'deployment')].join() || '-'
    })
  const hang = { tasks: [task('t1', { lastStatus: 'PENDING' })], serviceDeployments: [serviceDeployment()] }
  const all = { tasks: [running('t1'), running('t2')], serviceDeployments: [serviceDeployment()] }

  test('is none before anything was seen, nor for the last look', () => {
    expect(pollRequest({ cluster: 'demo', service: 'web' }, followed([])).brief).toBeNull()
    const done = service({ deployments: [deployment({ runningCount: 2, rolloutState: 'COMPLETED' })] })
    expect(asked(3, { ...all, service: done }).brief).toBeNull()
  })

  test('takes turns with a whole one just after a change', () => {
    expect(briefs(1, hang, 2)).toEqual(['-', 'whole'])
  })

  test('asks every other time for the tasks that hang, and now and then for the service deployment', () => {
    expect(briefs(10, hang)).toEqual(['deployment', '-', 'task', '-', 'task', '-', 'task', '-', 'task', '-'])
  })

  test('asks for nothing else while all tasks run, and for everything one time in ten', () => {
    expect(briefs(10, all)).toEqual(['whole', ...Array.from({ length: 9 }, () => '-')])
  })

  test('asks for the service deployment where its stages decide', () => {
    const staged = service({ strategy: 'BLUE_GREEN' })
    expect(briefs(12, { ...all, service: staged }, 4)).toEqual(['deployment', '-', 'deployment', '-'])
    expect(briefs(12, { ...hang, service: staged }, 4)).toEqual(['deployment', '-', 'task', '-'])
    expect(asked(12, { ...all, service: staged }).brief?.serviceDeploymentArns).toEqual([arn])
  })

  test.each<[string, Parameters<typeof service>[0], boolean]>([
    ['the same', {}, false],
    ['a time of its own that moves', { deployments: [deployment({ updatedAt: at(99) }), old()] }, false],
    ['a count', { deployments: [deployment({ failedTasks: 1 }), old()] }, true],
    ['an event', { events: [{ id: 'e1', at: at(9), message: '(service web) has started 1 tasks.' }] }, true],
    ['another deployment', { deployments: [deployment({ id: 'ecs-svc/4' }), deployment(), old()] }, true],
  ])('is enough unless the service shows something new: %s', (_, fields, expected) => {
    expect(asked(11, all).brief?.isNews(service(fields))).toBe(expected)
  })

  test('is not enough where a list was throttled, and is where it is refused for good', () => {
    const unlisted = (because: 'throttled' | 'denied') => {
      const missing = unread(because, 'ecs:ListTasks', because)
      const looks = Array.from({ length: 11 }, (_, index) => ({ ...poll(20 + index * 10), stopped: missing }))
      return pollRequest({ cluster: 'demo', service: 'web' }, followed(looks)).brief
    }
    expect(unlisted('throttled')).toBeNull()
    expect(unlisted('denied')).not.toBeNull()
  })
})

describe('tasks', () => {
  test('at rest are settled once they have given their reason, or kept silent for long', () => {
    const silent = failedToStart('t2', '', { stopCode: null, stoppedReason: null })
    const tasks = [task('t1'), silent, exited('t3', 1)]
    expect([...asked(1, { tasks }).settled]).toEqual(['t3'])
    expect([...asked(5, { tasks }).settled].sort()).toEqual(['t2', 't3'])
    expect(asked(1, { tasks }).awaited).toEqual([task('t1').arn, silent.arn])
  })

  test('that ECS does not describe any more are not asked for again', () => {
    const gone = [30, 40, 50].map((seconds) => ({ ...poll(seconds), absent: ['t1', 'stranger'] }))
    const state = followed([poll(20, { tasks: [task('t1')] }), ...gone])
    const { settled, awaited } = pollRequest({ cluster: 'demo', service: 'web' }, state)
    expect([...settled].sort()).toEqual(['stranger', 't1'])
    expect(awaited).toEqual([])
  })

  test('of a large service are looked at as a whole only now and then', () => {
    const tasks = Array.from({ length: 2_000 }, (_, number) => running(`t${number}`))
    const many = { tasks: [...tasks, task('new')] }
    expect(asked(1, many)).toMatchObject({ isWhole: false, awaited: [task('new').arn] })
    expect(asked(10, many).isWhole).toBe(true)
  })
})
