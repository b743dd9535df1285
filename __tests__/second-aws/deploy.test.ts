/** A deploy to a second AWS, which this project did not write: what is registered, updated and tagged there, and that nothing is done twice. */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateSecurityGroupCommand, CreateSubnetCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { runCommand } from '../../src/commands/index.ts'
import { isOfServices } from '../../src/domain/services-report.ts'
import { readArguments, readValues } from '../../src/inputs/parse-arguments.ts'
import { clockFrom } from '../commands/watch-request.ts'
import { CONTEXT } from '../entry/context.ts'
import { type Moto, motoIsInstalled, startMoto } from './moto-server.ts'

const REGION = 'ap-northeast-2'
const KEYS = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing', AWS_EC2_METADATA_DISABLED: 'true' }
const tell = motoIsInstalled ? describe : describe.skip

const DEFINITION = {
  family: 'web',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  containerDefinitions: [
    {
      name: 'web',
      image: 'public.ecr.aws/nginx/nginx:1.29',
      essential: true,
      environment: [{ name: 'PASSWORD', value: 'planted-in-moto' }],
    },
  ],
}

tell('against moto', () => {
  let moto: Moto
  let ecs: ECSClient
  let file = ''

  beforeAll(async () => {
    Object.assign(process.env, KEYS)
    moto = await startMoto()
    const place = { region: REGION, endpoint: moto.url }
    ecs = new ECSClient(place)
    const ec2 = new EC2Client(place)
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: '10.0.1.0/24' }))
    const group = { VpcId: Vpc?.VpcId, GroupName: 'web', Description: 'web' }
    const { GroupId } = await ec2.send(new CreateSecurityGroupCommand(group))
    await ecs.send(new CreateClusterCommand({ clusterName: 'demo' }))
    await ecs.send(new RegisterTaskDefinitionCommand(DEFINITION as never))
    await ecs.send(
      new CreateServiceCommand({
        cluster: 'demo',
        serviceName: 'web',
        taskDefinition: 'web:1',
        desiredCount: 1,
        launchType: 'FARGATE',
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: [Subnet?.SubnetId ?? ''],
            securityGroups: [GroupId ?? ''],
            assignPublicIp: 'DISABLED',
          },
        },
      }),
    )
    file = join(await mkdtemp(join(tmpdir(), 'moto-')), 'task-definition.json')
    const tags = [{ key: 'team', value: 'shop' }]
    await writeFile(file, JSON.stringify({ ...DEFINITION, cpu: '512', memory: '1024', tags }))
  })
  afterAll(() => moto?.stop())

  // moto ends no rollout, so that none is waited for; what its network lacks is another test's subject.
  const WORDS = ['--fail-on', 'never', '--on-busy', 'proceed', '--wait-for-service-stability=false']

  async function ran(words: readonly string[]) {
    const asked = readArguments(['deploy', '--region', REGION, '--format', 'json', ...WORDS, ...words])
    if (asked.kind !== 'run') throw new Error(asked.kind)
    const clock = clockFrom(Date.now())
    const context = { ...CONTEXT, clock, aws: { endpoint: moto.url } }
    const result = await runCommand('deploy', readValues('deploy', asked.given, 'cli'), context)
    if (result.report === null || isOfServices(result.report)) throw new Error('a deploy has one report')
    return { ...result, report: result.report }
  }

  const revisions = async () =>
    (await ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: 'web' }))).taskDefinitionArns
  const service = async () =>
    (await ecs.send(new DescribeServicesCommand({ cluster: 'demo', services: ['web'] }))).services?.[0]

  test('the revision is registered with its tags, and the service runs it', async () => {
    const { exitCode, report, output } = await ran(['--cluster', 'demo', '--service', 'web', '--task-definition', file])
    expect(exitCode).toBe(0)
    expect(report.deployment).toMatchObject({ registered: true, reused: false, updated: true })
    const arn = report.deployment?.revision ?? ''
    expect(arn).toMatch(/:task-definition\/web:2$/)
    expect((await service())?.taskDefinition).toBe(arn)
    const described = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn, include: ['TAGS'] }))
    expect([described.taskDefinition?.cpu, described.tags]).toEqual(['512', [{ key: 'team', value: 'shop' }]])
    expect(report.deployment?.diff?.map(({ path }) => path)).toEqual(expect.arrayContaining(['cpu', 'memory']))
    expect(output).not.toContain('planted-in-moto')
  })

  test('once more, it is not registered again', async () => {
    const { exitCode, report } = await ran(['--cluster', 'demo', '--service', 'web', '--task-definition', file])
    expect(exitCode).toBe(0)
    expect(report.deployment).toMatchObject({ registered: false, reused: true, updated: true })
    expect(await revisions()).toHaveLength(2)
  })

  test('without a service, the revision that is there is found as well', async () => {
    const { report } = await ran(['--task-definition', file])
    expect([report.deployment?.reused, (await revisions())?.length]).toEqual([true, 2])
  })

  test('the desired count is the one that was asked for', async () => {
    await ran(['--cluster', 'demo', '--service', 'web', '--task-definition', file, '--desired-count', '3'])
    expect((await service())?.desiredCount).toBe(3)
  })

  test('another image is another revision', async () => {
    const image = 'web=public.ecr.aws/nginx/nginx:1.30'
    const { report } = await ran(['--cluster', 'demo', '--service', 'web', '--image', image])
    expect(report.deployment?.revision).toMatch(/web:3$/)
    expect(report.deployment?.diff).toEqual([
      expect.objectContaining({ path: 'containerDefinitions.web.image', kind: 'changed' }),
    ])
  })
})
