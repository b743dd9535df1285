/** What is known of the followed deployment: its tasks with what they say of their end, and what the service's events say. */

import { compare } from '../domain/collections.ts'
import type { ServiceEvent } from '../domain/rollout.ts'
import { readMessage } from '../ecs-errors/read-message.ts'
import { stopReasonOf } from './diagnose/stop-reason.ts'
import { oldestFirst } from './observe/clocks.ts'
import type {
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
  return {
    ...inputs,
    followed,
    tasks: tasksOf(followed, inputs, before),
    events: eventsOf(followed, inputs, before.events),
  }
}

/** Tasks of other deployments, the twins of ours left out, and of no service have another `startedBy`, or none. */
function tasksOf(
  { ids }: FollowedDeployment,
  { observed, preflight }: RolloutInputs,
  before: Rollout,
): readonly FollowedTask[] {
  const known = new Map(before.preflight === preflight ? before.tasks.map((one) => [one.task, one.stop]) : [])
  return Object.values(observed.tasks)
    .filter(({ task }) => task.startedBy !== null && ids.includes(task.startedBy))
    .sort(({ task: one }, { task: other }) => oldestFirst(one.createdAt, other.createdAt) || compare(one.id, other.id))
    .map((one) => {
      const stop = known.get(one.task)
      return { ...one, stop: stop === undefined ? stopReasonOf(one.task, preflight?.s3Prefixes) : stop }
    })
}

/** Timestamps of ECS are rounded to seconds in some of its answers. */
const ROUNDING_MS = 2_000

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
