/** Amazon CloudWatch Logs: where a rollout scenario's ECS Action Logs are delivered, and the events of their log group. */
import { type Item, itemsOf, numberOf, textOf, textsOf } from '../item.ts'
import type { Request } from '../operation.ts'
import { Refusal, Unrecorded } from '../refusal.ts'
import { actionEvents } from '../rollout/action-log.ts'
import { uuid } from '../rollout/seeded-random.ts'
import type { Setting } from '../rollout/state.ts'
import type { World } from '../world.ts'
import { jsonPage } from './json-page.ts'

const CODE = 'ValidationException'
/** CloudWatch Logs API Reference, DescribeDeliverySources and DescribeDeliveries. */
const PAGE = { size: 'limit', token: 'nextToken', usual: 50, most: 50, code: CODE }

export function describeDeliverySources(request: Request, world: World): Item {
  const own = delivered(world).map(({ setting, name }) => ({
    name,
    arn: logsArn(setting, `delivery-source:${name}`),
    resourceArns: [String(setting.service['clusterArn'])],
    service: 'ecs',
    logType: 'ACTION_LOGS',
  }))
  return jsonPage('deliverySources', [...recorded(world, 'delivery-sources', 'deliverySources'), ...own], request, PAGE)
}

export function describeDeliveries(request: Request, world: World): Item {
  const own = delivered(world).map(({ setting, name, to }) => ({
    id: 'aBcDeFgHiJkLmNoP',
    arn: logsArn(setting, 'delivery:aBcDeFgHiJkLmNoP'),
    deliverySourceName: name,
    deliveryDestinationArn: logsArn(setting, `delivery-destination:${name}`),
    deliveryDestinationType: to,
  }))
  return jsonPage('deliveries', [...recorded(world, 'deliveries', 'deliveries'), ...own], request, PAGE)
}

export function getDeliveryDestination({ params }: Request, world: World): Item {
  const own = delivered(world).find(({ name }) => name === textOf(params, 'name'))
  if (own === undefined) throw new Refusal('ResourceNotFoundException', 'The delivery destination does not exist.')
  const { setting, name, to, resourceArn } = own
  return {
    deliveryDestination: {
      name,
      arn: logsArn(setting, `delivery-destination:${name}`),
      deliveryDestinationType: to,
      outputFormat: 'json',
      deliveryDestinationConfiguration: { destinationResourceArn: resourceArn },
    },
  }
}

/** Oldest first, of every stream that is meant. Filter patterns are not understood. */
export function filterLogEvents(request: Request, { rollout }: World): Item {
  if (rollout === undefined) throw new Unrecorded('FilterLogEvents')
  const { params } = request
  if (textOf(params, 'filterPattern') !== null) throw new Unrecorded('FilterLogEvents with filterPattern')
  const { setting } = rollout
  const { actionLogs, seed } = setting.scenario
  if (actionLogs?.to !== 'CWL' || textOf(params, 'logGroupName') !== groupOf(setting)) {
    throw new Refusal('ResourceNotFoundException', 'The specified log group does not exist.')
  }
  const [start, end] = [numberOf(params, 'startTime') ?? 0, numberOf(params, 'endTime') ?? Number.POSITIVE_INFINITY]
  const prefix = textOf(params, 'logStreamNamePrefix') ?? ''
  const names = textsOf(params['logStreamNames'])
  const events = actionEvents(setting, rollout.state())
    .filter(({ at, stream }) => at >= start && at <= end && stream.startsWith(prefix))
    .filter(({ stream }) => names.length === 0 || names.includes(stream))
    .map(({ key, at, message, stream }) => ({
      logStreamName: stream,
      timestamp: at,
      message,
      ingestionTime: at + actionLogs.late * 1000,
      eventId: uuid(seed, 'action', key),
    }))
  const rule = { size: 'limit', token: 'nextToken', usual: 10_000, most: 10_000, code: 'InvalidParameterException' }
  return { ...jsonPage('events', events, request, rule), searchedLogStreams: [] }
}

interface Delivered {
  readonly setting: Setting
  readonly name: string
  readonly to: string
  readonly resourceArn: string
}

/** None where the scenario's cluster delivers none. */
function delivered({ rollout }: World): readonly Delivered[] {
  const setting = rollout?.setting
  const actionLogs = setting?.scenario.actionLogs
  if (setting === undefined || actionLogs === undefined) return []
  const { partition, region, accountId, scenario } = setting
  const places = {
    CWL: `arn:${partition}:logs:${region}:${accountId}:log-group:${groupOf(setting)}`,
    S3: `arn:${partition}:s3:::${scenario.cluster}-action-logs`,
    FH: `arn:${partition}:firehose:${region}:${accountId}:deliverystream/${scenario.cluster}-action-logs`,
  }
  return [{ setting, name: `${scenario.cluster}-action-logs`, to: actionLogs.to, resourceArn: places[actionLogs.to] }]
}

/** ECS Developer Guide, "Getting started with Amazon ECS Action Logs": the name that the console gives it. */
function groupOf({ scenario }: Setting): string {
  return `/aws/vendedlogs/ecs/action-logs/${scenario.cluster}`
}

function logsArn({ partition, region, accountId }: Setting, resource: string): string {
  return `arn:${partition}:logs:${region}:${accountId}:${resource}`
}

/** Of other resources, where the folder has them. Throws Unrecorded where nothing tells. */
function recorded(world: World, call: string, list: string): readonly Item[] {
  const answers = world.answers(`logs/describe-${call}`)
  if (answers === null && world.rollout === undefined) throw new Unrecorded(`logs/describe-${call}`)
  return (answers ?? []).flatMap(({ content }) => itemsOf(content[list]))
}
