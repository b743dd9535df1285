/** Hosts on loopback that answer as hosts do: with TLS, with something else, not at all, or by refusing. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'

export interface Listeners {
  readonly tls: number
  /** Connects, and ends at the first word. */
  readonly torn: number
  /** Connects, and says nothing. */
  readonly silent: number
  /** Nobody listens there. */
  readonly refused: number
  /** A queue that is full: the kernel drops what comes. Null where it does not. */
  readonly full: number | null
  readonly close: () => Promise<void>
}

/** Null where this machine cannot make a certificate. */
export function certificateIn(folder: string): { readonly key: Buffer; readonly cert: Buffer } | null {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const made = spawnSync('openssl', [...request, '-keyout', key, '-out', cert, '-subj', '/CN=localhost'])
  return made.status === 0 ? { key: readFileSync(key), cert: readFileSync(cert) } : null
}

export async function listen(certificate: { readonly key: Buffer; readonly cert: Buffer }): Promise<Listeners> {
  const sockets = new Set<Socket>()
  const keep = (server: Server) =>
    server.on('connection', (socket) => {
      sockets.add(socket.on('error', () => {}))
    })
  const servers = [
    keep(
      createTlsServer(certificate, (socket) => socket.on('error', () => {}).once('data', () => socket.end(FORBIDDEN))),
    ),
    keep(createServer((socket) => socket.once('data', () => socket.destroy()))),
    keep(createServer(() => {})),
    keep(createServer(() => {})),
  ]
  const [tls = 0, torn = 0, silent = 0, refused = 0] = await Promise.all(servers.map(portOf))
  await new Promise((resolve) => servers[3]?.close(resolve))
  const queue = await fullQueue()
  return {
    tls,
    torn,
    silent,
    refused,
    full: queue.port,
    close: async () => {
      queue.close()
      for (const socket of sockets) socket.destroy()
      await Promise.all(servers.slice(0, 3).map((server) => new Promise((resolve) => server.close(resolve))))
    },
  }
}

const FORBIDDEN = 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'

function portOf(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.on('tlsClientError', () => {}).listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

/** Listens, and never accepts. */
const DEAF = `require('net').createServer().listen(0, '127.0.0.1', 1, function () {
  require('fs').writeSync(1, this.address().port + '')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
})`

/** A port whose queue takes nobody any more. */
async function fullQueue(): Promise<{ readonly port: number | null; readonly close: () => void }> {
  const deaf = spawn(process.execPath, ['-e', DEAF], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = await once(deaf.stdout, 'data')
  const port = Number(said)
  const waiting = Array.from({ length: 6 }, () => connect(port, '127.0.0.1').on('error', () => {}))
  await once(waiting[0] as Socket, 'connect')
  // Room for two; the last one waits for good where the kernel drops.
  await new Promise((resolve) => setTimeout(resolve, 200))
  const isFull = waiting.some(({ connecting }) => connecting)
  const close = () => {
    for (const socket of waiting) socket.destroy()
    deaf.kill('SIGKILL')
  }
  return { port: isFull ? port : null, close }
}
