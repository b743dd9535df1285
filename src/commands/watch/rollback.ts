/** `on-failure: rollback`: asks ECS once to bring the old revision back, when nothing can save the deployment. */

import { pollRollout } from '../../aws/rollout/poll.ts'
import { stopDeployment } from '../../aws/rollout/stop-deployment.ts'
import { deltaOf } from '../../rollout/observe/poll-delta.ts'
import type { Rollout } from '../../rollout/state.ts'
import { primaryOf } from '../../rollout/status/followed-deployment.ts'
import { step } from '../../rollout/step.ts'
import { pollRequest } from './next-poll.ts'
import type { WatchDeps, WatchRequest } from './request.ts'
import type { TapeEntry } from './tape.ts'

const FINISHED = new Set(['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED'])
const PASSING = new Set(['throttled', 'unreachable'])

/** Null where there is nothing to ask, or the answer did not come and is asked for again after the next poll. */
export async function rollbackEntry({ clock, reader }: WatchDeps, state: Rollout): Promise<TapeEntry | null> {
  if (state.hopeless === null || state.over || state.plan.onFailure !== 'rollback' || state.rollbackAsked !== null)
    return null
  const { arn, detail } = toStop(state)
  if (arn === null) return { kind: 'rollback', now: clock.now(), accepted: false, detail }
  const answer = await stopDeployment(reader, arn)
  if (!answer.known && PASSING.has(answer.because)) return null
  const why = answer.known ? '' : `${answer.permission}: ${answer.detail}`
  return { kind: 'rollback', now: clock.now(), accepted: answer.known, detail: why }
}

/**
 * What becomes of a watch that is cancelled. With `on-cancel: rollback` the rollout is looked at once more: what has ended in the meantime,
 * is somebody else's, or is on its way back already is left as it is.
 */
export async function* cancelEntries(
  request: WatchRequest,
  { clock, cancelReader }: WatchDeps,
  state: Rollout,
): AsyncGenerator<TapeEntry> {
  if (state.over) return
  if (cancelReader != null && state.rollbackAsked === null) {
    const poll = await pollRollout(cancelReader, pollRequest(request, state), clock.now)
    yield { kind: 'poll', now: poll.at, poll: deltaOf(poll, state.observed) }
    const now = step(state, poll, poll.at)
    const { arn, detail } = now.phase === 'rolling' && !now.over ? toStop(now) : { arn: null, detail: '' }
    if (arn !== null) {
      const answer = await stopDeployment(cancelReader, arn)
      const why = answer.known ? '' : `${answer.permission}: ${answer.detail}`
      yield { kind: 'rollback', now: clock.now(), accepted: answer.known, detail: why }
    } else if (detail !== '') yield { kind: 'rollback', now: clock.now(), accepted: false, detail }
  }
  yield { kind: 'cancel', now: clock.now() }
}

function toStop({ followed, observed }: Rollout): { readonly arn: string | null; readonly detail: string } {
  const { id, serviceDeployment } = followed
  if (serviceDeployment !== null) {
    const isOver = FINISHED.has(serviceDeployment.status)
    return { arn: isOver ? null : serviceDeployment.arn, detail: serviceDeployment.status }
  }
  // Where service deployments cannot be read, the service still names the one that is under way.
  const service = observed.service?.value ?? null
  const isOurs = service !== null && primaryOf(service)?.id === id
  return { arn: isOurs ? service.currentServiceDeploymentArn : null, detail: 'ListServiceDeployments' }
}
