import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import type { NetworkInterface } from '../../../src/domain/network.ts'
import { commandsOf } from '../judgement.ts'
import { expectPages } from '../page.ts'
import {
  A,
  ACCOUNT,
  add,
  BY_ENDPOINTS,
  BY_NAT,
  C,
  change,
  ENDPOINT_GROUP,
  findingsOf,
  judge,
  PUBLIC_A,
  rule,
  S3_LIST,
  TASK_GROUP,
  told,
  unknownOf,
  VPC,
  type World,
  withContainer,
  withNetwork,
  withService,
} from '../world.ts'

const ID = 'task-egress-closed'
const GROUPLESS: NetworkInterface = {
  id: 'eni-0a1b2c3d4e5f60077',
  subnetId: PUBLIC_A,
  vpcId: VPC,
  groupIds: [],
  privateIps: ['10.0.101.77'],
  ipv6Addresses: [],
  publicIp: null,
  type: 'interface',
  description: '',
  instanceId: null,
  sourceDestCheck: true,
}

function letting(world: World, ...egress: readonly ReturnType<typeof rule>[]): World {
  return change(world, 'securityGroups', TASK_GROUP, { egress })
}

function permission(text: string): string {
  return `aws ec2 authorize-security-group-egress --group-id ${TASK_GROUP} --ip-permissions 'IpProtocol=tcp,${text}'`
}

const TO_ENDPOINTS = permission(`FromPort=443,ToPort=443,UserIdGroupPairs=[{GroupId=${ENDPOINT_GROUP}}]`)
const TO_S3 = permission(`FromPort=443,ToPort=443,PrefixListIds=[{PrefixListId=${S3_LIST}}]`)
const TO_INTERNET = permission('FromPort=443,ToPort=443,IpRanges=[{CidrIp=0.0.0.0/0}]')

describe(ID, () => {
  test('found where the endpoints are open and S3 is forgotten', () => {
    const world = letting(BY_ENDPOINTS, rule({ groupIds: [ENDPOINT_GROUP] }))
    expect(told(world)).toEqual([`${ID} ${TASK_GROUP}`])
    const [finding] = findingsOf(world, ID)
    expect(finding.what.en).toBe(
      `${TASK_GROUP} does not let the task out to s3-layers. What is missing: TCP 443 to S3 (${S3_LIST}).`,
    )
    expect(commandsOf(finding)).toEqual([TO_S3])
    expectPages(finding)
  })

  test('found where S3 is open and the endpoints are forgotten', () => {
    const world = letting(BY_ENDPOINTS, rule({ prefixListIds: [S3_LIST] }))
    expect(told(world)).toEqual([`${ID} ${TASK_GROUP}`])
    expect(findingsOf(world, ID)[0].what.en).toContain(`the endpoints' group ${ENDPOINT_GROUP}`)
    expect(commandsOf(findingsOf(world, ID)[0])).toEqual([TO_ENDPOINTS])
  })

  test('one finding for the groups, whatever they close, and exactly what is needed', () => {
    const world = letting(BY_ENDPOINTS)
    expect(told(world)).toEqual([`${ID} ${TASK_GROUP}`])
    expect(commandsOf(findingsOf(world, ID)[0])).toEqual([TO_ENDPOINTS, TO_S3])
  })

  test('the internet covers S3, too', () => {
    const world = letting(BY_NAT)
    expect(told(world)).toEqual([`${ID} ${TASK_GROUP}`])
    expect(findingsOf(world, ID)[0].what.en).toContain('TCP 443 to the internet (0.0.0.0/0)')
    expect(commandsOf(findingsOf(world, ID)[0])).toEqual([TO_INTERNET])
  })

  test('a registry on a port of its own is opened on that port', () => {
    const world = withContainer(BY_NAT, { image: 'registry.example.com:5000/web:v7' })
    expect(told(world)).toEqual([`${ID} ${TASK_GROUP}`])
    expect(commandsOf(findingsOf(world, ID)[0])).toEqual([
      permission('FromPort=5000,ToPort=5000,IpRanges=[{CidrIp=0.0.0.0/0}]'),
    ])
    expect(commandsOf(findingsOf(letting(world), ID)[0])).toHaveLength(2)
  })

  test('a warning where only a part of S3 is closed', () => {
    const world = letting(BY_ENDPOINTS, rule({ groupIds: [ENDPOINT_GROUP] }), rule({ cidrs: ['52.219.0.0/16'] }))
    expect(told(world)).toEqual([`${ID} ${TASK_GROUP} (warning)`])
  })

  test('an address that a private hosted zone names is opened as such', () => {
    const name = `${ACCOUNT}.dkr.ecr.ap-northeast-2.amazonaws.com`
    // An interface without a group that a rule could name.
    const seen = add(BY_ENDPOINTS, 'interfaces', GROUPLESS)
    const zoned = (record: string, type: string, world = seen) =>
      withNetwork(world, {
        hostedZones: {
          [VPC]: known([
            {
              id: 'Z0123456789ABCDEFGHIJ',
              name,
              owner: ACCOUNT,
              records: known([
                { name: record, type, values: ['10.0.101.77'] },
                { name: 'other.example.com', type: 'A', values: ['10.0.101.78'] },
              ]),
            },
          ]),
        },
      })
    const opened = permission('FromPort=443,ToPort=443,IpRanges=[{CidrIp=10.0.101.77/32}]')
    expect(commandsOf(findingsOf(zoned(name, 'A'), ID)[0])).toEqual([opened])
    expect(findingsOf(zoned(name, 'A'), ID)[0].what.en).toContain('TCP 443 to 10.0.101.77/32')
    // One that nobody has read may be in the group that the tasks are let out to.
    expect(unknownOf(zoned(name, 'A', BY_ENDPOINTS), ID)).toEqual([])
    // Without a record of an address, all that is left is to open the port.
    expect(commandsOf(findingsOf(zoned(name, 'CNAME'), ID)[0])).toEqual([TO_INTERNET])
  })

  test('the groups of one interface are one finding, in whatever order the service names them', () => {
    const second = 'sg-0a1b2c3d4e5f600e0'
    const base = letting(BY_ENDPOINTS)
    const { securityGroups } = base.network
    const groups = securityGroups.known ? securityGroups.value : []
    const [task] = groups
    if (task === undefined) throw new Error('no group')
    const world = withService(withNetwork(base, { securityGroups: known([...groups, { ...task, id: second }]) }), {
      awsvpc: { subnetIds: [A, C], securityGroupIds: [TASK_GROUP, second], assignPublicIp: 'DISABLED' },
    })
    expect(told(world)).toEqual([`${ID} ${second},${TASK_GROUP}`])
  })

  test('clear with both open', () => {
    expect(judge(BY_ENDPOINTS)).toEqual({ findings: [], unknowns: [] })
  })

  test('unknown where the network could not be read', () => {
    expect(unknownOf(BY_ENDPOINTS, ID, 'network')).toEqual(['ec2:DescribeVpcs'])
  })
})
