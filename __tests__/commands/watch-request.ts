/** A watch of which nothing is asked beyond the defaults, and a clock that lets it run as fast as it is read. */

import type { WatchRequest } from '../../src/commands/watch/request.ts'
import type { Clock } from '../../src/domain/clock.ts'

export const WATCH: WatchRequest = {
  cluster: 'demo',
  service: 'web',
  waitMinutes: 30,
  appearsWithinMinutes: 1,
  slowAfterMinutes: null,
  onFailure: 'report',
  logLines: 20,
  flowLogs: null,
  failOn: ['blocker'],
  ignore: [],
}

/** Only moves when somebody sleeps. */
export function clockFrom(beganAt: number): Clock {
  let ms = beganAt
  return {
    now: () => ms,
    sleep: async (rest) => {
      ms += rest
    },
  }
}
