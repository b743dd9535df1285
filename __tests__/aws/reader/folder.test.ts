import { describe, expect, test } from '@jest/globals'
import * as ec2 from '../../../src/aws/calls/ec2.ts'
import * as ecs from '../../../src/aws/calls/ecs.ts'
import { listHostedZonesByVpc } from '../../../src/aws/calls/route53.ts'
import { getCallerIdentity } from '../../../src/aws/calls/sts.ts'
import { openFolder } from '../../../src/aws/reader/folder.ts'
import { UsageError } from '../../../src/domain/usage-error.ts'
import { fixture, scratch } from '../scratch.ts'

const subnets = {
  Subnets: [
    { SubnetId: 'subnet-1', VpcId: 'vpc-1' },
    { SubnetId: 'subnet-2', VpcId: 'vpc-2' },
  ],
}
const ids = (answer: unknown) => (answer as { value: { SubnetId: string }[] }).value.map(({ SubnetId }) => SubnetId)

describe('a snapshot folder', () => {
  test('answers as AWS would when asked by a filter', async () => {
    const reader = await openFolder(scratch({ 'ec2/describe-subnets.json': subnets }))
    expect(ids(await reader.read(ec2.describeSubnets))).toEqual(['subnet-1', 'subnet-2'])
    expect(ids(await reader.read(ec2.describeSubnets, { vpc: ['vpc-2', 'vpc-3'] }))).toEqual(['subnet-2'])
    expect(ids(await reader.read(ec2.describeSubnets, { vpc: ['vpc-2'], id: ['subnet-1'] }))).toEqual([])
    expect(await reader.read(ec2.describeSubnets, { id: [] })).toEqual({ known: true, value: [] })
  })

  test('takes several files of one call as one list', async () => {
    const folder = scratch({
      'ec2/describe-subnets/a.json': { Subnets: [{ SubnetId: 'subnet-1' }] },
      'ec2/describe-subnets/b.json': { Subnets: [{ SubnetId: 'subnet-2' }] },
    })
    expect(ids(await (await openFolder(folder)).read(ec2.describeSubnets))).toEqual(['subnet-1', 'subnet-2'])
  })

  test('a missing file was not read, and names the permission', async () => {
    const reader = await openFolder(scratch({ 'ec2/describe-subnets.json': subnets }))
    expect(await reader.read(ec2.describeRouteTables)).toEqual({
      known: false,
      because: 'absent',
      permission: 'ec2:DescribeRouteTables',
      detail: 'ec2/describe-route-tables.json',
    })
  })

  test('one answer a file is known by its content, or by its name where the content does not tell', async () => {
    const reader = await openFolder(
      scratch({
        'ec2/describe-vpc-attribute/one.json': { VpcId: 'vpc-1', EnableDnsSupport: { Value: true } },
        'ec2/describe-vpc-attribute/two.json': { VpcId: 'vpc-1', EnableDnsHostnames: { Value: false } },
        'ec2/get-managed-prefix-list-entries/pl-1.json': { Entries: [{ Cidr: '10.0.0.0/8' }] },
        'route53/list-hosted-zones-by-vpc/vpc-1.json': { HostedZoneSummaries: [] },
      }),
    )
    const asked = { vpc: ['vpc-1'], attribute: ['enableDnsHostnames'] }
    expect(await reader.read(ec2.describeVpcAttribute, asked)).toMatchObject({
      value: [{ EnableDnsHostnames: { Value: false } }],
    })
    expect(await reader.read(ec2.describeVpcAttribute, { ...asked, vpc: ['vpc-2'] })).toMatchObject({
      because: 'absent',
    })
    expect(await reader.read(ec2.getManagedPrefixListEntries, { id: ['pl-1'] })).toMatchObject({
      value: [{ Cidr: '10.0.0.0/8' }],
    })
    expect(await reader.read(ec2.getManagedPrefixListEntries, { id: ['pl-2'] })).toMatchObject({ because: 'absent' })
    expect(await reader.read(listHostedZonesByVpc, { vpc: ['vpc-1'], region: ['x'] })).toEqual({
      known: true,
      value: [],
    })
  })

  test("finds Batfish's names at any depth down to four, and joins their lists", async () => {
    const folder = scratch({
      'accounts/1/us-east-1/Subnets.json': { Subnets: [{ SubnetId: 'subnet-1', AvailabilityZone: 'us-east-1a' }] },
      'accounts/2/us-east-1/Subnets.json': { Subnets: [{ SubnetId: 'subnet-2', AvailabilityZone: 'us-east-1b' }] },
      'a/b/c/d/Subnets.json': { Subnets: [{ SubnetId: 'subnet-3' }] },
    })
    const reader = await openFolder(folder)
    expect(ids(await reader.read(ec2.describeSubnets))).toEqual(['subnet-1', 'subnet-2'])
    expect(reader.region).toBe('us-east-1')
  })

  test('an answer without its list, or with another thing in its place, is garbled', async () => {
    const reader = await openFolder(
      scratch({
        'ec2/describe-subnets.json': { Subnets: {} },
        'ec2/describe-vpcs.json': [1],
        'ec2/describe-route-tables.json': {},
      }),
    )
    for (const call of [ec2.describeSubnets, ec2.describeVpcs, ec2.describeRouteTables]) {
      expect(await reader.read<unknown>(call)).toMatchObject({ known: false, because: 'garbled' })
    }
  })

  test('tells listings from what they list: running tasks of one service, services of a cluster', async () => {
    const task = (id: string, service: string, desiredStatus = 'RUNNING') => ({
      taskArn: `arn:aws:ecs:us-east-1:1:task/demo/${id}`,
      clusterArn: 'arn:aws:ecs:us-east-1:1:cluster/demo',
      group: `service:${service}`,
      desiredStatus,
    })
    const tasks = [task('a', 'web'), task('b', 'api'), task('c', 'web', 'STOPPED')]
    const reader = await openFolder(scratch({ 'ecs/describe-tasks.json': { tasks, failures: [] } }))
    const answer = await reader.read(ecs.listTasks, { cluster: ['demo'], service: ['web'] })
    expect(answer).toEqual({ known: true, value: ['arn:aws:ecs:us-east-1:1:task/demo/a'] })
    expect(await reader.read(ecs.listTasks, { cluster: ['other'], service: ['web'] })).toMatchObject({ value: [] })
    expect(await reader.read(ecs.listServices, { cluster: ['demo'] })).toMatchObject({ because: 'absent' })
  })

  test('takes Region and account from meta.json, or the Region from what is there', async () => {
    const reader = await openFolder(fixture('vpc/1'))
    expect(reader.region).toBe('ap-northeast-2')
    expect(await reader.read(getCallerIdentity)).toEqual({ known: true, value: [{ Account: '123456789012' }] })
    expect((await openFolder(fixture('batfish/subnet'))).region).toBe('us-east-2')
  })
})

describe('a folder that is no snapshot', () => {
  const refusal = async (folder: string) => {
    const error = await openFolder(folder).then(
      () => null,
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(UsageError)
    return (error as UsageError).text
  }

  test('is refused when it is empty, holds nothing we know, holds meta.json alone, or is not there', async () => {
    for (const files of [
      {},
      { 'notes.json': {} },
      { 'meta.json': { region: 'us-east-1' } },
      { 'ec2/describe-subnets.txt': '' },
    ]) {
      const text = await refusal(scratch(files))
      expect(text.en).toMatch(/holds no AWS answer/)
      expect(text.ko).toMatch(/AWS 응답 파일이 없습니다/)
    }
    expect((await refusal('/no/such/folder')).en).toMatch(/"snapshot" names \/no\/such\/folder.*ENOENT/)
  })

  test('a file that is not JSON is named with line and column', async () => {
    const reader = await openFolder(
      scratch({ 'ec2/describe-vpcs.json': '{"Vpcs": [\n  {"VpcId": }\n]}', 'meta.json': { region: 'x' } }),
    )
    await expect(reader.read(ec2.describeVpcs)).rejects.toThrow(
      /ec2\/describe-vpcs\.json is not JSON: see line 2, column 13/,
    )
  })

  test('asking a call by something it does not take is a mistake of ours', async () => {
    const reader = await openFolder(fixture('vpc/1'))
    await expect(reader.read(ec2.describeDhcpOptions, { vpc: ['vpc-1'] })).rejects.toThrow(TypeError)
  })
})
