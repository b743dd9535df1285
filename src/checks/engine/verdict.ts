/** From findings and unknowns to a verdict, whether it fails the run, and the state of every step (contract, sections 4 and 5). */
import type { Check } from '../../domain/check.ts'
import type { Finding, IgnoredFinding, Report, Severity, Unknown, Verdict } from '../../domain/report.ts'
import { PREFLIGHT_STEPS, STEP_TITLES, STEPS, type StepId, type StepState } from '../../domain/step.ts'
import type { FoundByCheck } from './run.ts'

/** What fails the run: severities of findings, and `unknown` for facts that matter and could not be read. */
export type FailOn = readonly ('blocker' | 'warning' | 'unknown')[]

/** A finding that the user has accepted, with the reason given. A null subject accepts the check everywhere. */
export interface Ignore {
  readonly check: string
  readonly subject: string | null
  readonly reason: string
}

type Judged = Pick<Report, 'findings' | 'ignored' | 'unknowns'>
type Conclusion = Pick<Report, 'verdict' | 'enforced' | 'failingStep' | 'steps'>

export function conclude(judged: Judged, failOn: FailOn, checks: readonly Check[]): Conclusion {
  const unjudged = stepsWithout(judged.unknowns)
  const looked = new Set(checks.map(({ step }) => step))
  const steps = PREFLIGHT_STEPS.map((id) => {
    const state = unjudged.has(id) ? 'unknown' : looked.has(id) ? 'ok' : 'skipped'
    return { id, title: STEP_TITLES[id], state: stateOf(id, judged, state) }
  })
  return {
    verdict: verdictOf(judged),
    enforced: failOn.some((name) => isFound(name, judged)),
    failingStep: firstFailing(steps),
    steps,
  }
}

export function firstFailing(steps: Report['steps']): Report['failingStep'] {
  const failing = steps.find(({ state }) => state === 'failed')
  return failing === undefined ? null : { id: failing.id, title: failing.title }
}

/** What is so. What the user does about it is `fail-on`'s affair. */
function verdictOf(judged: Judged): Verdict {
  if (isFound('blocker', judged)) return 'fail'
  if (isFound('unknown', judged)) return 'unknown'
  return isFound('warning', judged) ? 'warn' : 'pass'
}

function isFound(name: FailOn[number], { findings, unknowns }: Omit<Judged, 'ignored'>): boolean {
  return name === 'unknown'
    ? unknowns.some(({ matters }) => matters)
    : findings.some(({ severity }) => severity === name)
}

/** Steps that a fact that decides kept from being judged. */
function stepsWithout(unknowns: readonly Unknown[]): ReadonlySet<StepId> {
  return new Set(unknowns.filter(({ matters }) => matters).flatMap(({ step, beyond = [] }) => [step, ...beyond]))
}

function stateOf(id: StepId, { findings, ignored }: Judged, otherwise: StepState): StepState {
  const has = (severity: Severity) => findings.some((one) => one.step === id && one.severity === severity)
  if (has('blocker')) return 'failed'
  if (otherwise === 'unknown') return 'unknown'
  if (has('warning')) return 'warning'
  return ignored.some(({ step }) => step === id) ? 'ignored' : otherwise
}

const RANK: Readonly<Record<Severity, number>> = { blocker: 0, warning: 1, advice: 2 }

/** The order of a report: by severity, then by step; else as they came. */
export function worstFirst<One extends Pick<Finding, 'severity' | 'step'>>(findings: readonly One[]): readonly One[] {
  return findings.toSorted(
    (one, other) => RANK[one.severity] - RANK[other.severity] || STEPS.indexOf(one.step) - STEPS.indexOf(other.step),
  )
}

/** The order in which remedies are worded: what is ignored comes last, since a remedy may point to one before it. */
export function toBeSaid(found: readonly FoundByCheck[], ignores: readonly Ignore[]): readonly FoundByCheck[] {
  const [kept, silenced] = [false, true].map((wanted) =>
    found.filter(({ check, subject }) => (ignoreOf(check.id, subject, ignores) !== undefined) === wanted),
  )
  return [...worstFirst(kept ?? []), ...worstFirst(silenced ?? [])]
}

function ignoreOf(id: string, subject: string, ignores: readonly Ignore[]): Ignore | undefined {
  return ignores.find((one) => one.check === id && (one.subject === null || one.subject === subject))
}

/** Ignored findings leave the verdict, and stay in the report with the reason given. */
export function applyIgnores(
  findings: readonly Finding[],
  ignores: readonly Ignore[],
): { readonly findings: readonly Finding[]; readonly ignored: readonly IgnoredFinding[] } {
  const by = ({ check, subject }: Finding) => ignoreOf(check, subject, ignores)
  const sorted = worstFirst(findings)
  return {
    findings: sorted.filter((finding) => by(finding) === undefined),
    ignored: sorted.flatMap((finding) => {
      const reason = by(finding)?.reason
      return reason === undefined ? [] : [{ ...finding, reason }]
    }),
  }
}
