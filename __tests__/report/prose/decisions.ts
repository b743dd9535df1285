/** Prints what is decided, without what is said: of every sample report, and of preflights over the Seoul folder with facts missing. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeSeoul } from '../../../simulator/seoul/files.ts'
import { openFolder } from '../../../src/aws/reader/folder.ts'
import { preflight } from '../../../src/commands/preflight/preflight.ts'
import { exitCodeOfWatch } from '../../../src/commands/watch/conclusion.ts'
import type { Report } from '../../../src/domain/report.ts'
import { compare, memoryLine } from '../../../src/report/comment/memory.ts'
import { groupFailures } from '../../../src/report/document/failure-groups.ts'
import { groupUnknowns } from '../../../src/report/document/unknowns.ts'
import { reportJson } from '../../../src/report/json/json.ts'
import { renderJunit } from '../../../src/report/junit/junit.ts'
import { outputsOf } from '../../../src/report/outputs.ts'
import { ROLLOUTS } from '../rollout-samples.ts'
import { SAMPLES, SIXTY } from '../samples.ts'

/** Sentences, by their names in the JSON (contract, sections 4 and 6). */
const PROSE = new Set([
  ...[
    'headline',
    'title',
    'what',
    'why',
    'evidence',
    'because',
    'neededBy',
    'console',
    'basis',
    'notes',
    'setting',
    'alsoTouches',
    'restsOn',
  ],
  ...['missing', 'remedyTexts'],
])

function decided(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/^\s*#.*$/gm, '')
  if (Array.isArray(value)) return value.map(decided)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([name, inner]) => !PROSE.has(name) && !isTexts(name, inner))
  return Object.fromEntries(kept.map(([name, inner]) => [name, decided(inner)]))
}

/** Of a failure, `remedy` is a list of sentences; of a finding, a record. */
function isTexts(name: string, value: unknown): boolean {
  return name === 'remedy' && Array.isArray(value)
}

function decisionsOf(report: Report) {
  const { verdict, 'failing-step': step, fix } = outputsOf(report, 'en')
  const junit = renderJunit(report, { language: 'en', failOn: ['blocker'] })
  const groups = groupFailures(report.rollout?.failures ?? [], report.findings)
  return decided({
    report: reportJson(report, 'en'),
    outputs: [verdict, step, fix],
    exitCode: report.rollout === undefined ? Number(report.enforced) : exitCodeOfWatch(report),
    cases: junit
      .match(/<(?:testcase classname="[^"]*" name="[^":]*|failure type="[^"]*|skipped)/g)
      ?.map((tag) => tag.replace(/classname="[^"]*"/, '')),
    groups: groups.map(({ taskIds, places, finding, suspect }) => [taskIds, places, finding?.check, suspect?.check]),
    unknowns: groupUnknowns(report.unknowns).map(({ permission, checks, matters }) => [permission, checks, matters]),
    memory: memoryLine(compare({ open: [{ check: 'endpoint-policy-denies', subject: 'x' }], fixed: [] }, report)),
  })
}

/** What each preflight lacks. */
const MISSING = {
  nothing: [],
  subnets: ['ec2/describe-subnets.json'],
  routes: ['ec2/describe-route-tables.json'],
  groups: ['ec2/describe-security-groups.json'],
  network: ['ec2'],
  role: ['iam'],
  images: ['ecr'],
  logs: ['logs'],
  revision: ['ecs/describe-task-definition'],
} as const

/** Below a folder that whoever runs this takes away. */
async function preflightWithout(name: string, missing: readonly string[]): Promise<Report> {
  const folder = join(process.argv[2] ?? '', name)
  await writeSeoul(folder)
  for (const part of missing) await rm(join(folder, part), { recursive: true })
  const tool = { name: 'ecs-pull-guard', version: '0.0.0' }
  return preflight({ failOn: ['blocker'], ignore: [] }, { reader: await openFolder(folder), tool })
}

const reports: [string, Report][] = [...Object.entries({ ...SAMPLES, SIXTY, ...ROLLOUTS })]
for (const [name, missing] of Object.entries(MISSING)) reports.push([name, await preflightWithout(name, missing)])
const decisions = Object.fromEntries(reports.map(([name, report]) => [name, decisionsOf(report)]))
const headlines = reports.map(([, report]) => outputsOf(report, 'en')['headline'])
process.stdout.write(JSON.stringify({ decisions, headlines }))
