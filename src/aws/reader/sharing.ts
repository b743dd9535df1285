/** A reader that asks nothing twice: several parts of a gathering may need the same answer, in the same round. */
import type { Answer } from '../../domain/answer.ts'
import type { Reader } from './reader.ts'

export function sharing(reader: Reader): Reader {
  const answers = new Map<string, Promise<Answer<readonly unknown[]>>>()
  return {
    ...reader,
    read: (call, query = {}) => {
      const key = `${call.file} ${JSON.stringify(query)}`
      const answer = answers.get(key) ?? reader.read(call, query)
      answers.set(key, answer)
      return answer as ReturnType<typeof reader.read<NonNullable<typeof call.sample>>>
    },
  }
}
