/** Who answers for what a run leaves behind: the same for every run of one job of a workflow, or of one person on one machine. */
import { hostname, userInfo } from 'node:os'

/** A name for `Lease.owner`. */
export function ownerIn(env: Readonly<Record<string, string | undefined>>): string {
  const { GITHUB_REPOSITORY: repository, GITHUB_WORKFLOW: workflow, GITHUB_JOB: job } = env
  if (repository) return [repository, workflow, job].filter((part) => part).join('/')
  return `${env['USER'] ?? env['USERNAME'] ?? accountName()}@${hostname()}`
}

/** A container may run as a number that no account has. */
function accountName(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? 'nobody')
  }
}
