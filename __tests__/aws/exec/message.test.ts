import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { idText, read, written } from '../../../simulator/exec/message.ts'
import { decodeMessage, encodeMessage, MESSAGE } from '../../../src/aws/exec/message.ts'
import { draws } from '../../draws.ts'

const NOW = Date.UTC(2026, 0, 31)
const payloads = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes))

describe('a message of a data channel', () => {
  test('is read by the agent as it was written, and the other way round', () => {
    fc.assert(
      fc.property(payloads, fc.nat(), fc.constantFrom(1, 3, 6, 10), (payload, sequence, payloadType) => {
        const bytes = encodeMessage({ type: MESSAGE.input, sequence, payloadType, payload }, NOW)
        expect(read(bytes)).toMatchObject({
          type: 'input_stream_data',
          sequence,
          payloadType,
          payload,
          digestFits: true,
        })
        const back = written('output_stream_data', payloadType, sequence, payload)
        const id = idText(read(back).id)
        expect(decodeMessage(back)).toEqual({ type: MESSAGE.output, sequence, payloadType, payload, id })
      }),
      { numRuns: draws(100) },
    )
  })

  test('stands where session-manager-plugin looks for it', () => {
    const payload = Buffer.from('{"Cols":80}')
    const bytes = encodeMessage({ type: MESSAGE.acknowledge, sequence: 7, payloadType: 3, payload }, NOW)
    expect([bytes.readUInt32BE(0), bytes.toString('utf8', 4, 36), bytes.readUInt32BE(36)]).toEqual([
      116,
      'acknowledge'.padEnd(32),
      1,
    ])
    expect([bytes.readBigUInt64BE(40), bytes.readBigInt64BE(48), bytes.readBigUInt64BE(56)]).toEqual([
      BigInt(NOW),
      7n,
      3n,
    ])
    expect([bytes.readUInt32BE(112), bytes.readUInt32BE(116), bytes.subarray(120)]).toEqual([
      3,
      payload.length,
      payload,
    ])
  })

  test('that is torn anywhere, or whose payload is another, is none', () => {
    fc.assert(
      fc.property(payloads, fc.nat(), (payload, cut) => {
        const bytes = written('output_stream_data', 1, 0, Buffer.concat([Buffer.from('x'), payload]))
        expect(decodeMessage(bytes.subarray(0, cut % bytes.length))).toBeNull()
        const other = Buffer.from(bytes)
        other.writeUInt8(other.readUInt8(120) ^ 1, 120)
        expect(decodeMessage(other)).toBeNull()
      }),
      { numRuns: draws(100) },
    )
  })

  test('whatever bytes come, nothing is thrown', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        decodeMessage(Buffer.from(bytes))
      }),
      { numRuns: draws(300) },
    )
  })
})
