/** A reader that remembers what it was told, so that a snapshot can be written of it. */
import type { Call, Query, RawAnswer } from '../calls/call.ts'
import type { Reader } from './reader.ts'

export interface Recorded {
  readonly call: Call<unknown>
  readonly query: Query
  readonly answer: RawAnswer
}

export interface RecordingReader extends Reader {
  /** Everything read so far, in the order in which it was answered. */
  readonly recorded: () => readonly Recorded[]
}

export function recording(reader: Reader): RecordingReader {
  const entries: Recorded[] = []
  return {
    ...reader,
    read: async (call, query = {}) => {
      const answer = await reader.read(call, query)
      entries.push({ call: call as Call<unknown>, query, answer })
      return answer
    },
    recorded: () => [...entries],
  }
}
