/** A deploy of a service whose deployment controller is ECS: what is written, in which order, and what it says in the end. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { itemsOf } from '../../../simulator/item.ts'
import type { Operation } from '../../../simulator/operation.ts'
import { OPERATIONS } from '../../../simulator/operations.ts'
import { seoulFiles } from '../../../simulator/seoul/files.ts'
import { replayWatch } from '../../../src/commands/watch/loop.ts'
import { renderJson } from '../../../src/report/json/json.ts'
import { deployed, fileOf, SERVICE, sceneWith } from './deploying.ts'

beforeAll(() => {
  const credentials = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' }
  Object.assign(process.env, { ...credentials, AWS_EC2_METADATA_DISABLED: 'true' })
})

const LARGER = { cpu: '1024', memory: '2048' }
const REVISION = 'arn:aws:ecs:ap-northeast-2:406178923551:task-definition/role-nestjs-second:'

describe('a task definition in a file', () => {
  test('is registered, put into the service, and that very deployment is followed to its end', async () => {
    const scene = await sceneWith()
    const done = await deployed(scene, [...SERVICE, '--task-definition', await fileOf(LARGER)])
    expect([done.exitCode, done.writes]).toEqual([0, ['RegisterTaskDefinition', 'UpdateService']])
    const { deployment, rollout } = done.report
    expect(deployment).toMatchObject({ revision: `${REVISION}42`, registered: true, reused: false, updated: true })
    expect(deployment?.diff?.map(({ path, before, after }) => [path, before, after])).toEqual([
      ['cpu', '512', '1024'],
      ['memory', '1024', '2048'],
    ])
    expect(rollout).toMatchObject({ phase: 'steady', taskDefinitionArn: `${REVISION}42` })
    expect(rollout?.deploymentId).toBe(scene.simulator.rollout?.state().deployments[0]?.id)
    expect(JSON.parse(done.output)).toMatchObject({ mode: 'deploy', verdict: 'pass', rollout: { phase: 'steady' } })
  })

  test('asks ECS for what it was asked for, and for nothing more', async () => {
    const more = ['--desired-count', '3', '--propagate-tags', 'SERVICE', '--enable-ecs-managed-tags']
    const scene = await sceneWith()
    const done = await deployed(scene, [...SERVICE, ...more, '--task-definition', await fileOf(LARGER)])
    expect(done.requests.find(({ operation }) => operation === 'UpdateService')?.params).toEqual({
      cluster: 'cluster-nestjs-second',
      service: 'role-nestjs-second-service',
      taskDefinition: `${REVISION}42`,
      desiredCount: 3,
      propagateTags: 'SERVICE',
      enableECSManagedTags: true,
    })
    expect(done.report.rollout?.tasks.started).toBe(3)
  })

  test('deployed once more is not registered again, and starts nothing where the service runs it', async () => {
    const scene = await sceneWith()
    const words = [...SERVICE, '--task-definition', await fileOf(LARGER)]
    await deployed(scene, words)
    const again = await deployed(scene, words)
    expect([again.exitCode, again.writes]).toEqual([0, ['UpdateService']])
    expect(again.report.deployment).toMatchObject({ revision: `${REVISION}42`, registered: false, reused: true })
    expect(again.report.ending).toEqual({ kind: 'unchanged' })
    expect(
      scene.simulator.rollout?.state().serviceDeployments.filter(({ status }) => status === 'SUCCESSFUL'),
    ).toHaveLength(4)
  })

  test('is deployed again where `force-new-deployment` says so', async () => {
    const scene = await sceneWith()
    const words = [...SERVICE, '--force-new-deployment', '--task-definition', await fileOf()]
    const done = await deployed(scene, words)
    expect([done.exitCode, done.writes]).toEqual([0, ['UpdateService']])
    expect(done.report).toMatchObject({
      deployment: { reused: true },
      rollout: { phase: 'steady', tasks: { started: 2 } },
    })
  })

  test('is fetched anew where the image behind its tag is another one than what runs', async () => {
    const moved: Operation = async (request, world) => {
      const answer = (await OPERATIONS['ecr']?.['DescribeImages']?.(request, world)) ?? {}
      return {
        ...answer,
        imageDetails: itemsOf(answer['imageDetails']).map((one) => ({
          ...one,
          imageDigest: `sha256:${'7'.repeat(64)}`,
        })),
      }
    }
    const running = await sceneWith()
    const scene = await sceneWith({}, { operations: { ecr: { DescribeImages: moved } } })
    const words = [...SERVICE, '--task-definition', await fileOf()]
    expect((await deployed(running, words)).report.ending).toEqual({ kind: 'unchanged' })
    expect(
      (await deployed(scene, words)).requests.find(({ operation }) => operation === 'UpdateService')?.params,
    ).toMatchObject({
      forceNewDeployment: true,
    })
  })

  test('leaves a tape that gives the same report again', async () => {
    const done = await deployed(await sceneWith(), [...SERVICE, '--task-definition', await fileOf(LARGER)])
    const tape = await readFile(join(done.folder, 'tape.ndjson'), 'utf8')
    expect(renderJson(replayWatch(tape), 'en')).toBe(done.output)
  })
})

describe('a revision that is registered', () => {
  test.each([['role-nestjs-second'], ['role-nestjs-second:41'], [`${REVISION}41`]])(
    '%s is deployed as it is',
    async (name) => {
      const done = await deployed(await sceneWith(), [...SERVICE, '--force-new-deployment', '--task-definition', name])
      expect([done.exitCode, done.writes]).toEqual([0, ['UpdateService']])
      expect(done.report.deployment).toMatchObject({ revision: `${REVISION}41`, registered: false, reused: false })
    },
  )

  test('is registered anew with another image, and the difference is told', async () => {
    const image = '406178923551.dkr.ecr.ap-northeast-2.amazonaws.com/role-nestjs-second:other'
    const words = [...SERVICE, '--fail-on', 'never', '--image', `app=${image}`]
    const container = await containerOf()
    const done = await deployed(
      await sceneWith(),
      words.map((word) => word.replace('app=', `${container}=`)),
    )
    expect(done.writes).toEqual(['RegisterTaskDefinition', 'UpdateService'])
    expect(done.report.deployment?.diff?.map(({ path, after }) => [path, after])).toEqual([
      [`containerDefinitions.${container}.image`, expect.stringContaining(image)],
    ])
  })

  async function containerOf(): Promise<string> {
    const { containerDefinitions } = JSON.parse(await readFile(await fileOf(), 'utf8'))
    return containerDefinitions[0].name
  }
})

describe('it ends before a rollout', () => {
  test('where preflight finds what `fail-on` names: nothing is written, and the report says so', async () => {
    const scene = await sceneWith({}, { files: seoulFiles() })
    const done = await deployed(scene, [...SERVICE, '--task-definition', await fileOf(LARGER)])
    expect([done.exitCode, done.writes]).toEqual([1, []])
    expect(done.report).toMatchObject({ verdict: 'fail', enforced: true, ending: { kind: 'preflight' } })
    const { headline, rollout, findings } = JSON.parse(done.output)
    expect(headline).toContain('Nothing was registered and nothing was updated.')
    expect([done.report.deployment, rollout]).toMatchObject([{ registered: false, updated: false }, null])
    expect(findings[0].check).toBe('s3-route-missing')
  })

  test('with `dry-run`: everything but the writes', async () => {
    const done = await deployed(await sceneWith(), [...SERVICE, '--dry-run', '--task-definition', await fileOf(LARGER)])
    expect([done.exitCode, done.writes]).toEqual([0, []])
    expect(done.report.deployment).toMatchObject({ revision: null, registered: false, updated: false })
    expect(done.report.deployment?.diff).toHaveLength(2)
    expect(done.report.verdict).toBe('pass')
  })

  test('without a service: the revision is registered and no more', async () => {
    const done = await deployed(await sceneWith(), ['--task-definition', await fileOf(LARGER)])
    expect([done.exitCode, done.writes]).toEqual([0, ['RegisterTaskDefinition']])
    expect(done.report.deployment).toMatchObject({
      revision: `${REVISION}42`,
      registered: true,
      updated: false,
      diff: null,
    })
    // Nobody looked whether its tasks can start.
    expect(done.report.verdict).toBe('unknown')
  })

  test('with `wait-for-service-stability: false`: after the update', async () => {
    const words = [...SERVICE, '--wait-for-service-stability=false', '--task-definition', await fileOf(LARGER)]
    const done = await deployed(await sceneWith(), words)
    expect([done.exitCode, done.writes]).toEqual([0, ['RegisterTaskDefinition', 'UpdateService']])
    expect([done.report.deployment, JSON.parse(done.output).rollout]).toMatchObject([{ updated: true }, null])
  })

  test('where AWS refuses a write: the report says which, and what was written before', async () => {
    const faults = [{ on: 'ecs:UpdateService', kind: 'denied' as const }]
    const scene = await sceneWith({ faults })
    const done = await deployed(scene, [...SERVICE, '--task-definition', await fileOf(LARGER)])
    expect([done.exitCode, done.writes]).toEqual([1, ['RegisterTaskDefinition', 'UpdateService']])
    expect(done.report.ending).toMatchObject({ kind: 'refused', permission: 'ecs:UpdateService' })
    expect(JSON.parse(done.output).headline).toMatch(
      /AWS refused ecs:UpdateService.*role-nestjs-second:42 is registered/,
    )
  })

  test('with a sentence for a service whose deployment controller is EXTERNAL', async () => {
    const files = seoulFiles({ healthy: true })
    const answer = JSON.parse(JSON.stringify(files['ecs/describe-services.json']))
    answer.services[0].deploymentController = { type: 'EXTERNAL' }
    const scene = await sceneWith({}, { files: { ...files, 'ecs/describe-services.json': answer } })
    await expect(deployed(scene, [...SERVICE, '--task-definition', await fileOf(LARGER)])).rejects.toThrow(/EXTERNAL/)
    expect(scene.simulator.requests().map(({ operation }) => operation)).not.toContain('RegisterTaskDefinition')
  })
})
