/** Preflight beside the looks: its outcome when it is there, and another try where AWS gave no answer. */
import type { Container } from '../../domain/service.ts'
import type { Preflighted, TapeEntry } from './tape.ts'

export interface Prepared extends Preflighted {
  /** Of the task definition that the deployment runs: where its logs are. */
  readonly containers: readonly Container[]
}

export interface Preparing {
  /** What has come since it was last asked for, once. `mayRetry`: the looks show a service, so that a failure may have been passing. */
  readonly news: (mayRetry: boolean) => Prepared | { readonly error: unknown } | null
  /** Why it failed; undefined while it did not. */
  readonly error: () => unknown
  readonly done: () => Promise<void>
}

const TRIES = 3

export function prepareInBackground(work: () => Promise<Prepared>): Preparing {
  let outcome: Prepared | { readonly error: unknown } | null = null
  let isTold = false
  let tries = 0
  let running = Promise.resolve()
  const start = () => {
    tries += 1
    outcome = null
    running = work().then(
      (value) => {
        outcome = value
      },
      (error: unknown) => {
        outcome = { error }
      },
    )
  }
  start()
  return {
    news: (mayRetry) => {
      if (isTold || outcome === null) return null
      if ('error' in outcome && mayRetry && tries < TRIES) {
        start()
        return null
      }
      isTold = true
      return outcome
    },
    error: () => (outcome !== null && 'error' in outcome ? outcome.error : undefined),
    done: () => running,
  }
}

export function unpreparedEntry(error: unknown, now: number): TapeEntry {
  return { kind: 'unprepared', now, detail: error instanceof Error ? error.message : String(error) }
}
