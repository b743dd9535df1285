/** Amazon CloudWatch Logs Insights, as far as a query for rejected flows goes: over the flow logs of a rollout scenario. */
import { type Item, numberOf, textOf } from '../item.ts'
import type { Request } from '../operation.ts'
import { Refusal, Unrecorded } from '../refusal.ts'
import { addressOf } from '../rollout/answer-tasks.ts'
import { dialled } from '../rollout/failures.ts'
import { uuid } from '../rollout/seeded-random.ts'
import type { Rollout } from '../rollout/state.ts'
import type { World } from '../world.ts'

interface Query {
  readonly text: string
  /** Milliseconds since 1970. */
  readonly from: number
  readonly to: number
  /** How often somebody has asked for the results. */
  answers: number
}

const QUERIES = new WeakMap<Rollout, Map<string, Query>>()

/** Throws ResourceNotFoundException for a log group that is not the scenario's (CloudWatch Logs API Reference, StartQuery). */
export function startQuery({ params }: Request, { rollout }: World): Item {
  if (rollout === undefined) throw new Unrecorded('StartQuery')
  const { flowLogs, seed } = rollout.setting.scenario
  if (flowLogs === undefined || textOf(params, 'logGroupName') !== flowLogs) {
    throw new Refusal('ResourceNotFoundException', 'The specified log group does not exist.')
  }
  const own = QUERIES.get(rollout) ?? new Map<string, Query>()
  QUERIES.set(rollout, own)
  const queryId = uuid(seed, 'query', own.size)
  own.set(queryId, {
    text: textOf(params, 'queryString') ?? '',
    from: (numberOf(params, 'startTime') ?? 0) * 1000,
    to: (numberOf(params, 'endTime') ?? 0) * 1000,
    answers: 0,
  })
  return { queryId }
}

/** `Running` at first, as a query takes its time. */
export function getQueryResults({ params }: Request, { rollout }: World): Item {
  const query = rollout === undefined ? undefined : QUERIES.get(rollout)?.get(textOf(params, 'queryId') ?? '')
  if (rollout === undefined || query === undefined) {
    throw new Refusal('ResourceNotFoundException', 'The specified query does not exist.')
  }
  query.answers += 1
  const results = query.answers === 1 ? [] : rejections(rollout, query)
  const statistics = { recordsMatched: results.length, recordsScanned: 1000, bytesScanned: 110_000 }
  return { status: query.answers === 1 ? 'Running' : 'Complete', results, statistics }
}

/** Of the query language only this much is understood: both addresses stand in it. */
function rejections(rollout: Rollout, { text, from, to }: Query): readonly Item[][] {
  const { tasks, now } = rollout.state()
  return tasks.flatMap((task) => {
    const [source, target, at] = [addressOf(task), dialled(task.behaviour), task.pullStartedAt]
    const isAsked = target !== null && text.includes(`"${source}"`) && text.includes(`"${target}"`)
    if (!isAsked || at === null || at > now || at < from || at > to) return []
    const values = {
      '@timestamp': new Date(at).toISOString().replace('T', ' ').replace('Z', ''),
      interfaceId: task.identity.interfaceId,
      srcAddr: source,
      srcPort: String(32_768 + (task.number % 1000)),
      dstAddr: target,
      dstPort: '443',
      action: 'REJECT',
      '@ptr': 'CmEKJgoiNDA2MTc4OTIzNTUx',
    }
    return [Object.entries(values).map(([field, value]) => ({ field, value }))]
  })
}
