/** Conditions of the gathering one by one: which question is asked, and what stands where one was not answered. */
import { describe, expect, test } from '@jest/globals'
import type { Query } from '../../../src/aws/calls/call.ts'
import { describeSubnets } from '../../../src/aws/calls/ec2.ts'
import { toService } from '../../../src/aws/facts/service.ts'
import { toTaskDefinition } from '../../../src/aws/facts/task-definition.ts'
import { placementOf, readProviders } from '../../../src/aws/gather/placement.ts'
import { createReading } from '../../../src/aws/gather/reading.ts'
import { readConfiguration } from '../../../src/aws/gather/start/configuration.ts'
import { beyondReach, readCacheRule } from '../../../src/aws/gather/start/ecr-repository.ts'
import { startNetworkRounds } from '../../../src/aws/gather/start/network-rounds.ts'
import { readRoles } from '../../../src/aws/gather/start/role.ts'
import { readSecretKeys } from '../../../src/aws/gather/start/secret-keys.ts'
import type { Reader } from '../../../src/aws/reader/reader.ts'
import { type Answer, known, unread } from '../../../src/domain/answer.ts'
import type { Service, TaskDefinition } from '../../../src/domain/service.ts'

const REGION = 'ap-northeast-2'
const ACCOUNT = '123456789012'
const PLACE = { region: REGION, accountId: ACCOUNT }

type Answers = Readonly<Record<string, readonly unknown[]>>

/** Answers these operations whatever the query; every other one is denied. */
function answering(answers: Answers, source: Reader['source'] = 'aws') {
  const asked: { readonly operation: string; readonly query: Query }[] = []
  const reader: Reader = {
    source,
    region: REGION,
    read: async ({ operation, permission }, query = {}) => {
      asked.push({ operation, query })
      const items = answers[operation]
      return (items === undefined ? unread('denied', permission) : known(items)) as Answer<never>
    },
    meter: () => ({ calls: 1, answered: 1, rounds: 1 }),
    trouble: () => ({ en: '', ko: '' }),
  }
  const queries = (operation: string) => asked.filter((one) => one.operation === operation).map(({ query }) => query)
  return { reader, queries }
}

function definition(container: object = {}, more: object = {}): TaskDefinition {
  const containerDefinitions = [{ name: 'web', image: 'nginx', ...container }]
  const made = toTaskDefinition({ family: 'web', containerDefinitions, ...more })
  if (made === null) throw new Error('no task definition')
  return made
}

describe('a repository', () => {
  const repository = { ...PLACE, name: 'web' }

  test.each([
    [repository, ACCOUNT, {}],
    [repository, '210987654321', { registry: [ACCOUNT] }],
    [{ ...repository, region: 'us-east-1' }, ACCOUNT, { registry: [ACCOUNT], region: ['us-east-1'] }],
  ])(
    'the cache rules that %j is asked for by account %s name only what is not their own',
    async (one, caller, query) => {
      const { reader, queries } = answering({ DescribePullThroughCacheRules: [] })
      await readCacheRule(reader, one, caller)
      expect(queries('DescribePullThroughCacheRules')).toEqual([query])
    },
  )

  test.each([
    ['aws', REGION, [], null],
    ['folder', REGION, [], null],
    ['aws', 'us-east-1', [], null],
    ['folder', 'us-east-1', [], 'absent'],
    ['folder', 'us-east-1', [{ repositoryArn: 'arn:aws:ecr:us-east-1:1:repository/web' }], null],
    ['aws', 'cn-north-1', [], 'unasked'],
  ] as const)(
    'over %s, in %s, with %j described, is beyond reach: %s',
    async (source, region, repositories, because) => {
      const { reader } = answering({ DescribeRepositories: repositories }, source)
      expect((await beyondReach(reader, { ...repository, region }))?.because ?? null).toBe(because)
    },
  )
})

describe('the configuration', () => {
  const read = async (answers: Answers, container: object = {}, source: Reader['source'] = 'aws') => {
    const { reader, queries } = answering(answers, source)
    const name = { cluster: 'demo', service: 'web' }
    const question = {
      service: null,
      name,
      taskDefinition: definition(container),
      place: PLACE,
      providers: [],
      volumes: Promise.resolve({ fileSystems: [], accessPoints: [] }),
    }
    return { facts: await readConfiguration(reader, question), queries }
  }

  test('without a service its deployments are not asked for, and no key of a secret is unless wanted', async () => {
    const { facts, queries } = await read({})
    expect(facts.rollout).toMatchObject({ because: 'unasked' })
    expect(queries('DescribeServices')).toEqual([])
    expect(facts).not.toHaveProperty('secretKeys')
  })

  test.each([
    ['aws', REGION, true, true],
    ['aws', REGION, false, false],
    ['aws', 'us-east-1', false, false],
    ['folder', REGION, false, false],
    ['folder', 'us-east-1', false, 'absent'],
  ] as const)('over %s, a log group in %s, listed: %s, is there: %s', async (source, region, isListed, expected) => {
    const options = { 'awslogs-group': '/ecs/web', ...(region === REGION ? {} : { 'awslogs-region': region }) }
    const container = { logConfiguration: { logDriver: 'awslogs', options } }
    const groups = { DescribeLogGroups: isListed ? [{ logGroupName: '/ecs/web' }] : [] }
    const { facts, queries } = await read(groups, container, source)
    expect(queries('DescribeLogGroups')).toEqual([
      { name: ['/ecs/web'], ...(region === REGION ? {} : { region: [region] }) },
    ])
    const exists = facts.logGroups[0]?.exists
    expect(exists?.known ? exists.value : exists?.because).toBe(expected)
  })
})

describe('the roles', () => {
  const read = async (taskDefinition: TaskDefinition, answers: Answers = {}) => {
    const { reader, queries } = answering(answers)
    const instances = Promise.resolve(known([]))
    const question = {
      taskDefinition,
      service: null,
      place: PLACE,
      compute: { capacityProviders: known([]) },
      instances,
    }
    return { facts: await readRoles(reader, question), queries }
  }

  test('none is read where none is named', async () => {
    const { facts, queries } = await read(definition())
    expect([facts.execution, queries('GetRole')]).toEqual([null, []])
  })

  test('one of another account is not asked about, part by part', async () => {
    const executionRoleArn = 'arn:aws:iam::210987654321:role/pull'
    const { facts } = await read(definition({}, { executionRoleArn }))
    const unasked = { because: 'unasked', detail: 'a role of another account' }
    expect(facts.execution).toMatchObject({ role: unasked, simulation: unasked, policies: unasked, boundary: unasked })
  })

  test('a simulation asks for each kind of resource apart, once for each action', async () => {
    const executionRoleArn = `arn:aws:iam::${ACCOUNT}:role/pull`
    const image = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/web`
    const { queries } = await read(definition({ image }, { executionRoleArn }))
    const all = queries('SimulatePrincipalPolicy').map(({ action, resource }) => [action?.length, resource])
    expect(all).toEqual([
      [1, ['*']],
      [2, [`arn:aws:ecr:${REGION}:${ACCOUNT}:repository/web`]],
    ])
  })

  test('keys of parameters are asked for by Region, those of another account never', async () => {
    const secrets = [
      { name: 'A', valueFrom: 'own' },
      { name: 'B', valueFrom: `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/far` },
      { name: 'C', valueFrom: `arn:aws:ssm:${REGION}:210987654321:parameter/foreign` },
      { name: 'D', valueFrom: `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:db-a1B2c3` },
    ]
    const { facts, queries } = await read(definition({ secrets }), {
      DescribeParameters: [
        { Name: 'own', KeyId: 'alias/aws/ssm' },
        { Name: 'far', KeyId: 'key-1' },
      ],
    })
    expect(queries('DescribeParameters')).toEqual([
      { name: ['own'] },
      { name: [expect.stringContaining('far')], region: ['us-east-1'] },
    ])
    expect(facts.keys.map(({ keyId }) => (keyId.known ? keyId.value : keyId.because))).toEqual([
      null,
      expect.anything(),
      'unasked',
      'denied',
    ])
  })
})

describe('what places the tasks', () => {
  const strategy = (...names: readonly string[]) => [
    { defaultCapacityProviderStrategy: names.map((capacityProvider) => ({ capacityProvider })) },
  ]
  const service = (more: object) =>
    toService({ serviceArn: 'arn:aws:ecs:r:1:service/demo/web', clusterArn: 'arn:cluster/demo', ...more }) as Service
  const named = (...names: readonly string[]) => ({
    capacityProviderStrategy: names.map((capacityProvider) => ({ capacityProvider })),
  })

  test.each([
    [{ launchType: 'EC2' }, ['mine'], [], true],
    [{ launchType: 'FARGATE' }, ['mine'], [], false],
    [named('FARGATE', 'FARGATE_SPOT'), ['mine'], [], false],
    [named('own', 'FARGATE_SPOT'), ['mine'], ['own'], true],
    [{}, ['mine', 'FARGATE'], ['mine'], true],
    [{}, [], [], true],
    [{}, ['FARGATE'], [], false],
  ])('of %j, where the cluster has %j, are %j', async (own, defaults, providers, onInstances) => {
    const { reader } = answering({ DescribeClusters: strategy(...defaults) })
    expect(await placementOf(reader, service(own), null)).toMatchObject({ providers, onInstances })
  })

  test('is not known where the cluster would not say, unless the service says', async () => {
    const denied = answering({}).reader
    const lost = { because: 'denied' }
    expect(await placementOf(denied, service({}), null)).toMatchObject({ providers: [], defaults: lost })
    expect(await placementOf(denied, service(named('own')), null)).toMatchObject({ providers: ['own'], defaults: lost })
    expect(await readProviders(denied, null, null)).toMatchObject({ because: 'unasked' })
  })
})

test('keys of a secret are looked for once a version, and told one by one', async () => {
  const secret = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:db-a1B2c3`
  const secrets = ['user', 'password'].map((key) => ({ name: key, valueFrom: `${secret}:${key}::` }))
  const start = { taskDefinition: definition({ secrets }), service: null }
  const asked: (readonly string[])[] = []
  const told = await readSecretKeys(
    async (_version, keys) => {
      asked.push(keys)
      return known(['key'])
    },
    start,
    REGION,
  )
  expect(asked).toEqual([['user', 'password']])
  expect(told.secretKeys.map(({ key, holds }) => [key, holds])).toEqual([
    ['user', known('key')],
    ['password', known('no-key')],
  ])
  const denied = unread('denied', 'secretsmanager:GetSecretValue')
  const lost = await readSecretKeys(async () => denied, start, REGION)
  expect(lost.secretKeys.map(({ holds }) => holds)).toEqual([denied, denied])
})

describe('the rounds of a network', () => {
  const service = toService({
    serviceArn: 'arn:aws:ecs:r:1:service/demo/web',
    clusterArn: 'arn:aws:ecs:r:1:cluster/demo',
  })
  const peering = (id: string, vpcId: string) => ({
    VpcPeeringConnectionId: id,
    RequesterVpcInfo: { VpcId: 'vpc-1' },
    AccepterVpcInfo: { VpcId: vpcId },
  })
  const rounds = async (answers: Answers, instanceArns: Answer<readonly string[]> | null = null) => {
    const { reader, queries } = answering(answers)
    const start = { service: service as Service, providers: known([]), instanceArns, placedBy: [], hosts: [] }
    const reading = createReading(reader)
    await reading.ask(describeSubnets, 'id', ['subnet-1'])
    const { instances, finished } = startNetworkRounds(reading, start)
    await finished
    return { instances: await instances, queries }
  }
  const NETWORK: Answers = {
    DescribeSubnets: [{ SubnetId: 'subnet-1', VpcId: 'vpc-1' }],
    DescribeVpcs: [{ VpcId: 'vpc-1' }],
    DescribeNetworkInterfaces: [],
    DescribeRouteTables: [{ Routes: [{ VpcPeeringConnectionId: 'pcx-1' }, { VpcPeeringConnectionId: 'pcx-2' }] }],
    DescribeVpcPeeringConnections: [peering('pcx-1', 'vpc-2'), peering('pcx-2', 'vpc-3')],
  }

  test('every VPC at the other end of a peering is read, with the interfaces of its endpoints', async () => {
    const { queries, instances } = await rounds(NETWORK)
    expect(queries('DescribeVpcs').map(({ id }) => id)).toEqual([['vpc-1'], ['vpc-2', 'vpc-3']])
    expect(queries('DescribeNetworkInterfaces')).toContainEqual({ type: ['vpc_endpoint'], vpc: ['vpc-2', 'vpc-3'] })
    expect(instances).toEqual(known([]))
  })

  test('instances that were not described are unread, and the rest is read all the same', async () => {
    const container = { containerInstanceArn: 'arn:ci/1', ec2InstanceId: 'i-1' }
    const answers = { ...NETWORK, DescribeContainerInstances: [container] }
    const { instances, queries } = await rounds(answers, known(['arn:ci/1']))
    expect(instances).toMatchObject({ known: false, permission: 'ec2:DescribeInstances' })
    expect(queries('DescribeVpcs')).toHaveLength(2)
  })
})
