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
  ['ranges', 30_000],
  // Of each more than a call takes arguments.
  ['permissions', 150_000],
  ['groups', 150_000],
  ['subnets', 200],
  ['tables', 200],
  ['endpoints', 2_000],
  ['tasks', 1_000],
  ['statements', 900],
])('%s, %d of them, change nothing about a healthy service', async (name, count) => {
  const { verdict, findings, unknowns } = await judged(name, count)
  expect([findings.map(({ check }) => check), unknowns.map(({ because }) => because.en), verdict]).toEqual([
    [],
    [],
    'pass',
  ])
})

test.each<readonly [Name, number, RegExp]>([
  ['containers', 10, /it is larger than AWS permits: containerDefinitions 11 > 10$/],
  ['images', 5_000, /it is larger than AWS permits: containerDefinitions 5001 > 10$/],
  ['containerName', 131_072, /it is larger than AWS permits: \d{6} B > 65536 B$/],
  ['secrets', 10_000, /it is larger than AWS permits: \d{6} B > 65536 B$/],
  ['aclEntries', 2_000, /has 1002 outbound rules, and AWS permits 80, 40 of each family$/],
  ['routes', 20_000, /leads to 20014 IPv4 blocks, and AWS permits 1,000 routes of a family and 100 propagated ones/],
  ['prefixes', 20_000, /leads to 20014 IPv4 blocks, and AWS permits 1,000 routes of a family and 100 propagated ones/],
  ['statements', 20_000, /The endpoint policy is longer than any that AWS saves \(\d{7} > 262144\)/],
  ['statements', 2_000, /The endpoint policy is longer than any that AWS saves \(Statement 2000 > 1000\)/],
  ['pattern', 1_000_000, /The endpoint policy is longer than any that AWS saves \(\d{7} > 262144\)/],
])('%s, %d of them, are not known', async (name, count, said) => {
  const { verdict, findings, unknowns } = await judged(name, count)
  expect(unknowns.map(({ because }) => because.en).filter((because) => said.test(because))).not.toEqual([])
  expect([findings.filter(({ severity }) => severity === 'blocker').map(({ check }) => check), verdict]).toEqual([
    [],
    'unknown',
  ])
})

test.each<readonly [Name, number]>([
  ['containers', 9],
  ['containerName', 100_000],
])('%s, %d of them, are within what AWS permits', async (name, count) => {
  const { taskDefinition } = (await gathered(name, count)).facts
  expect(taskDefinition.known).toBe(true)
})

describe('a judgement takes time as', () => {
  test.each<readonly [Name, number]>([
    ['subnets', 150],
    // Each of them is a finding, whose remedy is proved by judging everything again.
    ['brokenTables', 150],
    ['secrets', 100],
  ])('%s grow', async (name, few) => {
    const worlds = new Map([
      [few, await gathered(name, few)],
      [4 * few, await gathered(name, 4 * few)],
    ])
    const work = (count: number) => {
      const world = worlds.get(count)
      if (world === undefined) throw new Error('not gathered')
      judgeGathered(world, REQUEST, TOOL)
    }
    expect(growth(work, few)).toBeLessThan(10)
  })
})

describe('a remedy is proved', () => {
  const verified = ({ findings }: Report) => findings.map(({ remedy }) => remedy.verified)

  test('for each finding of an ordinary report', async () => {
    const report = await judged('brokenTables', 20)
    expect(report.findings.filter(({ check }) => check === 's3-route-missing')).toHaveLength(20)
    expect(verified(report).slice(0, 20)).toEqual(Array(20).fill(true))
  })

  test('for the first two hundred where there are more, and is else not called verified', async () => {
    const report = await judged('secrets', 300)
    expect(report.findings.length).toBeGreaterThan(300)
    const proved = verified(report)
    expect(proved.slice(100, 200)).toEqual(Array(100).fill(true))
    expect(proved.slice(200)).toEqual(Array(report.findings.length - 200).fill(false))
  })
})
