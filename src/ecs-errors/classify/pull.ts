/** Why an image could not be pulled. */

import type { Label } from '../../domain/label.ts'
import { about } from '../destination.ts'
import { destinationOfHost, hostOfImage, hostsAsked, imagesNamed } from '../hosts.ts'
import type { Reading } from '../reading.ts'

/** Said by nobody but a client that pulls an image. */
const PULLING =
  /cannotpull|cannot pull (the )?(container|image|'|<path>)|can't pull the image|the task (cannot|can't) pull (?!secret|registry auth)|(failed|unable|trying|error) (to )?pull(ing)?( and unpack)? ([a-z']+ )?(container )?image|error while pulling|pull after error: |error: image .{1,300} not found|to \[created\]: no such image|pull image manifest|inspect image has been|ref pull has|(failed|unable) to resolve (ref|image)|httpread(er)?seeker|failed to copy: (httpread|read tcp|unexpected|failed|local error|remote error|context|dial|get )|pull access denied|manifest unknown(:|\W*$)|manifest for .{1,300} not found|failed to (register|extract) layer( sha256|:)|failed to unpack image|image manifest does not contain|toomanyrequests\b|pull rate limit|authorization token has expired|no basic auth credentials|normalize image reference|invalid reference format|requested access to the resource is denied|windows version .{1,40}image is incompatible|no matching manifest for|pulling from host|pull command failed|pull through cache|pull-through cache|registry endpoint|unexpected http status: [45]|repository .{1,300} not found: does not exist|the repository with name .{1,200} does not exist in the registry|not authorized to perform: ecr:(?!initiate|upload|complete|put)/

const REGISTRY_CALL = /https?:\/\/[^\s"'/]{1,253}\/v[12]\//
const DOCKER = /error response from daemon|api error \(\d{3}\)|docker: |\bctr: /

export function decidePull(reading: Reading): Label | null {
  return isPull(reading)
    ? (imageFault(reading) ?? refusal(reading) ?? path(reading) ?? answer(reading) ?? vague(reading))
    : null
}

/** What a pull alone writes and calls: the file for a layer under way, the bucket of ECR's layers. */
const PULLED = /getimageblob\d|-starport-layer-bucket|redacted ecr url/

function isPull({ plain, prose }: Reading): boolean {
  if (PULLING.test(prose) || PULLED.test(plain)) return true
  if (!DOCKER.test(prose)) return false
  return (
    REGISTRY_CALL.test(plain) ||
    /\/\/api\.ecr/.test(plain) ||
    /repository <path> not found|repository \S{1,128} not found/.test(prose)
  )
}

const PLATFORM =
  /descriptor (matching|for) platform|match(ing manifest)? for (platform|linux|windows)|matching manifest for|no match for platform|-based image is incompatible|does not match the (specified|detected) (host )?platform|(operating system|image operating system|image os) .{0,40}(cannot be used|is not supported|not supported)|unsupported platform|platform .{1,40}(not supported|mismatch)/
const BAD_REFERENCE =
  /normalize image reference|invalid reference format|could not parse image|invalid image (name|reference)|repository name must be|invalid checksum digest|not a valid repository/
const UNPACK =
  /failed to (unpack|extract|register layer|prepare extraction|apply layer|commit)|unpack image on|rootfs and manifest layers|layers from manifest don't match|layers and diffids? don't|layer does not exist|(unsupported|unexpected|unknown) (manifest )?media ?type|schema ?(version )?1|invalid tar|invalid gzip|gzip: invalid|zstd|corrupted|unpigz|wrong diff id|unexpected commit (size|digest)|failed commit on ref|failed size validation|filesystem layer verification|hcsshim|devicemapper|devmapper|archive\/tar|error processing tar/
const UPSTREAM =
  /pull[ -]?through[ -]?cache|upstream registry|upstream (image|repository)|importing image|unable to import image|import(ing)? .{0,40}upstream|upstream .{0,20}(unavailable|error|authentication|credential)/

/** The image or the disk, whatever the network does. */
function imageFault(reading: Reading): Label | null {
  const { prose, answered } = reading
  if (PLATFORM.test(prose)) return 'pull/platform-mismatch'
  if (answered('diskFull')) return 'pull/disk-full'
  if (UPSTREAM.test(prose) || redirectedUpstream(reading)) return 'pull/pull-through-cache'
  if (BAD_REFERENCE.test(prose)) return 'pull/image-not-found'
  if (UNPACK.test(withoutHeading(prose)) && !answered('silent') && !answered('tls')) return 'pull/unpack-failed'
  return null
}

/** `failed to pull and unpack image` is a heading of containerd, not an unpacking fault. */
function withoutHeading(prose: string): string {
  return prose.replace(/failed to pull and unpack/g, 'failed to pull')
}

/** An ECR pull-through cache that cannot import sends the client on to the upstream registry. */
function redirectedUpstream({ plain }: Reading): boolean {
  const asked = hostsAsked(plain).map((host) => destinationOfHost(host))
  if (asked.length === 0 || asked.some((it) => it === null || !it.startsWith('registry:'))) return false
  const image = imagesNamed(plain).find((name) => destinationOfHost(hostOfImage(name)) === 'ecr-dkr')
  if (image === undefined || asked.some((it) => it?.includes('.dkr.'))) return false
  return /\/(docker[.-](io|hub)|library|ecr-public|quay|ghcr|github|k8s|registry-k8s|mcr|gitlab|mirror|cache)\b/.test(
    image,
  )
}

const CONFLATED =
  /no pull access|requested access to the resource is denied|insufficient_scope|repository does not exist or may require|pull access denied|: denied(: denied)?\W*$|\berror: image .{1,300} not found$|\berror: image .{1,300} not found[^a-z]/
const DEFINITE =
  /not authorized to perform|proxy authentication required|token (has |is )?expired|no basic auth|incorrect username or password|\b403\b|forbidden|accessdenied|explicit deny/

function refusal({ prose, answered }: Reading): Label | null {
  if (answered('throttled')) return 'pull/rate-limited'
  if (DEFINITE.test(prose)) return 'pull/auth-denied'
  if (CONFLATED.test(prose)) return 'pull/access-denied-or-missing'
  return answered('denied') || /(registry|ecr) credentials/.test(prose) ? 'pull/auth-denied' : null
}

/** What the way to the registry did; before the 404s, because the text after a broken call is the client's own. */
function path({ plain, prose, answered }: Reading): Label | null {
  if (answered('unresolved') || /dial tcp: lookup /.test(plain)) return 'pull/dns-failure'
  if (answered('tls')) return 'pull/tls-failure'
  if (answered('silent') || answered('killed')) return 'pull/network-timeout'
  if (answered('refused') && !UNPACK.test(withoutHeading(prose))) return 'pull/connection-refused'
  return null
}

function answer({ prose, answered }: Reading): Label | null {
  if (answered('missing')) return 'pull/image-not-found'
  if (answered('down')) return 'pull/registry-unavailable'
  // What failed to be unpacked, and of what, stands after these words.
  if (/(register|extract|apply) layer[^a-z]*$/.test(prose)) return null
  if (UNPACK.test(withoutHeading(prose))) return 'pull/unpack-failed'
  return null
}

/** Cut before the cause. Three tries and more were made because nobody answered; one try mostly met a definite answer. */
function vague(reading: Reading): Label {
  const { plain, prose, answered, retries } = reading
  if (answered('networkAdvice') || /\btime-?out\b/.test(prose)) return 'pull/network-timeout'
  if (/redacted ecr url/.test(plain)) return 'pull/network-timeout'
  if (/failed to do request/.test(prose) && (retries ?? 0) >= 3) return 'pull/network-timeout'
  if (about(reading).token && /send request failed/.test(prose)) return 'pull/network-timeout'
  return 'pull/unspecified'
}
