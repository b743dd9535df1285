/** The Seoul case in three acts, each an AWS on loopback: before the deployment, the rollout as it went, and the next with its fix in place. */
import { scenarioOf } from '../rollout/read-scenario.ts'
import clean from '../scenarios/clean.json' with { type: 'json' }
import incident from '../scenarios/seoul.json' with { type: 'json' }
import { type Simulator, startSimulator } from '../start.ts'
import { seoulFiles } from './files.ts'

export { CLUSTER, REGION, SERVICE } from './names.ts'

/** An hour after the incident: it is the last of the rollouts that this one is compared with. */
const EARLIER = [
  { seconds: 938, endedHoursAgo: 1 },
  { seconds: 152, endedHoursAgo: 30 },
  { seconds: 141, endedHoursAgo: 78 },
]

export const ACTS = {
  before: () => ({ files: seoulFiles() }),
  incident: () => ({ files: seoulFiles(), scenario: scenarioOf(incident) }),
  next: () => ({ files: seoulFiles({ healthy: true }), scenario: scenarioOf({ ...clean, earlier: EARLIER }) }),
} as const

export function startAct(act: keyof typeof ACTS, clock: { readonly now: () => number }): Promise<Simulator> {
  return startSimulator({ ...ACTS[act](), clock })
}
