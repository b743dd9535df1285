/** The rollout section of the terminal report. */
import type { Report } from '../../domain/report.ts'
import type { RolloutReport } from '../../domain/rollout.ts'
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
import { clean, terminalText } from '../text/untrusted.ts'
import { cells, clip, padEnd } from '../text/width.ts'
import { andMore } from '../text/words.ts'
import { code, hang, MARKS, PHASE_COLOURS, PLACE_SIGNS, type Terminal } from './terminal.ts'

/** As many as tell the story; the JSON has all. */
const GROUPS = 5
const SUBNETS = 20
const LOG_LINES = 20
const LONGEST = 500

export function rolloutLines(report: Report, language: Language, screen: Terminal): readonly string[] {
  const { rollout } = report
  if (rollout === undefined) return []
  const { phase } = rollout
  const measured = measuredOf(report, rollout)
  const lead = leadOf(measured, rollout)
  return [
    '',
    screen.paint(OUTCOMES[phase][language], 'bold', PHASE_COLOURS[phase]),
    ...hang('  ', lead[language], screen, 'bold'),
    ...(measured?.lines ?? []).flatMap((line) => hang('  - ', line[language], screen)),
    ...placeLines(rollout, language, screen),
    ...failureLines(report, rollout, language, screen),
    ...titled(ROLLOUT_WORDS.phases, phasesText(rollout, language, screen), language, screen),
    ...titled(ROLLOUT_WORDS.suspicions, bullets(suspicionLines(rollout), language, screen), language, screen),
    ...titled(ROLLOUT_WORDS.notes, bullets(rollout.notes, language, screen), language, screen),
    ...titled(ROLLOUT_WORDS.logs, logLines(rollout, language, screen), language, screen),
    ...titled(ROLLOUT_WORDS.watched, bullets(watchedLines(rollout), language, screen), language, screen),
  ]
}

function titled(title: Text, lines: readonly string[], language: Language, screen: Terminal): readonly string[] {
  return lines.length === 0 ? [] : ['', `  ${screen.paint(title[language], 'bold')}`, ...lines]
}

function bullets(lines: readonly Text[], language: Language, screen: Terminal): readonly string[] {
  return lines.flatMap((line) => hang('  - ', line[language], screen))
}

function placeLines(rollout: RolloutReport, language: Language, screen: Terminal): readonly string[] {
  const { tasks, failed, succeeded } = ROLLOUT_WORDS
  const all = [
    ...rollout.bySubnet.map((one) => ({ ...one, name: one.subnetId ?? '', zone: one.availabilityZone ?? '' })),
    ...zonesWorthShowing(rollout).map((one) => ({ ...one, name: one.availabilityZone ?? '', zone: '' })),
  ].map((one) => ({ ...one, name: terminalText(one.name), zone: terminalText(one.zone) }))
  const shown = all.length <= SUBNETS ? all : all.toSorted((one, other) => other.failed - one.failed).slice(0, SUBNETS)
  const [wide, wider] = [
    Math.max(0, ...shown.map(({ name }) => cells(name))),
    Math.max(0, ...shown.map(({ zone }) => cells(zone))),
  ]
  const lines = shown.flatMap((one) => {
    const { mark, colour } = PLACE_SIGNS[placeState(one)]
    const counts = `${tasks[language]} ${one.started}, ${failed[language]} ${one.failed}, ${succeeded[language]} ${one.succeeded}`
    return hang(
      `  ${screen.paint(mark, colour)} `,
      [padEnd(one.name, wide), padEnd(one.zone, wider), counts].join(' '),
      screen,
    )
  })
  const left = all.length - shown.length
  return [...(lines.length === 0 ? [] : ['']), ...lines, ...(left === 0 ? [] : [`  ${andMore(left)[language]}`])]
}

function failureLines(
  report: Report,
  { failures }: RolloutReport,
  language: Language,
  screen: Terminal,
): readonly string[] {
  const groups = groupFailures(failures, report.findings)
  const left = groups.length - GROUPS
  return [
    ...groups.slice(0, GROUPS).flatMap((group) => groupLines(group, language, screen)),
    ...(left > 0 ? [`  ${andMore(left)[language]}`] : []),
  ]
}

function groupLines(group: FailureGroup, language: Language, screen: Terminal): readonly string[] {
  const { failure } = group
  const [tasks, cause, remedy] = [taskLine(group), causeLine(group), remedyOf(group)]
  return [
    '',
    ...hang(`  ${screen.paint(MARKS.bad, 'red')} `, failure.title[language], screen, 'bold'),
    ...hang('    ', whoLine(group)[language], screen, 'grey'),
    ...(tasks === null ? [] : hang('    ', tasks[language], screen, 'grey')),
    ...(cause === null ? [] : hang('    ', cause[language], screen, 'bold')),
    ...reasonsOf(failure).flatMap((note) => hang('    - ', note[language], screen)),
    ...(remedy.length === 0 ? [] : [`    ${screen.paint(ROLLOUT_WORDS.advice[language], 'bold')}`]),
    ...remedy.flatMap((one, at) => hang(`    ${at + 1}. `, one[language], screen)),
    `    ${screen.paint(ROLLOUT_WORDS.said[language], 'bold')}`,
    ...hang('    ', clip(clean(failure.text), LONGEST), screen, 'grey'),
  ]
}

function phasesText(rollout: RolloutReport, language: Language, screen: Terminal): readonly string[] {
  const phases = phaseLines(rollout)
  const widest = Math.max(0, ...phases.map(({ time }) => cells(time[language])))
  return [
    ...phases.flatMap(({ name, time, longest }) =>
      hang(`  ${padEnd(time[language], widest)}  `, name[language], screen, ...(longest ? ['bold' as const] : [])),
    ),
    ...governingLines(rollout).flatMap((line) => hang('  ', line[language], screen)),
  ]
}

function logLines({ logs }: RolloutReport, language: Language, screen: Terminal): readonly string[] {
  return groupLogs(logs).flatMap(({ taskIds, container, lines, missing }) => {
    const head = `${container} (${taskIds})`
    if (lines.length === 0) return hang('  - ', `${head}: ${(missing ?? ROLLOUT_WORDS.noLines)[language]}`, screen)
    return [
      ...hang('  - ', head, screen),
      ...lines.slice(-LOG_LINES).flatMap((line) => code(clip(line, LONGEST), '    ', screen)),
    ]
  })
}
