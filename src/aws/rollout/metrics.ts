/** `metrics`: the records of a rollout, written to a log group once, whatever becomes of a request. Nothing of it ever fails a run. */
import type { Clock } from '../../domain/clock.ts'
import type { Report } from '../../domain/report.ts'
import type { RolloutPhase } from '../../domain/rollout.ts'
import type { Text } from '../../domain/text.ts'
import { metricRecords } from '../../report/metrics/records.ts'
import { getLogEvents } from '../calls/watch.ts'
import { createLogStream, putLogEvents } from '../calls/writes.ts'
import { at, isLoose, type Loose } from '../facts/shape.ts'
import type { Reader } from '../reader/reader.ts'
import type { Writer, Written } from '../writer/writer.ts'

export interface MetricsDeps {
  readonly writer: Writer
  readonly reader: Reader
  readonly clock: Clock
  readonly signal?: AbortSignal
}

/** What was measured up to here is not the rollout. */
const UNFINISHED: ReadonlySet<RolloutPhase> = new Set(['rolling', 'rolling-back', 'cancelled', 'lost', 'not-started'])

/**
 * Resolves with why they could not be written, in a sentence; null where they were, or where there is nothing to write. The log stream
 * bears the id of the deployment: one that has events is a rollout that was written before.
 */
export async function writeMetrics(report: Report, logGroup: string, deps: MetricsDeps): Promise<Text | null> {
  const timestamp = deps.clock.now()
  const records = metricRecords(report, timestamp)
  if (records.length === 0 || report.rollout === undefined || UNFINISHED.has(report.rollout.phase)) return null
  const place = { logGroupName: logGroup, logStreamName: streamOf(report) }
  const made = await streamMade(place, deps)
  if (made === 'written') return null
  if (made !== 'empty') return notWritten(logGroup, made)
  const input = { ...place, logEvents: records.map((message) => ({ timestamp, message })) }
  const put = await written(place, input, deps)
  return put === 'written' ? null : notWritten(logGroup, put)
}

interface Place {
  readonly logGroupName: string
  readonly logStreamName: string
}

type Refusal = Exclude<Written, { readonly outcome: 'done' }>

const TRIES = 3

/** Making a stream that is there changes nothing, so that an unsure one is made again. */
async function streamMade(
  place: Place,
  { writer, reader, signal }: MetricsDeps,
): Promise<'empty' | 'written' | Refusal> {
  let last: Refusal | null = null
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const made = await writer.write(createLogStream, { ...place }, signal)
    if (made.outcome === 'done') return 'empty'
    if (made.outcome === 'refused' && made.code === 'ResourceAlreadyExistsException') {
      const events = await eventsIn(place, reader)
      // Whoever cannot look does not write what may be there already.
      return events === null ? unsure('') : events > 0 ? 'written' : 'empty'
    }
    last = made
    if (made.outcome === 'refused') break
  }
  return last ?? unsure('')
}

/** What was sent shows after some seconds at most (CloudWatch Logs User Guide). */
const LOOKS_MS = [2_000, 4_000, 8_000]

async function written(place: Place, input: Loose, deps: MetricsDeps): Promise<'written' | Refusal> {
  let last: Refusal = unsure('')
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const put = await deps.writer.write(putLogEvents, input, deps.signal)
    if (put.outcome === 'done') {
      const rejected = at(put.answer, 'rejectedLogEventsInfo')
      return isLoose(rejected) ? { ...unsure(JSON.stringify(rejected)) } : 'written'
    }
    last = put
    if (put.outcome === 'refused') return put
    const seen = await hasArrived(place, deps)
    if (seen !== false) return seen === null ? put : 'written'
  }
  return last
}

/** Null where nobody can tell. */
async function hasArrived(place: Place, { reader, clock, signal }: MetricsDeps): Promise<boolean | null> {
  let events: number | null = null
  for (const ms of LOOKS_MS) {
    await clock.sleep(ms, signal)
    events = await eventsIn(place, reader)
    if (events !== null && events > 0) return true
  }
  return events === null ? null : false
}

async function eventsIn({ logGroupName, logStreamName }: Place, reader: Reader): Promise<number | null> {
  const query = { name: [logGroupName], id: [logStreamName], region: [reader.region] }
  const answer = await reader.read(getLogEvents, query)
  return answer.known ? answer.value.length : null
}

function unsure(detail: string): Refusal {
  return { outcome: 'unsure', permission: putLogEvents.permission, detail }
}

/** `prod/web/ecs-svc/123`. A name takes neither colon nor asterisk (CloudWatch Logs API Reference, CreateLogStream). */
function streamOf({ target, rollout }: Report): string {
  const { cluster, service } = target
  return `${cluster}/${service}/${rollout?.deploymentId}`.replaceAll(/[:*]/g, '_').slice(0, 512)
}

function notWritten(logGroup: string, refusal: Refusal): Text {
  const { permission, detail } = refusal
  const isMissing = refusal.outcome === 'refused' && refusal.code === 'ResourceNotFoundException'
  const said = [permission, detail].filter((part) => part !== '').join(': ')
  const make = `aws logs create-log-group --log-group-name ${logGroup}`
  return {
    en: `The metrics of this rollout could not be written to log group ${logGroup} (${said}).${isMissing ? ` To make it: ${make}` : ''}`,
    ko: `이 롤아웃의 지표를 로그 그룹에 쓰지 못했습니다: ${logGroup} (${said}).${isMissing ? ` 로그 그룹 생성: ${make}` : ''}`,
  }
}
