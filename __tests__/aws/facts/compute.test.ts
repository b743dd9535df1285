/** What says how many tasks the container instances hold, from the answers of ECS, EC2 and Auto Scaling. */
import { describe, expect, test } from '@jest/globals'
import {
  autoScalingGroupName,
  toAutoScalingGroup,
  toCapacityProvider,
  toContainerInstance,
  toPlacedTask,
} from '../../../src/aws/facts/compute.ts'
import { providersOf, toService, toStrategy } from '../../../src/aws/facts/service.ts'
import { toTaskDefinition } from '../../../src/aws/facts/task-definition.ts'

describe('a container instance', () => {
  const record = {
    containerInstanceArn: 'arn:ci',
    ec2InstanceId: 'i-1',
    status: 'ACTIVE',
    agentConnected: true,
    capacityProviderName: 'blue',
    runningTasksCount: 3,
    versionInfo: { agentVersion: '1.99.0' },
    attributes: [{ name: 'ecs.instance-type', value: 't3.medium' }, { name: 'ssd' }, { value: 'nameless' }],
    registeredResources: [
      { name: 'CPU', integerValue: 2048 },
      { name: 'MEMORY', integerValue: 3900 },
    ],
    remainingResources: [
      { name: 'CPU', type: 'INTEGER', integerValue: 1536 },
      { name: 'MEMORY', type: 'INTEGER', integerValue: 2800 },
      { name: 'PORTS', type: 'STRINGSET', stringSetValue: ['22', '80'] },
      { name: 'PORTS_UDP', type: 'STRINGSET', stringSetValue: ['53'] },
      { name: 'GPU', type: 'STRINGSET', stringSetValue: ['gpu-1', 'gpu-2'] },
    ],
  }

  test('tells what is left of it, what it is and whose', () => {
    expect(toContainerInstance(record, [])).toMatchObject({
      agentConnected: true,
      agentVersion: '1.99.0',
      capacityProviderName: 'blue',
      instanceType: 't3.medium',
      runningTasksCount: 3,
      attributes: [
        { name: 'ecs.instance-type', value: 't3.medium' },
        { name: 'ssd', value: null },
      ],
      registered: { cpu: 2048, memory: 3900, gpus: 0 },
      remaining: { cpu: 1536, memory: 2800, gpus: 2, tcpPorts: [22, 80], udpPorts: [53] },
      interfaces: 1,
    })
    const instance = { InstanceId: 'i-1', InstanceType: 'm5.large', NetworkInterfaces: [{}, {}] }
    expect(toContainerInstance(record, [{ Instances: [instance] }])).toMatchObject({
      instanceType: 'm5.large',
      interfaces: 2,
    })
    const attachment = { type: 'ElasticNetworkInterface', status: 'ATTACHED' }
    const attachments = [attachment, attachment, { ...attachment, status: 'DELETED' }, { type: 'Other' }]
    expect(toContainerInstance({ ...record, attachments }, [{ Instances: [instance] }])?.interfaces).toBe(3)
  })

  test('says nothing that nobody said', () => {
    const bare = { containerInstanceArn: 'arn:ci', ec2InstanceId: 'i-1' }
    expect(toContainerInstance(bare, [])).toMatchObject({
      status: 'UNKNOWN',
      agentConnected: null,
      agentVersion: null,
      capacityProviderName: null,
      instanceType: null,
      attributes: null,
      runningTasksCount: null,
      registered: null,
      remaining: null,
    })
  })
})

describe('a task on an instance', () => {
  const record = {
    containerInstanceArn: 'arn:ci',
    taskDefinitionArn: 'arn:td:7',
    containers: [
      { cpu: '256', memory: '512', memoryReservation: '128', gpuIds: ['gpu-1'] },
      {
        cpu: '64',
        memory: '256',
        networkBindings: [
          { hostPort: 80, protocol: 'tcp' },
          { hostPort: 53, protocol: 'udp' },
        ],
      },
    ],
    attachments: [{ type: 'ElasticNetworkInterface' }, { type: 'AmazonElasticBlockStorage' }],
  }

  test('takes what its containers take', () => {
    expect(toPlacedTask(record)).toEqual({
      instanceArn: 'arn:ci',
      taskDefinitionArn: 'arn:td:7',
      cpu: 320,
      memory: 384,
      gpus: 1,
      tcpPorts: [80],
      udpPorts: [53],
      interfaces: 1,
    })
  })

  test('or what it says itself; one that runs elsewhere is none', () => {
    expect(toPlacedTask({ ...record, cpu: '512', memory: '1024' })).toMatchObject({ cpu: 512, memory: 1024 })
    expect(toPlacedTask({ ...record, containerInstanceArn: undefined })).toBeNull()
  })
})

test('a capacity provider tells whether it scales by itself', () => {
  const scaling = (status?: string) =>
    toCapacityProvider({
      name: 'asg',
      status: 'ACTIVE',
      autoScalingGroupProvider: { autoScalingGroupArn: 'arn:asg', ...(status ? { managedScaling: { status } } : {}) },
    })
  expect(scaling('ENABLED')).toMatchObject({ status: 'ACTIVE', autoScalingGroupArn: 'arn:asg', managedScaling: true })
  expect([scaling('DISABLED')?.managedScaling, scaling()?.managedScaling]).toEqual([false, null])
})

test('an Auto Scaling group, whose name may hold slashes', () => {
  const arn = 'arn:aws:autoscaling:eu-west-1:1:autoScalingGroup:uuid:autoScalingGroupName/team/hosts'
  expect(autoScalingGroupName(arn)).toBe('team/hosts')
  expect(
    toAutoScalingGroup({
      AutoScalingGroupARN: arn,
      DesiredCapacity: 2,
      MaxSize: 4,
      Instances: [{}, {}],
      VPCZoneIdentifier: 'subnet-1, subnet-2',
      SuspendedProcesses: [{ ProcessName: 'Launch' }],
    }),
  ).toEqual({
    arn,
    name: 'team/hosts',
    desired: 2,
    max: 4,
    instances: 2,
    subnetIds: ['subnet-1', 'subnet-2'],
    suspendedProcesses: ['Launch'],
  })
  expect(toAutoScalingGroup({ AutoScalingGroupARN: arn })).toMatchObject({ subnetIds: [], suspendedProcesses: [] })
  expect(toAutoScalingGroup({})).toBeNull()
})

describe('the providers of a strategy that may take a task', () => {
  test.each<[string, (readonly [string, number, number])[], string[]]>([
    [
      'every one with a weight',
      [
        ['a', 0, 1],
        ['b', 0, 2],
      ],
      ['a', 'b'],
    ],
    [
      'none with weight 0 beside one with a weight',
      [
        ['a', 0, 1],
        ['b', 0, 0],
      ],
      ['a'],
    ],
    [
      'perhaps one with weight 0 and a base',
      [
        ['a', 0, 1],
        ['b', 2, 0],
      ],
      ['a', 'b'],
    ],
    ['the only one, whatever its weight', [['a', 0, 0]], ['a']],
  ])('%s', (_, items, names) => {
    const strategy = items.map(([capacityProvider, base, weight]) => ({ capacityProvider, base, weight }))
    expect(providersOf(toStrategy(strategy))).toEqual(names)
  })

  test('a service holds both: the strategy, and who may take a task', () => {
    const service = toService({
      serviceArn: 'arn:aws:ecs:eu-west-1:1:service/demo/web',
      clusterArn: 'arn:aws:ecs:eu-west-1:1:cluster/demo',
      capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }, { capacityProvider: 'old' }],
      placementConstraints: [{ type: 'distinctInstance' }, { type: 'memberOf', expression: 'attribute:a == b' }],
    })
    expect(service?.capacityProviders).toEqual(['FARGATE'])
    expect(service?.capacityProviderStrategy).toEqual([
      { capacityProvider: 'FARGATE', base: 0, weight: 1 },
      { capacityProvider: 'old', base: 0, weight: 0 },
    ])
    expect(service?.placementConstraints).toEqual([
      { type: 'distinctInstance', expression: null },
      { type: 'memberOf', expression: 'attribute:a == b' },
    ])
  })
})

test('a container takes its soft limit where it has one, and GPUs', () => {
  const definition = toTaskDefinition({
    family: 'web',
    requiresAttributes: [{ name: 'ecs.capability.task-eni' }],
    containerDefinitions: [
      { name: 'a', image: 'a', cpu: 256, memory: 512, memoryReservation: 128 },
      { name: 'b', image: 'b', memory: 300, resourceRequirements: [{ type: 'GPU', value: '2' }] },
      { name: 'c', image: 'c' },
    ],
  })
  expect(definition?.containers.map(({ reservation }) => reservation)).toEqual([
    { cpu: 256, memory: 128, gpus: 0 },
    { cpu: 0, memory: 300, gpus: 2 },
    { cpu: 0, memory: 0, gpus: 0 },
  ])
  expect(definition?.requiresAttributes).toEqual([{ name: 'ecs.capability.task-eni', value: null }])
})
