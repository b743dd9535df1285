/**
 * One way to change AWS. A write goes over the wire once: what AWS surely did not do is sent again after a wait, and where nobody can know
 * whether it was done, the caller is told so and looks before it asks again. Nothing of a write is recorded.
 */
import { unread } from '../../domain/answer.ts'
import type { Clock } from '../../domain/clock.ts'
import { isLoose, type Loose } from '../calls/call.ts'
import type { WriteCall } from '../calls/writes.ts'
import { type ConnectionOptions, connect } from '../reader/connection.ts'
import { type Refused, refusalOf } from './refusal.ts'

export interface Writer {
  readonly region: string
  /** Rejects with nothing that AWS or the network does. Waits while AWS throttles, at most until `signal` aborts. */
  readonly write: (call: WriteCall, input: Loose, signal?: AbortSignal) => Promise<Written>
}

export type Written = { readonly outcome: 'done'; readonly answer: Loose } | Refused | Unsure

/** Torn, timed out, answered with a 5xx or with what is no answer of the API: it may have been done. */
export interface Unsure {
  readonly outcome: 'unsure'
  readonly permission: string
  /** What AWS or the network said, secrets masked; untrusted text. */
  readonly detail: string
}

export interface WriterOptions extends Omit<ConnectionOptions, 'maxAttempts' | 'signal'> {
  readonly clock: Clock
  /** From 0 to 1. */
  readonly random: () => number
}

/** Nothing is sent before the first write. */
export function openWriter({ clock, random, ...options }: WriterOptions): Writer {
  const connection = connect({ limits: LIMITS, ...options, maxAttempts: 1 })
  return {
    region: options.region,
    write: async (call, input, signal) => {
      for (let attempt = 1; ; attempt += 1) {
        const written = await once(call, input)
        const mayPass = written.outcome === 'refused' && written.because === 'throttled' && attempt < MOST_ATTEMPTS
        if (!mayPass || signal?.aborted) return written
        await clock.sleep(waitMs(attempt, random), signal)
      }
    },
  }

  async function once(call: WriteCall, input: Loose): Promise<Written> {
    try {
      const answer = await connection.send(call.service, call.operation, input)
      if (isLoose(answer) && isOfAws(answer)) return { outcome: 'done', answer }
      return unsure(call, `${call.operation}: not an answer of AWS`)
    } catch (error) {
      return refusalOf(error, call) ?? unsure(call, error instanceof Error ? `${error.name}: ${error.message}` : '')
    }
  }
}

const LIMITS = { callMs: 30_000, runMs: Number.POSITIVE_INFINITY }
/** About five minutes of waiting. */
const MOST_ATTEMPTS = 16
const LONGEST_WAIT_MS = 20_000

/** Doubles from a second, less a half at random, so that two writers do not meet again. */
function waitMs(attempt: number, random: () => number): number {
  return Math.min(1_000 * 2 ** (attempt - 1), LONGEST_WAIT_MS) * (1 - random() / 2)
}

/** AWS names every answer. */
function isOfAws({ $metadata: metadata }: Loose): boolean {
  return isLoose(metadata) && metadata['requestId'] !== undefined
}

function unsure({ permission }: WriteCall, said: string): Unsure {
  return { outcome: 'unsure', permission, detail: unread('unreachable', permission, said).detail }
}
