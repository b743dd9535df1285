import { describe, expect, test } from '@jest/globals'
import type { Change } from '../../../src/domain/change.ts'
import { BY_NAT, TABLE_A } from '../../checks/world.ts'
import { expectWords, networkAfter, oneAfter, withoutList } from '../kind.ts'

const DELETE: Change = { kind: 'delete-route', routeTableId: TABLE_A, destinationCidrBlock: '0.0.0.0/0' }

describe('delete-route', () => {
  test('in words', () => expectWords('delete-route', [DELETE]))

  test('the route goes, and no other', () => {
    const { routes } = oneAfter('routeTables', TABLE_A, BY_NAT, DELETE)
    expect(routes.map(({ destination }) => destination)).toEqual(['10.0.0.0/16'])
  })

  test('AWS refuses a route that is not there', () => {
    expect(networkAfter(BY_NAT, { ...DELETE, destinationCidrBlock: '10.9.0.0/16' })).toBe('InvalidRoute.NotFound')
    expect(networkAfter(withoutList(BY_NAT, 'routeTables'), DELETE)).toBeNull()
  })
})
