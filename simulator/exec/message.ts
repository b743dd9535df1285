/** Messages of a Session Manager data channel, as amazon-ssm-agent writes and reads them (agent/session/contracts). */
import { createHash, randomBytes } from 'node:crypto'

export interface AgentMessage {
  readonly type: string
  readonly sequence: number
  readonly payloadType: number
  readonly payload: Buffer
  /** As it stands in the bytes. */
  readonly id: Buffer
  readonly digestFits: boolean
}

/** Offsets of session-manager-plugin's ClientMessage; the header length counts up to the payload's length. */
const HEADER = 116

export function written(type: string, payloadType: number, sequence: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(HEADER + 4, 0)
  header.writeUInt32BE(HEADER, 0)
  header.fill(' ', 4, 36).write(type, 4)
  header.writeUInt32BE(1, 36)
  header.writeBigUInt64BE(BigInt(Date.now()), 40)
  header.writeBigUInt64BE(BigInt(sequence), 48)
  header.writeBigUInt64BE(sequence === 0 ? 1n : 0n, 56)
  randomBytes(16).copy(header, 64)
  createHash('sha256').update(payload).digest().copy(header, 80)
  header.writeUInt32BE(payloadType, 112)
  header.writeUInt32BE(payload.length, 116)
  return Buffer.concat([header, payload])
}

export function read(bytes: Buffer): AgentMessage {
  const payload = bytes.subarray(bytes.readUInt32BE(0) + 4)
  return {
    type: bytes.toString('utf8', 4, 36).trim(),
    sequence: Number(bytes.readBigUInt64BE(48)),
    payloadType: bytes.readUInt32BE(112),
    payload,
    id: bytes.subarray(64, 80),
    digestFits: createHash('sha256').update(payload).digest().equals(bytes.subarray(80, 112)),
  }
}

/** `CleanHyphen` of the agent's library: the half that was written last comes first. */
export function idText(id: Buffer): string {
  const hex = Buffer.concat([id.subarray(8), id.subarray(0, 8)]).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
