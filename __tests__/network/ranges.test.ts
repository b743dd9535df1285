import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  covers,
  equal,
  has,
  intersect,
  isEmpty,
  portRanges,
  type Ranges,
  ranges,
  spansOf,
  subtract,
  union,
  unionAll,
} from '../../src/network/ranges.ts'

const MOST = 60
const sets = fc
  .array(fc.tuple(fc.integer({ min: 0, max: MOST }), fc.integer({ min: 0, max: MOST })), { maxLength: 8 })
  .map((spans) => ranges(spans.map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)))

function members(set: Ranges<number>): number[] {
  return Array.from({ length: MOST + 1 }, (_, point) => point).filter((point) => has(set, point))
}

describe('sets of numbers', () => {
  test('agree with sets of members, point by point', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        const [inA, inB] = [new Set(members(a)), new Set(members(b))]
        const all = [...new Set([...inA, ...inB])].sort((x, y) => x - y)
        expect(members(union(a, b))).toEqual(all)
        expect(members(intersect(a, b))).toEqual(all.filter((point) => inA.has(point) && inB.has(point)))
        expect(members(subtract(a, b))).toEqual(all.filter((point) => inA.has(point) && !inB.has(point)))
        expect(covers(a, b)).toBe([...inB].every((point) => inA.has(point)))
      }),
      { numRuns: 500 },
    )
  })

  test('are always sorted, disjoint, without empty or touching spans', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        for (const set of [union(a, b), intersect(a, b), subtract(a, b), unionAll([a, b])]) {
          expect(set.every((point, at) => at === 0 || point > (set[at - 1] as number))).toBe(true)
        }
      }),
    )
  })

  test('what is taken away and what is kept make the whole', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        expect(equal(union(subtract(a, b), intersect(a, b)), a)).toBe(true)
        expect(isEmpty(intersect(subtract(a, b), b))).toBe(true)
      }),
    )
  })

  test('bigints behave as numbers do', () => {
    const big = (set: Ranges<number>) => set.map(BigInt)
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        expect(subtract(big(a), big(b))).toEqual(big(subtract(a, b)))
        expect(union(big(a), big(b))).toEqual(big(union(a, b)))
        expect(intersect(big(a), big(b))).toEqual(big(intersect(a, b)))
      }),
    )
  })

  test('ports are written inclusively and an upside-down span is empty', () => {
    expect(portRanges(443, 443)).toEqual([443, 444])
    expect(portRanges(10, 5)).toEqual([])
    expect(spansOf([1, 3, 5, 9])).toEqual([
      [1, 3],
      [5, 9],
    ])
  })
})
