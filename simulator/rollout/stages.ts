/** The lifecycle stages of a blue/green deployment (Developer Guide, "How Amazon ECS blue/green deployments work"). */
import { rolledBack, wantedOf } from './deployments.ts'
import { LIFECYCLE_STAGES, type LifecycleStage, type Scenario } from './scenario.ts'
import { currentOf, isHealthy, primaryOf, type RolloutState, type Setting, withServiceDeployment } from './state.ts'

export function isBlueGreen({ configuration }: Scenario): boolean {
  return configuration.strategy === 'BLUE_GREEN'
}

/** Seconds that a stage takes when nothing holds it up. */
const SECONDS: Readonly<Partial<Record<LifecycleStage, number>>> = {
  RECONCILE_SERVICE: 10,
  PRE_SCALE_UP: 5,
  POST_SCALE_UP: 5,
  TEST_TRAFFIC_SHIFT: 15,
  POST_TEST_TRAFFIC_SHIFT: 5,
  PRODUCTION_TRAFFIC_SHIFT: 20,
  POST_PRODUCTION_TRAFFIC_SHIFT: 5,
}

/** "Each lifecycle stage can last up to 24 hours", then the deployment rolls back. */
const LONGEST_MS = 24 * 3600 * 1000

export function staged(setting: Setting, before: RolloutState): RolloutState {
  const current = currentOf(before)
  if (current === null || current.stage === null || current.stage.name === 'CLEAN_UP') return before
  const { name, since } = current.stage
  const lasts = before.now - since
  const pause = pauseAt(setting, before)
  if (pause !== null && pause.expiresAt <= before.now && pause.action === 'ROLLBACK') {
    return rolledBack(setting, before, `Service deployment rolled back because ${name} pause hook timed out.`, false)
  }
  if (lasts > LONGEST_MS) {
    return rolledBack(setting, before, `Service deployment rolled back because ${name} timed out.`, false)
  }
  if (pause?.waits || !isDone(setting, before, name, lasts)) return before
  const next = LIFECYCLE_STAGES[LIFECYCLE_STAGES.indexOf(name) + 1] ?? 'CLEAN_UP'
  const stage = { name: next, since: before.now, continued: false }
  return withServiceDeployment(before, current.token, { stage })
}

function isDone({ scenario }: Setting, state: RolloutState, name: LifecycleStage, lastsMs: number): boolean {
  if (name === 'SCALE_UP') {
    const green = wantedOf(state, primaryOf(state).id).filter((task) => isHealthy(task, state.now))
    return green.length >= state.desiredCount
  }
  const seconds = name === 'BAKE_TIME' ? scenario.configuration.bakeTimeInMinutes * 60 : (SECONDS[name] ?? 0)
  return lastsMs >= seconds * 1000
}

export interface PauseHook {
  readonly hookId: string
  readonly waits: boolean
  readonly expiresAt: number
  readonly action: 'CONTINUE' | 'ROLLBACK'
}

/** The pause hook of the stage that the deployment is in; null where there is none. */
export function pauseAt({ scenario }: Setting, state: RolloutState): PauseHook | null {
  const current = currentOf(state)
  const { pause } = scenario
  if (!current?.stage || pause === undefined || current.stage.name !== pause.stage) return null
  const { since, continued } = current.stage
  const expiresAt = since + pause.timeoutMinutes * 60_000
  const byHand = pause.continuedAfter === undefined ? Number.POSITIVE_INFINITY : since + pause.continuedAfter * 1000
  const waits = !continued && state.now < Math.min(byHand, expiresAt)
  return { hookId: `ecs-pause-${current.token}`, waits, expiresAt, action: pause.action }
}

/** Green tasks are started from SCALE_UP on. */
export function canStart(state: RolloutState): boolean {
  const stage = currentOf(state)?.stage
  return stage == null || LIFECYCLE_STAGES.indexOf(stage.name) >= LIFECYCLE_STAGES.indexOf('SCALE_UP')
}

/** Blue tasks stay until CLEAN_UP. */
export function canClean(state: RolloutState): boolean {
  const stage = currentOf(state)?.stage
  return stage == null || stage.name === 'CLEAN_UP'
}
