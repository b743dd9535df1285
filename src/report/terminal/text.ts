/** The report for a terminal: verdict and failing step first, then what to paste, the steps, the grid, each finding. */
import type { Finding, Report } from '../../domain/report.ts'
import type { Language } from '../../domain/text.ts'
import {
  affectedBySubnet,
  groupUnknowns,
  headlineOf,
  missingStatement,
  noteOf,
  pageOf,
  zoneOf,
} from '../document/headline.ts'
import { ROLLOUT_WORDS } from '../text/rollout-words.ts'
import { terminalLine, terminalText } from '../text/untrusted.ts'
import { cells, clip, padEnd, wrap } from '../text/width.ts'
import { andMore, forecastWords, minutes, SEVERITIES, VERDICTS, WORDS } from '../text/words.ts'
import { rolloutLines } from './rollout-text.ts'
import { code, hang, MARKS, SEVERITY_SIGNS, STATE_SIGNS, type Terminal, terminal, VERDICT_SIGNS } from './terminal.ts'
import { gridLines } from './text-grid.ts'

export interface TextOptions {
  readonly language: Language
  /** Write SGR colours: the caller knows whether a terminal reads it, and NO_COLOR. */
  readonly colour?: boolean
  /** Cells of a line, 40 to 120; 100 unless given. Only commands and Terraform may be longer. */
  readonly columns?: number
}

/** Above this many lines the verdict has scrolled away and is said again at the end. */
const SCREEN = 40
const AFFECTED_SHOWN = 12
const LONGEST_SAID = 300

export function renderText(report: Report, { language, colour = false, columns = 100 }: TextOptions): string {
  const screen = terminal(columns, colour)
  const lines = [
    ...headLines(report, language, screen),
    ...rolloutLines(report, language, screen),
    ...stepLines(report, language, screen),
    ...gridLines(report.paths, language, screen),
    ...findingsLines(report, language, screen),
    ...forecastLines(report, language, screen),
    ...unknownLines(report, language, screen),
    ...ignoredLines(report, language, screen),
  ]
  if (lines.length > SCREEN) lines.push('', ...verdictLines(report, language, screen))
  return `${lines.map(terminalLine).join('\n')}\n`
}

function verdictLines(report: Report, language: Language, screen: Terminal): readonly string[] {
  const { mark, colour } = VERDICT_SIGNS[report.verdict]
  const { step, title, sentence } = headlineOf(report)
  const lead = screen.paint(`${mark} ${VERDICTS[report.verdict][language]}`, 'bold', colour)
  const headline = [step, title]
    .flatMap((text) => text?.[language] ?? [])
    .join(report.rollout === undefined ? ': ' : ' · ')
  return hang(`${lead}  `, headline === '' ? sentence[language] : headline, screen, 'bold')
}

function headLines(report: Report, language: Language, screen: Terminal): readonly string[] {
  const { target } = report
  const { step, title, sentence, because, said, counts, paste, commands, advice } = headlineOf(report)
  const account = target.accountId === null ? [] : [`${WORDS.account[language]} ${target.accountId}`]
  const isBeside = report.rollout !== undefined
  const tally = counts[language] === '' ? [] : [isBeside ? counts[language] : `(${counts[language]})`]
  const about = [`${target.cluster} / ${target.service}`, target.taskDefinition, target.region, ...account, report.mode]
  const isSaid = step === null && title === null
  const summary = [...(isSaid ? [] : [sentence[language]]), ...(isBeside ? [] : tally)].join(' ')
  const titled = (name: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', ...hang('  ', `${name}:`, screen, 'bold'), ...lines]
  return [
    ...verdictLines(report, language, screen),
    ...(summary === '' ? [] : hang('  ', summary, screen)),
    ...because.flatMap((line) => hang('  ', line[language], screen)),
    ...titled(
      ROLLOUT_WORDS.lastLines[language],
      said.flatMap((line) => code(clip(line, LONGEST_SAID), '  ', screen)),
    ),
    ...titled(
      paste[language],
      commands.flatMap((command) => code(command, '  ', screen)),
    ),
    ...titled(
      ROLLOUT_WORDS.advice[language],
      advice.flatMap((line, at) => hang(`  ${at + 1}. `, line[language], screen)),
    ),
    ...(commands.length + advice.length + said.length === 0 ? [] : ['']),
    ...hang('  ', [...about, ...(isBeside ? tally : [])].join(' · '), screen, 'grey'),
  ]
}

function heading(text: string, { paint, columns }: Terminal): readonly string[] {
  return ['', ...wrap(text, columns).map((line) => paint(line, 'bold'))]
}

function stepLines(report: Report, language: Language, screen: Terminal): readonly string[] {
  if (report.steps.length === 0) return []
  const titles = report.steps.map(({ title }) => clip(terminalText(title[language]), 24))
  const widest = Math.max(...titles.map(cells))
  const lines = report.steps.flatMap((step, at) => {
    const { mark, colour } = STATE_SIGNS[step.state]
    const title = titles[at] ?? ''
    const note = noteOf(report, step, language)
    if (note === null) return [`  ${screen.paint(mark, colour)} ${title}`]
    const lead = `  ${screen.paint(mark, colour)} ${screen.paint(padEnd(title, widest), 'bold')}  `
    return hang(lead, note, screen)
  })
  return [...heading(WORDS.steps[language], screen), ...lines]
}

function findingsLines(report: Report, language: Language, screen: Terminal): readonly string[] {
  if (report.findings.length === 0) return []
  const lines = report.findings.flatMap((finding, at) => [
    ...(at === 0 ? [] : ['']),
    ...findingLines(report, finding, at + 1, language, screen),
  ])
  return [...heading(`${WORDS.findings[language]} (${report.findings.length})`, screen), ...lines]
}

function findingLines(report: Report, finding: Finding, at: number, language: Language, screen: Terminal) {
  const { mark, colour } = SEVERITY_SIGNS[finding.severity]
  const { remedy } = finding
  const field = (name: string, text: string) => [`     ${screen.paint(name, 'grey')}`, ...hang('       ', text, screen)]
  const list = (name: string, texts: readonly string[], lead: (at: number) => string) =>
    texts.length === 0
      ? []
      : [`     ${screen.paint(name, 'grey')}`, ...texts.flatMap((text, n) => hang(`       ${lead(n)} `, text, screen))]
  const paste = (name: string, texts: readonly string[]) =>
    texts.every((text) => text.trim() === '')
      ? []
      : [`     ${screen.paint(name, 'grey')}`, ...texts.flatMap((text) => code(text, '       ', screen))]
  const number = `${at}. `.padStart(4)
  const title = `${SEVERITIES[finding.severity][language]}: ${finding.title[language]}`
  return [
    ...hang(`${number}${screen.paint(mark, colour)} `, title, screen, 'bold', colour),
    ...hang('     ', `${finding.check} · ${finding.subject}`, screen, 'grey'),
    ...field(WORDS.what[language], finding.what[language]),
    ...field(WORDS.why[language], finding.why[language]),
    ...list(WORDS.affects[language], affected(report, finding, language), () => '-'),
    ...list(
      WORDS.evidence[language],
      finding.evidence.map((text) => text[language]),
      () => '-',
    ),
    ...list(
      WORDS.console[language],
      remedy.console.map((text) => text[language]),
      (n) => `${n + 1}.`,
    ),
    ...paste(WORDS.cli[language], remedy.cli),
    ...paste(WORDS.terraform[language], [remedy.terraform]),
    ...(remedy.verified ? hang(`     ${MARKS.good} `, WORDS.verified[language], screen, 'green') : []),
    ...hang('     ', `${WORDS.docs[language]}: ${pageOf(finding, language)}`, screen, 'grey'),
  ]
}

function affected(report: Report, finding: Finding, language: Language): readonly string[] {
  const all = affectedBySubnet(finding).map(([subnetId, destinations]) => {
    const zone = zoneOf(report, subnetId)
    return `${subnetId}${zone === '' ? '' : ` (${zone})`} → ${destinations.join(', ')}`
  })
  const rest = all.length - AFFECTED_SHOWN
  return rest <= 0 ? all : [...all.slice(0, AFFECTED_SHOWN), andMore(rest)[language]]
}

/** Of a rollout that has happened there is nothing to foretell. */
function forecastLines({ forecast, rollout }: Report, language: Language, screen: Terminal): readonly string[] {
  if (forecast === null || rollout !== undefined) return []
  const [expected, clean] = [minutes(forecast.expectedMinutes, language), minutes(forecast.cleanMinutes, language)]
  return [
    ...heading(WORDS.forecast[language], screen),
    ...hang('  ', forecastWords(forecast.expectedFailedTasks, expected, clean)[language], screen),
    ...forecast.basis.flatMap((text) => hang('  - ', text[language], screen, 'grey')),
  ]
}

function unknownLines({ unknowns, target }: Report, language: Language, screen: Terminal): readonly string[] {
  if (unknowns.length === 0) return []
  const lines = groupUnknowns(unknowns).flatMap(({ because, permission, matters, checks }) => [
    ...hang(`  ${MARKS.unknown} `, because[language] + (matters ? '' : ` (${WORDS.harmless[language]})`), screen),
    ...(permission === null ? [] : hang('    ', `${WORDS.permission[language]}: ${permission}`, screen, 'bold')),
    ...hang('    ', `${WORDS.check[language]}: ${checks.join(', ')}`, screen, 'grey'),
  ])
  const statement = missingStatement(unknowns, target.region)
  const allow =
    statement === null ? [] : ['', ...hang('  ', WORDS.allow[language], screen), ...code(statement, '  ', screen)]
  return [...heading(`${WORDS.unknowns[language]} (${unknowns.length})`, screen), ...lines, ...allow]
}

function ignoredLines({ ignored }: Report, language: Language, screen: Terminal): readonly string[] {
  if (ignored.length === 0) return []
  const lines = ignored.flatMap(({ check, subject, reason }) =>
    hang('  - ', `${check} · ${subject}${reason === '' ? '' : `: ${reason}`}`, screen, 'grey'),
  )
  return [...heading(`${WORDS.ignored[language]} (${ignored.length})`, screen), ...lines]
}
