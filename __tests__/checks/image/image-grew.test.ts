import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import {
  DENIED,
  ecrImage,
  findingOf,
  HEALTHY,
  IMAGE,
  OLD_DIGEST,
  told,
  unsure,
  withEcr,
  withRunning,
} from '../image-world.ts'
import { expectPages } from '../page.ts'

const ID = 'image-grew'
const MB = 1_000_000
const grown = (before: number | null, after: number | null) =>
  withRunning(withEcr(HEALTHY, { found: known(ecrImage({ bytes: after && after * MB })) }), {
    digest: OLD_DIGEST,
    found: known(ecrImage({ digest: OLD_DIGEST, tags: ['v6'], bytes: before && before * MB })),
  })

describe(ID, () => {
  test('finds a growth, and says how long pulls may take by what they took', () => {
    const finding = findingOf(grown(180, 360), ID)
    expect(finding.severity).toBe('advice')
    expect(finding.what.en).toContain(
      'has 360 MB compressed; the image that runs now has 180 MB. Pulls took 18 seconds and may take 36.',
    )
    expectPages(finding)
  })

  test.each<[number | null, number | null, string | null]>([
    [180, 279, null],
    [180, 280, 'advice'],
    [1000, 1199, null],
    [1000, 1200, 'advice'],
    [500, 999, 'advice'],
    [500, 1000, 'warning'],
    [1000, 1999, 'advice'],
    [360, 180, null],
    [null, 360, null],
    [180, null, null],
  ])('from %p MB to %p MB: %p', (before, after, severity) => {
    expect(told(grown(before, after))).toEqual(severity === null ? [] : [`${ID} ${IMAGE} (${severity})`])
  })

  test('says nothing of pulls where no task told how long they took', () => {
    const world = withRunning(grown(180, 360), { pullSeconds: [] })
    expect(findingOf(world, ID).what.en).not.toContain('Pulls')
  })

  test('compares with what the same container runs', () => {
    expect(told(withRunning(grown(180, 360), { containers: ['worker'] }))).toEqual([])
  })

  test('where the new image already runs beside the old one, its pull is paid', () => {
    const world = grown(180, 360)
    const { running } = HEALTHY.images
    const { running: old } = world.images
    if (!running.known || !old.known) throw new Error('nothing runs')
    expect(told({ ...world, images: { ...world.images, running: known([...old.value, ...running.value]) } })).toEqual(
      [],
    )
  })

  test('is unknown without the image, and without what runs, which decides nothing', () => {
    expect(unsure(withEcr(HEALTHY, { found: DENIED }), ID)[0]).toMatch(/^ecr:DescribeImages\*/)
    expect(unsure(withRunning(HEALTHY, { found: DENIED }), ID)[0]).toMatch(/^ecr:DescribeImages:/)
    const running = unread('denied', 'ecs:ListTasks')
    expect(unsure({ ...HEALTHY, images: { ...HEALTHY.images, running } }, ID)).toEqual([
      'ecs:ListTasks: could not read the images that run now: access was denied',
    ])
  })
})
