/**
 * The ECR calls: repositories, who may pull from them, their images and where those come from. Recordings are known by their
 * content; a file that a snapshot of ours made for one image is called `REGISTRY.REPOSITORY.IMAGE` and tells about that image
 * alone, any other one is what the repository holds.
 */
import type * as Ecr from '@aws-sdk/client-ecr'
import { at, type By, call, elsewhere, field, type Loose, list, listAt, only, single } from './call.ts'

const spec = { service: 'ecr', keyed: true } as const

export const describeRepositories = call<Ecr.Repository>({
  ...spec,
  operation: 'DescribeRepositories',
  list: 'repositories',
  goneIsNone: true,
  by: {
    registry: single('registryId', (answer) => some(fields(listAt(answer, 'repositories'), 'registryId'))),
    repository: list('repositoryNames', repositoryOfFile, 1),
    region: elsewhere,
  },
})

/**
 * By tag or digest (`id`), one a request; without one, all that the repository holds. ECR keeps to those that are ACTIVE unless
 * another `status` is given (ECR API Reference, DescribeImagesFilter).
 */
export const describeImages = call<Ecr.ImageDetail>({
  ...spec,
  operation: 'DescribeImages',
  list: 'imageDetails',
  goneIsNone: true,
  by: {
    ...ofRepository('imageDetails'),
    id: image((answer) => listAt(answer, 'imageDetails').flatMap(namesOf)),
    status: { input: ([imageStatus]) => ({ filter: { imageStatus } }), of: () => null, chunk: 1 },
  },
})

/** Manifests, by digest or tag. What is not there is told by `failures`, so that the whole answer is the item. */
export const batchGetImage = call<Ecr.BatchGetImageResponse>({
  ...spec,
  operation: 'BatchGetImage',
  list: null,
  // Without them ECR answers in the format that clients of ten years ago understood.
  always: {
    acceptedMediaTypes: [
      'application/vnd.oci.image.index.v1+json',
      'application/vnd.docker.distribution.manifest.list.v2+json',
      'application/vnd.oci.image.manifest.v1+json',
      'application/vnd.docker.distribution.manifest.v2+json',
      'application/vnd.docker.distribution.manifest.v1+json',
    ],
  },
  by: {
    ...ofRepository('images'),
    id: image((answer) =>
      [...listAt(answer, 'images'), ...listAt(answer, 'failures')].flatMap((one) => namesOf(at(one, 'imageId'))),
    ),
  },
})

const registry = single('registryId', (answer) => some([answer['registryId']]))
const policyOf = { registry, repository: single('repositoryName', field('repositoryName')), region: elsewhere }

export const getLifecyclePolicy = call<Ecr.GetLifecyclePolicyResponse>({
  ...spec,
  operation: 'GetLifecyclePolicy',
  list: null,
  by: policyOf,
})

export const getRepositoryPolicy = call<Ecr.GetRepositoryPolicyResponse>({
  ...spec,
  operation: 'GetRepositoryPolicy',
  list: null,
  by: policyOf,
})

/** Of the caller's own registry; a recording may hold those of others. */
export const getRegistryPolicy = call<Ecr.GetRegistryPolicyResponse>({
  ...spec,
  operation: 'GetRegistryPolicy',
  list: null,
  by: { registry: only((answer) => some([answer['registryId']])), region: elsewhere },
})

export const describePullThroughCacheRules = call<Ecr.PullThroughCacheRule>({
  ...spec,
  operation: 'DescribePullThroughCacheRules',
  list: 'pullThroughCacheRules',
  keyed: false,
  by: { registry, region: elsewhere },
})

function ofRepository(member: string) {
  return {
    registry: single('registryId', (answer) => some(fields(listAt(answer, member), 'registryId'))),
    repository: single('repositoryName', (answer) => some(fields(listAt(answer, member), 'repositoryName'))),
    region: elsewhere,
  }
}

/** A tag, or a digest, which alone has a colon. */
function image(identify: (answer: Loose) => readonly unknown[]): By {
  return {
    input: ([id]) => ({ imageIds: [id?.includes(':') ? { imageDigest: id } : { imageTag: id }] }),
    of: (answer, stem) => {
      const named = imageOfFile(stem)
      return named === null ? null : [...identify(answer), ...named]
    },
    chunk: 1,
  }
}

const OF_ONE = /^\d{12}\.(.+)$/

/** `123456789012.web.1.8.2` may be `1.8.2` of `web` or `8.2` of `web.1`: each that it may be. */
function imageOfFile(stem: string): readonly string[] | null {
  const parts = OF_ONE.exec(stem)?.[1]?.split('.') ?? []
  if (parts.length < 2) return null
  return parts.slice(1).map((_, index) => {
    const id = parts.slice(index + 1).join('.')
    return id.replace(/^sha(256|384|512)-/, 'sha$1:')
  })
}

/** Listings hold every repository of the registry; one that lacks a repository says that there is none. */
function repositoryOfFile(answer: Loose, stem: string): readonly unknown[] | null {
  const named = OF_ONE.exec(stem)?.[1]
  return named === undefined ? null : [...fields(listAt(answer, 'repositories'), 'repositoryName'), named]
}

function namesOf(one: unknown): readonly unknown[] {
  const tags = at(one, 'imageTags')
  return [at(one, 'imageDigest'), at(one, 'imageTag'), ...(Array.isArray(tags) ? tags : [])]
}

function fields(records: readonly Loose[], key: string): readonly unknown[] {
  return records.map((record) => record[key])
}

/** Null where nothing is told: an answer without records tells nothing of whose it is. */
function some(values: readonly unknown[]): readonly unknown[] | null {
  const present = values.filter((value) => value !== undefined)
  return present.length === 0 ? null : present
}
