/** Amazon CloudWatch Logs: streams and events that somebody writes by the API. Only where a scenario plays; a folder is read-only. */
import { type Item, itemsOf, numberOf, textOf } from '../item.ts'
import type { Operations, Request } from '../operation.ts'
import { Refusal, Unrecorded } from '../refusal.ts'
import type { Rollout, WrittenStream } from '../rollout/state.ts'
import { listOf, type World } from '../world.ts'

export const LOG_WRITES: Operations = { CreateLogStream: createLogStream, PutLogEvents: putLogEvents }

/** Names: 1 to 512 characters, "The ':' (colon) and '*' (asterisk) characters are not allowed" (API Reference, CreateLogStream). */
const STREAM = /^[^:*]{1,512}$/

function createLogStream({ params }: Request, world: World): Item {
  const rollout = rolloutOf(world, 'CreateLogStream')
  const group = groupOf(params, world)
  const stream = textOf(params, 'logStreamName') ?? ''
  if (!STREAM.test(stream)) {
    throw new Refusal('InvalidParameterException', `1 validation error detected: Value '${stream}' at 'logStreamName'`)
  }
  rollout.write((state) => {
    if (state.logStreams.some((one) => isOf(one, group, stream))) {
      throw new Refusal('ResourceAlreadyExistsException', 'The specified log stream already exists')
    }
    return { ...state, logStreams: [...state.logStreams, { group, stream, events: [] }] }
  })
  return {}
}

const DAY_MS = 24 * 3600 * 1000
/** "None of the log events in the batch can be more than 2 hours in the future", nor "more than 14 days" old: they are left out. */
const FUTURE_MS = 2 * 3600 * 1000
const OLDEST_MS = 14 * DAY_MS
const MOST_BYTES = 1_048_576
const OVERHEAD_BYTES = 26

/** All of a batch that is not left out, at once; the same batch again is written again (API Reference, PutLogEvents). */
function putLogEvents({ params }: Request, world: World): Item {
  const rollout = rolloutOf(world, 'PutLogEvents')
  const group = groupOf(params, world)
  const stream = textOf(params, 'logStreamName') ?? ''
  const events = itemsOf(params['logEvents']).map((one) => ({
    timestamp: numberOf(one, 'timestamp') ?? Number.NaN,
    message: textOf(one, 'message') ?? '',
  }))
  refuseBatch(events)
  const now = rollout.now()
  const tooOld = events.filter(({ timestamp }) => timestamp < now - OLDEST_MS).length
  const tooNew = events.findIndex(({ timestamp }) => timestamp > now + FUTURE_MS)
  const taken = events.slice(tooOld, tooNew < 0 ? undefined : tooNew)
  rollout.write((state) => {
    const found = state.logStreams.find((one) => isOf(one, group, stream))
    if (found === undefined) {
      throw new Refusal('ResourceNotFoundException', 'The specified log stream does not exist.')
    }
    const written = { ...found, events: [...found.events, ...taken.map((one) => ({ ...one, ingestionTime: now }))] }
    return { ...state, logStreams: state.logStreams.map((one) => (one === found ? written : one)) }
  })
  const rejected = {
    ...(tooOld === 0 ? {} : { tooOldLogEventEndIndex: tooOld }),
    ...(tooNew < 0 ? {} : { tooNewLogEventStartIndex: tooNew }),
  }
  return {
    nextSequenceToken: '49590302',
    ...(Object.keys(rejected).length === 0 ? {} : { rejectedLogEventsInfo: rejected }),
  }
}

function refuseBatch(events: readonly { readonly timestamp: number; readonly message: string }[]): void {
  const times = events.map(({ timestamp }) => timestamp)
  const bytes = events.reduce((all, { message }) => all + Buffer.byteLength(message) + OVERHEAD_BYTES, 0)
  const [first = 0, last = 0] = [times[0], times.at(-1)]
  const fault =
    events.length === 0 || events.length > 10_000 || events.some(({ message }) => message === '')
      ? "1 validation error detected: Value at 'logEvents' failed to satisfy constraint"
      : times.some((at, index) => index > 0 && at < (times[index - 1] ?? 0))
        ? 'Log events in a single PutLogEvents request must be in chronological order.'
        : last - first > DAY_MS
          ? 'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.'
          : bytes > MOST_BYTES
            ? `Upload too large: ${bytes} bytes exceeds limit of ${MOST_BYTES}`
            : null
  if (fault !== null) throw new Refusal('InvalidParameterException', fault)
}

function rolloutOf(world: World, call: string): Rollout {
  if (world.rollout === undefined) throw new Unrecorded(call)
  return world.rollout
}

function groupOf(params: Item, world: World): string {
  const group = textOf(params, 'logGroupName') ?? ''
  const isThere = listOf(world, 'logs/describe-log-groups', 'logGroups').some((one) => one['logGroupName'] === group)
  if (!isThere) throw new Refusal('ResourceNotFoundException', 'The specified log group does not exist.')
  return group
}

function isOf(one: WrittenStream, group: string, stream: string): boolean {
  return one.group === group && one.stream === stream
}
