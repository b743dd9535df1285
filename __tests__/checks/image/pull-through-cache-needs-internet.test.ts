import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import {
  DENIED,
  ecrImage,
  findingOf,
  HEALTHY,
  IMAGE,
  type ImageWorld,
  REGISTRY,
  told,
  unsure,
  withEcr,
  withImages,
} from '../image-world.ts'
import { expectPages } from '../page.ts'
import {
  A,
  BY_NAT,
  C,
  change,
  NAT_A,
  nat,
  openEgress,
  PUBLIC_A,
  REGION,
  route,
  S3,
  S3_LIST,
  TABLE_A,
  TABLE_C,
  type World,
  withNetwork,
} from '../world.ts'

const ID = 'pull-through-cache-needs-internet'
const UNCACHED = withEcr(HEALTHY, {
  repository: known(null),
  found: known(null),
  cacheRule: known({ prefix: 'web', upstream: 'registry-1.docker.io' }),
})
const on = (world: World): ImageWorld => ({ ...UNCACHED, ...world, images: UNCACHED.images })
const toS3 = route(S3_LIST, 'vpc-endpoint', S3)
const out = route('0.0.0.0/0', 'nat-gateway', NAT_A)
const LOCAL = route('10.0.0.0/16', 'local', 'local')
const withNat = (world: World, ...tables: readonly string[]) =>
  tables.reduce(
    (so, table) => change(so, 'routeTables', table, { routes: [LOCAL, toS3, out] }),
    openEgress(withNetwork(world, { natGateways: known([nat(NAT_A, PUBLIC_A, '10.0.101.5')]) })),
  )

describe(ID, () => {
  test('finds subnets that have endpoints and no way to the internet', () => {
    expect(told(UNCACHED)).toEqual([`${ID} ${IMAGE}`])
    const { affects, remedy, evidence } = findingOf(UNCACHED, ID)
    expect(affects).toEqual([A, C].map((subnetId) => ({ subnetId, destination: 'ecr-dkr' })))
    expect(evidence.length).toBeGreaterThan(1)
    expect(remedy.cli).toEqual([
      `aws ecr get-login-password --region ${REGION} | docker login --username AWS \\\n  --password-stdin ${REGISTRY}`,
      `docker pull ${IMAGE}`,
    ])
    expectPages(findingOf(UNCACHED, ID))
  })

  test('finds the one subnet that lacks the way, and is clear where both have it', () => {
    expect(findingOf(on(withNat(UNCACHED, TABLE_A)), ID).affects).toEqual([{ subnetId: C, destination: 'ecr-dkr' }])
    expect(told(on(withNat(UNCACHED, TABLE_A, TABLE_C)))).toEqual([])
  })

  test('from another registry of ECR nobody knows whether it needs the way', () => {
    const cacheRule = known({ prefix: 'web', upstream: `210987654321.dkr.ecr.${REGION}.amazonaws.com` })
    const fromEcr = withEcr(UNCACHED, { cacheRule })
    expect(told(fromEcr)).toEqual([])
    expect(unsure(fromEcr, ID)).toEqual([expect.stringMatching(/^null\*: .* does not say whether that holds/)])
    expect(unsure({ ...fromEcr, ...withNat(UNCACHED, TABLE_A, TABLE_C), images: fromEcr.images }, ID)).toEqual([])
  })

  test('an image that is cached needs endpoints alone', () => {
    expect(told(withEcr(UNCACHED, { found: known(ecrImage()) }))).toEqual([])
  })

  test('without endpoints ECR is reached over the internet, and so is the cache', () => {
    expect(told(on(BY_NAT))).toEqual([])
  })

  test('of two images the cached one is not told', () => {
    const [one] = UNCACHED.images.images
    if (one === undefined || one.ecr === null) throw new Error('not in ECR')
    const cached = { ...one, image: `${REGISTRY}/web:v6`, ecr: { ...one.ecr, found: known(ecrImage()) } }
    expect(told(withImages(UNCACHED, one, cached))).toEqual([`${ID} ${IMAGE}`])
  })

  test('where ECR cannot be reached at all, that is told by others', () => {
    expect(told(on(withNetwork(UNCACHED, { endpoints: known([]), interfaces: known([]) })))).toEqual([])
  })

  test('a repository without a rule is no cache', () => {
    expect(told(withEcr(UNCACHED, { cacheRule: known(null) }))).toEqual(['image-repository-not-found web'])
  })

  test('is unknown where image or gateways could not be read', () => {
    expect(unsure(withEcr(UNCACHED, { found: DENIED, repository: DENIED }), ID)[0]).toMatch(/^ecr:DescribeImages\*/)
    const blind = withNetwork(withNat(UNCACHED, TABLE_A, TABLE_C), {
      natGateways: unread('denied', 'ec2:DescribeNatGateways'),
    })
    expect(unsure(on(blind), ID)[0]).toMatch(/^ec2:DescribeNatGateways\*/)
  })
})
