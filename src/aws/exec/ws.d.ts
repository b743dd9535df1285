/** The part of `ws` (MIT) that is used here: the package has no types of its own, and Node 20 has no WebSocket without a flag. */
declare module 'ws' {
  import type { EventEmitter } from 'node:events'
  import type { Server } from 'node:http'

  export class WebSocket extends EventEmitter {
    static readonly OPEN: number
    readonly readyState: number
    constructor(
      url: string,
      options?: {
        readonly handshakeTimeout?: number
        readonly maxPayload?: number
        readonly perMessageDeflate?: boolean
        readonly followRedirects?: boolean
      },
    )
    send(data: string | Uint8Array): void
    close(code?: number): void
    terminate(): void
  }

  export class WebSocketServer extends EventEmitter {
    constructor(options: { readonly server?: Server; readonly noServer?: boolean; readonly path?: string })
    handleUpgrade(request: unknown, socket: unknown, head: unknown, done: (socket: WebSocket) => void): void
    close(): void
  }
}
