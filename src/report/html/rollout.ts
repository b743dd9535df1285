/** The rollout in the HTML report: what it took, each failure, its tasks on a line of time, and everything again as tables. */
import type { Report } from '../../domain/report.ts'
import type { RolloutReport, SubnetCount } from '../../domain/rollout.ts'
import type { Language, Text } from '../../domain/text.ts'
import { notDrawn } from '../diagrams/picture-words.ts'
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
import { type Colour, MARKS, PHASE_COLOURS, PLACE_SIGNS } from '../terminal/terminal.ts'
import { OUTCOMES, ROLLOUT_WORDS } from '../text/rollout-words.ts'
import { clean, htmlText } from '../text/untrusted.ts'
import { clip } from '../text/width.ts'
import { code, element, type Lines, list, section, table } from './parts.ts'
import { eventsHtml, timelineHtml } from './timeline.ts'

const GROUPS = 20
const SUBNETS = 60
const LOG_LINES = 50
const LONGEST = 2_000

export function rolloutHtml(report: Report, language: Language): Lines {
  const { rollout } = report
  if (rollout === undefined) return []
  const { phase, failures } = rollout
  const measured = measuredOf(report, rollout)
  const lead = leadOf(measured, rollout)
  const groups = groupFailures(failures, report.findings).slice(0, GROUPS)
  const failureOf = (taskId: string) => {
    const at = groups.findIndex(({ taskIds }) => taskIds.includes(taskId))
    return at < 0 ? null : at
  }
  const left = failures.length - groups.reduce((sum, { count }) => sum + count, 0)
  return section(
    OUTCOMES[phase][language],
    [
      element('p', `${ROLLOUT_WORDS.measured[language]}: ${lead[language]}`, `headline ${colourOf(rollout)}`),
      texts(measured?.lines ?? [], language),
      ...placesHtml(rollout, language),
      ...groups.map((group, at) => failureHtml(group, at, language)),
      left === 0 ? '' : element('p', notDrawn(left)[language], 'quiet'),
      ...timelineHtml(rollout, failureOf, language),
      ...titled(ROLLOUT_WORDS.phases, phasesHtml(rollout, language), language),
      ...titled(ROLLOUT_WORDS.suspicions, [texts(suspicionLines(rollout), language)], language),
      ...titled(ROLLOUT_WORDS.notes, [texts(rollout.notes, language)], language),
      ...titled(
        ROLLOUT_WORDS.logs,
        groupLogs(rollout.logs).map((log) => logHtml(log, language)),
        language,
      ),
      eventsHtml(rollout, language),
      element(
        'p',
        watchedLines(rollout)
          .map((line) => line[language])
          .join(' · '),
        'quiet',
      ),
    ],
    'rollout',
  )
}

/** A rollout that went, but slowly or over failures, is no reason to be at ease. */
function colourOf({ phase, failures, slow }: RolloutReport): Colour {
  return phase === 'steady' && (failures.length > 0 || slow.is) ? 'yellow' : PHASE_COLOURS[phase]
}

function titled(title: Text, parts: readonly string[], language: Language): Lines {
  const kept = parts.filter((part) => part !== '')
  return kept.length === 0 ? [] : [element('h3', title[language]), ...kept]
}

function texts(lines: readonly Text[], language: Language, tag: 'ul' | 'ol' = 'ul'): string {
  return list(
    tag,
    lines.map((line) => line[language]),
  )
}

function placesHtml(rollout: RolloutReport, language: Language): Lines {
  const { bySubnet } = rollout
  if (bySubnet.length === 0) return []
  const { subnet, zone, tasks, failed, succeeded } = ROLLOUT_WORDS
  const counts = (one: Omit<SubnetCount, 'subnetId'>) => [
    element('td', String(one.started)),
    element('td', one.failed > 0 ? `${MARKS.bad} ${one.failed}` : '0', one.failed > 0 ? 'red' : ''),
    element('td', String(one.succeeded)),
  ]
  const worst = bySubnet.length <= SUBNETS ? bySubnet : bySubnet.toSorted((one, other) => other.failed - one.failed)
  const rows = worst.slice(0, SUBNETS).map((one) => [
    // One above the other, so that the counts stand beside them on a phone, too.
    `<th scope="row">${signOf(one)} <code>${htmlText(one.subnetId ?? MARKS.none)}</code><br>${element('span', one.availabilityZone ?? '', 'quiet')}</th>`,
    ...counts(one),
  ])
  const zones = zonesWorthShowing(rollout).map((one) => [
    `<th scope="row">${htmlText(one.availabilityZone ?? MARKS.none)}</th>`,
    ...counts(one),
  ])
  const heads = [tasks, failed, succeeded].map((word) => word[language])
  const left = bySubnet.length - rows.length
  return [
    table([`${subnet[language]}, ${zone[language]}`, ...heads], rows),
    left === 0 ? '' : element('p', notDrawn(left)[language], 'quiet'),
    zones.length === 0 ? '' : table([zone[language], ...heads], zones),
  ]
}

/** The counts beside it say the same in words. */
function signOf(one: SubnetCount): string {
  const { mark, colour } = PLACE_SIGNS[placeState(one)]
  return `<b class="${colour}" aria-hidden="true">${mark}</b>`
}

function failureHtml(group: FailureGroup, at: number, language: Language): string {
  const { failure } = group
  const [tasks, cause, remedy] = [taskLine(group), causeLine(group), remedyOf(group)]
  const parts = [
    `<article class="edge-red" id="failure-${at}" tabindex="-1">`,
    `<h3>${MARKS.bad} ${htmlText(failure.title[language])}</h3>`,
    element('p', whoLine(group)[language], 'quiet'),
    cause === null ? '' : element('p', cause[language], 'cause'),
    texts(reasonsOf(failure), language),
    remedy.length === 0 ? '' : element('h4', ROLLOUT_WORDS.advice[language]) + texts(remedy, language, 'ol'),
    `<details>${element('summary', ROLLOUT_WORDS.said[language])}`,
    tasks === null ? '' : element('p', tasks[language], 'quiet'),
    code(clip(clean(failure.text), LONGEST)),
    '</details></article>',
  ]
  return parts.filter((part) => part !== '').join('\n')
}

function phasesHtml(rollout: RolloutReport, language: Language): Lines {
  const rows = phaseLines(rollout).map(({ name, time, longest }) => [
    `<th scope="row">${htmlText(name[language])}</th>`,
    element('td', time[language], longest ? 'longest' : ''),
  ])
  const heads = [ROLLOUT_WORDS.phase[language], ROLLOUT_WORDS.time[language]]
  return [
    rows.length === 0 ? '' : table(heads, rows),
    ...governingLines(rollout).map((line) => element('p', line[language])),
  ]
}

function logHtml(
  { taskIds, container, lines, missing }: ReturnType<typeof groupLogs>[number],
  language: Language,
): string {
  const head = `${container} (${taskIds})`
  if (lines.length === 0) return element('p', `${head}: ${(missing ?? ROLLOUT_WORDS.noLines)[language]}`)
  const shown = lines.slice(-LOG_LINES).map((line) => clip(line, LONGEST))
  return element('p', head, 'quiet') + code(shown.join('\n'))
}
