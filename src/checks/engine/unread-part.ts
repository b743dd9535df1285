/** A part of a fact that could not be read, as a check tells it. */
import type { Unread } from '../../domain/answer.ts'
import type { Found, Unseen } from '../../domain/check.ts'
import type { Reason } from '../../domain/path.ts'
import type { Text } from '../../domain/text.ts'
import { BECAUSE } from './unread-text.ts'

/** What a check returns for one subject. */
export type Told<Details> = readonly (Found<Details> | Unseen)[]

/** `reason` and `what` name the same thing, as data and as a noun phrase with ids, `log group /ecs/web`. */
export function unreadPart(
  { permission, because }: Unread,
  [kind, ...values]: Reason,
  what: Text,
  matters: boolean,
): Unseen {
  return {
    matters,
    unseen: {
      permission: permission === '' ? null : permission,
      reason: [kind, because, ...values],
      because: {
        en: `could not read ${what.en}: ${BECAUSE[because].en}`,
        ko: `읽지 못한 항목: ${what.ko} (${BECAUSE[because].ko})`,
      },
    },
  }
}

/** The same for a fact that only a recording tells, because no client of its service is bundled: it never decides. */
export function recordedPart(answer: Unread, reason: Reason, what: Text): Unseen {
  if (answer.because !== 'unasked') return unreadPart(answer, reason, what, false)
  return {
    matters: false,
    unseen: {
      permission: null,
      reason,
      because: {
        en: `not looked at, because this version asks AWS no such thing: ${what.en}`,
        ko: `확인하지 않음(이 버전에서 조회하지 않음): ${what.ko}`,
      },
    },
  }
}
