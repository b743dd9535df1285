/** Which endpoint a host name or an image reference stands for, in the words of a path's `destination`. */

/** Docker Hub has one name for the catalogue, one for the registry and several for its layer stores; a path names the registry. */
export const DOCKER_HUB = 'registry:registry-1.docker.io'
const DOCKER_HUB_NAMES = [
  'registry-1.docker.io',
  'production.cloudflare.docker.com',
  'production.cloudfront.docker.com',
]
/** The last is the CloudFront distribution that served Docker Hub's layers until its own names replaced it. */
const DOCKER_HUB_HOSTS = /(^|\.)docker\.(io|com)$|\.cloudflarestorage\.com$|^dseasb33srnrn\.cloudfront\.net$/

/** ECR User Guide, "Making requests to Amazon ECR": public partitions, FIPS, dual-stack. Masked accounts and Regions are let through. */
const ECR_REGISTRY =
  /^[^.\s]{0,64}\.dkr[.-]ecr(-fips)?\.[a-z0-9<>*_-]{1,40}\.(amazonaws\.com(\.cn)?|amazonaws\.eu|on\.aws|on\.amazonwebservices\.com\.cn|c2s\.ic\.gov|sc2s\.sgov\.gov)$/
/** The text ends before the name does. */
const ECR_REGISTRY_CUT = /^[^.\s]{0,64}\.dkr[.-]ecr(-fips)?\.[a-z0-9<>*_.-]{0,40}$/

const AWS_API_HOSTS: readonly (readonly [RegExp, string])[] = [
  [/^(api\.ecr|ecr)(-fips)?\.[a-z0-9-]*/, 'ecr-api'],
  [/^logs(-fips)?\./, 'logs'],
  [/^secretsmanager(-fips)?\./, 'secretsmanager'],
  [/^ssm(-fips)?\./, 'ssm'],
  [/^ssmmessages\./, 'ssmmessages'],
  [/^kms(-fips)?\./, 'kms'],
  [/(^|\.)s3[.-]|starport-layer-bucket/, 's3-layers'],
]
const AWS_SUFFIX = /\.(amazonaws\.(com(\.cn)?|eu)|api\.aws|on\.aws|api\.amazonwebservices\.com\.cn)$/

/** Null for what is no host name. `cut` when the text ends right after it. */
export function destinationOfHost(name: string, cut = false): string | null {
  const host = name.replace(/^\.+(?!dkr)|\.+$/g, '').replace(/:\d{1,5}$/, '')
  if (ECR_REGISTRY.test(host)) return 'ecr-dkr'
  if (cut && ECR_REGISTRY_CUT.test(host)) return 'ecr-dkr'
  if (host === '' || !/^[a-z0-9<>*_.[\]:-]+$/.test(host)) return null
  if (DOCKER_HUB_HOSTS.test(host)) return DOCKER_HUB
  if (cut && /[.-]/.test(host) && DOCKER_HUB_NAMES.some((it) => it.startsWith(host))) return DOCKER_HUB
  if (AWS_SUFFIX.test(host) || cut) {
    for (const [pattern, destination] of AWS_API_HOSTS) if (pattern.test(host)) return destination
  }
  return `registry:${host}`
}

/** The host of an image reference: the part before the first slash when it has a dot or a colon or is `localhost`, else Docker Hub. */
export function hostOfImage(reference: string): string {
  const slash = reference.indexOf('/')
  const first = slash < 0 ? '' : reference.slice(0, slash)
  return /[.:]/.test(first) || first === 'localhost' ? first : 'docker.io'
}

const ASKED =
  /\b(?:get|head|post|put|lookup|status(?: code)?(?: from (?:get|head|post) request to)?|pulling from host) ["'(]{0,2}(?:https?:\/\/)([^\s/"',)]{1,253})|\b(?:lookup|pulling from host) ["']?([^\s/"',)]{1,253})|https?:\/\/([^\s/"',)]{1,253})\/v[12]\//g

/** Hosts that were called, in the order of the text: after a verb, behind `https://`, or looked up. */
export function hostsAsked(plain: string): readonly string[] {
  return [...plain.matchAll(ASKED)].map(([, url, name, registry]) =>
    (url ?? name ?? registry ?? '').replace(/[.:]+$/, ''),
  )
}

const IMAGE =
  /\b(?:resolve (?:ref|reference|image)|access denied for|(?:pull|unpack) image|pull and unpack image|manifest for|repository|image|cannot pull|can't pull|can't pull the image|the registry|get|from|redacted ecr url related to) ["'(]{0,2}([^\s"',()]{2,400})/g

/** Image references that the text names, without tag and digest; a bare word counts only where the text calls it an image. */
export function imagesNamed(plain: string): readonly string[] {
  return [...plain.matchAll(IMAGE)]
    .map(([, name]) => (name ?? '').replace(/[:.;]+$/, ''))
    .filter((name) => !/^https?:|^arn:|^\[|^\/|^<[^/.]*\//.test(name))
    .filter((name) => /^[^/]+\//.test(name) && !/^(linux|windows|darwin)\//.test(name))
}

const BARE_IMAGE =
  /(?:^|[ :'"])(?:image|repository|denied for|manifest for) ["']?([a-z0-9][a-z0-9._-]{1,127})(?::[a-z0-9._-]{1,128})?["']?(?:,| not found| repository)/

/** A familiar name such as `nginx:1.0`, which stands for Docker Hub. */
export function namesFamiliarImage(plain: string): boolean {
  const name = BARE_IMAGE.exec(plain)?.[1]
  return name !== undefined && !/^(manifest|configuration|layer|requested|is|was)$/.test(name)
}
