/** Which repositories a pull-through cache rule fills from another registry on their first pull, and what that takes. */

import type { Place } from '../../domain/named-resources.ts'
import type { PullThroughRule, RoleFacts } from '../../domain/role.ts'

/** Stands for every repository that no other rule covers. ECR User Guide, "Customizing repository prefixes for ECR to ECR". */
const ROOT = 'ROOT'

/** A slash is assumed after every prefix, and the longest that fits is the one. */
export function cacheRuleOf(rules: readonly PullThroughRule[], repository: string): PullThroughRule | null {
  const fitting = rules.filter(({ prefix }) => repository.startsWith(`${prefix.replace(/\/$/, '')}/`))
  const [longest] = fitting.toSorted((a, b) => b.prefix.length - a.prefix.length)
  return longest ?? rules.find(({ prefix }) => prefix === ROOT) ?? null
}

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
  const rule = cacheRuleOf(pullThroughRules.value, repository.name)
  // A rule for the whole registry leaves repositories alone that are filled by pushes.
  if (rule === null || (rule.prefix === ROOT && !missing)) return []
  return ['ecr:BatchImportUpstreamImage', ...(missing ? ['ecr:CreateRepository'] : [])]
}
