/** What a run of the soak is: drawn from the seed and its number, so that any one can be played again alone. */
import type { Chaos } from '../../simulator/chaos.ts'
import { FAULT_KINDS, type Fault, type FaultKind } from '../../simulator/fault.ts'
import { oneOf, unit } from '../../simulator/rollout/seeded-random.ts'
import { ROLLOUTS, SERVICES } from './worlds.ts'

export interface Plan {
  readonly number: number
  readonly mode: 'preflight' | 'watch'
  readonly world: string
  /** Null: nothing is broken, and the verdict has to be the world's own. */
  readonly chaos: Chaos | null
  /** Credentials that expire on the way. */
  readonly faults: readonly Fault[]
  readonly latencyMs: number
  /** Null: as AWS cuts them. */
  readonly pageSize: number | null
  readonly maxAttempts: number
  readonly onFailure: 'report' | 'rollback'
}

/** The same run with nothing wrong: what is true of its world. */
export function unbroken(plan: Plan): Plan {
  return { ...plan, chaos: null, faults: [], latencyMs: 0, pageSize: null, maxAttempts: 3 }
}

export function isUnbroken({ chaos, faults }: Plan): boolean {
  return chaos === null && faults.length === 0
}

const SHARES = [0.01, 0.03, 0.1, 0.2, 0.4, 0.7, 1]
const [WATCHES, CONTROLS, SINGLE_KINDS, EXPIRIES] = [0.07, 0.04, 0.6, 0.08]

/** Names of worlds to draw from. */
export interface Worlds {
  readonly services: readonly string[]
  readonly rollouts: readonly string[]
}

const ALL: Worlds = { services: SERVICES, rollouts: ROLLOUTS }

export function planOf(seed: number, number: number, { services, rollouts }: Worlds = ALL): Plan {
  const chance = (what: string) => unit(seed, 'soak', number, what)
  const draw = <T>(what: string, of: readonly T[]) => oneOf(of, seed, 'soak', number, what) as T
  const mode = chance('mode') < WATCHES ? 'watch' : 'preflight'
  const kinds: readonly FaultKind[] = chance('single') < SINGLE_KINDS ? [draw('kind', FAULT_KINDS)] : FAULT_KINDS
  const isControl = chance('control') < CONTROLS
  const chaos = {
    seed: seed * 1_000_003 + number,
    share: draw('share', SHARES),
    kinds,
    slowMs: draw('slow', [5, 50, 150]),
  }
  const expiresFrom = Math.floor(1 + 80 * chance('expiry at'))
  return {
    number,
    mode,
    world: draw('world', mode === 'watch' ? rollouts : services),
    chaos: isControl ? null : chaos,
    faults: !isControl && chance('expiry') < EXPIRIES ? [{ on: '*', kind: 'expired', from: expiresFrom }] : [],
    latencyMs: draw('latency', [0, 0, 2]),
    pageSize: draw('pages', [null, null, 1, 3]),
    maxAttempts: draw('attempts', [1, 2, 3]),
    onFailure: draw('on-failure', ['report', 'report', 'rollback']),
  }
}
