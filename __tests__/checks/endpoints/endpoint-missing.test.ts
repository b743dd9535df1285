import { describe, expect, test } from '@jest/globals'
import { instance as containerInstance } from '../../task-start/sample.ts'
import { commandsOf } from '../judgement.ts'
import { expectPages } from '../page.ts'
import {
  A,
  add,
  BY_ENDPOINTS,
  BY_NAT,
  C,
  change,
  DKR,
  ENDPOINT_GROUP,
  findingsOf,
  judge,
  NAT_A,
  openEgress,
  rule,
  S3,
  subnet,
  TABLE_A,
  TABLE_C,
  TASK_GROUP,
  table,
  told,
  unknownOf,
  VPC,
  type World,
  withNetwork,
  without,
  withService,
} from '../world.ts'

const ID = 'endpoint-missing'
const SERVICE = 'com.amazonaws.ap-northeast-2'

function withoutRoutes(world: World, tableId: string): World {
  return change(world, 'routeTables', tableId, ({ routes }) => ({ routes: routes.slice(0, 1) }))
}

/** Private subnets with nothing: neither endpoints nor a way out. */
const BARE = withoutRoutes(withoutRoutes(BY_NAT, TABLE_A), TABLE_C)

describe(ID, () => {
  test('found where one of the endpoints is missing, to be made like the others', () => {
    const world = without(BY_ENDPOINTS, 'endpoints', DKR)
    expect(told(world)).toEqual([`${ID} ${SERVICE}.ecr.dkr`])
    const [finding] = findingsOf(world, ID)
    expect(finding.affects).toEqual([
      { subnetId: A, destination: 'ecr-dkr' },
      { subnetId: C, destination: 'ecr-dkr' },
    ])
    expect(commandsOf(finding)).toEqual([
      `ECR_DKR_ENDPOINT=$(aws ec2 create-vpc-endpoint --vpc-endpoint-type Interface --vpc-id ${VPC} --service-name ${SERVICE}.ecr.dkr --subnet-ids ${A} ${C} --security-group-ids ${ENDPOINT_GROUP} --private-dns-enabled)`,
    ])
    expectPages(finding)
  })

  test('for S3 it is the gateway endpoint, with the route tables of the subnets', () => {
    const world = withoutRoutes(withoutRoutes(without(BY_ENDPOINTS, 'endpoints', S3), TABLE_A), TABLE_C)
    expect(told(world)).toEqual([`${ID} ${SERVICE}.s3`])
    expect(commandsOf(findingsOf(world, ID)[0])).toEqual([
      `S3_ENDPOINT=$(aws ec2 create-vpc-endpoint --vpc-endpoint-type Gateway --vpc-id ${VPC} --service-name ${SERVICE}.s3 --route-table-ids ${TABLE_A} ${TABLE_C})`,
    ])
  })

  test('a subnet without a table of its own has the main one of its VPC', () => {
    const bare = without(BY_ENDPOINTS, 'endpoints', S3)
    const elsewhere = { ...table('rtb-0a1b2c3d4e5f60099', [], []), vpcId: 'vpc-0a1b2c3d4e5f60002', main: true }
    const { routeTables } = without(withoutRoutes(bare, TABLE_A), 'routeTables', TABLE_C).network
    const tables = routeTables.known ? routeTables.value : []
    const world = withNetwork(bare, { routeTables: { known: true, value: [elsewhere, ...tables.toReversed()] } })
    expect(commandsOf(findingsOf(world, ID)[0])[0]).toMatch(
      /--route-table-ids rtb-0a1b2c3d4e5f6000a rtb-0a1b2c3d4e5f60000\)$/,
    )
  })

  test('each service is an endpoint of its own; without a group that is proved to do, one is made', () => {
    expect(told(BARE)).toEqual(['ecr.api', 'ecr.dkr', 's3', 'logs'].map((suffix) => `${ID} ${SERVICE}.${suffix}`))
    const [finding] = findingsOf(BARE, ID)
    expect(commandsOf(finding)).toEqual([
      `ECR_API_GROUP=$(aws ec2 create-security-group --group-name ecr-api-endpoint --description 'HTTPS from ${VPC}' --vpc-id ${VPC})`,
      `aws ec2 authorize-security-group-ingress --group-id "$ECR_API_GROUP" --ip-permissions 'IpProtocol=tcp,FromPort=443,ToPort=443,IpRanges=[{CidrIp=10.0.0.0/16}]'`,
      `ECR_API_ENDPOINT=$(aws ec2 create-vpc-endpoint --vpc-endpoint-type Interface --vpc-id ${VPC} --service-name ${SERVICE}.ecr.api --subnet-ids ${A} ${C} --security-group-ids "$ECR_API_GROUP" --private-dns-enabled)`,
    ])
  })

  test('the tasks are let out to the new group where their own do not', () => {
    const closed = change(BARE, 'securityGroups', TASK_GROUP, { egress: [rule({ cidrs: ['10.0.1.0/24'] })] })
    expect(commandsOf(findingsOf(closed, ID)[0])).toContain(
      `aws ec2 authorize-security-group-egress --group-id ${TASK_GROUP} --ip-permissions "IpProtocol=tcp,FromPort=443,ToPort=443,UserIdGroupPairs=[{GroupId=\${ECR_API_GROUP}}]"`,
    )
    expect(commandsOf(findingsOf(BARE, ID)[0]).join()).not.toContain('authorize-security-group-egress')
  })

  test('a group that refuses the tasks is not taken', () => {
    const refusing = change(without(BY_ENDPOINTS, 'endpoints', DKR), 'securityGroups', ENDPOINT_GROUP, { ingress: [] })
    expect(commandsOf(findingsOf(refusing, ID)[0]).at(-1)).toContain('--security-group-ids "$ECR_DKR_GROUP"')
  })

  test('instances with different groups: a group is taken only where each of them is let in by it', () => {
    const other = 'sg-0a1b2c3d4e5f600f5'
    const instance = (instanceId: string, subnetId: string, groupId: string) =>
      containerInstance({ instanceId, subnetId, securityGroupIds: [groupId] })
    const onInstances = (egress: readonly ReturnType<typeof rule>[]): World => {
      const world = without(BY_ENDPOINTS, 'endpoints', DKR)
      return {
        ...withService(add(world, 'securityGroups', { id: other, vpcId: VPC, name: 'other', ingress: [], egress }), {
          launchType: 'EC2',
        }),
        compute: {
          ...world.compute,
          instances: { known: true, value: [instance('i-a', A, TASK_GROUP), instance('i-c', C, other)] },
        },
      }
    }
    const cli = commandsOf(findingsOf(onInstances([]), ID)[0])
    expect(cli.at(-1)).toContain('--security-group-ids "$ECR_DKR_GROUP"')
    expect(cli.filter((line) => line.includes('ingress'))).toHaveLength(1)
    expect(cli.filter((line) => line.includes('egress'))).toHaveLength(2)
    const open = onInstances([rule({ cidrs: ['10.0.0.0/16'] })])
    const half = commandsOf(findingsOf(open, ID)[0]).filter((line) => line.includes('egress'))
    expect(half).toHaveLength(1)
    expect(half[0]).toContain(TASK_GROUP)
    const admitted = change(open, 'securityGroups', ENDPOINT_GROUP, {
      ingress: [rule({ groupIds: [TASK_GROUP, other] })],
    })
    expect(commandsOf(findingsOf(admitted, ID)[0])).toHaveLength(1)
    expect(commandsOf(findingsOf(admitted, ID)[0])[0]).toContain(`--security-group-ids ${ENDPOINT_GROUP}`)
  })

  test('DNS of the VPC is switched on first, in the same remedy: AWS refuses private DNS without', () => {
    const vpcDns = {
      [VPC]: { support: { known: true, value: true }, hostnames: { known: true, value: false } },
    } as const
    const [finding] = findingsOf(withNetwork(without(BY_ENDPOINTS, 'endpoints', DKR), { vpcDns }), ID)
    expect(finding.remedy.changes.map(({ kind }) => kind)).toEqual(['modify-vpc-attribute', 'create-vpc-endpoint'])
  })

  test('a group that is taken over is so with a word about other clients of the VPC; a new one lets them all in', () => {
    const told = ({ remedy }: (typeof taken)[0]) => remedy.console.filter(({ en }) => en.includes('clients other than'))
    const taken = findingsOf(without(BY_ENDPOINTS, 'endpoints', DKR), ID)
    expect(told(taken[0])).toHaveLength(1)
    expect(told(findingsOf(BARE, ID)[0])).toEqual([])
  })

  test('the name of a new group is one that the VPC has not yet', () => {
    const named = { id: 'sg-0a1b2c3d4e5f600f7', vpcId: VPC, name: 'ecr-api-endpoint', ingress: [], egress: [] }
    expect(commandsOf(findingsOf(add(BARE, 'securityGroups', named), ID)[0])[0]).toContain(
      '--group-name ecr-api-endpoint-2 ',
    )
  })

  test('one subnet for each zone', () => {
    const beside = 'subnet-0a1b2c3d4e5f6002a'
    const world = withService(add(BARE, 'subnets', subnet(beside, 'a', '10.0.11.0/24')), {
      awsvpc: { subnetIds: [A, beside, C], securityGroupIds: [TASK_GROUP], assignPublicIp: 'DISABLED' },
    })
    expect(commandsOf(findingsOf(world, ID)[0]).at(-1)).toContain(`--subnet-ids ${A} ${C} `)
  })

  test('a NAT gateway that no table uses yet is named as the other way', () => {
    const { natGateways } = BY_NAT.network
    const [finding] = findingsOf(withNetwork(BARE, { natGateways }), ID)
    expect(finding.remedy.console.at(-1)?.en).toContain(`Edit routes: 0.0.0.0/0 → ${NAT_A}`)
    const natless = BARE.network.natGateways.known ? BARE.network.natGateways.value : []
    const none = natless.reduce((world, { id }) => without(world, 'natGateways', id), BARE)
    expect(
      findingsOf(none, ID)[0]
        .remedy.console.map(({ en }) => en)
        .join(),
    ).not.toContain('NAT')
  })

  test('advice where only ECS Exec needs it', () => {
    expect(told(withService(BY_ENDPOINTS, { enableExecuteCommand: true }))).toEqual([
      `${ID} ${SERVICE}.ssmmessages (advice)`,
    ])
  })

  test('clear with the endpoint, and with another way', () => {
    expect(judge(openEgress(BY_ENDPOINTS))).toEqual({ findings: [], unknowns: [] })
    expect(judge(BY_NAT)).toEqual({ findings: [], unknowns: [] })
  })

  test('unknown where the network could not be read', () => {
    expect(unknownOf(BY_ENDPOINTS, ID, 'network')).toEqual(['ec2:DescribeVpcs'])
  })
})
