import { expect, test } from '@jest/globals'
import type { Fault, FaultKind } from '../../../simulator/fault.ts'
import { seoulFiles } from '../../../simulator/seoul/files.ts'
import { registerTaskDefinition, updateService } from '../../../src/aws/calls/writes.ts'
import { openWriter } from '../../../src/aws/writer/writer.ts'
import { clockFrom } from '../../commands/watch-request.ts'
import { scenarioNamed } from '../../simulator/rollout/scene.ts'
import { simulate } from '../simulated.ts'

const DEFINITION = { family: 'web', containerDefinitions: [{ name: 'web', image: 'example.com/web:2' }] }

async function aws(faults: readonly Fault[] = []) {
  const simulator = await simulate({ files: seoulFiles(), scenario: scenarioNamed('clean'), faults })
  const clock = clockFrom(0)
  const writer = openWriter({
    region: 'ap-northeast-2',
    endpoint: simulator.url,
    clock,
    random: () => 0,
    limits: { callMs: 1_000, runMs: Number.POSITIVE_INFINITY },
  })
  const sent = () => simulator.requests().filter(({ operation }) => operation === 'RegisterTaskDefinition').length
  const kept = () => simulator.rollout?.state().definitions.filter((one) => one['family'] === 'web').length
  return { writer, clock, sent, kept }
}

test('a write that AWS takes is answered with its answer', async () => {
  const { writer, sent } = await aws()
  const written = await writer.write(registerTaskDefinition, DEFINITION)
  expect(written).toMatchObject({ outcome: 'done', answer: { taskDefinition: { family: 'web', revision: 1 } } })
  expect(sent()).toBe(1)
})

test('a throttled one waits, longer each time, and is sent again', async () => {
  const { writer, clock, sent, kept } = await aws([{ on: 'ecs:RegisterTaskDefinition', kind: 'throttled', times: 3 }])
  expect(await writer.write(registerTaskDefinition, DEFINITION)).toMatchObject({ outcome: 'done' })
  expect([sent(), kept(), clock.now()]).toEqual([4, 1, 7_000])
})

test('one that is throttled for good ends as throttled, and an aborted wait at once', async () => {
  const { writer, sent } = await aws([{ on: 'ecs:*', kind: 'throttled' }])
  const written = await writer.write(registerTaskDefinition, DEFINITION)
  expect(written).toMatchObject({ outcome: 'refused', because: 'throttled', permission: 'ecs:RegisterTaskDefinition' })
  const before = sent()
  await writer.write(registerTaskDefinition, DEFINITION, AbortSignal.abort())
  expect(sent()).toBe(before + 1)
})

test('a clock that differs from that of AWS is set by the refusal', async () => {
  const { writer, sent, kept } = await aws([{ on: 'ecs:*', kind: 'skewed', times: 1 }])
  expect(await writer.write(registerTaskDefinition, DEFINITION)).toMatchObject({ outcome: 'done' })
  expect([sent(), kept()]).toEqual([2, 1])
})

const UNSURE: readonly FaultKind[] = ['torn', 'internal', 'cut', 'truncated', 'garbage', 'foreign', 'silent', 'stalled']
test.each(UNSURE)('%s: sent once, and nobody knows', async (kind) => {
  const { writer, sent } = await aws([{ on: 'ecs:*', kind }])
  expect(await writer.write(registerTaskDefinition, DEFINITION)).toMatchObject({ outcome: 'unsure' })
  expect(sent()).toBe(1)
})

test('what is denied, expired or against a rule of AWS is told so', async () => {
  for (const kind of ['denied', 'expired'] as const) {
    const { writer, sent } = await aws([{ on: 'ecs:*', kind }])
    expect(await writer.write(registerTaskDefinition, DEFINITION)).toMatchObject({
      outcome: 'refused',
      because: 'denied',
    })
    expect(sent()).toBe(1)
  }
  const { writer } = await aws()
  expect(await writer.write(updateService, { cluster: 'none', service: 'none' })).toMatchObject({
    outcome: 'refused',
    because: 'refused',
    code: 'ClusterNotFoundException',
  })
})
