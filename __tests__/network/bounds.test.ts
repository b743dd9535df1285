/** However many rules, routes and subnets there are: the right answer, in time that grows as they do, or one that names AWS's limit. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { splitSubnets } from '../../src/deployment/subnet-split.ts'
import { known } from '../../src/domain/answer.ts'
import type { NetworkAclEntry, Route, SecurityGroupRule } from '../../src/domain/network.ts'
import { formatPoint, formatRanges, parseBlock, rangesOf } from '../../src/network/addresses.ts'
import { tableIdsOf } from '../../src/network/lookup.ts'
import { indexNetwork } from '../../src/network/network-index.ts'
import { has, unionAll } from '../../src/network/ranges.ts'
import { judgePaths } from '../../src/network/reachability/judge.ts'
import { lookUp } from '../../src/network/routes.ts'
import { openingOf } from '../../src/network/security-groups.ts'
import { startupNeeds } from '../../src/task-start/startup-needs.ts'
import {
  A,
  ACL_A,
  BY_ENDPOINTS,
  BY_NAT,
  change,
  ENDPOINT_GROUP,
  GATEWAY,
  NAT_A,
  pathsOf,
  REGION,
  route,
  rule,
  S3_LIST,
  subnet,
  TABLE_A,
  TABLE_PUBLIC,
  TASK_GROUP,
  type World,
  withNetwork,
  withService,
} from '../checks/world.ts'
import { draws } from '../draws.ts'
import { growth } from '../growth.ts'
import { answer, ask } from './asking.ts'

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n)
/** Every second address, so that none joins its neighbour. */
const host = (n: number) => `${formatPoint(10 * 2 ** 24 + 2 * n)}/32`

describe('security groups', () => {
  const ofRules = (count: number): World =>
    change(BY_ENDPOINTS, 'securityGroups', TASK_GROUP, {
      ingress: numbers(count).map((n) => rule({ cidrs: [host(n)] })),
    })
  const opening = ({ network }: World) => openingOf(indexNetwork(network), [TASK_GROUP], 'ingress', 'tcp', 443)

  test('of as many rules as AWS permits open what each of them opens', () => {
    const { rules, addresses, missing } = opening(ofRules(2_000))
    expect([rules.length, missing]).toEqual([2_000, null])
    const open = addresses(4)
    expect(open).toHaveLength(4_000)
    expect([0, 1, 3_998, 3_999].map((n) => has(open, 10 * 2 ** 24 + n))).toEqual([true, false, true, false])
  })

  test.each<readonly [string, number, readonly Partial<SecurityGroupRule>[]]>([
    ['blocks in one rule', 1_000_000, [{ cidrs: numbers(1_000_000).map(host) }]],
    ['rules', 1_000_000, numbers(1_000_000).map(() => ({ cidrs: ['0.0.0.0/0'] }))],
    ['rules of nothing', 200_000, numbers(200_000).map(() => ({}))],
    ['groups that are let in', 2_001, [{ groupIds: numbers(2_001).map((n) => `sg-${n}`) }]],
  ])('with more %s than AWS permits open nothing for sure, and close nothing', (_, count, rules) => {
    const world = change(BY_ENDPOINTS, 'securityGroups', ENDPOINT_GROUP, { ingress: rules.map((one) => rule(one)) })
    const paths = pathsOf(world).filter(({ via }) => via.kind === 'interface-endpoint')
    expect(new Set(paths.map(({ outcome }) => outcome))).toEqual(new Set(['indeterminate']))
    const [said] = paths.flatMap(({ hops }) => hops.filter(({ decision }) => decision === 'unknown'))
    expect(said).toMatchObject({
      why: {
        en: expect.stringContaining(
          `${ENDPOINT_GROUP} has ${count} inbound rules, and AWS permits 2000, 1000 of each family`,
        ),
      },
      missing: { permission: null },
    })
  })

  test('count the entries of the prefix lists that they name', () => {
    const world = (entries: number) =>
      change(
        change(BY_ENDPOINTS, 'securityGroups', TASK_GROUP, { ingress: [rule({ prefixListIds: [S3_LIST] })] }),
        'prefixLists',
        S3_LIST,
        {
          entries: known(numbers(entries).map(host)),
        },
      )
    expect([opening(world(2_000)).missing, opening(world(2_001)).missing?.reason]).toEqual([
      null,
      ['security-group-over-quota', TASK_GROUP, 'ingress', 2_001],
    ])
  })

  test('blocks become addresses in time that grows as they do', () => {
    const made = new Map([50_000, 200_000].map((count) => [count, numbers(count).map(host)]))
    expect(rangesOf(made.get(200_000) ?? [], 4)).toHaveLength(400_000)
    expect(growth((count) => void rangesOf(made.get(count) ?? [], 4), 50_000)).toBeLessThan(10)
  })

  test('are read once for all interfaces that have them', () => {
    const index = indexNetwork(BY_ENDPOINTS.network)
    const open = (...ids: readonly string[]) => openingOf(index, ids, 'ingress', 'tcp', 443)
    expect(open(TASK_GROUP, ENDPOINT_GROUP)).toBe(open(TASK_GROUP, ENDPOINT_GROUP))
    expect(open(TASK_GROUP)).not.toBe(open(ENDPOINT_GROUP))
  })

  test('hold the same addresses however their blocks lie', () => {
    const block = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([ip, size]) => `${ip}/${size}`)
    fc.assert(
      fc.property(
        fc.array(fc.oneof(block, fc.ipV4(), fc.ipV6(), fc.constant('10.0.0')), { maxLength: 12 }),
        (cidrs) => {
          const blocks = cidrs.map(parseBlock).flatMap((one) => (one?.family === 4 ? [one.ranges] : []))
          expect(rangesOf(cidrs, 4)).toEqual(unionAll(blocks))
        },
      ),
      { numRuns: draws(500) },
    )
  })

  test('are named by their first blocks alone', () => {
    expect(formatRanges(rangesOf(numbers(1_000).map(host), 4))).toBe('10.0.0.0/32, 10.0.0.2/32, 10.0.0.4/32, …')
    expect(formatRanges(rangesOf(numbers(3).map(host), 4))).toBe('10.0.0.0/32, 10.0.0.2/32, 10.0.0.4/32')
  })
})

describe('a network ACL', () => {
  const entry = (ruleNumber: number, egress: boolean, allow = true): NetworkAclEntry => ({
    ruleNumber,
    egress,
    allow,
    protocol: '-1',
    cidr: '0.0.0.0/0',
    ports: null,
  })
  /** The last rule of each direction lets everything through. */
  const ofEntries = (outbound: number, inbound: number): World =>
    change(BY_ENDPOINTS, 'networkAcls', ACL_A, {
      entries: [
        ...numbers(outbound).map((n) => ({
          ...entry(n, true, n === outbound - 1),
          ...(n < outbound - 1 ? { cidr: host(n) } : {}),
        })),
        ...numbers(inbound).map((n) => ({
          ...entry(n, false, n === inbound - 1),
          ...(n < inbound - 1 ? { cidr: host(n) } : {}),
        })),
      ],
    })
  const fromA = (world: World) => pathsOf(world).filter(({ from }) => from.subnetId === A)
  const outcomes = (world: World) => new Set(fromA(world).map(({ outcome }) => outcome))

  test('of as many rules as AWS permits is judged', () => {
    expect(outcomes(ofEntries(80, 80))).toEqual(new Set(['reachable']))
  })

  test.each([
    ['outbound', 200_000, 80],
    ['inbound', 80, 81],
  ] as const)('with more of them %s is not known', (direction, outbound, inbound) => {
    const paths = fromA(ofEntries(outbound, inbound))
    const count = direction === 'outbound' ? outbound : inbound
    expect(new Set(paths.map(({ outcome }) => outcome))).toEqual(new Set(['indeterminate']))
    const [said] = paths.flatMap(({ hops }) => hops.filter(({ decision }) => decision === 'unknown'))
    expect(said).toMatchObject({
      id: ACL_A,
      why: { en: `${ACL_A} has ${count} ${direction} rules, and AWS permits 80, 40 of each family` },
      missing: { permission: null },
    })
  })
})

describe('a route table', () => {
  const ofRoutes = (count: number): World =>
    change(BY_NAT, 'routeTables', TABLE_A, {
      routes: [
        route('10.0.0.0/16', 'local', 'local'),
        route('0.0.0.0/0', 'nat-gateway', NAT_A),
        ...numbers(count).map((n) => route(`${formatPoint(11 * 2 ** 24 + n)}/32`, 'transit-gateway', 'tgw-1')),
      ],
    })

  test('of many routes is judged', () => {
    expect(ask(ofRoutes(1_000), '93.184.216.34').outcome).toBe('reachable')
  })

  test.each([
    [
      'the table of a subnet',
      (routes: readonly Route[]) => change(BY_NAT, 'routeTables', TABLE_A, { routes }),
      TABLE_A,
    ],
    [
      'the table of a regional NAT gateway',
      (routes: readonly Route[]) =>
        change(
          change(BY_NAT, 'natGateways', NAT_A, { availability: 'regional', routeTableId: TABLE_PUBLIC }),
          'routeTables',
          TABLE_PUBLIC,
          { routes },
        ),
      TABLE_PUBLIC,
    ],
  ])('with more than AWS permits, %s, is not known', (_, world, table) => {
    const routes = [...numbers(200_000).map((n) => route(host(n), 'internet-gateway', GATEWAY))]
    const path = ask(world(routes), 'internet')
    expect(answer(path)).toEqual([
      'indeterminate',
      expect.stringContaining(`route-table-over-quota ${table} 200000 (nothing would tell)`),
    ])
    const [said] = path.hops.filter(({ decision }) => decision === 'unknown')
    expect(said?.why.en).toMatch(/leads to 200000 IPv4 blocks, and AWS permits 1,000 routes/)
  })

  test('is asked once for a set of addresses, whatever the number of subnets', () => {
    const index = indexNetwork(BY_NAT.network)
    const found = index.routeTableOf(subnet(A, 'a', '10.0.1.0/24'))
    if (found.is !== 'there') throw new Error('no table')
    const addresses = rangesOf(['10.0.1.0/24'], 4)
    expect(lookUp(index, found.value, addresses, 4)).toBe(lookUp(index, found.value, addresses, 4))
    expect(lookUp(index, found.value, [...addresses], 4)).not.toBe(lookUp(index, found.value, addresses, 4))
  })
})

describe('subnets', () => {
  const world = (count: number): World => {
    const more = numbers(count).map((n) => subnet(`subnet-${n}`, 'a', `10.0.${32 + (n >> 4)}.${(n & 15) * 16}/28`))
    const { subnets, routeTables } = BY_ENDPOINTS.network
    if (!subnets.known || !routeTables.known) throw new Error('nothing to add to')
    const ids = [A, ...more.map(({ id }) => id)]
    const grown = withNetwork(BY_ENDPOINTS, {
      subnets: { known: true, value: [...subnets.value, ...more] },
      routeTables: {
        known: true,
        value: routeTables.value.map((one) => (one.id === TABLE_A ? { ...one, subnetIds: ids } : one)),
      },
    })
    return withService(grown, {
      awsvpc: { subnetIds: ids, securityGroupIds: [TASK_GROUP], assignPublicIp: 'DISABLED' },
    })
  }

  test('are split as good and bad in time that grows as they do', () => {
    const [like] = pathsOf(BY_ENDPOINTS)
    if (like === undefined) throw new Error('no path')
    const paths = (count: number) =>
      numbers(count).map((n) => ({ ...like, from: { ...like.from, subnetId: `subnet-${n}` } }))
    expect(splitSubnets(paths(50)).good).toHaveLength(50)
    const made = new Map([2_000, 8_000].map((count) => [count, paths(count)]))
    expect(growth((count) => void splitSubnets(made.get(count) ?? []), 2_000)).toBeLessThan(10)
  })

  test('are looked up in time that grows as they do', () => {
    const worlds = new Map([1_000, 4_000].map((count) => [count, world(count)]))
    const ids = (count: number) => numbers(count).map((n) => `subnet-${n}`)
    expect(tableIdsOf(world(10).network, ids(10))).toEqual([TABLE_A])
    // A fresh object each time: what is kept for a network must not hide what making it costs.
    expect(
      growth((count) => void tableIdsOf({ ...(worlds.get(count) ?? BY_ENDPOINTS).network }, ids(count)), 1_000),
    ).toBeLessThan(10)
  })

  test('are judged in time that grows as they do', () => {
    const worlds = new Map([150, 600].map((count) => [count, world(count)]))
    expect(growth((count) => void pathsOf(worlds.get(count) ?? BY_ENDPOINTS), 150)).toBeLessThan(10)
    expect(pathsOf(worlds.get(600) ?? BY_ENDPOINTS)).toHaveLength(601 * (pathsOf(BY_ENDPOINTS).length / 2))
  })

  test('share what an endpoint’s policy says', () => {
    const asked = (count: number) => {
      const { network, service, taskDefinition, compute } = world(count)
      let times = 0
      const paths = judgePaths(
        indexNetwork(network),
        startupNeeds(service, taskDefinition, compute, REGION),
        () => () => {
          times += 1
          return null
        },
      )
      return { times, paths: paths.length }
    }
    const [few, many] = [asked(1), asked(40)]
    expect(many.paths).toBe((few.paths / 2) * 41)
    expect(many.times).toBe(few.times)
    expect(few.times).toBeGreaterThan(0)
  })
})
