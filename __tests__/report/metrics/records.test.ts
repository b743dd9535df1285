/** A rollout in the embedded metric format, held to its specification. */
import { describe, expect, test } from '@jest/globals'
import type { Report } from '../../../src/domain/report.ts'
import type { RolloutReport } from '../../../src/domain/rollout.ts'
import { metricRecords } from '../../../src/report/metrics/records.ts'
import { ROLLOUTS } from '../rollout-samples.ts'

const NOW = Date.parse('2026-11-21T04:00:00Z')
const A = 'subnet-0a41c7d2e9b35f608'
const C = 'subnet-0c63e9f40bd57b82a'

function reportOf(fields: Partial<RolloutReport> = {}): Report {
  const report = ROLLOUTS['rollout-steady-after-failures']
  if (report?.rollout === undefined) throw new Error('a sample has a rollout')
  const counts = { availabilityZone: 'ap-northeast-2a', succeeded: 2 }
  const rollout: RolloutReport = {
    ...report.rollout,
    ...{ seconds: 938, endedAt: NOW, tasks: { started: 5, failed: 3, successRate: 0.4 } },
    bySubnet: [
      { subnetId: A, started: 2, failed: 0, ...counts },
      { subnetId: C, started: 3, failed: 3, ...counts },
      { subnetId: null, started: 1, failed: 0, ...counts },
    ],
    pulls: [
      { subnetId: A, seconds: 12.5 },
      { subnetId: A, seconds: 9 },
    ],
    ...fields,
  }
  return { ...report, rollout }
}

function records(fields: Partial<RolloutReport> = {}) {
  return metricRecords(reportOf(fields), NOW).map((text) => JSON.parse(text))
}

describe('the records of a rollout', () => {
  test('the service: what was measured, by its dimensions', () => {
    const [service] = records()
    const { target } = reportOf()
    expect(service).toMatchObject({
      Cluster: target.cluster,
      Service: target.service,
      Phase: 'steady',
      TaskSuccessRate: 0.4,
      FailedStarts: 3,
      PullSeconds: [12.5, 9],
      RolloutSeconds: 938,
    })
    expect(service._aws).toEqual({
      Timestamp: NOW,
      CloudWatchMetrics: [
        {
          Namespace: 'ecs-pull-guard',
          Dimensions: [['Cluster', 'Service']],
          Metrics: [
            { Name: 'TaskSuccessRate', Unit: 'None' },
            { Name: 'FailedStarts', Unit: 'Count' },
            { Name: 'PullSeconds', Unit: 'Seconds' },
            { Name: 'RolloutSeconds', Unit: 'Seconds' },
          ],
        },
      ],
    })
  })

  test('a subnet each, where it is known', () => {
    const [, ...subnets] = records()
    expect(subnets.map(({ SubnetId }) => SubnetId)).toEqual([A, C])
    expect(subnets[0]).toMatchObject({ TaskSuccessRate: 1, FailedStarts: 0, PullSeconds: [12.5, 9] })
    expect(subnets[1]).toMatchObject({ TaskSuccessRate: 0, FailedStarts: 3 })
    expect(subnets[1].PullSeconds).toBeUndefined()
    expect(subnets[1]._aws.CloudWatchMetrics[0].Dimensions).toEqual([['Cluster', 'Service', 'SubnetId']])
  })

  test('every dimension is a text of the record and every metric a number of it, or up to 100', () => {
    const pulls = Array.from({ length: 731 }, (_, at) => ({ subnetId: at % 2 === 0 ? A : C, seconds: 731 - at }))
    for (const record of records({ pulls })) {
      const [{ Dimensions, Metrics, Namespace }, ...more] = record._aws.CloudWatchMetrics
      expect(more).toEqual([])
      expect(Namespace).toMatch(/^[\w.#:/-]{1,255}$/)
      for (const name of Dimensions.flat()) expect(record[name]).toMatch(/^[!-~]{1,1024}$/)
      for (const { Name } of Metrics) {
        const values = [record[Name]].flat()
        expect(values.length).toBeLessThanOrEqual(100)
        for (const value of values) expect(Number.isFinite(value)).toBe(true)
      }
    }
  })

  test('of many pulls the least, the middle and the most are kept', () => {
    const pulls = Array.from({ length: 301 }, (_, at) => ({ subnetId: A, seconds: at }))
    const { PullSeconds } = records({ pulls })[0]
    expect([PullSeconds[0], PullSeconds.at(-1), PullSeconds.length]).toEqual([0, 300, 100])
    expect(Math.abs((PullSeconds[49] + PullSeconds[50]) / 2 - 150)).toBeLessThan(2)
  })

  test('an end that nobody saw has no duration', () => {
    const [service] = records({ endedAt: null, phase: 'timed-out' })
    expect(service.RolloutSeconds).toBeUndefined()
    expect(JSON.stringify(service._aws)).not.toMatch(/RolloutSeconds/)
  })

  test('there are none without a deployment, or without a task', () => {
    expect(records({ deploymentId: null })).toEqual([])
    expect(records({ tasks: { started: 0, failed: 0, successRate: null } })).toEqual([])
  })

  test('nothing of logs, texts of ECS or images is in them', () => {
    const { rollout } = reportOf()
    const all = JSON.stringify(records())
    for (const { text, privateIp } of rollout?.failures ?? []) {
      expect(all).not.toContain(text)
      expect(all).not.toContain(privateIp ?? text)
    }
    expect(rollout?.failures).not.toHaveLength(0)
  })
})
