import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import type { ResolverRule } from '../../../src/domain/configuration.ts'
import { configured, DENIED, findingOf, HEALTHY, told, unsure, VPC } from '../configuration-world.ts'
import { expectPages } from '../page.ts'
import { BY_ENDPOINTS, withNetwork } from '../world.ts'

const ID = 'resolver-rule-diverts-name'
const RULE = 'rslvr-rr-0a1b2c3d4e5f60001'
const FOUND = [`${ID} ${RULE} (warning)`]
const rule = (domain: string, changes: Partial<ResolverRule> = {}): ResolverRule => ({
  id: RULE,
  vpcIds: [VPC],
  domain,
  type: 'forward',
  targets: ['10.9.0.53', '10.9.1.53'],
  ...changes,
})
const ruled = (...rules: readonly ResolverRule[]) => configured(HEALTHY, { resolverRules: known(rules) })
/** The same start by interface endpoints, whose private DNS answers for the names of ECR. */
const byEndpoints = (...rules: readonly ResolverRule[]) => ({
  ...ruled(...rules),
  ...BY_ENDPOINTS,
  service: { ...BY_ENDPOINTS.service, loadBalancers: [] },
  configuration: { ...ruled(...rules).configuration, targetGroups: [] },
})

describe(ID, () => {
  test('finds a rule that forwards the names of AWS', () => {
    const world = ruled(rule('amazonaws.com'))
    expect(told(world)).toEqual(FOUND)
    const finding = findingOf(world, ID)
    expect(finding.what.en).toContain('api.ecr.ap-northeast-2.amazonaws.com')
    expectPages(finding)
  })

  test.each<[string, ResolverRule, boolean]>([
    ['for every name', rule(''), true],
    ['for the very name', rule('api.ecr.ap-northeast-2.amazonaws.com'), true],
    ['for a name of your own', rule('corp.example.com'), false],
    ['for a name that only ends alike', rule('mazonaws.com'), false],
    ['of another VPC', rule('amazonaws.com', { vpcIds: ['vpc-0ffffffffffffffff'] }), false],
    ['that keeps the name', rule('amazonaws.com', { type: 'system' }), false],
    ['of a type that is new', rule('amazonaws.com', { type: 'something-new' }), false],
  ])('a rule %s', (_, one, found) => {
    expect(told(ruled(one))).toEqual(found ? FOUND : [])
  })

  test('the most specific rule wins', () => {
    const kept = rule('ap-northeast-2.amazonaws.com', { id: 'rslvr-rr-2', type: 'system' })
    const finding = findingOf(
      ruled(rule('amazonaws.com'), kept, rule('api.ecr.ap-northeast-2.amazonaws.com', { id: 'rslvr-rr-3' })),
      ID,
    )
    expect(finding.subject).toBe('rslvr-rr-3')
    expect(told(ruled(rule('amazonaws.com'), kept))).toEqual([])
  })

  test('an endpoint’s private DNS is more specific than a rule for the domain above it', () => {
    const hosts = findingOf(byEndpoints(rule('amazonaws.com')), ID).what.en
    expect(hosts).toContain('s3.ap-northeast-2')
    expect(hosts).not.toContain('api.ecr')
    expect(hosts).not.toContain('dkr.ecr')
    const exact = findingOf(byEndpoints(rule('dkr.ecr.ap-northeast-2.amazonaws.com')), ID).what.en
    expect(exact).toContain('dkr.ecr')
  })

  test('is unknown, without deciding, where nobody looked, unless DNS is at fault already', () => {
    const unlooked = configured(HEALTHY, { resolverRules: unread('unsupported', 'route53resolver:ListResolverRules') })
    expect(unsure(unlooked, ID)).toEqual([[null, false]])
    expect(unsure(configured(HEALTHY, { resolverRules: DENIED }), ID)).toEqual([[null, false]])
    const off = withNetwork(unlooked, { vpcDns: { [VPC]: { support: known(false), hostnames: known(true) } } })
    expect(unsure({ ...unlooked, ...off }, ID)).toEqual([])
  })
})
