/**
 * watch: follows one deployment until it ends, says why a task failed as soon as that is known, and reports.
 *
 *   preflight, in the background ──┐
 *                                  ▼
 *   begin ──▶ poll ──▶ step ──▶ news ──▶ over? ── yes ──▶ one poll more ──▶ late evidence ──▶ conclude
 *              ▲                 │        │ no
 *              └──── sleep ◀── roll back ◀┘   logs and reasons of the load balancer are sought beside it
 */

import type { Reader } from '../../aws/reader/reader.ts'
import { pollRollout } from '../../aws/rollout/poll.ts'
import type { Report } from '../../domain/report.ts'
import type { Container } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { heartbeat, newsOf } from '../../rollout/news.ts'
import { deltaOf } from '../../rollout/observe/poll-delta.ts'
import { pollIntervalMs } from '../../rollout/poll-interval.ts'
import type { Rollout } from '../../rollout/state.ts'
import { type BackgroundPreflight, inBackground, preflightForWatch } from './background-preflight.ts'
import { concludeWatch } from './conclusion.ts'
import { flowEvidence, gatherEvidence } from './evidence.ts'
import { clusterNamed, pollRequest } from './next-poll.ts'
import type { WatchDeps, WatchRequest } from './request.ts'
import { cancelEntries, rollbackEntry } from './rollback.ts'
import {
  type Beginning,
  begin,
  play,
  readTape,
  TAPE_VERSION,
  type TapeEntry,
  tapeWriter,
  type WatchState,
} from './tape.ts'

const HEARTBEAT_MS = 60_000
/** The last events are late. */
const LAST_POLL_MS = 1_000

/**
 * Resolves with the report when the rollout is over, the budget is spent, contact is lost or the signal aborts; never writes to AWS
 * unless `onFailure` says so. Throws `UsageError` for a service that does not exist and where nothing at all could be read.
 */
export async function watchRun(request: WatchRequest, deps: WatchDeps): Promise<Report> {
  const { clock, say } = deps
  let saidAt = clock.now()
  let last: WatchState | null = null
  for await (const watching of watch(request, deps)) {
    const news: readonly Text[] = last === null ? [] : newsOf(last.state, watching.state)
    const isDue = clock.now() - saidAt >= HEARTBEAT_MS
    for (const line of news.length === 0 && isDue ? [heartbeat(watching.state)] : news) say(line)
    if (news.length > 0 || isDue) saidAt = clock.now()
    last = watching
  }
  if (last === null) throw new TypeError('a watch yields at least its beginning')
  return concludeWatch(last, request.mode ?? 'watch')
}

/** The same report from a tape, without AWS and without waiting. Throws `UsageError` for a text that is no tape. */
export function replayWatch(tape: string): Report {
  const [first, ...entries] = readTape(tape)
  if (first?.kind !== 'begin') throw new TypeError('readTape checks the beginning')
  return concludeWatch(entries.reduce(play, begin(first)), first.blank.mode)
}

/** What was known after each thing that came in. */
export async function* watch(request: WatchRequest, deps: WatchDeps): AsyncGenerator<WatchState> {
  const { clock, random, signal, tape } = deps
  const first = beginning(request, deps)
  const lineOf = tapeWriter()
  tape?.(lineOf(first))
  let watching = begin(first)
  yield watching

  const patient = { ...deps, reader: deps.patientReader ?? deps.reader }
  const preflight = inBackground(deps.prepare ?? (() => preflightForWatch(request, patient)))
  const evidence = gatherEvidence(request, patient)
  let containers: readonly Container[] = []
  const take = (entry: TapeEntry): WatchState => {
    tape?.(lineOf(entry))
    watching = play(watching, entry)
    return watching
  }
  /** What has come beside the polls. */
  function* beside(): Generator<WatchState> {
    const news = preflight.news(watching.state.observed.service !== null && !watching.state.over)
    if (news !== null && 'error' in news) {
      const detail = news.error instanceof Error ? news.error.message : String(news.error)
      yield take({ kind: 'unprepared', now: clock.now(), detail })
    } else if (news !== null) {
      containers = news.containers
      const { report, preflight } = news
      yield take({ kind: 'preflight', now: clock.now(), preflighted: { report, preflight } })
    }
  }
  function* sought(): Generator<WatchState> {
    evidence.seek(watching.state, containers)
    for (const entry of evidence.found()) yield take(entry)
  }

  for (let isLast = false; !(isLast && watching.state.over); ) {
    isLast = watching.state.over
    const poll = await attempt(() => pollRollout(deps.reader, pollRequest(request, watching.state), clock.now), signal)
    if (poll !== null) {
      yield take({ kind: 'poll', now: poll.at, poll: deltaOf(poll, watching.state.observed) })
      await refuseTheUnknown(watching.state, preflight, deps.reader)
    }
    yield* beside()
    if (signal?.aborted === true) {
      for await (const entry of cancelEntries(request, deps, watching.state)) yield take(entry)
      return
    }
    const asked = await rollbackEntry(patient, watching.state)
    if (asked !== null) yield take(asked)
    yield* sought()
    if (isLast && watching.state.over) break
    await clock.sleep(
      watching.state.over ? LAST_POLL_MS : pause(request, watching.state, poll?.calls ?? 0, random),
      signal,
    )
  }
  await preflight.done()
  yield* beside()
  evidence.seek(watching.state, containers)
  await evidence.done()
  yield* sought()
  const flows = await flowEvidence(request, patient, watching.state)
  if (flows !== null) yield take(flows)
  if (watching.state.observed.service === null) throw usageError(preflight.error(), deps.reader)
}

function beginning(request: WatchRequest, { clock, reader, tool }: WatchDeps): Beginning {
  const now = clock.now()
  const { taskDefinition = null, deploymentId = null, mode = 'watch', ...limits } = request
  const { onFailure, slowAfterMinutes, waitMinutes, appearsWithinMinutes } = limits
  const slowAfterSeconds = slowAfterMinutes === null ? null : slowAfterMinutes * 60
  const deadlineAt = now + waitMinutes * 60_000
  const appearsWithinMs = appearsWithinMinutes * 60_000
  const plan = {
    deploymentId,
    taskDefinition,
    beganAt: now,
    appearsWithinMs,
    deadlineAt,
    onFailure,
    slowAfterSeconds,
  }
  const service = request.service.slice(request.service.lastIndexOf('/') + 1)
  const cluster = clusterNamed(request)
  const target = {
    region: reader.region,
    accountId: null,
    cluster: cluster.slice(cluster.lastIndexOf('/') + 1),
    service,
    taskDefinition: taskDefinition ?? '',
  }
  const nothing = { steps: [], paths: [], findings: [], unknowns: [], forecast: null, ignored: [] }
  const outcome = { verdict: 'unknown', enforced: false, failingStep: null } as const
  const done = request.deployment === undefined ? {} : { deployment: request.deployment }
  const blank: Report = { schemaVersion: 1, tool, mode, target, ...outcome, ...nothing, ...done }
  return { kind: 'begin', now, version: TAPE_VERSION, plan, blank }
}

/** Null when the caller aborts; whatever else goes wrong is an answer already. */
async function attempt<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T | null> {
  try {
    return signal?.aborted === true ? null : await work()
  } catch (error) {
    if (signal?.aborted === true) return null
    throw error
  }
}

/** No longer than until a time is up that ends the watch. */
function pause({ mostDelayMs }: WatchRequest, state: Rollout, calls: number, random: () => number): number {
  const { plan, observed, followed, now } = state
  const first = followed.id === null ? observed.firstService : null
  const limits = [plan.deadlineAt, ...(first === null ? [] : [first.seenAt + plan.appearsWithinMs])]
  return Math.max(
    0,
    Math.min(
      pollIntervalMs(state, calls, random),
      mostDelayMs ?? Number.POSITIVE_INFINITY,
      ...limits.map((at) => at - now + 1),
    ),
  )
}

/** A name that does not exist is told at once, with the names that do. */
async function refuseTheUnknown({ observed }: Rollout, preflight: BackgroundPreflight, reader: Reader): Promise<void> {
  if (observed.service !== null || observed.missed.every(({ because }) => because === 'passing')) return
  // Preflight asks for the same, and knows which name or right it is.
  await preflight.done()
  const error = preflight.error()
  if (error !== undefined) throw usageError(error, reader)
}

function usageError(error: unknown, reader: Reader): UsageError {
  return error instanceof UsageError ? error : new UsageError(reader.trouble())
}
