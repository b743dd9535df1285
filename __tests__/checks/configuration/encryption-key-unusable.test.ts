import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import type { CustomerKey } from '../../../src/domain/role.ts'
import {
  ACCOUNT,
  type ConfiguredWorld,
  findingOf,
  GONE,
  HEALTHY,
  REGION,
  SECRET,
  told,
  unsure,
} from '../configuration-world.ts'
import { expectPages } from '../page.ts'

const ID = 'encryption-key-unusable'
const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/0aaaaaaa-1111-2222-3333-444444444444`
const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'kms:*', Resource: '*' }],
})

function encrypted(key: CustomerKey['key']): ConfiguredWorld {
  const keys = [{ id: SECRET, service: 'secretsmanager' as const, region: REGION, keyId: known(KEY) }]
  return {
    ...HEALTHY,
    role: { ...HEALTHY.role, keys, customerKeys: [{ id: KEY, region: REGION, key, policy: known(POLICY) }] },
  }
}
const inState = (state: string) => encrypted(known({ arn: KEY, state, deletionAt: null }))

describe(ID, () => {
  test('finds a key that waits for its deletion, and gives what takes it back', () => {
    const world = encrypted(known({ arn: KEY, state: 'PendingDeletion', deletionAt: Date.parse('2026-12-07') }))
    expect(told(world)).toEqual([`${ID} ${KEY}`])
    expect(findingOf(world, ID).remedy).toMatchObject({
      changes: [{ kind: 'cancel-key-deletion' }, { kind: 'enable-key' }],
      verified: true,
    })
    expectPages(findingOf(world, ID))
  })

  test('finds a disabled key, which is enabled', () => {
    expect(findingOf(inState('Disabled'), ID).remedy).toMatchObject({
      changes: [{ kind: 'enable-key' }],
      verified: true,
    })
  })

  test.each(['PendingImport', 'Unavailable', 'Creating', 'PendingReplicaDeletion'])('finds the state %s', (state) => {
    expect(told(inState(state))).toEqual([`${ID} ${KEY}`])
  })

  test.each(['Enabled', 'Updating'])('clear in the state %s', (state) => {
    expect([told(inState(state)), unsure(inState(state), ID)]).toEqual([[], []])
  })

  test('finds a key that is gone', () => {
    expect(told(encrypted(GONE))).toEqual([`${ID} ${KEY}`])
  })

  test('cannot tell where the key may not be read, or is in a state of years to come', () => {
    expect(unsure(encrypted(unread('denied', 'kms:DescribeKey')), ID)).toEqual([['kms:DescribeKey', true]])
    expect(unsure(inState('Dreaming'), ID)).toEqual([[null, true]])
  })
})
