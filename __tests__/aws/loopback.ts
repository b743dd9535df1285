/** An HTTP server on loopback that answers as a test says, and remembers what it was asked. */
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Asked {
  readonly operation: string
  /** Form fields of EC2, or the JSON body of ECS as one text. */
  readonly body: string
}

export interface Loopback {
  readonly url: string
  readonly asked: readonly Asked[]
  readonly close: () => Promise<void>
}

export type Respond = (response: ServerResponse, asked: Asked) => void

export async function loopback(respond: Respond): Promise<Loopback> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const target = String(request.headers['x-amz-target'] ?? '').split('.')[1]
      const one = { operation: target ?? new URLSearchParams(body).get('Action') ?? '', body }
      asked.push(one)
      respond(response, one)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** What EC2 prints, with the elements given inside. */
export function ec2(operation: string, inside: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><${operation}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>8a1b</requestId>${inside}</${operation}Response>`
}

export function ec2Error(code: string, message: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>8a1b</RequestID></Response>`
}
