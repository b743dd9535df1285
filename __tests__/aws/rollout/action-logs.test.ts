/** Where a cluster delivers its Action Logs, and how their records are read: AWS's answers in every form that documents show. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Item } from '../../../simulator/item.ts'
import type { Request } from '../../../simulator/operation.ts'
import { Refusal } from '../../../simulator/refusal.ts'
import { openLive } from '../../../src/aws/reader/live.ts'
import { readActionLogDelivery, readActions } from '../../../src/aws/rollout/action-logs.ts'
import { simulate } from '../../simulator/support.ts'

beforeAll(() => {
  const credentials = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' }
  Object.assign(process.env, { ...credentials, AWS_EC2_METADATA_DISABLED: 'true' })
})

const HERE = 'ap-northeast-2:123456789012'
const CLUSTER = `arn:aws:ecs:${HERE}:cluster/demo`
const GROUP = `arn:aws:logs:${HERE}:log-group:/aws/vendedlogs/ecs/action-logs/demo`

async function readerOf(operations: Readonly<Record<string, (request: Request) => Item>>) {
  const simulator = await simulate({ files: {}, operations: { logs: operations } })
  return openLive({ region: 'ap-northeast-2', endpoint: simulator.url, maxAttempts: 1 })
}

interface Delivered {
  readonly source?: Item
  readonly delivery?: Item
  readonly place?: string
}

async function delivery({ source = {}, delivery = {}, place = GROUP }: Delivered) {
  const reader = await readerOf({
    DescribeDeliverySources: () => ({
      deliverySources: [
        { name: 'other', resourceArns: [`${CLUSTER}-2`], logType: 'ACTION_LOGS' },
        { name: 'own', resourceArns: [CLUSTER], logType: 'ACTION_LOGS', ...source },
      ],
    }),
    DescribeDeliveries: () => ({
      deliveries: [
        { deliverySourceName: 'other', deliveryDestinationArn: `arn:aws:logs:${HERE}:delivery-destination:of-other` },
        {
          deliverySourceName: 'own',
          deliveryDestinationArn: `arn:aws:logs:${HERE}:delivery-destination:to`,
          ...delivery,
        },
      ],
    }),
    GetDeliveryDestination: ({ params }) => {
      if (params['name'] !== 'to') throw new Refusal('ResourceNotFoundException', String(params['name']))
      return { deliveryDestination: { deliveryDestinationConfiguration: { destinationResourceArn: place } } }
    },
  })
  const answer = await readActionLogDelivery(reader, CLUSTER)
  return answer.known ? answer.value : answer
}

const NONE = { logGroups: [], others: [] }
const OWN = { logGroups: ['/aws/vendedlogs/ecs/action-logs/demo'], others: [] }

describe('where they go', () => {
  test.each<readonly [string, Delivered, unknown]>([
    ['the log group of the destination', {}, OWN],
    ['the same with the star that some answers have', { place: `${GROUP}:*` }, OWN],
    ['the log type as one page of the guide has it', { source: { logType: 'EcsActionLogs' } }, OWN],
    ['logs of another type are others', { source: { logType: 'EVENT_LOGS' } }, NONE],
    ['a source that no delivery names delivers nothing', { delivery: { deliverySourceName: 'gone' } }, NONE],
    ['a bucket', { place: 'arn:aws:s3:::logs' }, { logGroups: [], others: ['arn:aws:s3:::logs'] }],
    [
      'a log group of another account',
      { place: GROUP.replace('123456789012', '210987654321') },
      { logGroups: [], others: [GROUP.replace('123456789012', '210987654321')] },
    ],
    [
      'a destination of another account, which nobody here can look up',
      { delivery: { deliveryDestinationArn: 'arn:aws:logs:ap-northeast-2:210987654321:delivery-destination:x' } },
      { logGroups: [], others: ['arn:aws:logs:ap-northeast-2:210987654321:delivery-destination:x'] },
    ],
    [
      'a destination that is gone',
      { delivery: { deliveryDestinationArn: `arn:aws:logs:${HERE}:delivery-destination:gone` } },
      expect.objectContaining({ known: false, because: 'not-found', permission: 'logs:GetDeliveryDestination' }),
    ],
  ])('%s', async (_, delivered, expected) => {
    expect(await delivery(delivered)).toEqual(expected)
  })
})

const DEPLOYMENT = `arn:aws:ecs:${HERE}:service-deployment/demo/web/abc`
const TASK = '0123456789abcdef0123456789abcdef'

async function recordsOf(...messages: readonly unknown[]) {
  const events = messages.map((message, at) => ({
    eventId: `e${at}`,
    logStreamName: 'service/demo/web',
    timestamp: 1_784_573_730_000,
    message: typeof message === 'string' ? message : JSON.stringify(message),
  }))
  const asked: Item[] = []
  const reader = await readerOf({
    FilterLogEvents: ({ params }) => {
      asked.push(params)
      return { events }
    },
  })
  const question = { logGroup: 'g', clusterArn: CLUSTER, serviceName: 'web', from: 1_784_573_000_000.7 }
  const answer = await readActions(reader, question)
  return { asked, records: answer.known ? answer.value : [] }
}

describe('a record', () => {
  test('is asked for in the stream of the service, from a whole millisecond on', async () => {
    const { asked } = await recordsOf()
    expect(asked).toEqual([
      { logGroupName: 'g', logStreamNamePrefix: 'service/demo/web', startTime: 1_784_573_000_000 },
    ])
  })

  test('of a deployment, as delivered', async () => {
    const { records } = await recordsOf({
      resourceArn: CLUSTER,
      actionSourceId: 'service/demo/web',
      logLevel: 'ERROR',
      eventTimestamp: 1_784_573_730_986,
      detail: {
        statusReason: 'No rollback candidate was found to run the rollback.',
        serviceDeploymentArn: DEPLOYMENT,
        status: 'FAILED',
        eventName: 'SERVICE_DEPLOYMENT_ROLLBACK_FAILED',
      },
    })
    expect(records).toEqual([
      {
        id: 'e0',
        at: 1_784_573_730_986,
        level: 'ERROR',
        eventName: 'SERVICE_DEPLOYMENT_ROLLBACK_FAILED',
        reason: 'No rollback candidate was found to run the rollback.',
        stopCode: null,
        containerReason: null,
        taskId: null,
        serviceDeploymentArn: DEPLOYMENT,
      },
    ])
  })

  test('as the overview of the guide has it: names beside the detail, an ARN for who acted', async () => {
    const { records } = await recordsOf({
      timestamp: 1_784_573_731_000,
      logLevel: 'WARN',
      actionSourceId: `arn:aws:ecs:${HERE}:service/demo/web`,
      eventName: 'SERVICE_TASK_START_IMPAIRED',
      detail: {
        taskArn: `arn:aws:ecs:${HERE}:task/demo/${TASK}`,
        stopCode: 'TaskFailedToStart',
        containerStoppedReason: 'CannotPullContainerError: x',
      },
    })
    expect(records).toMatchObject([
      {
        at: 1_784_573_731_000,
        eventName: 'SERVICE_TASK_START_IMPAIRED',
        taskId: TASK,
        stopCode: 'TaskFailedToStart',
        containerReason: 'CannotPullContainerError: x',
        reason: null,
      },
    ])
  })

  test('of another service is left out, whoever delivered it; a line that is none keeps its words and nothing else', async () => {
    const { records } = await recordsOf(
      { actionSourceId: 'service/demo/web-2' },
      { actionSourceId: 'service/demo/web/x' },
      'plain',
    )
    expect(records.map(({ id, reason, level }) => [id, reason, level])).toEqual([
      ['e1', null, null],
      ['e2', 'plain', null],
    ])
  })
})

test('pages are followed by their token, and no further than a few', async () => {
  const tokens: unknown[] = []
  const reader = await readerOf({
    FilterLogEvents: ({ params }) => {
      tokens.push(params['nextToken'])
      return { events: [], nextToken: `after ${tokens.length}` }
    },
  })
  const answer = await readActions(reader, { logGroup: 'g', clusterArn: CLUSTER, serviceName: 'web', from: 0 })
  expect(tokens.slice(0, 3)).toEqual([undefined, 'after 1', 'after 2'])
  expect(tokens.length).toBeLessThan(10)
  // Nothing was found, and nobody may say that there is nothing.
  expect(answer).toMatchObject({ known: false, because: 'unreachable', permission: 'logs:FilterLogEvents' })
})
