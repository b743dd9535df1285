/** Roles gathered from a folder and over the wire: what is asked, and what stands in for what may not be read. */
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { seoulFiles } from '../../simulator/seoul/files.ts'
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/start.ts'
import { gatherService } from '../../src/aws/gather/index.ts'
import { openFolder } from '../../src/aws/reader/folder.ts'
import { openLive } from '../../src/aws/reader/live.ts'
import { preflight } from '../../src/commands/preflight/preflight.ts'
import { snapshot } from '../../src/commands/snapshot.ts'
import type { RoleFacts, RoleRecord } from '../../src/domain/role.ts'
import { judgeIdentity } from '../../src/iam/role-identity.ts'
import { onInstances } from './on-instances.ts'
import { scratch } from './scratch.ts'

type Files = Readonly<Record<string, unknown>>

const REPOSITORY = 'arn:aws:ecr:ap-northeast-2:406178923551:repository/nestjs-second'
const PULL = { action: 'ecr:BatchGetImage', resource: REPOSITORY }
const SERVICE = { cluster: 'cluster-nestjs-second', service: 'role-nestjs-second-service' }
const TOOL = { name: 'ecs-pull-guard', version: '0' }

const running: Simulator[] = []
beforeAll(() => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'secret' })
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()))
})

function seoul(without = /^$/, more: Files = {}): Files {
  const files = Object.entries(seoulFiles({ healthy: true })).filter(([path]) => !without.test(path))
  return { ...Object.fromEntries(files), ...more }
}

async function fromFolder(files: Files): Promise<RoleFacts> {
  const { facts } = await gatherService(await openFolder(scratch(files)), {})
  if (!facts.role.known) throw new Error(facts.role.detail)
  return facts.role.value
}

async function live(options: SimulatorOptions) {
  const simulator = await startSimulator(options)
  running.push(simulator)
  return { simulator, reader: openLive({ region: simulator.region, endpoint: simulator.url, maxAttempts: 1 }) }
}

async function fromWire(options: SimulatorOptions) {
  const { simulator, reader } = await live(options)
  const { facts } = await gatherService(reader, SERVICE)
  if (!facts.role.known) throw new Error(facts.role.detail)
  const asked = simulator.requests().filter(({ service }) => service === 'iam')
  return { role: facts.role.value, asked: asked.map(({ operation }) => operation) }
}

function executionOf({ execution }: RoleFacts): RoleRecord {
  if (execution === null) throw new Error('there is no execution role')
  return execution
}

describe('a folder', () => {
  test('tells role, simulation, policies and repository', async () => {
    const facts = await fromFolder(seoul())
    const { role, simulation, policies, boundary } = executionOf(facts)
    expect([role.known, simulation.known, policies.known, boundary]).toEqual([
      true,
      true,
      true,
      { known: true, value: null },
    ])
    expect(facts.repositories).toMatchObject([{ name: 'nestjs-second', policy: { known: true } }])
  })

  test('lets the policies speak where nobody simulated', async () => {
    const record = executionOf(await fromFolder(seoul(/^iam\/simulate/)))
    expect(record.simulation).toMatchObject({ known: false, because: 'absent' })
    expect(judgeIdentity(record, PULL)).toEqual({ decision: 'allowed' })
  })

  test('needs no lists of policies, and no name of the only one', async () => {
    const version = seoul()['iam/get-policy-version/AmazonECSTaskExecutionRolePolicy.json']
    const files = seoul(/^iam\/(simulate|list|get-policy)/, { 'iam/get-policy-version/answer.json': version })
    expect(judgeIdentity(executionOf(await fromFolder(files)), PULL)).toEqual({ decision: 'allowed' })
  })

  test('takes inline policies by what is in them', async () => {
    const inline = {
      RoleName: 'ecsTaskExecutionRole',
      PolicyName: 'no-pull',
      PolicyDocument: { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: 'ecr:Batch*', Resource: '*' } },
    }
    const files = seoul(/^iam\/(simulate|list-role)/, { 'iam/get-role-policy/any.json': inline })
    expect(judgeIdentity(executionOf(await fromFolder(files)), PULL).decision).toBe('explicit-deny')
  })

  test('without any of them tells nothing', async () => {
    const record = executionOf(await fromFolder(seoul(/^iam\/(simulate|list|get-policy)/)))
    expect(judgeIdentity(record, PULL)).toMatchObject({
      decision: 'unknown',
      missing: { permission: 'iam:SimulatePrincipalPolicy' },
    })
  })

  test('that holds no role in the answer about it tells none', async () => {
    const files = seoul(/^$/, { 'iam/get-role/ecsTaskExecutionRole.json': {} })
    const { role } = executionOf(await fromFolder(files))
    expect(role).toMatchObject({ known: false, because: 'garbled', permission: 'iam:GetRole' })
  })

  test('reads the boundary, too', async () => {
    const { Role } = seoul()['iam/get-role/ecsTaskExecutionRole.json'] as { Role: object }
    const arn = 'arn:aws:iam::406178923551:policy/edge'
    const PermissionsBoundary = { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn }
    const document = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'logs:*', Resource: '*' } }
    const files = seoul(/^iam\/simulate/, {
      'iam/get-role/ecsTaskExecutionRole.json': { Role: { ...Role, PermissionsBoundary } },
      'iam/get-policy/edge.json': { Policy: { Arn: arn, DefaultVersionId: 'v2' } },
      'iam/get-policy-version/edge.v2.json': { PolicyVersion: { VersionId: 'v2', Document: document } },
    })
    expect(judgeIdentity(executionOf(await fromFolder(files)), PULL).decision).toBe('boundary')
  })
})

describe('keys and instances', () => {
  const SECRET = 'arn:aws:secretsmanager:ap-northeast-2:406178923551:secret:prod/db-a1B2c3'
  const KEY = 'arn:aws:kms:ap-northeast-2:406178923551:key/8c7a2f10-6b3e-4d59-9f01-2c4e6a8b0d13'
  const PARAMETERS = [
    { Name: '/prod/own', Type: 'SecureString', KeyId: 'alias/shop' },
    { Name: '/prod/aws', Type: 'SecureString', KeyId: 'alias/aws/ssm' },
  ]

  function withSecrets(): Files {
    const path = 'ecs/describe-task-definition/role-nestjs-second-41.json'
    const { taskDefinition } = seoul()[path] as { taskDefinition: { containerDefinitions: readonly object[] } }
    const secrets = [SECRET, '/prod/own', '/prod/aws'].map((valueFrom, at) => ({ name: `S${at}`, valueFrom }))
    const containerDefinitions = taskDefinition.containerDefinitions.map((one) => ({ ...one, secrets }))
    return {
      [path]: { taskDefinition: { ...taskDefinition, containerDefinitions } },
      'secretsmanager/describe-secret/db.json': { ARN: SECRET, Name: 'prod/db', KmsKeyId: KEY },
      'ssm/describe-parameters.json': { Parameters: PARAMETERS },
    }
  }

  test('the customer’s keys are told, from a folder and over the wire', async () => {
    const files = seoul(/^ssm/, withSecrets())
    for (const { keys } of [await fromFolder(files), (await fromWire({ files })).role]) {
      expect(keys.map(({ id, keyId }) => [id, keyId.known ? keyId.value : keyId.because])).toEqual([
        [SECRET, KEY],
        ['/prod/own', 'alias/shop'],
        ['/prod/aws', null],
      ])
    }
  })

  test('state and policy of a key are told, by its ARN and by an alias', async () => {
    const key = (id: string, KeyState: string) => ({
      KeyMetadata: { KeyId: id, Arn: KEY.replace(/key\/.*/, `key/${id}`), KeyState },
    })
    const own = KEY.slice(KEY.indexOf('/') + 1)
    const files = seoul(/^ssm/, {
      ...withSecrets(),
      [`kms/describe-key/${own}.json`]: key(own, 'Enabled'),
      'kms/describe-key/shop.json': key('11111111-2222', 'Disabled'),
      [`kms/get-key-policy/${own}.json`]: { Policy: '{"of":"own"}' },
      'kms/get-key-policy/11111111-2222.json': { Policy: '{"of":"shop"}' },
    })
    for (const { customerKeys } of [await fromFolder(files), (await fromWire({ files })).role]) {
      expect(
        customerKeys.map(({ id, key: state, policy }) => [
          id,
          state.known && state.value.state,
          policy.known && policy.value,
        ]),
      ).toEqual([
        [KEY, 'Enabled', '{"of":"own"}'],
        ['alias/shop', 'Disabled', '{"of":"shop"}'],
      ])
    }
  })

  test('a task role, and the role of a volume with the key that encrypts it, are read from a folder and over the wire', async () => {
    const [path, services] = ['ecs/describe-services.json', 'ecs/describe-task-definition/role-nestjs-second-41.json']
    const {
      services: [service],
    } = seoul()[path] as { services: readonly { deployments: readonly object[] }[] }
    const { taskDefinition } = seoul()[services] as { taskDefinition: object }
    const role = (name: string) => `arn:aws:iam::406178923551:role/${name}`
    const trust = { Version: '2012-10-17', Statement: [] }
    const answer = (name: string) => ({
      Role: {
        RoleName: name,
        Arn: role(name),
        AssumeRolePolicyDocument: trust,
        Tags: [{ Key: 'team', Value: 'shop' }],
      },
    })
    const volume = { name: 'data', managedEBSVolume: { roleArn: role('volumes'), kmsKeyId: KEY } }
    const deployments = service?.deployments.map((one) => ({ ...one, volumeConfigurations: [volume] }))
    const files = seoul(/^$/, {
      [path]: { services: [{ ...service, deployments }] },
      [services]: { taskDefinition: { ...taskDefinition, taskRoleArn: role('app') } },
      'iam/get-role/app.json': answer('app'),
      'iam/get-role/volumes.json': answer('volumes'),
    })
    for (const facts of [await fromFolder(files), (await fromWire({ files })).role]) {
      const { task, infrastructure, customerKeys } = facts
      expect([task, ...infrastructure].map((one) => one?.role)).toMatchObject([
        { value: { arn: role('app'), tags: { team: 'shop' } } },
        { value: { arn: role('volumes') } },
      ])
      expect(customerKeys.map(({ id }) => id)).toEqual([KEY])
    }
  })

  test('a key that is known late is simulated late, and nothing is asked twice', async () => {
    const { simulator, reader } = await live({ files: seoul(/^ssm/, withSecrets()) })
    await gatherService(reader, SERVICE)
    const requests = simulator.requests().filter(({ service }) => ['iam', 'secretsmanager', 'ssm'].includes(service))
    const actions = requests.flatMap(({ params }) => (params['ActionNames'] as readonly string[] | undefined) ?? [])
    expect(actions.slice().sort()).toEqual([
      'ecr:BatchGetImage',
      'ecr:GetAuthorizationToken',
      'ecr:GetDownloadUrlForLayer',
      'kms:Decrypt',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'secretsmanager:GetSecretValue',
      'ssm:GetParameters',
    ])
    const asked = requests.map(({ operation, params }) => `${operation} ${JSON.stringify(params)}`)
    expect(asked).toEqual([...new Set(asked)])
  })

  test('an instance tells its role by its profile', async () => {
    const arn = 'arn:aws:iam::123456789012:role/ecs/host'
    const trust = { Version: '2012-10-17', Statement: [] }
    const simulated = { EvalActionName: 'ecr:BatchGetImage', EvalResourceName: '*', EvalDecision: 'implicitDeny' }
    const path = 'ecs/describe-task-definition/web-7.json'
    const definition = onInstances[path] as { taskDefinition: object }
    const image = '123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/web:v7'
    const files = {
      ...onInstances,
      [path]: { taskDefinition: { ...definition.taskDefinition, containerDefinitions: [{ name: 'web', image }] } },
      'iam/get-instance-profile/host.json': {
        InstanceProfile: { InstanceProfileName: 'host', Roles: [{ RoleName: 'host', Arn: arn }] },
      },
      'iam/get-role/host.json': { Role: { RoleName: 'host', Arn: arn, AssumeRolePolicyDocument: trust } },
      'iam/simulate-principal-policy/host.json': { EvaluationResults: [simulated] },
    }
    expect((await fromFolder(files)).instances).toMatchObject({
      known: true,
      value: [
        {
          profileArn: 'arn:aws:iam::123456789012:instance-profile/host',
          role: { known: true, value: { arn, simulation: { known: true, value: [{ decision: 'implicitDeny' }] } } },
        },
      ],
    })
    expect((await fromFolder(onInstances)).instances).toMatchObject({
      known: true,
      value: [{ role: { known: false, because: 'absent', permission: 'iam:GetInstanceProfile' } }],
    })
  })
})

describe('over the wire', () => {
  test('a simulation for each kind of resource settles it', async () => {
    const { role, asked } = await fromWire({ files: seoul() })
    expect(asked.sort()).toEqual(['GetRole', ...Array(3).fill('SimulatePrincipalPolicy')])
    expect(judgeIdentity(executionOf(role), PULL)).toEqual({ decision: 'allowed' })
    expect(executionOf(role).role).toMatchObject({ known: true, value: { id: 'AROAV5E7Q2LJX3NCTWUKD' } })
  })

  test('the policies speak where the simulation is denied', async () => {
    const { role, asked } = await fromWire({ files: seoul(), faults: [{ on: 'iam:Simulate*', kind: 'denied' }] })
    expect(new Set(asked)).toEqual(
      new Set([
        'GetRole',
        'SimulatePrincipalPolicy',
        'ListAttachedRolePolicies',
        'ListRolePolicies',
        'GetPolicy',
        'GetPolicyVersion',
      ]),
    )
    expect(judgeIdentity(executionOf(role), PULL)).toEqual({ decision: 'allowed' })
  })

  test('a repository without a policy is not one that does not exist', async () => {
    const own = { registryId: '406178923551', repositoryName: 'nestjs-second' }
    const none = await fromWire({ files: seoul(/^ecr\/get/, { 'ecr/get-repository-policy/any.json': own }) })
    expect(none.role.repositories).toMatchObject([{ policy: { known: true, value: null } }])
    const other = { 'ecr/get-repository-policy/other.json': { ...own, repositoryName: 'other', policyText: '{}' } }
    const gone = await fromWire({ files: seoul(/^ecr\//, other) })
    expect(gone.role.repositories).toMatchObject([{ policy: { known: false, because: 'not-found' } }])
  })

  test('IAM is not asked about a role of another account, which it would take for one of this', async () => {
    const path = 'ecs/describe-task-definition/role-nestjs-second-41.json'
    const { taskDefinition } = seoul()[path] as { taskDefinition: object }
    const executionRoleArn = 'arn:aws:iam::210987654321:role/ecsTaskExecutionRole'
    const files = seoul(/^$/, { [path]: { taskDefinition: { ...taskDefinition, executionRoleArn } } })
    const { role, asked } = await fromWire({ files })
    expect(asked).toEqual([])
    expect(executionOf(role).role).toMatchObject({ known: false, because: 'unasked' })
  })

  test('takes four rounds at most beside the network’s', async () => {
    const { reader } = await live({ files: seoul(), faults: [{ on: 'iam:Simulate*', kind: 'denied' }], latencyMs: 20 })
    const { rounds } = await gatherService(reader, SERVICE)
    expect(rounds).toBeLessThanOrEqual(6)
  })

  test('a snapshot holds what was read, and says the same', async () => {
    for (const faults of [[], [{ on: 'iam:Simulate*', kind: 'denied' }] as const]) {
      const { reader } = await live({ files: seoul(), faults })
      const folder = scratch({})
      const { files } = await snapshot(
        { ...SERVICE, folder },
        { reader, clock: { now: () => 0, sleep: async () => {} } },
      )
      expect(files).toContain('iam/get-role/ecsTaskExecutionRole.json')
      const recorded = executionOf(await fromRecorded(folder))
      expect(judgeIdentity(recorded, PULL)).toEqual({ decision: 'allowed' })
      expect(recorded.role).toMatchObject({ known: true, value: { trust: expect.stringMatching(/^\{/) } })
    }
  })
})

async function fromRecorded(folder: string): Promise<RoleFacts> {
  const { facts } = await gatherService(await openFolder(folder), {})
  if (!facts.role.known) throw new Error(facts.role.detail)
  return facts.role.value
}

describe('healthy Seoul', () => {
  test('is told nothing about its roles, from a folder and over the wire', async () => {
    const readers = [await openFolder(scratch(seoul())), (await live({ files: seoul() })).reader]
    for (const reader of readers) {
      const asked = reader.source === 'aws' ? SERVICE : {}
      const { findings, unknowns } = await preflight(
        { ...asked, failOn: ['blocker'], ignore: [] },
        { reader, tool: TOOL },
      )
      expect(findings.filter(({ step }) => step === 'role')).toEqual([])
      expect(unknowns.filter(({ step }) => step === 'role')).toEqual([])
    }
  })

  test.each([
    ['ecr:BatchGetImage', 'execution-role-without-ecr'],
    ['ecr:GetAuthorizationToken', 'execution-role-without-ecr'],
    ['logs:PutLogEvents', 'execution-role-without-logs'],
  ])('without %s is told of it alone', async (action, check) => {
    const path = 'iam/simulate-principal-policy/ecsTaskExecutionRole.json'
    const { EvaluationResults } = seoul()[path] as { EvaluationResults: readonly { EvalActionName: string }[] }
    const changed = EvaluationResults.map((one) =>
      one.EvalActionName === action ? { ...one, EvalDecision: 'implicitDeny', MatchedStatements: [] } : one,
    )
    const reader = await openFolder(scratch(seoul(/^$/, { [path]: { EvaluationResults: changed } })))
    const report = await preflight({ failOn: ['blocker'], ignore: [] }, { reader, tool: TOOL })
    expect([report.verdict, report.failingStep?.id, report.findings.map((one) => one.check)]).toEqual([
      'fail',
      'role',
      [check],
    ])
  })
})
