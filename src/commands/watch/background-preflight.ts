/** Preflight beside the polls, so that a failure can be held against the network: its outcome when it is there, and another try where AWS gave no answer. */
import { gatherService } from '../../aws/gather/index.ts'
import { evidenceOf } from '../../rollout/diagnose/preflight-evidence.ts'
import { judgeGathered } from '../preflight/judge-gathered.ts'
import type { Prepared, WatchDeps, WatchRequest } from './request.ts'

/** Rejects like `preflight`. */
export async function preflightForWatch(
  { cluster, service, failOn, ignore }: WatchRequest,
  { reader, tool }: Pick<WatchDeps, 'reader' | 'tool'>,
): Promise<Prepared> {
  const gathering = await gatherService(reader, { cluster, service })
  const report = judgeGathered(gathering, { failOn, ignore }, tool)
  const { paths: _paths, findings: _findings, ...preflight } = evidenceOf(report, gathering.facts)
  const { taskDefinition } = gathering.facts
  return { report, preflight, containers: taskDefinition.known ? taskDefinition.value.containers : [] }
}

export interface BackgroundPreflight {
  /** What has come since it was last asked for, once. `mayRetry`: the polls show a service, so that a failure may have been passing. */
  readonly news: (mayRetry: boolean) => Prepared | { readonly error: unknown } | null
  /** Why it failed; undefined while it did not. */
  readonly error: () => unknown
  readonly done: () => Promise<void>
}

const TRIES = 3

export function inBackground(work: () => Promise<Prepared>): BackgroundPreflight {
  let outcome: Prepared | { readonly error: unknown } | null = null
  let isTaken = false
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
      if (isTaken || outcome === null) return null
      if ('error' in outcome && mayRetry && tries < TRIES) {
        start()
        return null
      }
      isTaken = true
      return outcome
    },
    error: () => (outcome !== null && 'error' in outcome ? outcome.error : undefined),
    done: () => running,
  }
}
