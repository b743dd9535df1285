import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import type { RegistryFact } from '../../../src/domain/image.ts'
import {
  DENIED,
  DIGEST,
  day,
  ecrImage,
  findingOf,
  HEALTHY,
  IMAGE,
  REGISTRY,
  told,
  unsure,
  withEcr,
  withImages,
} from '../image-world.ts'
import { expectPages } from '../page.ts'
import { ACCOUNT, REGION } from '../world.ts'

const ID = 'image-not-found'
const OUTSIDE = 'ghcr.io/team/app:1'
const outside = (fact: RegistryFact) =>
  withImages(HEALTHY, { image: OUTSIDE, containers: ['web'], ecr: null, registry: fact })
const GONE = withEcr(HEALTHY, { found: known(null) })

describe(ID, () => {
  test('finds a tag that the repository does not have', () => {
    expect(told(GONE)).toEqual([`${ID} ${IMAGE}`])
    const { remedy } = findingOf(GONE, ID)
    expect(remedy.cli[0]).toContain(`--registry-id ${ACCOUNT} --repository-name web`)
    expect(remedy.cli[0]).toContain(`--region ${REGION}`)
    expect(remedy.cli[1]).toBe(`docker push ${IMAGE}`)
    expectPages(findingOf(GONE, ID))
  })

  test('asks for the digest where a reference has one, whatever its tag', () => {
    const [one] = GONE.images.images
    if (one === undefined) throw new Error('no image')
    const image = `${REGISTRY}/web:v7@${DIGEST}`
    const { what, remedy } = findingOf(withImages(GONE, { ...one, image }), ID)
    expect(what.en).toContain(`imageDigest=${DIGEST}`)
    expect(remedy.cli).toHaveLength(1)
  })

  test('tells the tags that were pushed last, where they are known', () => {
    const all = known([
      ecrImage({ tags: ['v5'], pushedAt: day('2026-11-01') }),
      ecrImage({ tags: [], pushedAt: day('2026-11-20') }),
      ecrImage({ tags: ['v6', 'stable'], pushedAt: day('2026-11-12') }),
    ])
    const { repositoryImages } = HEALTHY.images.images[0]?.ecr ?? {}
    if (repositoryImages === undefined) throw new Error('not in ECR')
    const { evidence } = findingOf(withEcr(GONE, { repositoryImages: { ...repositoryImages, all } }), ID)
    expect(evidence.map(({ en }) => en).slice(1)).toEqual([
      'pushed last: v6, stable (2026-11-12)',
      'pushed last: v5 (2026-11-01)',
    ])
  })

  test('is clear where the repository itself is missing: that is another finding', () => {
    expect(told(withEcr(GONE, { repository: known(null) }))).toEqual(['image-repository-not-found web'])
  })

  test('what a cache rule will import is not missing, and not known either', () => {
    const world = withEcr(GONE, { cacheRule: known({ prefix: 'web', upstream: 'quay.io' }) })
    expect(told(world)).not.toContain(`${ID} ${IMAGE}`)
    expect(unsure(world, ID)).toEqual([
      `null: ${IMAGE} is not cached yet: whether quay.io has it shows at the first pull.`,
    ])
  })

  test('a registry outside ECR is not asked, and that decides nothing', () => {
    const world = withImages(HEALTHY, { image: OUTSIDE, containers: ['web'], ecr: null })
    expect(told(world)).toEqual([])
    expect(unsure(world, ID)).toEqual([
      `null: ghcr.io was not asked whether it has ${OUTSIDE}: the input registry-check asks it.`,
    ])
  })

  test('finds a tag that a registry outside ECR says it has not', () => {
    expect(told(outside({ is: 'missing' }))).toEqual([`${ID} ${OUTSIDE}`])
    const { what, evidence, remedy } = findingOf(outside({ is: 'missing' }), ID)
    expect(what.en).toBe(`ghcr.io says that it has no ${OUTSIDE}, which is needed by web.`)
    expect(evidence[0]?.en).toContain('without an account')
    expect(remedy.cli).toEqual([`docker buildx imagetools inspect ${OUTSIDE}`])
  })

  test('is clear where the registry has it', () => {
    const world = outside({ is: 'there', digest: DIGEST, platforms: 'one' })
    expect([told(world), unsure(world, ID)]).toEqual([[], []])
  })

  test.each<[RegistryFact, string]>([
    [{ is: 'closed' }, 'without an account'],
    [{ is: 'rate-limited' }, 'takes no more questions'],
    [{ is: 'unreachable', detail: 'ENOTFOUND' }, 'did not answer this machine (ENOTFOUND)'],
    [{ is: 'garbled', detail: 'HTTP 418' }, 'could not be understood (HTTP 418)'],
    [{ is: 'not-public' }, 'containers pull it with repositoryCredentials'],
  ])('%j of a registry outside ECR decides nothing', (fact, words) => {
    expect(told(outside(fact))).toEqual([])
    expect(unsure(outside(fact), ID)).toEqual([expect.stringMatching(/^null: /)])
    expect(unsure(outside(fact), ID)[0]).toContain(words)
  })

  test('is unknown where ECR would not say', () => {
    expect(unsure(withEcr(HEALTHY, { found: DENIED }), ID)).toEqual([
      `ecr:DescribeImages*: could not read the image ${IMAGE}: access was denied`,
    ])
  })
})
