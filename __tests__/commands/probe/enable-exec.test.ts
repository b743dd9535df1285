/** `probe --enable-exec`: what it writes, what it puts back, and what it leaves to others. */
import { describe, expect, test } from '@jest/globals'
import { changeSettings, keepSettings } from '../../../src/commands/settings/keep.ts'
import { BEGAN_AT, depsFor, PLANS, requestOf, UNTIL } from '../settings/one-run.ts'
import { execStage, idleClock } from './exec-stage.ts'
import { probing } from './one-probe.ts'

const ALL = ['TagResource', 'UpdateService', 'ExecuteCommand', 'ExecuteCommand', 'UpdateService', 'UntagResource']

function names(writes: readonly { readonly operation: string }[]): readonly string[] {
  return writes.map(({ operation }) => operation)
}

test('starts one deployment, says so first, probes every subnet and puts the setting back', async () => {
  const clock = idleClock()
  const { url, settings, writes, deployments } = await execStage(clock)
  const before = await settings()
  const count = deployments()
  const { exitCode, report, said } = await probing(url, clock)
  expect([exitCode, report.probe?.notProbed, report.temporary]).toEqual([0, [], undefined])
  expect(new Set(report.probe?.attempts.map(({ subnetId }) => subnetId)).size).toBe(2)
  expect(names(writes())).toEqual(ALL)
  const [, on, , , off] = writes()
  const service = {
    cluster: expect.stringContaining('cluster-nestjs-second'),
    service: 'role-nestjs-second-service',
  }
  expect(on?.params).toEqual({ ...service, enableExecuteCommand: true, forceNewDeployment: true })
  expect(off?.params).toEqual({ ...service, enableExecuteCommand: false })
  expect(deployments() - count).toBe(1)
  expect(await settings()).toEqual(before)
  expect(said[0]).toMatch(/^ECS Exec is off: a deployment of the same revision is started/)
  expect(said.at(-1)).toMatch(/^Put back \(enable-exec\): enableExecuteCommand true → false/)
})

test('tasks that have it need no deployment, whatever the service says by now', async () => {
  const clock = idleClock()
  const { url, writes } = await execStage(clock)
  await probing(url, clock)
  const sent = writes().length
  expect((await probing(url, clock)).exitCode).toBe(0)
  expect(names(writes().slice(sent))).toEqual(['ExecuteCommand', 'ExecuteCommand'])
})

test('without the input nothing is written but sessions, and nothing at all where there is none to open', async () => {
  const clock = idleClock()
  const { url, writes } = await execStage(clock)
  const { exitCode, report } = await probing(url, clock, { more: [] })
  expect([exitCode, writes()]).toEqual([3, []])
  expect(report.probe?.notProbed.map(({ kind }) => kind)).toEqual(['exec-off', 'exec-off'])
})

test("somebody's deployment in progress is not replaced: 3, and why", async () => {
  const clock = idleClock()
  const { url, writes } = await execStage(clock, {}, { script: [{ does: 'deploy', at: 0 }] })
  const { exitCode, report } = await probing(url, clock)
  expect([exitCode, writes()]).toEqual([3, []])
  for (const { because } of report.probe?.notProbed ?? [])
    expect(because.en).toMatch(/would replace a deployment that is in progress \(ecs-svc\/\d+\)/)
})

test('a deployment that comes to no good end: what runs is probed, the setting is put back, and the report says why', async () => {
  const clock = idleClock()
  const [good, bad] = [
    { id: 'subnet-0e17c5b8a3d94f602' },
    { id: 'subnet-09d2f7a641be3c85e', behaviour: { kind: 's3-timeout' as const } },
  ]
  const { url, settings } = await execStage(clock, {}, { subnets: [good, bad] })
  const before = await settings()
  const { exitCode, report } = await probing(url, clock, { more: ['--enable-exec', '--wait-for-minutes', '10'] })
  expect(exitCode).toBe(3)
  expect(report.probe?.notProbed.map(({ because }) => because.en)).toEqual([
    expect.stringContaining('The deployment that turns ECS Exec on did not come to a good end: '),
  ])
  expect(await settings()).toEqual(before)
  expect(new Set(report.probe?.attempts.map(({ subnetId }) => subnetId))).toEqual(new Set([good.id]))
})

describe('put back all the same', () => {
  test.each<[string, (line: string, nth: number) => boolean]>([
    ['as soon as the deployment is announced', (_, nth) => nth === 1],
    ['while the deployment is followed', (_, nth) => nth === 2],
    ['while a session is opened', (line) => line.startsWith('Opening')],
  ])('where the run is cancelled %s', async (_, isDue) => {
    const clock = idleClock()
    const { url, settings } = await execStage(clock)
    const before = await settings()
    const controller = new AbortController()
    let lines = 0
    const hear = (line: string) => {
      lines += 1
      if (isDue(line, lines)) controller.abort()
    }
    const { exitCode } = await probing(url, clock, { signal: controller.signal, hear })
    expect([controller.signal.aborted, exitCode]).toEqual([true, 3])
    expect(await settings()).toEqual(before)
  })

  test('where ECS refuses the change', async () => {
    const clock = idleClock()
    const { url, settings, writes } = await execStage(clock, { faults: [{ on: 'ecs:UpdateService', kind: 'denied' }] })
    const before = await settings()
    const { exitCode, report } = await probing(url, clock)
    expect([exitCode, names(writes())]).toEqual([3, ['TagResource', 'UpdateService', 'UntagResource']])
    expect(report.probe?.notProbed[0]?.because.en).toContain('ecs:UpdateService')
    expect(await settings()).toEqual(before)
  })

  test('where something is thrown', async () => {
    const clock = idleClock()
    const { url, settings } = await execStage(clock)
    const before = await settings()
    const hear = (line: string) => {
      if (line.startsWith('Opening')) throw new Error('a fault of ours')
    }
    await expect(probing(url, clock, { hear })).rejects.toThrow('a fault of ours')
    expect(await settings()).toEqual(before)
  })
})

test('of another owner it is left alone until its lease ends', async () => {
  const clock = idleClock()
  const { url, settings, writes } = await execStage(clock)
  const before = await settings()
  const theirs = requestOf('example/web/other')
  const kept = await keepSettings(
    { ...theirs, kind: 'enable-exec', until: UNTIL, plan: PLANS['enable-exec'] },
    depsFor(url),
  )
  if (kept.outcome !== 'kept') throw new Error(kept.because.en)
  await changeSettings(theirs, kept, depsFor(url))
  const during = await settings()
  const sent = writes().length

  const first = await probing(url, clock)
  expect([first.exitCode, writes().length - sent]).toEqual([3, 0])
  expect(first.said.join('\n')).toContain('Left alone until its lease ends: enable-exec of example/web/other')
  expect(first.report.temporary).toHaveLength(1)

  await clock.sleep(20 * 60_000)
  const second = await probing(url, clock)
  expect([second.exitCode, names(writes().slice(sent))]).toEqual([0, ['ExecuteCommand', 'ExecuteCommand']])
  expect(await settings()).toEqual(during)

  await clock.sleep(UNTIL - BEGAN_AT)
  const third = await probing(url, clock)
  expect(third.exitCode).toBe(0)
  expect(await settings()).toEqual(before)
})
