/** Opens the data channel of a session, and stays until the command has printed all, the other side closes, or time is up. */
import { randomUUID } from 'node:crypto'
import { unread } from '../../domain/answer.ts'
import type { Clock } from '../../domain/clock.ts'
import { type Conversation, type ConversationEnd, conversation } from './conversation.ts'

/** Whoever has the token is in the session: it goes into the channel and nowhere else. */
export interface Session {
  readonly streamUrl: string
  readonly tokenValue: string
}

export interface ChannelRequest {
  readonly session: Session
  /** Enough was printed: nobody has to wait for the other side to close. */
  readonly isEnough: (output: string) => boolean
  readonly limitMs: number
  readonly clock: Clock
  readonly signal?: AbortSignal
}

/** `unopened`: no channel. `lost`: it broke without a word. `stopped`: the caller's signal. */
export type ChannelEnd = 'enough' | ConversationEnd['ended'] | 'unopened' | 'lost' | 'timed-out' | 'stopped'

export interface ChannelResult {
  readonly ended: ChannelEnd
  readonly output: string
  /** What the agent or the network said, secrets masked; untrusted text. */
  readonly detail: string
}

const OPEN_MS = 10_000
/** The other side sends what was lost every second at the latest. */
const AGAIN_MS = 1_000
const CLOSING_MS = 500
const MOST_BYTES = 1024 * 1024

/** Never rejects. */
export async function runInChannel(request: ChannelRequest): Promise<ChannelResult> {
  const { session, clock } = request
  if (!isSafe(session.streamUrl)) return { ended: 'unopened', output: '', detail: '' }
  const { WebSocket } = await import('ws')
  const talk = conversation()
  return new Promise((resolve) => {
    const socket = new WebSocket(session.streamUrl, {
      handshakeTimeout: OPEN_MS,
      maxPayload: MOST_BYTES,
      perMessageDeflate: false,
    })
    let isOpen = false
    let isOver = false
    const again = setInterval(() => {
      for (const bytes of talk.unacknowledged()) send(bytes)
    }, AGAIN_MS)
    const limit = setTimeout(() => finish('timed-out'), request.limitMs)
    const stop = () => finish('stopped')
    request.signal?.addEventListener('abort', stop)

    const send = (data: string | Buffer) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(data)
    }

    function finish(ended: ChannelEnd, said = ''): void {
      if (isOver) return
      isOver = true
      clearInterval(again)
      clearTimeout(limit)
      request.signal?.removeEventListener('abort', stop)
      // Ctrl-C, so that nothing of ours goes on in the container.
      if (isOpen && (ended === 'timed-out' || ended === 'stopped')) send(talk.type('\x03', clock.now()))
      if (isOpen) socket.close()
      // Who does not close it, too, keeps no process waiting.
      setTimeout(() => socket.terminate(), isOpen ? CLOSING_MS : 0).unref()
      resolve({ ended, output: talk.output(), detail: harmless(said, session) })
    }

    socket.on('open', () => {
      isOpen = true
      send(openingOf(session))
    })
    socket.on('message', (data: Buffer) => {
      for (const bytes of talk.hear(Buffer.from(data), clock.now())) send(bytes)
      const ended = endOf(talk, request)
      if (ended !== null) finish(ended.ended, ended.said)
    })
    socket.on('error', (error: Error) => finish(isOpen ? 'lost' : 'unopened', error.message))
    socket.on('close', () => finish(isOpen ? 'lost' : 'unopened'))
    if (request.signal?.aborted) stop()
  })
}

function endOf(talk: Conversation, { isEnough }: ChannelRequest): { ended: ChannelEnd; said: string } | null {
  return isEnough(talk.output()) ? { ended: 'enough', said: '' } : talk.end()
}

/** Session Manager's OpenDataChannelInput: what the channel is opened with. */
function openingOf({ tokenValue }: Session): string {
  return JSON.stringify({
    MessageSchemaVersion: '1.0',
    RequestId: randomUUID(),
    TokenValue: tokenValue,
    ClientId: randomUUID(),
    ClientVersion: '1.2.707.0',
  })
}

/** The token goes over TLS, or stays on this machine. */
function isSafe(streamUrl: string): boolean {
  const url = URL.canParse(streamUrl) ? new URL(streamUrl) : null
  if (url === null) return false
  return url.protocol === 'wss:' || (url.protocol === 'ws:' && /^(127\.0\.0\.1|localhost|\[::1\])$/.test(url.hostname))
}

function harmless(said: string, { tokenValue }: Session): string {
  return unread('unreachable', '', said.replaceAll(tokenValue, '***')).detail
}
