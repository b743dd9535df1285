import {
  ContinueServiceDeploymentCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  StopServiceDeploymentCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import type { Fault, FaultKind } from '../../../simulator/fault.ts'
import { seoulFiles } from '../../../simulator/seoul/files.ts'
import { clientsOf, refusal, simulate } from '../support.ts'
import { scenarioNamed, sceneOf, seoulScenario } from './scene.ts'

const quiet = () => sceneOf(seoulScenario({ script: [] }))

describe('a deployment by UpdateService', () => {
  test('of a task definition that was registered before runs to its end', async () => {
    const scene = await quiet()
    const before = await scene.look()
    const registered = await scene.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: 'role-nestjs-second',
        containerDefinitions: [{ name: 'nestjs', image: 'example.com/app:2' }],
      }),
    )
    const arn = registered.taskDefinition?.taskDefinitionArn
    expect(arn).toBe(before.taskDefinition?.replace(/:41$/, ':42'))
    scene.at(30)
    const { service } = await scene.ecs.send(
      new UpdateServiceCommand({ cluster: scene.cluster, service: scene.service, taskDefinition: arn }),
    )
    expect(service?.deployments?.[0]).toMatchObject({
      status: 'PRIMARY',
      taskDefinition: arn,
      rolloutState: 'IN_PROGRESS',
    })
    expect(service?.deployments?.[1]?.id).toBe(before.deployments?.[0]?.id)
    scene.at(230)
    expect((await scene.look()).deployments).toHaveLength(1)
    expect((await scene.tasks('RUNNING')).map(({ containers }) => containers?.[0]?.image)).toEqual([
      'example.com/app:2',
      'example.com/app:2',
    ])
    const family = new DescribeTaskDefinitionCommand({ taskDefinition: 'role-nestjs-second' })
    expect((await scene.ecs.send(family)).taskDefinition?.revision).toBe(42)
  })

  test('is none where only the desired count changes, or nothing does; force makes one', async () => {
    const scene = await quiet()
    const named = { cluster: scene.cluster, service: scene.service }
    await scene.ecs.send(new UpdateServiceCommand({ ...named, desiredCount: 3 }))
    await scene.ecs.send(new UpdateServiceCommand(named))
    scene.at(90)
    expect(await scene.look()).toMatchObject({ desiredCount: 3, runningCount: 3 })
    expect((await scene.look()).deployments).toHaveLength(1)
    const forced = await scene.ecs.send(new UpdateServiceCommand({ ...named, forceNewDeployment: true }))
    const [ours, old] = forced.service?.deployments ?? []
    expect(ours?.taskDefinition).toBe(old?.taskDefinition)
    expect(ours?.id).not.toBe(old?.id)
  })

  test('is refused for another service, and for a task definition that does not exist', async () => {
    const scene = await quiet()
    const { cluster, service } = scene
    const refusals = await Promise.all([
      refusal(scene.ecs.send(new UpdateServiceCommand({ cluster, service: 'other' }))),
      refusal(scene.ecs.send(new UpdateServiceCommand({ cluster, service, taskDefinition: 'nope:1' }))),
      refusal(scene.ecs.send(new RegisterTaskDefinitionCommand({ family: 'x', containerDefinitions: [] }))),
    ])
    expect(refusals.map(({ name }) => name)).toEqual(['ServiceNotFoundException', 'ClientException', 'ClientException'])
  })

  test('is denied where no scenario plays: a folder is read-only', async () => {
    const { ecs } = clientsOf(await simulate({ files: seoulFiles() }))
    const answer = await refusal(ecs.send(new UpdateServiceCommand({ service: 'role-nestjs-second-service' })))
    expect(answer.name).toBe('AccessDeniedException')
  })
})

describe('StopServiceDeployment', () => {
  test('rolls back, also without a circuit breaker, and changes nothing the second time', async () => {
    const scene = await sceneOf(scenarioNamed('hopeless'))
    scene.at(60)
    const before = await scene.newest()
    const [, old] = (await scene.look()).deployments ?? []
    const stop = () =>
      scene.ecs.send(
        new StopServiceDeploymentCommand({ serviceDeploymentArn: before.serviceDeploymentArn, stopType: 'ROLLBACK' }),
      )
    expect((await stop()).serviceDeploymentArn).toBe(before.serviceDeploymentArn)
    expect((await scene.newest()).status).toBe('ROLLBACK_REQUESTED')
    scene.at(66)
    expect((await scene.newest()).status).toBe('ROLLBACK_IN_PROGRESS')
    await stop()
    expect((await scene.newest()).status).toBe('ROLLBACK_IN_PROGRESS')
    scene.at(140)
    const after = await scene.newest()
    expect(after).toMatchObject({ serviceDeploymentArn: before.serviceDeploymentArn, status: 'ROLLBACK_SUCCESSFUL' })
    const service = await scene.look()
    expect(service).toMatchObject({ taskDefinition: old?.taskDefinition, runningCount: 2 })
    expect(service.deployments).toHaveLength(1)
  })

  test('knows one stop type, and no deployment that is not there', async () => {
    const scene = await sceneOf(scenarioNamed('hopeless'))
    const { serviceDeploymentArn } = await scene.newest()
    const abort = new StopServiceDeploymentCommand({ serviceDeploymentArn, stopType: 'ABORT' })
    expect((await refusal(scene.ecs.send(abort))).name).toBe('InvalidParameterException')
    const other = new StopServiceDeploymentCommand({ serviceDeploymentArn: `${serviceDeploymentArn}x` })
    expect((await refusal(scene.ecs.send(other))).name).toBe('ServiceDeploymentNotFoundException')
  })

  test('leaves a deployment that is over as it is', async () => {
    const scene = await sceneOf(scenarioNamed('clean'))
    scene.at(300)
    const { serviceDeploymentArn } = await scene.newest()
    await scene.ecs.send(new StopServiceDeploymentCommand({ serviceDeploymentArn }))
    scene.at(400)
    expect((await scene.newest()).status).toBe('SUCCESSFUL')
  })
})

describe('a pause of a blue/green deployment', () => {
  const paused = async (pause: object = {}) => {
    const { continuedAfter: _, ...hook } = scenarioNamed('blue-green').pause ?? { stage: 'POST_SCALE_UP' as const }
    const scene = await sceneOf({
      ...scenarioNamed('blue-green'),
      pause: { timeoutMinutes: 1440, action: 'ROLLBACK', ...hook, ...pause },
    })
    scene.at(1000)
    const deployment = await scene.newest()
    return { scene, deployment, hookId: deployment.lifecycleHookDetails?.[0]?.hookId }
  }

  test('waits until somebody continues it', async () => {
    const { scene, deployment, hookId } = await paused()
    expect(deployment.lifecycleHookDetails?.[0]).toMatchObject({ status: 'AWAITING_ACTION', targetType: 'PAUSE' })
    const { serviceDeploymentArn } = deployment
    await scene.ecs.send(new ContinueServiceDeploymentCommand({ serviceDeploymentArn, hookId, action: 'CONTINUE' }))
    scene.at(1010)
    expect((await scene.newest()).lifecycleStage).toBe('PRODUCTION_TRAFFIC_SHIFT')
    const again = new ContinueServiceDeploymentCommand({ serviceDeploymentArn, hookId, action: 'CONTINUE' })
    expect((await refusal(scene.ecs.send(again))).name).toBe('ClientException')
  })

  test('is rolled back by whoever says so, or by its timeout', async () => {
    const { scene, deployment, hookId } = await paused()
    const { serviceDeploymentArn } = deployment
    await scene.ecs.send(new ContinueServiceDeploymentCommand({ serviceDeploymentArn, hookId, action: 'ROLLBACK' }))
    scene.at(1200)
    expect((await scene.newest()).status).toBe('ROLLBACK_SUCCESSFUL')
    const late = await paused({ timeoutMinutes: 10 })
    expect(late.deployment).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      statusReason: 'Service deployment rolled back because POST_TEST_TRAFFIC_SHIFT pause hook timed out.',
    })
  })
})

describe('a write that is answered in another way than it is done', () => {
  test.each<[FaultKind, revision: number]>([
    ['torn', 42],
    ['internal', 42],
    ['lost', 43],
    ['doubled', 43],
  ])('%s: a client that tries again is told of revision %i', async (kind, revision) => {
    const faults: readonly Fault[] = [{ on: 'ecs:RegisterTaskDefinition', kind, times: 1 }]
    const simulator = await simulate({ files: seoulFiles(), scenario: seoulScenario({ script: [] }), faults })
    const { ecs } = clientsOf(simulator, { maxAttempts: 2 })
    const container = { name: 'nestjs', image: 'example.com/app:2' }
    const registered = await ecs.send(
      new RegisterTaskDefinitionCommand({ family: 'role-nestjs-second', containerDefinitions: [container] }),
    )
    expect(registered.taskDefinition?.revision).toBe(revision)
  })

  test.each<FaultKind>(['cut', 'stalled'])('%s: it is done, and half of the answer comes', async (kind) => {
    const faults: readonly Fault[] = [{ on: 'ecs:UpdateService', kind }]
    const scenario = seoulScenario({ script: [] })
    const { ecs } = clientsOf(await simulate({ files: seoulFiles(), scenario, faults }))
    const { cluster, service } = scenario
    const abortSignal = AbortSignal.timeout(300)
    await expect(
      ecs.send(new UpdateServiceCommand({ cluster, service, desiredCount: 5 }), { abortSignal }),
    ).rejects.toThrow()
    const { services } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }))
    expect(services?.[0]?.desiredCount).toBe(5)
  })
})
