import { describe, expect, test } from '@jest/globals'
import { type Answer, known, unread } from '../../../src/domain/answer.ts'
import { expectPages } from '../page.ts'
import {
  ACCOUNT,
  findingOf,
  HEALTHY,
  KEY,
  MANAGED,
  OTHER,
  REGION,
  ROLE,
  reading,
  SECRET,
  simulated,
  simulating,
  told,
  UNREADABLE,
  unsure,
  withContainer,
  withExecution,
  withRole,
} from '../role-world.ts'

const ID = 'execution-role-without-kms'
const BLOCKED = [`${ID} ${ROLE}`]
const WARNED = [`${ID} ${ROLE} (warning)`]
const encryptedWith = (keyId: Answer<string | null>) =>
  simulating(
    withRole(withContainer(HEALTHY, { secrets: [{ name: 'DB', valueFrom: SECRET }] }), {
      keys: [{ id: SECRET, service: 'secretsmanager', region: REGION, keyId }],
    }),
    simulated('secretsmanager:GetSecretValue'),
  )
const decrypt = (decision: string, changes = {}) => simulated('kms:Decrypt', { decision, resource: KEY, ...changes })
const OWN = encryptedWith(known(KEY))

describe(ID, () => {
  test('warns of a role that may not decrypt: the key policy may let it', () => {
    const world = simulating(OWN, decrypt('implicitDeny'))
    expect(told(world)).toEqual(WARNED)
    expect(unsure(world)).toEqual([expect.stringMatching(/^execution-role-without-kms\*: The key policy of /)])
    expectPages(findingOf(world, ID))
  })

  test('is clear where it may, and where the key is AWS’s own', () => {
    expect(told(simulating(OWN, decrypt('allowed')))).toEqual([])
    expect(unsure(simulating(OWN, decrypt('allowed')))).toEqual([])
    expect(told(simulating(encryptedWith(known(null)), decrypt('implicitDeny')))).toEqual([])
  })

  test('blocks on a deny, and on a key of another account', () => {
    const theirs = KEY.replace(ACCOUNT, OTHER)
    expect(told(simulating(OWN, decrypt('explicitDeny', { decidedBy: ['no-kms'] })))).toEqual(BLOCKED)
    expect(told(simulating(encryptedWith(known(theirs)), decrypt('implicitDeny', { resource: theirs })))).toEqual(
      BLOCKED,
    )
  })

  test.each([
    ['the key', KEY, []],
    ['every key', '*', []],
    ['another key', `${KEY}0`, WARNED],
  ])('reads a policy for %s, given the id alone', (_, resource, expected) => {
    const world = withExecution(
      encryptedWith(known(KEY.slice(KEY.indexOf('/') + 1))),
      reading(
        { Effect: 'Allow', Action: [...MANAGED, 'secretsmanager:*'], Resource: '*' },
        { Effect: 'Allow', Action: 'kms:Decrypt', Resource: resource },
      ),
    )
    expect(told(world)).toEqual(expected)
  })

  test('an alias may be any key: all of them or nothing for sure', () => {
    const by = (resource: string) =>
      withExecution(
        encryptedWith(known('alias/secrets')),
        reading(
          { Effect: 'Allow', Action: [...MANAGED, 'secretsmanager:*'], Resource: '*' },
          { Effect: 'Allow', Action: 'kms:Decrypt', Resource: resource },
        ),
      )
    expect(unsure(by('*')).some((one) => one.startsWith(`${ID}*`))).toBe(false)
    expect(told(by(KEY))).toEqual([])
    expect(unsure(by(KEY)).some((one) => one.startsWith(`${ID}*`))).toBe(true)
  })

  test('cannot tell where neither simulator nor policies may be read', () => {
    expect(unsure(withExecution(OWN, UNREADABLE)).some((one) => one.startsWith(`${ID}*`))).toBe(true)
  })

  test('says so where the key is not known, and leaves the verdict alone', () => {
    const world = encryptedWith(unread('denied', 'secretsmanager:DescribeSecret'))
    expect(unsure(world)).toEqual([`${ID}: could not read the encryption key of ${SECRET}: access was denied`])
    expect(unsure(encryptedWith(unread('not-found', 'secretsmanager:DescribeSecret')))).toEqual([])
  })
})
