/** A registry on loopback, with a token service beside it, as Docker Hub and others are built. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly accept: string
  readonly authorization: string | null
}

export interface LoopbackRegistry {
  /** `127.0.0.1:PORT` */
  readonly host: string
  readonly asked: readonly Asked[]
  readonly close: () => Promise<void>
}

type Respond = (response: ServerResponse, asked: Asked, host: string) => void

export const INDEX = 'application/vnd.oci.image.index.v1+json'
export const DIGEST = `sha256:${'ab'.repeat(32)}`

/** `team/app:1` is there for who has the token; everything else is missing. */
export const withTokens: Respond = (response, { path, authorization }, host) => {
  if (path.startsWith('/token')) {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ token: 'anonymous.token' }))
  } else if (authorization !== 'Bearer anonymous.token') {
    const challenge = `Bearer realm="http://${host}/token",service="loopback",scope="repository:team/app:pull"`
    response.writeHead(401, { 'www-authenticate': challenge }).end()
  } else if (path === '/v2/team/app/manifests/1') {
    response.writeHead(200, { 'content-type': `${INDEX}; charset=utf-8`, 'docker-content-digest': DIGEST }).end()
  } else {
    response.writeHead(404).end()
  }
}

export async function registry(respond: Respond): Promise<LoopbackRegistry> {
  const asked: Asked[] = []
  const server = createServer((request: IncomingMessage, response) => {
    const { method = '', url = '', headers } = request
    const one = { method, path: url, accept: headers.accept ?? '', authorization: headers.authorization ?? null }
    asked.push(one)
    respond(response, one, host)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
