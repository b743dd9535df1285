/**
 * A message of a Session Manager data channel and its bytes, big-endian: header length 4, type 32 (padded with spaces), schema version 4,
 * created 8, sequence 8, flags 8, id 16, SHA-256 of the payload 32, payload type 4, payload length 4, payload.
 * Source: session-manager-plugin and amazon-ssm-agent, their definitions of ClientMessage and AgentMessage.
 */
import { createHash, randomUUID } from 'node:crypto'

export interface ChannelMessage {
  readonly type: string
  /** Of the stream it is part of; 0 elsewhere. */
  readonly sequence: number
  readonly id: string
  readonly payloadType: number
  readonly payload: Buffer
}

export const MESSAGE = {
  input: 'input_stream_data',
  output: 'output_stream_data',
  acknowledge: 'acknowledge',
  closed: 'channel_closed',
} as const

export const PAYLOAD = {
  output: 1,
  handshakeRequest: 5,
  handshakeResponse: 6,
  handshakeComplete: 7,
  standardError: 11,
} as const

const AT = {
  type: 4,
  schema: 36,
  created: 40,
  sequence: 48,
  flags: 56,
  id: 64,
  digest: 80,
  payloadType: 112,
  payloadLength: 116,
  payload: 120,
} as const

/** SYN and FIN: a message of its own, outside of any stream. */
const ALONE = 3n

export function encodeMessage(message: Omit<ChannelMessage, 'id'>, now: number): Buffer {
  const { type, sequence, payloadType, payload } = message
  const bytes = Buffer.alloc(AT.payload + payload.length)
  bytes.writeUInt32BE(AT.payloadLength, 0)
  bytes.write(type.padEnd(AT.schema - AT.type), AT.type, 'latin1')
  bytes.writeUInt32BE(1, AT.schema)
  bytes.writeBigUInt64BE(BigInt(now), AT.created)
  bytes.writeBigInt64BE(BigInt(sequence), AT.sequence)
  bytes.writeBigUInt64BE(type === MESSAGE.acknowledge ? ALONE : 0n, AT.flags)
  halvesSwapped(Buffer.from(randomUUID().replaceAll('-', ''), 'hex')).copy(bytes, AT.id)
  digestOf(payload).copy(bytes, AT.digest)
  bytes.writeUInt32BE(payloadType, AT.payloadType)
  bytes.writeUInt32BE(payload.length, AT.payloadLength)
  payload.copy(bytes, AT.payload)
  return bytes
}

/** Null for what is torn, or is not what its digest says. */
export function decodeMessage(bytes: Buffer): ChannelMessage | null {
  if (bytes.length < AT.payload) return null
  const payloadAt = bytes.readUInt32BE(0) + 4
  if (payloadAt < AT.payload) return null
  const payload = bytes.subarray(payloadAt)
  const sequence = Number(bytes.readBigInt64BE(AT.sequence))
  if (payload.length !== bytes.readUInt32BE(AT.payloadLength) || !Number.isSafeInteger(sequence)) return null
  if (payload.length > 0 && !digestOf(payload).equals(bytes.subarray(AT.digest, AT.payloadType))) return null
  return {
    type: textOf(bytes.subarray(AT.type, AT.schema)),
    sequence,
    id: uuidOf(halvesSwapped(bytes.subarray(AT.id, AT.digest))),
    payloadType: bytes.readUInt32BE(AT.payloadType),
    payload,
  }
}

/** Padded with spaces by one side and with zeros by the other. */
function textOf(bytes: Buffer): string {
  return bytes.toString('utf8').replaceAll('\0', '').trim()
}

/** Of a UUID the less significant half is written first. */
function halvesSwapped(id: Buffer): Buffer {
  return Buffer.concat([id.subarray(8), id.subarray(0, 8)])
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function digestOf(payload: Buffer): Buffer {
  return createHash('sha256').update(payload).digest()
}
