/** Faults on demand: which calls go wrong. */
import { type Chaos, drawnFaults } from './chaos.ts'
import type { Fault } from './fault.ts'
import { matchesGlob } from './glob.ts'
import type { Item } from './item.ts'
import { unit } from './rollout/seeded-random.ts'

/** Counts calls and says which faults a call meets: at most one that spoils it, and all that slow it down. */
export interface Faults {
  readonly meet: (service: string, operation: string, params?: Item) => Met
}

export interface Met {
  readonly delayMs: number
  readonly spoiledBy: Fault | null
  /** From 0 to 1: what else there is to draw for this call, the same every time. */
  readonly chance: number
}

/** `elapsed` says how many seconds have gone by since the start. */
export function faultsOf(
  faults: readonly Fault[],
  elapsed: () => number = () => 0,
  chaos: Chaos | null = null,
): Faults {
  const seen = new Map<Fault, number>()
  const drawn = drawnFaults(chaos)
  function meet(service: string, operation: string, params: Item = {}): Met {
    const at = elapsed()
    const met = faults.filter((fault, which) => {
      if (!matchesGlob(fault.on, `${service}:${operation}`)) return false
      if (at < (fault.after ?? 0) || at >= (fault.until ?? Number.POSITIVE_INFINITY)) return false
      const nth = (seen.get(fault) ?? 0) + 1
      seen.set(fault, nth)
      if (fault.share !== undefined && unit(which, 'fault', nth) >= fault.share) return false
      if (nth < (fault.from ?? 1)) return false
      return nth <= (fault.times ?? Number.POSITIVE_INFINITY) && (fault.calls?.includes(nth) ?? true)
    })
    const { fault, chance } = drawn(service, operation, params)
    const all = fault === null ? met : [...met, fault]
    const slow = all.filter(({ kind }) => kind === 'slow')
    return {
      delayMs: slow.reduce((sum, { ms }) => sum + (ms ?? 1000), 0),
      spoiledBy: all.find(({ kind }) => kind !== 'slow') ?? null,
      chance,
    }
  }
  return { meet }
}
