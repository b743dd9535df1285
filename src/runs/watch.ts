/** watch: follows one deployment until it ends, says why a task failed as soon as that is known, and reports. */

import { lookAt } from '../aws/look.ts'
import type { Reader } from '../aws/reader.ts'
import { stopDeployment } from '../aws/stop-deployment.ts'
import type { FailOn, Ignore } from '../checks/conclusion.ts'
import type { Clock } from '../domain/clock.ts'
import type { Report } from '../domain/report.ts'
import type { Container } from '../domain/service.ts'
import type { Text } from '../domain/text.ts'
import { UsageError } from '../domain/usage-error.ts'
import { heartbeat, newsOf } from '../rollout/news.ts'
import { ownOf } from '../rollout/own-deployment.ts'
import { nextLookIn } from '../rollout/pace.ts'
import type { Rollout } from '../rollout/state.ts'
import {
  type Beginning,
  begin,
  type Preflighted,
  play,
  readTape,
  type TapeEntry,
  tapeLine,
  type Watching,
} from './tape.ts'
import { clusterNamed, lookRequest } from './watch-asking.ts'
import { concludeWatch } from './watch-conclusion.ts'
import { flowEvidence, gatherEvidence } from './watch-evidence.ts'
import { prepareWatch } from './watch-preflight.ts'

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

export interface Prepared extends Preflighted {
  /** Of the task definition that the deployment runs: where its logs are. */
  readonly containers: readonly Container[]
}

const HEARTBEAT_MS = 60_000
/** The last events are late. */
const LAST_LOOK_MS = 2_000

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
  tape?.(tapeLine(first))
  let watching = begin(first)
  yield watching

  const patient = { ...senses, reader: senses.patientReader ?? senses.reader }
  const preparing = inBackground(senses.prepare ?? (() => prepareWatch(request, patient)))
  const take = (entry: TapeEntry): Watching => {
    tape?.(tapeLine(entry))
    watching = play(watching, entry)
    return watching
  }
  let containers: readonly Container[] = []
  let isTold = false
  const prepared = (): Watching | null => {
    const { outcome } = preparing
    if (isTold || outcome === null) return null
    isTold = true
    if (!('value' in outcome)) {
      const detail = outcome.error instanceof Error ? outcome.error.message : String(outcome.error)
      return take({ kind: 'unprepared', now: clock.now(), detail })
    }
    containers = outcome.value.containers
    const { report, grounds } = outcome.value
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
      yield take({ kind: 'look', now: look.at, look })
      refuseTheUnknown(watching.state, preparing, senses.reader)
    }
    const news = prepared()
    if (news !== null) yield news
    if (signal?.aborted === true) {
      if (!watching.state.over) yield take({ kind: 'cancel', now: clock.now() })
      return
    }
    for await (const entry of deeds(request, patient, watching.state)) yield take(entry)
    for await (const entry of evidence(watching.state, containers)) yield take(entry)
    if (isLast && watching.state.over) break
    await clock.sleep(watching.state.over ? LAST_LOOK_MS : pause(watching.state, look?.calls ?? 0, random), signal)
  }
  await preparing.done
  const news = prepared()
  if (news !== null) yield news
  for await (const entry of evidence(watching.state, containers)) yield take(entry)
  const flows = await flowEvidence(request, patient, watching.state)
  if (flows !== null) yield take(flows)
  if (watching.state.seen.service === null) throw nothingRead(preparing, senses.reader)
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
  const blank: Report = { schemaVersion: 1, tool, mode, target, verdict: 'unknown', failingStep: null, ...nothing }
  return { kind: 'begin', now, version: 1, plan, blank }
}

interface Background<T> {
  outcome: { readonly value: T } | { readonly error: unknown } | null
  readonly done: Promise<void>
}

function inBackground<T>(work: () => Promise<T>): Background<T> {
  const background: { outcome: Background<T>['outcome']; done: Promise<void> } = {
    outcome: null,
    done: Promise.resolve(),
  }
  background.done = work().then(
    (value) => {
      background.outcome = { value }
    },
    (error: unknown) => {
      background.outcome = { error }
    },
  )
  return background
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

/** What the state calls for, where `on-failure` allows it. */
async function* deeds(request: WatchRequest, senses: WatchSenses, state: Rollout): AsyncGenerator<TapeEntry> {
  if (state.hopeless !== null && !state.over && request.onFailure === 'rollback' && state.rollbackAsked === null) {
    yield await askRollback(senses, state)
  }
}

const FINISHED = new Set(['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED'])

async function askRollback({ clock, reader }: WatchSenses, state: Rollout): Promise<TapeEntry> {
  const { serviceDeployment } = ownOf(state.plan, state.seen)
  if (serviceDeployment === null || FINISHED.has(serviceDeployment.status)) {
    const detail = serviceDeployment?.status ?? 'ListServiceDeployments'
    return { kind: 'rollback', now: clock.now(), accepted: false, detail }
  }
  const answer = await stopDeployment(reader, serviceDeployment.arn)
  const detail = answer.known ? '' : `${answer.permission}: ${answer.detail}`
  return { kind: 'rollback', now: clock.now(), accepted: answer.known, detail }
}

/** A name that does not exist is told at once, with the names that do. */
function refuseTheUnknown({ seen }: Rollout, { outcome }: Background<unknown>, reader: Reader): void {
  if (seen.service !== null || outcome === null || !('error' in outcome)) return
  const isPassing = seen.missed.every(({ because }) => because === 'passing')
  if (!isPassing) throw outcome.error instanceof UsageError ? outcome.error : new UsageError(reader.trouble())
}

function nothingRead({ outcome }: Background<unknown>, reader: Reader): UsageError {
  const error = outcome !== null && 'error' in outcome ? outcome.error : null
  return error instanceof UsageError ? error : new UsageError(reader.trouble())
}
