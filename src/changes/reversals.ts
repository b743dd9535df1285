/** Every kind of change that a script can look for and take back; the others are done once, and stay. */
import type { Change } from '../domain/change.ts'
import type { GatheredFacts } from '../domain/facts.ts'
import type { Resolved } from './change-kind.ts'
import { endpointReversals } from './endpoints/reversals.ts'
import { filterReversals } from './filters/reversals.ts'
import { nameReversals } from './names/reversals.ts'
import { type Reversal, STAYS } from './reversal.ts'
import { gatewayReversals } from './routes/gateway-reversals.ts'
import { routeReversals } from './routes/reversals.ts'
import { serviceReversals } from './service-reversals.ts'

/** `fix`: the mark of what the script makes. `before`: the facts without any of its changes. */
export function reversalOf(change: Resolved<Change>, before: GatheredFacts, fix: string): Reversal {
  const all = {
    ...routeReversals,
    ...gatewayReversals(fix),
    ...filterReversals(fix),
    ...endpointReversals(fix),
    ...nameReversals,
    ...serviceReversals,
  }
  const own = (all as Readonly<Record<string, unknown>>)[change.kind] as
    | ((change: Resolved<Change>, before: GatheredFacts) => Reversal)
    | undefined
  return own?.(change, before) ?? { isMade: null, undo: [], stays: STAYS }
}
