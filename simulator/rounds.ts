/** How many requests had to wait for another's answer: the cost that adding bandwidth cannot lower. */

/** A request as the simulator saw it; times in milliseconds of one clock. */
export interface Interval {
  readonly at: number
  /** Null while it is not answered. */
  readonly answeredAt: number | null
}

/**
 * The length of the longest chain of requests that each began after the one before was answered. Requests that overlap
 * are one round, so give the simulator some latency before counting.
 */
export function sequentialRounds(requests: readonly Interval[]): number {
  const byEnd = [...requests].sort((one, other) => endOf(one) - endOf(other))
  let rounds = 0
  let last = Number.NEGATIVE_INFINITY
  for (const request of byEnd) {
    if (request.at < last) continue
    rounds += 1
    last = endOf(request)
  }
  return rounds
}

function endOf(request: Interval): number {
  return request.answeredAt ?? Number.POSITIVE_INFINITY
}
