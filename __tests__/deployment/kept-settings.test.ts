import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { keptIn, roomForTags, type Tag, tagsOf } from '../../src/deployment/kept-settings.ts'
import { KEPT_KINDS, type KeptSettings, type SettingChange } from '../../src/domain/kept-settings.ts'
import { leaseIn, leaseTag } from '../../src/domain/lease.ts'
import { draws } from '../draws.ts'

const subnets = fc.uniqueArray(fc.stringMatching(/^subnet-[0-9a-f]{8,17}$/), { minLength: 1, maxLength: 16 })
const percent = fc.integer({ min: 0, max: 1000 })
const change: fc.Arbitrary<SettingChange> = fc.oneof(
  fc.record({ setting: fc.constant('subnets' as const), before: subnets, after: subnets }),
  fc.record({ setting: fc.constant('maximumPercent' as const), before: percent, after: percent }),
  fc.record({ setting: fc.constant('minimumHealthyPercent' as const), before: percent, after: percent }),
  fc.record({ setting: fc.constant('enableExecuteCommand' as const), before: fc.boolean(), after: fc.boolean() }),
)
const owner = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 })
const until = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000)
const state: fc.Arbitrary<Omit<KeptSettings, 'tagKeys'>> = fc.record({
  kind: fc.constantFrom(...KEPT_KINDS),
  lease: fc.record({ owner, until }),
  changes: fc.array(change, { minLength: 1, maxLength: 3 }),
})

/** "Letters, numbers, and spaces representable in UTF-8, and + - = . _ : / @" (ECS API Reference, Tag). */
const TAKEN = /^[\p{L}\p{N} +\-=._:/@]*$/u

describe('as tags', () => {
  test('what is kept comes back as it was, whatever else is tagged, in any order', () => {
    fc.assert(
      fc.property(state, fc.array(fc.record({ key: fc.string(), value: fc.string() })), (kept, others) => {
        const tags = tagsOf(kept)
        const lease = leaseIn(leaseTag(kept.lease))
        const { kept: read, illegible } = keptIn([...[...tags].reverse(), ...others])
        expect(read).toEqual([{ ...kept, lease, tagKeys: [...tags].reverse().map(({ key }) => key) }])
        expect(illegible).toEqual([])
      }),
      { numRuns: draws(100) },
    )
  })

  test('they are what ECS takes, and none begins or ends with a space', () => {
    fc.assert(
      fc.property(state, (kept) => {
        for (const { key, value } of tagsOf(kept)) {
          expect([key.length <= 128, [...value].length <= 256]).toEqual([true, true])
          expect([TAKEN.test(key), TAKEN.test(value), value === value.trim()]).toEqual([true, true, true])
        }
      }),
      { numRuns: draws(100) },
    )
  })

  test('one that is lost, changed or of another form makes the state illegible, and never another state', () => {
    const spoilt = fc.record({
      kept: state,
      which: fc.nat(),
      at: fc.nat(),
      letter: fc.constantFrom('0', '9', 'a', ' ', '/'),
    })
    fc.assert(
      fc.property(spoilt, fc.boolean(), ({ kept, which, at, letter }, isLost) => {
        const tags = tagsOf(kept)
        const spoil = (tag: Tag): readonly Tag[] => {
          const place = at % tag.value.length
          return isLost ? [] : [{ ...tag, value: tag.value.slice(0, place) + letter + tag.value.slice(place + 1) }]
        }
        const there = tags.flatMap((tag, index) => (index === which % tags.length ? spoil(tag) : [tag]))
        if (there.length === 0 || there.every(({ value }, index) => value === tags[index]?.value)) return
        expect(keptIn(there)).toMatchObject({ kept: [], illegible: [{ tagKeys: there.map(({ key }) => key) }] })
      }),
      { numRuns: draws(200) },
    )
  })

  test('two owners never write the same key', () => {
    const kept = (name: string) => ({ kind: 'percent', lease: { owner: name, until: 0 }, changes: [] }) as const
    expect(tagsOf(kept('one'))[0]?.key).not.toBe(tagsOf(kept('other'))[0]?.key)
  })

  test('sixteen subnets take several tags', () => {
    const before = Array.from({ length: 16 }, (_, at) => `subnet-0e17c5b8a3d94f6${String(at).padStart(2, '0')}`)
    const changes = [{ setting: 'subnets', before, after: before.slice(1) }] as const
    const kept = { kind: 'bad-subnets', lease: { owner: 'x', until: 0 }, changes } as const
    expect(tagsOf(kept).length).toBe(4)
  })

  test('a kind that is not known is named, what a rehearsal tags is not', () => {
    const tags = [
      { key: 'ecs-pull-guard:tomorrow:1', value: '1/1 v1' },
      { key: 'ecs-pull-guard:rehearsal', value: 'x until 2026-01-01T00:00:00Z' },
    ]
    expect(keptIn(tags)).toEqual({
      kept: [],
      illegible: [{ kind: null, tagKeys: ['ecs-pull-guard:tomorrow:1'], because: 'unknown-form' }],
    })
  })

  test('tags of AWS itself take no room', () => {
    expect(
      roomForTags([
        { key: 'aws:cloudformation:stack-name', value: 'x' },
        { key: 'team', value: 'x' },
      ]),
    ).toBe(49)
  })
})
