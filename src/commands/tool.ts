/** What made the report, and where its pages stand: those of the very action that runs, else of the package. */
import type { Tool } from '../domain/report.ts'
import { REPOSITORY, TOOL } from '../domain/version.ts'

/** `GITHUB_ACTION_REPOSITORY` and `GITHUB_ACTION_REF` are those of the action that runs, and empty elsewhere (GitHub Docs, Variables reference). */
export function toolIn(env: NodeJS.ProcessEnv): Tool {
  const repository = fitting(env['GITHUB_ACTION_REPOSITORY'], /^[\w.-]+\/[\w.-]+$/)
  const ref = fitting(env['GITHUB_ACTION_REF'], /^\w[\w./-]*$/)
  const server = fitting(env['GITHUB_SERVER_URL'], /^https:\/\/[\w.:-]+$/) ?? GITHUB
  // A check's name is permanent, so that the newest page is the right one for a version without a ref.
  const place = repository === null ? `${GITHUB}/${REPOSITORY}` : `${server}/${repository}`
  return { ...TOOL, pages: `${place}/blob/${(repository === null ? null : ref) ?? 'main'}` }
}

const GITHUB = 'https://github.com'

function fitting(text: string | undefined, pattern: RegExp): string | null {
  return text !== undefined && pattern.test(text) ? text : null
}
