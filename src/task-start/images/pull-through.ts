/** Which repositories are filled from another registry on their first pull, and what that takes. */

import type { Place } from '../../domain/named-resources.ts'
import type { RoleFacts } from '../../domain/role.ts'

interface RepositoryName {
  readonly name: string
  readonly accountId: string
  readonly region: string
}

/**
 * The actions beyond a plain pull: none where no rule covers the repository. The rules are those of the account's own
 * registry in the Region. Source: Amazon ECR User Guide, IAM permissions to sync an upstream registry.
 */
export function pulledThrough(
  repository: RepositoryName,
  here: Place,
  { pullThroughRules, repositories }: Pick<RoleFacts, 'pullThroughRules' | 'repositories'>,
): readonly string[] {
  const own = repository.region === here.region && repository.accountId === here.accountId
  if (!own || !pullThroughRules.known) return []
  const access = repositories.find(
    ({ name, accountId }) => name === repository.name && accountId === repository.accountId,
  )
  const missing = access !== undefined && !access.policy.known && access.policy.because === 'not-found'
  const covered = pullThroughRules.value.some(({ prefix }) => repository.name.startsWith(`${prefix}/`))
  // A rule for the whole registry leaves repositories alone that are filled by pushes.
  const byRoot = missing && pullThroughRules.value.some(({ prefix }) => prefix === 'ROOT')
  if (!covered && !byRoot) return []
  return ['ecr:BatchImportUpstreamImage', ...(missing ? ['ecr:CreateRepository'] : [])]
}
