import {
  AssignPublicIp,
  CapacityProviderType,
  ContainerInstanceStatus,
  LaunchType,
  NetworkMode,
  OSFamily,
} from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../src/domain/answer.ts'
import type { Capacity, Compute, ContainerInstance } from '../../src/domain/service.ts'
import { launchesOf } from '../../src/task-start/launch.ts'
import { originsOf } from '../../src/task-start/origins.ts'
import { compute, instance, provider, service, taskDefinition } from './sample.ts'

const onEc2 = service({ launchType: 'EC2', platformVersion: null, platformFamily: null })
const web = taskDefinition()

const CAPACITY: Capacity = {
  strategy: [],
  tasks: known([]),
  interfaceLimits: known({}),
  trunking: known(false),
  autoScalingGroups: known([]),
}

function strategy(...capacityProviders: string[]) {
  return service({ launchType: null, capacityProviders, platformVersion: null })
}

describe('what the tasks run on', () => {
  const asg = provider({ name: 'asg' })
  const managed = provider({ name: 'managed', kind: 'managed-instances' })
  const providers = { capacityProviders: known([asg, managed, provider({ name: 'odd', kind: 'something-new' })]) }

  test.each<[string, ReturnType<typeof service>, Parameters<typeof compute>[0], string[]]>([
    ['the launch type', service(), {}, ['fargate']],
    ['the launch type, whatever the cluster says', onEc2, { clusterCapacityProviders: known(['FARGATE']) }, ['ec2']],
    ['Managed Instances', service({ launchType: 'MANAGED_INSTANCES' }), {}, ['managed-instances']],
    ['Fargate and Spot are one', strategy('FARGATE', 'FARGATE_SPOT'), {}, ['fargate']],
    ['a provider of instances', strategy('asg'), providers, ['ec2']],
    ['a mixture', strategy('FARGATE_SPOT', 'asg', 'managed'), providers, ['fargate', 'ec2', 'managed-instances']],
    ['the cluster’s strategy', strategy(), { clusterCapacityProviders: known(['FARGATE_SPOT']) }, ['fargate']],
    ['neither: container instances', strategy(), {}, ['ec2']],
    ['your own machines', service({ launchType: 'EXTERNAL' }), {}, ['unknown']],
    ['a launch type of tomorrow', service({ launchType: 'LUNAR' }), {}, ['unknown']],
    ['a provider of a kind of tomorrow', strategy('odd'), providers, ['unknown']],
    ['a provider that is not among those read', strategy('gone'), providers, ['unknown']],
  ])('%s', (_, of, changes, launches) => {
    expect(launchesOf(of, compute(changes)).map((launch) => launch.on)).toEqual(launches)
  })

  test('unread providers and strategies are named with their permission, and Fargate beside them stays known', () => {
    const denied = unread('denied', 'ecs:DescribeCapacityProviders')
    const mixed = originsOf(strategy('FARGATE', 'asg'), web, compute({ capacityProviders: denied }))
    expect(mixed.origins.map((origin) => origin.kind)).toEqual(['task-eni', 'task-eni'])
    expect(mixed.unknown).toMatchObject([{ permission: 'ecs:DescribeCapacityProviders' }])
    const unknown = compute({ clusterCapacityProviders: unread('denied', 'ecs:DescribeClusters') })
    expect(originsOf(strategy(), web, unknown)).toMatchObject({
      origins: [],
      unknown: [{ permission: 'ecs:DescribeClusters' }],
    })
  })

  test('no permission would tell the network of your own machines', () => {
    const { origins, unknown } = originsOf(service({ launchType: 'EXTERNAL' }), web, compute())
    expect(origins).toEqual([])
    expect(unknown).toMatchObject([{ permission: null, because: { en: expect.stringMatching(/ECS Anywhere/) } }])
  })
})

describe('Fargate', () => {
  test('sends from the task’s interface in every subnet of the service', () => {
    expect(originsOf(service(), web, compute())).toEqual({
      origins: ['subnet-a', 'subnet-c'].map((subnetId) => ({
        kind: 'task-eni',
        subnetId,
        groupIds: ['sg-task'],
        publicIp: false,
        instanceIds: [],
        sendsTokenAndSecrets: true,
        assumed: null,
      })),
      unknown: [],
      ofTask: expect.anything(),
    })
  })

  test.each([
    ['ENABLED', true],
    ['DISABLED', false],
    ['SOMETHING_NEW', false],
  ])('assignPublicIp %s', (assignPublicIp, publicIp) => {
    const awsvpc = { subnetIds: ['subnet-a'], securityGroupIds: [], assignPublicIp }
    expect(originsOf(service({ awsvpc }), web, compute()).origins).toMatchObject([{ publicIp, groupIds: [] }])
  })

  test.each([
    [null, 'LINUX', true, false],
    ['1.3.0', 'LINUX', false, false],
    ['LATEST', null, true, false],
    ['latest', null, true, false],
    ['1.4.0', null, true, false],
    ['1.10.0', null, true, false],
    ['2.0.0', null, true, false],
    ['1.3.0', null, false, false],
    ['1.0.0', 'LINUX', false, false],
    ['1.0.0', 'WINDOWS_SERVER_2022_CORE', true, false],
    ['NEXT', null, true, true],
    ['1.4', null, true, true],
  ])('platform %s on %s', (platformVersion, operatingSystemFamily, sendsTokenAndSecrets, isAssumed) => {
    const task = taskDefinition(undefined, { operatingSystemFamily })
    const [origin] = originsOf(service({ platformVersion }), task, compute()).origins
    expect(origin?.sendsTokenAndSecrets).toBe(sendsTokenAndSecrets)
    expect(origin?.assumed !== null).toBe(isAssumed)
  })

  test('Windows by the service’s platform family, unless the task definition says otherwise', () => {
    const windows = service({ platformVersion: '1.0.0', platformFamily: 'WINDOWS_SERVER_2019_CORE' })
    expect(originsOf(windows, web, compute()).origins[0]?.sendsTokenAndSecrets).toBe(true)
    const linux = taskDefinition(undefined, { operatingSystemFamily: 'LINUX' })
    expect(originsOf(windows, linux, compute()).origins[0]?.sendsTokenAndSecrets).toBe(false)
    const unsaid = service({ platformVersion: '1.0.0', platformFamily: null })
    expect(originsOf(unsaid, web, compute()).origins[0]?.sendsTokenAndSecrets).toBe(false)
  })

  test.each([
    ['no awsvpc configuration', null],
    ['no subnets', { subnetIds: [], securityGroupIds: ['sg-task'], assignPublicIp: 'DISABLED' }],
  ])('%s: who sends is not known', (_, awsvpc) => {
    expect(originsOf(service({ awsvpc }), web, compute())).toMatchObject({
      origins: [],
      unknown: [{ permission: null }],
    })
  })
})

describe('EC2', () => {
  test('sends from the container instances, not from the subnets of the service; a hundred alike are one', () => {
    const alike = Array.from({ length: 100 }, (_, i) =>
      instance({ instanceId: `i-${i}`, securityGroupIds: ['sg-b', 'sg-a'] }),
    )
    const others = [
      instance({ instanceId: 'i-other-order', securityGroupIds: ['sg-a', 'sg-b'] }),
      instance({ instanceId: 'i-public', securityGroupIds: ['sg-a', 'sg-b'], publicIp: '3.35.0.1' }),
      instance({ instanceId: 'i-subnet', securityGroupIds: ['sg-a', 'sg-b'], subnetId: 'subnet-host-c' }),
      instance({ instanceId: 'i-groups', securityGroupIds: ['sg-a'] }),
    ]
    const { origins, unknown } = originsOf(onEc2, web, compute({ instances: known([...alike, ...others]) }))
    expect(unknown).toEqual([])
    expect(
      origins.map((one) => [one.kind, one.subnetId, one.groupIds.join(), one.publicIp, one.instanceIds.length]),
    ).toEqual([
      ['instance-eni', 'subnet-host-a', 'sg-a,sg-b', false, 101],
      ['instance-eni', 'subnet-host-a', 'sg-a,sg-b', true, 1],
      ['instance-eni', 'subnet-host-c', 'sg-a,sg-b', false, 1],
      ['instance-eni', 'subnet-host-a', 'sg-a', false, 1],
    ])
  })

  test.each(['DRAINING', 'INACTIVE', 'REGISTERING', 'REGISTRATION_FAILED', 'SOMETHING_NEW'])(
    'an instance that is %s takes no task',
    (status) => {
      const instances = known([instance(), instance({ instanceId: 'i-2', subnetId: 'subnet-host-c', status })])
      expect(originsOf(onEc2, web, compute({ instances })).origins.map((one) => one.subnetId)).toEqual([
        'subnet-host-a',
      ])
    },
  )

  test('an instance whose subnet is not known does not hide the others, nor is it hidden', () => {
    const instances = known([instance(), instance({ instanceId: 'i-2', subnetId: null })])
    const { origins, unknown } = originsOf(onEc2, web, compute({ instances }))
    expect(origins).toHaveLength(1)
    expect(unknown).toMatchObject([
      { permission: 'ec2:DescribeInstances', because: { en: expect.stringContaining('i-2') } },
    ])
  })

  test('no instances, or none that could be read', () => {
    expect(originsOf(onEc2, web, compute())).toMatchObject({ origins: [], unknown: [{ permission: null }] })
    const denied = compute({ instances: unread('denied', 'ecs:ListContainerInstances') })
    expect(originsOf(onEc2, web, denied)).toMatchObject({
      origins: [],
      unknown: [{ permission: 'ecs:ListContainerInstances' }],
    })
  })

  describe('the next instance of the Auto Scaling group', () => {
    const GROUP = 'arn:aws:autoscaling:…:autoScalingGroupName/hosts'
    const group = { name: 'hosts', desired: 1, max: 3, instances: 1, suspendedProcesses: [] }
    const subnets = (instances: readonly ContainerInstance[], subnetIds = ['subnet-host-a', 'subnet-host-c']) => {
      const facts = compute({
        capacityProviders: known([provider({ autoScalingGroupArn: GROUP })]),
        instances: known(instances),
        capacity: { ...CAPACITY, autoScalingGroups: known([{ ...group, arn: GROUP, subnetIds }]) },
      })
      const { origins, unknown } = originsOf(strategy('asg'), web, facts)
      return { unknown, origins: origins.map((one) => [one.subnetId, one.groupIds.join(), one.publicIp]) }
    }

    test('starts in any of its subnets, like those that run', () => {
      expect(subnets([instance()]).origins).toEqual([
        ['subnet-host-a', 'sg-host', false],
        ['subnet-host-c', 'sg-host', null],
      ])
      expect(subnets([instance({ publicIp: '3.35.0.1' })]).origins[1]).toEqual(['subnet-host-c', 'sg-host', true])
      expect(subnets([instance({ status: 'DRAINING' })])).toEqual({
        unknown: [],
        origins: [
          ['subnet-host-a', 'sg-host', null],
          ['subnet-host-c', 'sg-host', null],
        ],
      })
    })

    test('is not guessed where they differ, or where none runs', () => {
      const other = instance({ instanceId: 'i-2', securityGroupIds: ['sg-other'] })
      expect(subnets([instance(), other]).origins.map(([subnetId]) => subnetId)).toEqual([
        'subnet-host-a',
        'subnet-host-a',
      ])
      expect(subnets([])).toMatchObject({ unknown: [{ reason: ['no-container-instance'] }], origins: [] })
    })
  })

  test('a provider’s own instances, and those of which nobody said whose they are', () => {
    const facts = compute({
      capacityProviders: known([provider({ name: 'a' })]),
      instances: known([
        instance({ instanceId: 'i-own', capacityProviderName: 'a' }),
        instance({ instanceId: 'i-unsaid' }),
        instance({ instanceId: 'i-other', capacityProviderName: 'b' }),
      ]),
    })
    expect(originsOf(strategy('a'), web, facts).origins[0]?.instanceIds).toEqual(['i-own', 'i-unsaid'])
    expect(originsOf(onEc2, web, facts).origins[0]?.instanceIds).toEqual(['i-own', 'i-unsaid', 'i-other'])
  })

  test('an instance that takes no task sends nothing, as long as another does', () => {
    const ids = (taskDefinitionChanges: object, ...instances: Partial<ContainerInstance>[]) => {
      const facts = compute({
        instances: known(
          instances.map((changes, n) => instance({ instanceId: `i-${n}`, subnetId: `subnet-${n}`, ...changes })),
        ),
      })
      const task = taskDefinition(undefined, taskDefinitionChanges)
      return originsOf(onEc2, task, facts).origins.flatMap((one) => one.instanceIds)
    }
    const prod = { placementConstraints: [{ type: 'memberOf', expression: 'attribute:stack == prod' }] }
    const stack = (value: string) => ({ attributes: [{ name: 'stack', value }] })
    expect(ids({}, { agentConnected: false }, {})).toEqual(['i-1'])
    expect(ids({}, { agentConnected: false })).toEqual(['i-0'])
    expect(ids(prod, stack('test'), stack('prod'), {})).toEqual(['i-1', 'i-2'])
    expect(ids(prod, stack('test'))).toEqual(['i-0'])
    expect(ids({ placementConstraints: [{ type: 'distinctInstance', expression: null }] }, {}, {})).toEqual([
      'i-0',
      'i-1',
    ])
  })

  test('weight 0 with a base above 0: an open way is in order, and a closed one nobody may use', () => {
    const items = (weight: number) => [
      { capacityProvider: 'asg', base: 1, weight },
      { capacityProvider: 'FARGATE', base: 0, weight: 1 },
    ]
    const holds = (weight: number) => {
      const capacity = { ...CAPACITY, strategy: items(weight) }
      const facts = compute({ capacityProviders: known([provider()]), instances: known([instance()]), capacity })
      return originsOf(strategy('FARGATE', 'asg'), web, facts).origins.map((one) => one.assumed?.holds ?? null)
    }
    expect([holds(1), holds(0)]).toEqual([
      [null, null, null],
      [null, null, 'reachable'],
    ])
  })

  test('two providers over the same instances ask once', () => {
    const facts = compute({
      capacityProviders: known([provider({ name: 'a' }), provider({ name: 'b' })]),
      instances: known([instance()]),
    })
    expect(originsOf(strategy('a', 'b'), web, facts).origins).toHaveLength(1)
  })

  test('ECS Exec connects from the task’s interface where it has one, never with a public address', () => {
    const awsvpc = { subnetIds: ['subnet-a'], securityGroupIds: ['sg-task'], assignPublicIp: 'ENABLED' }
    const facts = compute({ instances: known([instance()]) })
    const own = originsOf({ ...onEc2, awsvpc }, web, facts)
    expect(own.ofTask).toMatchObject([{ kind: 'task-eni', subnetId: 'subnet-a', publicIp: false }])
    expect(own.origins).toMatchObject([{ kind: 'instance-eni' }])
    for (const configuration of [awsvpc, null]) {
      const bridge = taskDefinition(undefined, { networkMode: 'bridge' })
      const { ofTask, origins } = originsOf({ ...onEc2, awsvpc: configuration }, bridge, facts)
      expect(ofTask).toEqual(origins)
    }
  })
})

describe('Managed Instances', () => {
  const managed = provider({
    name: 'cp',
    kind: 'managed-instances',
    subnetIds: ['subnet-mi'],
    securityGroupIds: ['sg-mi'],
  })

  test('send from the interfaces that the capacity provider describes, or from the tasks’ own: where both come out alike it is so', () => {
    const { origins, unknown } = originsOf(strategy('cp'), web, compute({ capacityProviders: known([managed]) }))
    expect(unknown).toEqual([])
    expect(origins).toMatchObject([
      { kind: 'instance-eni', subnetId: 'subnet-mi', groupIds: ['sg-mi'], publicIp: null, sendsTokenAndSecrets: true },
      { kind: 'task-eni', subnetId: 'subnet-a', groupIds: ['sg-task'], publicIp: false },
      { kind: 'task-eni', subnetId: 'subnet-c' },
    ])
    expect(origins.map((one) => one.assumed?.holds)).toEqual(['agreement', 'agreement', 'agreement'])
  })

  test('tasks without interfaces of their own leave no doubt', () => {
    const onHost = taskDefinition(undefined, { networkMode: 'host' })
    const { origins } = originsOf(strategy('cp'), onHost, compute({ capacityProviders: known([managed]) }))
    expect(origins).toMatchObject([{ kind: 'instance-eni', assumed: null }])
  })

  test('by launch type: those of the cluster’s strategy, or any', () => {
    const other = { ...managed, name: 'other', subnetIds: ['subnet-other'] }
    const of = service({ launchType: 'MANAGED_INSTANCES' })
    const capacityProviders = known([managed, other, provider({ name: 'asg', subnetIds: ['subnet-asg'] })])
    const named = compute({ capacityProviders, clusterCapacityProviders: known(['other']) })
    const hosts = (facts: Compute) =>
      originsOf(of, web, facts).origins.flatMap((one) => (one.kind === 'instance-eni' ? one.subnetId : []))
    expect(hosts(named)).toEqual(['subnet-other'])
    expect(hosts(compute({ capacityProviders }))).toEqual(['subnet-mi', 'subnet-other'])
  })

  test('without known subnets it is said what would tell', () => {
    const none = compute({ capacityProviders: known([{ ...managed, subnetIds: [] }]) })
    expect(originsOf(strategy('cp'), web, none).unknown).toMatchObject([
      { permission: 'ecs:DescribeCapacityProviders' },
    ])
  })
})

test('the words are the SDK’s own', () => {
  expect(Object.values(LaunchType).toSorted()).toEqual(['EC2', 'EXTERNAL', 'FARGATE', 'MANAGED_INSTANCES'])
  expect(Object.values(CapacityProviderType)).toEqual(expect.arrayContaining(['FARGATE', 'FARGATE_SPOT']))
  expect(Object.values(ContainerInstanceStatus)).toContain('ACTIVE')
  expect(Object.values(AssignPublicIp)).toContain('ENABLED')
  expect(Object.values(NetworkMode)).toContain('awsvpc')
  expect(Object.values(OSFamily).filter((family) => !family.startsWith('WINDOWS'))).toEqual(['LINUX'])
})
