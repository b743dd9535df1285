/** The Seoul case in acts, each an AWS on loopback: before the deployment, the rollout as it went, the next with its fix in place, and a deploy that rehearses. */
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
  /** Nobody deploys by himself: what a rehearsal and a deploy start is all that goes on. */
  unrepaired: () => ({ files: seoulFiles(), scenario: scenarioOf({ ...incident, script: [] }) }),
  repaired: () => ({ files: seoulFiles({ healthy: true }), scenario: scenarioOf({ ...clean, script: [] }) }),
} as const

export function startAct(act: keyof typeof ACTS, clock: { readonly now: () => number }): Promise<Simulator> {
  return startSimulator({ ...ACTS[act](), clock })
}
