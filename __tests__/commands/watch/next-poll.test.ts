/** What the next look asks for. */
import { describe, expect, test } from '@jest/globals'
import { pollRequest } from '../../../src/commands/watch/next-poll.ts'
import type { EcsServiceDeployment } from '../../../src/domain/rollout.ts'
import {
  deployment,
  exited,
  failedToStart,
  followed,
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

  test('ours is followed every other look of a rolling update', () => {
    expect([1, 2, 3].map((looks) => asked(looks, { serviceDeployments: ours }).serviceDeploymentArns)).toEqual([
      [],
      [arn],
      [],
    ])
  })

  test('and every look where its stages decide, and when it is over', () => {
    const staged = { service: service({ strategy: 'BLUE_GREEN' }), serviceDeployments: ours }
    expect(asked(3, staged).serviceDeploymentArns).toEqual([arn])
    const done = service({ deployments: [deployment({ runningCount: 2, rolloutState: 'COMPLETED' })] })
    expect(asked(3, { service: done, serviceDeployments: ours }).serviceDeploymentArns).toEqual([arn])
    expect(asked(3, { service: done }).serviceDeploymentArns).toBeNull()
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
