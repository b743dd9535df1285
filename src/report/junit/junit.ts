/** The report as JUnit XML, one test case a check (failed by a finding, skipped where it could not tell, else passed) and one a step of a rollout. */
import type { FailOn } from '../../checks/engine/verdict.ts'
import { CHECKS } from '../../checks/index.ts'
import type { Check } from '../../domain/check.ts'
import type { Finding, Report } from '../../domain/report.ts'
import { type AnyReport, isOfServices, type MissingService, reportsIn } from '../../domain/services-report.ts'
import { STEP_TITLES } from '../../domain/step.ts'
import type { Language } from '../../domain/text.ts'
import { findingCard } from '../document/finding.ts'
import { plainLines } from '../document/plain-lines.ts'
import { missedBy } from '../document/unknowns.ts'
import { htmlText } from '../text/untrusted.ts'
import { WORDS } from '../text/words.ts'
import { type Case, caseOf, countsOf } from './junit-case.ts'
import { rolloutCases } from './junit-rollout.ts'

export interface JunitOptions {
  readonly language: Language
  /** A finding of another severity is told by a test case that passes, as it does not fail the run either. */
  readonly failOn: FailOn
}

const AFFECTED = 12

type Judged = Pick<Check, 'id' | 'step' | 'title'>

/** A whole document with a final newline. */
export function renderJunit(report: AnyReport, options: JunitOptions): string {
  const suites = [
    ...reportsIn(report).flatMap((one) => suitesOf(one, options)),
    ...(isOfServices(report) ? report.missing.map((one) => suiteOfMissing(one, report.mode, options)) : []),
  ]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${htmlText(report.tool.name)}" ${countsOf(suites.flatMap(({ cases }) => cases))}>`,
    ...suites.flatMap(({ name, cases }) => [
      `  <testsuite name="${htmlText(name)}" ${countsOf(cases)}>`,
      ...cases.map(({ xml }) => xml),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n')
}

interface Suite {
  readonly name: string
  readonly cases: readonly Case[]
}

function suitesOf(report: Report, options: JunitOptions): readonly Suite[] {
  const { cluster, service } = report.target
  const checks = judgedIn(report).map((one) => testcase(one, report, options))
  const rollout = rolloutCases(report, options.language)
  const suite = (name: string, cases: readonly Case[]) => ({ name: `${name} ${cluster}/${service}`, cases })
  if (rollout.length === 0) return [suite(report.mode, checks)]
  return [suite('preflight', checks), suite(report.mode, rollout)]
}

function suiteOfMissing({ service, because }: MissingService, mode: string, { language }: JunitOptions): Suite {
  const failure = { type: 'missing', message: because[language], text: because[language] }
  const words = { classname: STEP_TITLES.service[language], name: service, failure, skipped: null, told: [] }
  return { name: `${mode} ${service}`, cases: [caseOf(words)] }
}

/** Every check, and what is found beside them (of a rollout). */
function judgedIn({ findings }: Report): readonly Judged[] {
  const others = findings.filter(
    ({ check }, at) =>
      CHECKS.every(({ id }) => id !== check) && findings.findIndex((other) => other.check === check) === at,
  )
  return [...CHECKS, ...others.map(({ check, step, title }) => ({ id: check, step, title }))]
}

function testcase(one: Judged, report: Report, { language, failOn }: JunitOptions): Case {
  const own = report.findings.filter(({ check }) => check === one.id)
  // A rollout that got steady has passed, whatever preflight found.
  const failing =
    report.rollout?.phase === 'steady' ? [] : own.filter(({ severity }) => failOn.some((named) => named === severity))
  const others = own.filter((finding) => !failing.includes(finding))
  const ignored = report.ignored.filter(({ check }) => check === one.id)
  const missed = missedBy(one.id, report)
  return caseOf({
    classname: report.steps.find(({ id }) => id === one.step)?.title[language] ?? one.step,
    name: `${one.id}: ${one.title[language]}`,
    failure: failureOf(report, failing, language),
    skipped: missed.length === 0 ? null : whyMissed(missed, language),
    told: [
      ...others.map((finding) => storyOf(report, finding, language)),
      ...ignored.map(
        ({ subject, reason }) => `${WORDS.ignored[language]}: ${subject}${reason === '' ? '' : ` (${reason})`}`,
      ),
    ],
  })
}

function failureOf(report: Report, findings: readonly Finding[], language: Language) {
  const [first] = findings
  if (first === undefined) return null
  return {
    type: first.severity,
    message: `${first.title[language]}: ${findings.map(({ subject }) => subject).join(', ')}`,
    text: findings.map((finding) => storyOf(report, finding, language)).join('\n\n'),
  }
}

function storyOf(report: Report, finding: Finding, language: Language): string {
  return plainLines([findingCard(report, finding, language, { affected: AFFECTED })]).join('\n')
}

function whyMissed(missed: ReturnType<typeof missedBy>, language: Language): string {
  const reasons = missed.map(({ because, permission }) =>
    permission === null ? because[language] : `${because[language]} (${WORDS.permission[language]}: ${permission})`,
  )
  return reasons.join('; ')
}
