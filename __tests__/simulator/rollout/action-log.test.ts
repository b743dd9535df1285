/** ECS Action Logs of a scenario, as the real SDK reads them. */
import {
  DescribeDeliveriesCommand,
  DescribeDeliverySourcesCommand,
  FilterLogEventsCommand,
  GetDeliveryDestinationCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { expect, test } from '@jest/globals'
import { refusal } from '../support.ts'
import { BEGAN_AT, sceneOf, seoulScenario } from './scene.ts'

const GROUP = '/aws/vendedlogs/ecs/action-logs/cluster-nestjs-second'
const STREAM = 'service/cluster-nestjs-second/role-nestjs-second-service'

test('a cluster delivers none unless the scenario says so', async () => {
  const { clients } = await sceneOf(seoulScenario())
  expect((await clients.logs.send(new DescribeDeliverySourcesCommand({}))).deliverySources).toEqual([])
  expect((await clients.logs.send(new DescribeDeliveriesCommand({}))).deliveries).toEqual([])
  const asked = clients.logs.send(new FilterLogEventsCommand({ logGroupName: GROUP }))
  expect(await refusal(asked)).toMatchObject({ name: 'ResourceNotFoundException' })
})

test('from the source by the delivery to the log group', async () => {
  const { clients } = await sceneOf(seoulScenario({ actionLogs: {} }))
  const [source] = (await clients.logs.send(new DescribeDeliverySourcesCommand({}))).deliverySources ?? []
  const [delivery] = (await clients.logs.send(new DescribeDeliveriesCommand({}))).deliveries ?? []
  expect(delivery?.deliverySourceName).toBe(source?.name)
  const name = delivery?.deliveryDestinationArn?.split(':').at(-1)
  const { deliveryDestination } = await clients.logs.send(new GetDeliveryDestinationCommand({ name }))
  const place = deliveryDestination?.deliveryDestinationConfiguration?.destinationResourceArn
  expect(place?.endsWith(`:log-group:${GROUP}`)).toBe(true)
})

test('deployments and failed starts are written once each, a little late, and kept when ECS has forgotten the tasks', async () => {
  const scenario = seoulScenario({
    actionLogs: { late: 30, writes: [{ at: 1, message: 'a line', stream: 'service/other/x' }] },
    behaviour: { kind: 'text', text: 'No such thing', seconds: 5 },
    timing: { forgotten: 10 },
    backOff: { first: 1200 },
  })
  const { clients, at, tasks } = await sceneOf(scenario)
  const read = async (more: object = {}) => {
    const command = new FilterLogEventsCommand({ logGroupName: GROUP, logStreamNamePrefix: 'service/cluster', ...more })
    const { events = [], nextToken } = await clients.logs.send(command)
    return {
      events: events.map(({ message, logStreamName }) => ({ ...JSON.parse(message ?? ''), logStreamName })),
      nextToken,
    }
  }
  at(20)
  expect((await read()).events).toEqual([])
  at(200)
  expect(await tasks('STOPPED')).toEqual([])
  const { events } = await read()
  expect(events.map(({ detail }) => detail.eventName)).toEqual([
    'SERVICE_DEPLOYMENT_IN_PROGRESS',
    'SERVICE_TASK_START_IMPAIRED',
    'SERVICE_TASK_START_IMPAIRED',
  ])
  expect(events[1]).toMatchObject({
    logStreamName: STREAM,
    detail: { stopCode: 'TaskFailedToStart', statusReason: 'No such thing' },
  })
  expect(events[1].detail.serviceDeploymentArn).toBe(events[0].detail.serviceDeploymentArn)
  const [first, second] = [await read({ limit: 2 }), await read({ limit: 2, startTime: BEGAN_AT + 8_000 })]
  expect([first.events.length, first.nextToken === undefined, second.events.length]).toEqual([2, false, 2])
})
