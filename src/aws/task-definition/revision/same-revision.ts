/** Would registering it again make a revision that is already there? */
import { isLoose, type Loose } from '../../facts/shape.ts'
import { revisionDiff } from './diff.ts'

/**
 * `input`: of RegisterTaskDefinition. `described`: what DescribeTaskDefinition answered, asked for tags as well. Where it cannot be told, no:
 * one revision too many harms nobody. A revision that is not active is never the same, since no service can be updated to it.
 */
export function isSameRevision(input: Loose, described: Loose): boolean {
  const { taskDefinition, tags } = described
  if (!isLoose(taskDefinition) || taskDefinition['status'] !== 'ACTIVE') return false
  return revisionDiff({ definition: taskDefinition, tags }, { definition: input }).length === 0
}
