/** A healthy network is told nothing about: no finding, no unknown. */
import { describe, expect, test } from '@jest/globals'
import { BY_ENDPOINTS, BY_NAT, IN_PUBLIC, judge, pathsOf } from './world.ts'

describe.each(Object.entries({ BY_ENDPOINTS, BY_NAT, IN_PUBLIC }))('%s', (_, world) => {
  test('every path is reachable', () => {
    expect(pathsOf(world).map(({ outcome }) => outcome)).toEqual(Array(8).fill('reachable'))
  })

  test('no check has anything to say', () => {
    expect(judge(world)).toEqual({ findings: [], unknowns: [] })
  })
})
