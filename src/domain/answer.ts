/** Something asked of AWS: its value, or why there is none, as data and in words. "Could not be read" is no exception. */
import { maskSecrets } from './credential-masking.ts'
import type { Missing, Reason } from './path.ts'
import type { Text } from './text.ts'

export type Answer<T> = Known<T> | Unread

export interface Known<T> {
  readonly known: true
  readonly value: T
}

/** Why there is no value. A file that a snapshot lacks counts as `denied` would: nobody looked. */
export interface Unread {
  readonly known: false
  readonly because: UnreadBecause
  /** The IAM action that reads it, for instance `ec2:DescribeRouteTables`; empty where none would. */
  readonly permission: string
  /** What AWS, the network or the file system said, secrets masked; untrusted text. */
  readonly detail: string
  /** Of a garbled answer the field that makes it so, with its value; of an oversized one both numbers. Untrusted text. */
  readonly odd?: string
}

/** `unreachable`: refused, reset or timed out; `garbled`: not what the API promises; `oversized`: more than AWS itself permits to be. */
export const BECAUSE = {
  denied: { en: 'access was denied', ko: '액세스가 거부됨' },
  absent: { en: 'the snapshot has no such file', ko: '스냅샷에 파일이 없음' },
  'not-found': { en: 'AWS says that it does not exist', ko: 'AWS에 존재하지 않음' },
  throttled: { en: 'AWS throttled the request', ko: 'AWS에서 요청을 스로틀링함' },
  unreachable: { en: 'AWS did not answer', ko: 'AWS에서 응답이 없음' },
  garbled: { en: 'the answer could not be understood', ko: '응답을 해석할 수 없음' },
  oversized: { en: 'it is larger than AWS permits', ko: 'AWS 한도를 초과함' },
  unasked: { en: 'something it depends on is not known', ko: '먼저 필요한 정보를 알 수 없음' },
} as const satisfies Readonly<Record<string, Text>>

export type UnreadBecause = keyof typeof BECAUSE
/** Asked again later, the same question may have an answer. */
export const PASSING_REASONS = ['throttled', 'unreachable', 'garbled'] as const
export type PassingReason = (typeof PASSING_REASONS)[number]

export function known<T>(value: T): Known<T> {
  return { known: true, value }
}

export function unread(because: UnreadBecause, permission: string, detail = '', odd?: string): Unread {
  const missing = { known: false, because, permission, detail: maskSecrets(detail) } as const
  return odd === undefined ? missing : { ...missing, odd: maskSecrets(odd) }
}

/** `reason` and `what` name the same thing, as data and as a noun phrase with ids, `log group /ecs/web`. */
export function missingFrom(unread: Unread, reason: Reason, what: Text): Missing {
  const { permission, because, odd } = unread
  const value = odd === undefined ? '' : `: ${odd}`
  return {
    permission: permission === '' ? null : permission,
    reason,
    because: {
      en: `could not read ${what.en}: ${BECAUSE[because].en}${value}`,
      ko: `읽지 못한 항목: ${what.ko} (${BECAUSE[because].ko}${value})`,
    },
    ...(UNANSWERED.includes(because) ? { unanswered: true } : {}),
    ...(mayPass(unread) ? { mayPass: true } : {}),
  }
}

export function mayPass({ because }: Unread): boolean {
  return PASSING_REASONS.some((one) => one === because)
}

const UNANSWERED: readonly UnreadBecause[] = ['not-found', 'throttled', 'unreachable', 'garbled', 'oversized']

/** A fact that no answer lacks: only `permission` would tell it, or nothing. */
export function missing(reason: Reason, en: string, ko: string, permission: string | null = null): Missing {
  return { permission, reason, because: { en, ko } }
}

export function mapped<From, To>(answer: Answer<From>, to: (value: From) => To): Answer<To> {
  return answer.known ? known(to(answer.value)) : answer
}

/** Several answers of one call as one: unread as soon as one of them is, or no list could be told from a part of it. */
export function together<Item>(answers: readonly Answer<readonly Item[]>[]): Answer<readonly Item[]> {
  const missing = answers.find((answer): answer is Unread => !answer.known)
  return missing ?? known(answers.flatMap(listed))
}

/** The items of a list that could be read; none of one that could not: for advice, which gets poorer by it and not wrong. */
export function listed<Item>(answer: Answer<readonly Item[]>): readonly Item[] {
  return answer.known ? answer.value : []
}
