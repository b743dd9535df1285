/** The comments of a pull request that this tool has written for a service: they begin with its marker, and their author is ours. */
import type { Api, Refusal } from './api.ts'

export interface OwnComment {
  readonly id: number
  readonly body: string
}

/** Of a pull request, in GitHub's names. */
export type Place = Readonly<{ owner: string; repo: string; issue_number: number }>
/** Oldest first. */
export type Found = Readonly<{ ok: true; comments: readonly OwnComment[] }>

const PAGE = 100
/** 10,000 comments: nobody reads such a pull request. */
const PAGES = 100
/** Who writes with the token that GitHub makes for a job: nearly everybody, so it is assumed where GitHub does not say. */
const JOB_TOKEN = 'github-actions[bot]'

/** `login`: the author, where it is known already. Anybody can copy a marker, so that the author decides. */
export async function ownComments(
  api: Api,
  place: Place,
  marker: string,
  login: string | null = null,
): Promise<Found | Refusal> {
  const marked: (OwnComment & { readonly author: string })[] = []
  for (let page = 1; page <= PAGES; page += 1) {
    const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments'
    const answer = await api.ask(route, { ...place, per_page: PAGE, page })
    if (!answer.ok) return answer
    const listed: readonly unknown[] = Array.isArray(answer.data) ? answer.data : []
    marked.push(...listed.flatMap((one) => toMarked(one, marker)))
    if (listed.length < PAGE) break
  }
  if (marked.length === 0) return { ok: true, comments: [] }
  const ours = login ?? (await api.viewer()) ?? JOB_TOKEN
  const comments = marked.filter(({ author }) => author === ours).map(({ id, body }) => ({ id, body }))
  return { ok: true, comments: comments.toSorted((one, other) => one.id - other.id) }
}

function toMarked(comment: unknown, marker: string) {
  const { id, body, user } = (comment ?? {}) as Readonly<Record<string, unknown>>
  const login = (user as { readonly login?: unknown } | null)?.login
  if (typeof id !== 'number' || typeof body !== 'string' || typeof login !== 'string') return []
  return body.startsWith(marker) ? [{ id, body, author: login }] : []
}
