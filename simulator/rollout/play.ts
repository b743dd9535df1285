/** Plays a scenario: a state for every moment, decided by the scenario, its seed, the time and what was written so far. */
import type { World } from '../world.ts'
import { logged } from './action-log.ts'
import { deployed } from './deployments.ts'
import { initialState } from './initial-state.ts'
import type { Deed, Scenario } from './scenario.ts'
import { looked } from './scheduler.ts'
import { nextDefinition, settingOf } from './setting.ts'
import { currentOf, primaryOf, type Rollout, type RolloutState, type Setting, withServiceDeployment } from './state.ts'

export interface PlayOptions {
  readonly scenario: Scenario
  /** The folder it plays in; null where there is none. */
  readonly world: World | null
  /** Real milliseconds; only differences count where the scenario says when it begins. */
  readonly clock?: { readonly now: () => number }
  /** Simulated seconds in one real second. */
  readonly speed?: number
}

export function play({ scenario, world, clock = { now: () => Date.now() }, speed = 1 }: PlayOptions): Rollout {
  const openedAt = clock.now()
  const setting = settingOf(scenario, world, scenario.startsAt ? Date.parse(scenario.startsAt) : openedAt)
  const now = () => Math.floor(setting.beganAt + (clock.now() - openedAt) * speed)
  let state = scripted(setting, initialState(setting))
  const catchUp = () => {
    state = advanced(setting, state, now())
    return state
  }
  return {
    setting,
    now,
    state: catchUp,
    write: (change) => {
      state = change(catchUp())
      return state
    },
  }
}

/**
 * The state at a later moment. The scheduler looks at fixed moments and deeds have theirs, so that it does not matter how
 * many steps lead there.
 */
export function advanced(setting: Setting, from: RolloutState, to: number): RolloutState {
  let state = from
  for (;;) {
    const next = nextMoment(setting, state.now)
    if (next > to) break
    state = scripted(setting, { ...state, now: next })
    if ((next - setting.beganAt) % everyMs(setting) === 0) state = looked(setting, state)
    state = logged(setting, state)
  }
  return to > state.now ? { ...state, now: to } : state
}

function everyMs({ scenario }: Setting): number {
  return scenario.timing.every * 1000
}

/** The next look or deed after a moment. */
function nextMoment(setting: Setting, after: number): number {
  const { beganAt, scenario } = setting
  const every = everyMs(setting)
  const look = beganAt + (Math.floor((after - beganAt) / every) + 1) * every
  const deeds = scenario.script.map(({ at }) => beganAt + at * 1000).filter((at) => at > after)
  return Math.min(look, ...deeds)
}

/** The state after the deeds of this very moment. */
function scripted(setting: Setting, state: RolloutState): RolloutState {
  const deeds = setting.scenario.script.filter(({ at }) => setting.beganAt + at * 1000 === state.now)
  return deeds.reduce((so, deed) => done(setting, so, deed), state)
}

function done(setting: Setting, state: RolloutState, deed: Deed): RolloutState {
  if (deed.does === 'scale') return { ...state, desiredCount: deed.desiredCount }
  if (deed.does === 'stop') return stopped(state)
  const behaviour = deed.behaviour ?? setting.scenario.behaviour
  if (deed.same) return deployed(setting, state, { definitionArn: primaryOf(state).definitionArn, behaviour })
  const definition = nextDefinition(state.definitions.at(-1) ?? setting.definition, deed.image)
  const registered = { ...state, definitions: [...state.definitions, definition] }
  return deployed(setting, registered, { definitionArn: String(definition['taskDefinitionArn']), behaviour })
}

/** What StopServiceDeployment does: nothing to one that is over, or is rolling back. */
export function stopped(state: RolloutState): RolloutState {
  const current = currentOf(state)
  if (current === null || current.status !== 'IN_PROGRESS') return state
  return withServiceDeployment(state, current.token, { status: 'ROLLBACK_REQUESTED' })
}
