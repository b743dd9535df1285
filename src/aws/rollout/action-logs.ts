/** ECS Action Logs: where a cluster delivers them, and the records of one service from a log group. docs/aws-semantics.md has their form. */
import type { ActionLogDelivery, EcsAction } from '../../domain/action-logs.ts'
import { type Answer, known, unread } from '../../domain/answer.ts'
import { describeDeliveries, describeDeliverySources, filterLogEvents, getDeliveryDestination } from '../calls/watch.ts'
import { at, idOf, instant, isLoose, type Loose, listAt, prose, text, texts } from '../facts/shape.ts'
import type { Reader } from '../reader/reader.ts'

/** Needs `logs:DescribeDeliverySources`; where a source is the cluster's, `logs:DescribeDeliveries` and `logs:GetDeliveryDestination` as well. */
export async function readActionLogDelivery(reader: Reader, clusterArn: string): Promise<Answer<ActionLogDelivery>> {
  const sources = await reader.read(describeDeliverySources)
  if (!sources.known) return sources
  const own = sources.value.flatMap((one) =>
    texts(at(one, 'resourceArns')).includes(clusterArn) && isActionLog(text(at(one, 'logType')))
      ? (idOf(at(one, 'name')) ?? [])
      : [],
  )
  if (own.length === 0) return known({ logGroups: [], others: [] })
  const deliveries = await reader.read(describeDeliveries)
  if (!deliveries.known) return deliveries
  const arns = deliveries.value.flatMap((one) =>
    own.includes(text(at(one, 'deliverySourceName')) ?? '') ? (idOf(at(one, 'deliveryDestinationArn')) ?? []) : [],
  )
  const places = await Promise.all([...new Set(arns)].map((arn) => readPlace(reader, arn, clusterArn)))
  const logGroups: string[] = []
  const others: string[] = []
  for (const place of places) {
    if (!place.known) return place
    const group = readableGroup(place.value, clusterArn)
    if (group === null) others.push(place.value)
    else logGroups.push(group)
  }
  return known({ logGroups, others })
}

/** `ACTION_LOGS` is what the API takes, `EcsActionLogs` what a page of the Developer Guide says. */
function isActionLog(logType: string | null): boolean {
  return logType?.replaceAll('_', '').toLowerCase().replace(/^ecs/, '') === 'actionlogs'
}

/** The ARN of the bucket, stream or log group; of a destination in another account, which nobody here can look up, its own. */
async function readPlace(reader: Reader, destinationArn: string, clusterArn: string): Promise<Answer<string>> {
  const [account, name] = [destinationArn.split(':')[4], destinationArn.slice(destinationArn.lastIndexOf(':') + 1)]
  if (account !== clusterArn.split(':')[4]) return known(destinationArn)
  const answer = await reader.read(getDeliveryDestination, { id: [name] })
  if (!answer.known) return answer
  const config = at(answer.value[0], 'deliveryDestination', 'deliveryDestinationConfiguration')
  return known(idOf(at(config, 'destinationResourceArn')) ?? destinationArn)
}

/** `arn:aws:logs:REGION:ACCOUNT:log-group:NAME`, with or without `:*`, where it is of the cluster's Region and account. */
function readableGroup(arn: string, clusterArn: string): string | null {
  const [, partition, service, region, account, kind, name] = arn.split(':')
  const place = [partition, region, account].join(':')
  const [, ofCluster, , regionOfCluster, accountOfCluster] = clusterArn.split(':')
  const isHere = place === [ofCluster, regionOfCluster, accountOfCluster].join(':')
  return service === 'logs' && kind === 'log-group' && isHere ? (idOf(name) ?? null) : null
}

export interface ActionLogQuestion {
  readonly logGroup: string
  readonly clusterArn: string
  readonly serviceName: string
  /** Milliseconds since 1970. */
  readonly from: number
}

/** A page is up to 1 MB or 10,000 events, or none while CloudWatch Logs still searches; what lies beyond is read the next time. */
const PAGES = 8

/**
 * Oldest first, those of this service alone: its stream is named as what acted, `service/CLUSTER/SERVICE`. Needs `logs:FilterLogEvents`.
 * A log group that is gone, or that nothing was delivered to yet, is *not found*.
 */
export async function readActions(reader: Reader, question: ActionLogQuestion): Promise<Answer<readonly EcsAction[]>> {
  const { logGroup, clusterArn, serviceName, from } = question
  const source = `service/${clusterArn.slice(clusterArn.lastIndexOf('/') + 1)}/${serviceName}`
  const actions: EcsAction[] = []
  let token: string | null = null
  for (let page = 0; page < PAGES; page += 1) {
    const request = {
      logGroupName: logGroup,
      logStreamNamePrefix: source,
      startTime: Math.max(0, Math.floor(from)),
      ...(token === null ? {} : { nextToken: token }),
    }
    const answer = await reader.read(filterLogEvents, { id: [JSON.stringify(request)] })
    if (!answer.known) return answer
    actions.push(...listAt(answer.value[0], 'events').flatMap((event) => actionIn(event, source)))
    token = idOf(at(answer.value[0], 'nextToken'))
    if (token === null) break
  }
  const isInVain = actions.length === 0 && token !== null
  return isInVain ? unread('unreachable', filterLogEvents.permission, 'the search did not end') : known(actions)
}

const TASK_ARN = /\/([0-9a-f-]{8,64})$/

/** A day: a record that was delivered late still tells its own time. */
const LATE_MS = 86_400_000
/** A line may be 1 MB long; a report is no place for it. */
const LONGEST = 2_000

/** None of what is another service's whose name begins alike, or of what CloudWatch Logs would not answer. */
function actionIn(event: Loose, source: string): readonly EcsAction[] {
  const id = idOf(event['eventId'])
  const message = text(event['message'])
  const stream = text(event['logStreamName']) ?? source
  if (id === null || message === null || !isOf(stream, source)) return []
  const deliveredAt = instant(event['timestamp'])
  const record = jsonIn(message)
  if (record === null) return [{ ...NOTHING, id, at: inTime(deliveredAt, null), reason: clean(message) }]
  // `service/CLUSTER/SERVICE` in what is delivered, an ARN in what the Developer Guide's overview says.
  const actor = text(record['actionSourceId'])
  if (actor !== null && !isOf(actor.slice(actor.lastIndexOf(':') + 1), source)) return []
  const detail = isLoose(record['detail']) ? record['detail'] : {}
  return [
    {
      id,
      at: inTime(deliveredAt, instant(record['eventTimestamp'] ?? record['timestamp'])),
      level: clean(record['logLevel'])?.toUpperCase() ?? null,
      eventName: clean(detail['eventName'] ?? record['eventName']),
      reason: clean(detail['statusReason']),
      stopCode: clean(detail['stopCode']),
      containerReason: clean(detail['containerStoppedReason']),
      taskId: TASK_ARN.exec(text(detail['taskArn']) ?? '')?.[1] ?? null,
      serviceDeploymentArn: idOf(detail['serviceDeploymentArn']),
    },
  ]
}

const NOTHING = {
  level: null,
  eventName: null,
  reason: null,
  stopCode: null,
  containerReason: null,
  taskId: null,
  serviceDeploymentArn: null,
} as const

function isOf(name: string, source: string): boolean {
  return name === source || name.startsWith(`${source}/`)
}

/** The record's own time, where it is one that the delivery does not contradict. */
function inTime(deliveredAt: number | null, own: number | null): number | null {
  const isTime = (time: number | null) => time !== null && Math.abs(time) <= LATEST_DATE
  if (!isTime(deliveredAt)) return isTime(own) ? own : null
  return own !== null && Math.abs(own - (deliveredAt ?? 0)) <= LATE_MS ? own : deliveredAt
}

/** ECMAScript, "Time Values and Time Range": beyond it there is no date. */
const LATEST_DATE = 8.64e15

function clean(value: unknown): string | null {
  return prose(value)?.slice(0, LONGEST) ?? null
}

function jsonIn(message: string): Loose | null {
  try {
    const value: unknown = JSON.parse(message)
    return isLoose(value) ? value : null
  } catch {
    return null
  }
}
