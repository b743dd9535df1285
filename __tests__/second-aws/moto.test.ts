/** A second AWS, which this project did not write: a VPC and a service made through its API by the real SDK, then preflight and watch. */

import {
  AssociateRouteTableCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  EC2Client,
  ModifyVpcAttributeCommand,
  RevokeSecurityGroupEgressCommand,
} from '@aws-sdk/client-ec2'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { openLive } from '../../src/aws/reader/live.ts'
import { preflight } from '../../src/commands/preflight/preflight.ts'
import { watchRun } from '../../src/commands/watch/loop.ts'
import type { Report } from '../../src/domain/report.ts'
import { onOneLine } from '../checks/judgement.ts'
import { clockFrom, WATCH } from '../commands/watch-request.ts'
import { type Moto, motoIsInstalled, startMoto } from './moto-server.ts'

const REGION = 'ap-northeast-2'
const TOOL = { name: 'ecs-pull-guard', version: '0.0.0' }
const KEYS = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing', AWS_EC2_METADATA_DISABLED: 'true' }

interface World {
  readonly subnetA: string
  readonly subnetB: string
  readonly tableA: string
  readonly tableB: string
  readonly taskGroup: string
  readonly s3Endpoint: string
}

let moto: Moto
let ec2: EC2Client
let ecs: ECSClient
let world: World

function idOf(id: string | undefined): string {
  if (id === undefined) throw new Error('moto gave no id')
  return id
}

async function makeVpc(): Promise<World> {
  const vpcId = idOf((await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))).Vpc?.VpcId)
  await ec2.send(new ModifyVpcAttributeCommand({ VpcId: vpcId, EnableDnsHostnames: { Value: true } }))
  const subnetIn = async (zone: string, block: string) => {
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({ VpcId: vpcId, CidrBlock: block, AvailabilityZone: `${REGION}${zone}` }),
    )
    return idOf(Subnet?.SubnetId)
  }
  const [subnetA, subnetB] = [await subnetIn('a', '10.0.1.0/24'), await subnetIn('c', '10.0.2.0/24')]
  const tableOf = async (subnetId: string) => {
    const id = idOf((await ec2.send(new CreateRouteTableCommand({ VpcId: vpcId }))).RouteTable?.RouteTableId)
    await ec2.send(new AssociateRouteTableCommand({ RouteTableId: id, SubnetId: subnetId }))
    return id
  }
  const [tableA, tableB] = [await tableOf(subnetA), await tableOf(subnetB)]
  const group = async (name: string) =>
    idOf((await ec2.send(new CreateSecurityGroupCommand({ VpcId: vpcId, GroupName: name, Description: name }))).GroupId)
  const [taskGroup, endpointGroup] = [await group('task'), await group('endpoint')]
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: endpointGroup,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, UserIdGroupPairs: [{ GroupId: taskGroup }] }],
    }),
  )
  for (const service of ['ecr.api', 'ecr.dkr', 'logs']) {
    await ec2.send(
      new CreateVpcEndpointCommand({
        VpcId: vpcId,
        VpcEndpointType: 'Interface',
        ServiceName: `com.amazonaws.${REGION}.${service}`,
        SubnetIds: [subnetA, subnetB],
        SecurityGroupIds: [endpointGroup],
        PrivateDnsEnabled: true,
      }),
    )
  }
  const s3 = await ec2.send(
    new CreateVpcEndpointCommand({
      VpcId: vpcId,
      VpcEndpointType: 'Gateway',
      ServiceName: `com.amazonaws.${REGION}.s3`,
      RouteTableIds: [tableA],
    }),
  )
  return { subnetA, subnetB, tableA, tableB, taskGroup, s3Endpoint: idOf(s3.VpcEndpoint?.VpcEndpointId) }
}

async function makeService({ subnetA, subnetB, taskGroup }: World): Promise<void> {
  await ecs.send(new CreateClusterCommand({ clusterName: 'demo' }))
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      executionRoleArn: 'arn:aws:iam::123456789012:role/exec',
      containerDefinitions: [
        {
          name: 'web',
          image: `123456789012.dkr.ecr.${REGION}.amazonaws.com/web:v1`,
          essential: true,
          logConfiguration: {
            logDriver: 'awslogs',
            options: { 'awslogs-group': '/ecs/web', 'awslogs-region': REGION, 'awslogs-stream-prefix': 'web' },
          },
        },
      ],
    }),
  )
  await ecs.send(
    new CreateServiceCommand({
      cluster: 'demo',
      serviceName: 'web',
      taskDefinition: 'web',
      desiredCount: 2,
      launchType: 'FARGATE',
      networkConfiguration: {
        awsvpcConfiguration: { subnets: [subnetA, subnetB], securityGroups: [taskGroup], assignPublicIp: 'DISABLED' },
      },
    }),
  )
}

async function run(): Promise<Report> {
  const reader = openLive({ region: REGION, endpoint: moto.url, maxAttempts: 1 })
  return preflight({ cluster: 'demo', service: 'web', failOn: ['blocker'], ignore: [] }, { reader, tool: TOOL })
}

async function watched(waitMinutes: number): Promise<Report> {
  const reader = openLive({ region: REGION, endpoint: moto.url, maxAttempts: 1 })
  const senses = { reader, clock: clockFrom(Date.now()), random: () => 0.5, tool: TOOL, say: () => {} }
  return watchRun({ ...WATCH, waitMinutes }, senses)
}

function outcomes(report: Report, destination: string): Record<string, string> {
  const own = report.paths.filter((path) => path.destination === destination)
  return Object.fromEntries(own.map((path) => [path.from.subnetId, path.outcome]))
}

if (!motoIsInstalled) {
  test('moto is installed wherever CI runs', () => {
    expect(process.env['CI']).not.toBe('true')
  })
} else {
  describe('against moto', () => {
    beforeAll(async () => {
      Object.assign(process.env, KEYS)
      moto = await startMoto()
      const client = {
        region: REGION,
        endpoint: moto.url,
        credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
      }
      ec2 = new EC2Client(client)
      ecs = new ECSClient(client)
      world = await makeVpc()
      await makeService(world)
    })

    afterAll(() => moto?.stop())

    test('a route table without the S3 route is found, and only there', async () => {
      const report = await run()
      expect(outcomes(report, 's3-layers')).toEqual({ [world.subnetA]: 'reachable', [world.subnetB]: 'blocked' })
      // moto gives endpoint interfaces addresses outside the VPC, which no route leads to: only S3 is looked at here.
      const routes = report.findings.filter(
        ({ affects }) => affects.some(({ destination }) => destination === 's3-layers') && affects.length === 1,
      )
      expect(routes.map(({ check, subject }) => [check, subject])).toEqual([['s3-route-missing', world.tableB]])
      expect(onOneLine(routes[0]?.remedy.cli ?? []).join('\n')).toContain(
        `--vpc-endpoint-id ${world.s3Endpoint} --add-route-table-ids ${world.tableB}`,
      )
      expect(report.verdict).toBe('fail')
    })

    test('a watch of a service whose tasks never come ends with its budget, says what it waits for, and knows the network', async () => {
      // moto starts no tasks and has no service deployments: what is not there is no error.
      const { rollout, findings } = await watched(2)
      expect(rollout).toMatchObject({ phase: 'timed-out', tasks: { started: 0, failed: 0 }, failures: [] })
      expect(rollout?.because.en).toContain('0 of 2')
      expect(findings.map(({ check }) => check)).toContain('s3-route-missing')
    })

    test('a group that lets nothing out is found, whatever else is open', async () => {
      await ec2.send(
        new RevokeSecurityGroupEgressCommand({
          GroupId: world.taskGroup,
          IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
        }),
      )
      const report = await run()
      const closed = report.findings.filter(({ check }) => check === 'task-egress-closed')
      expect(closed.map(({ subject, severity }) => [subject, severity])).toEqual([[world.taskGroup, 'blocker']])
      expect(outcomes(report, 's3-layers')[world.subnetA]).toBe('blocked')
    })
  })
}
