import { ListServiceDeploymentsCommand } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import { faultsOf } from '../../../simulator/faults.ts'
import { scenarioNamed, sceneOf } from './scene.ts'

interface End {
  /** Seconds after which nothing but back-off happens any more. */
  readonly after: number
  readonly status: string
  readonly deployments: readonly string[]
  readonly running: number
  readonly failedStarts: number
}

const done = ['PRIMARY COMPLETED']
const stalled = ['PRIMARY IN_PROGRESS', 'ACTIVE COMPLETED']

describe('every scenario ends as it is meant to', () => {
  test.each<[string, End]>([
    ['seoul', { after: 1000, status: 'SUCCESSFUL', deployments: done, running: 2, failedStarts: 2 }],
    ['clean', { after: 200, status: 'SUCCESSFUL', deployments: done, running: 2, failedStarts: 0 }],
    ['rolled-back', { after: 700, status: 'ROLLBACK_SUCCESSFUL', deployments: done, running: 2, failedStarts: 3 }],
    ['image-not-found', { after: 200, status: 'ROLLBACK_SUCCESSFUL', deployments: done, running: 2, failedStarts: 3 }],
    ['unhealthy', { after: 400, status: 'ROLLBACK_SUCCESSFUL', deployments: done, running: 2, failedStarts: 0 }],
    ['superseded', { after: 300, status: 'SUCCESSFUL', deployments: done, running: 2, failedStarts: 0 }],
    ['hopeless', { after: 1300, status: 'IN_PROGRESS', deployments: stalled, running: 2, failedStarts: 4 }],
    ['stuck', { after: 3000, status: 'IN_PROGRESS', deployments: stalled, running: 2, failedStarts: 0 }],
    ['blue-green', { after: 750, status: 'SUCCESSFUL', deployments: done, running: 2, failedStarts: 0 }],
    ['scaled-to-zero', { after: 60, status: 'SUCCESSFUL', deployments: done, running: 0, failedStarts: 0 }],
    ['ec2-denied', { after: 1000, status: 'SUCCESSFUL', deployments: done, running: 2, failedStarts: 2 }],
    [
      'early-success',
      {
        after: 200,
        status: 'SUCCESSFUL',
        deployments: ['PRIMARY COMPLETED', 'ACTIVE COMPLETED'],
        running: 4,
        failedStarts: 0,
      },
    ],
  ])('%s', async (name, end) => {
    const scene = await sceneOf(scenarioNamed(name))
    scene.at(end.after)
    const service = await scene.look()
    const stopped = await scene.tasks('STOPPED')
    expect({
      status: (await scene.newest()).status,
      deployments: service.deployments?.map((one) => `${one.status} ${one.rolloutState}`),
      running: service.runningCount,
      failedStarts: stopped.filter(({ stopCode }) => stopCode === 'TaskFailedToStart').length,
    }).toEqual({
      status: end.status,
      deployments: end.deployments,
      running: end.running,
      failedStarts: end.failedStarts,
    })
  })
})

test('the Seoul incident takes a quarter of an hour, both failures in the subnet without a way to S3', async () => {
  const scene = await sceneOf(scenarioNamed('seoul'))
  scene.at(1000)
  const { createdAt, finishedAt } = await scene.newest()
  expect((Number(finishedAt) - Number(createdAt)) / 60_000).toBeGreaterThan(14)
  expect((Number(finishedAt) - Number(createdAt)) / 60_000).toBeLessThan(17)
  const failed = (await scene.tasks('STOPPED')).filter(({ stopCode }) => stopCode === 'TaskFailedToStart')
  expect(failed.map(({ availabilityZone }) => availabilityZone)).toEqual(['ap-northeast-2c', 'ap-northeast-2c'])
  expect((await scene.tasks('RUNNING')).map(({ availabilityZone }) => availabilityZone)).toEqual([
    'ap-northeast-2a',
    'ap-northeast-2a',
  ])
})

test('a rollback keeps the old tasks and comes under a deployment of its own', async () => {
  const scene = await sceneOf(scenarioNamed('rolled-back'))
  const before = await scene.look()
  const [ours, old] = before.deployments ?? []
  const running = (await scene.tasks('RUNNING')).map(({ taskArn }) => taskArn)
  scene.at(601)
  const during = await scene.look()
  expect(
    during.deployments?.map(({ status, rolloutState, rolloutStateReason }) => [
      status,
      rolloutState,
      rolloutStateReason,
    ]),
  ).toEqual([
    ['PRIMARY', 'IN_PROGRESS', `ECS deployment circuit breaker: rolling back to deploymentId ${old?.id}.`],
    ['ACTIVE', 'FAILED', 'ECS deployment circuit breaker: tasks failed to start.'],
  ])
  expect(during.deployments?.[1]?.id).toBe(ours?.id)
  expect([ours?.id, old?.id]).not.toContain(during.deployments?.[0]?.id)
  expect(during.taskDefinition).toBe(old?.taskDefinition)
  expect((await scene.tasks('RUNNING')).map(({ taskArn }) => taskArn)).toEqual(running)
  const deployment = await scene.newest()
  expect(deployment).toMatchObject({
    status: 'ROLLBACK_IN_PROGRESS',
    statusReason: 'Service deployment rolled back because the circuit breaker threshold was exceeded.',
    deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: 3, threshold: 3 },
  })
})

test('a rollback may also come back under the id that the old deployment had', async () => {
  const scene = await sceneOf({ ...scenarioNamed('rolled-back'), rollbackKeepsId: true })
  const [ours, old] = (await scene.look()).deployments ?? []
  scene.at(601)
  expect((await scene.look()).deployments?.map(({ id }) => id)).toEqual([old?.id, ours?.id])
  scene.at(700)
  expect(await scene.newest()).toMatchObject({ status: 'ROLLBACK_SUCCESSFUL' })
})

test('a deployment that a newer one supersedes is stopped, not failed', async () => {
  const scene = await sceneOf(scenarioNamed('superseded'))
  const [ours] = (await scene.look()).deployments ?? []
  scene.at(32)
  const { deployments } = await scene.look()
  expect(deployments?.map(({ status }) => status)).toEqual(['PRIMARY', 'ACTIVE', 'ACTIVE'])
  expect(deployments?.[1]).toMatchObject({ id: ours?.id, rolloutState: 'IN_PROGRESS' })
  scene.at(300)
  const { serviceDeployments } = await scene.ecs.send(
    new ListServiceDeploymentsCommand({ cluster: scene.cluster, service: scene.service }),
  )
  expect(serviceDeployments?.slice(0, 2).map(({ status }) => status)).toEqual(['SUCCESSFUL', 'STOPPED'])
})

test('starts that go on failing wait longer and longer, up to 27 minutes', async () => {
  const scene = await sceneOf(scenarioNamed('hopeless'))
  const [ours] = (await scene.look()).deployments ?? []
  const created = new Set<number>()
  for (let seconds = 0; seconds <= 4 * 3600; seconds += 600) {
    scene.at(seconds)
    const all = [...(await scene.tasks('RUNNING')), ...(await scene.tasks('STOPPED'))]
    for (const task of all.filter(({ startedBy }) => startedBy === ours?.id)) created.add(Number(task.createdAt) / 1000)
  }
  const times = [...created].sort((one, other) => one - other)
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0))
  expect(gaps.at(-1)).toBeGreaterThan(27 * 60)
  expect(gaps.at(-1)).toBeLessThan(27 * 60 + 320)
  const events = (await scene.look()).events?.map(({ message }) => message ?? '') ?? []
  expect(events.some((text) => text.includes('is unable to consistently start tasks successfully.'))).toBe(true)
})

test('a new deployment does not wait for the back-off of the one before', async () => {
  const script = [
    { does: 'deploy' as const, at: 0, same: false },
    { does: 'deploy' as const, at: 800, same: false },
  ]
  const scene = await sceneOf({ ...scenarioNamed('hopeless'), script })
  scene.at(799)
  expect((await scene.look()).pendingCount).toBe(0)
  scene.at(812)
  expect((await scene.look()).pendingCount).toBe(2)
})

test('a blue/green deployment goes through its stages, pauses, bakes and cleans up', async () => {
  const scene = await sceneOf(scenarioNamed('blue-green'))
  const stages: (string | undefined)[] = []
  let paused = 0
  for (let seconds = 0; seconds <= 750; seconds += 5) {
    scene.at(seconds)
    const { lifecycleStage, lifecycleHookDetails, status } = await scene.newest()
    if (stages.at(-1) !== lifecycleStage) stages.push(lifecycleStage)
    if (lifecycleHookDetails?.[0]?.status === 'AWAITING_ACTION') paused += 5
    if (lifecycleStage === 'BAKE_TIME') expect(status).toBe('IN_PROGRESS')
  }
  expect(stages).toEqual([
    'RECONCILE_SERVICE',
    'PRE_SCALE_UP',
    'SCALE_UP',
    'POST_SCALE_UP',
    'TEST_TRAFFIC_SHIFT',
    'POST_TEST_TRAFFIC_SHIFT',
    'PRODUCTION_TRAFFIC_SHIFT',
    'POST_PRODUCTION_TRAFFIC_SHIFT',
    'BAKE_TIME',
    'CLEAN_UP',
    undefined,
  ])
  expect(paused).toBe(120)
})

test('the credentials end in the middle, the throttling does not', async () => {
  const expired = await sceneOf(scenarioNamed('expired'))
  await expired.look()
  expired.at(239)
  await expired.look()
  expired.at(240)
  await expect(expired.look()).rejects.toThrow('expired')
  const faults = faultsOf(scenarioNamed('throttled-45').faults)
  const spoiled = Array.from({ length: 2000 }, () => faults.meet('ecs', 'DescribeServices').spoiledBy !== null)
  expect(Math.abs(spoiled.filter((one) => one).length / spoiled.length - 0.45)).toBeLessThan(0.03)
  // As chance would have it, not in turns: five throttled calls in a row do occur.
  expect(spoiled.some((_, at) => spoiled.slice(at, at + 5).every((one) => one))).toBe(true)
  const throttled = await sceneOf(scenarioNamed('throttled-45'))
  const names = new Set<string>()
  for (let nth = 0; nth < 20; nth += 1) {
    names.add(
      await throttled.look().then(
        () => 'well',
        (error: Error) => error.name,
      ),
    )
  }
  expect(names).toEqual(new Set(['well', 'ThrottlingException']))
})
