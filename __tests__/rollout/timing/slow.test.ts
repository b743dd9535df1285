/** Slow is slower than this service usually is, and the phase that costs is named with the setting that governs it. */
import { describe, expect, test } from '@jest/globals'
import { rolloutReport } from '../../../src/rollout/report.ts'
import {
  at,
  deployment,
  failedToStart,
  followed,
  OLD,
  poll,
  running,
  S3_TIMEOUT,
  SUBNET_C,
  service,
  serviceDeployment,
} from '../world.ts'

const past = [120, 150, 180].map((seconds, index) =>
  serviceDeployment({
    arn: `arn:past-${index}`,
    status: 'SUCCESSFUL',
    createdAt: at(-90_000 - index * 1000),
    startedAt: at(-90_000 - index * 1000),
    finishedAt: at(-90_000 - index * 1000 + seconds),
    targetRevisionArn: `x/9${index}`,
  }),
)

function ended(seconds: number, tasks: Parameters<typeof poll>[1] = {}, slowAfterSeconds: number | null = null) {
  const done = deployment({ runningCount: 2, rolloutState: 'COMPLETED', updatedAt: at(seconds) })
  const state = followed(
    [poll(seconds, { service: service({ deployments: [done] }), serviceDeployments: past, ...tasks })],
    {
      slowAfterSeconds,
    },
  )
  return rolloutReport(state)
}

test('as long as ever', () => {
  const { slow, seconds } = ended(170)
  expect(seconds).toBe(170)
  expect(slow).toMatchObject({ is: false, baselineSeconds: 150 })
})

test('only successes are history', () => {
  const failed = past.map((one) => ({
    ...one,
    arn: `${one.arn}-failed`,
    status: 'ROLLBACK_SUCCESSFUL',
    finishedAt: at(-80_000),
  }))
  expect(ended(170, { serviceDeployments: [...past, ...failed] }).slow.baselineSeconds).toBe(150)
})

test('more than twice as long', () => {
  expect(ended(412).slow).toMatchObject({ is: true, baselineSeconds: 150 })
})

test('slow-after stands in for the history', () => {
  expect(ended(412, {}, 600).slow.is).toBe(false)
  expect(ended(170, {}, 60).slow.is).toBe(true)
})

test('without a history nothing is slow', () => {
  expect(ended(4000, { serviceDeployments: [] }).slow).toMatchObject({ is: false, baselineSeconds: null })
})

describe('what costs', () => {
  test('starts that fail: their step, their seconds, their subnet', () => {
    const inC = { subnetId: SUBNET_C, availabilityZone: 'ap-northeast-2c' }
    const tasks = [
      failedToStart('t1', S3_TIMEOUT, inC),
      failedToStart('t2', S3_TIMEOUT, { ...inC, createdAt: at(215), stoppedAt: at(400) }),
      running('t3', { createdAt: at(400), pullStartedAt: at(405), pullStoppedAt: at(410), startedAt: at(412) }),
    ]
    const report = ended(420, { tasks })
    expect(report.slow).toMatchObject({ is: true, phase: 'pull' })
    expect(report.slow.because.en).toContain('6 min 35 s of it went into 2 starts that failed')
    expect(report.tasks).toEqual({ started: 3, failed: 2, successRate: 0.333 })
    expect(report.bySubnet).toContainEqual({
      subnetId: SUBNET_C,
      availabilityZone: 'ap-northeast-2c',
      started: 2,
      failed: 2,
      succeeded: 0,
    })
  })

  test('the drain of the old tasks', () => {
    const drained = running('old', {
      startedBy: OLD,
      lastStatus: 'STOPPED',
      desiredStatus: 'STOPPED',
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: `Scaling activity initiated by (deployment ${OLD})`,
      stoppingAt: at(60),
      stoppedAt: at(365),
    })
    const late = running('t1', {
      startedAt: at(280),
      pullStoppedAt: at(278),
      pullStartedAt: at(270),
      createdAt: at(260),
    })
    const { slow, phases } = ended(412, { tasks: [late, drained] })
    expect(phases).toContainEqual({ phase: 'drain', seconds: 305 })
    const own = failedToStart('t0', S3_TIMEOUT, { stoppingAt: at(100), stoppedAt: at(110) })
    expect(ended(412, { tasks: [late, drained, own] }).phases).toContainEqual({ phase: 'drain', seconds: 305 })
    expect(slow).toMatchObject({ is: true, phase: 'drain' })
    expect(slow.setting?.en).toContain('deregistration_delay.timeout_seconds')
  })

  test('the pull', () => {
    const tasks = [running('t1', { pullStartedAt: at(15), pullStoppedAt: at(395), startedAt: at(400) })]
    const { slow } = ended(412, { tasks })
    expect(slow).toMatchObject({ phase: 'pull' })
    expect(slow.setting?.en).toContain('image size')
  })

  test('a bake is somebody’s wish', () => {
    const baking = serviceDeployment({ lifecycleStage: 'BAKE_TIME', bakeMinutes: 10, strategy: 'BLUE_GREEN' })
    const state = followed([
      poll(700, { service: service({ strategy: 'BLUE_GREEN' }), serviceDeployments: [baking, ...past] }),
    ])
    expect(rolloutReport(state).slow).toMatchObject({ is: true, phase: 'bake' })
  })
})
