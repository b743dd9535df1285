import { describe, expect, test } from '@jest/globals'
import { type Item, itemsOf } from '../../../simulator/item.ts'
import { REHEARSAL_TAG } from '../../../src/domain/rehearsal.ts'
import { renderMarkdown } from '../../../src/report/markdown/markdown.ts'
import { BAD, FAMILY, GOOD, stageOf, TIMEOUT } from './stage.ts'

const SPLIT = { subnets: [{ id: GOOD }, { id: BAD, behaviour: TIMEOUT }] }
/** All that a rehearsal in two subnets writes. */
const WRITTEN = ['RegisterTaskDefinition', 'RunTask', 'RunTask', 'DeregisterTaskDefinition', 'DeleteTaskDefinitions']

describe('a rehearsal', () => {
  test('of the Seoul case proves the bad subnet, suspects it within a minute, and leaves nothing', async () => {
    const stage = await stageOf(SPLIT)
    const { exitCode, report, said } = await stage.run()
    expect(exitCode).toBe(1)
    expect(report.rehearsal?.subnets).toMatchObject([
      { subnetId: GOOD, outcome: 'pulled', pullSeconds: 21.6, label: null, predicted: 'reachable', agrees: true },
      { subnetId: BAD, outcome: 'failed', label: 'pull/network-timeout', predicted: 'blocked', agrees: true },
    ])
    expect(report).toMatchObject({ mode: 'rehearse', verdict: 'fail', enforced: true, failingStep: { id: 'routes' } })
    expect(report.steps.at(-1)).toMatchObject({ id: 'rehearsal', state: 'failed' })
    const suspected = said.find((line) => line.includes('still pulling'))
    expect(suspected).toContain(BAD)
    expect(Number(/^\[(\d+)\]/.exec(suspected ?? '')?.[1])).toBeLessThanOrEqual(60)
    expect(stage.writes()).toEqual(WRITTEN)
    expect(stage.left()).toEqual([])
    expect(report.rehearsal).toMatchObject({
      removed: [expect.stringMatching(/^task\//), expect.stringMatching(/^task\//), `task-definition/${FAMILY}:1`],
      leftovers: [],
      because: null,
    })
    // Half a vCPU for a minute, and for the five that the other one took.
    expect(report.rehearsal?.vcpuSeconds).toBeGreaterThan(30 + 100)
  })

  test('where all is well ends with 0, one task a subnet at the same time', async () => {
    const stage = await stageOf()
    const { exitCode, report, output, said } = await stage.run()
    expect([exitCode, report.enforced, report.failingStep?.id]).toEqual([0, false, 'routes'])
    expect(report.steps.at(-1)).toMatchObject({ id: 'rehearsal', state: 'ok' })
    expect(said.join('\n')).not.toContain('still pulling')
    expect(JSON.parse(output).headline).toContain('pulled in all 2 subnets')
    expect(JSON.parse(output).rehearsal.subnets).toHaveLength(2)
    expect(stage.writes()).toEqual(WRITTEN)
  })

  test('asks for the same network as the service, under one lease, with a token each', async () => {
    const stage = await stageOf()
    await stage.run()
    const asked = stage.simulator.requests()
    const started = asked.filter(({ operation }) => operation === 'RunTask').map(({ params }) => params)
    const tags = [
      {
        key: REHEARSAL_TAG,
        value: expect.stringMatching(/^example\/web\/deploy\/rehearse until 2026-11-21T04:20:00Z$/),
      },
      { key: 'ecs-pull-guard:run', value: expect.stringMatching(/^[a-z0-9]{12}$/) },
    ]
    expect(started.map(({ networkConfiguration }) => networkConfiguration)).toEqual(
      [GOOD, BAD].map((subnet) => ({
        awsvpcConfiguration: { subnets: [subnet], securityGroups: [expect.any(String)], assignPublicIp: 'DISABLED' },
      })),
    )
    for (const params of started) {
      expect(params).toMatchObject({ launchType: 'FARGATE', count: 1, tags, clientToken: params['startedBy'] })
    }
    expect(new Set(started.map(({ clientToken }) => clientToken)).size).toBe(2)
    const registered = asked.find(({ operation }) => operation === 'RegisterTaskDefinition')?.params
    expect(registered).toMatchObject({ family: FAMILY, tags })
    expect(JSON.stringify(registered)).not.toMatch(/environment|healthCheck|dependsOn/)
  })

  test('goes to the subnets that are named, and to none that the service does not have', async () => {
    const stage = await stageOf(SPLIT)
    const { report } = await stage.run(['--rehearse-subnets', GOOD])
    expect(report.rehearsal?.subnets.map(({ subnetId }) => subnetId)).toEqual([GOOD])
    const strange = stage.run(['--rehearse-subnets', 'subnet-0none'])
    await expect(strange).rejects.toMatchObject({
      text: { en: expect.stringContaining('"rehearse-subnets" names subnet-0none') },
    })
  })

  test('disagrees loudly, and an unknown becomes a fact', async () => {
    const wrong = await stageOf()
    const { report } = await wrong.run()
    // Preflight reads a network without the route; in this world packets come through all the same.
    expect(report.rehearsal?.subnets[1]).toMatchObject({ predicted: 'blocked', outcome: 'pulled', agrees: false })
    expect(renderMarkdown(report, { language: 'en' })).toContain('PREFLIGHT AND THE REHEARSAL DISAGREE')
    const blind = await stageOf({}, { faults: [{ on: 'ec2:*', kind: 'denied' }] })
    const unknown = await blind.run()
    expect(unknown.exitCode).toBe(0)
    expect(unknown.report.rehearsal?.subnets).toMatchObject([
      { predicted: 'indeterminate', agrees: null },
      { predicted: 'indeterminate', agrees: null },
    ])
    const network = unknown.report.unknowns.filter(({ step }) => ['dns', 'endpoints', 'routes'].includes(step))
    expect(network.length).toBeGreaterThan(0)
    expect(network.filter(({ matters }) => matters)).toEqual([])
    expect(network[0]?.because.en).toContain('the rehearsal shows that packets come through')
    const half = await (await stageOf(SPLIT, { faults: [{ on: 'ec2:*', kind: 'denied' }] })).run()
    expect(half.report.unknowns.some(({ step, matters }) => step === 'routes' && matters)).toBe(true)
  })

  test('where no task gets a place ends with 3, unless another one failed', async () => {
    const full = { id: GOOD, behaviour: { kind: 'no-capacity' } as const }
    const none = await stageOf({ subnets: [full, { id: BAD }] })
    const { exitCode, report } = await none.run()
    expect([exitCode, report.verdict, report.steps.at(-1)?.state]).toEqual([3, 'fail', 'unknown'])
    expect(report.rehearsal?.subnets[0]).toMatchObject({
      outcome: 'not-placed',
      text: expect.stringContaining('Capacity is unavailable'),
      agrees: null,
    })
    expect(none.left()).toEqual([])
    const both = await stageOf({ subnets: [full, { id: BAD, behaviour: TIMEOUT }] })
    expect((await both.run()).exitCode).toBe(1)
  })

  test('that lasts too long is over in time, and its tasks are stopped', async () => {
    const stage = await stageOf({ subnets: [{ id: GOOD }, { id: BAD, behaviour: { kind: 'stuck' } }] })
    const { exitCode, report, said } = await stage.run(['--wait-for-minutes', '2'])
    expect(exitCode).toBe(3)
    expect(report.rehearsal?.subnets[1]).toMatchObject({ outcome: 'timed-out', text: 'PROVISIONING' })
    expect(Number(/^\[(\d+)\]/.exec(said.at(-1) ?? '')?.[1])).toBeLessThan(140)
    expect(stage.writes().filter((one) => one === 'StopTask')).toHaveLength(1)
    expect(stage.left()).toEqual([])
  })

  test.each([
    ['registered', 'ecs:RegisterTaskDefinition', ['RegisterTaskDefinition']],
    ['run', 'ecs:RunTask', WRITTEN],
  ])('that may not be %s says which permission is missing', async (_what, on, writes) => {
    const stage = await stageOf({}, { faults: [{ on, kind: 'denied' }] })
    const { exitCode, report, output } = await stage.run()
    expect(exitCode).toBe(3)
    expect(output).toContain(on)
    expect(stage.writes()).toEqual(writes)
    expect(stage.left()).toEqual([])
    expect(report.verdict).toBe('fail')
  })

  test('that may not see its own tasks does not wait for them', async () => {
    const stage = await stageOf({}, { faults: [{ on: 'ecs:DescribeTasks', kind: 'denied' }] })
    const { exitCode, report, said } = await stage.run()
    expect(exitCode).toBe(3)
    const unseen = { outcome: 'timed-out', text: expect.stringContaining('ecs:DescribeTasks') }
    expect(report.rehearsal?.subnets).toMatchObject([unseen, unseen])
    expect(Number(/^\[(\d+)\]/.exec(said.at(-1) ?? '')?.[1])).toBeLessThan(60)
    expect(stage.left()).toEqual([])
  })

  test('tells nobody a value of the environment, AWS included', async () => {
    const stage = await stageOf(SPLIT)
    const definition: Item = stage.simulator.rollout?.setting.definition ?? {}
    const [container] = itemsOf(definition['containerDefinitions'])
    Object.assign(container ?? {}, {
      environment: [{ name: 'PASSWORD', value: 'planted-value' }],
      command: ['planted-command'],
    })
    const { output, said, report } = await stage.run()
    const asked = stage.simulator.requests().map(({ params }) => params)
    const told = JSON.stringify([output, said, report, asked, stage.simulator.rollout?.state().tags])
    expect(told).toContain(FAMILY)
    expect(told).not.toMatch(/planted/)
  })

  test('of tasks on container instances is not tried, and says why', async () => {
    const stage = await stageOf()
    const service = stage.simulator.rollout?.setting.service as { launchType?: string }
    service.launchType = 'EC2'
    const { exitCode, report } = await stage.run()
    expect(exitCode).toBe(3)
    expect(report.rehearsal).toMatchObject({
      subnets: [],
      because: { en: expect.stringContaining('container instances') },
    })
    expect(stage.writes()).toEqual([])
  })
})
