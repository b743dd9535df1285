/**
 * Sessions of ECS Exec on loopback. What is asked for is run in a shell of this machine, which is why a simulator has them only where a
 * test hands them in: whoever reaches the port would run what he likes.
 */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'
import { WebSocketServer } from 'ws'
import type { Item } from '../item.ts'
import { serveAgent } from './agent.ts'
import type { ContainerSetting } from './container-setting.ts'

export interface ExecSessions {
  /** What ExecuteCommand answers: a session to join, at the port of the simulator; null where no agent is connected. */
  readonly open: (command: string, task: string, container: string) => Item | null
  readonly listenAt: (server: Server, port: number) => void
  /** Tokens handed out so far. */
  readonly tokens: () => readonly string[]
  /** Sessions that were joined with their token. */
  readonly joined: () => number
}

/** `settingOf`: by the task's id and the container's name; null where its agent is not connected. */
export function execSessions(settingOf: (task: string, container: string) => ContainerSetting | null): ExecSessions {
  const waiting = new Map<
    string,
    { readonly token: string; readonly command: string; readonly setting: ContainerSetting }
  >()
  const tokens: string[] = []
  let joined = 0
  let place = ''

  function upgrade(sockets: WebSocketServer, request: IncomingMessage, socket: Socket, head: Buffer): void {
    const id = /^\/v1\/data-channel\/([\w-]+)\?/.exec(request.url ?? '')?.[1] ?? ''
    const session = waiting.get(id)
    if (session === undefined) return void socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    waiting.delete(id)
    sockets.handleUpgrade(request, socket, head, (channel) => {
      channel.once('message', (data: Buffer) => {
        if (JSON.parse(`${data}`).TokenValue !== session.token) return channel.close(1008)
        joined += 1
        serveAgent(channel, session.command, session.setting)
      })
    })
  }

  return {
    open: (command, task, container) => {
      const setting = settingOf(task, container)
      if (setting === null) return null
      const sessionId = `ecs-execute-command-${randomBytes(9).toString('hex')}`
      const token = randomBytes(60).toString('base64')
      tokens.push(token)
      waiting.set(sessionId, { token, command, setting })
      return {
        sessionId,
        streamUrl: `${place}/v1/data-channel/${sessionId}?role=publish_subscribe`,
        tokenValue: token,
      }
    },
    listenAt: (server, port) => {
      place = `ws://127.0.0.1:${port}`
      const sockets = new WebSocketServer({ noServer: true })
      server.on('upgrade', (request, socket, head) => upgrade(sockets, request, socket as Socket, head))
    },
    tokens: () => [...tokens],
    joined: () => joined,
  }
}
