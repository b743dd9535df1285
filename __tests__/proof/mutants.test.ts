/** Does the proof notice a wrong line? Every kind of printed line is changed in one place, again and again. */
import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Finding, Report } from '../../src/domain/report.ts'
import { type Case, fieldCases, measuredVpcs } from './cases.ts'
import { judge, nameOf, worsened } from './judge.ts'
import { mutantsOf } from './mutants.ts'
import { afterwards, linesInOrder, surroundingsOf } from './printed.ts'
import { type RealCli, startRealCli } from './real-cli/real-cli.ts'
import { requireTools } from './tools.ts'

requireTools()

/** The form of every kind of change, word for word: what no law notices of one line, these do. */
const FORMS = readdirSync('__tests__/golden/changes').map((name) =>
  readFileSync(`__tests__/golden/changes/${name}`, 'utf8'),
)

let cli: RealCli
const tried: string[] = []
const unnoticed: string[] = []

beforeAll(async () => {
  cli = startRealCli()
  const seen = new Set<string>()
  for (const one of [...measuredVpcs, ...fieldCases]) {
    const report = await judge(one, one.folder)
    for (const finding of report.findings) if (finding.remedy.verified) await mutate(one, report, finding, seen)
  }
}, 900_000)

afterAll(async () => {
  process.stderr.write(
    `${tried.length} mutants of printed lines; pinned by a golden form alone: ${unnoticed.length === 0 ? 'none' : `\n  ${unnoticed.join('\n  ')}`}\n`,
  )
  await cli.stop()
})

/** Each kind of change once: `seen` holds those that other reports had. */
async function mutate(one: Case, report: Report, finding: Finding, seen: Set<string>): Promise<void> {
  const lines = linesInOrder(finding, report)
  const surroundings = surroundingsOf(one.folder, lines.join('\n'))
  const { calls } = await cli.script(lines.join('\n'), surroundings)
  const argvs = calls.map(({ argv }) => argv).filter(([, operation]) => !operation?.startsWith('describe'))
  for (const [at, argv] of argvs.entries()) {
    for (const mutant of mutantsOf(argv, one.folder)) {
      if (seen.has(mutant.name)) continue
      seen.add(mutant.name)
      tried.push(mutant.name)
      const changed = argvs.map((line, index) => (index === at ? mutant.line : line))
      const made = await cli.lines(changed, surroundings)
      const { folder, trouble } = afterwards(one.folder, { calls: made, code: 0, stderr: '' })
      if (trouble.length > 0) continue
      if (!breaksLaw(finding, report, await judge(one, folder))) unnoticed.push(mutant.name)
    }
  }
}

/** The finding stays, a path is worse, tasks get to subnets that were not chosen, or what the lines made has a fault of its own. */
function breaksLaw(finding: Finding, before: Report, after: Report): boolean {
  const known = new Set(before.findings.map(nameOf))
  const subnets = new Set(before.paths.map(({ from }) => from.subnetId))
  const fresh = after.findings.filter((other) => !known.has(nameOf(other)))
  return (
    after.findings.some((other) => nameOf(other) === nameOf(finding)) ||
    worsened(before, after).length > 0 ||
    after.paths.some(({ from }) => !subnets.has(from.subnetId)) ||
    fresh.some(({ subject, step }) => subject.includes('-0new') || step === finding.step)
  )
}

/** `ec2 create-route: without --route-table-id`: does a golden file hold that flag of that command? */
function isPinned(name: string): boolean {
  const [command = '', change = ''] = name.split(': ')
  const flag = change.split(' ').find((word) => word.startsWith('--')) ?? ''
  return FORMS.some((form) => form.includes(`aws ${command} `) && form.includes(`${flag} `))
}

describe('a printed line that is changed in one place', () => {
  test('there are enough of them', () => {
    expect(tried.length).toBeGreaterThan(100)
  })

  test('breaks a law, or the golden form of its kind', () => {
    expect(unnoticed.filter((name) => !isPinned(name))).toEqual([])
  })

  test('breaks a law nearly always', () => {
    expect(unnoticed.length / tried.length).toBeLessThan(0.15)
  })
})
