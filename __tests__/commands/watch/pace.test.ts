/** How often a watch asks ECS, on simulated rollouts, second by second of a clock that only moves when somebody sleeps. Preflight, beside it, is not counted. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { type Pace, paceOf, type Sample } from '../../../scripts/bench/pace.ts'
import { openLive } from '../../../src/aws/reader/live.ts'
import { watch } from '../../../src/commands/watch/loop.ts'
import { BEGAN_AT, folderOf, scenarioNamed } from '../../simulator/rollout/scene.ts'
import { simulate } from '../../simulator/simulate.ts'
import { clockFrom, WATCH } from '../watch-request.ts'

beforeAll(() => {
  const credentials = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' }
  Object.assign(process.env, { ...credentials, AWS_EC2_METADATA_DISABLED: 'true' })
})

async function paced(
  name: string,
  waitMinutes = 30,
): Promise<Pace & { readonly phase: string; readonly counted: boolean }> {
  const scenario = scenarioNamed(name)
  const clock = clockFrom(BEGAN_AT)
  const simulator = await simulate({ files: folderOf(name), scenario, clock })
  const samples: Sample[] = []
  let phase = ''
  const request = { ...WATCH, cluster: scenario.cluster, service: scenario.service, waitMinutes }
  const prepare = async () => {
    throw new Error('no preflight here')
  }
  const deps = { clock, random: () => 0.5, tool: { name: 't', version: '0' }, say: () => {}, prepare }
  const reader = openLive({ region: simulator.region, endpoint: simulator.url })
  for await (const { state } of watch(request, { ...deps, reader })) {
    samples.push({ at: clock.now(), calls: state.observed.calls, changedAt: state.changedAt })
    phase = state.phase
  }
  const ecs = simulator.requests().filter(({ service }) => service === 'ecs').length
  return { ...paceOf(samples), phase, counted: ecs === samples.at(-1)?.calls }
}

describe('half a call a second while nothing moves, two at most while something does', () => {
  test.each([
    ['seoul', 'steady', 'a pull that hangs for minutes'],
    ['stuck', 'timed-out', 'tasks that never leave PROVISIONING'],
    ['blue-green', 'steady', 'a bake and a pause'],
    ['unhealthy', 'rolled-back', 'tasks that come and go'],
    ['crashing', 'failed', 'a crash loop'],
  ])('%s (%s): %s', async (name, end) => {
    const { quiet, moving, phase, counted } = await paced(name, 12)
    expect([phase, counted]).toEqual([name === 'seoul' ? 'timed-out' : end, true])
    expect(quiet ?? 0).toBeLessThanOrEqual(0.5)
    expect(moving).toBeLessThanOrEqual(2)
    expect(quiet !== null).toBe(['seoul', 'stuck', 'blue-green'].includes(name))
  })
})

test('a pace is told by the minutes in which nothing changed, and by the busiest ten seconds', () => {
  const samples = Array.from({ length: 60 }, (_, index) => ({
    ...{
      at: index * 3_000,
      calls: index < 10 ? index * 4 : 36 + (index - 9),
      changedAt: index < 10 ? index * 3_000 : 27_000,
    },
  }))
  expect(paceOf(samples)).toEqual({ quiet: 20 / 60, moving: 1.6 })
  expect(paceOf(samples.slice(0, 12)).quiet).toBeNull()
})
