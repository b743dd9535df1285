/** Which pull-through cache rule fills a repository from another registry. */
import type { PullThroughRule } from '../../domain/role.ts'

/** Stands for every repository that no other rule covers. ECR User Guide, "Customizing repository prefixes for ECR to ECR". */
const ROOT = 'ROOT'

/** A slash is assumed after every prefix, and the longest that fits is the one. */
export function cacheRuleOf(rules: readonly PullThroughRule[], repository: string): PullThroughRule | null {
  const fitting = rules.filter(({ prefix }) => repository.startsWith(`${prefix.replace(/\/$/, '')}/`))
  const [longest] = fitting.toSorted((a, b) => b.prefix.length - a.prefix.length)
  return longest ?? rules.find(({ prefix }) => prefix === ROOT) ?? null
}
