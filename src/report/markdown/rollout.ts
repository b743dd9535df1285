/** The rollout in the Markdown report, in parts of which each may be left out where room is short. */
import type { Report } from '../../domain/report.ts'
import type { RolloutReport, SubnetCount } from '../../domain/rollout.ts'
import type { Language, Text } from '../../domain/text.ts'
import { type FailureGroup, groupFailures, reasonsOf } from '../document/failure-groups.ts'
import { leadOf, measuredOf } from '../document/measured.ts'
import {
  causeLine,
  governingLines,
  groupLogs,
  phaseLines,
  placeState,
  remedyOf,
  suspicionLines,
  taskLine,
  watchedLines,
  whoLine,
  zonesWorthShowing,
} from '../document/rollout-lines.ts'
import { OUTCOMES, ROLLOUT_WORDS } from '../text/rollout-words.ts'
import { clean, markdownCode, markdownFence, markdownText } from '../text/untrusted.ts'
import { clip } from '../text/width.ts'
import { andMore } from '../text/words.ts'

const PLACE_EMOJI = { good: '✅', bad: '❌', none: '➖' } as const
const GROUPS = 8
const SUBNETS = 16
const LOG_LINES = 20
/** Characters: a log event may have 256 KB (CloudWatch Logs quotas), and a part that is too long is left out whole. */
const LONGEST = { text: 1_000, line: 400 } as const

/** What came of it, and each failure. */
export function rolloutMarkdown(report: Report, rollout: RolloutReport, language: Language): string {
  const { phase } = rollout
  const measured = measuredOf(report, rollout)
  const lead = leadOf(measured, rollout)
  return joined([
    `### ${OUTCOMES[phase][language]}`,
    `**${ROLLOUT_WORDS.measured[language]}: ${markdownText(lead[language])}**`,
    bullets(measured?.lines ?? [], language),
    placesTable(rollout, language),
    ...failuresMarkdown(report, rollout, language),
  ])
}

/** Where the time went, what was suspected, what else was noticed; the logs. */
export function rolloutDetails(rollout: RolloutReport, language: Language): string | null {
  const parts = [
    ...titled(ROLLOUT_WORDS.phases, phasesMarkdown(rollout, language), language),
    ...titled(ROLLOUT_WORDS.suspicions, [bullets(suspicionLines(rollout), language)], language),
    ...titled(ROLLOUT_WORDS.notes, [bullets(rollout.notes, language)], language),
    ...titled(
      ROLLOUT_WORDS.logs,
      groupLogs(rollout.logs).map((log) => logMarkdown(log, language)),
      language,
    ),
    `<sub>${watchedLines(rollout)
      .map((line) => markdownText(line[language]))
      .join(' · ')}</sub>`,
  ]
  return joined(parts)
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n')
}

function titled(title: Text, parts: readonly string[], language: Language): readonly string[] {
  const kept = parts.filter((part) => part !== '')
  return kept.length === 0 ? [] : [`#### ${title[language]}`, ...kept]
}

function bullets(lines: readonly Text[], language: Language): string {
  return lines.map((line) => `- ${markdownText(line[language])}`).join('\n')
}

function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows
  return [head, head.map(() => '---'), ...body].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

function placesTable(rollout: RolloutReport, language: Language): string {
  const { bySubnet } = rollout
  if (bySubnet.length === 0) return ''
  const { subnet, zone, tasks, failed, succeeded } = ROLLOUT_WORDS
  const counts = (one: Omit<SubnetCount, 'subnetId'>) => [
    `${one.started}`,
    one.failed === 0 ? '0' : `**${one.failed}**`,
    `${one.succeeded}`,
  ]
  const head = [subnet, zone, tasks, failed, succeeded].map((word) => word[language])
  const rows = worstFirst(bySubnet)
    .slice(0, SUBNETS)
    .map((one) => [
      `${PLACE_EMOJI[placeState(one)]} ${one.subnetId === null ? '·' : markdownCode(one.subnetId)}`,
      markdownText(one.availabilityZone ?? '·'),
      ...counts(one),
    ])
  const left = bySubnet.length - rows.length
  const zones = zonesWorthShowing(rollout).map((one) => [markdownText(one.availabilityZone ?? '·'), ...counts(one)])
  return joined([
    table([head, ...rows]),
    left === 0 ? '' : andMore(left)[language],
    zones.length === 0 ? '' : table([head.slice(1), ...zones]),
  ])
}

function worstFirst(counts: readonly SubnetCount[]): readonly SubnetCount[] {
  return counts.length <= SUBNETS ? counts : counts.toSorted((one, other) => other.failed - one.failed)
}

function failuresMarkdown(report: Report, { failures }: RolloutReport, language: Language): readonly string[] {
  const groups = groupFailures(failures, report.findings)
  const left = groups.length - GROUPS
  return [
    ...groups.slice(0, GROUPS).map((group) => failureMarkdown(group, language)),
    ...(left > 0 ? [andMore(left)[language]] : []),
  ]
}

function failureMarkdown(group: FailureGroup, language: Language): string {
  const { failure } = group
  const [tasks, cause, remedy] = [taskLine(group), causeLine(group), remedyOf(group)]
  return joined([
    `#### ❌ ${markdownText(failure.title[language])}`,
    markdownText(whoLine(group)[language]),
    cause === null ? '' : `**${markdownText(cause[language])}**`,
    bullets(reasonsOf(failure), language),
    remedy.length === 0
      ? ''
      : [
          `**${ROLLOUT_WORDS.advice[language]}**`,
          '',
          ...remedy.map((one, at) => `${at + 1}. ${markdownText(one[language])}`),
        ].join('\n'),
    folded(
      ROLLOUT_WORDS.said[language],
      joined([
        tasks === null ? '' : markdownText(tasks[language]),
        markdownFence(clip(clean(failure.text), LONGEST.text), ''),
      ]),
    ),
  ])
}

function folded(name: string, body: string): string {
  return `<details><summary>${name}</summary>\n\n${body}\n\n</details>`
}

function phasesMarkdown(rollout: RolloutReport, language: Language): readonly string[] {
  const phases = phaseLines(rollout)
  const governing = governingLines(rollout).map((line) => markdownText(line[language]))
  if (phases.length === 0) return governing
  const rows = phases.map(({ name, time, longest }) => {
    const mark = longest ? '**' : ''
    return [`${mark}${name[language]}${mark}`, `${mark}${time[language]}${mark}`]
  })
  return [table([[ROLLOUT_WORDS.phase[language], ROLLOUT_WORDS.time[language]], ...rows]), ...governing]
}

function logMarkdown(
  { taskIds, container, lines, missing }: ReturnType<typeof groupLogs>[number],
  language: Language,
): string {
  const head = `${markdownCode(container)} (${markdownText(taskIds)})`
  if (lines.length === 0) return `- ${head}: ${markdownText((missing ?? ROLLOUT_WORDS.noLines)[language])}`
  const shown = lines.slice(-LOG_LINES).map((line) => clip(line, LONGEST.line))
  return `- ${head}\n\n${markdownFence(shown.join('\n'), '')}`
}
