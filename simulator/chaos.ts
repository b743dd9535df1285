/** Chaos: a fault drawn for every call, from a seed. */
import { FAULT_KINDS, type Fault, type FaultKind } from './fault.ts'
import type { Item } from './item.ts'
import { oneOf, unit } from './rollout/seeded-random.ts'

export interface Chaos {
  readonly seed: number
  /** How many of the calls go wrong, from 0 to 1. */
  readonly share: number
  /** What is drawn from; every kind unless told. */
  readonly kinds?: readonly FaultKind[] | undefined
  /** Of `slow`, in milliseconds; a second unless told. */
  readonly slowMs?: number | undefined
}

interface Draw {
  readonly fault: Fault | null
  /** From 0 to 1. */
  readonly chance: number
}

/** The draw is of what is asked and how often it was, so that calls which run side by side meet the same faults in any order. */
export function drawnFaults(chaos: Chaos | null): (service: string, operation: string, params: Item) => Draw {
  const seen = new Map<string, number>()
  return (service, operation, params) => {
    const call = `${service}:${operation} ${JSON.stringify(params)}`
    const nth = (seen.get(call) ?? 0) + 1
    seen.set(call, nth)
    const draw = (what: string) => unit(chaos?.seed ?? 0, what, call, nth)
    const chance = draw('chance')
    if (chaos === null || draw('share') >= chaos.share) return { fault: null, chance }
    const kind = oneOf(chaos.kinds ?? FAULT_KINDS, chaos.seed, 'kind', call, nth)
    if (kind === undefined) return { fault: null, chance }
    return {
      fault: { on: '*', kind, ms: kind === 'slow' ? chaos.slowMs : undefined, bytes: sizeAt(draw('bytes')) },
      chance,
    }
  }
}

/** From 1 KiB to 64 MiB, each power of two as likely as the next. */
function sizeAt(chance: number): number {
  return Math.floor(1024 * 2 ** (16 * chance))
}
