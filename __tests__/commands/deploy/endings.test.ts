/** How the rollout of a deploy ends, and what else is written then: a rollback where it was asked for, and never of what is well or somebody else's. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { ScenarioText } from '../../../simulator/rollout/scenario.ts'
import { replayWatch } from '../../../src/commands/watch/loop.ts'
import { renderJson } from '../../../src/report/json/json.ts'
import { type Deployed, deployed, fileOf, type Scene, SERVICE, sceneWith } from './deploying.ts'

beforeAll(() => {
  const credentials = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' }
  Object.assign(process.env, { ...credentials, AWS_EC2_METADATA_DISABLED: 'true' })
})

const LARGER = { cpu: '1024', memory: '2048' }
const OURS = ['RegisterTaskDefinition', 'UpdateService']
const BREAKER = { deploymentCircuitBreaker: { enable: true, rollback: true } }

async function ended(scenario: Partial<ScenarioText>, words: readonly string[] = []): Promise<Deployed> {
  return deployed(await sceneWith(scenario), [...SERVICE, ...words, '--task-definition', await fileOf(LARGER)])
}

describe('the exit code tells how the rollout ended', () => {
  test.each([
    ['steady', 0, {}, []],
    ['rolled-back', 1, { behaviour: { kind: 'image-not-found' }, configuration: BREAKER }, []],
    [
      'failed',
      1,
      {
        behaviour: { kind: 'image-not-found' },
        configuration: { deploymentCircuitBreaker: { enable: true, rollback: false } },
      },
      [],
    ],
    ['timed-out', 3, { behaviour: { kind: 'stuck' } }, ['--wait-for-minutes', '2']],
    ['superseded', 3, { script: [{ does: 'deploy', at: 20 }] }, []],
  ] as const)('%s: %d', async (phase, exitCode, scenario, words) => {
    const done = await ended(scenario as Partial<ScenarioText>, words)
    expect([done.report.rollout?.phase, done.exitCode]).toEqual([phase, exitCode])
    expect(done.writes).toEqual(OURS)
  })

  test('without hope: 1, before ECS gives up', async () => {
    const done = await ended({ behaviour: { kind: 'image-not-found' } })
    expect([done.report.rollout?.hopeless === null, done.exitCode, done.writes]).toEqual([false, 1, OURS])
  })

  test('contact lost: 3', async () => {
    const faults = [{ on: 'ecs:*', kind: 'expired' as const, after: 30 }]
    const done = await ended({ faults }, ['--on-failure', 'rollback'])
    expect([done.report.rollout?.phase, done.exitCode, done.writes]).toEqual(['lost', 3, OURS])
  })
})

describe('`on-failure: rollback`', () => {
  test('asks ECS once to bring the old revision back, and follows that to its end', async () => {
    const done = await ended({ behaviour: { kind: 'image-not-found' } }, ['--on-failure', 'rollback'])
    expect(done.writes).toEqual([...OURS, 'StopServiceDeployment'])
    expect([done.report.rollout?.phase, done.exitCode]).toEqual(['rolled-back', 1])
  })

  test.each([
    ['a rollout that is well', {}, []],
    [
      "somebody else's deployment",
      { script: [{ does: 'deploy', at: 20, behaviour: { kind: 'image-not-found' } }] },
      [],
    ],
    ['a rollout that may still succeed', { behaviour: { kind: 'stuck' } }, ['--wait-for-minutes', '2']],
  ] as const)('leaves alone %s', async (_, scenario, words) => {
    const done = await ended(scenario as Partial<ScenarioText>, ['--on-failure', 'rollback', ...words])
    expect(done.writes).toEqual(OURS)
  })
})

describe('a deploy that is cancelled', () => {
  /** Cancelled when a line of progress fits. */
  async function cancelled(
    at: RegExp,
    words: readonly string[],
    scenario: Partial<ScenarioText> = {},
    made?: (scene: Scene) => void,
  ): Promise<Deployed> {
    const controller = new AbortController()
    const scene = await sceneWith(scenario)
    made?.(scene)
    const say = (line: string) => {
      if (at.test(line)) controller.abort()
    }
    const file = await fileOf(LARGER)
    return deployed(scene, [...SERVICE, ...words, '--task-definition', file], { signal: controller.signal, say })
  }

  test('while its rollout is followed writes nothing, and ends with 3', async () => {
    const done = await cancelled(/1 of 2 tasks run/, [])
    expect([done.exitCode, done.report.rollout?.phase, done.writes]).toEqual([3, 'cancelled', OURS])
  })

  test('with `on-cancel: rollback` asks for the rollback of its own deployment', async () => {
    const done = await cancelled(/1 of 2 tasks run/, ['--on-cancel', 'rollback'])
    expect([done.exitCode, done.writes]).toEqual([3, [...OURS, 'StopServiceDeployment']])
    expect(JSON.parse(done.output).rollout.notes.join(' ')).toMatch(/roll/i)
  })

  test('right after its update: the same', async () => {
    const done = await cancelled(/The service is updated/, ['--on-cancel', 'rollback'])
    expect([done.exitCode, done.writes]).toEqual([3, [...OURS, 'StopServiceDeployment']])
    expect(done.report.deployment).toMatchObject({ registered: true, updated: true })
    const tape = await readFile(join(done.folder, 'tape.ndjson'), 'utf8')
    expect(renderJson(replayWatch(tape), 'en')).toBe(done.output)
  })

  test("never rolls back what is somebody else's by then", async () => {
    const script: ScenarioText['script'] = [{ does: 'deploy', at: 30 }]
    const done = await cancelled(/1 of 2 tasks run|somebody|superseded/i, ['--on-cancel', 'rollback'], { script })
    expect(done.writes).toEqual(OURS)
  })

  test('before its update changes nothing in the service', async () => {
    const done = await cancelled(/Registered/, ['--on-cancel', 'rollback'])
    expect([done.exitCode, done.writes, done.report.ending]).toEqual([
      3,
      ['RegisterTaskDefinition'],
      { kind: 'cancelled' },
    ])
  })
})

describe("somebody else's deployment in progress", () => {
  const script: ScenarioText['script'] = [{ does: 'deploy', at: 0 }]

  test('is waited for, and said first', async () => {
    const done = await ended({ script })
    expect(done.said.find((line) => line.includes("Somebody else's"))).toMatch(/ecs-svc\/\d+ of role-nestjs-second:42/)
    expect([done.exitCode, done.report.rollout?.phase]).toEqual([0, 'steady'])
    expect(done.report.rollout?.taskDefinitionArn).toMatch(/:43$/)
  })

  test('ends the deploy before anything is written with `on-busy: fail`', async () => {
    const done = await ended({ script }, ['--on-busy', 'fail'])
    expect([done.exitCode, done.writes, done.report.ending?.kind]).toEqual([1, [], 'busy'])
  })

  test('is replaced with `on-busy: proceed`', async () => {
    const done = await ended({ script }, ['--on-busy', 'proceed'])
    expect([done.exitCode, done.writes]).toEqual([0, OURS])
  })

  test('ends the deploy with 3 where it outlasts `wait-for-minutes`', async () => {
    const done = await ended({ script, behaviour: { kind: 'stuck' } }, ['--wait-for-minutes', '2'])
    expect([done.exitCode, done.writes, done.report.ending?.kind]).toEqual([3, [], 'still-busy'])
  })

  test('of the very revision is our own from an earlier run, and followed', async () => {
    const scene = await sceneWith()
    const words = [...SERVICE, '--task-definition', await fileOf(LARGER)]
    await deployed(scene, [...words, '--wait-for-service-stability=false'])
    const again = await deployed(scene, words)
    expect([again.exitCode, again.writes, again.report.rollout?.phase]).toEqual([0, ['UpdateService'], 'steady'])
  })
})

test('two deploys at once: each follows its own, and the one that is overtaken ends superseded', async () => {
  const scene = await sceneWith()
  const first = deployed(scene, [...SERVICE, '--task-definition', await fileOf(LARGER)], {
    say: () => {},
  })
  const second = deployed(scene, [
    ...SERVICE,
    '--on-busy',
    'proceed',
    '--task-definition',
    await fileOf({ cpu: '2048', memory: '4096' }),
  ])
  const both = await Promise.all([first, second])
  const ids = both.map(({ report }) => report.rollout?.deploymentId)
  expect(new Set(ids).size).toBe(2)
  expect(both.map(({ exitCode }) => exitCode).sort()).toEqual([0, 3])
  expect(both.map(({ report }) => report.rollout?.phase).sort()).toEqual(['steady', 'superseded'])
})
