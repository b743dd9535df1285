/** What is said about a message: title, reason and steps, each in both languages. */
import type { Text } from '../domain/text.ts'

export interface Words {
  readonly title: Text
  /** What happened, and what it means for the rollout. */
  readonly why: Text
  /** Steps, the likeliest first. Empty where there is nothing to mend. */
  readonly remedy: readonly Text[]
}
