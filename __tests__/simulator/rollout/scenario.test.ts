import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { DescribeServicesCommand } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import { reasonOf } from '../../../simulator/rollout/failures.ts'
import { scenarioOf } from '../../../simulator/rollout/read-scenario.ts'
import { BEHAVIOURS } from '../../../simulator/rollout/scenario.ts'
import { settingOf } from '../../../simulator/rollout/setting.ts'
import { seoulFiles } from '../../../simulator/seoul/files.ts'
import { worldOf } from '../../../simulator/world.ts'
import { clientsOf, simulate } from '../support.ts'
import { BEGAN_AT, SCENARIOS, scenarioNamed, seoulScenario } from './scene.ts'

describe('a scenario file', () => {
  test.each(SCENARIOS)('%s is named after its file and says what it is about', (name) => {
    expect(scenarioNamed(name).name).toBe(name)
    expect(scenarioNamed(name).about).not.toBe('')
  })

  test.each([
    ['a misspelt member', { subnet: [] }, 'subnet'],
    ['a subnet without an id', { subnets: [{}] }, 'subnets.0.id'],
    ['no subnets', { subnets: [] }, 'subnets'],
    ['an unknown behaviour', { subnets: [{ id: 's', behaviour: { kind: 'odd' } }] }, 'subnets.0.behaviour.kind'],
    ['seconds below zero', { timing: { react: -1 } }, 'timing.react'],
    ['a deed that nobody knows', { script: [{ does: 'dance', at: 1 }] }, 'script.0.does'],
  ])('with %s is refused, and the sentence says where', (_, change, place) => {
    const value = { name: 'x', subnets: [{ id: 'subnet-1' }], ...change }
    expect(() => scenarioOf(value, 'x.json')).toThrow(`The scenario x.json is wrong at "${place}": it takes `)
  })

  test('that places a task where there is no subnet is refused', () => {
    const value = { name: 'x', subnets: [{ id: 'subnet-1' }], placements: ['subnet-2'] }
    expect(() => scenarioOf(value)).toThrow('subnet-2')
  })
})

/** A text with everything that differs from case to case taken out: numbers, hosts, accounts, names. */
function bare(text: string): string {
  return text
    .replace(/arn:aws:[^\s]*/g, 'ARN')
    .replace(/https?:\/\/[^\s"]+/g, 'URL')
    .replace(/request id: \S+/g, 'request id')
    .replace(/[\w.*]+\.(dkr\.ecr|amazonaws)\.?[\w./:@-]*/g, 'IMAGE')
    .replace(/docker\.io\/[\w./:-]+/g, 'IMAGE')
    .replace(/registry-1\.docker\.io/g, 'IMAGE')
    .replace(/\d+(\.\d+)*/g, 'N')
    .replace(/["']/g, '')
    .replace(/IMAGE:? not found/, 'IMAGE: not found')
    .trim()
}

/** Which recorded text each failure copies; `cut` ones end early. */
const RECORDED: Readonly<Record<string, string>> = {
  's3-timeout': 'c0022',
  'registry-timeout': 'c0055',
  'token-timeout': 'c0278',
  denied: 'c0268',
  'image-not-found': 'c0008',
  platform: 'c0005',
  'log-group-missing': 'c0019',
}

describe('stopped reasons are those that Fargate really gives', () => {
  const corpus = readFileSync('__tests__/fixtures/corpus/dev.jsonl', 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly id: string; readonly text: string })
  const setting = settingOf(seoulScenario(), worldOf(seoulFiles()), BEGAN_AT)

  test.each(Object.entries(RECORDED))('%s reads as %s', (kind, id) => {
    const behaviour = { kind: kind as (typeof BEHAVIOURS)[number], logs: [], chance: 1 }
    const own = reasonOf(behaviour, setting, setting.definition, 'f'.repeat(32))
    const recorded = (corpus.find((one) => one.id === id)?.text ?? '')
      .replace(/^.*unable to place a task\. Reason: /, '')
      .replace(/\.$/, '')
    expect(recorded.length).toBeGreaterThan(50)
    expect(bare(own)).toBe(bare(recorded))
  })

  test('no failure to start is without words', () => {
    for (const kind of BEHAVIOURS.filter(
      (one) => !['ok', 'exits', 'unhealthy', 'no-capacity', 'stuck'].includes(one),
    )) {
      expect(reasonOf({ kind, logs: [], chance: 1 }, setting, setting.definition, 'x')).not.toBe('')
    }
  })
})

describe('time', () => {
  test('runs as fast as it is told to', async () => {
    let ms = 1_000_000
    const scenario = { ...scenarioNamed('clean'), startsAt: '2026-11-21T04:00:00Z' }
    const simulator = await simulate({ files: seoulFiles(), scenario, speed: 60, clock: { now: () => ms } })
    const { rollout } = simulator
    expect(rollout?.now()).toBe(BEGAN_AT)
    ms += 2500
    expect(rollout?.now()).toBe(BEGAN_AT + 150_000)
  })

  test('is the real one where nobody gives another', async () => {
    const before = Date.now()
    const { rollout } = await simulate({ files: seoulFiles(), scenario: scenarioNamed('clean'), speed: 100 })
    expect(rollout?.setting.beganAt).toBeGreaterThanOrEqual(before)
    await pause(50)
    const passed = (rollout?.now() ?? 0) - (rollout?.setting.beganAt ?? 0)
    expect(passed).toBeGreaterThanOrEqual(4900)
    expect(passed).toBeLessThan(100 * (Date.now() - before + 5))
  })
})

test('a scenario stands alone where there is no folder: a service of its own, and a network that nobody may read', async () => {
  const scenario = scenarioOf({ name: 'alone', region: 'eu-west-1', subnets: [{ id: 'subnet-1' }, { id: 'subnet-2' }] })
  const simulator = await simulate({ scenario })
  expect(simulator).toMatchObject({ region: 'eu-west-1', accountId: '123456789012' })
  const { ecs } = clientsOf(simulator, { region: 'eu-west-1' })
  const { services } = await ecs.send(new DescribeServicesCommand({ cluster: 'demo', services: ['web'] }))
  expect(services?.[0]).toMatchObject({
    status: 'ACTIVE',
    runningCount: 2,
    networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1', 'subnet-2'] } },
  })
  expect(services?.[0]?.deployments).toHaveLength(2)
})
