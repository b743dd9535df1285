/** What the next poll asks for: no task twice once it is settled, no list while the service stays as it is, and the service deployments that matter. */
import type { BriefPoll, PollRequest } from '../../aws/rollout/poll.ts'
import { isUnreadForGood } from '../../rollout/diagnose/unreadable-parts.ts'
import { hasVanished, isSettled } from '../../rollout/observe/absence.ts'
import { isRunning } from '../../rollout/observe/lifecycle.ts'
import { isPastOpen, isServiceNews } from '../../rollout/observe/merge.ts'
import { isClose, isWithinBudget } from '../../rollout/poll-interval.ts'
import type { Observed, ObservedTask, Rollout } from '../../rollout/state.ts'
import type { WatchRequest } from './request.ts'

/** While ours is not among them, the list is read again every so many polls. */
const LIST_EVERY = 5
const FOLLOW_EVERY = 4
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
  const restless = moving.filter(({ task }) => !isRunning(task))
  const isSmall = moving.length <= FEW_TASKS
  // After the end nothing new is started that is ours.
  const isWhole = !state.over && (isSmall || isWithinBudget(state, 4 + (2 * moving.length) / PAGE))
  const awaited = isWhole || isSmall ? moving : restless
  const brief = briefPoll(state, restless)
  return {
    cluster: clusterNamed(request),
    service: request.service,
    settled: new Set([...all.filter(isOver).map(([id]) => id), ...strangers]),
    awaited: awaited.map(({ task }) => task.arn),
    isWhole,
    ...toFollow(state, brief !== null),
    brief,
  }
}

/** Every other poll after a change looks at everything, in case a list lags behind; then one in ten where nothing is asked for beside the service. */
const WHOLE_EVERY = { close: 2, quiet: 10 } as const

function briefPoll(state: Rollout, restless: readonly ObservedTask[]): BriefPoll | null {
  const { observed, over, followed } = state
  const polls = observed.polledAt.length
  if (observed.service === null || over || isIncomplete(observed) || isPastOpen(observed)) return null
  const isRestless = restless.length > 0
  const staged = isStaged(state)
  const isTurn = isClose(state)
    ? polls % WHOLE_EVERY.close === 0
    : !isRestless && !staged && polls % WHOLE_EVERY.quiet === 0
  const hasBudget = isWithinBudget(state, 4 + restless.length / PAGE)
  if (isTurn && hasBudget) return null
  const arns = followed.serviceDeployment === null ? [] : [followed.serviceDeployment.arn]
  const aside = turnOf(polls, isRestless, staged)
  return {
    isNews: (service) => hasBudget && isServiceNews(observed, service),
    tasks: aside === 'tasks' ? restless.slice(0, PAGE).map(({ task }) => task.arn) : [],
    serviceDeploymentArns: aside === 'service-deployment' ? arns : [],
  }
}

/** A list that was throttled is asked for again; one that is refused is refused again. */
function isIncomplete(observed: Observed): boolean {
  return observed.missedPolls.at(-1) === observed.polledAt.at(-1) && !isUnreadForGood(observed)
}

/** One thing more every other poll: tasks that may fail at any moment, and the service deployment, where its stages decide. */
function turnOf(polls: number, isRestless: boolean, staged: boolean): 'tasks' | 'service-deployment' | null {
  if (polls % 2 !== 0 || (!isRestless && !staged)) return null
  const isTasks = isRestless && polls % (staged ? 4 : WHOLE_EVERY.quiet) !== 0
  return isTasks ? 'tasks' : 'service-deployment'
}

function isStaged({ observed }: Rollout): boolean {
  return observed.service?.value.strategy !== 'ROLLING'
}

type Following = Pick<PollRequest, 'serviceDeploymentArns' | 'withCurrent'>

/** `isNews`: it is asked for only where the service shows something new, and then the service deployment may tell what it is. */
function toFollow({ followed, observed, phase, over }: Rollout, isNews: boolean): Following {
  const { serviceDeployment, deployment } = followed
  const polls = observed.polledAt.length
  if (serviceDeployment === null) {
    if (polls % LIST_EVERY === 0 || over || isPastOpen(observed))
      return { serviceDeploymentArns: null, withCurrent: true }
    // Where none could be read so far, hardly any will.
    const mayBeReadable = polls < LIST_EVERY || Object.keys(observed.serviceDeployments).length > 0
    return { serviceDeploymentArns: [], withCurrent: mayBeReadable }
  }
  // The service itself shows as much of a rolling update while it goes on.
  const isShown = phase === 'rolling' && !over && observed.service?.value.strategy === 'ROLLING' && deployment !== null
  if (isShown && !isNews && polls % FOLLOW_EVERY !== 0) return { serviceDeploymentArns: [], withCurrent: false }
  return { serviceDeploymentArns: [serviceDeployment.arn], withCurrent: true }
}

/** The ARN of a service names its cluster: `arn:…:service/CLUSTER/NAME` (old ARNs do not). */
export function clusterNamed({ cluster, service }: Pick<WatchRequest, 'cluster' | 'service'>): string {
  const parts = service.startsWith('arn:') ? service.split('/') : []
  return cluster ?? (parts.length === 3 ? parts[1] : undefined) ?? 'default'
}
