import { paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs'
import {
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  paginateDescribeRouteTables,
  paginateDescribeSecurityGroups,
  paginateGetManagedPrefixListEntries,
} from '@aws-sdk/client-ec2'
import { paginateDescribeImages } from '@aws-sdk/client-ecr'
import { DescribeCapacityProvidersCommand, paginateListServices, paginateListTasks } from '@aws-sdk/client-ecs'
import { paginateSimulatePrincipalPolicy } from '@aws-sdk/client-iam'
import {
  ListHostedZonesByVPCCommand,
  ListResourceRecordSetsCommand,
  type ListResourceRecordSetsCommandOutput,
  type RRType,
} from '@aws-sdk/client-route-53'
import { paginateDescribeParameters } from '@aws-sdk/client-ssm'
import { expect, test } from '@jest/globals'
import { clientsOf, folderWith, refusal, simulate } from './support.ts'

const SHARED = '__tests__/fixtures/vpc/1'

/** Items of every page, a list a page. */
async function pages<Page, Item>(pages: AsyncIterable<Page>, items: (page: Page) => readonly Item[] | undefined) {
  const all: (readonly Item[])[] = []
  for await (const page of pages) all.push(items(page) ?? [])
  return all
}

function numbered<Item>(count: number, item: (name: string) => Item): readonly Item[] {
  return Array.from({ length: count }, (_, at) => item(String(at).padStart(3, '0')))
}

test('EC2 pages hold what was asked for, and the paginator gets everything', async () => {
  const { ec2 } = clientsOf(await simulate({ folder: SHARED, pageSize: 3 }))
  const tables = await pages(paginateDescribeRouteTables({ client: ec2 }, {}), (page) => page.RouteTables)
  expect(tables.map((page) => page.length)).toEqual([3, 1])
  expect(new Set(tables.flat().map((table) => table.RouteTableId)).size).toBe(4)
  const input = { PrefixListId: 'pl-78a54011' }
  const entries = await pages(paginateGetManagedPrefixListEntries({ client: ec2 }, input), (page) => page.Entries)
  expect(entries.map((page) => page.length)).toEqual([3, 1])
})

test('MaxResults cuts pages as well, and filters come first', async () => {
  const SecurityGroups = numbered(12, (name) => ({
    GroupId: `sg-${name}`,
    VpcId: Number(name) % 2 ? 'vpc-1' : 'vpc-2',
  }))
  const files = folderWith({ 'ec2/describe-security-groups.json': { SecurityGroups } })
  const { ec2 } = clientsOf(await simulate({ files }))
  const input = { Filters: [{ Name: 'vpc-id', Values: ['vpc-1'] }] }
  const paginator = paginateDescribeSecurityGroups({ client: ec2, pageSize: 5 }, input)
  const found = await pages(paginator, (page) => page.SecurityGroups)
  expect(found.map((page) => page.length)).toEqual([5, 1])
  expect(found.flat().every((group) => group.VpcId === 'vpc-1')).toBe(true)
})

test('sizes and tokens that AWS refuses are refused', async () => {
  const { ec2, ecs } = clientsOf(await simulate({ folder: SHARED }))
  const refusals = await Promise.all([
    refusal(ec2.send(new DescribeSubnetsCommand({ MaxResults: 4 }))),
    refusal(ec2.send(new DescribeSubnetsCommand({ NextToken: 'made-up' }))),
    refusal(
      ec2.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: ['eni-00001000000000014'], MaxResults: 5 })),
    ),
    refusal(ecs.send(new DescribeCapacityProvidersCommand({}))),
  ])
  expect(refusals.map(({ name }) => name)).toEqual([
    'InvalidParameterValue',
    'InvalidNextToken',
    'InvalidParameterCombination',
    'AccessDeniedException',
  ])
  expect(refusals[0]?.message).toBe(
    'Value ( 4 ) for parameter maxResults is invalid. Expecting a value greater than 5.',
  )
})

test('every JSON service pages by its own names and sizes', async () => {
  const cluster = 'arn:aws:ecs:ap-northeast-2:123456789012:cluster/demo'
  const files = folderWith({
    'ecs/describe-services.json': {
      services: numbered(23, (name) => ({ serviceArn: `${cluster}/${name}`, serviceName: name, clusterArn: cluster })),
    },
    'ecs/describe-tasks.json': {
      tasks: numbered(150, (name) => ({ taskArn: `task/demo/${name}`, clusterArn: cluster, desiredStatus: 'RUNNING' })),
    },
    'ecs/describe-capacity-providers.json': { capacityProviders: numbered(12, (name) => ({ name })) },
    'ecr/describe-images/web.json': {
      imageDetails: numbered(101, (name) => ({ repositoryName: 'web', imageDigest: name })),
    },
    'logs/describe-log-groups.json': { logGroups: numbered(60, (name) => ({ logGroupName: `/ecs/${name}` })) },
    'ssm/describe-parameters.json': { Parameters: numbered(11, (name) => ({ Name: `/app/${name}` })) },
  })
  const { ecs, ecr, logs, ssm } = clientsOf(await simulate({ files }))
  const sizes = [
    await pages(paginateListServices({ client: ecs }, { cluster: 'demo' }), (page) => page.serviceArns),
    await pages(paginateListTasks({ client: ecs }, { cluster: 'demo' }), (page) => page.taskArns),
    await pages(paginateDescribeImages({ client: ecr }, { repositoryName: 'web' }), (page) => page.imageDetails),
    await pages(paginateDescribeLogGroups({ client: logs }, {}), (page) => page.logGroups),
    await pages(paginateDescribeParameters({ client: ssm }, {}), (page) => page.Parameters),
  ].map((found) => found.map((page) => page.length))
  expect(sizes).toEqual([
    [10, 10, 3],
    [100, 50],
    [100, 1],
    [50, 10],
    [10, 1],
  ])
  const first = await ecs.send(new DescribeCapacityProvidersCommand({}))
  const second = await ecs.send(new DescribeCapacityProvidersCommand({ nextToken: first.nextToken }))
  expect([first.capacityProviders?.length, second.capacityProviders?.length]).toEqual([10, 2])
})

test('IAM pages by marker, Route 53 by token and by record', async () => {
  const record = (name: string) => ({
    Name: `${name}.internal.`,
    Type: 'A',
    TTL: 60,
    ResourceRecords: [{ Value: '10.0.0.1' }],
  })
  const zone = (HostedZoneId: string) => ({ HostedZoneId, Name: 'internal.', Owner: { OwningAccount: '123456789012' } })
  const files = folderWith({
    'iam/simulate-principal-policy/exec.json': {
      EvaluationResults: numbered(5, (name) => ({ EvalActionName: `s3:${name}`, EvalDecision: 'allowed' })),
    },
    'route53/list-hosted-zones-by-vpc/vpc-1.json': { HostedZoneSummaries: numbered(3, zone), MaxItems: '100' },
    'route53/list-resource-record-sets/Z1.json': { ResourceRecordSets: numbered(5, record) },
  })
  const { iam, route53 } = clientsOf(await simulate({ files, pageSize: 2 }))
  const ActionNames = numbered(5, (name) => `s3:${name}`) as string[]
  const simulation = { PolicySourceArn: 'arn:aws:iam::123456789012:role/exec', ActionNames }
  const results = await pages(
    paginateSimulatePrincipalPolicy({ client: iam }, simulation),
    (page) => page.EvaluationResults,
  )
  expect(results.map((page) => page.length)).toEqual([2, 2, 1])
  const sizes: number[] = []
  let next: { StartRecordName?: string | undefined; StartRecordType?: RRType | undefined } | null = {}
  while (next !== null) {
    const page: ListResourceRecordSetsCommandOutput = await route53.send(
      new ListResourceRecordSetsCommand({ HostedZoneId: '/hostedzone/Z1', ...next }),
    )
    sizes.push(page.ResourceRecordSets?.length ?? 0)
    next = page.IsTruncated ? { StartRecordName: page.NextRecordName, StartRecordType: page.NextRecordType } : null
    if (next === null) expect(page.ResourceRecordSets).toEqual([record('004')])
  }
  expect(sizes).toEqual([2, 2, 1])
  const input = { VPCId: 'vpc-1', VPCRegion: 'ap-northeast-2' } as const
  const first = await route53.send(new ListHostedZonesByVPCCommand(input))
  const second = await route53.send(new ListHostedZonesByVPCCommand({ ...input, NextToken: first.NextToken }))
  const zones = [first, second].map(({ HostedZoneSummaries }) => HostedZoneSummaries?.map((one) => one.HostedZoneId))
  expect(zones).toEqual([['000', '001'], ['002']])
  expect(second.NextToken).toBeUndefined()
})
