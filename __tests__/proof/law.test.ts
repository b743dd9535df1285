/** What is proved is what is printed: the lines of a report, run by a shell and the real AWS CLI, on an AWS that shares nothing with them. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Finding, Report } from '../../src/domain/report.ts'
import { type Case, fieldCases, measuredVpcs } from './cases.ts'
import { isOfNetwork, judge, nameOf, worsened } from './judge.ts'
import { fixAll, linesInOrder, linesOf, paste } from './printed.ts'
import { type RealCli, startRealCli } from './real-cli/real-cli.ts'
import { requireTools } from './tools.ts'

/** Findings that no line of a shell can end, and that say what does. */
const NEEDS_SOMETHING_ELSE = {
  'mount-targets-in-other-vpc': 'a private hosted zone, or another file system',
  'key-policy-denies': 'the owner of the key, who says which Deny may go',
  'capacity-provider-not-active': 'time, or another provider',
  'image-platform-mismatch': 'a build',
  'image-archived': 'time, where it is being restored already',
  'platform-family-changed': 'a second service',
  'running-digest-gone': 'a deployment, which a folder cannot play',
  'service-spans-good-and-bad-subnets': 'on EC2 a placement constraint, which is not judged',
  'tasks-without-place': 'an instance, its agent, or another constraint',
} as const

/** What became of a finding. */
interface Pasted {
  /** Lines that the CLI or AWS refused. */
  readonly trouble: readonly string[]
  readonly gone: boolean
  readonly worse: readonly string[]
}

/** Its lines alone. */
interface Outcome extends Pasted {
  readonly name: string
  readonly finding: Finding
  /** The same after the findings whose lines its own come after. */
  readonly inOrder: Pasted
}

/** The lines of all blockers, pasted until there is none, at most twice. */
interface FixedAll {
  readonly name: string
  /** Null where blockers are left after two. */
  readonly rounds: number | null
  readonly trouble: readonly string[]
  readonly worse: readonly string[]
  readonly left: readonly Finding[]
}

requireTools()

let cli: RealCli
const outcomes: Outcome[] = []
const blocked: FixedAll[] = []

beforeAll(async () => {
  cli = startRealCli()
  for (const one of [...measuredVpcs, ...fieldCases]) {
    const report = await judge(one, one.folder)
    for (const finding of report.findings)
      if (linesOf(finding).length > 0) outcomes.push(await alone(one, report, finding))
    if (blockersOf(report).length > 0) blocked.push(await together(one, report))
  }
}, 600_000)

afterAll(async () => {
  process.stderr.write(`${figures().join('\n')}\n`)
  await cli.stop()
})

function figures(): readonly string[] {
  const verified = outcomes.filter(({ finding }) => finding.remedy.verified)
  const vpcs = blocked.filter(isVpc)
  const count = (holds: (one: Outcome) => boolean) => outcomes.filter(holds).length
  return [
    `${outcomes.length} fixes: ${count(({ gone }) => gone)} remove their finding, ${count(({ worse }) => worse.length > 0)} leave a path worse`,
    `${verified.length} called verified: ${verified.filter((one) => !mends(one)).length} wrongly; ${count((one) => mends(one) && !one.finding.remedy.verified)} mend and are not called so`,
    `fix all: of ${vpcs.length} blocked VPCs ${wholeBy(1, vpcs)} whole by one round, ${wholeBy(2, vpcs)} by two; of ${blocked.length} blocked services ${wholeBy(1, blocked)} and ${wholeBy(2, blocked)}`,
  ]
}

async function alone(one: Case, report: Report, finding: Finding): Promise<Outcome> {
  const own = await pasted(one, report, finding, linesOf(finding))
  const inOrder = linesInOrder(finding, report)
  const ordered = inOrder.length === linesOf(finding).length ? own : await pasted(one, report, finding, inOrder)
  return { name: `${one.name} ${nameOf(finding)}`, finding, ...own, inOrder: ordered }
}

async function pasted(one: Case, report: Report, finding: Finding, lines: readonly string[]): Promise<Pasted> {
  const { folder, trouble } = await paste(cli, lines, one.folder)
  const after = await judge(deploying(one, lines), folder)
  const gone = after.findings.every((other) => nameOf(other) !== nameOf(finding))
  return { trouble, gone, worse: worsened(report, after) }
}

/** What was to be deployed is another revision, once a line has deployed one. */
function deploying(one: Case, lines: readonly string[]): Case {
  return lines.some((line) => /--task-definition(-arn)? "\$REVISION"/.test(line))
    ? { ...one, taskDefinition: null }
    : one
}

const MOST_ROUNDS = 2

async function together(one: Case, first: Report): Promise<FixedAll> {
  let [folder, report, rounds] = [one.folder, first, 0]
  const trouble: string[] = []
  const worse: string[] = []
  while (blockersOf(report).length > 0 && rounds < MOST_ROUNDS) {
    const lines = fixAll(report)
    const pasted = await paste(cli, lines, folder)
    const after = await judge(deploying(one, lines), pasted.folder)
    trouble.push(...pasted.trouble)
    worse.push(...worsened(report, after))
    folder = pasted.folder
    report = after
    rounds += 1
  }
  const left = blockersOf(report)
  return { name: one.name, rounds: left.length === 0 ? rounds : null, trouble, worse, left }
}

function blockersOf({ findings }: Report): readonly Finding[] {
  return findings.filter(({ severity }) => severity === 'blocker')
}

function mends({ trouble, gone, worse }: Outcome): boolean {
  return trouble.length === 0 && gone && worse.length === 0
}

function needsSomethingElse({ check }: Finding): boolean {
  return check in NEEDS_SOMETHING_ELSE
}

function troubled(list: readonly { readonly name: string; readonly trouble: readonly string[] }[]): readonly string[] {
  return list.flatMap(({ name, trouble }) => (trouble.length === 0 ? [] : [`${name}: ${trouble[0]}`]))
}

const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name)

describe('the lines of one finding, pasted alone', () => {
  test('there are enough of them to speak of a law', () => {
    const kinds = new Set(outcomes.map(({ finding }) => finding.check))
    expect({ findings: outcomes.length > 150, kinds: kinds.size >= 20 }).toEqual({ findings: true, kinds: true })
  })

  test('what is called verified removes its finding and leaves no path worse that worked', () => {
    const wrong = outcomes.filter((one) => one.finding.remedy.verified && !mends(one))
    expect(names(wrong)).toEqual([])
  })

  test('what mends a network is called verified', () => {
    const unsaid = outcomes.filter((one) => isOfNetwork(one.finding) && mends(one) && !one.finding.remedy.verified)
    expect(names(unsaid)).toEqual([])
  })

  test('no line is refused, by the CLI or by AWS', () => {
    expect(troubled(outcomes.map(({ name, inOrder }) => ({ name, trouble: inOrder.trouble })))).toEqual([])
  })

  test('the finding is gone, verified or not', () => {
    const stays = outcomes.filter(({ inOrder, finding }) => !inOrder.gone && !needsSomethingElse(finding))
    expect(names(stays)).toEqual([])
  })

  test('no line of a blocker breaks a path that worked', () => {
    const breaking = outcomes.filter(
      ({ inOrder, finding }) => inOrder.worse.length > 0 && finding.severity === 'blocker',
    )
    expect(names(breaking)).toEqual([])
  })
})

describe('the lines of all blockers of a report, pasted in one go', () => {
  test('once makes most blocked VPCs whole', () => {
    const vpcs = blocked.filter(isVpc)
    expect(vpcs.length).toBeGreaterThanOrEqual(30)
    expect(wholeBy(1, vpcs) / vpcs.length).toBeGreaterThanOrEqual(0.9)
  })

  test('twice makes every service whole, but for what needs a build or a push', () => {
    const left = blocked.filter((one) => one.rounds === null && !one.left.every(needsSomethingElse))
    expect(names(left)).toEqual([])
  })

  test('no line is refused', () => {
    expect(troubled(blocked)).toEqual([])
  })

  test('no path that worked is worse', () => {
    expect(names(blocked.filter(({ worse }) => worse.length > 0))).toEqual([])
  })
})

function wholeBy(most: number, list: readonly FixedAll[]): number {
  return list.filter(({ rounds }) => rounds !== null && rounds <= most).length
}

function isVpc({ name }: FixedAll): boolean {
  return name.startsWith('vpc/')
}
