import { expect, test } from '@jest/globals'
import { leaseIn, leaseTag, mayTakeAway } from '../../src/domain/lease.ts'

const UNTIL = Date.parse('2026-05-04T10:00:00Z')

test('is the value of a tag, and is read again from it', () => {
  const tag = leaseTag({ owner: 'octo/shop deploy.yml', until: UNTIL })
  expect(tag).toBe('octo/shop deploy.yml until 2026-05-04T10:00:00Z')
  expect(leaseIn(tag)).toEqual({ owner: 'octo/shop deploy.yml', until: UNTIL })
})

test('what a tag does not take is no part of an owner, and the owner is known again', () => {
  const owner = `${'ü'.repeat(300)}; rm -rf "$HOME" until 2020-01-01T00:00:00Z`
  const tag = leaseTag({ owner, until: UNTIL })
  expect(tag).toMatch(/^[\p{L}\p{N} +\-=._:/@]{1,256}$/u)
  const lease = leaseIn(tag)
  expect(lease?.until).toBe(UNTIL)
  expect(lease && mayTakeAway(lease, { owner, now: UNTIL - 1 })).toBe(true)
})

test('another owner waits until it is over', () => {
  const lease = { owner: 'octo/shop', until: UNTIL }
  expect(mayTakeAway(lease, { owner: 'octo/other', now: UNTIL - 1 })).toBe(false)
  expect(mayTakeAway(lease, { owner: 'octo/other', now: UNTIL })).toBe(true)
})

test.each(['', 'yes', 'octo/shop', 'octo/shop until tomorrow', 'octo/shop until 2026-13-45T99:00:00Z'])(
  '%j is no lease',
  (value) => {
    expect(leaseIn(value)).toBeNull()
  },
)
