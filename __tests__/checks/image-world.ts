/** A healthy service by endpoints whose image is in ECR and is the one that runs, and functions that change one fact. */

import { CHECKS } from '../../src/checks/index.ts'
import { type Answer, known, type Unread, unread } from '../../src/domain/answer.ts'
import type { FactName, GatheredFacts } from '../../src/domain/facts.ts'
import { FACT_WORDS } from '../../src/domain/facts.ts'
import type {
  EcrAnswers,
  EcrImage,
  ImageFact,
  ImageFacts,
  RepositoryImages,
  RunningImage,
} from '../../src/domain/image.ts'
import type { Finding } from '../../src/domain/report.ts'
import { type Judged, judgeWith } from './judgement.ts'
import { ACCOUNT, BY_ENDPOINTS, pathsOf, REGION, type World } from './world.ts'

export interface ImageWorld extends World {
  readonly images: ImageFacts
}

export const REGISTRY = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`
export const IMAGE = `${REGISTRY}/web:v7`
export const DIGEST = `sha256:${'7'.repeat(64)}`
export const OLD_DIGEST = `sha256:${'6'.repeat(64)}`

export function day(date: string): number {
  return Date.parse(`${date}T00:00:00Z`)
}

export function ecrImage(changes: Partial<EcrImage> = {}): EcrImage {
  return {
    digest: DIGEST,
    tags: ['v7'],
    bytes: 180_000_000,
    pushedAt: day('2026-11-19'),
    pulledAt: null,
    status: 'ACTIVE',
    ...changes,
  }
}

const REPOSITORY: RepositoryImages = {
  accountId: ACCOUNT,
  region: REGION,
  name: 'web',
  lifecycle: known(null),
  all: unread('unasked', 'ecr:DescribeImages'),
}

const ECR: EcrAnswers = {
  repository: known({ arn: `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/web`, tagMutability: 'IMMUTABLE' }),
  found: known(ecrImage()),
  platforms: known([{ os: 'linux', architecture: 'amd64', osVersion: null }]),
  cacheRule: known(null),
  repositoryImages: REPOSITORY,
}

export const HEALTHY: ImageWorld = {
  ...BY_ENDPOINTS,
  images: {
    images: [{ image: IMAGE, containers: ['web'], ecr: ECR }],
    running: known([
      {
        image: IMAGE,
        digest: DIGEST,
        containers: ['web'],
        runs: true,
        pullSeconds: [18],
        found: known(ecrImage()),
        repositoryImages: REPOSITORY,
      },
    ]),
  },
}

export function withImages(world: ImageWorld, ...images: readonly ImageFact[]): ImageWorld {
  return { ...world, images: { ...world.images, images } }
}

/** What ECR says of the image that is about to be pulled, changed. */
export function withEcr(world: ImageWorld, changes: Partial<EcrAnswers>): ImageWorld {
  return withImages(world, ...world.images.images.map((one) => ({ ...one, ecr: { ...ECR, ...one.ecr, ...changes } })))
}

export function withRunning(world: ImageWorld, changes: Partial<RunningImage>): ImageWorld {
  const { running } = world.images
  if (!running.known) throw new Error('nothing runs')
  return { ...world, images: { ...world.images, running: known(running.value.map((one) => ({ ...one, ...changes }))) } }
}

/** The repository's images and their policy, for what is next and what runs. */
export function withPolicy(
  world: ImageWorld,
  policy: unknown,
  all: Answer<readonly EcrImage[]> = REPOSITORY.all,
): ImageWorld {
  const lifecycle = known(typeof policy === 'string' ? policy : JSON.stringify(policy))
  const repositoryImages = { ...REPOSITORY, lifecycle, all }
  return withRunning(withEcr(world, { repositoryImages }), { repositoryImages })
}

export const DENIED: Unread = unread('denied', 'ecr:DescribeImages')

const IMAGE_CHECKS = CHECKS.filter(
  ({ step, needs }) => step === 'image' || needs.some((one: FactName) => one === 'images'),
)

/** Every check that looks at images. `missing`: facts that could not be read. */
export function judge(world: ImageWorld, ...missing: readonly FactName[]): Judged {
  const lost = unread('denied', 'ecs:DescribeTaskDefinition')
  const facts = { ...world, paths: pathsOf(world) } as const
  const gathered = Object.entries(facts).map(([name, value]) => [
    name,
    missing.includes(name as FactName) ? lost : known(value),
  ])
  const others = Object.keys(FACT_WORDS).map((name) => [name, unread('unasked', '')])
  return judgeWith(IMAGE_CHECKS, Object.fromEntries([...others, ...gathered]) as GatheredFacts)
}

/** `check subject` of each finding, with the severity where it is no blocker. */
export function told(world: ImageWorld): readonly string[] {
  return judge(world).findings.map(({ check, subject, severity }) =>
    severity === 'blocker' ? `${check} ${subject}` : `${check} ${subject} (${severity})`,
  )
}

/** `permission: reason` of each unknown of a check, with a star where it leaves the verdict open. */
export function unsure(world: ImageWorld, check: string, ...missing: readonly FactName[]): readonly string[] {
  return judge(world, ...missing)
    .unknowns.filter((one) => one.check === check)
    .map(({ permission, because, matters }) => `${permission}${matters ? '*' : ''}: ${because.en}`)
}

export function findingOf(world: ImageWorld, check: string): Finding {
  const found = judge(world).findings.find((one) => one.check === check)
  if (found === undefined) throw new Error(`${check} found nothing`)
  return found
}
