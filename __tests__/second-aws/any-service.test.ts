/** The client of services without one, against two programs that this project did not write: moto answers it, the AWS CLI asks the simulator. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Simulator, startSimulator } from '../../simulator/start.ts'
import { call, type Loose } from '../../src/aws/calls/call.ts'
import { type Connection, connect } from '../../src/aws/reader/connection.ts'
import { openLive } from '../../src/aws/reader/live.ts'
import { type Moto, motoIsInstalled, startMoto } from './moto-server.ts'

const REGION = 'eu-central-1'
const KEYS = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing', AWS_EC2_METADATA_DISABLED: 'true' }

const tell = motoIsInstalled ? describe : describe.skip

/** By the AWS CLI, as somebody would type it. */
async function aws(url: string, command: string): Promise<Loose> {
  const { stdout } = await promisify(execFile)(
    '.venv/bin/aws',
    [...command.split(' '), '--endpoint-url', url, '--region', REGION, '--output', 'json'],
    { env: { ...process.env, ...KEYS } },
  )
  return stdout === '' ? {} : JSON.parse(stdout)
}

tell('against moto', () => {
  let moto: Moto
  let connection: Connection

  beforeAll(async () => {
    Object.assign(process.env, KEYS)
    moto = await startMoto()
    connection = connect({ region: REGION, endpoint: moto.url, maxAttempts: 1 })
  })
  afterAll(() => moto?.stop())

  test('a key and its policy are read (JSON)', async () => {
    const { KeyMetadata } = await aws(moto.url, 'kms create-key')
    const { KeyId } = KeyMetadata as Loose
    const answer = await connection.send('kms', 'DescribeKey', { KeyId })
    expect(answer).toMatchObject({ KeyMetadata: { KeyId, KeyState: 'Enabled', CreationDate: expect.any(Date) } })
    const { Policy } = await connection.send('kms', 'GetKeyPolicy', { KeyId, PolicyName: 'default' })
    expect(JSON.parse(String(Policy))).toMatchObject({ Statement: [{ Effect: 'Allow' }] })
    await aws(moto.url, `kms schedule-key-deletion --key-id ${KeyId}`)
    expect(await connection.send('kms', 'DescribeKey', { KeyId })).toMatchObject({
      KeyMetadata: { KeyState: 'PendingDeletion', DeletionDate: expect.any(Date) },
    })
  })

  test('resolver rules are read (JSON)', async () => {
    const made = await aws(
      moto.url,
      'route53resolver create-resolver-rule --creator-request-id 1 --rule-type SYSTEM --domain-name example.com',
    )
    const { ResolverRules } = await connection.send('route53resolver', 'ListResolverRules', {})
    expect(ResolverRules).toMatchObject([{ Id: (made['ResolverRule'] as Loose)['Id'], DomainName: 'example.com.' }])
  })

  test('mount targets are read, and a file system that is gone is (JSON over paths)', async () => {
    const { FileSystemId } = await aws(moto.url, 'efs create-file-system --creation-token a')
    const { Subnets } = await connection.send('ec2', 'DescribeSubnets', {})
    const [subnet] = Subnets as readonly Loose[]
    const { SecurityGroups: groups } = await connection.send('ec2', 'DescribeSecurityGroups', {})
    const [group] = groups as readonly Loose[]
    const target = await aws(
      moto.url,
      `efs create-mount-target --file-system-id ${FileSystemId} --subnet-id ${subnet?.['SubnetId']} --security-groups ${group?.['GroupId']}`,
    )
    const { MountTargets } = await connection.send('efs', 'DescribeMountTargets', { FileSystemId })
    expect(MountTargets).toMatchObject([{ MountTargetId: target['MountTargetId'], SubnetId: subnet?.['SubnetId'] }])
    const { SecurityGroups } = await connection.send('efs', 'DescribeMountTargetSecurityGroups', {
      MountTargetId: target['MountTargetId'],
    })
    expect(SecurityGroups).toEqual([group?.['GroupId']])
    const gone = call({
      service: 'efs',
      operation: 'DescribeMountTargets',
      list: 'MountTargets',
      always: { FileSystemId: 'fs-0123456789abcdef0' },
    })
    const reader = openLive({ region: REGION, endpoint: moto.url, maxAttempts: 1 })
    expect(await reader.read(gone)).toMatchObject({ known: false, because: 'not-found' })
  })

  test('Auto Scaling groups are read (query)', async () => {
    expect(await connection.send('autoscaling', 'DescribeAutoScalingGroups', {})).toMatchObject({
      AutoScalingGroups: [],
    })
    await aws(
      moto.url,
      'autoscaling create-launch-configuration --launch-configuration-name one --image-id ami-12c6146b --instance-type t3.micro',
    )
    await aws(
      moto.url,
      `autoscaling create-auto-scaling-group --auto-scaling-group-name nodes --launch-configuration-name one --min-size 0 --max-size 4 --availability-zones ${REGION}a --new-instances-protected-from-scale-in`,
    )
    await aws(moto.url, 'autoscaling suspend-processes --auto-scaling-group-name nodes --scaling-processes Launch')
    const { AutoScalingGroups } = await connection.send('autoscaling', 'DescribeAutoScalingGroups', {
      AutoScalingGroupNames: ['nodes', 'none'],
    })
    expect(AutoScalingGroups).toMatchObject([
      {
        AutoScalingGroupName: 'nodes',
        MinSize: 0,
        MaxSize: 4,
        AvailabilityZones: [`${REGION}a`],
        Instances: [],
        NewInstancesProtectedFromScaleIn: true,
        SuspendedProcesses: [{ ProcessName: 'Launch' }],
      },
    ])
  })
})

tell('the AWS CLI reads from the simulator', () => {
  let simulator: Simulator
  const files = {
    'meta.json': { schemaVersion: 1, region: REGION, accountId: '123456789012' },
    'kms/describe-key/any.json': { KeyMetadata: { KeyId: 'k-1', KeyState: 'Enabled' } },
    'efs/describe-mount-targets/any.json': { MountTargets: [{ FileSystemId: 'fs-1', MountTargetId: 'fsmt-1' }] },
    'route53profiles/list-profile-associations.json': {
      ProfileAssociations: [{ ResourceId: 'vpc-1', ProfileId: 'rp-1' }],
    },
    'autoscaling/describe-auto-scaling-groups.json': {
      AutoScalingGroups: [{ AutoScalingGroupName: 'nodes', MaxSize: 4, Instances: [{ InstanceId: 'i-1' }] }],
    },
  }
  beforeAll(async () => {
    simulator = await startSimulator({ files })
  })
  afterAll(() => simulator?.stop())

  test.each([
    ['kms describe-key --key-id k-1', files['kms/describe-key/any.json']],
    ['efs describe-mount-targets --file-system-id fs-1', files['efs/describe-mount-targets/any.json']],
    [
      'route53profiles list-profile-associations --resource-id vpc-1',
      files['route53profiles/list-profile-associations.json'],
    ],
    ['autoscaling describe-auto-scaling-groups', files['autoscaling/describe-auto-scaling-groups.json']],
  ])('%s', async (command, answer) => {
    expect(await aws(simulator.url, command)).toEqual(answer)
  })

  test('what the simulator refuses is refused by its code', async () => {
    await expect(aws(simulator.url, 'kms describe-key --key-id k-2')).rejects.toMatchObject({
      stderr: expect.stringContaining('AccessDeniedException'),
    })
    await expect(aws(simulator.url, 'efs describe-mount-targets --file-system-id fs-2')).rejects.toMatchObject({
      stderr: expect.stringContaining('AccessDeniedException'),
    })
  })
})
