/** Images, repositories and manifests, from ECR's answers. */
import type { EcrImage, EcrRepository, Platform } from '../../domain/image.ts'
import { parseJson } from '../reader/json-text.ts'
import { at, count, idOf, instant, isLoose, type Loose, listAt, text, texts } from './shape.ts'

/** `DescribeImages`. */
export function toEcrImage(detail: Loose): EcrImage | null {
  const digest = idOf(detail['imageDigest'])
  if (digest === null) return null
  return {
    digest,
    tags: texts(detail['imageTags']),
    bytes: count(detail['imageSizeInBytes']),
    pushedAt: instant(detail['imagePushedAt']),
    pulledAt: instant(detail['lastRecordedPullTime']),
    status: idOf(detail['imageStatus']),
  }
}

/** `DescribeRepositories`. */
export function toEcrRepository(record: Loose): EcrRepository | null {
  const arn = idOf(record['repositoryArn'])
  return arn === null ? null : { arn }
}

/** What `BatchGetImage` says of one image, asked by any of these tags and digests. */
export type Manifest =
  | { readonly is: 'there'; readonly digest: string | null; readonly tag: string | null; readonly text: string | null }
  | { readonly is: 'missing' }
  | { readonly is: 'unread'; readonly detail: string }

export function manifestIn(answers: readonly Loose[], repository: string, ids: readonly string[]): Manifest {
  const named = (one: Loose) =>
    [at(one, 'imageId', 'imageDigest'), at(one, 'imageId', 'imageTag')].some((id) => ids.includes(id as string))
  const own = answers
    .flatMap((answer) => listAt(answer, 'images'))
    .find((one) => named(one) && (one['repositoryName'] ?? repository) === repository)
  if (own !== undefined)
    return {
      is: 'there',
      digest: idOf(at(own, 'imageId', 'imageDigest')),
      tag: idOf(at(own, 'imageId', 'imageTag')),
      text: text(own['imageManifest']),
    }
  const failure = answers.flatMap((answer) => listAt(answer, 'failures')).find(named)
  if (failure === undefined) return { is: 'unread', detail: '' }
  const code = text(failure['failureCode']) ?? ''
  if (code === 'ImageNotFound') return { is: 'missing' }
  return { is: 'unread', detail: [code, text(failure['failureReason']) ?? ''].filter((part) => part).join(': ') }
}

/** Buildx writes what it knows of a build beside the platforms, as a platform that is none. */
const NO_PLATFORM = 'unknown'

/**
 * The platforms of an image index or manifest list; null for a manifest of one platform, whose configuration alone tells it.
 * Only the first format of Docker (schema 1) wrote the architecture into the manifest. Undefined: the text is no manifest.
 */
export function platformsIn(manifest: string): readonly Platform[] | null | undefined {
  const parsed = parseJson(manifest)
  if (!parsed.ok || !isLoose(parsed.value)) return undefined
  if (Array.isArray(parsed.value['manifests'])) {
    return listAt(parsed.value, 'manifests')
      .map((one) => one['platform'])
      .filter(isLoose)
      .filter((one) => one['architecture'] !== NO_PLATFORM)
      .map(toPlatform)
  }
  const architecture = idOf(parsed.value['architecture'])
  return architecture === null ? null : [{ os: 'linux', architecture, osVersion: null }]
}

/** Digests of the manifests of an index; none of a manifest of one platform. */
export function manifestsIn(manifest: string): readonly string[] {
  const parsed = parseJson(manifest)
  return parsed.ok ? listAt(parsed.value, 'manifests').flatMap((one) => idOf(one['digest']) ?? []) : []
}

/** The blob that tells the platform of a manifest that names none; null where it names no blob. */
export function configDigestIn(manifest: string): string | null {
  const parsed = parseJson(manifest)
  return parsed.ok ? idOf(at(parsed.value, 'config', 'digest')) : null
}

/** The manifest of an index that is of the platform; null where there is none. */
export function manifestFor(index: string, fits: (platform: Platform) => boolean): string | null {
  const parsed = parseJson(index)
  const one = (parsed.ok ? listAt(parsed.value, 'manifests') : []).find(
    ({ platform }) => isLoose(platform) && fits(toPlatform(platform)),
  )
  return idOf(one?.['digest'])
}

function toPlatform(platform: Loose): Platform {
  return {
    os: text(platform['os']) ?? '',
    architecture: text(platform['architecture']) ?? '',
    osVersion: idOf(platform['os.version']),
  }
}
