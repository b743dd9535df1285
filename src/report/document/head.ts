/** What the head of a report holds, whatever it is about: enough to know within seconds whether it goes and what to paste. */
import type { Text } from '../../domain/text.ts'

export interface Headline {
  /** All of it in one sentence: for JSON, an output, a message. */
  readonly line: Text
  /** The failing step's title, or how a rollout ended; null where nothing fails. */
  readonly step: Text | null
  /** What to mend first; null where nothing blocks. */
  readonly title: Text | null
  readonly sentence: Text
  /** The cause, a line each. */
  readonly because: readonly Text[]
  /** What a failing container wrote last. */
  readonly said: readonly string[]
  /** `2 blockers, 1 warning`; empty strings when there is nothing to count. */
  readonly counts: Text
  /** What stands above `commands`. */
  readonly paste: Text
  readonly commands: readonly string[]
  /** What to do where there is nothing to paste. */
  readonly advice: readonly Text[]
}
