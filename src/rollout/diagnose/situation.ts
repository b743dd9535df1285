/** A state of the rollout as a whole that has a name: data, which `situation-words` words. */
import type { RunningDigest, SituationKind } from '../../domain/rollout.ts'

// biome-ignore format: one kind a line
export type Situation = Lasting & (
  | { readonly kind: 'not-appeared'; readonly wanted: string; readonly primary: string; readonly runs: string; readonly waitsMs: number }
  | { readonly kind: 'same-revision'; readonly id: string; readonly times: number }
  | { readonly kind: 'deadlock'; readonly old: number; readonly minimumHealthyPercent: number; readonly maximumPercent: number }
  | { readonly kind: 'capacity-missing' | 'instances-late'; readonly capacityProviders: readonly string[] }
  | { readonly kind: 'crash-loop'; readonly tasks: number; readonly container: string | null; readonly exitCode: number | null }
  | { readonly kind: 'other-image'; readonly images: readonly RunningDigest[]; readonly tasks: number }
)

interface Lasting {
  readonly kind: SituationKind
  readonly since: number | null
  /** When it passed by itself; null while it lasts, and where it does not pass. */
  readonly until: number | null
}
