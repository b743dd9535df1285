import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import {
  DENIED,
  ecrImage,
  findingOf,
  HEALTHY,
  IMAGE,
  judge,
  REGISTRY,
  told,
  unsure,
  withEcr,
  withImages,
} from '../image-world.ts'
import { expectPages } from '../page.ts'
import { ACCOUNT, REGION } from '../world.ts'

const ID = 'image-repository-not-found'
const MISSING = { repository: known(null), found: known(null) } as const

describe(ID, () => {
  test('finds a repository that is not there, once for all of its images', () => {
    const [one] = withEcr(HEALTHY, MISSING).images.images
    if (one === undefined) throw new Error('no image')
    const second = { ...one, image: `${REGISTRY}/web:v8`, containers: ['worker'] }
    const world = withImages(HEALTHY, one, second)
    expect(told(world)).toEqual([`${ID} web`])
    const { what, remedy } = findingOf(world, ID)
    expect(what.en).toContain('web, worker')
    expect(remedy.cli).toEqual([
      `# in the account ${ACCOUNT}`,
      `aws ecr create-repository --repository-name web --region ${REGION}`,
      `docker push ${IMAGE}`,
      `docker push ${REGISTRY}/web:v8`,
    ])
    expectPages(findingOf(withEcr(HEALTHY, MISSING), ID))
  })

  test('says so where the Region of the image is not the one of the service', () => {
    const elsewhere = withEcr(HEALTHY, {
      ...MISSING,
      repositoryImages: { accountId: ACCOUNT, region: 'us-east-1', name: 'web', lifecycle: known(null), all: DENIED },
    })
    expect(findingOf(elsewhere, ID).what.en).toContain(
      `in us-east-1, from which web would be pulled: ${IMAGE}. The service is in ${REGION}.`,
    )
    expect(findingOf(withEcr(HEALTHY, MISSING), ID).what.en).not.toContain('The service is in')
  })

  test('an image that is there proves the repository', () => {
    expect(told(withEcr(HEALTHY, { repository: known(null), found: known(ecrImage()) }))).toEqual([])
  })

  test('a cache rule will create it', () => {
    const cacheRule = known({ prefix: 'web', upstream: 'quay.io' })
    expect(told(withEcr(HEALTHY, { ...MISSING, cacheRule }))).not.toContain(`${ID} web`)
  })

  test('rules that could not be read are named, and hide nothing', () => {
    const cacheRule = unread('denied', 'ecr:DescribePullThroughCacheRules')
    const world = withEcr(HEALTHY, { ...MISSING, cacheRule })
    expect(told(world)).toEqual([`${ID} web`])
    expect(findingOf(world, ID).evidence[1]?.en).toContain('could not be read')
  })

  test('is all that is said where the image could not be read besides', () => {
    const world = withEcr(HEALTHY, { repository: known(null), found: DENIED, platforms: DENIED })
    expect(judge(world)).toMatchObject({ findings: [{ check: ID }], unknowns: [] })
  })

  test('is unknown where neither repository nor image could be read', () => {
    const repository = unread('denied', 'ecr:DescribeRepositories')
    expect(unsure(withEcr(HEALTHY, { repository, found: DENIED }), ID)).toEqual([
      `ecr:DescribeImages*: could not read the image ${IMAGE}: access was denied`,
    ])
    expect(unsure(withEcr(HEALTHY, { repository }), ID)).toEqual([])
    expect(unsure(HEALTHY, ID, 'images')).toHaveLength(1)
  })
})
