/** The endpoint policy as a hop: one more filter, decided only where its text decides it. */
import type { Endpoint } from '../../domain/network.ts'
import type { Hop } from '../../domain/path.ts'
import type { StartupDestination } from '../../task-start/startup-needs.ts'

/** The hop for an endpoint that a path goes through; null where nothing is asked of its policy (trace). */
export type PolicyOfPath = (endpoint: Endpoint) => Hop | null

/** What each destination's calls need of an endpoint policy. */
export type PolicyJudge = (need: StartupDestination) => PolicyOfPath

export const NO_POLICY: PolicyOfPath = () => null
