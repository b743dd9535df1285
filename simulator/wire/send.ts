/** How an answer leaves: whole, or broken as a fault says. */
import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Fault } from '../fault.ts'
import type { HttpAnswer } from './answer.ts'

const PADDING = 64 * 1024 * 1024
const CHUNK = 'x'.repeat(64 * 1024)

/** Null is no answer: the connection is torn, or stays open. Resolves when there is nothing more to send; rejects when nobody takes it any more. */
export async function send(response: ServerResponse, answer: HttpAnswer | null, fault: Fault | null): Promise<void> {
  if (answer === null) {
    if (fault?.kind !== 'silent') response.destroy()
    return
  }
  const body = Buffer.from(answer.body)
  const half = body.subarray(0, body.length >> 1)
  const head = (length: number) => response.writeHead(answer.status, { ...answer.headers, 'content-length': length })
  switch (fault?.kind) {
    case 'lost':
      response.destroy()
      return
    case 'stalled':
      head(body.length).write(half)
      return
    case 'cut':
      head(body.length).write(half, () => response.destroy())
      return
    case 'truncated':
      head(half.length).end(half)
      return
    case 'huge':
      response.writeHead(answer.status, answer.headers)
      await pipeline(Readable.from(padded(answer.body, fault.bytes ?? PADDING)), response)
      return
    default:
      head(body.length).end(body)
  }
}

/** One member more, before all others, of so many bytes. */
function* padded(body: string, bytes: number): Generator<string> {
  const isJson = body.startsWith('{')
  const root = isJson ? 1 : body.indexOf('>', body.indexOf('?>') + 2) + 1
  const rest = body.slice(root)
  yield body.slice(0, root) + (isJson ? '"Padding":"' : '<padding>')
  for (let left = bytes; left > 0; left -= CHUNK.length) yield CHUNK.slice(0, left)
  if (!isJson) yield '</padding>'
  else yield rest === '}' ? '"' : '",'
  yield rest
}
