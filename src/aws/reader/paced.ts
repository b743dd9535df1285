/** A reader that several share, at one pace: requests go out in the order in which they are asked for, and wait for each other. */
import type { Answer } from '../../domain/answer.ts'
import type { Clock } from '../../domain/clock.ts'
import type { Call, Query } from '../calls/call.ts'
import type { Reader } from './reader.ts'

/** So many may go out at once: the requests of one poll. */
const AT_ONCE = 4

export interface Pace {
  /** On average, all pages and chunks counted. */
  readonly requestsPerSecond: number
  readonly clock: Clock
  /** Ends waiting. */
  readonly signal?: AbortSignal
}

export function paced(reader: Reader, { requestsPerSecond, clock, signal }: Pace): Reader {
  let turn: Promise<unknown> = Promise.resolve()
  let counted = { at: clock.now(), calls: reader.meter().calls, ahead: 0 }

  /** How many requests are ahead of the pace. An answer in many pages is paid for by those that come after it. */
  function count(): number {
    const [now, { calls }] = [clock.now(), reader.meter()]
    const paid = ((now - counted.at) / 1000) * requestsPerSecond
    counted = { at: now, calls, ahead: Math.max(0, counted.ahead + calls - counted.calls - paid) }
    return counted.ahead
  }

  return {
    ...reader,
    read: async <Item>(call: Call<Item>, query?: Query): Promise<Answer<readonly Item[]>> => {
      const going = turn.then(async () => {
        const tooMany = count() + 1 - AT_ONCE
        if (tooMany > 0) await clock.sleep((tooMany / requestsPerSecond) * 1000, signal)
        // Sent, but not waited for: the next one's turn comes now.
        return { answer: reader.read(call, query) }
      })
      turn = going
      return (await going).answer
    },
  }
}
