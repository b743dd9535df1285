/** What a fault says in the place of an operation, before anything is done. */
import { randomUUID } from 'node:crypto'
import type { Fault } from '../fault.ts'
import { frontDoor, type HttpAnswer, isJson, refuseWith } from './answer.ts'
import type { Call } from './call.ts'

const QUARTER_OF_AN_HOUR_MS = 15 * 60_000

/** Null is no answer at all; undefined where the operation is done, and its answer is broken later. `caller` is the ARN that a denial names. */
export function answerInstead({ kind, ms, body }: Fault, call: Call, caller: string): HttpAnswer | null | undefined {
  switch (kind) {
    case 'torn':
    case 'silent':
      return null
    case 'garbage':
      return garbage(call, body)
    case 'foreign':
      return SIGN_IN
    case 'denied':
    case 'throttled':
    case 'expired':
    case 'internal':
      return refuseWith(call, frontDoor(kind, call, caller), randomUUID())
    case 'skewed': {
      const answer = refuseWith(call, frontDoor(kind, call, caller), randomUUID())
      const date = new Date(Date.now() + (ms ?? QUARTER_OF_AN_HOUR_MS)).toUTCString()
      return { ...answer, headers: { ...answer.headers, date } }
    }
    default:
      return undefined
  }
}

function garbage({ protocol }: Call, body = '<%{"garbage'): HttpAnswer {
  const type = isJson(protocol) ? 'application/x-amz-json-1.1' : 'text/xml;charset=UTF-8'
  return { status: 200, headers: { 'content-type': type }, body }
}

/** Of a proxy or a captive portal. */
const SIGN_IN: HttpAnswer = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!DOCTYPE html><html><head><title>Sign in</title></head><body><p>Sign in to go on.</p></body></html>',
}
