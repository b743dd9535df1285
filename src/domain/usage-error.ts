/** The one error class of the project: bad input, or nothing that could be read at all. Exit code 2, one sentence, no stack. */
import type { Text } from './text.ts'

export class UsageError extends Error {
  readonly text: Text

  constructor(text: Text) {
    super(text.en)
    this.name = 'UsageError'
    this.text = text
  }
}
