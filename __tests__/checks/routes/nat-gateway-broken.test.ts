import { describe, expect, test } from '@jest/globals'
import natGatewayBroken from '../../../src/checks/routes/nat-gateway-broken.ts'
import type { Path } from '../../../src/domain/path.ts'
import { commandsOf } from '../judgement.ts'
import { expectPages } from '../page.ts'
import {
  A,
  add,
  BY_NAT,
  change,
  findingsOf,
  GATEWAY,
  judge,
  NAT_A,
  NAT_C,
  onlyThis,
  PUBLIC_A,
  PUBLIC_C,
  pathsOf,
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

const ID = 'nat-gateway-broken'
const SPLIT = 'service-spans-good-and-bad-subnets web (warning)'
const FAILED = change(BY_NAT, 'natGateways', NAT_A, { state: 'failed', failure: 'InternalError: try again' })

/** Both subnets leave by the NAT gateway of zone a. */
function byOneGateway(world: World): World {
  return change(without(world, 'natGateways', NAT_C), 'routeTables', TABLE_C, ({ routes }) => ({
    routes: [...routes.slice(0, 1), route('0.0.0.0/0', 'nat-gateway', NAT_A)],
  }))
}

function withoutDefault(world: World, tableId: string): World {
  return change(world, 'routeTables', tableId, ({ routes }) => ({ routes: routes.slice(0, 1) }))
}

describe(ID, () => {
  test('found where the gateway failed: the route goes to the one that works', () => {
    expect(told(FAILED)).toEqual([SPLIT, `${ID} ${NAT_A}`])
    const [finding] = findingsOf(FAILED, ID)
    expect(finding.what.en).toContain('is failed (InternalError: try again)')
    expect(commandsOf(finding)).toEqual([
      `aws ec2 replace-route --route-table-id ${TABLE_A} --destination-cidr-block 0.0.0.0/0 --nat-gateway-id ${NAT_C}`,
    ])
    expectPages(finding)
  })

  test('without another, a new one is made in a public subnet, and every route that names the old goes there', () => {
    const [finding] = findingsOf(byOneGateway(FAILED), ID)
    expect(commandsOf(finding)).toEqual([
      'ELASTIC_IP=$(aws ec2 allocate-address --domain vpc)',
      `NAT_GATEWAY=$(aws ec2 create-nat-gateway --subnet-id ${PUBLIC_A} --allocation-id "$ELASTIC_IP")`,
      'aws ec2 wait nat-gateway-available --nat-gateway-ids "$NAT_GATEWAY"',
      ...[TABLE_A, TABLE_C].map(
        (id) =>
          `aws ec2 replace-route --route-table-id ${id} --destination-cidr-block 0.0.0.0/0 --nat-gateway-id "$NAT_GATEWAY"`,
      ),
    ])
  })

  test('found where the gateway is private; a private one is no way out for the other either', () => {
    const world = change(BY_NAT, 'natGateways', NAT_A, { connectivity: 'private' })
    expect(told(world)).toEqual([SPLIT, `${ID} ${NAT_A}`])
    expect(findingsOf(world, ID)[0].what.en).toContain('is a private NAT gateway')
    const both = change(world, 'natGateways', NAT_C, { connectivity: 'private' })
    expect(told(both)).toEqual([`${ID} ${NAT_A}`, `${ID} ${NAT_C}`])
    expect(commandsOf(findingsOf(both, ID)[0])[0]).toContain('allocate-address')
  })

  test('one table without a way to the internet gateway is one cause, however many gateways stand behind it', () => {
    const world = withoutDefault(BY_NAT, TABLE_PUBLIC)
    expect(told(world)).toEqual([`${ID} ${TABLE_PUBLIC}`])
    const [finding] = findingsOf(world, ID)
    expect(finding.what.en).toContain(`from ${PUBLIC_A}, ${PUBLIC_C} to an internet gateway`)
    expect(commandsOf(finding)).toEqual([
      `aws ec2 create-route --route-table-id ${TABLE_PUBLIC} --destination-cidr-block 0.0.0.0/0 --gateway-id ${GATEWAY}`,
    ])
    expect(told(byOneGateway(world))).toEqual([`${ID} ${NAT_A}`])
  })

  test('a route that leads elsewhere is replaced, and a missing internet gateway is made', () => {
    const dead = change(BY_NAT, 'routeTables', TABLE_PUBLIC, ({ routes }) => ({
      routes: [...routes.slice(0, 1), route('0.0.0.0/0', 'internet-gateway', GATEWAY, { state: 'blackhole' })],
    }))
    expect(commandsOf(findingsOf(dead, ID)[0])[0]).toContain('replace-route')
    expect(commandsOf(findingsOf(without(dead, 'internetGateways', GATEWAY), ID)[0])).toEqual([
      'INTERNET_GATEWAY=$(aws ec2 create-internet-gateway)',
      `aws ec2 attach-internet-gateway --internet-gateway-id "$INTERNET_GATEWAY" --vpc-id ${VPC}`,
      `aws ec2 replace-route --route-table-id ${TABLE_PUBLIC} --destination-cidr-block 0.0.0.0/0 --gateway-id "$INTERNET_GATEWAY"`,
    ])
  })

  test('where no subnet is public, the new gateway is a regional one', () => {
    const [finding] = findingsOf(withoutDefault(byOneGateway(FAILED), TABLE_PUBLIC), ID)
    expect(commandsOf(finding)[0]).toBe(
      `NAT_GATEWAY=$(aws ec2 create-nat-gateway --availability-mode regional --vpc-id ${VPC})`,
    )
    const gone = without(withoutDefault(byOneGateway(FAILED), TABLE_PUBLIC), 'internetGateways', GATEWAY)
    expect(commandsOf(findingsOf(gone, ID)[0])[0]).toContain('create-internet-gateway')
  })

  test('where the gateway stands among the subnets it serves, their table cannot lead to both', () => {
    const alone = byOneGateway(change(BY_NAT, 'natGateways', NAT_A, { subnetId: A }))
    const fault = {
      kind: 'nat-gateway-without-internet',
      natGatewayId: NAT_A,
      subnetId: A,
      routeTableId: TABLE_A,
    } as const
    const paths = pathsOf(alone).map(
      (path): Path => ({
        ...path,
        outcome: 'blocked',
        hops: [{ at: 'nat-gateway', id: NAT_A, decision: 'deny', reason: ['alone'], why: { en: '', ko: '' }, fault }],
      }),
    )
    const [finding] = onlyThis(natGatewayBroken, alone, paths)
    expect(finding?.subject).toBe(NAT_A)
    expect(commandsOf(finding)[1]).toContain(`create-nat-gateway --subnet-id ${PUBLIC_A}`)
  })

  test('found for a regional gateway whose own table leads nowhere', () => {
    const own = 'rtb-0a1b2c3d4e5f60020'
    const regional = { subnetId: null, availability: 'regional', routeTableId: own }
    const world = withNetwork(byOneGateway(change(BY_NAT, 'natGateways', NAT_A, regional)), {})
    const { routeTables } = world.network
    const tables = routeTables.known ? routeTables.value : []
    const leading = (routes: Parameters<typeof table>[2]) =>
      withNetwork(world, { routeTables: { known: true, value: [...tables, table(own, [], routes)] } })
    expect(judge(leading([route('0.0.0.0/0', 'internet-gateway', GATEWAY)])).findings).toEqual([])
    expect(told(leading([]))).toEqual([`${ID} ${NAT_A}`])
    expect(findingsOf(leading([]), ID)[0].what.en).toContain('No route leads from regional')
    expect(commandsOf(findingsOf(leading([]), ID)[0])[0]).toContain(`create-route --route-table-id ${own}`)
  })

  test('a regional gateway that leads out takes over', () => {
    const own = 'rtb-0a1b2c3d4e5f60020'
    const regional = { subnetId: null, availability: 'regional', routeTableId: own }
    const world = (routes: Parameters<typeof table>[2]) =>
      add(change(FAILED, 'natGateways', NAT_C, regional), 'routeTables', table(own, [], routes))
    expect(commandsOf(findingsOf(world([route('0.0.0.0/0', 'internet-gateway', GATEWAY)]), ID)[0])[0]).toContain(
      `--nat-gateway-id ${NAT_C}`,
    )
    expect(commandsOf(findingsOf(world([]), ID)[0])[0]).toContain('allocate-address')
  })

  test('clear with both available', () => {
    expect(judge(change(FAILED, 'natGateways', NAT_A, { state: 'available' }))).toEqual({ findings: [], unknowns: [] })
  })

  test('unknown where the network could not be read', () => {
    expect(unknownOf(BY_NAT, ID, 'network')).toEqual(['ec2:DescribeVpcs'])
  })
})
