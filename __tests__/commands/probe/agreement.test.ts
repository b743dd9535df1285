import { describe, expect, test } from '@jest/globals'
import { agreementWith, hasAnswered, resolvedToWhat } from '../../../src/commands/probe/agreement.ts'
import type { Hop, Outcome, Path } from '../../../src/domain/path.ts'
import type { Connect, ResolvedTo } from '../../../src/domain/probe.ts'

const TEXT = { en: '', ko: '' }

function path(outcome: Outcome, ...denied: readonly Hop['at'][]): Path {
  const hops = denied.map((at): Hop => ({ at, id: null, decision: 'deny', reason: ['x'], why: TEXT }))
  const from = {
    kind: 'task-eni',
    subnetId: 'subnet-1',
    availabilityZone: 'a',
    securityGroupIds: [],
    publicIp: false,
  } as const
  const via = { kind: 'none', id: null } as const
  return { from, destination: 'logs', host: 'logs.test', port: 443, neededBy: [], required: true, via, outcome, hops }
}

describe('an attempt and what was foretold', () => {
  test.each<[Path, Connect, ResolvedTo | null, boolean | null]>([
    [path('reachable'), 'connected', 'endpoint', true],
    [path('reachable'), 'refused', 'endpoint', false],
    [path('reachable'), 'timed-out', 'public', false],
    [path('reachable'), 'tls-failed', 'public', false],
    [path('reachable'), 'not-tried', 'nothing', false],
    [path('reachable'), 'not-tried', 'public', null],
    [path('reachable'), 'not-tried', null, null],
    [path('degraded'), 'connected', 'endpoint', true],
    [path('degraded'), 'timed-out', 'endpoint', false],
    [path('blocked', 'route'), 'timed-out', 'public', true],
    [path('blocked', 'dns'), 'not-tried', 'nothing', true],
    [path('blocked', 'route'), 'connected', 'public', false],
    [path('blocked', 'endpoint-policy'), 'connected', 'endpoint', true],
    [path('blocked', 'endpoint-policy'), 'timed-out', 'endpoint', false],
    [path('blocked', 'route', 'endpoint-policy'), 'connected', 'endpoint', false],
    [path('intermittent'), 'connected', 'public', true],
    [path('intermittent'), 'timed-out', 'public', true],
    [path('indeterminate'), 'connected', 'public', null],
    [path('indeterminate'), 'timed-out', 'public', null],
  ])('%#', (foretold, connect, is, agrees) => {
    expect(agreementWith(foretold, { connect, is })).toBe(agrees)
  })

  test('who was not asked has not been silent', () => {
    expect(hasAnswered({ connect: 'not-tried', is: 'public' })).toBeNull()
    expect(hasAnswered({ connect: 'not-tried', is: 'nothing' })).toBe(false)
  })
})

describe('what a name leads to', () => {
  const endpoints = new Set(['10.0.1.4', '10.0.2.4'])

  test.each<[readonly string[], boolean, ResolvedTo | null]>([
    [['10.0.1.4', '10.0.2.4'], true, 'endpoint'],
    [['10.0.1.4', '10.0.3.9'], true, 'private'],
    [['10.0.1.4', '52.95.110.1'], true, 'public'],
    [['2600:1f13::1'], true, 'public'],
    [['fd00::1'], true, 'private'],
    [[], true, 'nothing'],
    [[], false, null],
  ])('%j', (addresses, wasAsked, is) => {
    expect(resolvedToWhat(addresses, wasAsked, endpoints)).toBe(is)
  })
})
