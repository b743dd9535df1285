import { describe, expect, test } from '@jest/globals'
import { rareOverrides } from '../../../src/checks/engine/path-unknowns.ts'
import { known, unread } from '../../../src/domain/answer.ts'
import type { FirewallRule } from '../../../src/domain/network.ts'
import { expectPages } from '../page.ts'
import {
  ACCOUNT,
  BY_ENDPOINTS,
  BY_NAT,
  findingsOf,
  pathsOf,
  REGION,
  told,
  VPC,
  type World,
  withContainer,
  withNetwork,
} from '../world.ts'

const ID = 'dns-firewall-blocks-name'
const GROUP = 'rslvr-frg-0a1b2c3d4e5f6001'
const LIST = 'rslvr-fdl-0a1b2c3d4e5f6001'
const FOUND = [`${ID} ${GROUP}`]
const REGISTRY = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`
const LAYERS = `prod-${REGION}-starport-layer-bucket.s3.${REGION}.amazonaws.com`

function firewallRule(action: string, domains: readonly string[], changes: Partial<FirewallRule> = {}): FirewallRule {
  return {
    vpcId: VPC,
    ruleGroupId: GROUP,
    priority: 1,
    action,
    blockResponse: action === 'block' ? 'nxdomain' : null,
    trustsRedirection: false,
    queryType: null,
    domainListId: LIST,
    domains: known(domains),
    ...changes,
  }
}
const block = (domains: readonly string[], changes?: Partial<FirewallRule>) => firewallRule('block', domains, changes)
const allow = (domains: readonly string[], changes?: Partial<FirewallRule>) => firewallRule('allow', domains, changes)

function behind(world: World, ...rules: readonly FirewallRule[]): World {
  return withNetwork(world, { resolver: { ...world.network.resolver, firewallRules: known(rules) } })
}

const outcomes = (world: World, destination: string) => [
  ...new Set(
    pathsOf(world)
      .filter((path) => path.destination === destination)
      .map(({ outcome }) => outcome),
  ),
]

describe(ID, () => {
  test('finds the rule that blocks the names of AWS', () => {
    const world = behind(BY_NAT, block(['*.amazonaws.com']))
    expect(told(world)).toEqual(FOUND)
    const [finding] = findingsOf(world, ID)
    expect(finding.what.en).toContain(`blocks by its list ${LIST}: api.ecr.${REGION}.amazonaws.com, ${REGISTRY}`)
    expectPages(finding)
  })

  test.each<[string, World, readonly FirewallRule[], readonly string[]]>([
    ['every name', BY_NAT, [block(['*'])], FOUND],
    ['the very name', BY_NAT, [block([REGISTRY])], FOUND],
    ['a name that an endpoint of the VPC answers', BY_ENDPOINTS, [block([`*.dkr.ecr.${REGION}.amazonaws.com`])], FOUND],
    ['the domain itself, and no name below it', BY_NAT, [block(['amazonaws.com'])], []],
    ['a name that only ends alike', BY_NAT, [block(['*.aws.com', 'mazonaws.com'])], []],
    ['names of another VPC', BY_NAT, [block(['*'], { vpcId: 'vpc-0ffffffffffffffff' })], []],
    ['only IPv6 addresses', BY_NAT, [block(['*'], { queryType: 'AAAA' })], []],
    ['IPv4 addresses', BY_NAT, [block(['*'], { queryType: 'A' })], FOUND],
    ['what an earlier rule allows', BY_NAT, [allow(['*.amazonaws.com']), block(['*'])], []],
    ['what an earlier rule only reports', BY_NAT, [firewallRule('alert', ['*.amazonaws.com']), block(['*'])], []],
    ['what a later rule allows', BY_NAT, [block(['*']), allow(['*.amazonaws.com'])], FOUND],
    ['nothing, by an action that is new', BY_NAT, [firewallRule('something-new', ['*'])], []],
  ])('a rule that blocks %s', (_, world, rules, expected) => {
    expect(told(behind(world, ...rules))).toEqual(expected)
  })

  describe('what a name leads on to is looked at too', () => {
    const OWN = allow([`api.ecr.${REGION}.amazonaws.com`, REGISTRY, LAYERS, `logs.${REGION}.amazonaws.com`])

    test('a bucket’s name may be allowed and the host that it leads to blocked: that cannot be told', () => {
      const world = behind(BY_NAT, OWN, block(['*']))
      expect([told(world), outcomes(world, 's3-layers'), outcomes(world, 'ecr-dkr')]).toEqual([
        [],
        ['indeterminate'],
        ['reachable'],
      ])
    })

    test.each<[string, readonly FirewallRule[]]>([
      ['is trusted', [{ ...OWN, trustsRedirection: true }, block(['*'])]],
      ['is allowed as well', [OWN, allow([`s3-r-w.${REGION}.amazonaws.com`]), block(['*'])]],
      ['is not blocked', [OWN, block(['*.example.com'])]],
    ])('where it %s the name resolves', (_, rules) => {
      const world = behind(BY_NAT, ...rules)
      expect([told(world), outcomes(world, 's3-layers')]).toEqual([[], ['reachable']])
    })

    test('where the name of a foreign registry leads nobody can say, unless it is trusted', () => {
      const foreign = withContainer(BY_NAT, { image: 'quay.io/team/web:1' })
      const hosts = allow(['*.amazonaws.com', 'quay.io', '*.quay.io'])
      const outcomeOf = (world: World) => outcomes(world, 'registry:quay.io')
      expect(outcomeOf(behind(foreign, hosts, block(['*'])))).toEqual(['indeterminate'])
      expect(outcomeOf(behind(foreign, { ...hosts, trustsRedirection: true }, block(['*'])))).toEqual(['reachable'])
      expect(outcomeOf(behind(foreign, hosts))).toEqual(['reachable'])
      expect(outcomeOf(behind(foreign, hosts, allow(['*']), block(['*.example.com'])))).toEqual(['reachable'])
    })
  })

  test.each<[string, World, string | null]>([
    [
      'the firewall',
      withNetwork(BY_NAT, {
        resolver: { ...BY_NAT.network.resolver, firewallRules: unread('denied', 'route53resolver:ListFirewallRules') },
      }),
      'route53resolver:ListFirewallRules',
    ],
    [
      'a list that a rule blocks by',
      behind(BY_NAT, block([], { domains: unread('denied', 'route53resolver:ListFirewallDomains') })),
      'route53resolver:ListFirewallDomains',
    ],
    [
      'a list that a rule allows by',
      behind(BY_NAT, allow([], { domains: unread('denied', 'route53resolver:ListFirewallDomains') })),
      null,
    ],
  ])('%s that could not be read is one line that decides nothing', (_, world, permission) => {
    const lines = rareOverrides(world.network).map((one) => [one.check, one.permission, one.matters])
    expect(lines).toEqual(permission === null ? [] : [[ID, permission, false]])
    expect(told(world)).toEqual([])
  })
})
