/** The report as annotations: one for the rollout, one a blocker and a warning, as many as GitHub shows. Errors where the run fails. */
import { worstServices } from '../../checks/engine/services.ts'
import type { Finding, Report } from '../../domain/report.ts'
import { type AnyReport, isOfServices, type ServicesReport } from '../../domain/services-report.ts'
import type { Language } from '../../domain/text.ts'
import { affectedBySubnet } from '../document/finding.ts'
import { headOf, unlookedWords } from '../document/head.ts'
import { temporaryWords } from '../document/temporary.ts'
import { groupUnknowns } from '../document/unknowns.ts'
import { type Locate, nowhere } from '../source-lines/locate.ts'
import { annotationText } from '../text/untrusted.ts'
import { clip } from '../text/width.ts'
import { andMore, annotationsLeftOut, SEVERITIES, VERDICTS, WORDS } from '../text/words.ts'
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

export function annotationsOf(report: AnyReport, language: Language, locate: Locate = nowhere): readonly Annotation[] {
  if (isOfServices(report)) return annotationsOfServices(report, language, locate)
  const summed = [...temporary(report, language), ...unlooked(report, language), ...summary(report, language, locate)]
  return (['error', 'warning'] as const).flatMap((level) => {
    const own = summed.filter((one) => one.level === level)
    return [...own, ...ofLevel(report, level, SHOWN - own.length, language, locate)]
  })
}

/** Under the names of the services, the worst first. What several have in common is told of the first of them. */
function annotationsOfServices(report: ServicesReport, language: Language, locate: Locate): readonly Annotation[] {
  const told = new Set<string>()
  const missing = report.missing.map(({ service, because }) =>
    of(service, { level: 'error', title: because[language], message: message([because[language]]) }),
  )
  const own = worstServices(report).flatMap((one) => {
    const findings = one.findings.filter(({ check, subject }) => !told.has(`${check} ${subject}`))
    for (const { check, subject } of findings) told.add(`${check} ${subject}`)
    return annotationsOf({ ...one, findings }, language, locate).map((each) => of(one.target.service, each))
  })
  return (['error', 'warning'] as const).flatMap((level) => {
    const all = [...missing, ...own].filter((one) => one.level === level)
    if (all.length <= SHOWN) return all
    const rest = all.length - SHOWN + 1
    const last = annotationsLeftOut(rest, SEVERITIES[level === 'error' ? 'blocker' : 'warning'])[language]
    return [...all.slice(0, SHOWN - 1), { level, title: andMore(rest)[language], message: last }]
  })
}

function of(service: string, annotation: Annotation): Annotation {
  return { ...annotation, title: titled(`${service}: ${annotation.title}`) }
}

/** Of what does not fail the run nothing is an error. */
function levelOf({ enforced }: Report, { severity }: Finding): Annotation['level'] | null {
  if (severity === 'advice') return null
  return severity === 'blocker' && enforced ? 'error' : 'warning'
}

/** Until it is undone. */
function temporary({ temporary = [] }: Report, language: Language): readonly Annotation[] {
  return temporary.map((one) => {
    const words = temporaryWords(one)[language]
    return { level: 'warning', title: titled(words), message: message([words, ...one.undo.split('\n')]) }
  })
}

/** Whatever `fail-on` is: a step that goes on looks like one that has seen something. */
function unlooked(report: Report, language: Language): readonly Annotation[] {
  const words = unlookedWords(report)
  return words === null
    ? []
    : [
        {
          level: 'warning',
          title: titled(words[language]),
          message: message([words[language], ...reasonsOf(report, language)].slice(0, SHOWN)),
        },
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
  const level = report.enforced ? 'error' : 'warning'
  // That nobody could look says it already.
  if (report.verdict === 'unknown' && report.couldNotLook !== undefined && level === 'warning') return []
  if (report.verdict === 'unknown') return [verdictAnnotation(report, level, language)]
  // A failed step without an error would leave the reader searching the log: here warnings alone made it fail.
  // And no finding tells what a rehearsal has shown.
  const isShown = report.steps.some(({ id, state }) => id === 'rehearsal' && state === 'failed')
  const isUnsaid = report.enforced && (report.verdict !== 'fail' || isShown)
  return isUnsaid ? [verdictAnnotation(report, level, language)] : []
}

function placed(annotation: Annotation, place: ReturnType<Locate>): Annotation {
  return place === null ? annotation : { ...annotation, file: place.file, line: place.line }
}

function ofLevel(
  report: Report,
  level: Annotation['level'],
  atMost: number,
  language: Language,
  locate: Locate,
): readonly Annotation[] {
  const findings = report.findings.filter((finding) => levelOf(report, finding) === level)
  const shown = (finding: Finding) => placed(annotationOf(report, finding, level, language), locate(finding))
  if (findings.length <= atMost) return findings.map(shown)
  const rest = findings.slice(atMost - 1)
  const last = annotationsLeftOut(rest.length, SEVERITIES[rest[0]?.severity ?? 'warning'])[language]
  return [...findings.slice(0, atMost - 1).map(shown), { level, title: andMore(rest.length)[language], message: last }]
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
  const { sentence, because, counts } = headOf(report)
  const lines = [counts[language], ...because.map((text) => text[language]), ...reasonsOf(report, language)]
    .filter((line) => line !== '')
    .slice(0, SHOWN)
  const title = titled(`${VERDICTS[report.verdict][language]}: ${sentence[language]}`)
  return { level, title, message: message(lines.length === 0 ? [sentence[language]] : lines) }
}

/** What decides and could not be read. */
function reasonsOf({ unknowns }: Report, language: Language): readonly string[] {
  return groupUnknowns(unknowns.filter(({ matters }) => matters)).map(({ because, permission }) =>
    permission === null ? because[language] : `${because[language]} (${WORDS.permission[language]}: ${permission})`,
  )
}

function titled(text: string): string {
  return clip(annotationText(text), LONGEST_TITLE)
}

function message(lines: readonly string[]): string {
  return lines.map((line) => clip(annotationText(line), LONGEST_LINE)).join('\n')
}
