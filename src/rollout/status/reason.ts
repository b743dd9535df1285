/** Why a rollout stands where it does: data, which `reason-text` words. What AWS says is quoted, not judged. */
import type { Label } from '../../domain/label.ts'

// biome-ignore format: one kind a line
export type Reason =
  | { readonly kind: 'begun' | 'not-observed' | 'service-deleted' | 'waits-for-traffic' | 'cancelled' | 'no-deployment' }
  | { readonly kind: 'cannot-succeed'; readonly why: CannotSucceed }
  | { readonly kind: 'tasks-run'; readonly running: number; readonly desired: number; readonly pending: number }
  | { readonly kind: 'steady' | 'early-success'; readonly running: number; readonly desired: number }
  | { readonly kind: 'failed' | 'stopped' | 'rolling-back' | 'rolled-back' | 'rollback-failed'; readonly quote: string | null }
  | { readonly kind: 'superseded'; readonly by: string | null }
  | { readonly kind: 'returning' | 'returned'; readonly by: string; readonly runs: string }
  | { readonly kind: 'superseded-by-task-set' | 'task-set-removed'; readonly id: string }
  | { readonly kind: 'not-listed'; readonly wanted: string; readonly primary: string; readonly runs: string }
  | { readonly kind: 'paused'; readonly hook: string }
  | { readonly kind: 'baking'; readonly minutes: number | null }
  | { readonly kind: 'credentials-expired' | 'service-gone' | 'no-answer'; readonly detail: string }
  | { readonly kind: 'refused'; readonly permission: string; readonly detail: string }
  | { readonly kind: 'out-of-time'; readonly status: Reason }

/** Why no later try can save the deployment. */
// biome-ignore format: one kind a line
export type CannotSucceed =
  | { readonly kind: 'same-answer'; readonly tasks: number; readonly label: Label }
  | { readonly kind: 'refused-again'; readonly label: Label }
  | { readonly kind: 'every-subnet'; readonly subnetIds: readonly string[] }
  | { readonly kind: 'every-start'; readonly starts: number }
  | { readonly kind: 'crash-loop'; readonly tasks: number }
  | { readonly kind: 'deadlock' }

/** The same thing said again is no news. */
export function isSameReason(one: Reason, other: Reason): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
