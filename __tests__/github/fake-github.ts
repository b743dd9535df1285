/** GitHub on loopback, as far as comments go. Whatever breaks GitHub's own description, of a request or of an answer, is kept as a fault. */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { faultsOfAnswer, faultsOfRequest, type Operation, operationOf } from './description.ts'

export interface Stored {
  readonly id: number
  readonly issue: number
  readonly login: string
  body: string
}

export interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface FakeGitHub {
  readonly url: string
  /** Method and template of the path, in order. */
  readonly calls: string[]
  readonly faults: string[]
  readonly comments: Stored[]
  /** Commit → pull requests. */
  readonly pulls: Map<string, readonly unknown[]>
  /** Whose token it is; null: GraphQL refuses. */
  viewer: string | null
  /** Answers instead, where it has one. */
  before: (call: string) => Answer | null | Promise<Answer | null>
  readonly stop: () => Promise<void>
}

export async function startGitHub(): Promise<FakeGitHub> {
  const server = createServer(async (request, response) => {
    const { status, body, headers = {} } = await answer(fake, request)
    response.writeHead(status, { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers })
    response.end(body === undefined ? undefined : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const fake: FakeGitHub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: [],
    faults: [],
    comments: [],
    pulls: new Map(),
    viewer: 'github-actions[bot]',
    before: () => null,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return fake
}

async function answer(fake: FakeGitHub, request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? '', fake.url)
  const text = await textOf(request)
  const body: unknown = text === '' ? undefined : JSON.parse(text)
  const isGraphql = url.pathname === '/graphql' || url.pathname === '/api/graphql'
  // An Enterprise Server has the same paths under /api/v3.
  url.pathname = url.pathname.replace(/^\/api\/v3/, '')
  const operation = isGraphql ? null : operationOf(request.method ?? '', url)
  const call = isGraphql ? `POST ${url.pathname}` : (operation?.name ?? `${request.method} ${url.pathname}`)
  fake.calls.push(call)
  if (!/^token \S+$/.test(request.headers.authorization ?? '')) fake.faults.push(`${call}: no token`)
  const instead = await fake.before(call)
  if (isGraphql) return instead ?? viewer(fake, body)
  if (operation === null) {
    fake.faults.push(`${call} is not described`)
    return error(404, 'Not Found')
  }
  fake.faults.push(...faultsOfRequest(operation, body).map((fault) => `${call}: ${fault}`))
  const given = instead ?? act(fake, operation, body)
  fake.faults.push(...faultsOfAnswer(operation, given.status, given.body))
  return given
}

function viewer(fake: FakeGitHub, body: unknown): Answer {
  expectQuery(fake, body)
  return fake.viewer === null
    ? error(403, 'Resource not accessible by integration')
    : { status: 200, body: { data: { viewer: { login: fake.viewer } } } }
}

function expectQuery(fake: FakeGitHub, body: unknown): void {
  const { query } = body as { readonly query?: string }
  if (query?.replace(/\s+/g, ' ') !== '{ viewer { login } }') fake.faults.push(`GraphQL was asked ${query}`)
}

function act(fake: FakeGitHub, { name, given }: Operation, body: unknown): Answer {
  const { comments } = fake
  const issue = Number(given['issue_number'])
  const text = String((body as { readonly body?: string } | undefined)?.body)
  const found = comments.find(({ id }) => id === Number(given['comment_id']))
  switch (name.split(' ')[0]) {
    case 'POST': {
      const comment = { id: 1_000 + comments.length, issue, login: fake.viewer ?? 'github-actions[bot]', body: text }
      comments.push(comment)
      return { status: 201, body: shown(comment) }
    }
    case 'PATCH':
      if (found === undefined) return error(404, 'Not Found')
      found.body = text
      return { status: 200, body: shown(found) }
    case 'DELETE':
      if (found === undefined) return error(404, 'Not Found')
      comments.splice(comments.indexOf(found), 1)
      return { status: 204 }
    default:
      if (given['commit_sha'] !== undefined) return { status: 200, body: fake.pulls.get(given['commit_sha']) ?? [] }
      return {
        status: 200,
        body: page(
          comments.filter((one) => one.issue === issue),
          given,
        ).map(shown),
      }
  }
}

/** 30 a page unless told, at most 100 (GitHub Docs, Using pagination in the REST API). */
function page<T>(all: readonly T[], given: Operation['given']): readonly T[] {
  const size = Math.min(100, Number(given['per_page'] ?? 30))
  const from = (Number(given['page'] ?? 1) - 1) * size
  return all.slice(from, from + size)
}

export function error(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Answer {
  const documentation_url = 'https://docs.github.com/rest/issues/comments'
  return { status, body: { message, documentation_url, status: String(status) }, headers }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Buffer))
  return Buffer.concat(chunks).toString()
}

const API = 'https://api.github.com'

function shown({ id, issue, login, body }: Stored) {
  return {
    id,
    node_id: `IC_${id}`,
    url: `${API}/repos/acme/shop/issues/comments/${id}`,
    html_url: `https://github.com/acme/shop/pull/${issue}#issuecomment-${id}`,
    issue_url: `${API}/repos/acme/shop/issues/${issue}`,
    body,
    user: login === 'ghost' ? null : user(login),
    created_at: '2026-11-23T05:00:00Z',
    updated_at: '2026-11-23T05:00:00Z',
    author_association: login.endsWith('[bot]') ? 'NONE' : 'CONTRIBUTOR',
    performed_via_github_app: null,
  }
}

function user(login: string) {
  const url = `${API}/users/${encodeURIComponent(login)}`
  return {
    login,
    id: 41_898_282,
    node_id: 'MDM6Qm90NDE4OTgyODI=',
    avatar_url: 'https://avatars.githubusercontent.com/in/15368?v=4',
    gravatar_id: '',
    url,
    html_url: `https://github.com/${encodeURIComponent(login)}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: login.endsWith('[bot]') ? 'Bot' : 'User',
    site_admin: false,
  }
}
