/** The report as annotations: one for the rollout, one error a blocker, one warning a warning, as many as GitHub shows. */
import type { Finding, Report } from '../../domain/report.ts'
import type { Language } from '../../domain/text.ts'
import { affectedBySubnet, groupUnknowns, headlineOf, inReadingOrder } from '../document/headline.ts'
import { type Locate, nowhere } from '../source-lines/locate.ts'
import { annotationText } from '../text/untrusted.ts'
import { clip } from '../text/width.ts'
import { annotationsLeftOut, SEVERITIES, VERDICTS, WORDS } from '../text/words.ts'
import { rolloutTold } from './rollout-annotation.ts'

export interface Annotation {
  readonly level: 'error' | 'warning'
  readonly title: string
  /** Lines parted by `\n`; harmless as they are, escaped by whoever writes the workflow command. */
  readonly message: string
  /** Of the repository, with slashes; only for what sits on one. */
  readonly file?: string
  /** From 1. */
  readonly line?: number
}

/** Ten of a level a step, the eleventh is not shown (actions/toolkit, docs/problem-matchers.md). */
const SHOWN = 10
const LONGEST_TITLE = 200
const LONGEST_LINE = 1_500

export function annotationsOf(report: Report, language: Language, locate: Locate = nowhere): readonly Annotation[] {
  const summed = summary(report, language, locate)
  const [errors, warnings] = (['error', 'warning'] as const).map((of) => summed.filter(({ level }) => level === of))
  return [
    ...(errors ?? []),
    ...ofSeverity(report, 'blocker', SHOWN - (errors?.length ?? 0), language, locate),
    ...(warnings ?? []),
    ...ofSeverity(report, 'warning', SHOWN - (warnings?.length ?? 0), language, locate),
  ]
}

/** What no finding says: how the rollout ended, or that the verdict has another reason. */
function summary(report: Report, language: Language, locate: Locate): readonly Annotation[] {
  if (report.rollout !== undefined) {
    const told = rolloutTold(report, language, locate)
    if (told === null) return []
    const { level, title, lines, place } = told
    return [placed({ level, title: titled(title), message: message(lines) }, place)]
  }
  if (report.verdict === 'unknown') return [verdictAnnotation(report, 'warning', language)]
  // A failed step without an error would leave the reader searching the log: here warnings alone made it fail.
  const isUnsaid = report.verdict === 'fail' && report.findings.every(({ severity }) => severity !== 'blocker')
  return isUnsaid ? [verdictAnnotation(report, 'error', language)] : []
}

function placed(annotation: Annotation, place: ReturnType<Locate>): Annotation {
  return place === null ? annotation : { ...annotation, file: place.file, line: place.line }
}

function ofSeverity(
  report: Report,
  severity: 'blocker' | 'warning',
  atMost: number,
  language: Language,
  locate: Locate,
): readonly Annotation[] {
  const level = severity === 'blocker' ? 'error' : 'warning'
  const findings = inReadingOrder(report.findings).filter((finding) => finding.severity === severity)
  const shown = (finding: Finding) => placed(annotationOf(report, finding, level, language), locate(finding))
  if (findings.length <= atMost) return findings.map(shown)
  const rest = findings.length - atMost + 1
  const last = annotationsLeftOut(rest, SEVERITIES[severity])[language]
  return [...findings.slice(0, atMost - 1).map(shown), { level, title: last.split(':')[0] ?? last, message: last }]
}

function annotationOf(report: Report, finding: Finding, level: Annotation['level'], language: Language): Annotation {
  const step = report.steps.find(({ id }) => id === finding.step)?.title[language] ?? finding.step
  const broken = affectedBySubnet(finding).map(([subnetId, destinations]) => `${subnetId} → ${destinations.join(', ')}`)
  const lines = [
    finding.what[language],
    finding.why[language],
    ...(broken.length === 0 ? [] : [`${WORDS.affects[language]}: ${broken.join('; ')}`]),
    ...fixOf(finding, language),
  ]
  return { level, title: titled(`${step}: ${finding.title[language]}`), message: message(lines) }
}

/** The commands, where an annotation can show them unchanged; else the way through the console. */
function fixOf({ remedy }: Finding, language: Language): readonly string[] {
  const pasted = remedy.cli.every((command) => annotationText(command) === command && command.length <= LONGEST_LINE)
  if (pasted && remedy.cli.length > 0) return [`${WORDS.pasteToFix[language]}:`, ...remedy.cli]
  if (remedy.console.length === 0) return []
  return [`${WORDS.console[language]}:`, ...remedy.console.map((text, at) => `${at + 1}. ${text[language]}`)]
}

function verdictAnnotation(report: Report, level: Annotation['level'], language: Language): Annotation {
  const { sentence, counts } = headlineOf(report)
  const reasons = groupUnknowns(report.unknowns.filter(({ matters }) => matters)).map(({ because, permission }) =>
    permission === null ? because[language] : `${because[language]} (${WORDS.permission[language]}: ${permission})`,
  )
  const lines = [counts[language], ...reasons].filter((line) => line !== '').slice(0, SHOWN)
  const title = titled(`${VERDICTS[report.verdict][language]}: ${sentence[language]}`)
  return { level, title, message: message(lines.length === 0 ? [sentence[language]] : lines) }
}

function titled(text: string): string {
  return clip(annotationText(text), LONGEST_TITLE)
}

function message(lines: readonly string[]): string {
  return lines.map((line) => clip(annotationText(line), LONGEST_LINE)).join('\n')
}
