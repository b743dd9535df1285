import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { read, written } from '../../../simulator/exec/message.ts'
import { conversation } from '../../../src/aws/exec/conversation.ts'
import { draws } from '../../draws.ts'

const NOW = 0

function handshake(...types: readonly string[]): Buffer {
  const actions = types.map((ActionType) => ({ ActionType, ActionParameters: {} }))
  const request = JSON.stringify({ AgentVersion: '3.3.0.0', RequestedClientActions: actions })
  return written('output_stream_data', 5, 0, Buffer.from(request))
}

function output(sequence: number, text: string, payloadType = 1): Buffer {
  return written('output_stream_data', payloadType, sequence, Buffer.from(text))
}

const acknowledged = (replies: readonly Buffer[]) =>
  replies
    .map(read)
    .filter(({ type }) => type === 'acknowledge')
    .map(({ payload }) => JSON.parse(`${payload}`).AcknowledgedMessageSequenceNumber)

describe('a conversation with an agent', () => {
  test('answers the handshake, and says it again until it is acknowledged', () => {
    const talk = conversation()
    const [, reply] = talk.hear(handshake('SessionType'), NOW)
    const answer = read(reply as Buffer)
    expect([answer.type, answer.payloadType, answer.sequence]).toEqual(['input_stream_data', 6, 0])
    expect(JSON.parse(`${answer.payload}`)).toMatchObject({
      ProcessedClientActions: [{ ActionType: 'SessionType', ActionStatus: 1 }],
      Errors: [],
    })
    expect(talk.unacknowledged()).toEqual([reply])
    const content = JSON.stringify({ AcknowledgedMessageSequenceNumber: 0 })
    talk.hear(written('acknowledge', 0, 0, Buffer.from(content)), NOW)
    expect(talk.unacknowledged()).toEqual([])
  })

  test('tells the agent that it has no key, and ends', () => {
    const talk = conversation()
    const replies = talk.hear(handshake('SessionType', 'KMSEncryption'), NOW).map(read)
    const { ProcessedClientActions: actions, Errors } = JSON.parse(`${replies[1]?.payload}`)
    expect(actions.map(({ ActionStatus }: { ActionStatus: number }) => ActionStatus)).toEqual([1, 3])
    expect([Errors.length, talk.end()]).toEqual([1, { ended: 'encrypted', said: '' }])
  })

  test('takes what is printed in order, however often, late and torn it comes', () => {
    const lines = fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(lines, fc.infiniteStream(fc.nat()), (texts, chance) => {
        const messages = texts.map((text, at) => output(at + 1, text))
        const rounds = [...messages, ...messages, ...messages].map((bytes) => ({ bytes, at: chance.next().value }))
        const talk = conversation()
        for (const { bytes, at } of rounds.toSorted((one, other) => one.at - other.at))
          talk.hear(at % 3 === 0 ? bytes.subarray(0, bytes.length - 1 - (at % 9)) : bytes, NOW)
        for (const bytes of [handshake('SessionType'), ...messages]) talk.hear(bytes, NOW)
        expect(talk.output()).toBe(texts.join(''))
      }),
      { numRuns: draws(100) },
    )
  })

  test('acknowledges each message of the stream, the same one again, and none that is torn', () => {
    const talk = conversation()
    expect(acknowledged(talk.hear(output(3, 'late'), NOW))).toEqual([3])
    expect(acknowledged(talk.hear(output(0, 'a'), NOW))).toEqual([0])
    expect(acknowledged(talk.hear(output(0, 'a'), NOW))).toEqual([0])
    expect(talk.hear(output(1, 'b').subarray(0, 119), NOW)).toEqual([])
    expect(talk.output()).toBe('a')
  })

  test('leaves out what is no output, and joins letters that two messages split', () => {
    const talk = conversation()
    const letters = Buffer.from('가')
    talk.hear(output(0, 'exit', 12), NOW)
    talk.hear(written('output_stream_data', 1, 1, letters.subarray(0, 1)), NOW)
    talk.hear(written('output_stream_data', 11, 2, letters.subarray(1)), NOW)
    expect(talk.output()).toBe('가')
  })

  test('ends where the agent closes, with what it says', () => {
    const talk = conversation()
    talk.hear(written('channel_closed', 0, 0, Buffer.from(JSON.stringify({ Output: 'bye' }))), NOW)
    expect(talk.end()).toEqual({ ended: 'closed', said: 'bye' })
    expect(talk.hear(output(0, 'more'), NOW)).toEqual([])
  })

  test('takes no more than a bounded output, and keeps no more than a bounded number of early messages', () => {
    const talk = conversation()
    for (let at = 0; at < 300 && talk.end() === null; at += 1) talk.hear(output(at, 'x'.repeat(1024)), NOW)
    expect(talk.end()).toEqual({ ended: 'too-much', said: '' })
    const other = conversation()
    for (let at = 1; at <= 1_000; at += 1) other.hear(output(at, 'x'), NOW)
    expect(other.hear(output(5_000, 'x'), NOW)).toEqual([])
  })
})
