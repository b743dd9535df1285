import { describe, expect, test } from '@jest/globals'
import { unread } from '../../../src/domain/answer.ts'
import { expectPages } from '../page.ts'
import { ACCOUNT, findingOf, INFRASTRUCTURE_ROLE, told, trusting, USES, unsure, using } from '../role-world.ts'

const ID = 'infrastructure-role-not-found'
const FOUND = [`${ID} ${INFRASTRUCTURE_ROLE}`]
const HOOK = USES['a lifecycle hook'] ?? {}
const GONE = { role: unread('not-found', 'iam:GetRole'), simulation: unread('not-found', '') }

describe(ID, () => {
  test('finds the role of a hook that is gone, and says nothing else about it', () => {
    expect([told(using(HOOK, GONE)), unsure(using(HOOK, GONE))]).toEqual([FOUND, []])
    expectPages(findingOf(using(HOOK, GONE), ID))
  })

  test.each(Object.entries(USES))('of %s', (_, use) => {
    expect([told(using(use, GONE)), told(using(use))]).toEqual([FOUND, []])
  })

  test('finds one of another path, and names it', () => {
    const arn = `arn:aws:iam::${ACCOUNT}:role/ecs/ecsInfrastructure`
    const world = using(HOOK, { role: trusting('ecs.amazonaws.com', { arn }) })
    expect(told(world)).toEqual(FOUND)
    expect(
      findingOf(world, ID)
        .remedy.console.map(({ en }) => en)
        .join(),
    ).toContain(arn)
  })

  test('cannot tell where it may not be read', () => {
    const denied = { role: unread('denied', 'iam:GetRole'), simulation: unread('denied', '') }
    expect(unsure(using(HOOK, denied))).toContain(
      `${ID}*: could not read the role ${INFRASTRUCTURE_ROLE}: access was denied`,
    )
  })
})
