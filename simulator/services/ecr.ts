/** Amazon ECR: repositories, their images and policies, and pull-through cache rules, with ECR's own errors. */
import { type Item, isItem, itemsOf, textOf, textsOf, valuesAt } from '../item.ts'
import type { Operations, Request } from '../operation.ts'
import { Refusal, Unrecorded } from '../refusal.ts'
import { answerNamed, answersOf, listOf, type World } from '../world.ts'
import { jsonPage } from './json-page.ts'

export const ECR: Operations = {
  DescribeRepositories: describeRepositories,
  DescribeImages: describeImages,
  BatchGetImage: batchGetImage,
  GetRepositoryPolicy: getRepositoryPolicy,
  GetRegistryPolicy: getRegistryPolicy,
  GetLifecyclePolicy: getLifecyclePolicy,
  DescribePullThroughCacheRules: describePullThroughCacheRules,
}

const PAGE = { size: 'maxResults', token: 'nextToken', usual: 100, most: 1000, code: 'InvalidParameterException' }

function describeRepositories(request: Request, world: World): Item {
  const { params } = request
  const registry = registryOf(params, world)
  const all = listOf(world, 'ecr/describe-repositories', 'repositories').filter((one) => inRegistry(one, registry))
  const requested = textsOf(params['repositoryNames'])
  const missing = requested.find((name) => !all.some((one) => one['repositoryName'] === name))
  if (missing !== undefined) throw noRepository(missing, registry)
  const shown = requested.length === 0 ? all : all.filter((one) => requested.includes(String(one['repositoryName'])))
  return jsonPage('repositories', shown, request, PAGE)
}

function describeImages(request: Request, world: World): Item {
  const { params } = request
  const repository = repositoryOf(params, world, 'ecr/describe-images')
  const all = answersOf(world, 'ecr/describe-images')
    .flatMap((answer) => itemsOf(answer.content['imageDetails']))
    .filter((detail) => detail['repositoryName'] === repository.name)
  const requested = itemsOf(params['imageIds'])
  const filters = isItem(params['filter']) ? params['filter'] : {}
  const inStatus = all.filter((one) => [statusOf(one), 'ANY'].includes(textOf(filters, 'imageStatus') ?? 'ACTIVE'))
  const found = requested.map((id) => {
    const detail = inStatus.find((one) => isImage(id, textOf(one, 'imageDigest'), textsOf(one['imageTags'])))
    if (!detail) throw noImage(id, repository)
    return detail
  })
  const filter = textOf(filters, 'tagStatus')
  const shown = (requested.length === 0 ? inStatus : found).filter((one) => {
    const tagged = textsOf(one['imageTags']).length > 0
    return filter === 'TAGGED' ? tagged : filter !== 'UNTAGGED' || !tagged
  })
  return jsonPage('imageDetails', shown, request, PAGE)
}

/** ECR API Reference, ImageDetail. */
function statusOf(detail: Item): string {
  return textOf(detail, 'imageStatus') ?? 'ACTIVE'
}

/** Images that are not there, or in the archive, are `failures`, not an error (ECR API Reference, BatchGetImage). */
function batchGetImage({ params }: Request, world: World): Item {
  const repository = repositoryOf(params, world, 'ecr/batch-get-image')
  const archived = (world.answers('ecr/describe-images') ?? [])
    .flatMap((answer) => itemsOf(answer.content['imageDetails']))
    .filter((detail) => statusOf(detail) !== 'ACTIVE')
    .map((detail) => textOf(detail, 'imageDigest'))
  const all = answersOf(world, 'ecr/batch-get-image')
    .flatMap((answer) => itemsOf(answer.content['images']))
    .filter((image) => image['repositoryName'] === repository.name)
    .filter((image) => !archived.includes(isItem(image['imageId']) ? textOf(image['imageId'], 'imageDigest') : null))
  const answers = itemsOf(params['imageIds']).map((id) => ({
    id,
    image: all.find((image) => {
      const own = isItem(image['imageId']) ? image['imageId'] : {}
      return isImage(id, textOf(own, 'imageDigest'), textsOf(own['imageTag']))
    }),
  }))
  return {
    images: answers.flatMap(({ image }) => image ?? []),
    failures: answers
      .filter(({ image }) => image === undefined)
      .map(({ id }) => ({ imageId: id, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' })),
  }
}

/** An answer without `policyText` records that the repository has no policy. */
function getRepositoryPolicy({ params }: Request, world: World): Item {
  const repository = repositoryOf(params, world, 'ecr/get-repository-policy')
  const answer = answerFor(world, 'ecr/get-repository-policy', repository.name)
  if (answer && textOf(answer, 'policyText') !== null) return answer
  throw new Refusal(
    'RepositoryPolicyNotFoundException',
    `Repository policy does not exist for the ${where(repository)}`,
  )
}

/** The caller's own, and nobody else's. */
function getRegistryPolicy(_request: Request, world: World): Item {
  const own = answersOf(world, 'ecr/get-registry-policy').find(
    ({ content }) => (textOf(content, 'registryId') ?? world.accountId) === world.accountId,
  )
  if (own === undefined) throw new Unrecorded('ecr/get-registry-policy')
  return own.content
}

function getLifecyclePolicy({ params }: Request, world: World): Item {
  const repository = repositoryOf(params, world, 'ecr/get-lifecycle-policy')
  const answer = answerFor(world, 'ecr/get-lifecycle-policy', repository.name)
  if (answer && textOf(answer, 'lifecyclePolicyText') !== null) return answer
  throw new Refusal('LifecyclePolicyNotFoundException', `Lifecycle policy does not exist for the ${where(repository)}`)
}

function describePullThroughCacheRules(request: Request, world: World): Item {
  const { params } = request
  const rules = listOf(world, 'ecr/describe-pull-through-cache-rules', 'pullThroughCacheRules')
  const requested = textsOf(params['ecrRepositoryPrefixes'])
  const missing = requested.find((prefix) => !rules.some((rule) => rule['ecrRepositoryPrefix'] === prefix))
  if (missing !== undefined) {
    const registry = registryOf(params, world)
    const text = `The pull through cache rule with prefix '${missing}' does not exist in the registry with id '${registry}'`
    throw new Refusal('PullThroughCacheRuleNotFoundException', text)
  }
  const shown = rules.filter(
    (rule) => requested.length === 0 || requested.includes(String(rule['ecrRepositoryPrefix'])),
  )
  return jsonPage('pullThroughCacheRules', shown, request, PAGE)
}

interface Repository {
  readonly name: string
  readonly registry: string
}

/**
 * The repository of a request. Throws Unrecorded where nobody recorded `call` at all, and RepositoryNotFoundException
 * for a repository that no recorded answer mentions.
 */
function repositoryOf(params: Item, world: World, call: string): Repository {
  const name = textOf(params, 'repositoryName') ?? ''
  const registry = registryOf(params, world)
  answersOf(world, call)
  const mentioned = MENTIONS.some(([source, path]) =>
    (world.answers(source) ?? []).some(
      (answer) =>
        valuesAt(answer.content, path).includes(name) || answerNamed([answer], 'repositoryName', name) !== null,
    ),
  )
  if (!mentioned) throw noRepository(name, registry)
  return { name, registry }
}

const MENTIONS: readonly (readonly [call: string, path: string])[] = [
  ['ecr/describe-repositories', 'repositories.repositoryName'],
  ['ecr/describe-images', 'imageDetails.repositoryName'],
  ['ecr/batch-get-image', 'images.repositoryName'],
  ['ecr/get-repository-policy', 'repositoryName'],
  ['ecr/get-lifecycle-policy', 'repositoryName'],
]

function answerFor(world: World, call: string, repository: string): Item | null {
  return answerNamed(answersOf(world, call), 'repositoryName', repository)
}

/** Asked by tag, by digest, or by both, which must then belong together. */
function isImage(requested: Item, digest: string | null, tags: readonly string[]): boolean {
  const [requestedDigest, requestedTag] = [textOf(requested, 'imageDigest'), textOf(requested, 'imageTag')]
  if (requestedDigest === null && requestedTag === null) return false
  return (
    (requestedDigest === null || requestedDigest === digest) && (requestedTag === null || tags.includes(requestedTag))
  )
}

function registryOf(params: Item, world: World): string {
  return textOf(params, 'registryId') ?? world.accountId
}

function inRegistry(repository: Item, registry: string): boolean {
  return (textOf(repository, 'registryId') ?? registry) === registry
}

function noRepository(name: string, registry: string): Refusal {
  const text = `The repository with name '${name}' does not exist in the registry with id '${registry}'`
  return new Refusal('RepositoryNotFoundException', text)
}

function noImage(id: Item, repository: Repository): Refusal {
  const [digest, tag] = [textOf(id, 'imageDigest') ?? 'null', textOf(id, 'imageTag') ?? 'null']
  const image = `{imageDigest:'${digest}', imageTag:'${tag}'}`
  return new Refusal(
    'ImageNotFoundException',
    `The image with imageId ${image} does not exist within the ${where(repository)}`,
  )
}

function where({ name, registry }: Repository): string {
  return `repository with name '${name}' in the registry with id '${registry}'`
}
