import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import { instance } from '../../task-start/sample.ts'
import { commandsOf } from '../judgement.ts'
import { expectPages } from '../page.ts'
import {
  A,
  BY_ENDPOINTS,
  C,
  change,
  DKR,
  findingsOf,
  judge,
  LOGS,
  route,
  S3,
  S3_LIST,
  subnet,
  TASK_GROUP,
  told,
  unknownOf,
  type World,
  withContainer,
  withNetwork,
  without,
  withService,
  withTaskSubnet,
} from '../world.ts'

const ID = 'endpoint-zone-gap'
const ONLY_A = { subnetIds: [A], interfaceIds: ['eni-0a1b2c3d4e5f6a20a'] }
const GAP = change(BY_ENDPOINTS, 'endpoints', DKR, ONLY_A)
const B = 'subnet-0a1b2c3d4e5f6000b'

/** Tasks in a third zone, in which no endpoint stands. */
const THREE_ZONES = withTaskSubnet(BY_ENDPOINTS, subnet(B, 'b', '10.0.2.0/24'), [route(S3_LIST, 'vpc-endpoint', S3)])

describe(ID, () => {
  test('found where an outage of the only zone would stop starts in the other', () => {
    expect(told(GAP)).toEqual([`${ID} ${DKR} (warning)`])
    const [finding] = findingsOf(GAP, ID)
    expect(finding.what.en).toContain('an outage of ap-northeast-2a stops starts there, too')
    expect(commandsOf(finding)).toEqual([`aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${DKR} --add-subnet-ids ${C}`])
    expectPages(finding)
  })

  test('advice where two other zones have addresses: one finding for each endpoint', () => {
    expect(told(THREE_ZONES)).toEqual(['a1', 'a2', 'a3'].map((end) => `${ID} vpce-0a1b2c3d4e5f600${end} (advice)`))
    expect(findingsOf(THREE_ZONES, ID)[0].what.en).toContain('a little time and money and no resilience')
    expect(commandsOf(findingsOf(THREE_ZONES, ID)[0])[0]).toContain(`--add-subnet-ids ${B}`)
  })

  test('one subnet of each missing zone', () => {
    const beside = subnet('subnet-0a1b2c3d4e5f6002c', 'c', '10.0.33.0/24')
    const world = withTaskSubnet(GAP, beside, [route(S3_LIST, 'vpc-endpoint', S3)])
    expect(commandsOf(findingsOf(world, ID)[0])[0]).toMatch(new RegExp(`--add-subnet-ids ${C}$`))
  })

  test('clear with an address in every zone of a task', () => {
    expect(judge(BY_ENDPOINTS).findings).toEqual([])
    const inOneZone = withService(GAP, {
      awsvpc: { subnetIds: [A], securityGroupIds: [TASK_GROUP], assignPublicIp: 'DISABLED' },
    })
    expect(judge({ ...inOneZone, tasks: [] }).findings).toEqual([])
  })

  test('each endpoint is held against the zones of those who call it', () => {
    // The instance in zone a pulls; ECS Exec connects from the tasks' own interfaces, in zone c.
    const exec = 'vpce-0a1b2c3d4e5f600a5'
    const messages = 'eni-0a1b2c3d4e5f6a50c'
    const { endpoints, interfaces } = BY_ENDPOINTS.network
    if (!endpoints.known || !interfaces.known) throw new Error('not known')
    const [first] = endpoints.value
    const [card] = interfaces.value
    if (first === undefined || card === undefined) throw new Error('empty')
    const inA = endpoints.value.map((one) =>
      one.type === 'interface' ? { ...one, subnetIds: [A], interfaceIds: one.interfaceIds.slice(0, 1) } : one,
    )
    const world: World = {
      ...withService(
        withNetwork(BY_ENDPOINTS, {
          endpoints: known([
            ...inA,
            {
              ...first,
              id: exec,
              serviceName: 'com.amazonaws.ap-northeast-2.ssmmessages',
              subnetIds: [C],
              interfaceIds: [messages],
            },
          ]),
          interfaces: known([...interfaces.value, { ...card, id: messages, subnetId: C, privateIps: ['10.0.3.20'] }]),
        }),
        {
          launchType: 'EC2',
          enableExecuteCommand: true,
          awsvpc: { subnetIds: [C], securityGroupIds: [TASK_GROUP], assignPublicIp: 'DISABLED' },
        },
      ),
      compute: {
        ...BY_ENDPOINTS.compute,
        instances: known([
          instance({ instanceId: 'i-0a1b2c3d4e5f6000a', subnetId: A, securityGroupIds: [TASK_GROUP] }),
        ]),
      },
      tasks: [],
    }
    expect(judge(world)).toEqual({ findings: [], unknowns: [] })
  })

  test('zones are compared by id: names differ between accounts', () => {
    expect(judge(change(GAP, 'subnets', C, { zoneId: 'apne2-az1' })).findings).toEqual([])
    expect(told(change(BY_ENDPOINTS, 'subnets', C, { zone: 'ap-northeast-2a' }))).toEqual([])
  })

  test('clear for an endpoint that no start goes through', () => {
    const unused = withContainer(change(BY_ENDPOINTS, 'endpoints', LOGS, ONLY_A), { logDriver: null })
    expect(judge(unused).findings).toEqual([])
  })

  test('clear where a subnet of the endpoint is not visible: it may be the one', () => {
    const elsewhere = change(BY_ENDPOINTS, 'endpoints', DKR, { subnetIds: [A, 'subnet-0ffffffffffffffff'] })
    expect(judge(elsewhere).findings).toEqual([])
    expect(judge(change(GAP, 'endpoints', DKR, { subnetIds: [] })).findings.map(({ check }) => check)).not.toContain(ID)
  })

  test('clear where the endpoint itself is gone', () => {
    expect(judge(without(GAP, 'endpoints', DKR)).findings.map(({ check }) => check)).not.toContain(ID)
  })

  test('unknown where the paths could not be judged', () => {
    expect(unknownOf(GAP, ID, 'paths')).toEqual(['ec2:DescribeSubnets'])
  })
})
