/** The report as GitHub Markdown, for a job summary or a comment: the same order as in a terminal, never above a size. */
import type { Outcome } from '../../domain/path.ts'
import type { Finding, Report } from '../../domain/report.ts'
import type { StepState } from '../../domain/step.ts'
import type { Language, Text } from '../../domain/text.ts'
import { rolloutMermaid } from '../diagrams/mermaid-gantt.ts'
import { networkMermaid } from '../diagrams/mermaid-network.ts'
import { PICTURE_WORDS } from '../diagrams/picture-words.ts'
import { gridOf, legendOf } from '../document/grid.ts'
import { affectedBySubnet, groupUnknowns, missingStatement, noteOf, zoneOf } from '../document/headline.ts'
import { ROLLOUT_WORDS } from '../text/rollout-words.ts'
import { markdownCode, markdownFence, markdownText } from '../text/untrusted.ts'
import {
  andMore,
  findingsLeftOut,
  forecastWords,
  minutes,
  OUTCOME_WORDS,
  partLeftOut,
  STATES,
  WORDS,
} from '../text/words.ts'
import { markdownFinding } from './finding.ts'
import { headMarkdown } from './head.ts'
import { rolloutDetails, rolloutMarkdown } from './rollout.ts'

export interface MarkdownOptions {
  readonly language: Language
  /** Bytes of UTF-8. A job summary may take 1 MiB a step, and the step may have written some already; a comment 65,536. */
  readonly atMost?: number
}

const SUMMARY_BYTES = 1_000_000

const STATE_EMOJI: Readonly<Record<StepState, string>> = {
  ok: '✅',
  warning: '⚠️',
  failed: '❌',
  unknown: '❔',
  ignored: '🔇',
  skipped: '➖',
}
const OUTCOME_EMOJI: Readonly<Record<Outcome, string>> = {
  reachable: '✅',
  degraded: '⚠️',
  intermittent: '🎲',
  blocked: '❌',
  indeterminate: '❔',
}

export function renderMarkdown(report: Report, options: MarkdownOptions): string {
  return joined(partsOf(report, options))
}

/** What has to be seen at once, and all that may be folded away: for a comment. */
export function markdownHalves(
  report: Report,
  options: MarkdownOptions,
): { readonly head: string; readonly rest: string } {
  const [head = null, ...rest] = partsOf(report, options)
  return { head: joined([head]), rest: joined(rest) }
}

/** The head first. Findings go first when it is too long, whole ones from the end; then the other parts, from the end too. */
function partsOf(report: Report, { language, atMost = SUMMARY_BYTES }: MarkdownOptions): readonly (Part | null)[] {
  const head = { title: WORDS.result, markdown: headMarkdown(report, language) }
  const before = [
    rolloutPart(report, language),
    tasksPart(report, language),
    detailsPart(report, language),
    stepsPart(report, language),
    gridPart(report, language),
    picturePart(report, language),
  ]
  const after = [forecastPart(report, language), unknownsPart(report, language), ignoredPart(report, language)]
  const findings = report.findings.map((finding, at) =>
    markdownFinding(finding, at + 1, affected(report, finding, language), language),
  )
  const around = [head, ...before, ...after].filter(isPart)
  const room = atMost - bytes(around) - RESERVE
  if (room >= 0) return [head, ...before, ...fitting(findings, room, language), ...after]
  return [head, ...shortened([...before, ...after], atMost - bytes([head]) - RESERVE, language)]
}

interface Part {
  readonly title: Text
  readonly markdown: string
}

/** For headings and the lines that say what was left out. */
const RESERVE = 2_000

function isPart(part: Part | null): part is Part {
  return part !== null
}

function bytes(parts: readonly Part[]): number {
  return parts.reduce((sum, { markdown }) => sum + Buffer.byteLength(markdown) + 2, 0)
}

function joined(parts: readonly (Part | null)[]): string {
  return `${parts
    .filter(isPart)
    .map(({ markdown }) => markdown)
    .join('\n\n')}\n`
}

function fitting(findings: readonly string[], room: number, language: Language): readonly Part[] {
  if (findings.length === 0) return []
  let used = 0
  const kept = findings.filter((finding) => {
    used += Buffer.byteLength(finding) + 2
    return used <= room
  })
  const rest = findings.length - kept.length
  const more = rest === 0 ? [] : [`_${findingsLeftOut(rest)[language]}_`]
  const markdown = [`### ${WORDS.findings[language]} (${findings.length})`, ...kept, ...more].join('\n\n')
  return [{ title: WORDS.findings, markdown }]
}

/** Even without findings it is too long: whole parts go, and their names stay. */
function shortened(parts: readonly (Part | null)[], room: number, language: Language): readonly Part[] {
  let used = 0
  return parts.filter(isPart).map((part) => {
    used += bytes([part])
    if (used <= room) return part
    used -= bytes([part])
    return { title: part.title, markdown: `_${partLeftOut(part.title)[language]}_` }
  })
}

/** Cells are escaped already. */
function table(heads: readonly string[], rows: readonly (readonly string[])[], centred = false): string {
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`
  return [line(heads), line(heads.map((_, at) => (centred && at > 1 ? ':-:' : '---'))), ...rows.map(line)].join('\n')
}

function rolloutPart(report: Report, language: Language): Part | null {
  const { rollout } = report
  return rollout === undefined
    ? null
    : { title: ROLLOUT_WORDS.measured, markdown: rolloutMarkdown(report, rollout, language) }
}

function tasksPart({ rollout }: Report, language: Language): Part | null {
  const diagram = rollout === undefined ? null : rolloutMermaid(rollout, language)
  return diagram === null ? null : { title: PICTURE_WORDS.gantt, markdown: markdownFence(diagram, 'mermaid') }
}

function detailsPart({ rollout }: Report, language: Language): Part | null {
  const markdown = rollout === undefined ? null : rolloutDetails(rollout, language)
  return markdown === null ? null : { title: ROLLOUT_WORDS.phases, markdown }
}

function picturePart(report: Report, language: Language): Part | null {
  const diagram = networkMermaid(report, language)
  if (diagram === null) return null
  const markdown = `### ${PICTURE_WORDS.picture[language]}\n\n${markdownFence(diagram, 'mermaid')}`
  return { title: PICTURE_WORDS.picture, markdown }
}

function stepsPart(report: Report, language: Language): Part | null {
  if (report.steps.length === 0) return null
  const rows = report.steps.map((step) => {
    const { title, state } = step
    const note = noteOf(report, step, language)
    const shown = markdownText(title[language])
    return [
      `${STATE_EMOJI[state]} ${note === null || state === 'unknown' ? shown : `**${shown}**`}`,
      note === null ? STATES[state][language] : markdownText(note),
    ]
  })
  const heads = [WORDS.step[language], WORDS.result[language]]
  return { title: WORDS.steps, markdown: `### ${WORDS.steps[language]}\n\n${table(heads, rows)}` }
}

function gridPart({ paths }: Report, language: Language): Part | null {
  if (paths.length === 0) return null
  const { columns, rows } = gridOf(paths)
  const lines = rows.map(({ subnetId, zone, kind, cells }) => [
    markdownCode(subnetId),
    markdownText(zone) + (kind === 'instance-eni' ? ` (${WORDS.instance[language]})` : ''),
    ...cells.map((outcome) => (outcome === null ? '·' : OUTCOME_EMOJI[outcome])),
  ])
  const names = columns.map(({ destination, optional }) => markdownText(destination) + (optional ? '\\*' : ''))
  const heads = [WORDS.subnet[language], WORDS.zone[language], ...names]
  const { outcomes, hasGaps, hasOptional } = legendOf({ columns, rows })
  const legend = [
    ...outcomes.map((outcome) => `${OUTCOME_EMOJI[outcome]} ${OUTCOME_WORDS[outcome][language]}`),
    ...(hasGaps ? [`· ${WORDS.notNeeded[language]}`] : []),
    ...(hasOptional ? [`\\* ${WORDS.notForStart[language]}`] : []),
  ]
  const markdown = [`### ${WORDS.grid[language]}`, table(heads, lines, true), legend.join(', ')]
  return { title: WORDS.grid, markdown: markdown.join('\n\n') }
}

function affected(report: Report, finding: Finding, language: Language): readonly string[] {
  const all = affectedBySubnet(finding).map(([subnetId, destinations]) => {
    const zone = zoneOf(report, subnetId)
    const where = zone === '' ? '' : ` (${markdownText(zone)})`
    return `${markdownCode(subnetId)}${where} → ${destinations.map(markdownText).join(', ')}`
  })
  return all.length <= 12 ? all : [...all.slice(0, 12), andMore(all.length - 12)[language]]
}

/** Of a rollout that has happened there is nothing to foretell: what was measured stands beside the forecast. */
function forecastPart({ forecast, rollout }: Report, language: Language): Part | null {
  if (forecast === null || rollout !== undefined) return null
  const [expected, clean] = [minutes(forecast.expectedMinutes, language), minutes(forecast.cleanMinutes, language)]
  const words = forecastWords(forecast.expectedFailedTasks, expected, clean)[language]
  const basis = forecast.basis.map((text) => `- ${markdownText(text[language])}`)
  const markdown = [`### ${WORDS.forecast[language]}`, `**${markdownText(words)}**`, basis.join('\n')].filter(
    (part) => part !== '',
  )
  return { title: WORDS.forecast, markdown: markdown.join('\n\n') }
}

function unknownsPart({ unknowns, target }: Report, language: Language): Part | null {
  if (unknowns.length === 0) return null
  const rows = groupUnknowns(unknowns).map(({ because, permission, matters, checks }) => [
    markdownText(because[language]) + (matters ? '' : ` _(${WORDS.harmless[language]})_`),
    permission === null ? '·' : markdownCode(permission),
    checks.map(markdownCode).join(', '),
  ])
  const heads = [WORDS.because[language], WORDS.permission[language], WORDS.check[language]]
  const statement = missingStatement(unknowns, target.region)
  const markdown = [
    `### ${WORDS.unknowns[language]} (${unknowns.length})`,
    table(heads, rows),
    ...(statement === null ? [] : [WORDS.allow[language], markdownFence(statement, 'json')]),
  ]
  return { title: WORDS.unknowns, markdown: markdown.join('\n\n') }
}

function ignoredPart({ ignored }: Report, language: Language): Part | null {
  if (ignored.length === 0) return null
  const rows = ignored.map(({ check, subject, reason }) => [
    markdownCode(check),
    markdownCode(subject),
    reason === '' ? '·' : markdownText(reason),
  ])
  const heads = [WORDS.check[language], WORDS.subject[language], WORDS.reason[language]]
  const markdown = `### ${WORDS.ignored[language]} (${ignored.length})\n\n${table(heads, rows)}`
  return { title: WORDS.ignored, markdown }
}
