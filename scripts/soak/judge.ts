/** What must never come of a broken wire: held against the same world unbroken. */
import { complaintsOf } from '../../__tests__/report/json/schema.ts'
import type { Report } from '../../src/domain/report.ts'
import { reportJson } from '../../src/report/json/json.ts'
import type { Plan } from './plan.ts'
import type { End } from './play.ts'

export type Breach =
  | 'wrong pass'
  | 'wrong blocker'
  | 'wrong failure'
  | 'wrong refusal'
  | 'wrong verdict'
  | 'crash'
  | 'wrong JSON'
  | 'tape tells another report'

export interface Violation {
  readonly breach: Breach
  readonly detail: string
}

/** Empty where all is as it may be. `truth` is the end of the same run with nothing broken. */
export function violations(plan: Plan, truth: End, { end }: { readonly end: End }): readonly Violation[] {
  if (truth.kind !== 'report') throw new TypeError(`${plan.world} gives no report unbroken: ${JSON.stringify(truth)}`)
  if (end.kind === 'crash') return [{ breach: 'crash', detail: end.stack }]
  if (end.kind === 'refusal')
    return DENIES_WHAT_IS_THERE.test(end.sentence) ? [{ breach: 'wrong refusal', detail: end.sentence }] : []
  const invalid = complaintsOf('Report', reportJson(end.report, 'en'))
  return [
    ...invalid.slice(0, 1).map((detail): Violation => ({ breach: 'wrong JSON', detail })),
    ...(end.replayed ? [] : [{ breach: 'tape tells another report', detail: '' } as const]),
    ...(plan.chaos === null ? otherVerdict(truth.report, end.report) : []),
    ...(plan.mode === 'watch' ? ofWatch(truth, end) : ofPreflight(truth.report, end.report)),
    ...wrongBlockers(truth.report, end.report),
  ]
}

const DENIES_WHAT_IS_THERE = /does not exist|could be found|has no /i

function otherVerdict(truth: Report, { verdict }: Report): readonly Violation[] {
  return verdict === truth.verdict
    ? []
    : [{ breach: 'wrong verdict', detail: `${verdict} instead of ${truth.verdict}` }]
}

/** From good to bad. A verdict may become `unknown`, and no better. */
const ORDER = ['pass', 'warn', 'unknown', 'fail']

function ofPreflight(truth: Report, { verdict }: Report): readonly Violation[] {
  const isBetter = verdict !== 'unknown' && ORDER.indexOf(verdict) < ORDER.indexOf(truth.verdict)
  return isBetter ? [{ breach: 'wrong pass', detail: `${verdict} instead of ${truth.verdict}` }] : []
}

type Reported = Extract<End, { kind: 'report' }>

/** A rollout that ended well is seen to end well, or its end is not known. */
function ofWatch(truth: Reported, end: Reported): readonly Violation[] {
  const detail = `${end.report.rollout?.phase} instead of ${truth.report.rollout?.phase}`
  if (end.exitCode === truth.exitCode || end.exitCode === 3) return []
  return [{ breach: end.exitCode === 0 ? 'wrong pass' : 'wrong failure', detail }]
}

function wrongBlockers(truth: Report, { findings }: Report): readonly Violation[] {
  const blockers = (all: Report['findings']) => all.filter(({ severity }) => severity === 'blocker')
  const true_ = new Set(blockers(truth.findings).map(({ check, subject }) => `${check} ${subject}`))
  return blockers(findings)
    .filter(({ check, subject }) => !true_.has(`${check} ${subject}`))
    .map(({ check, subject, evidence }) => ({
      breach: 'wrong blocker',
      detail: `${check} ${subject}: ${evidence.map(({ en }) => en).join(' · ')}`,
    }))
}
