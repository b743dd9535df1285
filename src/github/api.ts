/** GitHub's REST API by way of its toolkit, which is loaded only when it is needed. What fails is a value, never an exception. */
import type { Clock } from '../domain/clock.ts'
import { maskSecrets } from '../domain/credential-masking.ts'

export interface Api {
  /** `GET /repos/{owner}/{repo}` and its parameters, as the toolkit takes them. */
  readonly ask: (route: string, parameters?: Readonly<Record<string, unknown>>) => Promise<ApiAnswer>
  /** The login that the token speaks for; null where GitHub does not say. */
  readonly viewer: () => Promise<string | null>
}

export type ApiAnswer = { readonly ok: true; readonly data: unknown } | Refusal

export interface Refusal {
  readonly ok: false
  /** Null where no answer came. */
  readonly status: number | null
  readonly because: 'forbidden' | 'absent' | 'invalid' | 'rate-limited' | 'unreachable' | 'failed'
  /** What GitHub or the network said, secrets masked; untrusted. */
  readonly detail: string
}

/** Longer than this nobody waits for a comment. */
const PATIENCE = { answerMs: 20_000, retrySeconds: 60 }

export async function connect(apiUrl: string, token: string, userAgent: string, clock: Clock): Promise<Api> {
  const { getOctokit } = await import('@actions/github')
  const silent = () => {}
  const log = { debug: silent, info: silent, warn: silent, error: silent }
  const { request } = getOctokit(token, { baseUrl: apiUrl, userAgent, log })
  let waited = false
  const ask: Api['ask'] = async (route, parameters = {}) => {
    try {
      const signal = AbortSignal.timeout(PATIENCE.answerMs)
      const { data } = await request(route, { ...parameters, request: { signal } })
      return { ok: true, data }
    } catch (error) {
      const seconds = waited ? null : retryAfter(error)
      if (seconds === null) return refusalOf(error)
      // Once for all calls together: a job does not wait for a comment again and again.
      waited = true
      await clock.sleep(seconds * 1000)
      return ask(route, parameters)
    }
  }
  return { ask, viewer: () => viewerOf(ask, apiUrl) }
}

/**
 * REST tells people only who they are (`GET /user`), GraphQL apps and a job's token as well. An Enterprise Server has it
 * beside REST: /api/graphql and /api/v3 (GitHub Enterprise Server Docs, Forming calls with GraphQL).
 */
async function viewerOf(ask: Api['ask'], apiUrl: string): Promise<string | null> {
  const baseUrl = apiUrl.replace(/\/v3\/?$/, '')
  const answer = await ask('POST /graphql', { baseUrl, query: '{ viewer { login } }' })
  if (!answer.ok) return null
  const { data } = answer.data as { readonly data?: { readonly viewer?: { readonly login?: unknown } | null } | null }
  const login = data?.viewer?.login
  return typeof login === 'string' ? login : null
}

interface Failure {
  readonly message: string
  readonly status: number | null
  readonly headers: Readonly<Record<string, unknown>>
}

/** The toolkit's error; one without an answer has a status as well, but no response (@octokit/request-error). */
function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error)
  const response = error instanceof Error && 'response' in error ? error.response : undefined
  if (typeof response !== 'object' || response === null) return { message, status: null, headers: {} }
  const { status, headers } = response as Readonly<Record<string, unknown>>
  return {
    message,
    status: typeof status === 'number' ? status : null,
    headers: typeof headers === 'object' && headers !== null ? (headers as Failure['headers']) : {},
  }
}

/** Seconds that GitHub asks to wait; null where it names none, or too many (GitHub Docs, Rate limits for the REST API). */
function retryAfter(error: unknown): number | null {
  const { status, headers } = failureOf(error)
  if (status !== 403 && status !== 429) return null
  const seconds = Number.parseInt(String(headers['retry-after'] ?? ''), 10)
  return seconds >= 0 && seconds <= PATIENCE.retrySeconds ? seconds : null
}

function refusalOf(error: unknown): Refusal {
  const failure = failureOf(error)
  return { ok: false, status: failure.status, because: reasonOf(failure), detail: maskSecrets(failure.message) }
}

function reasonOf({ status, headers, message }: Failure): Refusal['because'] {
  const limited =
    headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0' || /rate limit/i.test(message)
  if (status === null) return 'unreachable'
  if (status === 429 || (status === 403 && limited)) return 'rate-limited'
  if (status === 401 || status === 403) return 'forbidden'
  if (status === 404 || status === 410) return 'absent'
  return status === 422 ? 'invalid' : 'failed'
}
