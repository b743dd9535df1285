/** A line that a watch says while it goes on, harmless on a terminal and in the log of a job: one line, no control, no command. */
import type { Language, Text } from '../../domain/text.ts'
import { terminalText } from './untrusted.ts'
import { clip } from './width.ts'

/** ECS cuts its own reasons at 1,024 characters; what is longer is no reason. */
const LONGEST = 2_000

/** Without a line break. It may follow whatever stands before it on its line, and stand at its beginning. */
export function progressLine(text: Text, language: Language): string {
  return clip(terminalText(text[language]), LONGEST)
}
