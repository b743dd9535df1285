import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import type { ResolverRule } from '../../../src/domain/network.ts'
import type { Finding } from '../../../src/domain/report.ts'
import { expectPages } from '../page.ts'
import { BY_ENDPOINTS, BY_NAT, findingsOf, told, VPC, type World, withNetwork } from '../world.ts'

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
const ruledBy = (world: World, ...rules: readonly ResolverRule[]) =>
  withNetwork(world, { resolver: { ...world.network.resolver, rules: known(rules) } })
const ruled = (...rules: readonly ResolverRule[]) => ruledBy(BY_NAT, ...rules)
/** The same start by interface endpoints, whose private DNS answers for the names of ECR. */
const byEndpoints = (...rules: readonly ResolverRule[]) => ruledBy(BY_ENDPOINTS, ...rules)

const findingOf = (world: World): Finding => findingsOf(world, ID)[0]

describe(ID, () => {
  test('finds a rule that forwards the names of AWS', () => {
    const world = ruled(rule('amazonaws.com'))
    expect(told(world)).toEqual(FOUND)
    const finding = findingOf(world)
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
    )
    expect(finding.subject).toBe('rslvr-rr-3')
    expect(told(ruled(rule('amazonaws.com'), kept))).toEqual([])
  })

  test('an endpoint’s private DNS is more specific than a rule for the domain above it', () => {
    const hosts = findingOf(byEndpoints(rule('amazonaws.com'))).what.en
    expect(hosts).toContain('s3.ap-northeast-2')
    expect(hosts).not.toContain('api.ecr')
    expect(hosts).not.toContain('dkr.ecr')
    const exact = findingOf(byEndpoints(rule('dkr.ecr.ap-northeast-2.amazonaws.com'))).what.en
    expect(exact).toContain('dkr.ecr')
  })
})
