/**
 * Asks a registry outside ECR, anonymously, whether it has an image. Only for users who want it: the machine that asks may see
 * another network than the task does. Never throws for what a registry says.
 */
import { maskSecrets } from '../domain/credential-masking.ts'
import type { ImageReference } from '../domain/image-reference.ts'
import { registryHosts } from '../task-start/registries.ts'
import { isLocal, tokenRequest } from './challenge.ts'

export type RegistryAnswer =
  | {
      readonly is: 'there'
      readonly digest: string | null
      /** `application/vnd.oci.image.index.v1+json`; an empty text where the registry did not say. */
      readonly mediaType: string
      /** The image index itself, as the registry sends it; only where it was wanted, is one, and could be had. */
      readonly index?: string
    }
  | { readonly is: 'missing' }
  /** It wants an account, or hides what is not public: whether the image exists, only its owner sees. */
  | { readonly is: 'closed' }
  | { readonly is: 'rate-limited' }
  | { readonly is: 'unreachable'; readonly detail: string }
  | { readonly is: 'garbled'; readonly detail: string }

export interface RegistrySenses {
  readonly fetch: typeof globalThis.fetch
  /** For each request. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal
  /** Fetches an image index as well, which names the platforms. Docker Hub counts that as a pull. */
  readonly index?: boolean
}

/** A registry answers in a form that the client accepts, or not at all. Docker Registry HTTP API V2, OCI Distribution Spec. */
const ACCEPT = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

/** A token is a few kilobytes; more is not read. */
const TOKEN_BYTES = 65_536
/** An index has a few hundred bytes a platform. */
const INDEX_BYTES = 1_048_576
const INDEX = /\.image\.index\.|\.manifest\.list\./

/** HEAD of the manifest: it transfers nothing, and Docker Hub does not count it as a pull. */
export async function askRegistry(reference: ImageReference, senses: RegistrySenses): Promise<RegistryAnswer> {
  try {
    const url = manifestUrl(reference)
    const first = await head(url, null, senses)
    if (first.status !== 401) return await withIndex(answerOf(first), url, null, senses)
    const request = tokenRequest(first.headers.get('www-authenticate'), url)
    if (request === null) return { is: 'closed' }
    const token = await tokenFrom(request, senses)
    if (typeof token !== 'string') return token
    return await withIndex(answerOf(await head(url, token, senses)), url, token, senses)
  } catch (error) {
    if (senses.signal?.aborted) throw error
    return { is: 'unreachable', detail: reasonOf(error) }
  }
}

/** Docker asks registries on this machine without TLS, and every other one with it. */
export function manifestUrl(reference: ImageReference): URL {
  const [registry] = registryHosts(reference)
  const host = registry?.host ?? reference.host
  const port = reference.port === null ? '' : `:${reference.port}`
  const id = reference.digest ?? reference.tag ?? 'latest'
  return new URL(`${isLocal(host) ? 'http' : 'https'}://${host}${port}/v2/${reference.repository}/manifests/${id}`)
}

/** The image is there, whatever becomes of this second question. */
async function withIndex(
  answer: RegistryAnswer,
  url: URL,
  token: string | null,
  senses: RegistrySenses,
): Promise<RegistryAnswer> {
  if (answer.is !== 'there' || senses.index !== true || !INDEX.test(answer.mediaType)) return answer
  try {
    const response = await ask('GET', url, token, senses)
    const index = response.status === 200 ? await textWithin(response, INDEX_BYTES) : null
    if (response.status !== 200) await response.body?.cancel()
    return index === null ? answer : { ...answer, index }
  } catch (error) {
    if (senses.signal?.aborted) throw error
    return answer
  }
}

function head(url: URL, token: string | null, senses: RegistrySenses): Promise<Response> {
  return ask('HEAD', url, token, senses)
}

function ask(method: string, url: URL, token: string | null, senses: RegistrySenses): Promise<Response> {
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` }
  return send(url, method, { accept: ACCEPT, ...authorization }, senses)
}

/** Fetch leaves the token out when a redirect leads to another origin. */
function send(
  url: URL,
  method: string,
  headers: Readonly<Record<string, string>>,
  { fetch, timeoutMs, signal }: RegistrySenses,
): Promise<Response> {
  const timeout = AbortSignal.timeout(timeoutMs)
  return fetch(url, { method, headers, signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]) })
}

function answerOf({ status, headers }: Response): RegistryAnswer {
  if (status === 200) {
    const mediaType = headers.get('content-type')?.split(';')[0]?.trim() ?? ''
    return { is: 'there', digest: headers.get('docker-content-digest'), mediaType }
  }
  if (status === 404) return { is: 'missing' }
  if (status === 401 || status === 403) return { is: 'closed' }
  if (status === 429) return { is: 'rate-limited' }
  if (status >= 500) return { is: 'unreachable', detail: `HTTP ${status}` }
  return { is: 'garbled', detail: `HTTP ${status}` }
}

/** The token, or why there is none. */
async function tokenFrom(url: URL, senses: RegistrySenses): Promise<string | RegistryAnswer> {
  const response = await send(url, 'GET', { accept: 'application/json' }, senses)
  if (response.status !== 200) {
    await response.body?.cancel()
    const answer = answerOf(response)
    return answer.is === 'missing' ? { is: 'closed' } : answer
  }
  const text = await textWithin(response, TOKEN_BYTES)
  const token = text === null ? null : tokenIn(text)
  return token ?? { is: 'garbled', detail: 'no token' }
}

/** `token`, or `access_token` as OAuth calls it. */
function tokenIn(text: string): string | null {
  try {
    const answer = JSON.parse(text) as Readonly<Record<string, unknown>> | null
    const token = answer?.['token'] ?? answer?.['access_token']
    // A header takes no line breaks, and no token has any.
    return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token) ? token : null
  } catch {
    return null
  }
}

async function textWithin(response: Response, most: number): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > most) return null
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}

/** Fetch hides the reason in the cause. */
function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error & { readonly cause?: { readonly code?: unknown } }
  return maskSecrets(String(cause?.code ?? (name === 'TimeoutError' ? 'timed out' : message))).slice(0, 200)
}
