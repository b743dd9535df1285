/** Faults on demand: which calls go wrong, and how. */
import { matchesGlob } from './glob.ts'

export type FaultKind = 'denied' | 'throttled' | 'expired' | 'torn' | 'garbage' | 'slow'

export interface Fault {
  /** `service:Operation` with wildcards: `ec2:DescribeSubnets`, `ecs:*`, `*`. */
  readonly on: string
  readonly kind: FaultKind
  /** Only the n-th of the calls that `on` matches, counted from 1: `[2, 3]`. */
  readonly calls?: readonly number[]
  /** Only the first so many of them: `throttled` three times, then well. */
  readonly times?: number
  /** `slow`: the delay in milliseconds. */
  readonly ms?: number
  /** `garbage`: what is answered instead of nonsense of our own. */
  readonly body?: string
}

/** Counts calls and says which faults a call meets: at most one that spoils it, and all that slow it down. */
export interface Faults {
  readonly meet: (service: string, operation: string) => Met
}

export interface Met {
  readonly delayMs: number
  readonly spoiledBy: Fault | null
}

export function faultsOf(faults: readonly Fault[]): Faults {
  const seen = new Map<Fault, number>()
  function meet(service: string, operation: string): Met {
    const met = faults.filter((fault) => {
      if (!matchesGlob(fault.on, `${service}:${operation}`)) return false
      const nth = (seen.get(fault) ?? 0) + 1
      seen.set(fault, nth)
      return nth <= (fault.times ?? Number.POSITIVE_INFINITY) && (fault.calls?.includes(nth) ?? true)
    })
    const slow = met.filter((fault) => fault.kind === 'slow')
    return {
      delayMs: slow.reduce((sum, fault) => sum + (fault.ms ?? 1000), 0),
      spoiledBy: met.find((fault) => fault.kind !== 'slow') ?? null,
    }
  }
  return { meet }
}
