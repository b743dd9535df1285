import { describe, expect, test } from '@jest/globals'
import { compare, distinct, distinctBy, distinctRecords, grouped } from '../../src/domain/collections.ts'

describe('lists keep the order of first sight', () => {
  test('each value once', () => {
    expect(distinct(['b', 'a', 'b'])).toEqual(['b', 'a'])
  })

  test('of two items with one key the first stays', () => {
    const items = [{ id: 'b', at: 1 }, { id: 'a', at: 2 }, { id: 'b', at: 3 }] // biome-ignore format: one line
    expect(distinctBy(items, ({ id }) => id)).toEqual(items.slice(0, 2))
  })

  test('records that are written alike are one, records that differ in a member are two', () => {
    const items = [{ id: 'a', at: [1] }, { id: 'a', at: [2] }, { id: 'a', at: [1] }] // biome-ignore format: one line
    expect(distinctRecords(items)).toEqual(items.slice(0, 2))
    expect(distinctRecords([undefined, undefined])).toEqual([undefined])
  })

  test('groups hold their items in order', () => {
    expect([...grouped([3, 1, 2, 5], (one) => (one % 2 === 0 ? 'even' : 'odd'))]).toEqual([
      ['odd', [3, 1, 5]],
      ['even', [2]],
    ])
  })
})

test('texts are sorted by code units', () => {
  expect(['b', 'Ä', 'a', 'B', 'a'].sort(compare)).toEqual(['B', 'a', 'a', 'b', 'Ä'])
})
