/** How often a watch asked, second by second of its own clock: while something moved, and while nothing did. */

/** What was known at a moment: calls of all polls so far, and when anything last changed. */
export interface Sample {
  readonly at: number
  readonly calls: number
  readonly changedAt: number
}

export interface Pace {
  /** Most calls a second in any minute that began half a minute after the last change and saw none; null without such a minute. */
  readonly quiet: number | null
  /** Most calls a second in any ten seconds. */
  readonly moving: number
}

const MINUTE_MS = 60_000
const SETTLED_MS = 30_000
const SHORT_MS = 10_000

export function paceOf(samples: readonly Sample[]): Pace {
  const asked = samples.map(({ at, calls }, index) => ({ at, calls: calls - (samples[index - 1]?.calls ?? 0) }))
  const changes = [...new Set(samples.map(({ changedAt }) => changedAt))]
  const last = samples.at(-1)?.at ?? 0
  const within = (from: number, ms: number) =>
    asked.filter(({ at }) => at >= from && at < from + ms).reduce((sum, { calls }) => sum + calls, 0) / (ms / 1000)
  const isQuiet = (from: number) =>
    from + MINUTE_MS <= last && !changes.some((at) => at > from - SETTLED_MS && at < from + MINUTE_MS)
  const quiet = asked.filter(({ at }) => isQuiet(at)).map(({ at }) => within(at, MINUTE_MS))
  return {
    quiet: quiet.length === 0 ? null : Math.max(...quiet),
    moving: Math.max(0, ...asked.map(({ at }) => within(at, SHORT_MS))),
  }
}
