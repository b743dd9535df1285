/** Reads an image reference as Docker does, and says which registry it names. Odd text is an answer, never an exception. */

import { dualStackRegistrySuffix, knownPartition, partitionBySuffix, partitionOf } from './partition.ts'
import type { Text } from './text.ts'

export interface ImageReference {
  /** Lower case, without the port: `docker.io`, `123456789012.dkr.ecr.ap-northeast-2.amazonaws.com`, `[::1]`. */
  readonly host: string
  /** Null where the reference names none; the registry is then asked on 443. */
  readonly port: number | null
  /** Everything between host and tag, nested names included: `team/app/web`. */
  readonly repository: string
  /** `latest` where there is neither tag nor digest; null where a digest stands alone. */
  readonly tag: string | null
  /** Wins over the tag: the registry is asked for the digest and the tag is not looked at. */
  readonly digest: string | null
  /** Null for every other registry. */
  readonly ecr: EcrRegistry | null
  /** public.ecr.aws, which is not an ECR private registry and has no VPC endpoint for pulls. */
  readonly ecrPublic: boolean
}

export interface EcrRegistry {
  readonly accountId: string
  readonly region: string
  /** `aws`, `aws-cn`, …; `unknown` where neither the Region nor the name's end is known. */
  readonly partition: string
  /** Suffix of the IPv4 names of this Region, for the API and layer hosts. */
  readonly dnsSuffix: string
  /** `dkr-ecr.REGION.on.aws`: the name has IPv6 addresses as well. */
  readonly dualStack: boolean
  readonly fips: boolean
}

export interface InvalidImage {
  readonly invalid: Text
}

export function isInvalidImage(reference: ImageReference | InvalidImage): reference is InvalidImage {
  return 'invalid' in reference
}

const HUB = 'docker.io'
const OLD_HUB = 'index.docker.io'
/** distribution/reference, RepositoryNameTotalLengthMax: the path alone, without the host. */
const LONGEST_REPOSITORY = 255
const PORT_MAX = 65535

const LABEL = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?'
const HOST = new RegExp(`^(${LABEL}(?:\\.${LABEL})*|\\[[a-f0-9:]+\\])(?::([0-9]+))?$`, 'i')
const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const REPOSITORY = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`)
const TAG = /^\w[\w.-]{0,127}$/
const DIGEST_LENGTHS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 }

/**
 * Reads `[host[:port]/]repository[:tag][@digest]` by the grammar of distribution/reference, Docker's own parser.
 * One name without a host is an official image of Docker Hub.
 */
export function parseImageReference(text: string): ImageReference | InvalidImage {
  if (text === '') return invalid('The image is empty.', '이미지가 비어 있습니다.')
  if (/\s/.test(text)) {
    return invalid(`The image has white space in it: ${text}`, `이미지에 공백이 들어 있습니다: ${text}`)
  }
  if (/^[a-f0-9]{64}$/.test(text)) {
    return invalid(
      `Sixty-four hexadecimal digits are an image id, and no registry can be asked for one: ${text}`,
      `16진수 64자는 이미지 ID이며 레지스트리에서 찾을 수 없습니다: ${text}`,
    )
  }
  const [named, digest] = cut(text, '@')
  const [registry, rest] = splitHost(named)
  const [path, tag] = cut(rest, ':')
  const repository = registry === HUB && !path.includes('/') ? `library/${path}` : path
  return (
    wrongHost(registry) ??
    wrongRepository(repository, path) ??
    wrongTag(tag) ??
    wrongDigest(digest) ??
    assemble(registry, repository, tag, digest)
  )
}

/** The first component is a host only if it has a dot or a colon or is `localhost`: `team/app` is on Docker Hub. */
function splitHost(named: string): readonly [string, string] {
  const slash = named.indexOf('/')
  if (slash < 0) return [HUB, named]
  const first = named.slice(0, slash)
  if (!/[.:]/.test(first) && first.toLowerCase() !== 'localhost') return [HUB, named]
  const host = first.toLowerCase()
  return [host === OLD_HUB ? HUB : host, named.slice(slash + 1)]
}

function wrongHost(registry: string): InvalidImage | null {
  const port = HOST.exec(registry)
  if (port !== null && (port[2] === undefined || (Number(port[2]) > 0 && Number(port[2]) <= PORT_MAX))) return null
  return invalid(
    `The registry is not a host name with an optional port: ${registry}`,
    `레지스트리가 호스트 이름(및 포트)의 형식이 아닙니다: ${registry}`,
  )
}

function wrongRepository(repository: string, asWritten: string): InvalidImage | null {
  if (repository.length > LONGEST_REPOSITORY) {
    return invalid(
      `The repository name has ${repository.length} characters; ${LONGEST_REPOSITORY} are allowed.`,
      `리포지토리 이름이 허용 길이를 넘습니다. 길이: ${repository.length}, 최대: ${LONGEST_REPOSITORY}`,
    )
  }
  if (REPOSITORY.test(repository)) return null
  // Docker takes a capital first component for a host name; it then fails to resolve, so the same answer fits.
  if (REPOSITORY.test(repository.toLowerCase())) {
    return invalid(
      `The repository name must be lower case: ${asWritten}`,
      `리포지토리 이름은 소문자여야 합니다: ${asWritten}`,
    )
  }
  return invalid(
    `The repository name is not lower-case letters and digits with single separators: ${asWritten}`,
    `리포지토리 이름의 형식이 올바르지 않습니다. 소문자, 숫자와 구분 기호만 쓸 수 있습니다: ${asWritten}`,
  )
}

function wrongTag(tag: string | null): InvalidImage | null {
  if (tag === null || TAG.test(tag)) return null
  return invalid(
    `A tag has 1 to 128 letters, digits, "_", "." and "-", and starts with neither "." nor "-": ${tag}`,
    `태그는 1~128자의 영문자, 숫자, "_", ".", "-"만 쓸 수 있으며 "."이나 "-"로 시작할 수 없습니다: ${tag}`,
  )
}

function wrongDigest(digest: string | null): InvalidImage | null {
  if (digest === null) return null
  const [algorithm, hex] = cut(digest, ':')
  const length = Object.hasOwn(DIGEST_LENGTHS, algorithm) ? DIGEST_LENGTHS[algorithm] : undefined
  if (length !== undefined && hex?.length === length && /^[a-f0-9]+$/.test(hex)) return null
  return invalid(
    `The digest is not "sha256:" with 64 lower-case hexadecimal digits: ${digest}`,
    `다이제스트가 "sha256:"과 소문자 16진수 64자의 형식이 아닙니다: ${digest}`,
  )
}

function assemble(registry: string, repository: string, tag: string | null, digest: string | null): ImageReference {
  const [, host = registry, port] = HOST.exec(registry) ?? []
  return {
    host,
    port: port === undefined ? null : Number(port),
    repository,
    tag: tag ?? (digest === null ? 'latest' : null),
    digest,
    ecr: ecrRegistry(host),
    ecrPublic: host === 'public.ecr.aws',
  }
}

/** Host names: AWS General Reference, Amazon ECR endpoints and quotas. */
function ecrRegistry(host: string): EcrRegistry | null {
  const match = /^(\d{12})\.dkr([.-])ecr(-fips)?\.([a-z0-9-]+)\.(.+)$/.exec(host)
  if (match === null) return null
  const [, accountId = '', separator, fips, region = '', suffix = ''] = match
  const dualStack = separator === '-'
  const place = placeOf(region, suffix, dualStack)
  return place === null ? null : { accountId, region, ...place, dualStack, fips: fips !== undefined }
}

/** A known Region must end as its partition does; `cn-north-1.amazonaws.com` is nobody's registry. Unknown Regions may end as they like. */
function placeOf(
  region: string,
  suffix: string,
  dualStack: boolean,
): Pick<EcrRegistry, 'partition' | 'dnsSuffix'> | null {
  const partition = knownPartition(region)
  if (partition !== null) {
    const expected = dualStack ? dualStackRegistrySuffix(partition) : partition.dnsSuffix
    return suffix === expected ? { partition: partition.id, dnsSuffix: partition.dnsSuffix } : null
  }
  if (dualStack) {
    const likely = partitionOf(region)
    const known = suffix === dualStackRegistrySuffix(likely)
    return { partition: known ? likely.id : 'unknown', dnsSuffix: likely.dnsSuffix }
  }
  return { partition: partitionBySuffix(suffix)?.id ?? 'unknown', dnsSuffix: suffix }
}

/** Text before the first mark, and after it: null where there is no mark, so that an empty tag is not a missing one. */
function cut(text: string, mark: string): readonly [string, string | null] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)]
}

function invalid(en: string, ko: string): InvalidImage {
  return { invalid: { en, ko } }
}
