/** Writes that AWS leaves unanswered: what was done is not done again, and what was not is. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { FaultKind } from '../../../simulator/fault.ts'
import type { ScenarioText } from '../../../simulator/rollout/scenario.ts'
import { draws } from '../../draws.ts'
import { type Deployed, deployed, fileOf, type Scene, SERVICE, sceneWith } from './deploying.ts'

beforeAll(() => {
  const credentials = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' }
  Object.assign(process.env, { ...credentials, AWS_EC2_METADATA_DISABLED: 'true' })
})

const LARGER = { cpu: '1024', memory: '2048' }

/** What there is of our making. */
function made({ simulator }: Scene) {
  const state = simulator.rollout?.state()
  return {
    revisions: (state?.definitions ?? []).filter((one) => Number(one['revision']) > 41).length,
    deployments: (state?.serviceDeployments ?? []).length - EARLIER,
  }
}

/** Those of the scenario's history. */
const EARLIER = 3

async function once(on: string, kind: FaultKind, words: readonly string[] = []): Promise<[Scene, Deployed]> {
  const scene = await sceneWith({}, { faults: [{ on, kind, times: 1 }] })
  return [scene, await deployed(scene, [...SERVICE, ...words, '--task-definition', await fileOf(LARGER)])]
}

describe('an unanswered', () => {
  test.each([
    ['RegisterTaskDefinition', 'cut', 1],
    ['RegisterTaskDefinition', 'lost', 1],
    ['RegisterTaskDefinition', 'garbage', 2],
    ['RegisterTaskDefinition', 'torn', 2],
    ['RegisterTaskDefinition', 'internal', 2],
    ['UpdateService', 'cut', 1],
    ['UpdateService', 'lost', 1],
    ['UpdateService', 'foreign', 2],
    ['UpdateService', 'torn', 2],
    ['UpdateService', 'internal', 2],
  ] as const)('%s (%s) is sent %d times in all, and everything is there once', async (operation, kind, sent) => {
    const [scene, done] = await once(`ecs:${operation}`, kind)
    expect([done.exitCode, done.report.rollout?.phase]).toEqual([0, 'steady'])
    expect(done.writes.filter((one) => one === operation)).toHaveLength(sent)
    expect(made(scene)).toEqual({ revisions: 1, deployments: 1 })
    expect(done.report.deployment).toMatchObject({ registered: true, updated: true })
  })

  test('forced update of the revision that runs starts one deployment', async () => {
    const scene = await sceneWith({}, { faults: [{ on: 'ecs:UpdateService', kind: 'cut', times: 1 }] })
    const done = await deployed(scene, [...SERVICE, '--force-new-deployment', '--task-definition', await fileOf()])
    expect([done.exitCode, done.writes, made(scene)]).toEqual([0, ['UpdateService'], { revisions: 0, deployments: 1 }])
  })

  test('RunTask is sent with the same token, and starts one task', async () => {
    const task = ['--run-task', '--run-task-subnets', 'subnet-0e17c5b8a3d94f602']
    const [scene, done] = await once('ecs:RunTask', 'cut', task)
    expect(done.writes).toEqual(['RegisterTaskDefinition', 'RunTask', 'RunTask', 'UpdateService'])
    expect(scene.simulator.rollout?.state().standalone).toHaveLength(1)
  })

  test.each(['RegisterTaskDefinition', 'UpdateService'])(
    '%s that something on the way sends twice is one to us',
    async (operation) => {
      const [scene, done] = await once(`ecs:${operation}`, 'doubled')
      expect([done.exitCode, done.report.rollout?.phase]).toEqual([0, 'steady'])
      expect(done.writes.filter((one) => one === operation)).toHaveLength(1)
      expect(made(scene).revisions).toBe(operation === 'RegisterTaskDefinition' ? 2 : 1)
    },
  )

  test('write is waited for while AWS throttles', async () => {
    const scene = await sceneWith({}, { faults: [{ on: 'ecs:UpdateService', kind: 'throttled', times: 3 }] })
    const done = await deployed(scene, [...SERVICE, '--task-definition', await fileOf(LARGER)])
    expect([done.exitCode, made(scene)]).toEqual([0, { revisions: 1, deployments: 1 }])
    expect(done.writes.filter((one) => one === 'UpdateService')).toHaveLength(4)
  })

  test('write that nobody can look up is never sent again: 3', async () => {
    const lost: ScenarioText['faults'] = [
      { on: 'ecs:ListTaskDefinitions', kind: 'denied' },
      { on: 'ecs:RegisterTaskDefinition', kind: 'cut' },
    ]
    const scene = await sceneWith({ faults: lost })
    const done = await deployed(scene, [...SERVICE, '--task-definition', await fileOf(LARGER)])
    expect([done.exitCode, done.writes, done.report.ending?.kind]).toEqual([3, ['RegisterTaskDefinition'], 'unsure'])
  })

  test("update is not sent again over somebody else's deployment", async () => {
    const scene = await sceneWith(
      { script: [{ does: 'deploy', at: 1 }] },
      { faults: [{ on: 'ecs:UpdateService', kind: 'torn', times: 1 }] },
    )
    const done = await deployed(scene, [...SERVICE, '--task-definition', await fileOf(LARGER)])
    expect([done.exitCode, done.report.ending?.kind]).toEqual([3, 'overtaken'])
    expect(done.writes.filter((one) => one === 'UpdateService')).toHaveLength(1)
  })
})

describe('40 % of all calls throttled, torn or broken off', () => {
  const seeds = Array.from({ length: draws(6) }, (_, at) => at + 1)

  test.each(seeds)('seed %d: at most one of each is made, and the end is the right one', async (seed) => {
    const kinds: readonly FaultKind[] = ['throttled', 'torn', 'cut', 'lost', 'internal']
    const scene = await sceneWith({}, { chaos: { seed, share: 0.4, kinds } })
    const done = await deployed(scene, [...SERVICE, '--task-definition', await fileOf(LARGER)])
    const { revisions, deployments } = made(scene)
    expect(revisions).toBeLessThanOrEqual(1)
    expect(deployments).toBeLessThanOrEqual(1)
    const phase = done.report.rollout?.phase ?? done.report.ending?.kind
    expect([done.exitCode, phase, deployments]).toEqual(
      done.exitCode === 0 ? [0, 'steady', 1] : [3, phase, deployments],
    )
    if (done.exitCode === 3) expect(['unsure', 'lost', 'cancelled', 'overtaken']).toContain(phase)
  })
})
