/** Preflight for subnets that the service does not have now: may tasks start there again? */
import { splitSubnets } from '../../deployment/subnet-split.ts'
import type { Report } from '../../domain/report.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { type PreflightRequest, type PreflightSenses, preflight } from '../preflight/preflight.ts'

/** For `restoreSettings`: those of the subnets in which every needed path passes and no blocker names the subnet. None where nothing could be read. */
export function passingSubnets(
  request: PreflightRequest,
  senses: PreflightSenses,
): (subnetIds: readonly string[]) => Promise<ReadonlySet<string>> {
  return async (subnets) => {
    try {
      return passingIn(await preflight({ ...request, subnets }, senses))
    } catch (error) {
      if (error instanceof UsageError) return new Set()
      throw error
    }
  }
}

function passingIn({ paths, findings }: Report): ReadonlySet<string> {
  const blocked = findings
    .filter(({ severity }) => severity === 'blocker')
    .flatMap(({ affects }) => affects.map(({ subnetId }) => subnetId))
  const good = splitSubnets(paths).good.map(({ subnetId }) => subnetId)
  return new Set(good.filter((id) => !blocked.includes(id)))
}
