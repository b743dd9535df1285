/** What no answer may exceed: bytes of its body, and the time until its last byte. An answer that does is none. */
import { type Readable, Transform } from 'node:stream'

/** The largest real page of EC2, a thousand security groups full of rules, has a tenth of it. */
const MOST_BYTES = 32 * 1024 * 1024

/** As the SDK's handler gives it. */
export interface Response {
  readonly headers: Readonly<Record<string, string | undefined>>
  body: Readable
}

/** Its name is none that the SDK tries again: the next answer would be as large. */
class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge'
  constructor() {
    super(`the answer is larger than ${MOST_BYTES / 1024 / 1024} MiB`)
  }
}

/** Node reads no more than a length that was announced; a body without one is counted as it comes. */
export function boundBody(response: Response): void {
  const announced = response.headers['content-length']
  if (announced !== undefined && Number(announced) <= MOST_BYTES) return
  if (announced !== undefined) {
    response.body.destroy()
    throw new AnswerTooLarge()
  }
  let bytes = 0
  const { body } = response
  const counted = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length
      if (bytes <= MOST_BYTES) return done(null, chunk)
      body.destroy()
      done(new AnswerTooLarge())
    },
  })
  body.on('error', (error) => counted.destroy(error))
  response.body = body.pipe(counted)
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
