/** Amazon CloudWatch Logs: what the containers of a rollout scenario wrote, and what was written by the API. */
import { type Item, itemsOf, numberOf, textOf } from '../item.ts'
import type { Request } from '../operation.ts'
import { Refusal, Unrecorded } from '../refusal.ts'
import type { Rollout, SimulatedTask } from '../rollout/state.ts'
import type { World } from '../world.ts'

interface LogEvent {
  readonly timestamp: number
  readonly message: string
  readonly ingestionTime: number
}

/** Up to 10,000 events; without `startFromHead` the newest ones (CloudWatch Logs API Reference, GetLogEvents). */
export function getLogEvents({ params }: Request, world: World): Item {
  const { rollout } = world
  if (rollout === undefined) throw new Unrecorded('GetLogEvents')
  const group =
    textOf(params, 'logGroupName') ?? (textOf(params, 'logGroupIdentifier') ?? '').replace(/^.*:log-group:/, '')
  const all = eventsOf(rollout, group, textOf(params, 'logStreamName') ?? '')
  const [start, end] = [numberOf(params, 'startTime') ?? 0, numberOf(params, 'endTime') ?? Number.POSITIVE_INFINITY]
  const within = all.filter(({ timestamp }) => timestamp >= start && timestamp < end)
  const limit = Math.min(10_000, numberOf(params, 'limit') ?? 10_000)
  // A token says where the last answer ended; both ways lead to nothing more.
  const seen = textOf(params, 'nextToken') !== null
  const shown = params['startFromHead'] === true ? within.slice(0, limit) : within.slice(-limit)
  return { events: seen ? [] : shown, nextForwardToken: `f/${all.length}`, nextBackwardToken: `b/${all.length}` }
}

/** Throws ResourceNotFoundException for a stream that no container has made. */
function eventsOf(rollout: Rollout, group: string, stream: string): readonly LogEvent[] {
  const { definitions, logStreams, tasks, now } = rollout.state()
  const written = logStreams.find((one) => one.group === group && one.stream === stream)
  if (written !== undefined) return written.events
  for (const task of tasks) {
    const definition = definitions.find((one) => one['taskDefinitionArn'] === task.definitionArn)
    const all = itemsOf(definition?.['containerDefinitions'])
    const main = all.find((one) => one['essential'] !== false) ?? all[0]
    for (const container of all) {
      const options = ((container['logConfiguration'] as Item | undefined)?.['options'] ?? {}) as Item
      const own = `${textOf(options, 'awslogs-stream-prefix')}/${textOf(container, 'name')}/${task.id}`
      const runs = task.startedAt !== null && task.startedAt <= now
      if (own !== stream || textOf(options, 'awslogs-group') !== group || !runs) continue
      return container === main ? linesOf(task, now) : []
    }
  }
  throw new Refusal('ResourceNotFoundException', 'The specified log stream does not exist.')
}

/** Spread over the time between start and stop. */
function linesOf({ behaviour, startedAt, stop }: SimulatedTask, now: number): readonly LogEvent[] {
  if (startedAt === null) return []
  const lasts = (stop?.at ?? startedAt + 1000) - startedAt
  return behaviour.logs
    .map((message, at) => ({
      message,
      timestamp: Math.round(startedAt + (lasts * (at + 1)) / (behaviour.logs.length + 1)),
    }))
    .filter(({ timestamp }) => timestamp <= now)
    .map((event) => ({ ...event, ingestionTime: event.timestamp + 300 }))
}
