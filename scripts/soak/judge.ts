/** What must never come of a broken wire: held against the same world unbroken. */
import { complaintsOf } from '../../__tests__/report/json/schema.ts'
import type { Affected, Report, Severity, Unknown, Verdict } from '../../src/domain/report.ts'
import { reportJson } from '../../src/report/json/json.ts'
import { isUnbroken, type Plan } from './plan.ts'
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
  | 'too much memory'

export interface Violation {
  readonly breach: Breach
  readonly detail: string
}

/** What an end comes to: enough to hold another one against it. */
export interface Essence {
  readonly verdict: Report['verdict']
  readonly exitCode: number
  /** What blockers accuse: their subjects, and the ways that they break. */
  readonly accused: readonly string[]
  /** Checks that accuse, and checks that warn. */
  readonly checks: Readonly<Record<'blocker' | 'warning', readonly string[]>>
  /** Of a rollout. */
  readonly phase: string | null
}

/** Throws for an end without a report: nothing can be held against it. */
export function essenceOf(end: End): Essence {
  if (end.kind !== 'report') throw new TypeError(`no report of an unbroken world: ${JSON.stringify(end)}`)
  const { verdict, findings, rollout } = end.report
  const blockers = findings.filter(({ severity }) => severity === 'blocker')
  const checksOf = (wanted: Severity) =>
    findings.filter(({ severity }) => severity === wanted).map(({ check }) => check)
  return {
    ...{ verdict, exitCode: end.exitCode, phase: rollout?.phase ?? null },
    checks: { blocker: checksOf('blocker'), warning: checksOf('warning') },
    accused: blockers.flatMap(({ subject, affects }) => [subject, ...affects.map(wayOf)]),
  }
}

/** Empty where all is as it may be. `truth` is the end of the same run with nothing broken. */
export function violations(plan: Plan, truth: Essence, end: End): readonly Violation[] {
  if (end.kind === 'crash') return [{ breach: 'crash', detail: end.stack }]
  if (end.kind === 'refusal')
    return DENIES_WHAT_IS_THERE.test(end.sentence) ? [{ breach: 'wrong refusal', detail: end.sentence }] : []
  const invalid = complaintsOf('Report', reportJson(end.report, 'en'))
  const own = essenceOf(end)
  return [
    ...invalid.slice(0, 1).map((detail): Violation => ({ breach: 'wrong JSON', detail })),
    ...(end.isReplayed ? [] : [{ breach: 'tape tells another report', detail: '' } as const]),
    ...(isUnbroken(plan) ? otherEnd(truth, own) : []),
    ...(plan.mode === 'watch' ? ofWatch(truth, own) : ofPreflight(truth, end.report)),
    ...wrongBlockers(truth, end.report),
  ]
}

const DENIES_WHAT_IS_THERE = /does not exist|could be found|has no /i

/** Where a page has three entries, a watch counts more calls and asks at other moments: how slow it was may then differ, its end may not. */
function otherEnd(truth: Essence, own: Essence): readonly Violation[] {
  const [was, is] = truth.phase === null ? [truth.verdict, own.verdict] : [truth.phase, own.phase]
  return was === is ? [] : [{ breach: 'wrong verdict', detail: `${is} instead of ${was}` }]
}

/** From good to bad. A verdict may become `unknown`; a better one has to be told as the contract allows it. */
const ORDER = ['pass', 'warn', 'unknown', 'fail']

function ofPreflight({ verdict: truth, checks }: Essence, { verdict, unknowns }: Report): readonly Violation[] {
  const isBetter = verdict !== 'unknown' && ORDER.indexOf(verdict) < ORDER.indexOf(truth)
  const missed = truth === 'fail' ? checks.blocker : truth === 'warn' ? checks.warning : []
  const isTold = missed.length > 0 && missed.every((check) => unknowns.some((one) => mayMiss(one, check, truth)))
  return isBetter && !isTold ? [{ breach: 'wrong pass', detail: `${verdict} instead of ${truth}` }] : []
}

/**
 * By section 3 of the contract: what only reveals rare overrides leaves the verdict alone, for whatever reason it is missing; and a warning may be
 * missing where nobody may ask for what it rests on.
 */
function mayMiss({ check, checks = [check], reason, unanswered }: Unknown, missed: string, truth: Verdict): boolean {
  const isDenied = truth === 'warn' && unanswered !== true
  return checks.includes(missed) && (isDenied || OVERRIDES.includes(String(reason[0])))
}

const OVERRIDES = [
  'hosted-zones-unread',
  'name-override-unread',
  'public-access-unread',
  'encryption-controls-unread',
  'fargate-vcpu-quota',
  'lifecycle-policy-unread',
]

/** A rollout's end is seen, or is not known. */
function ofWatch(truth: Essence, { exitCode, phase }: Essence): readonly Violation[] {
  if (exitCode === truth.exitCode || exitCode === 3) return []
  return [{ breach: exitCode === 0 ? 'wrong pass' : 'wrong failure', detail: `${phase} instead of ${truth.phase}` }]
}

function wayOf({ subnetId, destination }: Affected): string {
  return `${subnetId} → ${destination}`
}

/**
 * A blocker of something that blocks nothing unbroken. With less to go by, the same thing may be told by another name: an image that is
 * archived as one that is not found, a missing route as a missing endpoint.
 */
function wrongBlockers({ accused }: Essence, { findings }: Report): readonly Violation[] {
  return findings
    .filter(({ severity, subject, affects }) => {
      const ways = affects.map(wayOf)
      const isOwn = accused.includes(subject) || (ways.length > 0 && ways.every((way) => accused.includes(way)))
      return severity === 'blocker' && !isOwn
    })
    .map(({ check, subject, evidence }) => ({
      breach: 'wrong blocker',
      detail: `${check} ${subject}: ${evidence.map(({ en }) => en).join(' · ')}`,
    }))
}
