/** Services that nothing can place, or that are placed well, as AWS prints them: from a folder to the verdict, each with its healthy twin. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { openFolder } from '../../../src/aws/reader/folder.ts'
import { FIELD, judged, onDisk } from '../field.ts'

type Json = { [member: string]: Json } & { [at: number]: Json }
/** Changes an answer in place; an object is written as it is. */
type Edits = Readonly<Record<string, ((answer: Json) => void) | object>>

const SERVICES = 'ecs/describe-services.json'
const INSTANCES = 'ecs/describe-container-instances.json'
const DEFINITION = 'ecs/describe-task-definition/api-12.json'
const PROVIDERS = 'ecs/describe-capacity-providers.json'
const CLUSTERS = 'ecs/describe-clusters.json'
const GROUPS = 'autoscaling/describe-auto-scaling-groups.json'
const TASKS = 'ecs/describe-tasks.json'

async function report(base: string, edits: Edits, gone?: string) {
  const one = FIELD.find(({ id }) => id === base)
  if (one === undefined) throw new Error(`no case ${base}`)
  return onDisk(one, 'fixed', async (folder) => {
    for (const [path, edit] of Object.entries(edits)) {
      const file = join(folder, path)
      const answer = typeof edit === 'function' ? JSON.parse(readFileSync(file, 'utf8')) : edit
      if (typeof edit === 'function') edit(answer)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, JSON.stringify(answer))
    }
    if (gone !== undefined) rmSync(join(folder, gone), { force: true })
    return judged(one, await openFolder(folder))
  })
}

const instance = (change: (instance: Json) => void) => (answer: Json) => change(first(answer, 'containerInstances'))
const service = (changes: object) => (answer: Json) => Object.assign(first(answer, 'services'), changes)
const definition = (changes: object) => (answer: Json) => Object.assign(answer['taskDefinition'] ?? {}, changes)

function first(answer: Json, list: string): Json {
  const [one] = answer[list] as unknown as readonly Json[]
  if (one === undefined) throw new Error(`no ${list}`)
  return one
}

const member = (name: string, value: unknown) => instance((one) => Object.assign(one, { [name]: value }))
const left = (name: string, value: object) =>
  instance((one) => {
    const resources = one['remainingResources'] as unknown as Json[]
    const found = resources.find((resource) => (resource['name'] as unknown) === name)
    if (found === undefined) resources.push({ name, ...value } as unknown as Json)
    else Object.assign(found, value)
  })
const percent = (minimumHealthyPercent: number, maximumPercent: number) =>
  service({
    deploymentConfiguration: {
      minimumHealthyPercent,
      maximumPercent,
      deploymentCircuitBreaker: { enable: true, rollback: true },
    },
  })

/** A strategy of one provider behind an Auto Scaling group, whose one instance is full. */
function scaling(managed: string, max: number): Edits {
  const arn = 'arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:1:autoScalingGroupName/nodes'
  const capacityProviderStrategy = [{ capacityProvider: 'nodes', base: 0, weight: 1 }]
  return {
    [SERVICES]: (answer) => {
      delete first(answer, 'services')['launchType']
      service({ capacityProviderStrategy })(answer)
    },
    [INSTANCES]: instance((one) => {
      Object.assign(one, { capacityProviderName: 'nodes' })
      Object.assign((one['remainingResources'] as unknown as Json[])[1] as Json, { integerValue: 200 })
    }),
    [PROVIDERS]: {
      capacityProviders: [
        {
          name: 'nodes',
          status: 'ACTIVE',
          autoScalingGroupProvider: { autoScalingGroupArn: arn, managedScaling: { status: managed } },
        },
      ],
      failures: [],
    },
    [GROUPS]: {
      AutoScalingGroups: [
        {
          AutoScalingGroupName: 'nodes',
          AutoScalingGroupARN: arn,
          DesiredCapacity: 1,
          MaxSize: max,
          Instances: [{ InstanceId: 'i-0ec200' }],
          VPCZoneIdentifier: 'subnet-0a000000000000001',
          SuspendedProcesses: [],
        },
      ],
    },
  }
}

const OWN_INTERFACE: Edits = {
  [DEFINITION]: definition({ networkMode: 'awsvpc' }),
  [SERVICES]: service({
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: ['subnet-0a000000000000001'],
        securityGroups: ['sg-0aaaaaaaaaaaaaaaa'],
        assignPublicIp: 'DISABLED',
      },
    },
  }),
}

describe('EC2', () => {
  const rows: readonly (readonly [name: string, broken: Edits, says: RegExp, fixed: Edits])[] = [
    [
      'a fixed UDP port, held by a task that may not stop',
      {
        [DEFINITION]: (answer) =>
          Object.assign(first(answer['taskDefinition'] as Json, 'containerDefinitions'), {
            portMappings: [{ containerPort: 53, hostPort: 53, protocol: 'udp' }],
          }),
        [INSTANCES]: left('PORTS_UDP', { stringSetValue: ['53'] }),
      },
      /host port 53 is taken/,
      {
        [DEFINITION]: (answer) =>
          Object.assign(first(answer['taskDefinition'] as Json, 'containerDefinitions'), {
            portMappings: [{ containerPort: 53, hostPort: 53, protocol: 'udp' }],
          }),
        [INSTANCES]: left('PORTS', { stringSetValue: ['53'] }),
      },
    ],
    [
      'the port of the mode host',
      {
        [DEFINITION]: definition({ networkMode: 'host' }),
        [INSTANCES]: left('PORTS', { stringSetValue: ['22', '8080'] }),
      },
      /host port 8080 is taken/,
      {
        [DEFINITION]: definition({ networkMode: 'host' }),
        [INSTANCES]: left('PORTS', { stringSetValue: ['22', '8080'] }),
        [SERVICES]: percent(0, 100),
      },
    ],
    ['the instance is being deregistered', { [INSTANCES]: member('status', 'DEREGISTERING') }, /DEREGISTERING/, {}],
    [
      'a constraint of the service, on the zone',
      {
        [SERVICES]: service({
          placementConstraints: [
            { type: 'memberOf', expression: 'attribute:ecs.availability-zone in [eu-west-1b, eu-west-1c]' },
          ],
        }),
      },
      /placement constraint attribute:ecs.availability-zone in/,
      {
        [SERVICES]: service({
          placementConstraints: [
            { type: 'memberOf', expression: 'attribute:ecs.availability-zone in [eu-west-1a, eu-west-1b]' },
          ],
        }),
      },
    ],
    [
      'a task on every instance but where one is',
      { [SERVICES]: service({ placementConstraints: [{ type: 'distinctInstance' }] }) },
      /distinctInstance/,
      {
        [SERVICES]: (answer) => {
          service({ placementConstraints: [{ type: 'distinctInstance' }] })(answer)
          percent(0, 100)(answer)
        },
      },
    ],
    [
      'a task larger than what is left',
      { [DEFINITION]: definition({ memory: '3000' }) },
      /MiB of memory: 2800 left, a task takes 3000/,
      { [DEFINITION]: definition({ memory: '2800' }) },
    ],
    [
      'a GPU where there is none',
      {
        [DEFINITION]: (answer) =>
          Object.assign(first(answer['taskDefinition'] as Json, 'containerDefinitions'), {
            resourceRequirements: [{ type: 'GPU', value: '1' }],
          }),
      },
      /GPUs: 0 left, a task takes 1/,
      {
        [DEFINITION]: (answer) =>
          Object.assign(first(answer['taskDefinition'] as Json, 'containerDefinitions'), {
            resourceRequirements: [{ type: 'GPU', value: '1' }],
          }),
        [INSTANCES]: left('GPU', { stringSetValue: ['GPU-1'] }),
      },
    ],
    ['a group that may not grow', scaling('ENABLED', 1), /MiB of memory/, scaling('ENABLED', 3)],
    ['a group that nobody scales', scaling('DISABLED', 3), /MiB of memory/, scaling('ENABLED', 3)],
    [
      'no interface left',
      {
        ...OWN_INTERFACE,
        'ec2/describe-instance-types.json': {
          InstanceTypes: [{ InstanceType: 't3.medium', NetworkInfo: { MaximumNetworkInterfaces: 1 } }],
        },
      },
      /network interfaces: 0 left/,
      OWN_INTERFACE,
    ],
  ]

  test.each(rows)('%s: told', async (_, broken, says) => {
    const { verdict, failingStep, findings } = await report('agent-disconnected', broken)
    expect([verdict, failingStep?.id]).toEqual(['fail', 'service'])
    expect(findings.filter(({ severity }) => severity !== 'advice').map(({ check }) => check)).toEqual([
      'tasks-without-place',
    ])
    expect(findings[0]?.what.en).toMatch(says)
  })

  test('the only agent is not connected: a warning, since it may come back by itself', async () => {
    const { verdict, findings } = await report('agent-disconnected', { [INSTANCES]: member('agentConnected', false) })
    expect([verdict, findings[0]?.check, findings[0]?.what.en]).toEqual([
      'warn',
      'tasks-without-place',
      expect.stringContaining('its ECS agent is not connected'),
    ])
  })

  test.each(rows)('%s: the healthy twin', async (_, _broken, _says, fixed) => {
    const { verdict, findings, unknowns } = await report('agent-disconnected', fixed)
    expect(findings.filter(({ severity }) => severity !== 'advice')).toEqual([])
    expect(unknowns.filter(({ check, matters }) => matters || check === 'tasks-without-place')).toEqual([])
    expect(verdict).toBe('pass')
  })
})

describe('without an answer', () => {
  const tight = { ...OWN_INTERFACE, [INSTANCES]: left('MEMORY', { integerValue: 200 }), [SERVICES]: both }
  function both(answer: Json) {
    percent(0, 100)(answer)
    const own = OWN_INTERFACE[SERVICES]
    if (typeof own === 'function') own(answer)
  }

  test.each<[string, Edits, string, string]>([
    ['the instances', {}, INSTANCES, 'unknown'],
    ['what they are', {}, 'ec2/describe-instances.json', 'unknown'],
    [
      'the limits of interfaces, where there are interfaces',
      OWN_INTERFACE,
      'ec2/describe-instance-types.json',
      'unknown',
    ],
    ['the limits of interfaces, where there are none', {}, 'ec2/describe-instance-types.json', 'pass'],
    ['the setting of trunks, which the instance tells itself', OWN_INTERFACE, 'ecs/list-account-settings.json', 'pass'],
    ['the tasks, where there is room beside them', {}, TASKS, 'pass'],
    ['the tasks, where the instance runs no other', tight, TASKS, 'pass'],
    [
      'the group, where there is room',
      { ...scaling('ENABLED', 1), [INSTANCES]: member('capacityProviderName', 'nodes') },
      GROUPS,
      'pass',
    ],
    ['the group, where there is none', scaling('ENABLED', 3), GROUPS, 'unknown'],
  ])('about %s', async (_, edits, gone, verdict) => {
    const { [gone]: _gone, ...kept } = edits
    expect((await report('agent-disconnected', kept, gone)).verdict).toBe(verdict)
  })
})

describe('a provider of weight 0 in the strategy of the cluster', () => {
  const ofCluster = (weight: number): Edits => ({
    [CLUSTERS]: (answer) =>
      Object.assign(first(answer, 'clusters'), {
        defaultCapacityProviderStrategy: [
          { capacityProvider: 'FARGATE', base: 0, weight: 1 },
          { capacityProvider: 'old-asg', base: 0, weight },
        ],
      }),
    [SERVICES]: (answer) => {
      delete first(answer, 'services')['capacityProviderStrategy']
    },
  })

  test('with weight, its instance without a way out is told', async () => {
    expect((await report('weight-zero', ofCluster(1))).verdict).toBe('fail')
  })

  test('with weight 0 it is not looked at', async () => {
    const { verdict, paths } = await report('weight-zero', ofCluster(0))
    expect(verdict).toBe('pass')
    expect(new Set(paths.map(({ from }) => from.kind))).toEqual(new Set(['task-eni']))
  })
})
