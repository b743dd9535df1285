import { describe, expect, test } from '@jest/globals'
import type { Change } from '../../../src/domain/change.ts'
import { BY_ENDPOINTS, BY_NAT, change, NAT_C, TABLE_A } from '../../checks/world.ts'
import { expectWords, networkAfter, oneAfter, withoutList } from '../kind.ts'

const REPLACE: Change = {
  kind: 'replace-route',
  routeTableId: TABLE_A,
  destinationCidrBlock: '0.0.0.0/0',
  natGatewayId: NAT_C,
}

describe('replace-route', () => {
  test('in words', () => expectWords('replace-route', [REPLACE]))

  test('a blackhole becomes active again', () => {
    const dead = change(BY_NAT, 'routeTables', TABLE_A, ({ routes }) => ({
      routes: routes.map((route) => ({ ...route, state: 'blackhole' })),
    }))
    const { routes } = oneAfter('routeTables', TABLE_A, dead, REPLACE)
    expect(routes.filter(({ destination }) => destination === '0.0.0.0/0')).toEqual([
      {
        destination: '0.0.0.0/0',
        target: { kind: 'nat-gateway', id: NAT_C },
        state: 'active',
        propagated: false,
        firewall: null,
      },
    ])
  })

  test('AWS refuses a route that is not there, and a gateway of no VPC', () => {
    expect(networkAfter(BY_NAT, { ...REPLACE, destinationCidrBlock: '10.9.0.0/16' })).toBe('InvalidRoute.NotFound')
    expect(networkAfter(BY_ENDPOINTS, REPLACE)).toBe('InvalidParameterValue')
    expect(networkAfter(withoutList(BY_NAT, 'natGateways'), REPLACE)).toBeNull()
  })
})
