import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import type { Change } from '../../../src/domain/change.ts'
import type { CustomerKey } from '../../../src/domain/role.ts'
import { ACCOUNT, HEALTHY, REGION } from '../../checks/configuration-world.ts'
import { factAfter, facts } from '../facts.ts'
import { expectForms } from '../forms.ts'

const ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/0aaaaaaa-1111-2222-3333-444444444444`
const KEY = { keyId: ARN, region: REGION }
const CANCEL: Change = { kind: 'cancel-key-deletion', ...KEY }
const ENABLE: Change = { kind: 'enable-key', ...KEY }
const PUT: Change = { kind: 'put-key-policy', ...KEY, policy: '{"Version":"2012-10-17","Statement":[]}' }
const keyOf = (arn: string, region = REGION): CustomerKey => ({
  id: arn,
  region,
  key: known({ arn, state: 'PendingDeletion', deletionAt: 1 }),
  policy: known('{}'),
})
const WORLD = {
  ...facts(),
  role: known({ ...HEALTHY.role, customerKeys: [keyOf(ARN), keyOf(`${ARN}5`), keyOf(ARN, 'us-east-1')] }),
}

describe('cancel-key-deletion, enable-key, put-key-policy', () => {
  test('in three forms', () => {
    expectForms('cancel-key-deletion', { 'a key': [CANCEL] })
    expectForms('enable-key', { 'a key': [ENABLE] })
    expectForms('put-key-policy', { 'a key': [PUT] })
  })

  test('a key that is kept is disabled until it is enabled, and no other one is touched', () => {
    const states = (...changes: readonly Change[]) => {
      const role = factAfter(WORLD, 'role', ...changes)
      if (role === null || typeof role === 'string' || !('customerKeys' in role)) throw new Error('not made')
      return role.customerKeys.map(({ key }) => (key.known ? [key.value.state, key.value.deletionAt] : null))
    }
    const others = [
      ['PendingDeletion', 1],
      ['PendingDeletion', 1],
    ]
    expect(states(CANCEL)).toEqual([['Disabled', null], ...others])
    expect(states(CANCEL, ENABLE)).toEqual([['Enabled', null], ...others])
  })

  test('a policy takes the place of the one before', () => {
    expect(factAfter(WORLD, 'role', PUT)).toMatchObject({
      customerKeys: [{ policy: known('{"Version":"2012-10-17","Statement":[]}') }, { policy: known('{}') }, {}],
    })
  })
})
