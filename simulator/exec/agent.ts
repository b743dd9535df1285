/** The agent's side of a session: shakes hands, runs the command in a real shell of this machine, and sends what it prints. */
import { type ChildProcess, spawn } from 'node:child_process'
import type { WebSocket } from 'ws'
import type { ContainerSetting } from './container-setting.ts'
import { idText, read, written } from './message.ts'
import { shellWords } from './shell-words.ts'

const [OUTPUT, HANDSHAKE_REQUEST, HANDSHAKE_RESPONSE, HANDSHAKE_COMPLETE] = [1, 5, 6, 7] as const
/** config.StreamDataPayloadSize of the agent. */
const LONGEST = 1024
const AGAIN_MS = 100

/** Until one of both closes. */
export function serveAgent(socket: WebSocket, command: string, setting: ContainerSetting): void {
  const { fault = null } = setting
  const waiting = new Map<number, { readonly bytes: Buffer; readonly id: string }>()
  let sequence = 0
  let held: Buffer | null = null
  let child: ChildProcess | null = null
  let hasEnded = false

  const put = (bytes: Buffer) => {
    if (socket.readyState === 1) socket.send(bytes)
  }

  function say(payloadType: number, payload: Buffer): void {
    const bytes = written('output_stream_data', payloadType, sequence, payload)
    waiting.set(sequence, { bytes, id: idText(read(bytes).id) })
    sequence += 1
    post(bytes)
  }

  /** Once as the fault has it; from then on as it is, until it is acknowledged. */
  function post(bytes: Buffer): void {
    if (fault === 'torn') {
      put(bytes.subarray(0, bytes.length - 3))
      return
    }
    if (fault === 'twice') put(bytes)
    if (fault === 'out-of-order' && held === null) {
      held = bytes
      return
    }
    put(bytes)
    if (held !== null) put(held)
    held = null
  }

  const again = setInterval(() => {
    for (const { bytes } of waiting.values()) put(bytes)
    if (hasEnded && waiting.size === 0) close('')
  }, AGAIN_MS)
  socket.on('close', () => {
    clearInterval(again)
    if (child !== null && !hasEnded) endGroup(child)
  })

  function close(output: string): void {
    clearInterval(again)
    put(written('channel_closed', 0, 0, Buffer.from(JSON.stringify({ MessageType: 'channel_closed', Output: output }))))
    socket.close()
  }

  function start(): void {
    const [program = '', ...words] = shellWords(command)
    const path = program === '/bin/sh' ? (setting.shell ?? null) : program
    const missing = `----------ERROR-------\nUnable to start command: Failed to start pty: fork/exec ${program}: no such file or directory`
    if (path === null) {
      close(missing)
      return
    }
    const [shell = '', ...own] = path.split(' ')
    child = spawn(shell, [...own, ...words], {
      env: { ...setting.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    child.on('error', () => close(missing))
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => printed(chunk))
    child.on('close', () => {
      hasEnded = true
    })
  }

  /** A terminal ends lines with a carriage return as well. */
  function printed(chunk: Buffer): void {
    const text = Buffer.from(chunk.toString('latin1').replaceAll('\n', '\r\n'), 'latin1')
    for (let at = 0; at < text.length; at += LONGEST) say(OUTPUT, text.subarray(at, at + LONGEST))
    if (fault === 'cut-off') socket.terminate()
  }

  socket.on('message', (data: Buffer) => {
    const message = read(Buffer.from(data))
    if (message.type === 'acknowledge') {
      const { AcknowledgedMessageSequenceNumber: number, AcknowledgedMessageId: id } = JSON.parse(`${message.payload}`)
      if (waiting.get(number)?.id === id) waiting.delete(number)
      return
    }
    if (!message.digestFits) return
    const content = { AcknowledgedMessageType: message.type, AcknowledgedMessageId: idText(message.id) }
    const acknowledged = { ...content, AcknowledgedMessageSequenceNumber: message.sequence, IsSequentialMessage: true }
    put(written('acknowledge', 0, 0, Buffer.from(JSON.stringify(acknowledged))))
    if (message.payloadType !== HANDSHAKE_RESPONSE || child !== null) return
    const { ProcessedClientActions: actions } = JSON.parse(`${message.payload}`)
    // Success is 1; any other answer ends the session.
    if (!actions.every((one: { ActionStatus: number }) => one.ActionStatus === 1)) {
      close('handshake failed')
      return
    }
    say(HANDSHAKE_COMPLETE, Buffer.from(JSON.stringify({ HandshakeTimeToComplete: 1_000_000, CustomerMessage: '' })))
    start()
  })

  put(written('start_publication', 0, 0, Buffer.alloc(0)))
  const properties = { linux: { commands: command, runAsElevated: true } }
  say(
    HANDSHAKE_REQUEST,
    Buffer.from(
      JSON.stringify({
        AgentVersion: '3.3.987.0',
        RequestedClientActions: [
          {
            ActionType: 'SessionType',
            ActionParameters: { SessionType: 'InteractiveCommands', Properties: properties },
          },
          ...(fault === 'encrypted'
            ? [{ ActionType: 'KMSEncryption', ActionParameters: { KMSKeyId: 'alias/sessions' } }]
            : []),
        ],
      }),
    ),
  )
}

/** A terminal that is gone takes along all that was started in it. */
function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
