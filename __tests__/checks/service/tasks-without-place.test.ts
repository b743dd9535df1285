import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import type { AutoScalingGroup, CapacityProvider, ContainerInstance } from '../../../src/domain/service.ts'
import { host, LEFT, placed, type Setting } from '../../deployment/placement/world.ts'
import { provider } from '../../task-start/sample.ts'
import { onOneLine } from '../judgement.ts'
import { expectPages } from '../page.ts'
import { BY_NAT, CONTAINER, findingsOf, judge, openEgress, told, type World } from '../world.ts'

const ID = 'tasks-without-place'
const GROUP = 'arn:aws:autoscaling:ap-northeast-2:123456789012:autoScalingGroup:1:autoScalingGroupName/shop-asg'

/** On container instances of the task's own subnets, with the bridge and two tasks that run. */
function onInstances({ service, task, container, hosts, tasks, capacity }: Setting, asg?: CapacityProvider): World {
  const { awsvpc } = BY_NAT.service
  const at = (one: ContainerInstance, n: number): ContainerInstance => ({
    ...one,
    subnetId: awsvpc?.subnetIds[n % 2] ?? null,
    securityGroupIds: awsvpc?.securityGroupIds ?? [],
    capacityProviderName: asg?.name ?? null,
  })
  const { arn } = BY_NAT.taskDefinition
  return openEgress({
    ...BY_NAT,
    service: {
      ...BY_NAT.service,
      ...(asg === undefined ? { launchType: 'EC2' } : { launchType: null, capacityProviders: [asg.name] }),
      awsvpc: null,
      ...service,
    },
    taskDefinition: {
      ...BY_NAT.taskDefinition,
      networkMode: 'bridge',
      cpu: '512',
      memory: '1024',
      containers: [{ ...CONTAINER, ...container }],
      ...task,
    },
    compute: {
      ...BY_NAT.compute,
      capacityProviders: known(asg === undefined ? [] : [asg]),
      instances: known((hosts ?? [host(1), host(2)]).map(at)),
      capacity: {
        strategy: asg === undefined ? [] : [{ capacityProvider: asg.name, base: 0, weight: 1 }],
        tasks: known((tasks ?? [placed(1), placed(2)]).map((one) => ({ ...one, taskDefinitionArn: arn }))),
        interfaceLimits: known({}),
        trunking: known(false),
        autoScalingGroups: known([]),
        ...capacity,
      },
    },
  })
}

const full = { ...LEFT, memory: 100 }
const FULL: Setting = { hosts: [host(1, { remaining: full }), host(2, { remaining: full })] }
const port80 = { portMappings: [{ containerPort: 8080, hostPort: 80, protocol: 'tcp' }] }
const taken = { ...LEFT, tcpPorts: [22, 80] }
/** A fixed port on one instance, which the running task has. */
const FIXED_PORT: Setting = {
  container: port80,
  hosts: [host(1, { remaining: taken })],
  tasks: [placed(1)],
  service: { desiredCount: 1, runningCount: 1 },
}

describe(ID, () => {
  test('a fixed host port, one instance, 100 percent healthy: the next task has no place while the old one stays', () => {
    const world = onInstances(FIXED_PORT)
    expect(told(world)).toEqual([`${ID} web`])
    const [finding] = findingsOf(world, ID)
    expect(finding.what.en).toBe(
      'A deployment of web has to place 1 task; not one of them fits, whichever old tasks may stop first. i-1: host port 80 is taken.',
    )
    expect(onOneLine(finding.remedy.cli)).toEqual([
      'aws ecs update-service --cluster shop --service web --deployment-configuration minimumHealthyPercent=0 --region ap-northeast-2',
    ])
    expect(finding.remedy.verified).toBe(true)
    expectPages(finding)
  })

  const rolling = (minimumHealthyPercent: number, maximumPercent: number) => ({
    deploymentConfiguration: { ...BY_NAT.service.deploymentConfiguration, minimumHealthyPercent, maximumPercent },
  })

  test.each<[string, Setting]>([
    ['room beside the running tasks', {}],
    ['no room beside them, but one may stop', { ...FULL, service: rolling(50, 100) }],
    [
      'the fixed port, and the task that has it stops first',
      { ...FIXED_PORT, service: { ...FIXED_PORT.service, ...rolling(0, 100) } },
    ],
    ['the fixed port, and another instance', { ...FIXED_PORT, hosts: [host(1, { remaining: taken }), host(2)] }],
    ['one agent of two not connected', { hosts: [host(1, { agentConnected: false }), host(2)] }],
    ['one instance of two draining', { hosts: [host(1, { status: 'DRAINING' }), host(2)] }],
    [
      'an ordinary constraint',
      { task: { placementConstraints: [{ type: 'memberOf', expression: 'attribute:ecs.instance-type =~ t3.*' }] } },
    ],
  ])('clear: %s', (_, setting) => {
    expect(judge(onInstances(setting))).toEqual({ findings: [], unknowns: [] })
  })

  test.each<[string, Setting, string[], RegExp]>([
    [
      'no agent connected, which may pass by itself',
      { hosts: [host(1, { agentConnected: false })] },
      [`${ID} web (warning)`],
      /i-1: its ECS agent is not connected/,
    ],
    [
      'no agent connected, and no room with it either',
      { hosts: [host(1, { agentConnected: false, remaining: full })] },
      [`${ID} web`],
      /i-1: its ECS agent is not connected/,
    ],
    [
      'no instance active',
      { hosts: [host(1, { status: 'DRAINING' })] },
      [`${ID} web`],
      /i-1: is DRAINING and takes no task/,
    ],
    [
      'no instance at all',
      { hosts: [], tasks: [], service: { runningCount: 0 } },
      [`${ID} shop`],
      /no active container instance/,
    ],
    [
      'no instance that meets the constraint',
      { task: { placementConstraints: [{ type: 'memberOf', expression: 'attribute:stack == prod' }] } },
      [`${ID} web`],
      /i-1, i-2: does not meet the placement constraint attribute:stack == prod/,
    ],
    ['no memory left', FULL, [`${ID} web`], /i-1, i-2: MiB of memory: 100 left, a task takes 1024/],
    [
      'place for one of two, which a larger task does not free',
      {
        ...FULL,
        hosts: [host(1), host(2, { remaining: full })],
        task: { memory: '2500' },
        tasks: [placed(1, { memory: 200 }), placed(2, { memory: 200 })],
      },
      [`${ID} web (warning)`],
      /has to place 2 tasks; no more than 1 of them fits/,
    ],
  ])('found: %s', (_, setting, findings, says) => {
    const world = onInstances(setting)
    const own = told(setting.task?.memory === '2500' ? otherRevision(world) : world)
    expect(own.filter((one) => one.startsWith(ID))).toEqual(findings)
    const [finding] = findingsOf(setting.task?.memory === '2500' ? otherRevision(world) : world, ID)
    expect(finding.what.en).toMatch(says)
    expect(finding.remedy.console.length).toBeGreaterThan(0)
  })

  test('many instances that are alike are named together', () => {
    const hosts = Array.from({ length: 7 }, (_, n) => host(n, { remaining: { ...full, memory: n } }))
    const [finding] = findingsOf(onInstances({ hosts }), ID)
    expect(finding.what.en).toContain('i-0, i-1, i-2, i-3, i-4 … (7): MiB of memory')
    expect(finding.evidence).toHaveLength(8)
  })

  describe('behind a capacity provider', () => {
    const asg = provider({ name: 'blue', autoScalingGroupArn: GROUP, managedScaling: true })
    const group = (changes: Partial<AutoScalingGroup> = {}): Setting => ({
      ...FULL,
      capacity: {
        autoScalingGroups: known([
          {
            arn: GROUP,
            name: 'shop-asg',
            desired: 2,
            max: 4,
            instances: 2,
            subnetIds: [],
            suspendedProcesses: [],
            ...changes,
          },
        ]),
      },
    })

    test.each<[string, Setting]>([
      ['that may grow', group()],
      ['whose next instance is on its way', group({ desired: 4, max: 4, instances: 2 })],
    ])('clear: a group %s', (_, setting) => {
      expect(judge(onInstances(setting, asg))).toEqual({ findings: [], unknowns: [] })
    })

    test('clear: no instance yet, of a group that may grow', () => {
      const { findings } = judge(
        onInstances(
          { ...group({ desired: 0, instances: 0 }), hosts: [], tasks: [], service: { runningCount: 0 } },
          asg,
        ),
      )
      expect(findings).toEqual([])
    })

    test.each<[string, Setting, CapacityProvider]>([
      ['as large as it may be', group({ max: 2 }), asg],
      ['that is kept from starting instances', group({ suspendedProcesses: ['Launch'] }), asg],
      ['without managed scaling', group(), { ...asg, managedScaling: false }],
    ])('found: a group %s', (_, setting, own) => {
      expect(told(onInstances(setting, own))).toEqual([`${ID} web`])
    })

    test.each<[string, Setting]>([
      [
        'that none of its instances meets the constraint',
        { ...group(), task: { placementConstraints: [{ type: 'memberOf', expression: 'attribute:stack == prod' }] } },
      ],
      [
        'that the task is larger than an empty one',
        { ...group(), hosts: [host(1, { remaining: full, registered: { cpu: 2048, memory: 900, gpus: 0 } })] },
      ],
    ])('unknown: a group that may grow, but %s', (_, setting) => {
      expect(judge(onInstances(setting, asg))).toMatchObject({
        findings: [],
        unknowns: [{ check: ID, reason: ['next-instance-unlike', 'blue'], matters: true }],
      })
    })

    test('the group is named with its size', () => {
      const [finding] = findingsOf(onInstances(group({ max: 2 }), asg), ID)
      expect(finding.remedy.console.map(({ en }) => en).join()).toContain(
        'shop-asg → Edit: Max desired capacity, now 2',
      )
    })

    test('no instance, and none will come: the provider is the subject', () => {
      const setting = {
        ...group({ max: 0, desired: 0, instances: 0 }),
        hosts: [],
        tasks: [],
        service: { runningCount: 0 },
      }
      expect(told(onInstances(setting, asg)).filter((one) => one.startsWith(ID))).toEqual([`${ID} blue`])
    })

    test.each<[string, Setting, CapacityProvider, string]>([
      [
        'the group could not be read',
        { ...FULL, capacity: { autoScalingGroups: unread('denied', 'autoscaling:DescribeAutoScalingGroups') } },
        asg,
        'autoscaling:DescribeAutoScalingGroups',
      ],
      ['the group was not found', { ...FULL }, asg, 'autoscaling:DescribeAutoScalingGroups'],
      ['nobody said whether it scales', group(), { ...asg, managedScaling: null }, 'ecs:DescribeCapacityProviders'],
    ])('unknown: %s', (_, setting, own, permission) => {
      expect(judge(onInstances(setting, own))).toMatchObject({
        findings: [],
        unknowns: [{ check: ID, permission, matters: true }],
      })
    })
  })

  describe('unknown', () => {
    const own = { networkMode: 'awsvpc' }
    const interfaces = { tasks: [placed(1, { interfaces: 1 }), placed(2, { interfaces: 1 })] }
    test.each<[string, Setting, string | null, boolean]>([
      ['what is left was not recorded', { hosts: [host(1, { remaining: null })] }, null, false],
      [
        'whether the constraint is met',
        { task: { placementConstraints: [{ type: 'memberOf', expression: 'task:group == service:db' }] } },
        null,
        true,
      ],
      [
        'how many interfaces there are',
        { ...interfaces, task: own, capacity: { interfaceLimits: unread('denied', 'ec2:DescribeInstanceTypes') } },
        'ec2:DescribeInstanceTypes',
        true,
      ],
      ['the type has no limit', { ...interfaces, task: own }, null, true],
      [
        'a trunk may have more',
        {
          ...interfaces,
          task: own,
          hosts: [host(1, { interfaces: 2 })],
          capacity: { interfaceLimits: known({ 't3.medium': 2 }), trunking: known(true) },
        },
        null,
        true,
      ],
      [
        'where the old tasks are',
        {
          ...FIXED_PORT,
          hosts: [host(1, { remaining: taken, runningTasksCount: 3 })],
          service: {
            ...FIXED_PORT.service,
            deploymentConfiguration: { ...BY_NAT.service.deploymentConfiguration, minimumHealthyPercent: 0 },
          },
          capacity: { tasks: unread('denied', 'ecs:ListTasks') },
        },
        'ecs:ListTasks',
        true,
      ],
    ])('%s', (_, setting, permission, matters) => {
      const { findings, unknowns } = judge(onInstances(setting))
      expect(findings).toEqual([])
      expect(unknowns.map((one) => [one.check, one.permission, one.matters])).toEqual([[ID, permission, matters]])
    })

    test('where the service could not be read', () => {
      expect(judge(onInstances(FULL), 'service').findings).toEqual([])
    })
  })
})

/** The tasks that run are of a revision before, and smaller. */
function otherRevision(world: World): World {
  const { capacity } = world.compute
  if (capacity === undefined || !capacity.tasks.known) throw new Error('no tasks')
  const tasks = known(capacity.tasks.value.map((one) => ({ ...one, taskDefinitionArn: 'web:6' })))
  return { ...world, compute: { ...world.compute, capacity: { ...capacity, tasks } } }
}
