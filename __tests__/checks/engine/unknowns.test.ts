/** A fact that could not be read is told once, of all the checks that wanted it. */
import { describe, expect, test } from '@jest/globals'
import { checksKept, distinct, keptByPaths } from '../../../src/checks/engine/unknowns.ts'
import { CHECKS } from '../../../src/checks/index.ts'
import type { Unknown } from '../../../src/domain/report.ts'

function unknown(change: Partial<Unknown>): Unknown {
  return {
    check: 'blackhole-route',
    step: 'routes',
    reason: ['routeTables-unread'],
    because: { en: 'could not read the routes', ko: '읽지 못한 항목: 경로' },
    permission: 'ec2:DescribeRouteTables',
    matters: false,
    ...change,
  }
}

describe('the same fact in one step', () => {
  test('is one unknown of every check, and matters where it matters to one', () => {
    const merged = distinct([unknown({}), unknown({ check: 's3-route-missing', matters: true }), unknown({})])
    expect(merged).toEqual([unknown({ checks: ['blackhole-route', 's3-route-missing'], matters: true })])
  })

  test.each([
    ['in another step', { step: 'endpoints' }],
    ['for another permission', { permission: null }],
    ['for another reason', { reason: ['endpoints-unread'] }],
  ] as const)('%s it is another', (_, change) => {
    expect(distinct([unknown({}), unknown(change)])).toHaveLength(2)
  })

  test('is of its own check where it names no other', () => {
    expect(checksKept(unknown({}))).toEqual(['blackhole-route'])
  })
})

describe('a fact that the paths missed', () => {
  const kept = (change: Partial<Unknown>) => checksKept(keptByPaths([unknown(change)], CHECKS)[0] ?? unknown({}))

  test('keeps those from judging that read the same, in every step but the configuration', () => {
    expect(kept({})).toEqual(
      expect.arrayContaining(['blackhole-route', 's3-route-missing', 'endpoint-missing', 'nat-gateway-broken']),
    )
    expect(kept({ permission: 'ec2:DescribeSubnets' })).toContain('subnet-nearly-full')
    expect(kept({ permission: 'ec2:DescribeSubnets' })).not.toContain('efs-mount-target-missing-in-zone')
    expect(kept({})).not.toContain('network-acl-closed')
  })

  test('keeps those who count the subnets, where a path came to no end', () => {
    const counting = ['service-spans-good-and-bad-subnets', 'stuck-by-bad-subnets', 'circuit-breaker-cannot-trip']
    expect(kept({ permission: null, matters: true })).toEqual(expect.arrayContaining(counting))
    expect(kept({ permission: null })).toEqual(['blackhole-route'])
  })
})
