/** Laws of every report, over services of public reports, recorded VPCs and the samples: its parts do not contradict each other. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { openFolder } from '../../src/aws/reader/folder.ts'
import { preflight } from '../../src/commands/preflight/preflight.ts'
import { toolIn } from '../../src/commands/tool.ts'
import type { Report, Severity } from '../../src/domain/report.ts'
import { LANGUAGES } from '../../src/domain/text.ts'
import { BRIEF } from '../../src/report/document/blocks.ts'
import { documentOf } from '../../src/report/document/document.ts'
import { headOf } from '../../src/report/document/head.ts'
import { renderHtml } from '../../src/report/html/html.ts'
import { renderMarkdown } from '../../src/report/markdown/markdown.ts'
import { outputsOf } from '../../src/report/outputs.ts'
import { fixture } from '../aws/scratch.ts'
import { FIELD, fromFolder, STATES } from '../checks/field.ts'
import { DEPLOYS } from './deploy-samples.ts'
import { diagramsIn } from './diagrams.ts'
import { JUDGED } from './judged-samples.ts'
import { complaintOf } from './mermaid-parser.ts'
import { ROLLOUTS } from './rollout-samples.ts'
import { SAMPLES, SIXTY } from './samples.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const TOOL = toolIn({})

/** What is wrong in a report taken by itself; empty where nothing is. */
async function contradictionsOf(report: Report): Promise<readonly string[]> {
  return [
    ...tickedWrongly(report),
    ...countedWrongly(report),
    ...(report.forecast !== null && everyStartFails(report) ? ['foretells a rollout in which every start fails'] : []),
    ...sortedWrongly(report),
    ...missingPages(report),
    ...(await unreadableDiagrams(report)),
  ]
}

/** A tick is neither beside a finding nor where something that decides was not read. Advice is no bad news. */
function tickedWrongly({ steps, findings, ignored, unknowns }: Report): readonly string[] {
  return steps
    .filter(({ state }) => state === 'ok')
    .flatMap(({ id }) => [
      ...findings
        .filter(({ step, severity }) => step === id && severity !== 'advice')
        .map(({ check }) => `${id} is ok, with ${check}`),
      ...ignored.filter(({ step }) => step === id).map(({ check }) => `${id} is ok, with ${check} ignored`),
      ...unknowns
        .filter(({ matters, step, beyond = [] }) => matters && (step === id || beyond.includes(id)))
        .map(({ check }) => `${id} is ok, and ${check} is unknown`),
    ])
}

/** What the head counts is what the sections list. */
function countedWrongly(report: Report): readonly string[] {
  const { sections } = documentOf(report, 'en', BRIEF)
  const listed = (name: string) =>
    Number(sections.map(({ title }) => RegExp(`^${name} \\((\\d+)\\)$`).exec(title)?.[1]).find(Boolean) ?? 0)
  const counts = headOf(report).counts.en
  const counted = (word: string) => Number(RegExp(`(\\d+) ${word}`).exec(counts)?.[1] ?? 0)
  const of = (severity: Severity) => report.findings.filter((one) => one.severity === severity).length
  const pairs = [
    ['unknowns', counted('unknown'), listed('Could not tell')],
    ['ignored', counted('ignored'), listed('Ignored')],
    ['findings', counted('blocker') + counted('warning') + counted('advice'), listed('Findings')],
    ['blockers', counted('blocker'), of('blocker')],
  ] as const
  return pairs.flatMap(([what, head, section]) =>
    head === section ? [] : [`${what}: ${head} in the head, ${section} listed`],
  )
}

function everyStartFails({ paths, findings, ignored }: Report): boolean {
  const needed = paths.filter(({ required }) => required)
  const subnets = new Set(needed.map(({ from }) => from.subnetId))
  const blocked = new Set(needed.filter(({ outcome }) => outcome === 'blocked').map(({ from }) => from.subnetId))
  const isEverywhere = [...findings, ...ignored].some(
    ({ severity, affects }) => severity === 'blocker' && affects.length === 0,
  )
  return isEverywhere || (subnets.size > 0 && blocked.size === subnets.size)
}

const RANK: readonly Severity[] = ['blocker', 'warning', 'advice']

function sortedWrongly(report: Report): readonly string[] {
  const output = JSON.parse(outputsOf(report, 'en')['findings'] ?? '[]') as readonly { readonly severity: Severity }[]
  const ranks = output.map(({ severity }) => RANK.indexOf(severity))
  return ranks.every((rank, at) => at === 0 || rank >= (ranks[at - 1] ?? 0))
    ? []
    : ['the output names a milder finding first']
}

/** Every address of a page of ours leads to a file of this repository. */
function missingPages(report: Report): readonly string[] {
  const found = LANGUAGES.flatMap((language) => [
    ...renderHtml(report, language).matchAll(/href="(https:[^"]+)"/g),
    ...renderMarkdown(report, { language }).matchAll(/\]\((https:[^)]+)\)/g),
  ])
  const pages = [...new Set(found.map(([, address = '']) => address.replace(`${TOOL.pages}/`, '')))]
  const named = report.findings.length === 0 || pages.length > 0 ? [] : ['no finding leads to its page']
  return [...named, ...pages.filter((page) => !existsSync(join(ROOT, page))).map((page) => `${page} is no page`)]
}

/** In one language by turns: what makes a diagram unreadable are names, and parsing is what takes the time. */
async function unreadableDiagrams(report: Report): Promise<readonly string[]> {
  const language = LANGUAGES[report.findings.length % LANGUAGES.length] ?? 'en'
  const complaints = await Promise.all(diagramsIn(renderMarkdown(report, { language })).map(complaintOf))
  return complaints.filter((complaint) => complaint !== null)
}

test.each(FIELD.map((one) => [one.id, one] as const))('%s', async (_, one) => {
  for (const state of STATES) {
    const report = { ...(await fromFolder(one, state)), tool: TOOL }
    expect({ state, wrong: await contradictionsOf(report) }).toEqual({ state, wrong: [] })
  }
})

test.each(
  readdirSync(fixture('vpc'), { withFileTypes: true })
    .filter((one) => one.isDirectory())
    .map(({ name }) => name),
)('VPC %s', async (name) => {
  const reader = await openFolder(fixture(`vpc/${name}`))
  expect(await contradictionsOf(await preflight({ failOn: ['blocker'], ignore: [] }, { reader, tool: TOOL }))).toEqual(
    [],
  )
})

test.each(Object.entries({ ...JUDGED, ...ROLLOUTS, ...DEPLOYS }))('%s', async (_, report) => {
  expect(await contradictionsOf(report)).toEqual([])
})

describe('the laws find', () => {
  const seoul = SAMPLES['seoul'] as Report

  test.each<[string, Report]>([
    ['a tick beside a finding', { ...seoul, steps: seoul.steps.map((one) => ({ ...one, state: 'ok' })) }],
    ['findings in another order', { ...seoul, findings: seoul.findings.toReversed() }],
    [
      'a forecast where nothing starts',
      { ...seoul, paths: seoul.paths.map((path) => ({ ...path, outcome: 'blocked' })) },
    ],
    ['a page that is none', { ...seoul, tool: { ...TOOL, pages: 'https://example.com/x' } }],
  ])('%s', async (_, report) => {
    expect(await contradictionsOf(report)).not.toEqual([])
  })

  test('nothing in sixty findings', async () => {
    expect(await contradictionsOf({ ...SIXTY, forecast: null })).toEqual([])
  })
})
