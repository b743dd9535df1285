/** One way to read AWS, whether it is AWS that answers or a recording of it. What cannot be had is a value, not an exception. */
import type { Answer } from '../../domain/answer.ts'
import type { Text } from '../../domain/text.ts'
import type { AwsService, Call, Query } from '../calls/call.ts'

export interface Reader {
  readonly source: 'aws' | 'folder'
  readonly region: string
  /** When a recording was made, in milliseconds since 1970, where it says so. */
  readonly takenAt?: number | null
  /** Items of the answer that the query names; every page of it. Rejects only with `UsageError`, or when the caller aborts. */
  readonly read: <Item>(call: Call<Item>, query?: Query) => Promise<Answer<readonly Item[]>>
  readonly meter: () => Meter
  /** Told of services that will be asked in a moment, while earlier questions are out. Only AWS has clients to load for them. */
  readonly expect?: (services: readonly AwsService[]) => void
  /** For when nothing could be read at all: the likely cause (credentials, Region, network, permissions) and what to do. */
  readonly trouble: () => Text
}

export interface Meter {
  /** Requests sent, pages and chunks included; retries are the SDK's own affair. */
  readonly calls: number
  /** Requests that were answered with what was asked for. */
  readonly answered: number
  /** How often the reader went from idle to busy: what a start waits for one after another. */
  readonly rounds: number
}
