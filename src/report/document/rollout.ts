/** A rollout: what it took, where and why starts failed, where the time went, what was suspected, and how it was watched. */
import { grouped } from '../../domain/collections.ts'
import type { Report } from '../../domain/report.ts'
import type { ContainerLog, RolloutReport, SubnetCount, Suspicion } from '../../domain/rollout.ts'
import type { Language, Text } from '../../domain/text.ts'
import { durationText } from '../../rollout/timing/duration.ts'
import { PHASE_NAMES, SETTINGS } from '../../rollout/timing/slow.ts'
import { PICTURE_WORDS } from '../diagrams/picture-words.ts'
import { OUTCOMES, ROLLOUT_WORDS } from '../text/rollout-words.ts'
import { clip } from '../text/width.ts'
import { andMore } from '../text/words.ts'
import {
  type Amount,
  type Block,
  type Blocks,
  code,
  field,
  type Inline,
  list,
  type Section,
  section,
  type TableRow,
  table,
  text,
} from './blocks.ts'
import { failureCard } from './failure.ts'
import { groupFailures } from './failure-groups.ts'
import { leadOf, measuredOf } from './measured.ts'

export function rolloutSections(report: Report, language: Language, amount: Amount): readonly Section[] {
  const { rollout } = report
  if (rollout === undefined) return []
  const measured = measuredOf(report, rollout)
  const groups = groupFailures(rollout.failures, report.findings)
  const cards = groups
    .slice(0, amount.groups)
    .map((group, at) => failureCard(group, at, amount.said, language, report.findings))
  const rest = groups.length - cards.length
  const part = (title: Text, blocks: Blocks, isTitled = true) =>
    section(title[language], blocks, { level: 3, isTitled })
  const lines = (texts: readonly Text[]) => list(texts.map((one) => one[language]))
  const figures = [
    text(leadOf(measured, rollout)[language], 'lead'),
    lines(measured?.lines ?? []),
    ...placesTables(rollout, amount.subnets, language),
  ]
  return [
    ...section(
      OUTCOMES[rollout.phase][language],
      groups.length === 0 ? figures : [...cards, rest > 0 ? text(andMore(rest)[language], 'quiet') : null],
      { id: 'rollout' },
    ),
    ...(groups.length === 0 ? [] : part(ROLLOUT_WORDS.measured, figures)),
    ...part(
      PICTURE_WORDS.gantt,
      [{ kind: 'picture', of: 'tasks', rollout, groups: groups.slice(0, amount.groups) }],
      false,
    ),
    ...part(ROLLOUT_WORDS.phases, phaseBlocks(rollout, language)),
    ...part(ROLLOUT_WORDS.suspicions, [lines(suspicionLines(rollout))]),
    ...part(ROLLOUT_WORDS.notes, [
      lines([...rollout.situations.map(({ what }) => what), ...rollout.notes]),
      ...adviceBlocks(rollout, language),
    ]),
    ...part(
      ROLLOUT_WORDS.logs,
      groupLogs(rollout.logs).map((log) => logBlock(log, amount, language)),
    ),
    ...part(PICTURE_WORDS.timeline, [{ kind: 'picture', of: 'events', rollout }], false),
    ...part(
      ROLLOUT_WORDS.watched,
      [
        text(
          watchedLines(rollout)
            .map((line) => line[language])
            .join(' · '),
          'quiet',
        ),
      ],
      false,
    ),
  ]
}

function adviceBlocks({ advice = null }: RolloutReport, language: Language): Blocks {
  return advice === null ? [] : [text(advice.what[language]), code(advice.cli, 'sh')]
}

/** Where tasks started and failed; by zone, too, where a zone has more than one subnet. */
function placesTables(rollout: RolloutReport, atMost: number, language: Language): Blocks {
  const { bySubnet, byZone } = rollout
  const { subnet, zone, tasks, failed, succeeded } = ROLLOUT_WORDS
  const all = bySubnet.length <= atMost ? bySubnet : bySubnet.toSorted((one, other) => other.failed - one.failed)
  const counts = [tasks, failed, succeeded].map((word) => word[language])
  const rows = all.slice(0, atMost).map((one) => {
    const place = one.subnetId === null ? '' : { code: one.subnetId }
    return placeRow([place, one.availabilityZone === null ? '' : ` (${one.availabilityZone})`], one)
  })
  const zones = byZone.length < bySubnet.length ? byZone.map((one) => placeRow(one.availabilityZone ?? '', one)) : []
  const rest = all.length - rows.length
  return [
    table([`${subnet[language]} (${zone[language]})`, ...counts], rows),
    rest === 0 ? null : text(andMore(rest)[language], 'quiet'),
    table([zone[language], ...counts], zones),
  ]
}

/** Nothing is claimed of a place where no task has started yet. */
function placeRow(name: Inline, { started, failed, succeeded }: Omit<SubnetCount, 'subnetId'>): TableRow {
  const sign = failed > 0 ? 'bad' : succeeded > 0 ? 'good' : 'none'
  return { sign, cells: [name, String(started), failed > 0 ? [{ strong: String(failed) }] : '0', String(succeeded)] }
}

/** Of the tasks that started: a single phase tells nothing about where the time went. */
function phaseBlocks({ phases, slow, phase }: RolloutReport, language: Language): Blocks {
  const longest = phases.toSorted((one, other) => other.seconds - one.seconds)[0] ?? null
  // Where failed starts cost more than any phase of the others, none of these is the one to look at.
  const isTelling = !slow.is || slow.phase === longest?.phase
  const rows = phases.map((one) => ({
    cells: [PHASE_NAMES[one.phase][language], durationText(one.seconds)[language]],
    strong: isTelling && one === longest,
  }))
  const governing = slow.is
    ? [slow.because, ...(slow.setting === null ? [] : [slow.setting])]
    : phases.length > 1 && phase === 'steady' && longest !== null
      ? [longestLine(PHASE_NAMES[longest.phase], SETTINGS[longest.phase])]
      : []
  return [
    table([ROLLOUT_WORDS.phase[language], ROLLOUT_WORDS.time[language]], rows.length < 2 ? [] : rows),
    ...governing.map((line) => text(line[language])),
  ]
}

function longestLine(name: Text, setting: Text): Text {
  return { en: `The longest phase is ${name.en}. ${setting.en}`, ko: `가장 오래 걸린 단계: ${name.ko}. ${setting.ko}` }
}

const SUSPICIONS = 5

function suspicionLines({ suspicions, failures }: RolloutReport): readonly Text[] {
  const stops = new Map(failures.map(({ taskId, at }) => [taskId, at]))
  const lines = suspicions.slice(0, SUSPICIONS).map((one) => suspicionLine(one, stops.get(one.taskId) ?? null))
  return suspicions.length > SUSPICIONS ? [...lines, andMore(suspicions.length - SUSPICIONS)] : lines
}

function suspicionLine({ taskId, subnetId, destination, at, state }: Suspicion, stopAt: number | null): Text {
  const what = `${taskId} (${[subnetId, destination].filter((part) => part !== null).join(' → ')})`
  if (state === 'withdrawn') return { en: `Suspected, then withdrawn: ${what}`, ko: `의심했다가 철회함: ${what}` }
  if (state === 'suspected')
    return { en: `Suspected, not settled yet: ${what}`, ko: `의심 중(아직 확인되지 않음): ${what}` }
  if (stopAt === null || stopAt <= at)
    return { en: `Suspected, then confirmed: ${what}`, ko: `의심 후 확인됨: ${what}` }
  const lead = durationText((stopAt - at) / 1000)
  return {
    en: `Suspected ${lead.en} before the task stopped, then confirmed: ${what}`,
    ko: `태스크가 중지되기 ${lead.ko} 전에 의심, 이후 확인됨: ${what}`,
  }
}

/** How soon the watch knew, and what it cost. */
function watchedLines({ firstFailureSeenAt, diagnosedAt, startedAt, looks }: RolloutReport): readonly Text[] {
  return [
    ...(firstFailureSeenAt === null || startedAt === null
      ? []
      : [
          knownLine(
            durationText((firstFailureSeenAt - startedAt) / 1000),
            reasonAfter(firstFailureSeenAt, diagnosedAt),
          ),
        ]),
    {
      en: `Looks: ${looks.taken} (incomplete: ${looks.missed}), requests to AWS: ${looks.calls}`,
      ko: `조회 ${looks.taken}회(불완전 ${looks.missed}회), AWS 요청 ${looks.calls}회`,
    },
  ]
}

function knownLine(seen: Text, reason: Text): Text {
  return {
    en: `First failure seen ${seen.en} into the rollout, its reason ${reason.en}`,
    ko: `첫 실패 확인: 롤아웃 시작 ${seen.ko} 후, 이유 파악: ${reason.ko}`,
  }
}

function reasonAfter(seenAt: number, knownAt: number | null): Text {
  if (knownAt === null) return { en: 'not found', ko: '파악하지 못함' }
  if (knownAt - seenAt < 1000) return { en: 'at once', ko: '즉시' }
  const after = durationText((knownAt - seenAt) / 1000)
  return { en: `${after.en} later`, ko: `${after.ko} 후` }
}

const LOGS = 6

/** The first few; containers that wrote the same, or nothing for the same reason, once. */
function groupLogs(logs: readonly ContainerLog[]): readonly (ContainerLog & { readonly taskIds: string })[] {
  const alike = grouped(logs, ({ container, lines, missing }) => JSON.stringify([container, lines, missing === null]))
  return [...alike.values()]
    .slice(0, LOGS)
    .flatMap((own) => own.slice(0, 1).map((log) => ({ ...log, taskIds: own.map(({ taskId }) => taskId).join(', ') })))
}

function logBlock(
  { taskIds, container, lines, missing }: ReturnType<typeof groupLogs>[number],
  { logLines, line }: Amount,
  language: Language,
): Block | null {
  const shown = lines.slice(-logLines).map((one) => clip(one, line))
  const nothing = text((missing ?? ROLLOUT_WORDS.noLines)[language])
  return field([{ code: container }, ` (${taskIds})`], code(shown, '') ?? nothing)
}
