import { describe, expect, test } from '@jest/globals'
import type { EcrImage } from '../../../src/domain/image.ts'
import { countsImages, expiryOf, lifecycleRules, selects } from '../../../src/task-start/images/lifecycle-policy.ts'

const DAY = 86_400_000
const NOW = Date.parse('2026-11-19T00:00:00Z')

function image(
  name: string,
  tags: readonly string[],
  daysOld: number | null,
  changes: Partial<EcrImage> = {},
): EcrImage {
  const pushedAt = daysOld === null ? null : NOW - daysOld * DAY
  return { digest: name, tags, bytes: null, pushedAt, pulledAt: null, status: 'ACTIVE', ...changes }
}

const rule = (rulePriority: number, selection: object, type = 'expire') => ({
  rulePriority,
  selection,
  action: { type },
})
const rulesOf = (...rules: readonly object[]) => lifecycleRules(JSON.stringify({ rules })) ?? []
const [tagged] = rulesOf(
  rule(1, { tagStatus: 'tagged', tagPrefixList: ['v'], countType: 'sinceImagePushed', countNumber: 14 }),
)

describe('the rules of a policy', () => {
  test('are sorted by priority, and read as ECR writes them', () => {
    const rules = rulesOf(
      rule(20, { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 30 }),
      rule(3, {
        tagStatus: 'untagged',
        storageClass: 'archive',
        countType: 'sinceImageTransitioned',
        countUnit: 'days',
        countNumber: 90,
      }),
    )
    expect(rules.map(({ priority }) => priority)).toEqual([3, 20])
    expect(rules[0]).toEqual({
      priority: 3,
      tagStatus: 'untagged',
      prefixes: [],
      patterns: [],
      storageClass: 'archive',
      countType: 'sinceImageTransitioned',
      count: 90,
      action: 'expire',
    })
    expect([countsImages(rules), countsImages(rules.slice(0, 1))]).toEqual([true, false])
  })

  test.each([
    '',
    'null',
    '[]',
    '{"rules":{}}',
    '{"rules":[{}]}',
    '{"rules":[null]}',
    '{"rules":[{"rulePriority":"1"}]}',
  ])('are not those of %j', (text) => {
    expect(lifecycleRules(text)).toBeNull()
  })
})

describe('a rule selects', () => {
  test.each<[string, object, readonly string[], boolean]>([
    ['any', { tagStatus: 'any' }, ['v1'], true],
    ['any', { tagStatus: 'any' }, [], true],
    ['untagged', { tagStatus: 'untagged' }, [], true],
    ['untagged', { tagStatus: 'untagged' }, ['v1'], false],
    ['a prefix', { tagStatus: 'tagged', tagPrefixList: ['v'] }, ['latest', 'v1'], true],
    ['a prefix', { tagStatus: 'tagged', tagPrefixList: ['v'] }, ['prod-v1'], false],
    ['a prefix', { tagStatus: 'tagged', tagPrefixList: ['v'] }, [], false],
    ['every one of several prefixes', { tagStatus: 'tagged', tagPrefixList: ['v', 'prod'] }, ['v1'], false],
    ['every one of several prefixes', { tagStatus: 'tagged', tagPrefixList: ['v', 'prod'] }, ['v1', 'prod'], true],
    ['a pattern', { tagStatus: 'tagged', tagPatternList: ['*-rc*'] }, ['1.0-rc2'], true],
    ['a pattern as a whole', { tagStatus: 'tagged', tagPatternList: ['v1'] }, ['v10'], false],
    ['every one of several patterns', { tagStatus: 'tagged', tagPatternList: ['v*', 'latest'] }, ['v1'], false],
    ['words of tomorrow', { tagStatus: 'signed' }, ['v1'], false],
  ])('%s (%j of %j): %p', (_, selection, tags, expected) => {
    const [one] = rulesOf(rule(1, { countType: 'sinceImagePushed', countNumber: 1, ...selection }))
    expect(one && selects(one, image('a', tags, 1))).toBe(expected)
  })

  test('archived images by rules about the archive alone', () => {
    const archived = image('a', ['v1'], 1, { status: 'ARCHIVED' })
    const [other] = rulesOf(
      rule(1, { tagStatus: 'any', storageClass: 'archive', countType: 'sinceImageTransitioned', countNumber: 1 }),
    )
    expect([tagged && selects(tagged, archived), other && selects(other, archived)]).toEqual([false, true])
    expect(other && selects(other, image('a', ['v1'], 1))).toBe(false)
  })
})

describe('an image goes', () => {
  test('when its days are over', () => {
    const rules = rulesOf(rule(1, { tagStatus: 'any', countType: 'sinceImagePushed', countNumber: 14 }))
    expect(expiryOf(image('a', [], 3), rules, [])).toMatchObject({ at: NOW + 11 * DAY, rank: null })
    expect(expiryOf(image('a', [], null), rules, [])).toBeNull()
  })

  test('when nobody pulled it for so long', () => {
    const rules = rulesOf(rule(1, { tagStatus: 'any', countType: 'sinceImagePulled', countNumber: 14 }, 'transition'))
    expect(expiryOf(image('a', [], 30, { pulledAt: NOW }), rules, [])).toMatchObject({ at: NOW + 14 * DAY })
    expect(expiryOf(image('a', [], 3), rules, [])).toMatchObject({ at: NOW + 11 * DAY })
  })

  test('when so many younger ones that the rule selects are there', () => {
    const rules = rulesOf(
      rule(1, { tagStatus: 'tagged', tagPatternList: ['v*'], countType: 'imageCountMoreThan', countNumber: 2 }),
    )
    const own = image('own', ['v1'], 9)
    const young = [image('b', ['v2'], 8), image('c', ['v3'], 7)]
    expect(expiryOf(own, rules, [own, ...young])).toMatchObject({ at: null, rank: 3 })
    expect(expiryOf(own, rules, [own, young[0] as EcrImage])).toBeNull()
    expect(expiryOf(own, rules, [own, ...young.map((one) => ({ ...one, tags: ['main'] }))])).toBeNull()
    expect(expiryOf(own, rules, [own, ...young.map((one) => ({ ...one, pushedAt: NOW - 10 * DAY }))])).toBeNull()
    expect(expiryOf(own, rules, [])).toBeNull()
    expect(expiryOf({ ...own, pushedAt: null }, rules, [own, ...young])).toBeNull()
  })

  test('by the first rule that selects it, or not at all', () => {
    const keep = rule(1, {
      tagStatus: 'tagged',
      tagPrefixList: ['v'],
      countType: 'imageCountMoreThan',
      countNumber: 99,
    })
    const drop = rule(2, { tagStatus: 'any', countType: 'sinceImagePushed', countNumber: 1 })
    expect(expiryOf(image('a', ['v1'], 3), rulesOf(drop, keep), [])).toBeNull()
    expect(expiryOf(image('a', ['main'], 3), rulesOf(drop, keep), [])).toMatchObject({ rule: { priority: 2 } })
  })

  test('never by a rule that this version does not know', () => {
    expect(
      expiryOf(
        image('a', [], 3),
        rulesOf(rule(1, { tagStatus: 'any', countType: 'sinceFullMoon', countNumber: 1 })),
        [],
      ),
    ).toBeNull()
  })
})
