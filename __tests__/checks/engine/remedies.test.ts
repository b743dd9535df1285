/** Over the forty measured VPCs: what is called verified mends, and the lines of a report can be pasted from top to bottom in one go. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { gatherService } from '../../../src/aws/gather/index.ts'
import { openFolder } from '../../../src/aws/reader/folder.ts'
import { applyChanges } from '../../../src/changes/apply.ts'
import type { Applied } from '../../../src/changes/change-kind.ts'
import { isRefused } from '../../../src/changes/network-facts.ts'
import { shareChanges, together } from '../../../src/changes/shared.ts'
import { judgeGathered } from '../../../src/commands/preflight/judge-gathered.ts'
import type { Change } from '../../../src/domain/change.ts'
import { OUTCOMES } from '../../../src/domain/path.ts'
import type { Finding, Report } from '../../../src/domain/report.ts'

type Gathering = Awaited<ReturnType<typeof gatherService>>

interface Vpc {
  readonly id: number
  readonly gathering: Gathering
  readonly report: Report
}

const NETWORK = ['dns', 'endpoints', 'routes', 'security-groups', 'network-acls', 'endpoint-policies']
const MOST_ROUNDS = 2

const vpcs: Vpc[] = []

beforeAll(async () => {
  for (let id = 1; id <= 40; id++) {
    const reader = await openFolder(`__tests__/fixtures/vpc/${id}`)
    const gathering = await gatherService(reader, { cluster: 'demo', service: 'web' })
    vpcs.push({ id, gathering, report: reportOf(gathering) })
  }
})

function reportOf(gathering: Gathering): Report {
  const tool = { name: 'ecs-pull-guard', version: '0.0.0' }
  return judgeGathered(gathering, { failOn: ['blocker'], ignore: [] }, tool)
}

function applied({ facts }: Gathering, changes: readonly Change[]): Applied {
  return applyChanges({ ...facts, paths: { known: false, because: 'unasked', permission: '', detail: '' } }, changes)
}

/** The report once the changes are made; null where AWS refuses, or nobody can foresee it. */
function reportAfter(
  gathering: Gathering,
  changes: readonly Change[],
): { gathering: Gathering; report: Report } | null {
  const facts = applied(gathering, changes)
  if (facts === null || isRefused(facts)) return null
  const changed = { ...gathering, facts }
  return { gathering: changed, report: reportOf(changed) }
}

function worsened(before: Report, after: Report): readonly string[] {
  const rank = ({ outcome }: Report['paths'][number]) => OUTCOMES.indexOf(outcome)
  const place = ({ from, host }: Report['paths'][number]) => `${from.subnetId} → ${host}`
  const ranks = new Map(before.paths.map((path) => [place(path), rank(path)]))
  return after.paths.filter((path) => rank(path) < (ranks.get(place(path)) ?? 0)).map(place)
}

const blockersOf = ({ findings }: Report) => findings.filter(({ severity }) => severity === 'blocker')
const nameOf = ({ check, subject }: Finding) => `${check} ${subject}`
const changesOf = (findings: readonly Finding[]) => findings.map(({ remedy }) => remedy.changes)
const commandsOf = ({ findings }: Report) => findings.flatMap(({ remedy }) => remedy.cli)

describe('remedies of measured VPCs', () => {
  test('are verified exactly where the changes whose lines they print remove the finding and leave no path worse', () => {
    const told: string[] = []
    const proved: string[] = []
    for (const { id, gathering, report } of vpcs) {
      const shared = shareChanges(changesOf(report.findings))
      for (const [at, finding] of report.findings.entries()) {
        if (!NETWORK.includes(finding.step)) continue
        const own = (shared[at] ?? []).filter(({ first }) => first === at).map(({ change }) => change)
        const after = own.length === 0 ? null : reportAfter(gathering, own)
        const gone = after?.report.findings.every((other) => nameOf(other) !== nameOf(finding)) === true
        if (after !== null && gone && worsened(report, after.report).length === 0)
          proved.push(`${id} ${nameOf(finding)}`)
        if (finding.remedy.verified) told.push(`${id} ${nameOf(finding)}`)
      }
    }
    expect(told).toEqual(proved)
    expect(told.length).toBeGreaterThan(120)
  })

  test('name no command and no Terraform address twice in a report', () => {
    for (const { report } of vpcs) {
      const commands = commandsOf(report).filter((command) => !command.startsWith('#'))
      expect(new Set(commands).size).toBe(commands.length)
      const hcl = report.findings.map(({ remedy }) => remedy.terraform).join('\n')
      const addresses = [...hcl.matchAll(/^resource "(\w+)" "(\w+)"/gm)].map(([, type, name]) => `${type}.${name}`)
      expect(new Set(addresses).size).toBe(addresses.length)
    }
  })

  test('say the Region in every command, and are wider than a hundred columns only where one flag is', () => {
    const commands = vpcs.flatMap(({ report }) => commandsOf(report))
    const calls = commands.filter((command) => /(^|\(|while )aws /m.test(command))
    expect(calls.length).toBeGreaterThan(200)
    expect(calls.filter((command) => !command.includes('--region ap-northeast-2'))).toEqual([])
    const wide = commands.flatMap((command) => command.split('\n')).filter((line) => line.length > 100)
    expect(wide.filter((line) => line.split(' --').length > 2)).toEqual([])
  })

  test('are never refused when all of a report are pasted in one go', () => {
    const refused = vpcs.flatMap(({ id, gathering, report }) => {
      const facts = applied(gathering, together(changesOf(report.findings)))
      return facts === null || isRefused(facts) ? [{ id, facts }] : []
    })
    expect(refused).toEqual([])
  })

  test('of the blockers, pasted once, make at least nine of ten VPCs whole; twice, all; none breaks a path', () => {
    const rounds = vpcs.flatMap(({ id, gathering, report }) => {
      if (blockersOf(report).length === 0) return []
      let now: { gathering: Gathering; report: Report } = { gathering, report }
      let round = 0
      while (blockersOf(now.report).length > 0 && round < MOST_ROUNDS) {
        const after = reportAfter(now.gathering, together(changesOf(blockersOf(now.report))))
        if (after === null) return [{ id, round: Number.POSITIVE_INFINITY, worse: [] }]
        now = after
        round += 1
      }
      const whole = blockersOf(now.report).length === 0
      return [{ id, round: whole ? round : Number.POSITIVE_INFINITY, worse: worsened(report, now.report) }]
    })
    expect(rounds.length).toBeGreaterThan(30)
    expect(rounds.filter(({ round }) => round > MOST_ROUNDS)).toEqual([])
    expect(rounds.filter(({ round }) => round === 1).length).toBeGreaterThanOrEqual(0.9 * rounds.length)
    expect(rounds.filter(({ worse }) => worse.length > 0)).toEqual([])
  })
})
