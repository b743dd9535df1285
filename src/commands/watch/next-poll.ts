/** What the next poll asks for: no task twice once it is settled, and the service deployments that matter. */
import type { PollRequest } from '../../aws/rollout/poll.ts'
import { hasVanished, isSettled } from '../../rollout/observe/absence.ts'
import { isRunning } from '../../rollout/observe/lifecycle.ts'
import { isWithinBudget } from '../../rollout/poll-interval.ts'
import type { ObservedTask, Rollout } from '../../rollout/state.ts'
import type { WatchRequest } from './request.ts'

/** While ours is not among them, the list is read again every so many polls. */
const LIST_EVERY = 5
const FOLLOW_EVERY = 2
/** So many tasks fit into two pages: listing and describing them takes few calls. */
const FEW_TASKS = 200
const PAGE = 100

export function pollRequest(request: Pick<WatchRequest, 'cluster' | 'service'>, state: Rollout): PollRequest {
  const { tasks, absent } = state.observed
  const all = Object.entries(tasks)
  const isOver = ([id, kept]: readonly [string, ObservedTask]) =>
    isSettled(kept, state.now) || hasVanished(state.observed, id)
  const moving = all.filter((one) => !isOver(one)).map(([, kept]) => kept)
  const strangers = Object.keys(absent).filter((id) => tasks[id] === undefined && hasVanished(state.observed, id))
  const isSmall = moving.length <= FEW_TASKS
  // After the end nothing new is started that is ours.
  const isWhole = !state.over && (isSmall || isWithinBudget(state, 4 + (2 * moving.length) / PAGE))
  const awaited = isWhole || isSmall ? moving : moving.filter(({ task }) => !isRunning(task))
  return {
    cluster: clusterNamed(request),
    service: request.service,
    settled: new Set([...all.filter(isOver).map(([id]) => id), ...strangers]),
    awaited: awaited.map(({ task }) => task.arn),
    isWhole,
    ...toFollow(state),
  }
}

type Following = Pick<PollRequest, 'serviceDeploymentArns' | 'withCurrent'>

function toFollow({ followed, observed, phase, over }: Rollout): Following {
  const { serviceDeployment, deployment } = followed
  const polls = observed.polledAt.length
  if (serviceDeployment === null) {
    if (polls % LIST_EVERY === 0 || over) return { serviceDeploymentArns: null, withCurrent: true }
    // Where none could be read so far, hardly any will.
    const mayBeReadable = polls < LIST_EVERY || Object.keys(observed.serviceDeployments).length > 0
    return { serviceDeploymentArns: [], withCurrent: mayBeReadable }
  }
  // The service itself shows as much of a rolling update while it goes on.
  const isShown = phase === 'rolling' && !over && observed.service?.value.strategy === 'ROLLING' && deployment !== null
  if (isShown && polls % FOLLOW_EVERY !== 0) return { serviceDeploymentArns: [], withCurrent: false }
  return { serviceDeploymentArns: [serviceDeployment.arn], withCurrent: true }
}

/** The ARN of a service names its cluster: `arn:…:service/CLUSTER/NAME` (old ARNs do not). */
export function clusterNamed({ cluster, service }: Pick<WatchRequest, 'cluster' | 'service'>): string {
  const parts = service.startsWith('arn:') ? service.split('/') : []
  return cluster ?? (parts.length === 3 ? parts[1] : undefined) ?? 'default'
}
