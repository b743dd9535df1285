/** The tape of a watch: everything that came in, one JSON line each and nothing twice, from which the same report is made again. */
import type { Unread } from '../../domain/answer.ts'
import type { Report, Unknown } from '../../domain/report.ts'
import type { ContainerLog, Look } from '../../domain/rollout.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { type Grounds, NO_GROUNDS } from '../../rollout/diagnose/preflight-evidence.ts'
import { beginRollout, type FlowProof, type Plan, type Rollout, type TargetReason } from '../../rollout/state.ts'
import { learn, step } from '../../rollout/step.ts'

/** What preflight gave, or why it could not. */
export interface Preflighted {
  readonly report: Report
  /** Without what the report holds already. */
  readonly grounds: Omit<Grounds, 'paths' | 'findings'>
}

export interface Beginning {
  readonly kind: 'begin'
  readonly now: number
  readonly version: 1
  readonly plan: Plan
  readonly blank: Report
}

export type TapeEntry =
  | Beginning
  | { readonly kind: 'look'; readonly now: number; readonly look: Look }
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
  | { readonly kind: 'rollback'; readonly now: number; readonly accepted: boolean; readonly detail: string }
  | { readonly kind: 'cancel'; readonly now: number }

/** A watch under way: what it knows, and the report that its rollout is added to. */
export interface Watching {
  readonly state: Rollout
  /** Of preflight, or a blank one where nothing but ECS could be read. */
  readonly report: Report
}

export function begin(entry: Beginning): Watching {
  return { state: beginRollout(entry.plan), report: entry.blank }
}

/** Adds one entry. Pure: the tape, folded, is the watch. */
export function play({ state, report }: Watching, entry: TapeEntry): Watching {
  const { now } = entry
  switch (entry.kind) {
    case 'begin':
      return begin(entry)
    case 'look':
      return { report, state: step(state, entry.look, now) }
    case 'preflight': {
      const { paths, findings } = entry.preflighted.report
      const grounds = { ...entry.preflighted.grounds, paths, findings }
      return { report: entry.preflighted.report, state: learn(state, { grounds }, now) }
    }
    case 'unprepared':
      return {
        report: { ...report, unknowns: [...report.unknowns, unprepared(entry.detail)] },
        state: learn(state, { grounds: NO_GROUNDS }, now),
      }
    case 'logs':
      return { report, state: learn(state, { logs: [...state.logs, ...entry.logs] }, now) }
    case 'targets': {
      const targets = distinctTargets([...state.targets, ...entry.targets])
      return { report, state: learn(state, { targets, targetsUnread: entry.missing }, now) }
    }
    case 'flows':
      return { report, state: learn(state, { flows: [...state.flows, ...entry.flows] }, now) }
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

/** What a look may share with the one before it. */
const PARTS = ['service', 'running', 'stopped', 'serviceDeployments'] as const

/** Writes entries as lines, in their order: a part of a look that is as in the look before is left out. */
export function tapeWriter(): (entry: TapeEntry) => string {
  const before: Partial<Record<(typeof PARTS)[number], string>> = {}
  return (entry) => {
    if (entry.kind !== 'look') return `${JSON.stringify(entry)}\n`
    const look: Partial<Look> = { ...entry.look }
    for (const part of PARTS) {
      const text = JSON.stringify(entry.look[part])
      if (before[part] === text) delete look[part]
      before[part] = text
    }
    return `${JSON.stringify({ ...entry, look })}\n`
  }
}

/** The whole tape, in order. Throws `UsageError` for a text that is none; a last line that was cut is left out. */
export function readTape(text: string): readonly TapeEntry[] {
  const lines = text.split('\n')
  let before: Partial<Look> = {}
  const entries = lines.flatMap((line, index): readonly TapeEntry[] => {
    if (line.trim() === '') return []
    const entry = parsed(line)
    if (entry === null && index === lines.length - 1) return []
    if (entry === null) throw notATape(index + 1)
    if (entry.kind !== 'look') return [entry]
    before = { ...before, ...entry.look }
    if (!PARTS.every((part) => before[part] !== undefined)) throw notATape(index + 1)
    const own: Partial<Look> = entry.look
    const parts = Object.fromEntries(PARTS.map((part) => [part, own[part] ?? before[part]]))
    return [{ ...entry, look: { ...own, ...parts } as Look }]
  })
  if (entries[0]?.kind !== 'begin') throw notATape(1)
  return entries
}

function parsed(line: string): TapeEntry | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && 'kind' in value && 'now' in value
      ? (value as TapeEntry)
      : null
  } catch {
    return null
  }
}

function notATape(line: number): UsageError {
  return new UsageError({
    en: `The input "replay" takes the tape.ndjson of an earlier watch; line ${line} of the file is not a line of a tape.`,
    ko: `"replay" 입력에는 이전 관찰의 tape.ndjson 파일을 지정해야 합니다. 테이프 형식이 아닌 줄: ${line}`,
  })
}
