/** The metrics of a rollout in its log group: once, whatever becomes of a request, and never a failure of the run. */
import { CloudWatchLogsClient, CreateLogGroupCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { expect, test } from '@jest/globals'
import type { Fault } from '../../../simulator/fault.ts'
import { seoulFiles } from '../../../simulator/seoul/files.ts'
import { openLive } from '../../../src/aws/reader/live.ts'
import { writeMetrics } from '../../../src/aws/rollout/metrics.ts'
import { openWriter } from '../../../src/aws/writer/writer.ts'
import type { Report } from '../../../src/domain/report.ts'
import type { RolloutPhase } from '../../../src/domain/rollout.ts'
import { clockFrom } from '../../commands/watch-request.ts'
import { ROLLOUTS } from '../../report/rollout-samples.ts'
import { startMoto } from '../../second-aws/moto-server.ts'
import { scenarioNamed } from '../../simulator/rollout/scene.ts'
import { simulate } from '../simulated.ts'

const REGION = 'ap-northeast-2'
const GROUP = '/ecs/metrics'
const NOW = Date.parse('2026-11-21T04:00:00Z')

function reportOf(phase: RolloutPhase = 'steady'): Report {
  const report = ROLLOUTS['rollout-steady-after-failures']
  if (report?.rollout === undefined) throw new Error('a sample has a rollout')
  return { ...report, rollout: { ...report.rollout, phase } }
}

function streamNamed({ target, rollout }: Report): string {
  return `${target.cluster}/${target.service}/${rollout?.deploymentId}`
}

async function aws(faults: readonly Fault[] = []) {
  const files = { ...seoulFiles(), 'logs/describe-log-groups.json': { logGroups: [{ logGroupName: GROUP }] } }
  const clock = clockFrom(NOW)
  const simulator = await simulate({ files, scenario: scenarioNamed('clean'), clock, faults })
  const place = { region: REGION, endpoint: simulator.url }
  const limits = { callMs: 1_000, runMs: Number.POSITIVE_INFINITY }
  const deps = {
    writer: openWriter({ ...place, clock, random: () => 0, limits }),
    reader: openLive({ ...place, maxAttempts: 1, limits }),
    clock,
  }
  const sent = (operation: string) => simulator.requests().filter((one) => one.operation === operation).length
  const streams = () => simulator.rollout?.state().logStreams ?? []
  return { deps, sent, streams }
}

test('one batch in a stream of the deployment: the record of the service and one a subnet', async () => {
  const { deps, streams, sent } = await aws()
  const report = reportOf()
  expect(await writeMetrics(report, GROUP, deps)).toBeNull()
  const [stream, ...others] = streams()
  expect(others).toEqual([])
  expect(stream).toMatchObject({
    group: GROUP,
    stream: streamNamed(report),
  })
  expect(stream?.events).toHaveLength(1 + (report.rollout?.bySubnet.length ?? 0))
  expect(stream?.events.every(({ timestamp }) => timestamp === NOW)).toBe(true)
  expect([sent('CreateLogStream'), sent('PutLogEvents'), sent('GetLogEvents')]).toEqual([1, 1, 0])
})

test('the same rollout once more writes nothing', async () => {
  const { deps, streams, sent } = await aws()
  await writeMetrics(reportOf(), GROUP, deps)
  const before = streams()
  expect(await writeMetrics(reportOf(), GROUP, deps)).toBeNull()
  expect(streams()).toEqual(before)
  expect(sent('PutLogEvents')).toBe(1)
})

test('a stream that a killed run left empty is written to', async () => {
  const { deps, streams } = await aws([{ on: 'logs:PutLogEvents', kind: 'denied', times: 1 }])
  expect((await writeMetrics(reportOf(), GROUP, deps))?.en).toMatch(/logs:PutLogEvents/)
  expect(await writeMetrics(reportOf(), GROUP, deps)).toBeNull()
  expect(streams()[0]?.events).not.toHaveLength(0)
})

test.each(['CreateLogStream', 'PutLogEvents'])(
  '%s throttled waits; torn is looked up, and done once',
  async (operation) => {
    for (const kind of ['throttled', 'torn', 'internal', 'cut', 'garbage'] as const) {
      const { deps, streams } = await aws([{ on: `logs:${operation}`, kind, times: 2 }])
      expect([kind, await writeMetrics(reportOf(), GROUP, deps)]).toEqual([kind, null])
      expect([kind, streams().length, new Set(streams()[0]?.events.map(({ message }) => message)).size]).toEqual([
        kind,
        1,
        streams()[0]?.events.length,
      ])
    }
  },
)

test('what may have been done and cannot be looked up is not sent again', async () => {
  const { deps, sent } = await aws([
    { on: 'logs:PutLogEvents', kind: 'torn' },
    { on: 'logs:GetLogEvents', kind: 'denied' },
  ])
  expect((await writeMetrics(reportOf(), GROUP, deps))?.ko).toMatch(/지표를 로그 그룹에 쓰지 못했습니다/)
  expect(sent('PutLogEvents')).toBe(1)
})

test('a log group that is not there is one sentence with the command that makes it', async () => {
  const { deps } = await aws()
  const told = await writeMetrics(reportOf(), '/ecs/none', deps)
  expect(told?.en).toMatch(/\/ecs\/none.*aws logs create-log-group --log-group-name \/ecs\/none$/)
})

test('nothing is written of what has not ended', async () => {
  const { deps, sent } = await aws()
  for (const phase of ['rolling', 'cancelled', 'lost', 'not-started'] as const) {
    expect(await writeMetrics(reportOf(phase), GROUP, deps)).toBeNull()
  }
  const { rollout: _, ...without } = reportOf()
  expect(await writeMetrics(without, GROUP, deps)).toBeNull()
  expect(sent('CreateLogStream')).toBe(0)
})

test('an AWS that this project did not write takes it, once', async () => {
  const moto = await startMoto()
  try {
    const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' }
    const logs = new CloudWatchLogsClient({ region: REGION, endpoint: moto.url, credentials })
    await logs.send(new CreateLogGroupCommand({ logGroupName: GROUP }))
    const clock = { ...clockFrom(0), now: Date.now }
    const place = { region: REGION, endpoint: moto.url, credentials }
    const deps = { writer: openWriter({ ...place, clock, random: () => 0 }), reader: openLive(place), clock }
    const report = reportOf()
    expect(await writeMetrics(report, GROUP, deps)).toBeNull()
    expect(await writeMetrics(report, GROUP, deps)).toBeNull()
    const logStreamName = streamNamed(report)
    const { events } = await logs.send(new GetLogEventsCommand({ logGroupName: GROUP, logStreamName }))
    expect(events).toHaveLength(1 + (report.rollout?.bySubnet.length ?? 0))
    expect(JSON.parse(events?.[0]?.message ?? '')).toMatchObject({ FailedStarts: report.rollout?.tasks.failed })
  } finally {
    await moto.stop()
  }
}, 120_000)
