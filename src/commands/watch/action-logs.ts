/** Reads ECS Action Logs beside the polls: once something calls for them, again after what changed, and at the end. */
import type { Reader } from '../../aws/reader/reader.ts'
import { readActionLogDelivery, readActions } from '../../aws/rollout/action-logs.ts'
import type { ActionLogDelivery, EcsAction } from '../../domain/action-logs.ts'
import { type Answer, known, together, type Unread } from '../../domain/answer.ts'
import { beginningOf } from '../../rollout/facts.ts'
import { hasVanished } from '../../rollout/observe/absence.ts'
import type { Rollout } from '../../rollout/state.ts'
import { desiredOf } from '../../rollout/status/followed-deployment.ts'
import type { TapeEntry } from './tape.ts'

/** A few requests a minute at most, beside those of the polls: after something changed, and for a record that came late. */
const EVERY_MS = 20_000
const AGAIN_MS = 60_000
/** Then only the last words are missing, and nobody waits for them. */
const AT_END_MS = 2_000
/** How late a record may come: what was read before is read again so far back. */
const OVERLAP_MS = 120_000
/** Without a time of ECS for the beginning of the deployment. */
const BEFORE_WATCH_MS = 60_000

export interface ActionLogReader {
  readonly isDue: (state: Rollout) => boolean
  /** Null where there is nothing new to tell. */
  readonly read: (state: Rollout) => Promise<Omit<Extract<TapeEntry, { kind: 'action-logs' }>, 'now'> | null>
}

export function actionLogReader(reader: Reader): ActionLogReader {
  const told = new Set<string>()
  let delivery: ActionLogDelivery | null = null
  let last = ''
  let isRefused = false
  let readAt = Number.NEGATIVE_INFINITY
  let fingerprint: string | null = null
  let youngest = Number.NEGATIVE_INFINITY

  function isDue(state: Rollout): boolean {
    if (isRefused || state.observed.service === null || !isCalledFor(state)) return false
    const since = state.now - readAt
    if (state.over) return since >= AT_END_MS
    return since >= (state.fingerprint === fingerprint ? AGAIN_MS : EVERY_MS)
  }

  async function read(state: Rollout): ReturnType<ActionLogReader['read']> {
    readAt = state.now
    fingerprint = state.fingerprint
    const answer = await readFresh(state)
    const actions = (answer.known ? answer.value : []).filter(({ id }) => !told.has(id))
    for (const { id, at } of actions) {
      told.add(id)
      youngest = Math.max(youngest, at ?? youngest)
    }
    const unread = answer.known ? null : answer
    isRefused = unread !== null && !mayPass(unread)
    const said = JSON.stringify([delivery, unread])
    if (actions.length === 0 && said === last) return null
    last = said
    return { kind: 'action-logs', actionLogs: { delivery, actions, unread } }
  }

  async function readFresh(state: Rollout): Promise<Answer<readonly EcsAction[]>> {
    const service = state.observed.service?.value
    if (service === undefined) return known([])
    const { clusterArn, name: serviceName } = service
    if (delivery === null) {
      const answer = await readActionLogDelivery(reader, clusterArn)
      if (!answer.known) return answer
      delivery = answer.value
    }
    const began = beginningOf(state.followed) ?? state.plan.beganAt - BEFORE_WATCH_MS
    const from = Math.max(began, youngest - OVERLAP_MS)
    const ask = (logGroup: string) => readActions(reader, { logGroup, clusterArn, serviceName, from })
    return together(await Promise.all(delivery.logGroups.map(ask)))
  }

  return { isDue, read }
}

function mayPass({ because }: Unread): boolean {
  return because === 'throttled' || because === 'unreachable'
}

/** A watch that has seen no task of the deployment for so long. */
const PLACED_WITHIN_MS = 30_000

/** A rollout that goes well needs no reasons. */
function isCalledFor(state: Rollout): boolean {
  const { failures, suspicions, hopeless, followed, observed, phase, tasks, plan, now } = state
  if (failures.length > 0 || suspicions.length > 0 || hopeless !== null) return true
  if (phase !== 'rolling' && phase !== 'steady') return true
  if (followed.id !== null && (observed.mostFailed[followed.id] ?? 0) > 0) return true
  if (tasks.some(({ task, stop }) => stop === null && hasVanished(observed, task.id))) return true
  return tasks.length === 0 && (desiredOf(followed) ?? 0) > 0 && now - plan.beganAt > PLACED_WITHIN_MS
}
