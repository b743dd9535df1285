/** `emergency`: settings of the service that a deploy changes for a while, from its first run to the one that finds nothing left. */
import { UpdateServiceCommand } from '@aws-sdk/client-ecs'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { seoulFiles } from '../../../simulator/seoul/files.ts'
import { ownerIn } from '../../../src/commands/lease-owner.ts'
import { changeSettings, keepSettings } from '../../../src/commands/settings/keep.ts'
import { CONTEXT } from '../../entry/context.ts'
import { scenarioNamed } from '../../simulator/rollout/scene.ts'
import { clientsOf, simulate } from '../../simulator/support.ts'
import { BAD, depsFor, GOOD, PLANS, requestOf } from '../settings/one-run.ts'
import { clockFrom } from '../watch-request.ts'
import { deployed, fileOf, type Scene, SERVICE, sceneWith } from './deploying.ts'

beforeAll(() => {
  const credentials = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' }
  Object.assign(process.env, { ...credentials, AWS_EC2_METADATA_DISABLED: 'true' })
})

const CONFIGURATION = { minimumHealthyPercent: 50, maximumPercent: 100 }

/** One subnet of two has no way to S3, in the network as in the rollout. */
async function seoul(): Promise<Scene> {
  const { script: _, ...scenario } = scenarioNamed('seoul')
  const { configuration } = scenario
  const clock = clockFrom(Date.parse('2026-11-21T04:00:00Z'))
  const simulator = await simulate({
    files: seoulFiles(),
    scenario: { ...scenario, script: [], configuration: { ...configuration, ...CONFIGURATION } },
    clock,
  })
  return { simulator, clock }
}

function settings({ simulator }: Scene) {
  const state = simulator.rollout?.state()
  const tags = Object.values(state?.tags ?? {}).flat()
  return { changed: state?.settings ?? {}, tags }
}

const GOES_ON = ['--fail-on', 'never', '--on-busy', 'proceed']

const NEW = async () => [...SERVICE, '--task-definition', await fileOf({ cpu: '1024', memory: '2048' })]

describe('percent', () => {
  test('is in force while the rollout goes on, and put back at its end', async () => {
    const scene = await sceneWith({ configuration: CONFIGURATION })
    const done = await deployed(scene, [...(await NEW()), '--emergency', 'percent'])
    expect(done.exitCode).toBe(0)
    expect(done.writes).toEqual([
      'TagResource',
      'RegisterTaskDefinition',
      'UpdateService',
      'UpdateService',
      'UntagResource',
    ])
    const updates = done.requests.filter(({ operation }) => operation === 'UpdateService').map(({ params }) => params)
    expect(updates[0]).toMatchObject({
      taskDefinition: expect.any(String),
      deploymentConfiguration: { minimumHealthyPercent: 0, maximumPercent: 200 },
    })
    expect(updates[1]).toMatchObject({ deploymentConfiguration: CONFIGURATION })
    expect(done.report.deployment?.restored).toEqual([
      { setting: 'minimumHealthyPercent', before: 0, after: 50 },
      { setting: 'maximumPercent', before: 200, after: 100 },
    ])
    expect(done.report.temporary).toBeUndefined()
    expect(settings(scene).tags).toEqual([])
  })

  test('what a killed run left is put back by the next deploy before it writes anything else', async () => {
    const scene = await sceneWith({ configuration: CONFIGURATION })
    const { url } = scene.simulator
    const request = requestOf(ownerIn(CONTEXT.env))
    const until = scene.clock.now() + 60_000
    const kept = await keepSettings({ ...request, kind: 'percent', until, plan: PLANS.percent }, depsFor(url))
    if (kept.outcome !== 'kept') throw new Error(kept.because.en)
    await changeSettings(request, kept, depsFor(url))
    const dry = await deployed(scene, [...(await NEW()), '--dry-run'])
    expect([dry.writes, dry.report.temporary]).toMatchObject([[], [{ isInForce: true }]])
    const done = await deployed(scene, await NEW())
    expect(done.writes.slice(0, 2)).toEqual(['UpdateService', 'UntagResource'])
    expect(done.report.deployment?.restored).toHaveLength(2)
    expect(done.report.temporary).toBeUndefined()
  })

  test('an update that AWS refuses leaves nothing behind', async () => {
    const scene = await sceneWith(
      { configuration: CONFIGURATION },
      { faults: [{ on: 'ecs:UpdateService', kind: 'denied' }] },
    )
    const done = await deployed(scene, [...(await NEW()), '--emergency', 'percent'])
    expect([done.exitCode, done.report.ending?.kind]).toEqual([1, 'refused'])
    expect(settings(scene)).toEqual({ changed: {}, tags: [] })
  })
})

describe('bad-subnets', () => {
  test('without it nothing is written; with it the deploy goes out in what is left, and the report leads with it', async () => {
    const scene = await seoul()
    const refused = await deployed(scene, await NEW())
    expect([refused.exitCode, refused.writes]).toEqual([1, []])
    const done = await deployed(scene, [...(await NEW()), '--emergency', 'bad-subnets'])
    expect([done.exitCode, done.report.rollout?.phase]).toEqual([0, 'steady'])
    expect(done.writes).toEqual(['TagResource', 'RegisterTaskDefinition', 'UpdateService'])
    expect(done.report.rollout?.bySubnet.map(({ subnetId }) => subnetId)).toEqual([GOOD])
    expect(done.report.temporary).toMatchObject([
      { isInForce: true, state: { kind: 'bad-subnets', changes: [{ before: [GOOD, BAD], after: [GOOD] }] } },
    ])
    expect(done.report.deployment?.restored).toBeNull()

    const again = await deployed(scene, [...(await NEW()), '--emergency', 'bad-subnets', '--force-new-deployment'])
    expect([again.exitCode, again.writes]).toEqual([0, ['UpdateService']])
    expect(again.report.temporary).toHaveLength(1)
  })

  test('all of them bad: refused, and nothing is written', async () => {
    const scene = await seoul()
    const ecs = clientsOf(scene.simulator).ecs
    const awsvpcConfiguration = { subnets: [BAD], securityGroups: ['sg-0a4e8c15d7f3b9621'] }
    await ecs.send(
      new UpdateServiceCommand({
        cluster: requestOf().cluster,
        service: requestOf().service,
        networkConfiguration: { awsvpcConfiguration },
      }),
    )
    const done = await deployed(scene, [...(await NEW()), '--emergency', 'bad-subnets', ...GOES_ON])
    expect([done.exitCode, done.report.ending?.kind, done.writes]).toEqual([1, 'emergency', []])
  })
})
