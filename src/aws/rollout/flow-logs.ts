/** Asks VPC Flow Logs for rejected packets between a failing task and what it dialled: a CloudWatch Logs Insights query, opt-in. */
import { type Answer, known, unread } from '../../domain/answer.ts'
import type { Clock } from '../../domain/clock.ts'
import { getQueryResults, startQuery } from '../calls/watch.ts'
import { at, idOf, listAt, text } from '../facts/shape.ts'
import type { Reader } from '../reader/reader.ts'

export interface FlowQuestion {
  readonly logGroup: string
  readonly taskIp: string
  readonly dialledIp: string
  /** Milliseconds since 1970. */
  readonly from: number
  readonly to: number
}

const TRIES = 10
const BETWEEN_MS = 1_500
const ADDRESS = /^[0-9a-f.:]+$/i

/** Lines as Insights gives them, at most twenty. Needs `logs:StartQuery` and `logs:GetQueryResults`. */
export async function readFlowProof(
  reader: Reader,
  question: FlowQuestion,
  clock: Clock,
  signal?: AbortSignal,
): Promise<Answer<readonly string[]>> {
  const { taskIp, dialledIp } = question
  // Both come out of texts that others wrote.
  if (!ADDRESS.test(taskIp) || !ADDRESS.test(dialledIp)) return known([])
  const started = await reader.read(startQuery, { id: [JSON.stringify(requestOf(question))] })
  if (!started.known) return started
  const id = idOf(at(started.value[0], 'queryId'))
  if (id === null) return unread('garbled', startQuery.permission, 'queryId')
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (signal?.aborted === true) break
    await clock.sleep(BETWEEN_MS, signal)
    const answer = await reader.read(getQueryResults, { id: [id] })
    if (!answer.known) return answer
    const [result] = answer.value
    const status = text(at(result, 'status'))
    if (status === 'Complete') return known(linesOf(result))
    if (status === 'Failed' || status === 'Cancelled' || status === 'Timeout') {
      return unread('garbled', getQueryResults.permission, status)
    }
  }
  return unread('unreachable', getQueryResults.permission, 'the query did not end in time')
}

/** Works on the default format and on custom ones: the fields are those that Insights discovers in flow logs. */
function requestOf({ logGroup, taskIp, dialledIp, from, to }: FlowQuestion) {
  return {
    logGroupName: logGroup,
    startTime: Math.floor(from / 1000),
    endTime: Math.ceil(to / 1000),
    limit: 20,
    queryString: `fields @timestamp, interfaceId, srcAddr, srcPort, dstAddr, dstPort, action | filter action = "REJECT" and ((srcAddr = "${taskIp}" and dstAddr = "${dialledIp}") or (srcAddr = "${dialledIp}" and dstAddr = "${taskIp}")) | sort @timestamp asc | limit 20`,
  }
}

/** Results are rows of fields; `@ptr` leads back to the record and says nothing. */
function linesOf(result: unknown): readonly string[] {
  const rows = at(result, 'results')
  if (!Array.isArray(rows)) return []
  return rows.map((row) =>
    listAt({ row }, 'row')
      .filter(({ field }) => field !== '@ptr')
      .map(({ field, value }) => `${text(field) ?? ''}=${text(value) ?? ''}`)
      .join(' '),
  )
}
