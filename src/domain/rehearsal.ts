/** What came of a rehearsal: one throw-away task a subnet, which pulled the images and ran nothing (contract, section 10). */
import type { Label } from './label.ts'
import type { Outcome } from './path.ts'
import type { Text } from './text.ts'

/** Worst first. */
export const REHEARSAL_OUTCOMES = ['failed', 'timed-out', 'not-placed', 'pulled'] as const
/** `timed-out`: how it ends was not seen. `not-placed`: no task came into being, or none got as far as its pull for want of a place. */
export type RehearsalOutcome = (typeof REHEARSAL_OUTCOMES)[number]

export interface RehearsedSubnet {
  readonly subnetId: string
  readonly availabilityZone: string | null
  readonly outcome: RehearsalOutcome
  /** Null where AWS does not tell both ends of the pull. */
  readonly pullSeconds: number | null
  /** Of a task that failed. */
  readonly label: Label | null
  /** As ECS put it, secrets masked; untrusted text. */
  readonly text: string
  /** What preflight made of the worst path that a rehearsal takes. */
  readonly predicted: Outcome
  /** Null where preflight could not tell, and where the rehearsal could not. */
  readonly agrees: boolean | null
}

/** Something that could not be taken away again. */
export interface Leftover {
  /** `task/ID` or `task-definition/FAMILY:REVISION`. */
  readonly what: string
  /** What AWS or the network said; untrusted text. */
  readonly because: string
  /** To be pasted. */
  readonly cli: readonly string[]
}

export interface Rehearsal {
  readonly subnets: readonly RehearsedSubnet[]
  /** What Fargate bills at most: vCPU times seconds, a minute at least for each task. */
  readonly vcpuSeconds: number
  /** In the words of `Leftover.what`, those of earlier runs included. */
  readonly removed: readonly string[]
  readonly leftovers: readonly Leftover[]
  /** Why nothing was tried; null where something was. */
  readonly because: Text | null
  /** What it does not show. */
  readonly notes: readonly Text[]
}

/** The tag of everything that a rehearsal makes; its value is a lease. */
export const REHEARSAL_TAG = 'ecs-pull-guard:rehearsal'
/** Which run made it, so that a write whose answer was lost can be looked up. */
export const RUN_TAG = 'ecs-pull-guard:run'

/** Contract, section 10. Null for a rehearsal that is over and well. */
export function worstOutcome({ subnets }: Pick<Rehearsal, 'subnets'>): RehearsalOutcome | null {
  return REHEARSAL_OUTCOMES.find((one) => subnets.some(({ outcome }) => outcome === one)) ?? null
}
