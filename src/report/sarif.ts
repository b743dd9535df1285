/** The findings that sit on a file of the repository, as SARIF 2.1.0 (OASIS), for code scanning. */
import { CHECKS } from '../checks/index.ts'
import type { Check } from '../domain/check.ts'
import type { Finding, Report, Severity, Tool } from '../domain/report.ts'
import { type AnyReport, reportsIn } from '../domain/services-report.ts'
import type { Language, Text } from '../domain/text.ts'
import { addressOf } from './document/finding.ts'
import { unlookedWords } from './document/head.ts'
import type { Locate, SourceLocation } from './source-lines/locate.ts'
import { annotationText, jsonText } from './text/untrusted.ts'
import { clip } from './text/width.ts'
import { WORDS } from './text/words.ts'

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  blocker: 'error',
  warning: 'warning',
  advice: 'note',
}
/** GitHub's own word for it (GitHub Docs, SARIF support for code scanning). */
const PROBLEMS: Readonly<Record<Severity, string>> = {
  blocker: 'error',
  warning: 'warning',
  advice: 'recommendation',
}
const LONGEST = 4_000

/** A whole document with a final newline. Without a place nothing is listed: code scanning wants a file and a line. */
export function renderSarif(report: AnyReport, options: { language: Language; locate: Locate }): string {
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: reportsIn(report).map((one) => runJson(one, options)),
  }
  return `${jsonText(document)}\n`
}

function runJson(report: Report, { language, locate }: { language: Language; locate: Locate }) {
  const placed = report.findings.flatMap((finding) => {
    const place = locate(finding)
    return place === null ? [] : [{ finding, place }]
  })
  // A finding of a check that is not in the list (a rollout's) has a rule of its own.
  const others = placed.map(({ finding }) => finding).filter(({ check }) => CHECKS.every(({ id }) => id !== check))
  const rules = [...CHECKS, ...others.map(asRule)].filter(isFirst)
  const { cluster, service } = report.target
  const index = new Map(rules.map(({ id }, at) => [id, at]))
  return {
    tool: {
      driver: {
        name: report.tool.name,
        semanticVersion: report.tool.version,
        language: language === 'ko' ? 'ko-KR' : 'en-US',
        rules: rules.map((rule) => ruleJson(rule, report.tool, language)),
      },
    },
    // Code scanning keeps the alerts of several services apart by it (GitHub Docs, SARIF support, runAutomationDetails).
    automationDetails: { id: `${report.tool.name}/${plain(cluster)}/${plain(service)}/` },
    ...invocationsOf(report, language),
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { '%SRCROOT%': { description: { text: ROOT[language] } } },
    results: placed.map(({ finding, place }) => resultJson(finding, place, index.get(finding.check) ?? 0, language)),
  }
}

/** That nothing was found where nobody could look is no all-clear. */
function invocationsOf(report: Report, language: Language) {
  const words = unlookedWords(report)
  if (words === null) return {}
  const notification = { level: 'warning', message: { text: plain(words[language]) } }
  return { invocations: [{ executionSuccessful: false, toolExecutionNotifications: [notification] }] }
}

const ROOT: Text = { en: 'The root of the repository.', ko: '리포지토리의 루트입니다.' }

type Rule = Pick<Check, 'id' | 'severity' | 'step' | 'title' | 'why'>

function asRule({ check, severity, step, title, why }: Finding): Rule {
  return { id: check, severity, step, title, why }
}

function isFirst({ id }: Rule, at: number, all: readonly Rule[]): boolean {
  return all.findIndex((other) => other.id === id) === at
}

function ruleJson({ id, severity, step, title, why }: Rule, tool: Tool, language: Language) {
  const helpUri = addressOf(tool, id, language)
  return {
    id,
    shortDescription: { text: plain(title[language]) },
    fullDescription: { text: plain(why[language]) },
    ...(helpUri === null ? {} : { helpUri }),
    help: { text: plain(`${title[language]}. ${why[language]}`) },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ['ecs', step], 'problem.severity': PROBLEMS[severity], precision: 'high' },
  }
}

function resultJson(finding: Finding, place: SourceLocation, ruleIndex: number, language: Language) {
  return {
    ruleId: finding.check,
    ruleIndex,
    level: LEVELS[finding.severity],
    message: { text: messageOf(finding, language) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(place.file), uriBaseId: '%SRCROOT%' },
          region: { startLine: place.line, startColumn: place.column, endLine: place.line, endColumn: place.endColumn },
        },
      },
    ],
    // The same finding on another line is the same alert.
    partialFingerprints: { 'checkAndSubject/v1': `${finding.check} ${finding.subject}` },
  }
}

function messageOf({ what, why, evidence, remedy }: Finding, language: Language): string {
  const fix = remedy.console.map((text, at) => `${at + 1}. ${text[language]}`)
  const lines = [
    what[language],
    why[language],
    ...evidence.map((text) => `- ${text[language]}`),
    ...(fix.length === 0 ? [] : [`${WORDS.console[language]}:`, ...fix]),
  ]
  return lines.map(plain).join('\n')
}

/** `[text](target)` in a plain message is a link, and `{0}` a place for an argument (SARIF 2.1.0, 3.11.5 and 3.11.6). */
function plain(text: string): string {
  return clip(annotationText(text), LONGEST)
    .replaceAll('](', '] (')
    .replace(/\{(?=\d+\})/g, '{ ')
}

function uriOf(file: string): string {
  return file.split('/').map(encodeURIComponent).join('/')
}
