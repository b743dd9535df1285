import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import type { SecurityGroupRule } from '../../../src/domain/network.ts'
import {
  BALANCER,
  BALANCER_GROUP,
  behind,
  type ConfiguredWorld,
  checkingHealth,
  DENIED,
  findingOf,
  HEALTHY,
  shaped,
  TASK_GROUP,
  told,
  unsure,
  withGroup,
} from '../configuration-world.ts'
import { onOneLine } from '../judgement.ts'
import { expectPages } from '../page.ts'
import { change, PUBLIC_A, rule, withNetwork } from '../world.ts'

const ID = 'load-balancer-closed-to-tasks'
const FOUND = [`${ID} ${BALANCER} (warning)`]
const admitting = (...ingress: readonly SecurityGroupRule[]): ConfiguredWorld => ({
  ...HEALTHY,
  ...change(HEALTHY, 'securityGroups', TASK_GROUP, { ingress }),
})
const CLOSED = admitting()

describe(ID, () => {
  test('finds tasks whose group lets nobody in', () => {
    expect(told(CLOSED)).toEqual(FOUND)
    const unhealthy = { targetId: '10.0.1.20', port: 8080, state: 'unhealthy', reason: 'Target.Timeout' }
    const finding = findingOf(withGroup(CLOSED, { health: known([unhealthy]) }), ID)
    expect(finding.evidence.map(({ en }) => en)).toContain('target 10.0.1.20:8080 is unhealthy: Target.Timeout')
    expect(onOneLine(finding.remedy.cli)).toEqual([
      `aws ec2 authorize-security-group-ingress --group-id ${TASK_GROUP} --ip-permissions 'IpProtocol=tcp,FromPort=8080,ToPort=8080,UserIdGroupPairs=[{GroupId=${BALANCER_GROUP}}]' --region ap-northeast-2`,
    ])
    expectPages(finding)
  })

  test.each<[string, SecurityGroupRule, boolean]>([
    ['its group', rule({ groupIds: [BALANCER_GROUP] }, 8080), false],
    ['another group', rule({ groupIds: ['sg-0ffffffffffffffff'] }, 8080), true],
    ['its group on another port', rule({ groupIds: [BALANCER_GROUP] }, 80), true],
    ['its group on all ports', rule({ groupIds: [BALANCER_GROUP], protocol: '-1', ports: null }), false],
    ['the whole VPC', rule({ cidrs: ['10.0.0.0/16'] }, 8080), false],
    ['both its subnets', rule({ cidrs: ['10.0.101.0/24', '10.0.103.0/24'] }, 8080), false],
    ['one of its subnets', rule({ cidrs: ['10.0.101.0/24'] }, 8080), true],
    ['another network', rule({ cidrs: ['192.168.0.0/16'] }, 8080), true],
  ])('with a rule for %s', (_, ingress, found) => {
    expect(told(admitting(ingress))).toEqual(found ? FOUND : [])
  })

  test('says where only a part is let in', () => {
    expect(findingOf(admitting(rule({ cidrs: ['10.0.101.0/24'] }, 8080)), ID).what.en).toContain('lets only a part of')
  })

  test('finds a health check on a port of its own that is closed', () => {
    const world = checkingHealth(HEALTHY, { port: 9090 })
    expect(told(world)).toEqual(FOUND)
    expect(findingOf(world, ID).what.en).toContain(
      'health checks of load balancer web (target group web) in: port 9090',
    )
    const open = admitting(rule({ groupIds: [BALANCER_GROUP] }, 8080), rule({ groupIds: [BALANCER_GROUP] }, 9090))
    expect(told(checkingHealth(open, { port: 9090 }))).toEqual([])
  })

  test('of a Network Load Balancer without groups, its subnets have to be let in', () => {
    const network = { type: 'network', securityGroupIds: [] }
    expect(told(behind(HEALTHY, network))).toEqual(FOUND)
    expect(told(behind(admitting(rule({ cidrs: ['10.0.0.0/16'] }, 8080)), network))).toEqual([])
    expect(findingOf(behind(HEALTHY, network), ID).remedy.cli).toHaveLength(2)
  })

  test('of a Network Load Balancer only the health checks count: clients may come with addresses of their own', () => {
    const open = admitting(rule({ cidrs: ['10.0.0.0/16'] }, 9090))
    const fronted = behind(open, { type: 'network', securityGroupIds: [] })
    const record = { ...fronted.configuration.targetGroups[0], ...checking(open, 9090) }
    expect(told(withGroup(open, record))).toEqual([])
    expect(told(checkingHealth(open, { port: 9090 }))).toEqual(FOUND)
  })

  test('health checks of a UDP target group are TCP', () => {
    const udp = { ...rule({ cidrs: ['0.0.0.0/0'] }, 8080), protocol: 'udp' }
    const network = (world: ConfiguredWorld) =>
      withGroup(behind(world, { type: 'network', securityGroupIds: [] }), {
        ...shaped(world, { protocol: 'UDP' }).configuration.targetGroups[0],
        loadBalancers:
          behind(world, { type: 'network', securityGroupIds: [] }).configuration.targetGroups[0]?.loadBalancers ??
          DENIED,
      })
    expect(told(network(admitting(udp)))).toEqual(FOUND)
    expect(told(network(admitting(udp, rule({ cidrs: ['10.0.0.0/16'] }, 8080))))).toEqual([])
  })

  test('is unknown, without deciding, where group, load balancer or rules could not be read', () => {
    expect(unsure(withGroup(CLOSED, { group: DENIED }), ID)).toEqual([[DENIED.permission, false]])
    expect(unsure(withGroup(CLOSED, { loadBalancers: DENIED }), ID)).toEqual([[DENIED.permission, false]])
    const rules = { ...HEALTHY, ...withNetwork(HEALTHY, { securityGroups: DENIED }) }
    expect(unsure(rules, ID)).toEqual([[DENIED.permission, false]])
  })

  test('is unknown where the load balancer stands in subnets that are not visible, unless nothing is open', () => {
    const hidden = { securityGroupIds: [], subnetIds: [PUBLIC_A, 'subnet-0ffffffffffffffff'] }
    expect(unsure(behind(admitting(rule({ cidrs: ['10.0.0.0/16'] }, 8080)), hidden), ID)).toEqual([
      ['ec2:DescribeSubnets', false],
    ])
    expect(told(behind(CLOSED, hidden))).toEqual(FOUND)
  })
})

function checking(world: ConfiguredWorld, port: number) {
  return { group: checkingHealth(world, { port }).configuration.targetGroups[0]?.group ?? DENIED }
}
