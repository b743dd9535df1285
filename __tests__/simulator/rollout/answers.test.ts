import { GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  DescribeServiceRevisionsCommand,
  DescribeTasksCommand,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
  type Task,
} from '@aws-sdk/client-ecs'
import {
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { describe, expect, test } from '@jest/globals'
import { refusal } from '../support.ts'
import { scenarioNamed, sceneOf, seoulScenario } from './scene.ts'

function detail(task: Task | undefined, name: string): string | undefined {
  const network = task?.attachments?.find(({ type }) => type === 'ElasticNetworkInterface')
  return network?.details?.find((one) => one.name === name)?.value
}

describe('tasks', () => {
  test('a failed pull looks as one that was recorded: no pull times, the image in place of the layer address', async () => {
    const scene = await sceneOf(scenarioNamed('seoul'))
    scene.at(400)
    const failed = (await scene.tasks('STOPPED')).find(({ stopCode }) => stopCode === 'TaskFailedToStart')
    expect(failed).toMatchObject({
      lastStatus: 'STOPPED',
      desiredStatus: 'STOPPED',
      version: 4,
      connectivity: 'CONNECTED',
      platformVersion: '1.4.0',
      group: 'service:role-nestjs-second-service',
    })
    expect(failed?.pullStartedAt).toBeUndefined()
    expect(failed?.startedAt).toBeUndefined()
    expect(failed?.executionStoppedAt).toBeInstanceOf(Date)
    expect(failed?.stoppedReason).toMatch(
      /^CannotPullContainerError: .*Get 406178923551\.dkr\.ecr\.ap-northeast-2\.amazonaws\.com\/nestjs-second:1\.8\.2: dial tcp 52\.219\.148\.62:443: i\/o timeout$/,
    )
    expect(failed?.containers?.[0]).toMatchObject({ lastStatus: 'STOPPED', name: 'nestjs' })
    expect(failed?.containers?.[0]?.reason).toBeUndefined()
    expect(failed?.containers?.[0]?.imageDigest).toBeUndefined()
    expect(detail(failed, 'subnetId')).toBe('subnet-09d2f7a641be3c85e')
    expect(detail(failed, 'privateIPv4Address')).toMatch(/^10\.20\.20\.\d+$/)
    expect(detail(failed, 'networkInterfaceId')).toMatch(/^eni-[0-9a-f]{17}$/)
    const network = failed?.attachments?.find(({ type }) => type === 'ElasticNetworkInterface')
    expect(network?.status).toBe('DELETED')
  })

  test('where the scenario says so, a pull shows when it began, and the container says why it failed', async () => {
    const subnets = [{ id: 'subnet-09d2f7a641be3c85e', behaviour: { kind: 's3-timeout' as const, seconds: 200 } }]
    const scene = await sceneOf(seoulScenario({ subnets, showsPullAtOnce: true, showsContainerReason: true }))
    scene.at(100)
    const [pulling] = (await scene.tasks('RUNNING')).filter(({ lastStatus }) => lastStatus === 'PENDING')
    expect(pulling?.pullStartedAt).toBeInstanceOf(Date)
    expect(pulling?.pullStoppedAt).toBeUndefined()
    scene.at(300)
    const [failed] = await scene.tasks('STOPPED')
    expect(failed?.pullStartedAt).toEqual(pulling?.pullStartedAt)
    expect(failed?.containers?.[0]?.reason).toBe(failed?.stoppedReason)
  })

  test('a task that has no interface yet says its subnet and nothing more', async () => {
    const scene = await sceneOf(scenarioNamed('stuck'))
    scene.at(600)
    const waiting = (await scene.tasks('RUNNING')).filter(({ lastStatus }) => lastStatus === 'PROVISIONING')
    expect(waiting).toHaveLength(2)
    expect(waiting[0]?.attachments?.[0]).toMatchObject({ status: 'PRECREATED' })
    expect(waiting[0]?.attachments?.[0]?.details).toEqual([{ name: 'subnetId', value: detail(waiting[0], 'subnetId') }])
    expect(waiting[0]?.connectivity).toBeUndefined()
  })

  test('a drained task leaves the load balancer, gets SIGTERM, and is forgotten after an hour', async () => {
    const scene = await sceneOf(scenarioNamed('blue-green'))
    scene.at(620)
    const [draining] = await scene.tasks('STOPPED')
    expect(draining).toMatchObject({ lastStatus: 'DEACTIVATING', stopCode: 'ServiceSchedulerInitiated' })
    expect(draining?.stoppedReason).toBe(`Scaling activity initiated by (deployment ${draining?.startedBy})`)
    scene.at(720)
    const [stopped] = await scene.tasks('STOPPED')
    expect(stopped).toMatchObject({ taskArn: draining?.taskArn, lastStatus: 'STOPPED', version: 8 })
    expect(stopped?.containers?.[0]?.exitCode).toBe(143)
    scene.at(720 + 3600)
    expect(await scene.tasks('STOPPED')).toEqual([])
    const { failures } = await scene.ecs.send(
      new DescribeTasksCommand({ cluster: scene.cluster, tasks: [stopped?.taskArn ?? ''] }),
    )
    expect(failures).toEqual([{ arn: stopped?.taskArn, reason: 'MISSING' }])
  })

  test('are listed by who started them, but by nothing else at the same time', async () => {
    const scene = await sceneOf(scenarioNamed('clean'))
    scene.at(60)
    const [ours, old] = (await scene.look()).deployments ?? []
    const list = (startedBy: string | undefined, more: object = {}) =>
      scene.ecs.send(new ListTasksCommand({ cluster: scene.cluster, startedBy, ...more }))
    expect((await list(ours?.id)).taskArns).toHaveLength(2)
    expect((await list(old?.id)).taskArns).toHaveLength(2)
    expect((await list(ours?.id)).taskArns).not.toEqual((await list(old?.id)).taskArns)
    expect((await refusal(list(ours?.id, { serviceName: scene.service }))).name).toBe('InvalidParameterException')
    const pending = { cluster: scene.cluster, serviceName: scene.service, desiredStatus: 'PENDING' as const }
    expect((await scene.ecs.send(new ListTasksCommand(pending))).taskArns).toEqual([])
  })
})

describe('deployments', () => {
  test('failedTasks counts starts that failed one after another, and nothing once a task runs', async () => {
    const scene = await sceneOf(scenarioNamed('hopeless'))
    const counts: (number | undefined)[] = []
    for (let seconds = 0; seconds < 720; seconds += 20) {
      scene.at(seconds)
      const [primary] = (await scene.look()).deployments ?? []
      if (counts.at(-1) !== primary?.failedTasks) counts.push(primary?.failedTasks)
    }
    expect(counts).toEqual([0, 1, 2, 3, 4])
    const seoul = await sceneOf(scenarioNamed('seoul'))
    seoul.at(660)
    expect((await seoul.look()).deployments?.[0]).toMatchObject({ failedTasks: 0, runningCount: 1 })
    expect((await seoul.newest()).deploymentCircuitBreaker).toEqual({
      status: 'MONITORING',
      failureCount: 0,
      threshold: 3,
    })
  })

  test('the history holds the deployments that went before, newest first', async () => {
    const scene = await sceneOf(scenarioNamed('clean'))
    const { serviceDeployments } = await scene.ecs.send(
      new ListServiceDeploymentsCommand({ cluster: scene.cluster, service: scene.service }),
    )
    expect(serviceDeployments?.map(({ status }) => status)).toEqual([
      'PENDING',
      'SUCCESSFUL',
      'SUCCESSFUL',
      'SUCCESSFUL',
    ])
    const seconds = serviceDeployments?.slice(1).map((one) => (Number(one.finishedAt) - Number(one.createdAt)) / 1000)
    expect(seconds).toEqual([152, 141, 160])
    scene.at(3)
    expect((await scene.newest()).status).toBe('IN_PROGRESS')
    const service = await scene.look()
    expect(service.currentServiceDeployment).toBe(serviceDeployments?.[0]?.serviceDeploymentArn)
    const { serviceRevisions } = await scene.ecs.send(
      new DescribeServiceRevisionsCommand({
        serviceRevisionArns: [serviceDeployments?.[0]?.targetServiceRevisionArn ?? ''],
      }),
    )
    expect(serviceRevisions?.[0]).toMatchObject({
      taskDefinition: service.taskDefinition,
      networkConfiguration: service.networkConfiguration,
      containerImages: [{ containerName: 'nestjs' }],
    })
  })

  test('a steady service says so every six hours', async () => {
    const scene = await sceneOf(seoulScenario({ script: [] }))
    scene.at(24 * 3600)
    const { events } = await scene.look()
    const steady = events?.filter(({ message }) => message?.endsWith('has reached a steady state.')) ?? []
    const hours = steady.slice(0, 4).map(({ createdAt }) => Number(createdAt) / 3_600_000)
    expect(hours.slice(1).map((hour, at) => Math.round((hours[at] ?? 0) - hour))).toEqual([6, 6, 6])
  })

  test('a configuration that allows neither a start nor a stop: said, and nothing happens', async () => {
    const configuration = { minimumHealthyPercent: 100, maximumPercent: 100 }
    const scene = await sceneOf(seoulScenario({ configuration }))
    scene.at(1200)
    const { deployments, events } = await scene.look()
    expect(deployments?.[0]).toMatchObject({ runningCount: 0, pendingCount: 0, rolloutState: 'IN_PROGRESS' })
    expect(events?.[0]?.message).toContain('because of the service deployment configuration')
  })

  test('without capacity nothing is started, and every minute an event says why', async () => {
    const scene = await sceneOf(seoulScenario({ behaviour: { kind: 'no-capacity' } }))
    scene.at(190)
    const { events, deployments } = await scene.look()
    expect(deployments?.[0]).toMatchObject({ runningCount: 0, pendingCount: 0 })
    const said = events?.filter(({ message }) => message?.includes('Capacity is unavailable at this time'))
    expect(said).toHaveLength(4)
  })

  test('with a COUNT threshold and without reset, failures of a half-broken service add up to a rollback', async () => {
    const breaker = { enable: true, rollback: true, resetOnHealthyTask: false }
    const bad = { kind: 's3-timeout' as const, seconds: 100 }
    const scene = await sceneOf(
      seoulScenario({
        subnets: [{ id: 'subnet-0e17c5b8a3d94f602' }, { id: 'subnet-09d2f7a641be3c85e', behaviour: bad }],
        // The old revision has to find its way back in the same half-broken network.
        balance: 'random',
        configuration: {
          deploymentCircuitBreaker: { ...breaker, thresholdConfiguration: { type: 'COUNT', value: 2 } },
        },
      }),
    )
    scene.at(2000)
    const { status, deploymentCircuitBreaker } = await scene.newest()
    expect(status).toBe('ROLLBACK_SUCCESSFUL')
    expect(deploymentCircuitBreaker).toMatchObject({ status: 'TRIGGERED', threshold: 2 })
  })
})

describe('the load balancer', () => {
  test('says of each target whether it is healthy, and why not', async () => {
    const scene = await sceneOf(scenarioNamed('unhealthy'))
    const elb = new ElasticLoadBalancingV2Client({
      endpoint: scene.simulator.url,
      region: 'ap-northeast-2',
      credentials: { accessKeyId: 'AKIDSIMULATED', secretAccessKey: 'none' },
    })
    const arn = (await scene.look()).loadBalancers?.[0]?.targetGroupArn ?? ''
    const health = async () =>
      (await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: arn }))).TargetHealthDescriptions ?? []
    scene.at(75)
    expect((await health()).map(({ TargetHealth }) => TargetHealth?.State)).toEqual([
      'healthy',
      'healthy',
      'initial',
      'initial',
    ])
    scene.at(120)
    const sick = (await health()).find(({ TargetHealth }) => TargetHealth?.State === 'unhealthy')
    expect(sick?.TargetHealth).toMatchObject({
      Reason: 'Target.ResponseCodeMismatch',
      Description: 'Health checks failed with these codes: [503]',
    })
    const addresses = (await scene.tasks('RUNNING')).map((task) => detail(task, 'privateIPv4Address'))
    expect(addresses).toContain(sick?.Target?.Id)
    scene.at(135)
    expect((await health()).map(({ TargetHealth }) => TargetHealth?.State)).toContain('draining')
    const groups = await elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] }))
    expect(groups.TargetGroups?.[0]).toMatchObject({ TargetType: 'ip', HealthCheckIntervalSeconds: 30 })
    const stopped = await scene.tasks('STOPPED')
    expect(stopped[0]?.stoppedReason).toBe(`Task failed ELB health checks in (target-group ${arn})`)
  })
})

describe('logs', () => {
  test('of a container that exits are there, line by line; a task that never ran has no stream', async () => {
    const scene = await sceneOf(scenarioNamed('crashing'))
    scene.at(100)
    const crashed = (await scene.tasks('STOPPED')).find(({ stopCode }) => stopCode === 'EssentialContainerExited')
    expect(crashed?.containers?.[0]?.exitCode).toBe(1)
    const streamOf = (task: Task | undefined) => `nestjs/nestjs/${task?.taskArn?.split('/').at(-1)}`
    const ask = { logGroupName: '/ecs/role-nestjs-second', startFromHead: true }
    const { events, nextForwardToken } = await scene.clients.logs.send(
      new GetLogEventsCommand({ ...ask, logStreamName: streamOf(crashed) }),
    )
    expect(events?.map(({ message }) => message)).toEqual(scenarioNamed('crashing').behaviour.logs)
    const times = events?.map(({ timestamp }) => timestamp ?? 0) ?? []
    expect(Math.min(...times)).toBeGreaterThanOrEqual(Number(crashed?.startedAt))
    expect(Math.max(...times)).toBeLessThanOrEqual(Number(crashed?.stoppingAt))
    const more = new GetLogEventsCommand({ ...ask, logStreamName: streamOf(crashed), nextToken: nextForwardToken })
    expect((await scene.clients.logs.send(more)).events).toEqual([])
    const last = new GetLogEventsCommand({ ...ask, startFromHead: false, limit: 1, logStreamName: streamOf(crashed) })
    expect((await scene.clients.logs.send(last)).events?.map(({ message }) => message)).toEqual(['exit status 1'])
    const waiting = (await scene.tasks('RUNNING')).find(({ lastStatus }) => lastStatus === 'PROVISIONING')
    const none = refusal(scene.clients.logs.send(new GetLogEventsCommand({ ...ask, logStreamName: streamOf(waiting) })))
    expect((await none).name).toBe('ResourceNotFoundException')
  })
})
