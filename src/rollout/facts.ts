/** What is known of the followed deployment: its tasks with what they say of their end, and what the service's events say. */

import { compare } from '../domain/collections.ts'
import type { ServiceEvent } from '../domain/rollout.ts'
import { readMessage } from '../ecs-errors/read-message.ts'
import { actionsByTask, actionsOf, stopWithLog } from './diagnose/action-logs.ts'
import { stopReasonOf } from './diagnose/stop-reason.ts'
import { oldestFirst } from './observe/clocks.ts'
import type {
  DeploymentAction,
  DeploymentEvent,
  FollowedDeployment,
  FollowedTask,
  Rollout,
  RolloutFacts,
  RolloutInputs,
} from './state.ts'
import { followedDeployment } from './status/followed-deployment.ts'

/** Texts that were read before are not read again: a crash loop has hundreds of tasks, and every poll shows the same hundred events. */
export function factsOf(inputs: RolloutInputs, before: Rollout): RolloutFacts {
  const followed = followedDeployment(inputs.plan, inputs.observed)
  const actions = actionsOf(followed, inputs, beginningOf(followed), before.actions)
  return {
    ...inputs,
    followed,
    actions,
    tasks: tasksOf(followed, inputs, actions, before),
    events: eventsOf(followed, inputs, before.events),
  }
}

/** Tasks of other deployments, the twins of ours left out, and of no service have another `startedBy`, or none. */
function tasksOf(
  { ids }: FollowedDeployment,
  { observed, preflight }: RolloutInputs,
  actions: readonly DeploymentAction[],
  before: Rollout,
): readonly FollowedTask[] {
  const logged = actionsByTask(actions)
  const s3Prefixes = preflight?.s3Prefixes
  const read = before.preflight === preflight ? before.tasks.filter(({ stop }) => stop?.isLogged !== true) : []
  const known = new Map(read.map((one) => [one.task, one.stop]))
  return Object.values(observed.tasks)
    .filter(({ task }) => task.startedBy !== null && ids.includes(task.startedBy))
    .sort(({ task: one }, { task: other }) => oldestFirst(one.createdAt, other.createdAt) || compare(one.id, other.id))
    .map((one) => {
      const old = known.get(one.task)
      const stop = old === undefined ? stopReasonOf(one.task, s3Prefixes) : old
      const own = logged.get(one.task.id)
      return { ...one, stop: own === undefined ? stop : stopWithLog(one.task, stop, own, observed, s3Prefixes) }
    })
}

/** Timestamps of ECS are rounded to seconds in some of its answers. */
const ROUNDING_MS = 2_000

/** When what belongs to the deployment begins: milliseconds since 1970, by the clock of ECS. */
export function beginningOf({ deployment, taskSet, serviceDeployment }: FollowedDeployment): number | null {
  const at = deployment?.createdAt ?? taskSet?.createdAt ?? serviceDeployment?.createdAt ?? null
  return at === null ? null : at - ROUNDING_MS
}

/** Those of the rollout before stand in the same list. Where ECS tells no times, those that were not there when the watch began. */
function eventsOf(
  { deployment, taskSet }: FollowedDeployment,
  { observed: { events, firstService } }: RolloutInputs,
  before: readonly DeploymentEvent[],
): readonly DeploymentEvent[] {
  if (deployment === null && taskSet === null) return []
  const since = deployment?.createdAt ?? taskSet?.createdAt ?? null
  const old = new Set(firstService?.value.events.map(({ id }) => id))
  const isOurs = ({ id, at }: ServiceEvent) =>
    since === null || at === null ? !old.has(id) : at >= since - ROUNDING_MS
  const known = new Map(before.map((one) => [one.event.id, one]))
  return Object.values(events)
    .filter(isOurs)
    .sort((one, other) => oldestFirst(one.at, other.at) || compare(one.id, other.id))
    .map((event) => known.get(event.id) ?? { event, message: readMessage(event.message) })
}
