import { readdirSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import type { Simulator } from '../../../simulator/start.ts'
import { toTaskDefinition } from '../../../src/aws/facts/task-definition.ts'
import { gatherNetwork, gatherService, type ServiceRequest } from '../../../src/aws/gather/index.ts'
import { openFolder } from '../../../src/aws/reader/folder.ts'
import { openLive } from '../../../src/aws/reader/live.ts'
import { UsageError } from '../../../src/domain/usage-error.ts'
import { attachment, onInstances, subnet, table, vpc } from '../on-instances.ts'
import { fixture, scratch } from '../scratch.ts'
import { simulate } from '../simulated.ts'

let simulator: Simulator | undefined

async function live(folder: string) {
  simulator = await simulate({ folder })
  return openLive({ region: simulator.region, endpoint: simulator.url, maxAttempts: 1 })
}

const folders = readdirSync(fixture('vpc')).filter((name) => /^\d+$/.test(name))
const web = { cluster: 'demo', service: 'web' }
const OF_INSTANCES = [
  'ListContainerInstances',
  'DescribeInstances',
  'DescribeCapacityProviders',
  'DescribeInstanceTypes',
  'ListAccountSettings',
]

/** A missing file is `absent` in a folder and `denied` by a simulator that serves it. */
function withoutReasons(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, one) => (one?.known === false ? { known: false, permission: one.permission } : one)),
  )
}

describe('gatherService', () => {
  test.each(folders)(
    'reads the recording %s the same from the folder and over the wire, in four rounds',
    async (name) => {
      const recorded = await gatherService(await openFolder(fixture(`vpc/${name}`)), web)
      const asked = await gatherService(await live(fixture(`vpc/${name}`)), web)
      expect(withoutReasons(asked.facts)).toEqual(withoutReasons(recorded.facts))
      expect(asked.target).toEqual(recorded.target)
      expect(asked.rounds).toBeLessThanOrEqual(4)
      expect(asked.calls).toBeLessThanOrEqual(44)
      expect(recorded).toMatchObject({ rounds: 0, calls: 0 })
    },
  )

  test('never asks for a whole Region', async () => {
    await gatherService(await live(fixture('vpc/1')), web)
    const whole = simulator
      ?.requests()
      .filter(({ service, params }) => service === 'ec2' && Object.keys(params).every((key) => key === 'MaxResults'))
      .map(({ operation }) => operation)
    // One answer an account, and one for each VPC that has such controls: their filters are not documented. Option sets are few, and
    // by id they would take a round more.
    expect(whole?.toSorted()).toEqual([
      'DescribeDhcpOptions',
      'DescribeVpcBlockPublicAccessOptions',
      'DescribeVpcEncryptionControls',
    ])
  })

  test('asks nothing about instances and capacity providers for tasks on Fargate', async () => {
    await gatherService(await live(fixture('vpc/1')), web)
    const operations = new Set(simulator?.requests().map(({ operation }) => operation))
    for (const one of [...OF_INSTANCES, 'DescribeAutoScalingGroups', 'ListDaemons'])
      expect(operations).not.toContain(one)
    expect(operations).toContain('DescribeClusters')
    expect(operations).toContain('ListTasks')
  })

  test('asks for interfaces and trunks where tasks have interfaces of their own', async () => {
    const [definition] = Object.keys(onInstances).filter((path) => path.startsWith('ecs/describe-task-definition/'))
    const answer = JSON.parse(JSON.stringify(onInstances[definition ?? '']))
    answer.taskDefinition.networkMode = 'awsvpc'
    const files = {
      ...onInstances,
      [definition ?? '']: answer,
      'autoscaling/describe-auto-scaling-groups.json': { AutoScalingGroups: [] },
      'ecs/list-account-settings.json': { settings: [{ name: 'awsvpcTrunking', value: 'enabled' }] },
      'ec2/describe-instance-types.json': {
        InstanceTypes: [{ InstanceType: 't3.medium', NetworkInfo: { MaximumNetworkInterfaces: 3 } }],
      },
    }
    const typed = JSON.parse(JSON.stringify(files))
    typed['ecs/describe-container-instances.json'].containerInstances[0].attributes.push({
      name: 'ecs.instance-type',
      value: 't3.medium',
    })
    const { facts, rounds } = await gatherService(await live(scratch(typed)), web)
    expect(rounds).toBeLessThanOrEqual(6)
    expect(facts.compute).toMatchObject({
      value: {
        capacity: {
          strategy: [{ capacityProvider: 'blue', base: 0, weight: 0 }],
          interfaceLimits: { value: { 't3.medium': 3 } },
          trunking: { value: true },
          autoScalingGroups: { value: [] },
        },
      },
    })
    const operations = simulator?.requests().map(({ operation }) => operation)
    for (const one of [...OF_INSTANCES, 'DescribeAutoScalingGroups']) expect(operations).toContain(one)
  })

  test('machines outside AWS take no task of the launch type EC2', async () => {
    const files = JSON.parse(JSON.stringify(onInstances))
    files['ecs/describe-services.json'].services[0].launchType = 'EC2'
    files['ecs/describe-container-instances.json'].containerInstances[1].attributes = [
      { name: 'ecs.capability.external' },
    ]
    const { compute } = (await gatherService(await openFolder(scratch(files)), web)).facts
    expect(compute).toMatchObject({ value: { instances: { value: [{ instanceId: 'i-1' }] } } })
    expect(compute.known && compute.value.instances.known && compute.value.instances.value).toHaveLength(1)
  })

  test('without launch type and strategies, the instances of the cluster take the tasks', async () => {
    const files = JSON.parse(JSON.stringify(onInstances))
    delete files['ecs/describe-clusters.json'].clusters[0].defaultCapacityProviderStrategy
    const { compute } = (await gatherService(await openFolder(scratch(files)), web)).facts
    expect(compute.known && compute.value.instances.known && compute.value.instances.value).toHaveLength(2)
  })

  test('asks about the capacity providers of a strategy that are not Fargate’s own', async () => {
    const strategy = ['FARGATE_SPOT', 'blue'].map((capacityProvider) => ({ capacityProvider }))
    const [cluster] = (onInstances['ecs/describe-clusters.json'] as { clusters: readonly object[] }).clusters
    const clusters = [{ ...cluster, defaultCapacityProviderStrategy: strategy }]
    const folder = scratch({ ...onInstances, 'ecs/describe-clusters.json': { clusters, failures: [] } })
    const { compute } = (await gatherService(await live(folder), web)).facts
    const named = simulator?.requests().filter(({ operation }) => operation === 'DescribeCapacityProviders')
    expect(named?.map(({ params }) => params['capacityProviders'])).toEqual([['blue']])
    expect(compute).toMatchObject({ value: { clusterCapacityProviders: { value: ['FARGATE_SPOT', 'blue'] } } })
  })

  test('judges a task definition that is not registered in place of the service’s own', async () => {
    const taskDefinition = toTaskDefinition({
      family: 'web',
      containerDefinitions: [{ name: 'web', image: 'nginx:1.29' }],
    })
    const { facts, target } = await gatherService(await live(fixture('vpc/1')), { ...web, taskDefinition })
    expect(facts.taskDefinition).toEqual({ known: true, value: taskDefinition })
    expect(target.taskDefinition).toBe('web')
    const operations = simulator?.requests().map(({ operation }) => operation)
    expect(operations).not.toContain('DescribeTaskDefinition')
  })

  test('tasks that may not be listed are unread, and leave the rest alone', async () => {
    const folder = fixture('vpc/1')
    simulator = await simulate({ folder, faults: [{ on: 'ecs:ListTasks', kind: 'denied' }] })
    const reader = openLive({ region: simulator.region, endpoint: simulator.url, maxAttempts: 1 })
    const { facts } = await gatherService(reader, web)
    expect(facts.tasks).toMatchObject({ known: false, because: 'denied', permission: 'ecs:ListTasks' })
    expect(facts.taskDefinition.known).toBe(true)
  })

  test('leaves everything unasked that hangs on a service nobody could read', async () => {
    const reader = await openFolder(scratch({ 'ec2/describe-subnets.json': { Subnets: [] } }))
    const { facts, target } = await gatherService(reader, web)
    expect(facts.service).toMatchObject({ because: 'absent', permission: 'ecs:DescribeServices' })
    expect(facts.taskDefinition).toMatchObject({ because: 'unasked', permission: 'ecs:DescribeTaskDefinition' })
    expect(facts.network).toMatchObject({
      value: { routeTables: { because: 'unasked', permission: 'ec2:DescribeRouteTables' } },
    })
    expect(facts.compute).toMatchObject({
      value: {
        capacityProviders: { because: 'unasked', permission: 'ecs:DescribeCapacityProviders' },
        clusterCapacityProviders: { because: 'unasked', permission: 'ecs:DescribeClusters' },
        instances: { because: 'unasked', permission: 'ecs:DescribeContainerInstances' },
      },
    })
    expect(facts.tasks).toMatchObject({ because: 'unasked', permission: 'ecs:ListTasks' })
    expect(target).toMatchObject({ cluster: 'demo', service: 'web' })
  })

  test.each<[string, ServiceRequest]>([
    ['by name', web],
    ['by name alone', { service: 'web' }],
    ['by ARN', { service: 'arn:aws:ecs:ap-northeast-2:123456789012:service/demo/web' }],
    ['as the only one there is', {}],
    ['by name, in a cluster by ARN', { ...web, cluster: 'arn:aws:ecs:ap-northeast-2:123456789012:cluster/demo' }],
  ])('finds a recorded service %s', async (_, request) => {
    const { target } = await gatherService(await openFolder(fixture('vpc/1')), request)
    expect(target).toEqual({
      region: 'ap-northeast-2',
      accountId: '123456789012',
      cluster: 'demo',
      service: 'web',
      taskDefinition: 'web:7',
    })
  })

  test.each<[string, string, string]>([
    ['names its cluster', 'arn:aws:ecs:ap-northeast-2:123456789012:service/demo/web', 'demo'],
    ['of the old form is one of the default cluster', 'arn:aws:ecs:ap-northeast-2:123456789012:service/web', 'default'],
  ])('live, the ARN of a service %s', async (_, service, cluster) => {
    const reader = await live(fixture('vpc/1'))
    await gatherService(reader, { service }).catch(() => null)
    const first = simulator?.requests().find(({ operation }) => operation === 'DescribeServices')
    expect(first?.params['cluster']).toBe(cluster)
  })

  test.each<[string, ServiceRequest, RegExp]>([
    ['service', { ...web, service: 'nope' }, /"service" names nope.*Services there: web\./],
    ['cluster', { ...web, cluster: 'nope' }, /"cluster" names nope.*Clusters there: demo\./],
    ['task definition', { ...web, taskDefinition: 'nope:3' }, /"task-definition" names nope:3/],
    ['container', { ...web, images: { nope: 'nginx' } }, /"image" names the container nope.*Its containers: web\./],
  ])('refuses a %s that does not exist, recorded or live, and says what does', async (_, request, sentence) => {
    for (const reader of [await openFolder(fixture('vpc/1')), await live(fixture('vpc/1'))]) {
      const error: unknown = await gatherService(reader, request).catch((reason) => reason)
      expect(error).toBeInstanceOf(UsageError)
      expect((error as UsageError).text.en).toMatch(sentence)
    }
  })

  test('wants a name where there are several services, or no folder', async () => {
    const service = (name: string) => ({
      serviceArn: `arn:aws:ecs:us-east-1:1:service/demo/${name}`,
      serviceName: name,
      clusterArn: 'arn:aws:ecs:us-east-1:1:cluster/demo',
    })
    const folder = scratch({ 'ecs/describe-services.json': { services: [service('web'), service('api')] } })
    await expect(gatherService(await openFolder(folder), {})).rejects.toThrow(
      /several services.* It holds arn:aws:ecs:us-east-1:1:service\/demo\/web, arn:aws:ecs:us-east-1:1:service\/demo\/api\.$/,
    )
    await expect(gatherService(await live(folder), { cluster: 'demo' })).rejects.toThrow(
      /"service" is missing.*Services there: api, web/,
    )
  })

  test('takes the latest of several recorded revisions', async () => {
    const name = 'ecs/describe-task-definition/web'
    const { taskDefinition } = onInstances[`${name}-7.json`] as { taskDefinition: object }
    const revision = (number: number | undefined, memory: string) => ({
      taskDefinition: { ...taskDefinition, revision: number, memory },
    })
    const folder = scratch({
      ...onInstances,
      [`${name}-7.json`]: revision(7, '512'),
      [`${name}-12.json`]: revision(12, '1024'),
      [`${name}-0.json`]: revision(undefined, '128'),
    })
    const { facts } = await gatherService(await openFolder(folder), { ...web, taskDefinition: 'web' })
    expect(facts.taskDefinition).toMatchObject({ value: { revision: 12, memory: '1024', isNamed: true } })
  })

  test('takes the latest that is active of a family, and any that is named whole', async () => {
    const name = 'ecs/describe-task-definition/web'
    const { taskDefinition } = onInstances[`${name}-7.json`] as { taskDefinition: object }
    const gone = { taskDefinition: { ...taskDefinition, revision: 12, status: 'INACTIVE' } }
    const reader = await openFolder(scratch({ ...onInstances, [`${name}-12.json`]: gone }))
    const asked = async (taskDefinition: string) => (await gatherService(reader, { ...web, taskDefinition })).facts
    expect((await asked('web')).taskDefinition).toMatchObject({ value: { revision: 7 } })
    expect((await asked('web:12')).taskDefinition).toMatchObject({ value: { revision: 12, status: 'INACTIVE' } })
    const { [`${name}-7.json`]: _, ...others } = onInstances
    const alone = await openFolder(scratch({ ...others, [`${name}-12.json`]: gone }))
    await expect(gatherService(alone, { ...web, taskDefinition: 'web' })).rejects.toThrow('"task-definition" names web')
  })

  test('asks for the records of own private zones that may hide a host of the start', async () => {
    const zone = (Name: string, Owner: object) => ({ HostedZoneId: `Z-${Name}`, Name, Owner })
    const own = { OwningAccount: '123456789012' }
    const folder = scratch({
      ...onInstances,
      'route53/list-hosted-zones-by-vpc/vpc-1.json': {
        HostedZoneSummaries: [
          zone('ap-northeast-2.amazonaws.com.', own),
          zone('EXAMPLE.com.', own),
          zone('ample.com.', own),
          zone('internal.', own),
          zone('api.ecr.ap-northeast-2.amazonaws.com.', { OwningService: 'vpce.amazonaws.com' }),
        ],
      },
    })
    await gatherService(await live(folder), { ...web, images: { web: 'registry.example.com/app:1' } })
    const records = simulator?.requests().filter(({ operation }) => operation === 'ListResourceRecordSets')
    expect(records?.map(({ params }) => params['HostedZoneId'])).toEqual([
      'Z-ap-northeast-2.amazonaws.com.',
      'Z-EXAMPLE.com.',
    ])
  })

  test.each([
    [20, /^.*Services there: s10, .*, s29\.$/],
    [21, /^.*Services there: s10, .*, s29, …\.$/],
  ])('of %i services there, it names twenty', async (count, sentence) => {
    const services = Array.from({ length: count }, (_, at) => ({
      serviceArn: `arn:aws:ecs:us-east-1:1:service/demo/s${at + 10}`,
      clusterArn: 'arn:aws:ecs:us-east-1:1:cluster/demo',
    }))
    const reader = await openFolder(scratch({ 'ecs/describe-services.json': { services } }))
    await expect(gatherService(reader, web)).rejects.toThrow(sentence)
  })

  test('puts new images in, and the definition is then not a registered one', async () => {
    const images = { web: 'public.ecr.aws/nginx/nginx:1.29' }
    const { facts, target } = await gatherService(await openFolder(fixture('vpc/1')), { ...web, images })
    expect(facts.taskDefinition).toMatchObject({
      value: { arn: null, revision: null, containers: [{ image: images.web }] },
    })
    expect(target.taskDefinition).toBe('web')
  })

  test('a service or a task definition that makes no sense is one that could not be read', async () => {
    const noCluster = { services: [{ serviceArn: 'arn:aws:ecs:us-east-1:1:service/demo/web', serviceName: 'web' }] }
    const { service } = (
      await gatherService(await openFolder(scratch({ ...onInstances, 'ecs/describe-services.json': noCluster })), {})
    ).facts
    expect(service).toEqual({ known: false, because: 'garbled', permission: 'ecs:DescribeServices', detail: '' })

    const taskDefinitionArn = 'arn:aws:ecs:ap-northeast-2:123456789012:task-definition/web:7'
    const noImage = { taskDefinition: { taskDefinitionArn, family: 'web', containerDefinitions: [{ name: 'web' }] } }
    const files = { ...onInstances, 'ecs/describe-task-definition/web-7.json': noImage }
    const { facts } = await gatherService(await openFolder(scratch(files)), web)
    expect(facts.taskDefinition).toEqual({
      known: false,
      because: 'garbled',
      permission: 'ecs:DescribeTaskDefinition',
      detail: 'web:7',
    })
    for (const fact of [facts.role, facts.images, facts.configuration]) {
      expect(fact).toMatchObject({ because: 'unasked', permission: 'ecs:DescribeTaskDefinition' })
    }
  })

  test('keeps the status of a service that is on its way out', async () => {
    const services = [
      {
        serviceArn: 'arn:aws:ecs:us-east-1:1:service/demo/web',
        clusterArn: 'arn:aws:ecs:us-east-1:1:cluster/demo',
        status: 'DRAINING',
      },
    ]
    const reader = await openFolder(scratch({ 'ecs/describe-services.json': { services } }))
    expect((await gatherService(reader, web)).facts.service).toMatchObject({ value: { status: 'DRAINING' } })
  })
})

describe('a service on EC2 instances behind a transit gateway', () => {
  test('is read in six rounds: instances, their VPC, and the VPC at the other end', async () => {
    const folder = scratch(onInstances)
    const asked = await gatherService(await live(folder), web)
    expect(asked.rounds).toBeLessThanOrEqual(6)
    const { compute, network, tasks } = asked.facts
    expect(compute).toMatchObject({
      value: {
        capacityProviders: { value: [{ name: 'blue', kind: 'asg' }] },
        instances: {
          value: [{ instanceId: 'i-1', subnetId: 'subnet-1', securityGroupIds: ['sg-host'] }],
        },
      },
    })
    expect(network).toMatchObject({
      value: {
        transit: {
          routeTables: {
            value: [{ id: 'tgw-rtb-1', routes: { value: [{ cidr: '0.0.0.0/0', attachmentId: 'tgw-attach-2' }] } }],
          },
        },
        dhcpOptions: { value: [{ id: 'dopt-1', domainNameServers: ['AmazonProvidedDNS'] }] },
      },
    })
    const { vpcs, natGateways, interfaces } = network.known ? network.value : ({} as never)
    expect(vpcs.known && vpcs.value.map(({ id }) => id).sort()).toEqual(['vpc-1', 'vpc-2'])
    expect(natGateways).toMatchObject({ value: [{ id: 'nat-2', vpcId: 'vpc-2' }] })
    expect(interfaces).toMatchObject({ value: [{ id: 'eni-endpoint', subnetId: 'subnet-2' }] })
    expect(tasks).toMatchObject({ value: [{ id: 'abc' }] })
    const recorded = await gatherService(await openFolder(folder), web)
    expect(withoutReasons(asked.facts)).toEqual(withoutReasons(recorded.facts))
  })
})

describe('of the VPCs at the other ends', () => {
  const numbered = (name: string, count: number) => Array.from({ length: count }, (_, at) => `vpc-${name}${at}`)
  const [peers, joined] = [numbered('peer', 4), numbered('joined', 14)]
  const transit = {
    'ec2/describe-vpcs.json': { Vpcs: ['vpc-0', 'vpc-1', ...peers, ...joined].map((id) => vpc(id, '10.0.0.0/16')) },
    'ec2/describe-transit-gateway-vpc-attachments.json': {
      TransitGatewayVpcAttachments: ['vpc-1', ...joined].map((id) => attachment(`at-${id}`, id, `subnet-${id}`)),
    },
  }
  const tasks = {
    'ecs/describe-services.json': {
      services: [
        {
          serviceArn: 'arn:aws:ecs:ap-northeast-2:123456789012:service/demo/web',
          clusterArn: 'arn:aws:ecs:ap-northeast-2:123456789012:cluster/demo',
          taskDefinition: 'arn:aws:ecs:ap-northeast-2:123456789012:task-definition/web:7',
          networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0'], securityGroups: [] } },
        },
      ],
    },
    'ec2/describe-subnets.json': {
      Subnets: [subnet('subnet-0', 'vpc-0', '10.0.0.0/24'), subnet('subnet-1', 'vpc-1', '10.1.0.0/24')],
    },
    'ec2/describe-route-tables.json': {
      RouteTables: [
        ...peers.map((id) => table(`rtb-${id}`, 'vpc-0', { VpcPeeringConnectionId: `pcx-${id}` })),
        table('rtb-1', 'vpc-1', { TransitGatewayId: 'tgw-1' }),
      ],
    },
    'ec2/describe-vpc-peering-connections.json': {
      VpcPeeringConnections: peers.map((id) => ({
        VpcPeeringConnectionId: `pcx-${id}`,
        Status: { Code: 'active' },
        RequesterVpcInfo: { VpcId: 'vpc-0' },
        AccepterVpcInfo: { VpcId: id },
      })),
    },
  }

  async function vpcsRead(files: object): Promise<readonly string[]> {
    const reader = await openFolder(scratch({ ...onInstances, ...transit, ...files }))
    const { network } = (await gatherService(reader, web)).facts
    return network.known && network.value.vpcs.known ? network.value.vpcs.value.map(({ id }) => id) : []
  }

  test('ten are read, however many a transit gateway joins', async () => {
    expect(await vpcsRead({})).toEqual(['vpc-1', ...joined.slice(0, 10)])
  })

  test('those that come to light late are read as far as the ten are not used up', async () => {
    expect(await vpcsRead(tasks)).toEqual(['vpc-0', 'vpc-1', ...peers, ...joined.slice(0, 6)])
  })
})

describe('gatherNetwork', () => {
  const batfish = readdirSync(fixture('batfish'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'mutants')
    .map(({ name }) => name)

  test.each(batfish)('reads all of the recording %s', async (name) => {
    const network = await gatherNetwork(await openFolder(fixture(`batfish/${name}`)))
    const lists = [network.vpcs, network.subnets, network.routeTables, network.securityGroups, network.interfaces]
    for (const list of lists) expect(list.known && list.value.length).toBeGreaterThan(0)
    const garbled = JSON.stringify(network).match(/"garbled"/g)
    expect(garbled).toBeNull()
  })

  test('joins the recordings of two accounts, and keeps both ends of a peering', async () => {
    const network = await gatherNetwork(await openFolder(fixture('batfish/transit-gateway-peering')))
    const { gateways, attachments } = network.transit
    expect(gateways.known && gateways.value.length).toBe(2)
    const peering = attachments.known ? attachments.value.filter(({ resourceType }) => resourceType === 'peering') : []
    expect(peering.map(({ id }) => id)).toEqual(['tgw-attach-012e5d602f859dd80', 'tgw-attach-012e5d602f859dd80'])
    expect(new Set(peering.map(({ routeTableId }) => routeTableId)).size).toBe(2)
  })

  test('looks, live, two VPCs away and no further', async () => {
    const ids = ['vpc-1', 'vpc-2', 'vpc-3', 'vpc-4', 'vpc-5']
    const folder = scratch({
      ...onInstances,
      'ec2/describe-vpcs.json': { Vpcs: ids.map((id) => vpc(id, '10.0.0.0/16')) },
      'ec2/describe-subnets.json': { Subnets: ids.map((id) => subnet(`subnet-${id}`, id, '10.0.0.0/24')) },
      'ec2/describe-route-tables.json': {
        RouteTables: ids
          .slice(1)
          .map((id, at) => table(`rtb-${at}`, ids[at] ?? '', { VpcPeeringConnectionId: `pcx-${id}` })),
      },
      'ec2/describe-vpc-peering-connections.json': {
        VpcPeeringConnections: ids.slice(1).map((id, at) => ({
          VpcPeeringConnectionId: `pcx-${id}`,
          Status: { Code: 'active' },
          RequesterVpcInfo: { VpcId: ids[at] },
          AccepterVpcInfo: { VpcId: id },
        })),
      },
    })
    const { vpcs } = await gatherNetwork(await live(folder), { subnetIds: ['subnet-vpc-1'] })
    expect(vpcs.known && vpcs.value.map(({ id }) => id)).toEqual(['vpc-1', 'vpc-2', 'vpc-3'])
  })

  test('starts, live, from a subnet or an interface', async () => {
    const reader = await live(fixture('vpc/1'))
    const bySubnet = await gatherNetwork(reader, { subnetIds: ['subnet-00001000000000002'] })
    const byInterface = await gatherNetwork(reader, { interfaceIds: ['eni-00001000000000014'] })
    const whole = await gatherNetwork(await openFolder(fixture('vpc/1')))
    for (const part of [
      'subnets',
      'routeTables',
      'networkAcls',
      'securityGroups',
      'endpoints',
      'interfaces',
    ] as const) {
      expect(bySubnet[part]).toEqual(whole[part])
      expect(byInterface[part]).toEqual(whole[part])
    }
  })
})
