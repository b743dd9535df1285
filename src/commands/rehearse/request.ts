/** What a rehearsal is asked, and what it works with. */
import type { Reader } from '../../aws/reader/reader.ts'
import type { Writer } from '../../aws/writer/writer.ts'
import type { Clock } from '../../domain/clock.ts'
import type { Path } from '../../domain/path.ts'
import type { Text } from '../../domain/text.ts'
import type { PlanRequest } from './plan.ts'

export interface RehearseRequest extends PlanRequest {
  /** Of preflight: what is predicted. */
  readonly paths: readonly Path[]
  /** How long its tasks may take; ten at most. */
  readonly minutes: number
  /** Of the lease: `ownerIn`. */
  readonly owner: string
}

export interface RehearseDeps {
  /** Reads no recording, and records nothing. */
  readonly reader: Reader
  readonly writer: Writer
  readonly clock: Clock
  /** From 0 to 1. */
  readonly random: () => number
  /** Takes a line of progress. */
  readonly say: (line: Text) => void
  /** Ends the rehearsal: what it made is taken away all the same. */
  readonly signal?: AbortSignal
}

/** One run: what its tags and tokens say. */
export interface Run {
  /** Of letters and digits, so that tags, tokens and `startedBy` take it. */
  readonly id: string
  readonly tags: readonly { readonly key: string; readonly value: string }[]
}
