/** The pull request that a job belongs to: the event's own, else the one of its commit. */
import type { Api, Refusal } from './api.ts'
import type { GitHubJob } from './github-job.ts'

/** `number` is null where there is none. Only a push has a commit that a pull request brought; a run by hand or by the clock has none. */
export async function pullRequestOf(
  api: Api,
  { event, pullRequest, owner, repo, commit }: GitHubJob,
): Promise<{ readonly ok: true; readonly number: number | null } | Refusal> {
  if (pullRequest !== null) return { ok: true, number: pullRequest }
  if (event !== 'push' || commit === '') return { ok: true, number: null }
  const route = 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls'
  const answer = await api.ask(route, { owner, repo, commit_sha: commit })
  if (!answer.ok) return answer
  const listed: readonly unknown[] = Array.isArray(answer.data) ? answer.data : []
  const pulls = listed.map((one) => (one ?? {}) as Listed).filter(({ number }) => Number.isSafeInteger(number))
  const isOpen = ({ state }: Listed) => state === 'open'
  const chosen =
    pulls.find((one) => isOpen(one) && one.head?.sha === commit) ??
    pulls.find(isOpen) ??
    // A push to the main branch: what was merged with it.
    pulls.find(({ merged_at, merge_commit_sha }) => merged_at != null && merge_commit_sha === commit) ??
    pulls.find(({ merged_at }) => merged_at != null)
  return { ok: true, number: typeof chosen?.number === 'number' ? chosen.number : null }
}

interface Listed {
  readonly number?: unknown
  readonly state?: unknown
  readonly merged_at?: unknown
  readonly merge_commit_sha?: unknown
  readonly head?: { readonly sha?: unknown }
}
