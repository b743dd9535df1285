import { describe, expect, test } from '@jest/globals'
import { commandsOf } from '../judgement.ts'
import { expectPages } from '../page.ts'
import {
  BY_NAT,
  change,
  findingsOf,
  GATEWAY,
  IN_PUBLIC,
  judge,
  NAT_A,
  NAT_C,
  route,
  TABLE_A,
  TABLE_C,
  TABLE_PUBLIC,
  table,
  told,
  unknownOf,
  VPC,
  type World,
  withNetwork,
  without,
} from '../world.ts'

const ID = 'blackhole-route'
const SPLIT = 'service-spans-good-and-bad-subnets web (warning)'

function losing(world: World, tableId: string): World {
  return change(world, 'routeTables', tableId, ({ routes }) => ({
    routes: routes.map((one) => (one.target.kind === 'local' ? one : { ...one, state: 'blackhole' })),
  }))
}

describe(ID, () => {
  test('found where the NAT gateway of a route is gone: the one that works takes over', () => {
    const world = losing(BY_NAT, TABLE_A)
    expect(told(world)).toEqual([SPLIT, `${ID} ${TABLE_A}`])
    const [finding] = findingsOf(world, ID)
    expect(commandsOf(finding)).toEqual([
      `aws ec2 replace-route --route-table-id ${TABLE_A} --destination-cidr-block 0.0.0.0/0 --nat-gateway-id ${NAT_C}`,
    ])
    expectPages(finding)
  })

  test('the lost gateway is never its own repair', () => {
    const alone = without(losing(BY_NAT, TABLE_A), 'natGateways', NAT_C)
    expect(commandsOf(findingsOf(alone, ID)[0]).join()).not.toContain(NAT_A)
  })

  test('the gateway of its own VPC takes over, not one beside it', () => {
    const beside = { ...table('rtb-0a1b2c3d4e5f60099', [], []), vpcId: 'vpc-0a1b2c3d4e5f60002' }
    const { routeTables } = losing(BY_NAT, TABLE_A).network
    const tables = routeTables.known ? routeTables.value : []
    const world = withNetwork(BY_NAT, { routeTables: { known: true, value: [beside, ...tables] } })
    expect(commandsOf(findingsOf(world, ID)[0])[0]).toContain(`--nat-gateway-id ${NAT_C}`)
  })

  test('each table is a repair of its own', () => {
    expect(told(losing(losing(BY_NAT, TABLE_A), TABLE_C))).toEqual([`${ID} ${TABLE_A}`, `${ID} ${TABLE_C}`])
  })

  test('one gateway that is gone is one finding, whatever the number of its tables', () => {
    const byA = change(BY_NAT, 'routeTables', TABLE_C, ({ routes }) => ({
      routes: routes.map((one) => (one.target.id === NAT_C ? { ...one, target: { ...one.target, id: NAT_A } } : one)),
    }))
    const world = losing(losing(byA, TABLE_A), TABLE_C)
    expect(told(world)).toEqual([`${ID} ${NAT_A}`])
    const [finding] = findingsOf(world, ID)
    expect(finding.what.en).toContain(`0.0.0.0/0 → ${NAT_A} of ${TABLE_A}, ${TABLE_C}`)
    expect(finding.remedy.changes.map(({ kind }) => kind)).toEqual(['replace-route', 'replace-route'])
    expect(finding.remedy.verified).toBe(true)
  })

  test('gateways of two tables that are gone are replaced by one new gateway', () => {
    const both = losing(losing(BY_NAT, TABLE_A), TABLE_C)
    const world = without(without(both, 'natGateways', NAT_A), 'natGateways', NAT_C)
    const findings = findingsOf(world, ID)
    expect(findings.flatMap(commandsOf).filter((line) => line.includes('create-nat-gateway'))).toHaveLength(1)
    expect(findings[0].remedy.verified).toBe(true)
    expect(commandsOf(findings[1])[0]).toBe(`# after the commands of ${ID} ${TABLE_A}`)
    expect(findings[1]?.remedy.console[0]?.en).toBe(`Do what ${ID} ${TABLE_A} says first.`)
    expect(findings[1]?.remedy.verified).toBe(false)
  })

  test('an internet gateway that is deleted is made anew', () => {
    const gone = without(losing(IN_PUBLIC, TABLE_PUBLIC), 'internetGateways', GATEWAY)
    const [finding] = findingsOf(gone, ID)
    expect(commandsOf(finding)).toEqual([
      'INTERNET_GATEWAY=$(aws ec2 create-internet-gateway)',
      `aws ec2 attach-internet-gateway --internet-gateway-id "$INTERNET_GATEWAY" --vpc-id ${VPC}`,
      `aws ec2 replace-route --route-table-id ${TABLE_PUBLIC} --destination-cidr-block 0.0.0.0/0 --gateway-id "$INTERNET_GATEWAY"`,
    ])
    expect(finding.remedy.verified).toBe(true)
  })

  test('an internet gateway is attached again, or the one that is attached takes over', () => {
    const world = losing(IN_PUBLIC, TABLE_PUBLIC)
    expect(told(world)).toEqual([`${ID} ${TABLE_PUBLIC}`])
    expect(commandsOf(findingsOf(world, ID)[0])).toEqual([
      `aws ec2 replace-route --route-table-id ${TABLE_PUBLIC} --destination-cidr-block 0.0.0.0/0 --gateway-id ${GATEWAY}`,
    ])
    expect(commandsOf(findingsOf(change(world, 'internetGateways', GATEWAY, { attachments: [] }), ID)[0])).toEqual([
      `aws ec2 attach-internet-gateway --internet-gateway-id ${GATEWAY} --vpc-id ${VPC}`,
    ])
  })

  test('a lost default route of any kind is led to a NAT gateway', () => {
    const world = change(BY_NAT, 'routeTables', TABLE_A, ({ routes }) => ({
      routes: [
        ...routes.slice(0, 1),
        route('0.0.0.0/0', 'transit-gateway', 'tgw-0a1b2c3d4e5f60001', { state: 'blackhole' }),
      ],
    }))
    expect(commandsOf(findingsOf(world, ID)[0])[0]).toContain(`--nat-gateway-id ${NAT_A}`)
  })

  test('a narrower route that lost its target is removed, so that the wider one takes its packets', () => {
    const world = change(BY_NAT, 'routeTables', TABLE_A, ({ routes }) => ({
      routes: [...routes, route('52.219.0.0/16', 'peering', 'pcx-0a1b2c3d4e5f60001', { state: 'blackhole' })],
    }))
    expect(told(world)).toEqual([`${ID} ${TABLE_A} (warning)`])
    const [finding] = findingsOf(world, ID)
    expect(commandsOf(finding)).toEqual([
      `aws ec2 delete-route --route-table-id ${TABLE_A} --destination-cidr-block 52.219.0.0/16`,
    ])
    expect(finding.remedy.terraform).toContain('# remove your resource "aws_route" for')
  })

  test('clear while the target is there', () => {
    expect(judge(BY_NAT)).toEqual({ findings: [], unknowns: [] })
  })

  test('unknown where the network could not be read', () => {
    expect(unknownOf(BY_NAT, ID, 'network')).toEqual(['ec2:DescribeVpcs'])
  })
})
