/** The tape of a watch: everything that came in, one JSON line each and nothing twice, from which the same report is made again. */
import type { ActionLogs } from '../../domain/action-logs.ts'
import type { Unread } from '../../domain/answer.ts'
import type { Report, Unknown } from '../../domain/report.ts'
import type { ContainerLog, Poll } from '../../domain/rollout.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { NO_EVIDENCE, type PreflightEvidence } from '../../rollout/diagnose/preflight-evidence.ts'
import { beginRollout, type FlowProof, type Rollout, type TargetReason, type WatchPlan } from '../../rollout/state.ts'
import { learn, step } from '../../rollout/step.ts'

/** What preflight gave, or why it could not. */
export interface Preflighted {
  readonly report: Report
  /** Without what the report holds already. */
  readonly preflight: Omit<PreflightEvidence, 'paths' | 'findings'>
}

/** 2: polls in place of polls, AWS's own words for their parts. */
export const TAPE_VERSION = 2

export interface Beginning {
  readonly kind: 'begin'
  readonly now: number
  readonly version: typeof TAPE_VERSION
  readonly plan: WatchPlan
  readonly blank: Report
}

export type TapeEntry =
  | Beginning
  | { readonly kind: 'poll'; readonly now: number; readonly poll: Poll }
  | { readonly kind: 'preflight'; readonly now: number; readonly preflighted: Preflighted }
  | { readonly kind: 'unprepared'; readonly now: number; readonly detail: string }
  | { readonly kind: 'logs'; readonly now: number; readonly logs: readonly ContainerLog[] }
  | {
      readonly kind: 'targets'
      readonly now: number
      readonly targets: readonly TargetReason[]
      readonly missing: Unread | null
    }
  | { readonly kind: 'flows'; readonly now: number; readonly flows: readonly FlowProof[] }
  /** Its records are added to those that came before. */
  | { readonly kind: 'action-logs'; readonly now: number; readonly actionLogs: ActionLogs }
  | { readonly kind: 'rollback'; readonly now: number; readonly accepted: boolean; readonly detail: string }
  | { readonly kind: 'cancel'; readonly now: number }

/** A watch under way: what it knows, and the report that its rollout is added to. */
export interface WatchState {
  readonly state: Rollout
  /** Of preflight, or a blank one where nothing but ECS could be read. */
  readonly report: Report
}

export function begin(entry: Beginning): WatchState {
  return { state: beginRollout(entry.plan), report: entry.blank }
}

/** Adds one entry. Pure: the tape, folded, is the watch. */
export function play({ state, report }: WatchState, entry: TapeEntry): WatchState {
  const { now } = entry
  switch (entry.kind) {
    case 'begin':
      return begin(entry)
    case 'poll':
      return { report, state: step(state, entry.poll, now) }
    case 'preflight': {
      const { paths, findings } = entry.preflighted.report
      const preflight = { ...entry.preflighted.preflight, paths, findings }
      return { report: entry.preflighted.report, state: learn(state, { preflight }, now) }
    }
    case 'unprepared':
      return {
        report: { ...report, unknowns: [...report.unknowns, unprepared(entry.detail)] },
        state: learn(state, { preflight: NO_EVIDENCE }, now),
      }
    case 'logs':
      return { report, state: learn(state, { logs: [...state.logs, ...entry.logs] }, now) }
    case 'targets': {
      const targets = distinctTargets([...state.targets, ...entry.targets])
      return { report, state: learn(state, { targets, targetsUnread: entry.missing }, now) }
    }
    case 'flows':
      return { report, state: learn(state, { flows: [...state.flows, ...entry.flows] }, now) }
    case 'action-logs': {
      const actions = [...(state.actionLogs?.actions ?? []), ...entry.actionLogs.actions]
      return { report, state: learn(state, { actionLogs: { ...entry.actionLogs, actions } }, now) }
    }
    case 'rollback': {
      const { accepted, detail } = entry
      return { report, state: learn(state, { rollbackAsked: { at: now, accepted, detail } }, now) }
    }
    case 'cancel':
      return { report, state: learn(state, { cancelledAt: now }, now) }
    default:
      return { report, state }
  }
}

function unprepared(detail: string): Unknown {
  return {
    check: 'preflight',
    step: 'service',
    reason: ['network-unprepared', detail],
    because: {
      en: `The network could not be checked beside the watch, so that failures are explained by their texts alone. ${detail}`,
      ko: `관찰과 함께 네트워크를 점검하지 못했으므로 실패는 메시지만으로 설명됩니다. ${detail}`,
    },
    permission: null,
    matters: false,
  }
}

/** The youngest word about each target. */
function distinctTargets(targets: readonly TargetReason[]): readonly TargetReason[] {
  return [...new Map(targets.map((one) => [`${one.targetGroupArn} ${one.target}`, one])).values()]
}

/** What a poll may share with the one before it. */
const PARTS = ['service', 'running', 'stopped', 'serviceDeployments'] as const

/** Writes entries as lines, in their order: a part of a poll that is as in the poll before is left out. */
export function tapeWriter(): (entry: TapeEntry) => string {
  const before: Partial<Record<(typeof PARTS)[number], string>> = {}
  return (entry) => {
    if (entry.kind !== 'poll') return `${JSON.stringify(entry)}\n`
    const poll: Partial<Poll> = { ...entry.poll }
    for (const part of PARTS) {
      const text = JSON.stringify(entry.poll[part])
      if (before[part] === text) delete poll[part]
      before[part] = text
    }
    return `${JSON.stringify({ ...entry, poll })}\n`
  }
}

/** The whole tape, in order. Throws `UsageError` for a text that is none; a last line that was cut is left out. */
export function readTape(text: string): readonly TapeEntry[] {
  const lines = text.split('\n')
  let before: Partial<Poll> = {}
  const entries = lines.flatMap((line, index): readonly TapeEntry[] => {
    if (line.trim() === '') return []
    const entry = parsed<TapeEntry>(line)
    if (entry === null && index === lines.length - 1) return []
    if (entry === null) throw notATape(index + 1)
    if (entry.kind !== 'poll') return [entry]
    before = { ...before, ...entry.poll }
    if (!PARTS.every((part) => before[part] !== undefined)) throw notATape(index + 1)
    const own: Partial<Poll> = entry.poll
    const parts = Object.fromEntries(PARTS.map((part) => [part, own[part] ?? before[part]]))
    return [{ ...entry, poll: { ...own, ...parts } as Poll }]
  })
  const [first] = entries
  if (first?.kind !== 'begin') throw notATape(1)
  if (first.version !== TAPE_VERSION) throw otherVersion(first.version)
  return entries
}

/** A line of a tape; null for what is none. */
export function parsed<Entry extends { readonly kind: string; readonly now: number }>(line: string): Entry | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && 'kind' in value && 'now' in value ? (value as Entry) : null
  } catch {
    return null
  }
}

export function otherVersion(version: number): UsageError {
  return new UsageError({
    en: `The tape was written by another version of ecs-pull-guard (form ${version}, and this one reads form ${TAPE_VERSION}): replay it with the version that wrote it.`,
    ko: `다른 버전의 ecs-pull-guard가 기록한 테이프입니다(형식 ${version}, 읽을 수 있는 형식 ${TAPE_VERSION}). 테이프를 기록한 버전으로 다시 재생해야 합니다.`,
  })
}

function notATape(line: number): UsageError {
  return new UsageError({
    en: `The input "replay" takes the tape.ndjson of an earlier watch; line ${line} of the file is not a line of a tape.`,
    ko: `"replay" 입력에는 이전 관찰의 tape.ndjson 파일을 지정해야 합니다. 테이프 형식이 아닌 줄: ${line}`,
  })
}
