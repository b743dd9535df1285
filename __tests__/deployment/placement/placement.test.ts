import { ContainerInstanceStatus, PlacementConstraintType } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import { placementsOf, shareOf } from '../../../src/deployment/placement/placement.ts'
import { known, unread } from '../../../src/domain/answer.ts'
import { ATTRIBUTES, factsOf, host, LEFT, placed, placement, type Setting } from './world.ts'

const port = (hostPort: number | null, protocol = 'tcp') => ({
  portMappings: [{ containerPort: 8080, hostPort, protocol }],
})
const memberOf = (expression: string) => [{ type: 'memberOf', expression }]
const full = { ...LEFT, memory: 100 }
const OWN_INTERFACE = {
  task: { networkMode: 'awsvpc' },
  service: { awsvpc: { subnetIds: ['subnet-a', 'subnet-c'], securityGroupIds: [], assignPublicIp: 'DISABLED' } },
} as const

/** Obstacles instance by instance, and how many of the tasks are placed in the end. */
function seen(setting: Setting) {
  const { instances, placed: count, wanted } = placement(setting)
  return [`${count} of ${wanted}`, ...instances.map(({ room }) => room.obstacle?.kind ?? 'none')]
}

describe('what an instance lacks', () => {
  test.each<[string, Setting, string[]]>([
    ['nothing', {}, ['2 of 2', 'memory', 'memory']],
    ['it is draining', { hosts: [host(1, { status: 'DRAINING' })] }, ['0 of 2', 'status']],
    ['it is not registered yet', { hosts: [host(1, { status: 'REGISTERING' })] }, ['0 of 2', 'status']],
    [
      'its agent is not connected',
      { hosts: [host(1, { agentConnected: false }), host(2)] },
      ['2 of 2', 'agent', 'memory'],
    ],
    [
      'nobody said whether the agent is connected',
      { hosts: [host(1, { agentConnected: null })] },
      ['2 of 2', 'memory'],
    ],
    [
      'a constraint of the task definition is not met',
      { task: { placementConstraints: memberOf('attribute:ecs.instance-type == g5.xlarge') } },
      ['0 of 2', 'constraint', 'constraint'],
    ],
    [
      'a constraint of the service is not met by one',
      {
        service: { placementConstraints: memberOf('ec2InstanceId == i-2'), desiredCount: 1, runningCount: 1 },
        tasks: [placed(1)],
      },
      ['1 of 1', 'constraint', 'memory'],
    ],
    [
      'the capability that the task definition requires',
      {
        task: { requiresAttributes: [{ name: 'com.amazonaws.ecs.capability.ecr-auth', value: null }] },
        hosts: [host(1, { attributes: [...ATTRIBUTES, { name: 'ecs.capability.task-eni', value: null }] })],
      },
      ['0 of 2', 'attribute'],
    ],
    [
      'no capability was recorded at all',
      { task: { requiresAttributes: [{ name: 'com.amazonaws.ecs.capability.ecr-auth', value: null }] } },
      ['2 of 2', 'memory', 'memory'],
    ],
    [
      'memory',
      { hosts: [host(1, { remaining: full })], tasks: [], service: { runningCount: 0 } },
      ['0 of 2', 'memory'],
    ],
    [
      'memory, that an old task will free',
      {
        hosts: [host(1, { remaining: full })],
        tasks: [placed(1), placed(1)],
        service: { deploymentConfiguration: percent(50, 200) },
      },
      ['2 of 2', 'memory'],
    ],
    [
      'a host port',
      { container: port(80), hosts: [host(1, { remaining: { ...LEFT, tcpPorts: [80] } })] },
      ['0 of 2', 'ports'],
    ],
    [
      'the same port, of the other protocol',
      {
        container: port(80, 'udp'),
        hosts: [host(1, { remaining: { ...LEFT, tcpPorts: [80] } })],
        service: { desiredCount: 1 },
      },
      ['1 of 1', 'ports'],
    ],
    ['a port of the agent', { container: port(22) }, ['0 of 2', 'ports', 'ports']],
    ['no port: ECS chooses', { container: port(0) }, ['2 of 2', 'memory', 'memory']],
    ['no port: none was given', { container: port(null) }, ['2 of 2', 'memory', 'memory']],
    [
      'the container port, in the mode host',
      {
        container: port(null),
        task: { networkMode: 'host' },
        hosts: [host(1, { remaining: { ...LEFT, tcpPorts: [8080] } })],
      },
      ['0 of 2', 'ports'],
    ],
    [
      'host ports do not matter where the task has an interface of its own',
      { ...OWN_INTERFACE, container: port(80), hosts: [host(1, { remaining: { ...LEFT, tcpPorts: [80] } })] },
      ['2 of 2', 'memory'],
    ],
    ['a GPU', { container: { reservation: { cpu: 0, memory: 0, gpus: 1 } } }, ['0 of 2', 'gpus', 'gpus']],
    [
      'a second GPU',
      {
        container: { reservation: { cpu: 0, memory: 0, gpus: 1 } },
        hosts: [host(1, { remaining: { ...LEFT, gpus: 1 } })],
        service: { runningCount: 0 },
        tasks: [],
      },
      ['1 of 2', 'gpus'],
    ],
    [
      'one task an instance, and one is there',
      { service: { placementConstraints: [{ type: 'distinctInstance', expression: null }] } },
      ['0 of 2', 'distinct', 'distinct'],
    ],
    [
      'one task an instance, which may stop first',
      {
        service: {
          placementConstraints: [{ type: 'distinctInstance', expression: null }],
          deploymentConfiguration: percent(50, 200),
        },
      },
      ['2 of 2', 'distinct', 'distinct'],
    ],
    [
      'a subnet of the service in its zone',
      { ...OWN_INTERFACE, hosts: [host(1, { subnetId: 'subnet-host-b' }), host(2)], tasks: [] },
      ['2 of 2', 'zone', 'memory'],
    ],
    [
      'an interface',
      {
        ...OWN_INTERFACE,
        hosts: [host(1, { interfaces: 3 })],
        tasks: [],
        service: { ...OWN_INTERFACE.service, runningCount: 0 },
      },
      ['0 of 2', 'interfaces'],
    ],
    [
      'an interface, that an old task will free',
      {
        ...OWN_INTERFACE,
        hosts: [host(1, { interfaces: 3 })],
        tasks: [placed(1, { interfaces: 1 }), placed(1, { interfaces: 1 })],
        service: { ...OWN_INTERFACE.service, deploymentConfiguration: percent(50, 100) },
      },
      ['2 of 2', 'interfaces'],
    ],
  ])('%s', (_, setting, found) => {
    expect(seen(setting)).toEqual(found)
  })
})

function percent(minimumHealthyPercent: number, maximumPercent: number, strategy = 'ROLLING') {
  return { minimumHealthyPercent, maximumPercent, circuitBreaker: null, strategy, lifecycleHooks: [], raw: {} }
}

describe('the size of a task', () => {
  const alone = { hosts: [host(1)], tasks: [], service: { desiredCount: 9, runningCount: 0 } }
  test.each<[string, Setting, number]>([
    [
      'is its own',
      { task: { cpu: '0.5 vCPU', memory: '1 GB' }, container: { reservation: { cpu: 9, memory: 9, gpus: 0 } } },
      2,
    ],
    [
      'or that of its containers',
      { task: { cpu: null, memory: null }, container: { reservation: { cpu: 256, memory: 512, gpus: 0 } } },
      5,
    ],
    [
      'each by itself',
      { task: { cpu: '512', memory: null }, container: { reservation: { cpu: 9, memory: 700, gpus: 0 } } },
      3,
    ],
    ['or nothing at all', { task: { cpu: null, memory: null } }, 9],
  ])('%s', (_, setting, count) => {
    expect(placement({ ...alone, ...setting }).placed).toBe(count)
  })
})

describe('the strategy of the deployment', () => {
  const tight = { hosts: [host(1, { remaining: full })], tasks: [placed(1), placed(1)] }
  test.each<[string, Setting, string]>([
    ['rolling, one may stop', { service: { deploymentConfiguration: percent(50, 200) } }, '2 of 2'],
    [
      'blue/green: the old ones stay to the end',
      { service: { deploymentConfiguration: percent(50, 200, 'BLUE_GREEN') } },
      '0 of 2',
    ],
    [
      'CodeDeploy: a second task set',
      { service: { deploymentController: 'CODE_DEPLOY', deploymentConfiguration: percent(50, 200) } },
      '0 of 2',
    ],
    [
      'daemons stop first',
      {
        service: {
          schedulingStrategy: 'DAEMON',
          desiredCount: 1,
          runningCount: 1,
          deploymentConfiguration: percent(0, 100),
        },
        tasks: [placed(1)],
      },
      '1 of 1',
    ],
    [
      'a daemon on every instance that its constraints let it on',
      {
        service: {
          schedulingStrategy: 'DAEMON',
          desiredCount: 1,
          runningCount: 1,
          deploymentConfiguration: percent(0, 100),
          placementConstraints: memberOf('ec2InstanceId != i-2'),
        },
        hosts: [host(1), host(2), host(3, { status: 'DRAINING' })],
        tasks: [placed(1)],
      },
      '1 of 1',
    ],
    [
      'a daemon is not placed without its agent',
      {
        service: {
          schedulingStrategy: 'DAEMON',
          desiredCount: 2,
          runningCount: 1,
          deploymentConfiguration: percent(0, 100),
        },
        hosts: [host(1), host(2, { agentConnected: false })],
        tasks: [placed(1)],
      },
      '1 of 2',
    ],
  ])('%s', (_, setting, found) => {
    expect(seen({ ...tight, ...setting })[0]).toBe(found)
  })

  test.each<[string, Setting]>([
    ['a service without tasks', { service: { desiredCount: 0 } }],
    ['an external controller', { service: { deploymentController: 'EXTERNAL' } }],
    [
      'percentages that let nothing move, which another check tells',
      { service: { deploymentConfiguration: percent(100, 100) } },
    ],
    ['a service on Fargate', { service: { launchType: 'FARGATE' } }],
  ])('%s: nothing to be placed', (_, setting) => {
    expect(placementsOf(factsOf(setting))).toEqual([])
  })
})

describe('which old tasks make room', () => {
  const holder = host(1, { remaining: { ...LEFT, tcpPorts: [22, 80] } })
  const setting: Setting = {
    container: port(80),
    hosts: [holder],
    service: { desiredCount: 1, runningCount: 1, deploymentConfiguration: percent(0, 100) },
  }
  const told = (more: Setting) => {
    const { placed: most, surely, doubts } = placement({ ...setting, ...more })
    return { most, surely, doubts }
  }

  test('those that say that they are there, of the same revision or with the port', () => {
    expect(told({ tasks: [placed(1)] })).toEqual({ most: 1, surely: 1, doubts: [] })
    expect(told({ tasks: [placed(1, { taskDefinitionArn: 'old:1', tcpPorts: [80] })] }).most).toBe(1)
    expect(told({ tasks: [placed(1, { taskDefinitionArn: 'old:1', tcpPorts: [81] })] }).most).toBe(0)
    expect(told({ tasks: [placed(2)] }).most).toBe(0)
  })

  test('all that the instances run, where these are as many as the service has', () => {
    expect(told({ tasks: [] })).toEqual({ most: 1, surely: 1, doubts: [] })
  })

  test('else it is not known', () => {
    const two = { hosts: [{ ...holder, runningTasksCount: 2 }], tasks: [] }
    expect(told(two)).toEqual({ most: 1, surely: 0, doubts: ['whereabouts'] })
    const another = { tasks: [], task: { arn: 'arn:aws:ecs:ap-northeast-2:123456789012:task-definition/web:8' } }
    expect(told(another)).toEqual({ most: 1, surely: 0, doubts: ['whereabouts'] })
  })
})

describe('what is not known', () => {
  test.each<[string, Setting, string[]]>([
    ['what is left', { hosts: [host(1, { remaining: null })] }, ['remaining']],
    [
      'whether a constraint is met',
      { service: { placementConstraints: memberOf('task:group == service:db') } },
      ['constraint'],
    ],
    [
      'how many interfaces there are',
      { ...OWN_INTERFACE, capacity: { interfaceLimits: unread('denied', 'ec2:DescribeInstanceTypes') } },
      ['interface-limit'],
    ],
    ['the type', { ...OWN_INTERFACE, hosts: [host(1, { instanceType: 'x9.large' })] }, ['interface-limit']],
    [
      'whether there is a trunk',
      { ...OWN_INTERFACE, capacity: { trunking: known(true) }, hosts: [host(1, { interfaces: 3 })] },
      ['trunking'],
    ],
  ])('%s', (_, setting, doubts) => {
    const {
      placed: most,
      surely,
      doubts: found,
    } = placement({ ...setting, tasks: [], service: { ...setting.service, runningCount: 0 } })
    expect({ most, surely, found }).toEqual({ most: 2, surely: 0, found: doubts })
  })

  test('an instance with a trunk has the interfaces of the table at least', () => {
    const trunk = [...ATTRIBUTES, { name: 'ecs.awsvpc-trunk-id', value: 'eni-1' }]
    const on = (instanceType: string, runningTasksCount: number) =>
      placement({
        ...OWN_INTERFACE,
        hosts: [
          host(1, {
            attributes: trunk,
            instanceType,
            runningTasksCount,
            remaining: { ...LEFT, cpu: 99999, memory: 99999 },
          }),
        ],
        tasks: [],
        service: { ...OWN_INTERFACE.service, desiredCount: 12, runningCount: 0 },
      }).surely
    expect([
      on('c5.large', 0),
      on('c5.large', 4),
      on('m6i.xlarge', 0),
      on('c5.24xlarge', 0),
      on('g5.xlarge', 0),
    ]).toEqual([10, 6, 12, 12, 0])
  })
})

describe('several capacity providers', () => {
  const strategy = (...items: readonly (readonly [name: string, base: number, weight: number])[]) =>
    items.map(([capacityProvider, base, weight]) => ({ capacityProvider, base, weight }))

  test.each([
    ['alone', strategy(['blue', 0, 1]), 4],
    ['half', strategy(['blue', 0, 1], ['FARGATE', 0, 1]), 2],
    ['the whole part of a third', strategy(['blue', 0, 1], ['FARGATE', 0, 2]), 1],
    ['the base, and its part of the rest', strategy(['blue', 2, 1], ['FARGATE', 0, 1]), 3],
    ['a part of the rest behind a base elsewhere', strategy(['blue', 0, 1], ['FARGATE', 3, 1]), 0],
    ['weight 0 takes none', strategy(['blue', 0, 0], ['FARGATE', 0, 1]), 0],
    ['and what a base beside it takes, documents disagree on', strategy(['blue', 2, 0], ['FARGATE', 0, 1]), 0],
    ['not among them', strategy(['FARGATE', 0, 1]), 0],
  ])('of four tasks: %s', (_, items, share) => {
    expect(shareOf(items, 'blue', 4)).toBe(share)
  })

  test('each with its own instances and its share; those of nobody are of all', () => {
    const items = strategy(['blue', 0, 1], ['green', 0, 1])
    const facts = factsOf({
      service: { launchType: null, capacityProviders: ['blue', 'green'], desiredCount: 4 },
      hosts: [
        host(1, { capacityProviderName: 'blue' }),
        host(2, { capacityProviderName: 'green', status: 'DRAINING' }),
        host(3),
      ],
      capacity: { strategy: items },
    })
    expect(
      placementsOf(facts).map(({ provider, wanted, placed: count, instances }) => [
        provider?.name,
        `${count} of ${wanted}`,
        instances.map(({ instance }) => instance.instanceId).join(),
      ]),
    ).toEqual([
      ['blue', '2 of 2', 'i-1,i-3'],
      ['green', '2 of 2', 'i-2,i-3'],
    ])
  })
})

test('the words are the SDK’s own', () => {
  expect(Object.values(PlacementConstraintType).toSorted()).toEqual(['distinctInstance', 'memberOf'])
  expect(Object.values(ContainerInstanceStatus)).toEqual(expect.arrayContaining(['ACTIVE', 'DRAINING', 'REGISTERING']))
})
