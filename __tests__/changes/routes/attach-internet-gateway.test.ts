import { describe, expect, test } from '@jest/globals'
import type { Change } from '../../../src/domain/change.ts'
import { change, GATEWAY, IN_PUBLIC, route, TABLE_PUBLIC, VPC } from '../../checks/world.ts'
import { expectWords, networkAfter, oneAfter, withoutList } from '../kind.ts'

const CREATE: Change = { kind: 'create-internet-gateway', makes: 'internetGateway' }
const ATTACH_NEW: Change = {
  kind: 'attach-internet-gateway',
  internetGatewayId: { ref: 'internetGateway' },
  vpcId: VPC,
}
const ATTACH: Change = { kind: 'attach-internet-gateway', internetGatewayId: GATEWAY, vpcId: VPC }
const DETACHED = change(IN_PUBLIC, 'internetGateways', GATEWAY, { attachments: [] })

describe('create-internet-gateway, attach-internet-gateway', () => {
  test('in words', () => expectWords('attach-internet-gateway', [CREATE, ATTACH_NEW], [ATTACH]))

  test('a new one is attached', () => {
    expect(oneAfter('internetGateways', 'new-internetGateway', DETACHED, CREATE, ATTACH_NEW).attachments).toEqual([
      { vpcId: VPC, state: 'available' },
    ])
  })

  test('routes to one that was lost are blackholes no more', () => {
    const dead = change(DETACHED, 'routeTables', TABLE_PUBLIC, {
      routes: [route('0.0.0.0/0', 'internet-gateway', GATEWAY, { state: 'blackhole' })],
    })
    expect(oneAfter('routeTables', TABLE_PUBLIC, dead, ATTACH).routes[0]?.state).toBe('active')
  })

  test('AWS refuses a second one for a VPC, one of another VPC, and one that is not there', () => {
    expect(networkAfter(IN_PUBLIC, CREATE, ATTACH_NEW)).toBe('Resource.AlreadyAssociated')
    const elsewhere = [{ vpcId: 'vpc-1', state: 'available' }]
    expect(networkAfter(change(DETACHED, 'internetGateways', GATEWAY, { attachments: elsewhere }), ATTACH)).toBe(
      'Resource.AlreadyAssociated',
    )
    expect(networkAfter(DETACHED, { ...ATTACH, internetGatewayId: 'igw-1' })).toBe('InvalidInternetGatewayID.NotFound')
    expect(networkAfter(withoutList(DETACHED, 'internetGateways'), ATTACH)).toBeNull()
  })
})
