/** What AWS said no to, and surely did not do. */
import type { WriteCall } from '../calls/writes.ts'
import { type Ailment, ailmentIn, toUnread } from '../reader/live-errors.ts'

export interface Refused {
  readonly outcome: 'refused'
  /** `throttled`: for as long as was waited. `denied`: permissions or credentials. `refused`: AWS's rules for the request. */
  readonly because: 'denied' | 'throttled' | 'refused'
  /** AWS's name of the error, `InvalidParameterException`. */
  readonly code: string
  readonly permission: string
  /** Code and message, secrets masked; untrusted text. */
  readonly detail: string
}

/** Null where it may have been done: no answer, a fault of the server, or an answer that nobody understands. */
export function refusalOf(error: unknown, call: WriteCall): Refused | null {
  const { name, status, isClockSet } = answered(error)
  const ailment = isClockSet ? 'throttled' : ailmentIn(error)
  const because = BECAUSE[ailment]
  const isTold = status !== null && status >= 400 && status < 500
  if (because === undefined || !(isTold || WITHOUT_REQUEST.has(ailment))) return null
  return { outcome: 'refused', because, code: name, permission: call.permission, detail: toUnread(error, call).detail }
}

const BECAUSE: Readonly<Partial<Record<Ailment, Refused['because']>>> = {
  'no-credentials': 'denied',
  'expired-credentials': 'denied',
  'invalid-credentials': 'denied',
  'unknown-region': 'denied',
  'no-address': 'denied',
  denied: 'denied',
  throttled: 'throttled',
  other: 'refused',
}

/** The request never left. */
const WITHOUT_REQUEST: ReadonlySet<Ailment> = new Set(['no-credentials', 'unknown-region', 'no-address'])

/** The SDK learns AWS's time from a refusal, so that the next attempt is signed for it. */
function answered(error: unknown): {
  readonly name: string
  readonly status: number | null
  readonly isClockSet: boolean
} {
  const { name, $metadata } = (error ?? {}) as {
    readonly name?: unknown
    readonly $metadata?: { readonly httpStatusCode?: unknown; readonly clockSkewCorrected?: unknown }
  }
  const status = $metadata?.httpStatusCode
  return {
    name: String(name ?? ''),
    status: typeof status === 'number' ? status : null,
    isClockSet: $metadata?.clockSkewCorrected === true,
  }
}
