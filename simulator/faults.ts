/** Faults on demand: which calls go wrong, and how. */
import { matchesGlob } from './glob.ts'
import { unit } from './rollout/seeded-random.ts'

export type FaultKind = 'denied' | 'throttled' | 'expired' | 'torn' | 'garbage' | 'slow'

export interface Fault {
  /** `service:Operation` with wildcards: `ec2:DescribeSubnets`, `ecs:*`, `*`. */
  readonly on: string
  readonly kind: FaultKind
  /** Only the n-th of the calls that `on` matches, counted from 1: `[2, 3]`. */
  readonly calls?: readonly number[]
  /** Only the first so many of them: `throttled` three times, then well. */
  readonly times?: number
  /** Only this part of them, spread as chance would: 0.45 spoils 45 of a hundred. */
  readonly share?: number | undefined
  /** Only from and until so many seconds after the start, simulated ones where a scenario plays. */
  readonly after?: number | undefined
  readonly until?: number | undefined
  /** `slow`: the delay in milliseconds. */
  readonly ms?: number | undefined
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

/** `elapsed` says how many seconds have gone by since the start. */
export function faultsOf(faults: readonly Fault[], elapsed: () => number = () => 0): Faults {
  const seen = new Map<Fault, number>()
  function meet(service: string, operation: string): Met {
    const at = elapsed()
    const met = faults.filter((fault, which) => {
      if (!matchesGlob(fault.on, `${service}:${operation}`)) return false
      if (at < (fault.after ?? 0) || at >= (fault.until ?? Number.POSITIVE_INFINITY)) return false
      const nth = (seen.get(fault) ?? 0) + 1
      seen.set(fault, nth)
      if (fault.share !== undefined && unit(which, 'fault', nth) >= fault.share) return false
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
