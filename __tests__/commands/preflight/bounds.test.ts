/** Folders with far more of one thing than AWS permits: judged rightly, or not known with AWS's limit named; never a hang. */
import { describe, expect, test } from '@jest/globals'
import { LARGE_WORLDS } from '../../../scripts/bench/large-worlds.ts'
import { gatherService } from '../../../src/aws/gather/index.ts'
import { openFolder } from '../../../src/aws/reader/folder.ts'
import { judgeGathered } from '../../../src/commands/preflight/judge-gathered.ts'
import type { Report } from '../../../src/domain/report.ts'
import { scratch } from '../../aws/scratch.ts'
import { growth } from '../../growth.ts'

type Name = keyof typeof LARGE_WORLDS
const TOOL = { name: 'ecs-pull-guard', version: '0.0.0' }
const REQUEST = { failOn: ['blocker'], ignore: [] } as const

async function gathered(name: Name, count: number) {
  return gatherService(await openFolder(scratch(LARGE_WORLDS[name](count))), {})
}

async function judged(name: Name, count: number): Promise<Report> {
  return judgeGathered(await gathered(name, count), REQUEST, TOOL)
}

test.each<readonly [Name, number]>([
  ['ranges', 1_999],
  ['permissions', 1_998],
  ['groups', 60_000],
  ['subnets', 14],
  ['tables', 14],
  ['endpoints', 2_000],
  ['tasks', 1_000],
  ['statements', 900],
  ['containers', 9],
  ['containerName', 255],
  ['serviceName', 255],
  // Only shown.
  ['subnetName', 1_000_000],
])('%s, %d of them, change nothing about a healthy service', async (name, count) => {
  const { verdict, findings, unknowns } = await judged(name, count)
  expect([findings.map(({ check }) => check), unknowns.map(({ because }) => because.en), verdict]).toEqual([
    [],
    [],
    'pass',
  ])
})

test.each<readonly [Name, number, RegExp]>([
  ['ranges', 400_000, /has 400001 inbound rules, and AWS permits 2000, 1000 of each family$/],
  ['permissions', 100_000, /has 10000\d inbound rules, and AWS permits 2000, 1000 of each family$/],
  ['subnets', 5_000, /it is larger than AWS permits: subnets 5002 > 16$/],
  ['tables', 15, /it is larger than AWS permits: subnets 17 > 16$/],
  ['serviceName', 1_000_000, /it is larger than AWS permits: serviceName 1000000 > 255$/],
  ['containers', 10, /it is larger than AWS permits: containerDefinitions 11 > 10$/],
  ['images', 5_000, /it is larger than AWS permits: containerDefinitions 5001 > 10$/],
  ['containerName', 1_000_000, /it is larger than AWS permits: containerDefinitions.name 1000000 > 255$/],
  ['secrets', 10_000, /it is larger than AWS permits: \d{6} B > 65536 B$/],
  ['aclEntries', 80_000, /has 40002 outbound rules, and AWS permits 80, 40 of each family$/],
  ['routes', 80_000, /leads to 80014 IPv4 blocks, and AWS permits 1,000 routes of a family and 100 propagated ones/],
  [
    'prefixes',
    200_000,
    /leads to 200014 IPv4 blocks, and AWS permits 1,000 routes of a family and 100 propagated ones/,
  ],
  ['statements', 20_000, /The endpoint policy is longer than any that AWS saves \(\d{7} > 262144\)/],
  ['statements', 2_000, /The endpoint policy is longer than any that AWS saves \(Statement 2000 > 1000\)/],
  // 500,000 stars, and as many as fit into a policy that AWS might save.
  ['pattern', 1_000_000, /The endpoint policy is longer than any that AWS saves \(\d{7} > 262144\)/],
  ['pattern', 200_000, /A statement has elements that the policy grammar does not explain/],
  ['roleStatements', 20_000, /A policy is longer than any that AWS saves/],
])('%s, %d of them, are not known', async (name, count, said) => {
  const { verdict, findings, unknowns } = await judged(name, count)
  expect(unknowns.map(({ because }) => because.en).filter((because) => said.test(because))).not.toEqual([])
  expect([findings.filter(({ severity }) => severity === 'blocker').map(({ check }) => check), verdict]).toEqual([
    [],
    'unknown',
  ])
})

test('ranges, 1,000,000 of them, are more than a snapshot may hold', async () => {
  await expect(gathered('ranges', 1_000_000)).rejects.toMatchObject({
    text: { en: expect.stringMatching(/larger than 16 MiB, which no answer of AWS about one service is/) },
  })
})

test('a judgement takes time as secrets grow', async () => {
  const worlds = new Map([
    [100, await gathered('secrets', 100)],
    [400, await gathered('secrets', 400)],
  ])
  const work = (count: number) => {
    const world = worlds.get(count)
    if (world === undefined) throw new Error('not gathered')
    judgeGathered(world, REQUEST, TOOL)
  }
  expect(growth(work, 100)).toBeLessThan(10)
})

describe('a remedy is proved', () => {
  const verified = ({ findings }: Report) => findings.map(({ remedy }) => remedy.verified)

  test('for each finding of an ordinary report', async () => {
    const report = await judged('brokenTables', 12)
    expect(report.findings.filter(({ check }) => check === 's3-route-missing')).toHaveLength(12)
    expect(verified(report).slice(0, 12)).toEqual(Array(12).fill(true))
  })

  test('for the first two hundred where there are more, and is else not called verified', async () => {
    const report = await judged('secrets', 300)
    expect(report.findings.length).toBeGreaterThan(300)
    const proved = verified(report)
    expect(proved.slice(100, 200)).toEqual(Array(100).fill(true))
    expect(proved.slice(200)).toEqual(Array(report.findings.length - 200).fill(false))
  })
})
