/** Collects the answers of several queries a call, and remembers what was asked, so that nothing is asked twice. */

import { type Answer, together, unread } from '../../domain/answer.ts'
import { distinctRecords } from '../../domain/collections.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { type Call, isLoose, type Loose, type Query, type QueryKey } from '../calls/call.ts'
import type { Reader } from '../reader/reader.ts'

export type Raw = Answer<readonly unknown[]>

export interface Reading {
  readonly reader: Reader
  /** Asks for the values of one key that were not asked for before; other keys narrow as they stand. */
  readonly ask: (call: Call<unknown>, key: QueryKey, values: readonly string[], also?: Query) => Promise<void>
  /** Asks for all there is. */
  readonly askAll: (call: Call<unknown>) => Promise<void>
  /** For calls that answer about one thing: one answer a value. */
  readonly askEach: (call: Call<unknown>, key: QueryKey, values: readonly string[], also?: Query) => Promise<void>
  /** Everything that was read of a call so far. */
  readonly items: (call: Call<unknown>) => readonly Loose[]
  /** All answers of a call as one; `unasked` where none was asked. */
  readonly answer: (call: Call<unknown>) => Raw
  /** The answers of `askEach`, by value. */
  readonly answers: (call: Call<unknown>, also?: Query) => Readonly<Record<string, Raw>>
}

export function createReading(reader: Reader): Reading {
  const parts = new Map<string, Raw[]>()
  const each = new Map<string, Record<string, Raw>>()
  const sent = new Set<string>()

  const unsent = (call: Call<unknown>, key: QueryKey, values: readonly string[], also: Query): readonly string[] => {
    const isNew = [...new Set(values)].filter((value) => !sent.has(`${call.file} ${keyOf(also)} ${key} ${value}`))
    for (const value of isNew) sent.add(`${call.file} ${keyOf(also)} ${key} ${value}`)
    return isNew
  }

  async function askFor(call: Call<unknown>, query: Query): Promise<void> {
    const before = parts.get(call.file) ?? []
    parts.set(call.file, before)
    before.push(await reader.read(call, query))
  }

  return {
    reader,
    ask: async (call, key, values, also = {}) => {
      const wanted = unsent(call, key, values, also)
      const before = parts.get(call.file) ?? []
      // A call that was refused once is refused for the rest as well, and a part of a list is no list.
      if (before.some((answer) => !answer.known) || (wanted.length === 0 && before.length > 0)) return
      await askFor(call, { ...also, [key]: wanted })
    },
    askAll: (call) => askFor(call, {}),
    askEach: async (call, key, values, also = {}) => {
      const name = `${call.file} ${keyOf(also)}`
      const answers = each.get(name) ?? {}
      each.set(name, answers)
      const reads = unsent(call, key, values, also).map(async (value) => {
        answers[value] = await reader.read(call, { ...also, [key]: [value] })
      })
      await Promise.all(reads)
    },
    items: (call) =>
      (parts.get(call.file) ?? []).flatMap((answer) => (answer.known ? answer.value.filter(isLoose) : [])),
    answer: (call) => {
      const answers = parts.get(call.file)
      return answers === undefined ? unread('unasked', call.permission) : whole(together(answers))
    },
    answers: (call, also = {}) => each.get(`${call.file} ${keyOf(also)}`) ?? {},
  }
}

function keyOf(query: Query): string {
  return JSON.stringify(query)
}

/** Two queries may have met the same thing. */
function whole(answer: Raw): Raw {
  return answer.known ? { ...answer, value: distinctRecords(answer.value) } : answer
}

/** Names only a Region that is not the reader's own: others ask the same, and it is asked once. */
export function elsewhere(reader: Reader, region: string): { readonly region?: readonly [string] } {
  return region === reader.region ? {} : { region: [region] }
}

/** A reader that asks nothing twice: several parts of a gathering may need the same answer, in the same round. */
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

/** Throws `UsageError` when AWS was asked and not one question was answered: a run that cannot see anything ends at once. */
export function refuseWhenNothingWasRead(reader: Reader): void {
  const { calls, answered } = reader.meter()
  if (calls > 0 && answered === 0) throw new UsageError(reader.trouble())
}
