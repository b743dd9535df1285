import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { anyDestination, both, box, either, includes, type Packets, without } from '../../src/network/packets.ts'
import { has, type Ranges, ranges } from '../../src/network/ranges.ts'

const MOST = 3
const side = fc
  .tuple(fc.integer({ min: 0, max: MOST }), fc.integer({ min: 0, max: MOST }))
  .map(([a, b]) => ranges([[Math.min(a, b), Math.max(a, b) + 1]]))
const packets: fc.Arbitrary<Packets> = fc
  .array(fc.tuple(side, side, side), { maxLength: 4 })
  .map((boxes) =>
    boxes.reduce<Packets>((all, [source, destination, ports]) => either(all, box(source, destination, ports)), []),
  )

function members(set: Packets): string[] {
  const out: string[] = []
  for (let s = 0; s <= MOST; s++)
    for (let d = 0; d <= MOST; d++)
      for (let p = 0; p <= MOST; p++) {
        const hits = set.filter(
          (one) =>
            has(one.source as Ranges<number>, s) && has(one.destination as Ranges<number>, d) && has(one.ports, p),
        )
        expect(hits.length).toBeLessThan(2) // boxes of one set are disjoint
        if (hits.length > 0) out.push(`${s} ${d} ${p}`)
      }
  return out
}

describe('sets of packets', () => {
  test('agree with sets of members, packet by packet', () => {
    fc.assert(
      fc.property(packets, packets, (a, b) => {
        const [inA, inB] = [members(a), members(b)]
        const [setA, setB] = [new Set(inA), new Set(inB)]
        expect(new Set(members(either(a, b)))).toEqual(new Set([...inA, ...inB]))
        expect(new Set(members(both(a, b)))).toEqual(new Set(inA.filter((one) => setB.has(one))))
        expect(new Set(members(without(a, b)))).toEqual(new Set(inA.filter((one) => !setB.has(one))))
        expect(includes(a, b)).toBe(inB.every((one) => setA.has(one)))
      }),
      { numRuns: 150 },
    )
  })

  test('where any destination is enough, a source and port pass when one destination lets them pass', () => {
    fc.assert(
      fc.property(packets, (a) => {
        const joined = anyDestination(a, [0, 1])
        const expected = new Set(
          members(a)
            .map((one) => one.split(' '))
            .map(([s, , p]) => `${s} 0 ${p}`),
        )
        expect(new Set(members(joined))).toEqual(expected)
      }),
    )
  })
})
