/** What the runner says of the job: repository, commit, event. The event's payload is taken for what it is, other people's text. */
import { MEBIBYTE, readPlainFile } from '../files/plain-file.ts'

export interface GitHubJob {
  /** `https://api.github.com`, or a GitHub Enterprise Server's. */
  readonly apiUrl: string
  readonly owner: string
  readonly repo: string
  readonly event: string
  /** The commit that people know: the head of a pull request, not GitHub's trial merge. */
  readonly commit: string
  /** Of the pull request that the event is about; null where it is about none. */
  readonly pullRequest: number | null
  /** From a fork or from Dependabot: GitHub gives such a run a token that only reads. */
  readonly readOnly: boolean
  /** Address of the workflow run; empty where the runner does not say. */
  readonly run: string
}

/** Null outside of a job. Variables: GitHub Docs, Default environment variables. */
export async function readJob(env: NodeJS.ProcessEnv): Promise<GitHubJob | null> {
  const repository = env['GITHUB_REPOSITORY'] ?? ''
  const [owner = '', repo = '', more] = repository.split('/')
  if (owner === '' || repo === '' || more !== undefined) return null
  const payload = await payloadIn(env['GITHUB_EVENT_PATH'])
  const event = env['GITHUB_EVENT_NAME'] ?? ''
  const sha = env['GITHUB_SHA'] ?? ''
  const [server, run] = [env['GITHUB_SERVER_URL'] ?? '', env['GITHUB_RUN_ID'] ?? '']
  const pull = at(payload, 'pull_request')
  const issue = at(payload, 'issue')
  const number = at(pull, 'number') ?? (at(issue, 'pull_request') === undefined ? undefined : at(issue, 'number'))
  const head = at(at(at(pull, 'head'), 'repo'), 'full_name')
  const commit = at(at(pull, 'head'), 'sha')
  return {
    apiUrl: env['GITHUB_API_URL'] || 'https://api.github.com',
    owner,
    repo,
    event,
    commit: typeof commit === 'string' ? commit : sha,
    pullRequest: Number.isSafeInteger(number) && Number(number) > 0 ? Number(number) : null,
    readOnly:
      event === 'pull_request' &&
      ((pull !== undefined && head !== repository) || env['GITHUB_ACTOR'] === 'dependabot[bot]'),
    run: server === '' || run === '' ? '' : `${server}/${repository}/actions/runs/${run}`,
  }
}

/** "Payloads are capped at 25 MB" (GitHub Docs, Webhook events and payloads). */
const MOST_BYTES = 32 * MEBIBYTE

async function payloadIn(file: string | undefined): Promise<unknown> {
  if (file === undefined || file === '') return null
  try {
    const read = readPlainFile(file, MOST_BYTES)
    return read.ok ? JSON.parse(new TextDecoder().decode(read.bytes)) : null
  } catch {
    // Without it the commit is asked for, as for a push.
    return null
  }
}

function at(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return (value as Readonly<Record<string, unknown>>)[name] ?? undefined
}
