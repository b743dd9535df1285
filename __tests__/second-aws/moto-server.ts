/** moto (an AWS that this project did not write) on a free port of loopback. CI installs it into `.venv`. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'

const PROGRAM = '.venv/bin/moto_server'

export const motoIsInstalled = existsSync(PROGRAM)

export interface Moto {
  readonly url: string
  readonly stop: () => Promise<void>
}

export async function startMoto(): Promise<Moto> {
  const port = await freePort()
  const server = spawn(PROGRAM, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  await answering(url, server)
  const stop = () =>
    new Promise<void>((ended) => {
      server.once('exit', () => ended())
      server.kill()
    })
  return { url, stop }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

async function answering(url: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (server.exitCode !== null) throw new Error(`moto ended with ${server.exitCode}`)
    const answered = await fetch(`${url}/moto-api/`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (answered) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('moto did not answer')
}
