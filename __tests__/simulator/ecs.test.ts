import {
  DescribeCapacityProvidersCommand,
  DescribeClustersCommand,
  DescribeContainerInstancesCommand,
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListClustersCommand,
  ListContainerInstancesCommand,
  ListServiceDeploymentsCommand,
  ListServicesCommand,
  ListTasksCommand,
  type ListTasksCommandInput,
} from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import { clientsOf, decoded, folderWith, refusal, simulate } from './support.ts'

const ARN = 'arn:aws:ecs:ap-northeast-2:123456789012'
const DEMO = `${ARN}:cluster/demo`

async function ecsOf(files: Readonly<Record<string, unknown>>) {
  return clientsOf(await simulate({ files: folderWith(files) })).ecs
}

function service(name: string, more: object = {}) {
  return { serviceArn: `${ARN}:service/demo/${name}`, serviceName: name, clusterArn: DEMO, ...more }
}

describe('services', () => {
  const files = {
    'ecs/describe-services.json': {
      services: [service('web', { launchType: 'FARGATE', tags: [{ key: 'a', value: 'b' }] }), service('job')],
      failures: [{ arn: `${ARN}:service/other/gone`, reason: 'MISSING' }],
    },
  }

  test('are known by name and by ARN; one that is missing is a failure, not an error', async () => {
    const ecs = await ecsOf(files)
    const services = [`${ARN}:service/demo/web`, 'nope']
    const answer = await ecs.send(new DescribeServicesCommand({ cluster: DEMO, services }))
    expect(decoded(answer)).toEqual({
      services: [service('web', { launchType: 'FARGATE' })],
      failures: [{ arn: `${ARN}:service/demo/nope`, reason: 'MISSING' }],
    })
  })

  test('show their tags only to who asks for them', async () => {
    const ecs = await ecsOf(files)
    const input = { cluster: 'demo', services: ['web'], include: ['TAGS' as const] }
    const answer = await ecs.send(new DescribeServicesCommand(input))
    expect(answer.services?.[0]?.tags).toEqual([{ key: 'a', value: 'b' }])
  })

  test('of an unknown cluster, eleven at once, or none: refused', async () => {
    const ecs = await ecsOf(files)
    const eleven = Array.from({ length: 11 }, (_, at) => `s${at}`)
    const refusals = await Promise.all([
      refusal(ecs.send(new DescribeServicesCommand({ services: ['web'] }))),
      refusal(ecs.send(new DescribeServicesCommand({ cluster: 'demo', services: eleven }))),
      refusal(ecs.send(new DescribeServicesCommand({ cluster: 'demo', services: [] }))),
    ])
    expect(refusals.map(({ name }) => name)).toEqual([
      'ClusterNotFoundException',
      'InvalidParameterException',
      'InvalidParameterException',
    ])
  })

  test('are listed by launch type, and their clusters are known from them', async () => {
    const ecs = await ecsOf(files)
    const listed = await ecs.send(new ListServicesCommand({ cluster: 'demo', launchType: 'FARGATE' }))
    expect(listed.serviceArns).toEqual([`${ARN}:service/demo/web`])
    expect((await ecs.send(new ListServicesCommand({ cluster: 'other' }))).serviceArns).toEqual([])
    const clusters = await ecs.send(new ListClustersCommand({}))
    expect(clusters.clusterArns).toEqual([DEMO, `${ARN}:cluster/other`])
  })

  test('without recorded deployments have none', async () => {
    const ecs = await ecsOf(files)
    const listed = await ecs.send(new ListServiceDeploymentsCommand({ cluster: 'demo', service: 'web' }))
    expect(listed.serviceDeployments).toEqual([])
    const arn = `${ARN}:service-deployment/demo/web/x`
    const deployments = await ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }))
    expect(decoded(deployments)).toEqual({ serviceDeployments: [], failures: [{ arn, reason: 'MISSING' }] })
    const revisions = await ecs.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns: [arn] }))
    expect(decoded(revisions)).toEqual({ serviceRevisions: [], failures: [{ arn, reason: 'MISSING' }] })
    const unknown = refusal(ecs.send(new ListServiceDeploymentsCommand({ cluster: 'demo', service: 'nope' })))
    expect((await unknown).name).toBe('ServiceNotFoundException')
  })

  test('list their recorded deployments briefly, by status and time', async () => {
    const deployment = (id: string, status: string, createdAt: string) => ({
      serviceDeploymentArn: `${ARN}:service-deployment/demo/web/${id}`,
      serviceArn: `${ARN}:service/demo/web`,
      clusterArn: DEMO,
      status,
      createdAt,
      targetServiceRevision: { arn: `${ARN}:service-revision/demo/web/${id}`, requestedTaskCount: 2 },
    })
    const serviceDeployments = [
      deployment('2', 'SUCCESSFUL', '2026-11-19T01:00:00Z'),
      deployment('1', 'ROLLBACK_SUCCESSFUL', '2026-11-18T01:00:00Z'),
    ]
    const ecs = await ecsOf({ ...files, 'ecs/describe-service-deployments.json': { serviceDeployments } })
    const ask = { cluster: 'demo', service: `${ARN}:service/demo/web` }
    const listed = await ecs.send(new ListServiceDeploymentsCommand({ ...ask, status: ['SUCCESSFUL'] }))
    expect(listed.serviceDeployments).toEqual([
      {
        serviceDeploymentArn: `${ARN}:service-deployment/demo/web/2`,
        serviceArn: `${ARN}:service/demo/web`,
        clusterArn: DEMO,
        status: 'SUCCESSFUL',
        createdAt: new Date('2026-11-19T01:00:00Z'),
        targetServiceRevisionArn: `${ARN}:service-revision/demo/web/2`,
      },
    ])
    const before = new Date('2026-11-18T12:00:00Z')
    const older = await ecs.send(new ListServiceDeploymentsCommand({ ...ask, createdAt: { before } }))
    expect(older.serviceDeployments?.map(({ status }) => status)).toEqual(['ROLLBACK_SUCCESSFUL'])
  })
})

describe('task definitions', () => {
  const definition = (family: string, revision: number, status: string) => ({
    taskDefinition: { taskDefinitionArn: `${ARN}:task-definition/${family}:${revision}`, family, revision, status },
  })
  const files = {
    'ecs/describe-task-definition/a.json': definition('web', 9, 'ACTIVE'),
    'ecs/describe-task-definition/b.json': definition('web', 10, 'ACTIVE'),
    'ecs/describe-task-definition/c.json': definition('web', 11, 'INACTIVE'),
  }

  test.each([
    ['a family: its newest active revision', 'web', 10],
    ['a family and a revision', 'web:9', 9],
    ['an ARN', `${ARN}:task-definition/web:11`, 11],
  ])('are known by %s', async (_, taskDefinition, revision) => {
    const ecs = await ecsOf(files)
    const answer = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }))
    expect(answer.taskDefinition?.revision).toBe(revision)
  })

  test.each(['web:8', 'webb', `${ARN}:task-definition/api:9`])('do not include %s', async (taskDefinition) => {
    const ecs = await ecsOf(files)
    const unknown = await refusal(ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition })))
    expect(unknown).toMatchObject({ name: 'ClientException', message: 'Unable to describe task definition.' })
  })
})

describe('tasks', () => {
  const task = (id: string, more: object) => ({
    taskArn: `${ARN}:task/demo/${id}`,
    clusterArn: DEMO,
    desiredStatus: 'RUNNING',
    group: 'service:web',
    taskDefinitionArn: `${ARN}:task-definition/web:7`,
    startedBy: 'ecs-svc/1',
    ...more,
  })
  const files = {
    'ecs/describe-services.json': { services: [service('web'), service('job')] },
    'ecs/describe-tasks.json': {
      tasks: [
        task('r', {}),
        task('s', { desiredStatus: 'STOPPED', startedBy: 'ecs-svc/2' }),
        task('j', { group: 'service:job', taskDefinitionArn: `${ARN}:task-definition/job:1`, launchType: 'EC2' }),
      ],
    },
  }

  test.each<[string, ListTasksCommandInput, string[]]>([
    ['those that should run, unless told otherwise', {}, ['r', 'j']],
    ['the stopped ones', { desiredStatus: 'STOPPED' }, ['s']],
    ['those of a service', { serviceName: 'web' }, ['r']],
    ['those of a service by ARN', { serviceName: `${ARN}:service/demo/job` }, ['j']],
    ['those of a family', { family: 'job' }, ['j']],
    ['those of a deployment', { startedBy: 'ecs-svc/2', desiredStatus: 'STOPPED' }, ['s']],
    ['those of a launch type', { launchType: 'EC2' }, ['j']],
  ])('listed are %s', async (_, input, ids) => {
    const ecs = await ecsOf(files)
    const { taskArns } = await ecs.send(new ListTasksCommand({ cluster: 'demo', ...input }))
    expect(taskArns).toEqual(ids.map((id) => `${ARN}:task/demo/${id}`))
  })

  test('of an unknown service are refused, unknown tasks are failures', async () => {
    const ecs = await ecsOf(files)
    const unknown = await refusal(ecs.send(new ListTasksCommand({ cluster: 'demo', serviceName: 'nope' })))
    expect(unknown.name).toBe('ServiceNotFoundException')
    const described = await ecs.send(new DescribeTasksCommand({ cluster: 'demo', tasks: ['r', 'x'] }))
    expect(described.tasks?.map((one) => one.taskArn)).toEqual([`${ARN}:task/demo/r`])
    expect(described.failures).toEqual([{ arn: `${ARN}:task/demo/x`, reason: 'MISSING' }])
  })
})

test('clusters, container instances and capacity providers', async () => {
  const instance = (id: string, status: string) => ({
    containerInstanceArn: `${ARN}:container-instance/demo/${id}`,
    ec2InstanceId: `i-${id}`,
    status,
  })
  const ecs = await ecsOf({
    'ecs/describe-clusters.json': {
      clusters: [{ clusterArn: DEMO, clusterName: 'demo', settings: [], status: 'ACTIVE' }],
    },
    'ecs/describe-container-instances.json': {
      containerInstances: [instance('1', 'ACTIVE'), instance('2', 'DRAINING'), instance('3', 'INACTIVE')],
    },
    'ecs/describe-capacity-providers.json': { capacityProviders: [{ name: 'FARGATE' }, { name: 'spot' }] },
  })
  const clusters = await ecs.send(new DescribeClustersCommand({ clusters: ['demo', 'nope'] }))
  expect(decoded(clusters)).toEqual({
    clusters: [{ clusterArn: DEMO, clusterName: 'demo', status: 'ACTIVE' }],
    failures: [{ arn: `${ARN}:cluster/nope`, reason: 'MISSING' }],
  })
  const listed = await ecs.send(new ListContainerInstancesCommand({ cluster: 'demo' }))
  expect(listed.containerInstanceArns?.map((arn) => arn.slice(-1))).toEqual(['1', '2'])
  const draining = await ecs.send(new ListContainerInstancesCommand({ cluster: 'demo', status: 'DRAINING' }))
  expect(draining.containerInstanceArns?.map((arn) => arn.slice(-1))).toEqual(['2'])
  const described = await ecs.send(
    new DescribeContainerInstancesCommand({ cluster: 'demo', containerInstances: ['2'] }),
  )
  expect(described.containerInstances?.map((one) => one.ec2InstanceId)).toEqual(['i-2'])
  const providers = await ecs.send(new DescribeCapacityProvidersCommand({ capacityProviders: ['spot', 'x'] }))
  expect(providers.capacityProviders?.map(({ name }) => name)).toEqual(['spot'])
  expect(providers.failures).toEqual([{ arn: `${ARN}:capacity-provider/x`, reason: 'MISSING' }])
})
