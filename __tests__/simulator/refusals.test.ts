import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DescribeLogGroupsCommand, DescribeQueriesCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  DescribeEgressOnlyInternetGatewaysCommand,
  DescribeSubnetsCommand,
  DescribeVolumesCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  GetManagedPrefixListEntriesCommand,
} from '@aws-sdk/client-ec2'
import { DescribeRepositoriesCommand } from '@aws-sdk/client-ecr'
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ListClustersCommand,
  ListTasksCommand,
} from '@aws-sdk/client-ecs'
import { GetRoleCommand, ListUsersCommand } from '@aws-sdk/client-iam'
import { ListHostedZonesByVPCCommand, ListHostedZonesCommand } from '@aws-sdk/client-route-53'
import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager'
import { DescribeParametersCommand } from '@aws-sdk/client-ssm'
import { describe, expect, test } from '@jest/globals'
import { startSimulator } from '../../simulator/start.ts'
import { UsageError } from '../../src/domain/usage-error.ts'
import { clientsOf, folderWith, refusal, simulate } from './support.ts'

const SHARED = '__tests__/fixtures/vpc/1'
const VPC_REGION = 'ap-northeast-2' as const

test('what nobody recorded is denied, in every protocol', async () => {
  const { ec2, ecs, ecr, iam, logs, route53, secretsManager, ssm } = clientsOf(await simulate({ folder: SHARED }))
  const refusals = await Promise.all([
    refusal(ec2.send(new DescribeEgressOnlyInternetGatewaysCommand({}))),
    refusal(ecs.send(new ListTasksCommand({ cluster: 'demo' }))),
    refusal(ecr.send(new DescribeRepositoriesCommand({}))),
    refusal(iam.send(new GetRoleCommand({ RoleName: 'exec' }))),
    refusal(logs.send(new DescribeLogGroupsCommand({}))),
    refusal(route53.send(new ListHostedZonesByVPCCommand({ VPCId: 'vpc-1', VPCRegion: VPC_REGION }))),
    refusal(secretsManager.send(new DescribeSecretCommand({ SecretId: 'db' }))),
    refusal(ssm.send(new DescribeParametersCommand({}))),
  ])
  expect(refusals.map(({ name, status }) => `${name} ${status}`)).toEqual([
    'UnauthorizedOperation 403',
    'AccessDeniedException 400',
    'AccessDeniedException 400',
    'AccessDenied 403',
    'AccessDeniedException 400',
    'AccessDenied 403',
    'AccessDeniedException 400',
    'AccessDeniedException 400',
  ])
})

test('a thing that is listed, but whose own answer nobody recorded, is denied too', async () => {
  const files = folderWith({
    'ec2/describe-vpcs.json': { Vpcs: [{ VpcId: 'vpc-1' }] },
    'ec2/describe-vpc-attribute/one.json': { VpcId: 'vpc-1', EnableDnsSupport: { Value: true } },
    'ec2/describe-managed-prefix-lists.json': { PrefixLists: [{ PrefixListId: 'pl-1' }] },
  })
  const { ec2 } = clientsOf(await simulate({ files }))
  const attribute = new DescribeVpcAttributeCommand({ VpcId: 'vpc-1', Attribute: 'enableDnsHostnames' })
  expect((await refusal(ec2.send(attribute))).name).toBe('UnauthorizedOperation')
  const entries = new GetManagedPrefixListEntriesCommand({ PrefixListId: 'pl-1' })
  expect((await refusal(ec2.send(entries))).name).toBe('UnauthorizedOperation')
})

test('operations that are not served are refused as unknown', async () => {
  const { ec2, iam, logs, route53 } = clientsOf(await simulate({ folder: SHARED }))
  const refusals = await Promise.all([
    refusal(ec2.send(new DescribeVolumesCommand({}))),
    refusal(iam.send(new ListUsersCommand({}))),
    refusal(logs.send(new DescribeQueriesCommand({}))),
    refusal(route53.send(new ListHostedZonesCommand({}))),
  ])
  expect(refusals.map(({ name, status }) => `${name} ${status}`)).toEqual([
    'InvalidAction 400',
    'InvalidAction 400',
    'UnknownOperationException 400',
    'InvalidAction 400',
  ])
})

test.each(['constructor', '__proto__', 'toString'])(
  'an operation called %s is unknown, not inherited',
  async (name) => {
    const { url } = await simulate({ folder: SHARED })
    const ec2 = await fetch(url, { method: 'POST', body: new URLSearchParams({ Action: name, Version: '2016-11-15' }) })
    expect([ec2.status, await ec2.text()]).toEqual([400, expect.stringContaining('<Code>InvalidAction</Code>')])
    const headers = { 'x-amz-target': `AmazonEC2ContainerServiceV20141113.${name}` }
    const ecs = await fetch(url, { method: 'POST', headers, body: '{}' })
    expect([ecs.status, await ecs.json()]).toEqual([
      400,
      expect.objectContaining({ __type: 'UnknownOperationException' }),
    ])
  },
)

describe('another Region is empty', () => {
  test('for what lives in a Region', async () => {
    const elsewhere = clientsOf(await simulate({ folder: SHARED }), { region: 'us-east-1' })
    expect((await elsewhere.ec2.send(new DescribeVpcsCommand({}))).Vpcs).toEqual([])
    expect((await elsewhere.ecs.send(new ListClustersCommand({}))).clusterArns).toEqual([])
    expect((await elsewhere.logs.send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([])
    const subnet = new DescribeSubnetsCommand({ SubnetIds: ['subnet-00001000000000002'] })
    const services = new DescribeServicesCommand({ cluster: 'demo', services: ['web'] })
    const refusals = await Promise.all([
      refusal(elsewhere.ec2.send(subnet)),
      refusal(elsewhere.ecs.send(services)),
      refusal(elsewhere.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'web:7' }))),
      refusal(elsewhere.ecr.send(new DescribeRepositoriesCommand({ repositoryNames: ['web'] }))),
      refusal(elsewhere.secretsManager.send(new DescribeSecretCommand({ SecretId: 'db' }))),
    ])
    expect(refusals.map(({ name }) => name)).toEqual([
      'InvalidSubnetID.NotFound',
      'ClusterNotFoundException',
      'ClientException',
      'RepositoryNotFoundException',
      'ResourceNotFoundException',
    ])
  })

  test('but IAM is the same everywhere', async () => {
    const files = folderWith({
      'iam/get-role/exec.json': { Role: { RoleName: 'exec', Arn: 'arn:aws:iam::1:role/exec' } },
    })
    const { iam } = clientsOf(await simulate({ files }), { region: 'us-west-2' })
    expect((await iam.send(new GetRoleCommand({ RoleName: 'exec' }))).Role?.RoleName).toBe('exec')
  })
})

describe('a folder that cannot be served is the caller’s mistake', () => {
  test.each([
    ['is not there', async () => '/nowhere/at/all', /cannot be read: \/nowhere\/at\/all/],
    [
      'has a file that is no JSON',
      () => folderHolding('{"Vpcs": [', 'ec2/describe-vpcs.json'),
      /ec2\/describe-vpcs.json/,
    ],
    ['has a file that is a list', () => folderHolding('[]', 'ec2/describe-vpcs.json'), /ec2\/describe-vpcs.json/],
  ])('one that %s', async (_, make, message) => {
    const folder = await make()
    const started = startSimulator({ folder })
    await expect(started).rejects.toThrow(UsageError)
    await expect(started).rejects.toThrow(message)
    await rm(folder, { recursive: true, force: true })
  })

  test('an empty file is what a failed `aws … > file` leaves: no answer', async () => {
    const folder = await folderHolding('', 'ec2/describe-vpcs.json')
    const { ec2 } = clientsOf(await simulate({ folder }), { region: 'us-east-1' })
    expect((await refusal(ec2.send(new DescribeVpcsCommand({})))).name).toBe('UnauthorizedOperation')
    await rm(folder, { recursive: true })
  })
})

async function folderHolding(text: string, path: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'simulator-'))
  await mkdir(join(folder, path, '..'), { recursive: true })
  await writeFile(join(folder, path), text)
  return folder
}
