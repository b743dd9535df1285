import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import type { CustomerKey } from '../../../src/domain/role.ts'
import { expectPages } from '../page.ts'
import {
  ACCOUNT,
  findingOf,
  HEALTHY,
  KEY,
  OTHER,
  REGION,
  ROLE,
  type RoleWorld,
  SECRET,
  simulated,
  simulating,
  told,
  unsure,
  withContainer,
  withRole,
} from '../role-world.ts'

const ID = 'key-policy-denies'
const FOUND = [`${ID} ${KEY}`]
const ROOT = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' }
const via = (service: string, account = ACCOUNT) => ({
  Effect: 'Allow',
  Principal: { AWS: '*' },
  Action: ['kms:Decrypt', 'kms:DescribeKey'],
  Resource: '*',
  Condition: {
    StringEquals: { 'kms:ViaService': `${service}.${REGION}.amazonaws.com`, 'kms:CallerAccount': account },
  },
})
const deny = (principal: string) => ({ ...ROOT, Effect: 'Deny', Principal: { AWS: principal }, Action: 'kms:Decrypt' })
const allow = (principal: string) => ({ ...ROOT, Principal: { AWS: principal }, Action: 'kms:Decrypt' })

/** A secret that the key encrypts; `allowed`: the role's own policies let it decrypt. */
function encrypted(statements: readonly object[] | null, allowed = true): RoleWorld {
  const policy: CustomerKey['policy'] =
    statements === null
      ? unread('denied', 'kms:GetKeyPolicy')
      : known(JSON.stringify({ Version: '2012-10-17', Statement: statements }))
  const key = known({ arn: KEY, state: 'Enabled', deletionAt: null })
  const reading = simulating(
    withContainer(HEALTHY, { secrets: [{ name: 'DB', valueFrom: SECRET }] }),
    simulated('secretsmanager:GetSecretValue'),
    simulated('kms:Decrypt', allowed ? {} : { decision: 'implicitDeny', resource: KEY }),
  )
  return withRole(reading, {
    keys: [{ id: SECRET, service: 'secretsmanager', region: REGION, keyId: known(KEY) }],
    customerKeys: [{ id: KEY, region: REGION, key, policy }],
  })
}

describe(ID, () => {
  test('finds a Deny, which wins over what the role is allowed', () => {
    expect(told(encrypted([ROOT, deny(ROLE)]))).toEqual(FOUND)
    expectPages(findingOf(encrypted([ROOT, deny(ROLE)]), ID))
  })

  test.each([
    ['leaves the rights to the account', [ROOT]],
    ['names the role', [allow(ROLE)]],
    ['grants by the service that decrypts', [via('secretsmanager')]],
    ['denies somebody else', [ROOT, deny(`arn:aws:iam::${ACCOUNT}:role/other`)]],
  ])('is clear where it %s, and nothing stays unknown', (_, statements) => {
    expect([told(encrypted(statements)), unsure(encrypted(statements))]).toEqual([[], []])
  })

  test.each([
    ['names another role', [allow(`arn:aws:iam::${ACCOUNT}:role/other`)]],
    ['grants by another service', [via('rds')]],
    ['grants to another account', [via('secretsmanager', OTHER)]],
  ])('finds one that %s', (_, statements) => {
    expect(told(encrypted(statements))).toEqual(FOUND)
  })

  test('adds what is missing to the policy as it is; of a Deny the owner decides', () => {
    const other = allow(`arn:aws:iam::${ACCOUNT}:role/other`)
    const [change] = findingOf(encrypted([other]), ID).remedy.changes
    if (change?.kind !== 'put-key-policy') throw new Error('no policy')
    const { Statement } = JSON.parse(change.policy)
    expect(Statement[0]).toEqual(other)
    expect(told(encrypted(Statement))).toEqual([])
    expect(findingOf(encrypted([ROOT, deny(ROLE)]), ID).remedy.changes).toEqual([])
  })

  test('grants by itself to a role that no policy allows, and not by naming the account', () => {
    expect(told(encrypted([allow(ROLE)], false))).toEqual([])
    expect(told(encrypted([via('secretsmanager')], false))).toEqual([])
    expect(told(encrypted([ROOT], false))).toEqual([`execution-role-without-kms ${ROLE}`])
  })

  test('cannot tell where it may not be read', () => {
    expect(told(encrypted(null))).toEqual([])
    expect(unsure(encrypted(null))).toEqual([`${ID}*: could not read the policy of the key ${KEY}: access was denied`])
  })
})
