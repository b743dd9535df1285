/** The facts of the images that a start pulls: what the registry has under each reference, and what will become of it. */
import type { Answer, Unread } from './answer.ts'
import type { PullThroughRule } from './role.ts'

export interface ImageFacts {
  /** Each reference of the task definition once, in its order. Text that is no image reference is left out. */
  readonly images: readonly ImageFact[]
  /** Each digest of ECR that tasks of the service run, or that ECS resolved for its revisions, with every container of it. */
  readonly running: Answer<readonly RunningImage[]>
  /** Why what ECS resolved is not among them; absent where it is. */
  readonly unresolved?: Unread
}

export interface ImageFact {
  /** As the task definition writes it. */
  readonly image: string
  readonly containers: readonly string[]
  /** Null for every registry but ECR's private ones. */
  readonly ecr: EcrAnswers | null
  /** What every other registry says; absent where the user did not want it asked. */
  readonly registry?: RegistryFact
}

/** What a registry says to who asks without an account, from the machine that runs this program. */
export type RegistryFact =
  | {
      readonly is: 'there'
      readonly digest: string | null
      /** `one`: a manifest of one platform, which names none. `unread`: the index could not be read. */
      readonly platforms: readonly Platform[] | 'one' | 'unread'
    }
  | { readonly is: 'missing' }
  /** It wants an account, or hides what is not public. */
  | { readonly is: 'closed' }
  | { readonly is: 'rate-limited' }
  | { readonly is: 'unreachable' | 'garbled'; readonly detail: string }
  /** Not asked: a container pulls it with credentials of its own, which are not used here. */
  | { readonly is: 'not-public' }

/** What ECR says of one reference. */
export interface EcrAnswers {
  /** Null: there is no such repository. */
  readonly repository: Answer<EcrRepository | null>
  /** Null: the repository does not have it. */
  readonly found: Answer<EcrImage | null>
  /** Null: the manifest is of one platform and names none, which is said by the image's configuration alone. */
  readonly platforms: Answer<readonly Platform[] | null>
  /** Of a manifest that names none, as its configuration says; absent unless the user wants that to be read for it. */
  readonly onePlatform?: Answer<Platform>
  /** Of an image index: the digests of the manifests in it, one a platform. */
  readonly manifests?: readonly string[]
  /** Compressed, of the platform that Fargate takes; absent unless the image is large and its platforms have manifests of their own. */
  readonly pulledBytes?: number
  /** The rule that fills this repository from another registry; null where there is none. */
  readonly cacheRule: Answer<PullThroughRule | null>
  readonly repositoryImages: RepositoryImages
}

/** What decides how long the images of a repository stay. */
export interface RepositoryImages {
  readonly accountId: string
  readonly region: string
  readonly name: string
  /** Text of the lifecycle policy; null where the repository has none. */
  readonly lifecycle: Answer<string | null>
  /** Every image of the repository; read only where the lifecycle policy counts them. */
  readonly all: Answer<readonly EcrImage[]>
}

export interface EcrRepository {
  readonly arn: string
}

export interface EcrImage {
  readonly digest: string
  readonly tags: readonly string[]
  /** Compressed, as it is pulled; of several platforms the largest. Null when AWS did not say. */
  readonly bytes: number | null
  /** Milliseconds since 1970. */
  readonly pushedAt: number | null
  readonly pulledAt: number | null
  /** `ACTIVE`, `ARCHIVED`, `ACTIVATING`; null when AWS did not say. */
  readonly status: string | null
}

/** An image in the archive, or on its way back from it, nobody can pull. ECR User Guide, Archiving an image. */
export function isPullable(status: EcrImage['status']): boolean {
  return status !== 'ARCHIVED' && status !== 'ACTIVATING'
}

/** As an image index writes them: `linux`, `amd64`. */
export interface Platform {
  readonly os: string
  readonly architecture: string
  /** Windows: `10.0.20348.2402`. */
  readonly osVersion: string | null
}

export interface RunningImage {
  readonly image: string
  readonly digest: string
  readonly containers: readonly string[]
  /** A task runs it; else it is what the next task of its revision will pull. */
  readonly runs: boolean
  /** Of the tasks that run it: seconds of their pulls, where they say. */
  readonly pullSeconds: readonly number[]
  /** Null: the digest is no longer in the repository. */
  readonly found: Answer<EcrImage | null>
  readonly repositoryImages: RepositoryImages
}
