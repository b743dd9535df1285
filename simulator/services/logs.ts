/** Amazon CloudWatch Logs: log groups, and what a rollout scenario writes. */
import { type Item, textOf, textsOf } from '../item.ts'
import type { Operations, Request } from '../operation.ts'
import { Refusal } from '../refusal.ts'
import { listOf, type World } from '../world.ts'
import { describeDeliveries, describeDeliverySources, filterLogEvents, getDeliveryDestination } from './action-logs.ts'
import { jsonPage } from './json-page.ts'
import { getLogEvents } from './log-events.ts'
import { getQueryResults, startQuery } from './log-queries.ts'
import { LOG_WRITES } from './log-writes.ts'

export const LOGS: Operations = {
  DescribeDeliveries: describeDeliveries,
  DescribeDeliverySources: describeDeliverySources,
  DescribeLogGroups: describeLogGroups,
  FilterLogEvents: filterLogEvents,
  GetDeliveryDestination: getDeliveryDestination,
  GetLogEvents: getLogEvents,
  StartQuery: startQuery,
  GetQueryResults: getQueryResults,
  ...LOG_WRITES,
}

/** Fifty a page at most (CloudWatch Logs API Reference, DescribeLogGroups). */
const PAGE = { size: 'limit', token: 'nextToken', usual: 50, most: 50, code: 'InvalidParameterException' }

function describeLogGroups(request: Request, world: World): Item {
  const { params } = request
  const prefix = textOf(params, 'logGroupNamePrefix')
  const pattern = textOf(params, 'logGroupNamePattern')
  if (prefix !== null && pattern !== null) {
    throw new Refusal('InvalidParameterException', 'logGroupNamePrefix and logGroupNamePattern are mutually exclusive.')
  }
  const identifiers = textsOf(params['logGroupIdentifiers'])
  const logClass = textOf(params, 'logGroupClass')
  const shown = listOf(world, 'logs/describe-log-groups', 'logGroups').filter((group) => {
    const name = textOf(group, 'logGroupName') ?? ''
    const arn = (textOf(group, 'arn') ?? '').replace(/:\*$/, '')
    return (
      (prefix === null || name.startsWith(prefix)) &&
      (pattern === null || name.toLowerCase().includes(pattern.toLowerCase())) &&
      (identifiers.length === 0 || identifiers.includes(name) || identifiers.includes(arn)) &&
      (logClass === null || (group['logGroupClass'] ?? 'STANDARD') === logClass)
    )
  })
  return jsonPage('logGroups', shown, request, PAGE)
}
