/** The report as JUnit XML, one test case a check: failed by a finding, skipped where it could not tell, else passed. */

import type { FailOn } from '../checks/conclusion.ts'
import { CHECKS } from '../checks/index.ts'
import type { Check } from '../domain/check.ts'
import type { Finding, Report } from '../domain/report.ts'
import type { Language } from '../domain/text.ts'
import { inReadingOrder } from './headline.ts'
import { missedBy } from './unjudged.ts'
import { htmlLines, htmlText } from './untrusted.ts'
import { SEVERITIES, WORDS } from './words.ts'

export interface JunitOptions {
  readonly language: Language
  /** A finding of another severity is told by a test case that passes, as it does not fail the run either. */
  readonly failOn: FailOn
}

type Case = Pick<Check, 'id' | 'step' | 'title'>
type Outcome = 'passed' | 'failed' | 'skipped'

/** A whole document with a final newline. What makes text harmless in HTML does so in XML: it uses no other entities. */
export function renderJunit(report: Report, options: JunitOptions): string {
  const cases = casesOf(report).map((one) => testcase(one, report, options))
  const count = (outcome: Outcome) => cases.filter((one) => one.outcome === outcome).length
  const counts = `tests="${cases.length}" failures="${count('failed')}" errors="0" skipped="${count('skipped')}"`
  const { cluster, service } = report.target
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${htmlText(report.tool.name)}" ${counts}>`,
    `  <testsuite name="${htmlText(`${report.mode} ${cluster}/${service}`)}" ${counts}>`,
    ...cases.map(({ xml }) => xml),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

/** Every check, and what is found beside them (of a rollout). */
function casesOf({ findings }: Report): readonly Case[] {
  const others = findings.filter(
    ({ check }, at) =>
      CHECKS.every(({ id }) => id !== check) && findings.findIndex((other) => other.check === check) === at,
  )
  return [...CHECKS, ...others.map(({ check, step, title }) => ({ id: check, step, title }))]
}

function testcase(one: Case, report: Report, { language, failOn }: JunitOptions) {
  const own = inReadingOrder(report.findings.filter(({ check }) => check === one.id))
  const failing = own.filter(({ severity }) => failOn.some((named) => named === severity))
  const others = own.filter((finding) => !failing.includes(finding))
  const ignored = report.ignored.filter(({ check }) => check === one.id)
  const missed = missedBy(one.id, report)
  const told = [
    ...others.map((finding) => storyOf(finding, language)),
    ...ignored.map(
      ({ subject, reason }) => `${WORDS.ignored[language]}: ${subject}${reason === '' ? '' : ` (${reason})`}`,
    ),
  ]
  const outcome: Outcome = failing.length > 0 ? 'failed' : missed.length > 0 ? 'skipped' : 'passed'
  const inner = [
    ...(outcome === 'failed' ? [failure(failing, language)] : []),
    ...(outcome === 'skipped' ? [`      <skipped message="${htmlText(whyMissed(missed, language))}"/>`] : []),
    ...(told.length === 0 ? [] : [`      <system-out>${htmlLines(told.join('\n\n'))}</system-out>`]),
  ]
  const name = `${one.id}: ${one.title[language]}`
  const step = report.steps.find(({ id }) => id === one.step)?.title[language] ?? one.step
  const attributes = `classname="${htmlText(step)}" name="${htmlText(name)}"`
  const xml =
    inner.length === 0
      ? `    <testcase ${attributes}/>`
      : [`    <testcase ${attributes}>`, ...inner, '    </testcase>'].join('\n')
  return { outcome, xml }
}

/** One a test case, as readers of the format expect: the first names it, the text holds all. */
function failure(findings: readonly Finding[], language: Language): string {
  const [first] = findings
  const message =
    first === undefined ? '' : `${first.title[language]}: ${findings.map(({ subject }) => subject).join(', ')}`
  const stories = findings.map((finding) => storyOf(finding, language)).join('\n\n')
  return `      <failure type="${first?.severity}" message="${htmlText(message)}">${htmlLines(stories)}</failure>`
}

function storyOf(finding: Finding, language: Language): string {
  const { severity, title, what, why, evidence, remedy, subject } = finding
  return [
    `${SEVERITIES[severity][language]}: ${title[language]} (${subject})`,
    what[language],
    `${WORDS.why[language]}: ${why[language]}`,
    ...section(
      WORDS.evidence[language],
      evidence.map((text) => `- ${text[language]}`),
    ),
    ...section(
      WORDS.console[language],
      remedy.console.map((text, at) => `${at + 1}. ${text[language]}`),
    ),
    ...section(WORDS.cli[language], remedy.cli),
  ].join('\n')
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines]
}

function whyMissed(missed: ReturnType<typeof missedBy>, language: Language): string {
  const reasons = missed.map(({ because, permission }) =>
    permission === null ? because[language] : `${because[language]} (${WORDS.permission[language]}: ${permission})`,
  )
  return [...new Set(reasons)].join('; ')
}
