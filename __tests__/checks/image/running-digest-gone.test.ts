import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import {
  DENIED,
  ecrImage,
  findingOf,
  HEALTHY,
  IMAGE,
  OLD_DIGEST,
  REGISTRY,
  told,
  unsure,
  withEcr,
  withRunning,
} from '../image-world.ts'
import { expectPages } from '../page.ts'
import { withContainer } from '../world.ts'

const ID = 'running-digest-gone'
const GONE = withRunning(HEALTHY, { digest: OLD_DIGEST, found: known(null) })

describe(ID, () => {
  test('finds a digest that runs and is no longer in the repository', () => {
    expect(told(GONE)).toEqual([`${ID} ${OLD_DIGEST} (warning)`])
    const finding = findingOf(GONE, ID)
    expect(finding.remedy.cli).toContain(
      'aws ecs update-service --cluster shop --service web --force-new-deployment --region ap-northeast-2',
    )
    expectPages(finding)
  })

  test('is clear where the digest is there, whatever became of its tag', () => {
    const found = known(ecrImage({ digest: OLD_DIGEST, tags: [] }))
    expect(told(withRunning(HEALTHY, { digest: OLD_DIGEST, found }))).toEqual([])
  })

  test('finds one that is in the archive alone', () => {
    const archived = withRunning(HEALTHY, {
      digest: OLD_DIGEST,
      found: known(ecrImage({ digest: OLD_DIGEST, status: 'ARCHIVED' })),
    })
    expect(told(archived)).toEqual([`${ID} ${OLD_DIGEST} (warning)`])
    expect(findingOf(archived, ID).what.en).toContain('repository web has in its archive alone')
    const next = withEcr(withRunning(archived, {}), { found: known(ecrImage({ status: 'ARCHIVED' })) })
    expect(told(next)).toEqual([`image-archived ${IMAGE}`])
  })

  test('finds one that only the next task is to run', () => {
    const idle = withRunning(GONE, { runs: false, pullSeconds: [] })
    expect(told(idle)).toEqual([`${ID} ${OLD_DIGEST} (warning)`])
    expect(findingOf(idle, ID).what.en).toContain('The next tasks of web are to run')
    const unresolved = unread('denied', 'ecs:DescribeServiceRevisions')
    expect(unsure({ ...HEALTHY, images: { ...HEALTHY.images, unresolved } }, ID)).toEqual([
      'ecs:DescribeServiceRevisions: could not read the digests that ECS resolved for the service: access was denied',
    ])
  })

  test('is clear where every task resolves the tag for itself', () => {
    const free = withContainer(GONE, { versionConsistency: 'disabled' })
    expect(told({ ...GONE, ...free })).toEqual([])
    expect(told({ ...GONE, ...withContainer(GONE, { versionConsistency: 'enabled' }) })).toHaveLength(1)
    expect(told(withRunning({ ...GONE, ...free }, { containers: ['web', 'worker'] }))).toHaveLength(1)
  })

  test('is one cause with a next image that is missing: the very same reference', () => {
    const both = withEcr(withRunning(HEALTHY, { found: known(null) }), { found: known(null) })
    expect(told(both)).toEqual([`image-not-found ${IMAGE}`])
    expect(told(withRunning(both, { image: `${REGISTRY}/web:v6` }))).toHaveLength(2)
  })

  test('is unknown where the digest or the tasks could not be read', () => {
    expect(unsure(withRunning(HEALTHY, { found: DENIED }), ID)[0]).toMatch(/^ecr:DescribeImages: /)
    const running = unread('denied', 'ecs:ListTasks')
    expect(unsure({ ...HEALTHY, images: { ...HEALTHY.images, running } }, ID)[0]).toMatch(/^ecs:ListTasks: /)
  })
})
