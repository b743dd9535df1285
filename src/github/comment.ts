/** One comment per service on the pull request of the job: found again by its marker and its author, updated in place. */
import type { Clock } from '../domain/clock.ts'
import type { Text } from '../domain/text.ts'
import { type Api, connect, type Refusal } from './api.ts'
import { noPullRequest, noToken, notWritten } from './comment-notice.ts'
import type { GitHubJob } from './github-job.ts'
import { type Found, type OwnComment, ownComments, type Place } from './own-comments.ts'
import { pullRequestOf } from './pull-request.ts'

export interface CommentRequest {
  /** `auto`: when there is something to tell, or an earlier comment to bring up to date. */
  readonly when: 'auto' | 'always'
  /** Empty: there is none. */
  readonly token: string
  readonly job: GitHubJob
  /** Stands at the beginning of the comment, and of no other. */
  readonly marker: string
  readonly hasFindings: boolean
  /** The comment's text, made from that of our earlier one. */
  readonly draw: (earlier: string | null) => string
  readonly userAgent: string
}

export interface Commented {
  readonly did: 'created' | 'updated' | 'nothing'
  /** Why there is no comment where one was due. */
  readonly notice: Text | null
}

const NOTHING: Commented = { did: 'nothing', notice: null }

/** Never throws: a comment that cannot be written is a notice, and changes no result. */
export async function writeComment(request: CommentRequest, clock: Clock): Promise<Commented> {
  const { job, token, when, hasFindings } = request
  const due = when === 'always' || hasFindings
  const missing = (notice: Text): Commented => ({ did: 'nothing', notice: due ? notice : null })
  if (token === '') return missing(noToken())
  const api = await connect(job.apiUrl, token, request.userAgent, clock)
  const pull = await pullRequestOf(api, job)
  if (!pull.ok) return missing(notWritten(pull, job))
  if (pull.number === null) return missing(noPullRequest(job.event))
  const place = { owner: job.owner, repo: job.repo, issue_number: pull.number }
  const own = await ownComments(api, place, request.marker)
  if (!own.ok) return missing(notWritten(own, job))
  if (own.comments.length === 0 && !due) return NOTHING
  const written = await put(api, place, own, request)
  return 'ok' in written ? { did: 'nothing', notice: notWritten(written, job) } : written
}

/** The oldest is ours to keep; others are left by runs that ended too early to take theirs back. */
async function put(api: Api, place: Place, { comments }: Found, request: CommentRequest): Promise<Commented | Refusal> {
  const [oldest, ...others] = comments
  if (oldest === undefined) return create(api, place, request)
  const updated = await update(api, place, oldest, request)
  // Somebody has deleted it in the meantime.
  if ('ok' in updated) return updated.because === 'absent' ? create(api, place, request) : updated
  for (const other of others) await remove(api, place, other)
  return updated
}

async function update(api: Api, place: Place, old: OwnComment, { draw }: CommentRequest): Promise<Commented | Refusal> {
  const body = draw(old.body)
  if (body.trim() === old.body.replaceAll('\r\n', '\n').trim()) return NOTHING
  const { owner, repo } = place
  const answer = await api.ask(`PATCH ${COMMENT}`, { owner, repo, comment_id: old.id, body })
  return answer.ok ? { did: 'updated', notice: null } : answer
}

const COMMENT = '/repos/{owner}/{repo}/issues/comments/{comment_id}'

/** Two runs at once may both find no comment and both write one: the one that is not the oldest goes again. */
async function create(api: Api, place: Place, request: CommentRequest): Promise<Commented | Refusal> {
  const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
  const answer = await api.ask(route, { ...place, body: request.draw(null) })
  if (!answer.ok) return answer
  const created: Commented = { did: 'created', notice: null }
  const { id, user } = answer.data as { readonly id?: unknown; readonly user?: { readonly login?: unknown } | null }
  if (typeof id !== 'number' || typeof user?.login !== 'string') return created
  const own = await ownComments(api, place, request.marker, user.login)
  const [oldest] = own.ok ? own.comments : []
  if (oldest === undefined || oldest.id >= id) return created
  const moved = await update(api, place, oldest, request)
  if ('ok' in moved) return created
  await remove(api, place, { id, body: '' })
  return { did: 'updated', notice: null }
}

/** One that stays only stands there twice until the next run. */
async function remove(api: Api, { owner, repo }: Place, { id }: OwnComment): Promise<void> {
  await api.ask(`DELETE ${COMMENT}`, { owner, repo, comment_id: id })
}
