/**
 * Our side of a data channel, without the channel: what to answer to each message, and what the command has printed so far. Messages may
 * come twice, late or torn: each is acknowledged, those of the stream are taken in order, and what is torn comes again.
 * Source: session-manager-plugin (datachannel) and amazon-ssm-agent (session/datachannel), which is the other side.
 */
import { isLoose, type Loose } from '../calls/call.ts'
import { type ChannelMessage, decodeMessage, encodeMessage, MESSAGE, PAYLOAD } from './message.ts'

/** `encrypted`: the agent wants a key of KMS, which this side does not have. */
export type ConversationEnd =
  | { readonly ended: 'closed'; readonly said: string }
  | { readonly ended: 'encrypted'; readonly said: string }
  | { readonly ended: 'too-much'; readonly said: string }

export interface Conversation {
  /** What to send in answer, in order. `now` in milliseconds since 1970. */
  readonly hear: (bytes: Buffer, now: number) => readonly Buffer[]
  /** What the other side has not acknowledged yet: to be sent again. */
  readonly unacknowledged: () => readonly Buffer[]
  /** Keys, as a terminal would send them. */
  readonly type: (keys: string, now: number) => Buffer
  readonly output: () => string
  readonly end: () => ConversationEnd | null
}

/** Of the program that speaks this protocol; agents look whether it is too old for what they can do. */
const CLIENT_VERSION = '1.2.707.0'
/** A hundred hosts print a twentieth of it. */
const MOST_OUTPUT = 256 * 1024
/** Messages that came before their turn. */
const MOST_EARLY = 1_000

const DONE = 1
const UNSUPPORTED = 3

export function conversation(): Conversation {
  const early = new Map<number, ChannelMessage>()
  const unacknowledged = new Map<number, Buffer>()
  const printed: Buffer[] = []
  let length = 0
  let expected = 0
  let own = 0
  let end: ConversationEnd | null = null

  function hear(bytes: Buffer, now: number): readonly Buffer[] {
    const message = decodeMessage(bytes)
    if (message === null || end !== null) return []
    if (message.type === MESSAGE.acknowledge) {
      const sequence = jsonOf(message.payload)['AcknowledgedMessageSequenceNumber']
      if (typeof sequence === 'number') unacknowledged.delete(sequence)
      return []
    }
    if (message.type === MESSAGE.closed) {
      const said = jsonOf(message.payload)['Output']
      end = { ended: 'closed', said: typeof said === 'string' ? said : '' }
      return []
    }
    if (message.type !== MESSAGE.output) return []
    const isEarly = message.sequence > expected
    // What is not acknowledged comes again.
    if (isEarly && early.size >= MOST_EARLY) return []
    if (isEarly || message.sequence === expected) early.set(message.sequence, message)
    return [acknowledgement(message, now), ...inOrder(now)]
  }

  function inOrder(now: number): readonly Buffer[] {
    const replies: Buffer[] = []
    for (let next = early.get(expected); next !== undefined && end === null; next = early.get(expected)) {
      early.delete(expected)
      expected += 1
      replies.push(...take(next, now))
    }
    return replies
  }

  function take({ payloadType, payload }: ChannelMessage, now: number): readonly Buffer[] {
    if (payloadType === PAYLOAD.handshakeRequest) return [shakeHands(payload, now)]
    if (payloadType !== PAYLOAD.output && payloadType !== PAYLOAD.standardError) return []
    printed.push(payload)
    length += payload.length
    if (length > MOST_OUTPUT) end = { ended: 'too-much', said: '' }
    return []
  }

  function shakeHands(request: Buffer, now: number): Buffer {
    const actions = jsonOf(request)['RequestedClientActions']
    const types = (Array.isArray(actions) ? actions : []).map((one) => String(isLoose(one) ? one['ActionType'] : ''))
    const processed = types.map((type) => {
      const isKnown = type === 'SessionType'
      return {
        ActionType: type,
        ActionStatus: isKnown ? DONE : UNSUPPORTED,
        ActionResult: null,
        Error: isKnown ? '' : `Unsupported action ${type}`,
      }
    })
    const errors = processed.flatMap(({ Error: error }) => (error === '' ? [] : [error]))
    const reply = say(
      PAYLOAD.handshakeResponse,
      JSON.stringify({ ClientVersion: CLIENT_VERSION, ProcessedClientActions: processed, Errors: errors }),
      now,
    )
    if (types.includes('KMSEncryption')) end = { ended: 'encrypted', said: '' }
    return reply
  }

  function say(payloadType: number, text: string, now: number): Buffer {
    const sequence = own
    own += 1
    const bytes = encodeMessage({ type: MESSAGE.input, sequence, payloadType, payload: Buffer.from(text) }, now)
    unacknowledged.set(sequence, bytes)
    return bytes
  }

  return {
    hear,
    unacknowledged: () => [...unacknowledged.values()],
    type: (keys, now) => say(PAYLOAD.output, keys, now),
    output: () => Buffer.concat(printed).toString('utf8'),
    end: () => end,
  }
}

function acknowledgement({ type, id, sequence }: ChannelMessage, now: number): Buffer {
  const payload = Buffer.from(
    JSON.stringify({
      AcknowledgedMessageType: type,
      AcknowledgedMessageId: id,
      AcknowledgedMessageSequenceNumber: sequence,
      IsSequentialMessage: true,
    }),
  )
  return encodeMessage({ type: MESSAGE.acknowledge, sequence: 0, payloadType: 0, payload }, now)
}

function jsonOf(payload: Buffer): Loose {
  try {
    const value: unknown = JSON.parse(payload.toString('utf8'))
    return isLoose(value) ? value : {}
  } catch {
    return {}
  }
}
