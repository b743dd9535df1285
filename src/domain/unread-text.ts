/** Words for a fact of the compute that could not be read. */
import type { Unread } from './answer.ts'
import type { Missing, Reason } from './path.ts'
import type { Text } from './text.ts'

/** `reason` and `what` name the same thing, as data and as a noun phrase, put after a colon in Korean so that no particle meets a value. */
export function couldNotRead(unread: Unread, reason: Reason, what: Text): Missing {
  return {
    permission: unread.permission,
    reason,
    because: {
      en: `Could not be read (${unread.permission}): ${what.en}.`,
      ko: `읽지 못한 항목: ${what.ko} (${unread.permission})`,
    },
  }
}
