/** watch: follows one deployment until it ends, says why a task failed as soon as that is known, and reports. */

import type { Reader } from '../../aws/reader/reader.ts'
import { lookAt } from '../../aws/rollout/poll.ts'
import type { FailOn, Ignore } from '../../checks/engine/verdict.ts'
import type { Clock } from '../../domain/clock.ts'
import type { Report } from '../../domain/report.ts'
import type { Container } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { heartbeat, newsOf } from '../../rollout/news.ts'
import { freshOf } from '../../rollout/observe/poll-delta.ts'
import { nextLookIn } from '../../rollout/poll-interval.ts'
import type { Rollout } from '../../rollout/state.ts'
import { prepareWatch } from './background-preflight.ts'
import { concludeWatch } from './conclusion.ts'
import { flowEvidence, gatherEvidence } from './evidence.ts'
import { clusterNamed, lookRequest } from './next-poll.ts'
import { type Prepared, type Preparing, prepareInBackground, unpreparedEntry } from './preparing.ts'
import { rollbackEntry } from './rollback.ts'
import { type Beginning, begin, play, readTape, type TapeEntry, tapeWriter, type Watching } from './tape.ts'

export type { Prepared }

export interface WatchRequest {
  /** Name or ARN; from the service's ARN, or `default`, when null. */
  readonly cluster: string | null
  readonly service: string
  /** `ecs-svc/…`, where the caller knows it; else the deployment in progress when the watch begins. */
  readonly deploymentId?: string | null
  /** ARN or `family:revision` that the deployment is to run. */
  readonly taskDefinition?: string | null
  readonly waitMinutes: number
  /** Null is `auto`: the service's own history. */
  readonly slowAfterMinutes: number | null
  readonly onFailure: 'report' | 'rollback'
  /** Last lines of each container of a failing task; 0 reads none. */
  readonly logLines: number
  /** Log group of VPC Flow Logs, or null. */
  readonly flowLogs: string | null
  readonly failOn: FailOn
  readonly ignore: readonly Ignore[]
  readonly mode?: 'watch' | 'deploy'
}

export interface WatchSenses {
  /** For looks. */
  readonly reader: Reader
  /** For what is asked once: preflight, logs, a rollback. The same where there is none. */
  readonly patientReader?: Reader
  readonly clock: Clock
  /** From 0 to 1. */
  readonly random: () => number
  readonly tool: Report['tool']
  /** Ctrl-C, or the cancellation of the job. */
  readonly signal?: AbortSignal
  /** Progress, a line at a time. */
  readonly say: (line: Text) => void
  /** Takes each line of the tape as it is made. */
  readonly tape?: (line: string) => void
  /** What preflight gave, where the caller has it already. */
  readonly prepare?: () => Promise<Prepared>
}

const HEARTBEAT_MS = 60_000
/** The last events are late. */
const LAST_LOOK_MS = 3_000

/**
 * Resolves with the report when the rollout is over, the budget is spent, contact is lost or the signal aborts; never writes to AWS
 * unless `onFailure` says so. Throws `UsageError` for a service that does not exist and where nothing at all could be read.
 */
export async function watchRun(request: WatchRequest, senses: WatchSenses): Promise<Report> {
  const { clock, say } = senses
  let saidAt = clock.now()
  let last: Watching | null = null
  for await (const watching of watch(request, senses)) {
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
export async function* watch(request: WatchRequest, senses: WatchSenses): AsyncGenerator<Watching> {
  const { clock, random, signal, tape } = senses
  const first = beginning(request, senses)
  const lineOf = tapeWriter()
  tape?.(lineOf(first))
  let watching = begin(first)
  yield watching

  const patient = { ...senses, reader: senses.patientReader ?? senses.reader }
  const preparing = prepareInBackground(senses.prepare ?? (() => prepareWatch(request, patient)))
  const take = (entry: TapeEntry): Watching => {
    tape?.(lineOf(entry))
    watching = play(watching, entry)
    return watching
  }
  let containers: readonly Container[] = []
  const prepared = (): Watching | null => {
    const news = preparing.news(watching.state.seen.service !== null && !watching.state.over)
    if (news === null) return null
    if ('error' in news) return take(unpreparedEntry(news.error, clock.now()))
    containers = news.containers
    const { report, grounds } = news
    return take({ kind: 'preflight', now: clock.now(), preflighted: { report, grounds } })
  }

  const evidence = gatherEvidence(request, patient)
  for (let isLast = false; !(isLast && watching.state.over); ) {
    isLast = watching.state.over
    const look =
      signal?.aborted === true
        ? null
        : await attempt(() => lookAt(senses.reader, lookRequest(request, watching.state), clock.now), signal)
    if (look !== null) {
      yield take({ kind: 'look', now: look.at, look: freshOf(look, watching.state.seen) })
      await refuseTheUnknown(watching.state, preparing, senses.reader)
    }
    const news = prepared()
    if (news !== null) yield news
    if (signal?.aborted === true) {
      if (!watching.state.over) yield take({ kind: 'cancel', now: clock.now() })
      return
    }
    const asked = await rollbackEntry(patient, watching.state)
    if (asked !== null) yield take(asked)
    evidence.seek(watching.state, containers)
    for (const entry of evidence.found()) yield take(entry)
    if (isLast && watching.state.over) break
    await clock.sleep(watching.state.over ? LAST_LOOK_MS : pause(watching.state, look?.calls ?? 0, random), signal)
  }
  await preparing.done()
  const news = prepared()
  if (news !== null) yield news
  evidence.seek(watching.state, containers)
  await evidence.done()
  for (const entry of evidence.found()) yield take(entry)
  const flows = await flowEvidence(request, patient, watching.state)
  if (flows !== null) yield take(flows)
  if (watching.state.seen.service === null) throw usageError(preparing.error(), senses.reader)
}

function beginning(request: WatchRequest, { clock, reader, tool }: WatchSenses): Beginning {
  const now = clock.now()
  const { deploymentId = null, taskDefinition = null, onFailure, slowAfterMinutes, waitMinutes } = request
  const slowAfterSeconds = slowAfterMinutes === null ? null : slowAfterMinutes * 60
  const deadlineAt = now + waitMinutes * 60_000
  const plan = { deploymentId, taskDefinition, beganAt: now, deadlineAt, onFailure, slowAfterSeconds }
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
  const mode = request.mode ?? 'watch'
  const outcome = { verdict: 'unknown', enforced: false, failingStep: null } as const
  const blank: Report = { schemaVersion: 1, tool, mode, target, ...outcome, ...nothing }
  return { kind: 'begin', now, version: 1, plan, blank }
}

/** Null when the caller aborts; whatever else goes wrong is an answer already. */
async function attempt<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (signal?.aborted === true) return null
    throw error
  }
}

function pause(state: Rollout, calls: number, random: () => number): number {
  return Math.max(0, Math.min(nextLookIn(state, calls, random), state.plan.deadlineAt - state.now + 1))
}

/** A name that does not exist is told at once, with the names that do. */
async function refuseTheUnknown({ seen }: Rollout, preparing: Preparing, reader: Reader): Promise<void> {
  if (seen.service !== null || seen.missed.every(({ because }) => because === 'passing')) return
  // Preflight asks for the same, and knows which name or right it is.
  await preparing.done()
  const error = preparing.error()
  if (error !== undefined) throw usageError(error, reader)
}

function usageError(error: unknown, reader: Reader): UsageError {
  return error instanceof UsageError ? error : new UsageError(reader.trouble())
}
