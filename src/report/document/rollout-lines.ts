/** Lines about a rollout that every renderer shows: where the time went, what was suspected, how it was watched, each failure in words. */
import type { ContainerLog, RolloutReport, SubnetCount, Suspicion } from '../../domain/rollout.ts'
import type { Text } from '../../domain/text.ts'
import { durationText } from '../../rollout/timing/duration.ts'
import { PHASE_NAMES, SETTINGS } from '../../rollout/timing/slow.ts'
import { instantText } from '../json/rollout.ts'
import { causeLead } from '../text/rollout-words.ts'
import { andMore } from '../text/words.ts'
import type { FailureGroup } from './failure-groups.ts'

export interface PhaseLine {
  readonly name: Text
  readonly time: Text
  readonly seconds: number
  readonly longest: boolean
}

/** Of the tasks that started: a single phase tells nothing about where the time went. */
export function phaseLines({ phases, slow }: RolloutReport): readonly PhaseLine[] {
  if (phases.length < 2) return []
  const longest = longestOf(phases)
  // Where failed starts cost more than any phase of the others, none of these is the one to look at.
  const isTelling = !slow.is || slow.phase === longest?.phase
  return phases.map((one) => ({
    name: PHASE_NAMES[one.phase],
    time: durationText(one.seconds),
    seconds: one.seconds,
    longest: isTelling && one === longest,
  }))
}

/** Why it is slow and what governs that; where it is not, what governs the longest phase. */
export function governingLines({ slow, phases, phase }: RolloutReport): readonly Text[] {
  if (slow.is) return [slow.because, ...(slow.setting === null ? [] : [slow.setting])]
  const longest = longestOf(phases)
  if (longest === null || phases.length < 2 || phase !== 'steady') return []
  const [name, setting] = [PHASE_NAMES[longest.phase], SETTINGS[longest.phase]]
  return [
    { en: `The longest phase is ${name.en}. ${setting.en}`, ko: `가장 오래 걸린 단계: ${name.ko}. ${setting.ko}` },
  ]
}

function longestOf(phases: RolloutReport['phases']): RolloutReport['phases'][number] | null {
  return phases.toSorted((one, other) => other.seconds - one.seconds)[0] ?? null
}

const SUSPICIONS = 5

export function suspicionLines({ suspicions, failures }: RolloutReport): readonly Text[] {
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
export function watchedLines({ firstFailureSeenAt, diagnosedAt, startedAt, looks }: RolloutReport): readonly Text[] {
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

/** A table by zone says nothing new where each zone has one subnet. */
export function zonesWorthShowing({ byZone, bySubnet }: RolloutReport): readonly Omit<SubnetCount, 'subnetId'>[] {
  return byZone.length < bySubnet.length ? byZone : []
}

/** Nothing is claimed of a place where no task has started yet. */
export function placeState({ failed, succeeded }: Pick<SubnetCount, 'failed' | 'succeeded'>): 'bad' | 'good' | 'none' {
  return failed > 0 ? 'bad' : succeeded > 0 ? 'good' : 'none'
}

const PLACES = 3
const TASKS = 5

/** Who failed where and when: `2 tasks · subnet-… (zone) · …T04:05:33Z – …T04:10:51Z`. */
export function whoLine({ count, taskIds, places, firstAt, lastAt }: FailureGroup): Text {
  const times = [...new Set([firstAt, lastAt].flatMap((at) => instantText(at)?.replace(/\.\d+Z$/, 'Z') ?? []))]
  const where = places.slice(0, PLACES).join(', ')
  const more = places.length > PLACES ? andMore(places.length - PLACES) : null
  const of = taskIds.length > 0
  const line = (who: string, rest: string) =>
    [who, where === '' ? '' : `${where}${rest}`, times.join(' – ')].filter((part) => part !== '').join(' · ')
  return {
    en: line(
      of ? `${count} ${count === 1 ? 'task' : 'tasks'}` : 'no task came to be',
      more === null ? '' : `, ${more.en}`,
    ),
    ko: line(of ? `태스크 ${count}개` : '생성된 태스크 없음', more === null ? '' : ` ${more.ko}`),
  }
}

const LOGS = 6

/** The first few; containers that wrote the same, or nothing for the same reason, once. */
export function groupLogs(logs: readonly ContainerLog[]): readonly (ContainerLog & { readonly taskIds: string })[] {
  const groups = new Map<string, readonly ContainerLog[]>()
  for (const log of logs) {
    const key = JSON.stringify([log.container, log.lines, log.missing])
    groups.set(key, [...(groups.get(key) ?? []), log])
  }
  return [...groups.values()]
    .slice(0, LOGS)
    .flatMap((own) => own.slice(0, 1).map((log) => ({ ...log, taskIds: own.map(({ taskId }) => taskId).join(', ') })))
}

/** The first few: the JSON has all. */
export function taskLine({ taskIds }: FailureGroup): Text | null {
  if (taskIds.length === 0) return null
  const shown = taskIds.slice(0, TASKS).join(', ')
  const more = taskIds.length > TASKS ? andMore(taskIds.length - TASKS) : null
  return { en: more === null ? shown : `${shown}, ${more.en}`, ko: more === null ? shown : `${shown} ${more.ko}` }
}

/** The finding behind it, how sure that is, and the check to look up below; null where no finding is. */
export function causeLine({ failure, finding, suspect }: FailureGroup): Text | null {
  const { cause, causeSubject, confidence } = failure
  if (cause === null) return null
  const [lead, title] = [causeLead(confidence), (finding ?? suspect)?.title]
  const id = causeSubject === null ? cause : `${cause} ${causeSubject}`
  if (title === undefined) return { en: `${lead.en}: ${id}`, ko: `${lead.ko}: ${id}` }
  return { en: `${lead.en}: ${title.en} (${id})`, ko: `${lead.ko}: ${title.ko} (${id})` }
}

/** The message's own remedy, where no finding brings a better one. */
export function remedyOf({ failure, finding }: FailureGroup): readonly Text[] {
  return finding === null ? failure.remedy : []
}
