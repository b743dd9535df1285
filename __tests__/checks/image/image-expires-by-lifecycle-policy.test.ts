import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import {
  DENIED,
  DIGEST,
  day,
  ecrImage,
  findingOf,
  HEALTHY,
  OLD_DIGEST,
  told,
  unsure,
  withEcr,
  withPolicy,
  withRunning,
} from '../image-world.ts'
import { expectPages } from '../page.ts'

const ID = 'image-expires-by-lifecycle-policy'
const rule = (rulePriority: number, selection: object, type = 'expire') => ({
  rulePriority,
  description: "keep what's new",
  selection: { countUnit: 'days', ...selection },
  action: { type },
})
const policy = (...rules: readonly object[]) => ({ rules })
const AFTER = (countNumber: number, tagStatus = 'any') => ({ tagStatus, countType: 'sinceImagePushed', countNumber })
const KEEP = (countNumber: number, tagStatus = 'any') => ({ tagStatus, countType: 'imageCountMoreThan', countNumber })
const newer = (...dates: readonly string[]) =>
  known([
    ecrImage(),
    ...dates.map((date, at) =>
      ecrImage({ digest: `sha256:${String(at).repeat(64)}`, pushedAt: day(date), tags: [date] }),
    ),
  ])

describe(ID, () => {
  test('finds an image in use that a rule deletes by its age, on which day, and how to raise the number', () => {
    const world = withPolicy(HEALTHY, policy(rule(3, AFTER(14))))
    expect(told(world)).toEqual([`${ID} ${DIGEST} (warning)`])
    const { what, remedy } = findingOf(world, ID)
    expect(what.en).toContain('Rule 3 of repository web deletes')
    expect(what.en).toContain('on 2026-12-03: it was pushed on 2026-11-19 and is used by web.')
    expect(remedy.cli[0]).toContain(`"countNumber":365`)
    expect(remedy.cli[0]).toContain(`keep what'\\''s new`)
    expectPages(findingOf(world, ID))
  })

  test('a rule of more than thirty days is advice', () => {
    expect(told(withPolicy(HEALTHY, policy(rule(1, AFTER(30)))))).toEqual([`${ID} ${DIGEST} (warning)`])
    expect(told(withPolicy(HEALTHY, policy(rule(1, AFTER(31)))))).toEqual([`${ID} ${DIGEST} (advice)`])
  })

  test('finds an image in use that is too old by number', () => {
    const world = withPolicy(HEALTHY, policy(rule(1, KEEP(2))), newer('2026-11-20', '2026-11-21'))
    expect(findingOf(world, ID).what.en).toContain('keeps 2 images')
    expect(findingOf(world, ID).what.en).toContain('is number 3 by age')
    expect(told(withPolicy(HEALTHY, policy(rule(1, KEEP(3))), newer('2026-11-20', '2026-11-21')))).toEqual([])
    expect(told(withPolicy(HEALTHY, policy(rule(1, KEEP(2))), newer('2026-11-20', '2026-11-18')))).toEqual([])
  })

  test('a rule that counts is a warning however many it keeps', () => {
    const dates = Array.from({ length: 40 }, () => '2026-11-20')
    const all = known([
      ecrImage(),
      ...dates.map((date, at) => ecrImage({ digest: `sha256:${at}`, pushedAt: day(date) })),
    ])
    expect(told(withPolicy(HEALTHY, policy(rule(1, KEEP(40))), all))).toEqual([`${ID} ${DIGEST} (warning)`])
  })

  test('finds a running digest whose tag was moved to the next push', () => {
    const moved = withRunning(HEALTHY, {
      digest: OLD_DIGEST,
      found: known(ecrImage({ digest: OLD_DIGEST, tags: [] })),
    })
    const world = withPolicy(moved, policy(rule(1, AFTER(1, 'untagged'))))
    expect(told(world)).toEqual([`${ID} ${OLD_DIGEST} (warning)`])
    expect(findingOf(world, ID).what.en).toContain('(untagged)')
    expect(told(withPolicy(HEALTHY, policy(rule(1, AFTER(1, 'untagged')))))).toEqual([])
  })

  test('an earlier rule that selects the image keeps it from a later one', () => {
    const kept = rule(1, { ...KEEP(9999, 'tagged'), tagPatternList: ['v*'] })
    expect(told(withPolicy(HEALTHY, policy(kept, rule(2, AFTER(1)))))).toEqual([])
    expect(told(withPolicy(HEALTHY, policy(rule(2, AFTER(1)), kept)))).toEqual([])
    const other = rule(1, { ...KEEP(9999, 'tagged'), tagPatternList: ['prod-*'] })
    expect(told(withPolicy(HEALTHY, policy(other, rule(2, AFTER(1)))))).toHaveLength(1)
  })

  test('archiving takes an image from those who pull as well', () => {
    const archive = rule(1, { ...AFTER(7), countType: 'sinceImagePulled' }, 'transition')
    const { what } = findingOf(withPolicy(HEALTHY, policy(archive)), ID)
    expect(what.en).toContain('archives')
    expect(what.ko).toContain('아카이브')
  })

  test('is clear without a policy', () => {
    expect(told(HEALTHY)).toEqual([])
  })

  test('is unknown without policy or image, and a policy decides nothing', () => {
    const { repositoryImages } = HEALTHY.images.images[0]?.ecr ?? {}
    if (repositoryImages === undefined) throw new Error('not in ECR')
    const lifecycle = unread('denied', 'ecr:GetLifecyclePolicy')
    const denied = withEcr(HEALTHY, { repositoryImages: { ...repositoryImages, lifecycle } })
    expect(unsure(denied, ID)).toEqual([
      'ecr:GetLifecyclePolicy: could not read the lifecycle policy of repository web: access was denied',
    ])
    expect(unsure(withPolicy(HEALTHY, 'no JSON'), ID)[0]).toBe(
      'null: The lifecycle policy of repository web could not be understood.',
    )
    expect(unsure(withEcr(HEALTHY, { found: DENIED }), ID)[0]).toMatch(/^ecr:DescribeImages\*/)
  })
})
