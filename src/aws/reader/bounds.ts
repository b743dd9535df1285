/** What no answer may exceed: bytes of its body, and the time until its last byte. An answer that does is none. */
import { pipeline, type Readable, Transform } from 'node:stream'

const MIB = 1024 * 1024
/** Of one body. The largest real page of EC2, a thousand security groups full of rules, has a fifth of it. */
const MOST_BYTES = 16 * MIB
/** Of all bodies of a connection that are under way at the same time. */
const MOST_UNDER_WAY = 32 * MIB
/** So little needs no counting: no run asks for enough at once to make much of it. */
const SMALL_BYTES = 256 * 1024
/**
 * Between two tags. The longest text of AWS in XML, an encoded policy, has a third of it; the SDK's parser puts a text together letter by
 * letter, which takes sixty times its size.
 */
const LONGEST_TEXT = 256 * 1024

/** As the SDK's handler gives it. */
export interface Response {
  readonly headers: Readonly<Record<string, string | undefined>>
  body: Readable
}

/** Its name is none that the SDK tries again: the next answer would be as large. */
class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge'
}

const tooLarge = () => new AnswerTooLarge(`the answer is larger than ${MOST_BYTES / MIB} MiB`)
const tooMuch = () => new AnswerTooLarge(`the answers are larger than ${MOST_UNDER_WAY / MIB} MiB together`)
const tooLong = () => new AnswerTooLarge(`the answer has a text longer than ${LONGEST_TEXT / 1024} KiB`)

/** Counts the bodies of a connection as they come; one that exceeds a bound fails. */
export function bodyBounds(): (response: Response) => void {
  let underWay = 0
  return (response) => {
    const announced = Number(response.headers['content-length'] ?? Number.NaN)
    if (announced <= SMALL_BYTES) return
    const { body } = response
    if (announced > MOST_BYTES) {
      body.destroy()
      throw tooLarge()
    }
    let own = 0
    const isTooLong = textMeter()
    const counted = new Transform({
      transform(chunk: Uint8Array, _encoding, done) {
        own += chunk.length
        underWay += chunk.length
        const excess =
          own > MOST_BYTES ? tooLarge : underWay > MOST_UNDER_WAY ? tooMuch : isTooLong(chunk) ? tooLong : null
        if (excess === null) done(null, chunk)
        else done(excess())
      },
    })
    counted.once('close', () => {
      underWay -= own
    })
    // Who reads it is told of every end.
    response.body = pipeline(body, counted, () => {})
  }
}

/** Whether a body in XML has gone on for too long without a tag. */
function textMeter(): (chunk: Uint8Array) => boolean {
  const [tag, blank] = [0x3c, 0x20]
  let isXml: boolean | null = null
  let since = 0
  return (chunk) => {
    const first = chunk.find((byte) => byte > blank)
    if (first !== undefined) isXml ??= first === tag
    const last = chunk.lastIndexOf(tag)
    since = last < 0 ? since + chunk.length : chunk.length - last
    return isXml !== false && since > LONGEST_TEXT
  }
}

/** Milliseconds. */
export interface TimeLimits {
  /** Of one call, its tries and all of its answer included. */
  readonly callMs: number
  /** Of all calls of the connection together, from the first one on. */
  readonly runMs: number
}

export class TimeLimitExceeded extends Error {
  override readonly name = 'TimeoutError'
  constructor(service: string, ms: number) {
    super(`${service} gave no whole answer within ${Math.round(ms / 100) / 10} s`)
  }
}

/** A signal that aborts with the caller's, or when the time is up; `release` has to be called when the call is over. */
export function timeLimited(signal: AbortSignal | undefined, ms: number) {
  const own = new AbortController()
  const abort = () => own.abort()
  const timer = setTimeout(abort, ms)
  if (signal?.aborted === true) abort()
  signal?.addEventListener('abort', abort, { once: true })
  return {
    signal: own.signal,
    isTimeUp: () => own.signal.aborted && signal?.aborted !== true,
    release: () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    },
  }
}
