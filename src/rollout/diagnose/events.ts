/** The service events of our rollout, and what they say. Those of the rollout before stand in the same list. */

import type { ServiceEvent } from '../../domain/rollout.ts'
import { type Message, readMessage } from '../../ecs-errors/read-message.ts'
import type { Observed } from '../state.ts'
import type { FollowedDeployment } from '../status/followed-deployment.ts'

export interface DeploymentEvent {
  readonly event: ServiceEvent
  readonly message: Message
}

/** Timestamps of ECS are rounded to seconds in some of its answers. */
const ROUNDING_MS = 2_000

/** Oldest first. Where ECS tells no times, those that were not there when the watch began. */
export function eventsOf(
  { deployment, taskSet }: FollowedDeployment,
  { events, firstService }: Observed,
): readonly DeploymentEvent[] {
  if (deployment === null && taskSet === null) return []
  const since = deployment?.createdAt ?? taskSet?.createdAt ?? null
  const old = new Set(firstService?.value.events.map(({ id }) => id))
  const isOurs = ({ id, at }: ServiceEvent) =>
    since === null || at === null ? !old.has(id) : at >= since - ROUNDING_MS
  return Object.values(events)
    .filter(isOurs)
    .sort((one, other) => (one.at ?? 0) - (other.at ?? 0) || (one.id < other.id ? -1 : 1))
    .map((event) => ({ event, message: messageOf(event) }))
}

/** Every look asks again about the same hundred events. */
const MEMORY = new WeakMap<ServiceEvent, Message>()

function messageOf(event: ServiceEvent): Message {
  const remembered = MEMORY.get(event)
  if (remembered !== undefined) return remembered
  const message = readMessage(event.message)
  MEMORY.set(event, message)
  return message
}
