import { describe, expect, test } from '@jest/globals'
import { unread } from '../../../src/domain/answer.ts'
import { HEALTHY, record } from '../../checks/role-world.ts'
import { factAfter, facts } from '../facts.ts'
import { expectForms } from '../forms.ts'

const CHANGE = {
  kind: 'update-assume-role-policy',
  roleName: 'ecsTaskExecutionRole',
  policyDocument: '{"Version":"2012-10-17","Statement":[]}',
} as const

describe('update-assume-role-policy', () => {
  test('the whole document', () => {
    expectForms('update-assume-role-policy', { 'of a role': [CHANGE] })
  })

  test('is the trust policy from then on', () => {
    expect(factAfter(facts(), 'role', CHANGE)).toMatchObject({
      execution: { role: { value: { trust: CHANGE.policyDocument } } },
    })
  })

  test('AWS refuses a role that is not there; one that could not be read stays so', () => {
    expect(factAfter(facts(), 'role', { ...CHANGE, roleName: 'nobody' })).toEqual({ refused: 'NoSuchEntity' })
    const execution = record({ role: unread('denied', 'iam:GetRole') })
    expect(factAfter(facts({ role: { ...HEALTHY.role, execution } }), 'role', CHANGE)).toBeNull()
  })
})
