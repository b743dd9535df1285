/** From findings and unknowns to a verdict, the state of every step, and the first step that fails (contract, sections 4 and 5). */
import type { Finding, Severity, Step, Unknown, Verdict } from '../../domain/report.ts'
import { PREFLIGHT_STEPS, STEP_TITLES, type StepId, type StepState } from '../../domain/step.ts'

/** What fails the run: severities of findings, and `unknown` for facts that matter and could not be read. */
export type FailOn = readonly ('blocker' | 'warning' | 'unknown')[]

/** A finding that the user has accepted, with the reason given. A null subject accepts the check everywhere. */
export interface Ignore {
  readonly check: string
  readonly subject: string | null
  readonly reason: string
}

export interface Conclusion {
  readonly verdict: Verdict
  readonly failingStep: { readonly id: StepId; readonly title: Step['title'] } | null
  readonly steps: readonly Step[]
}

export function conclude(
  findings: readonly Finding[],
  unknowns: readonly Unknown[],
  failOn: FailOn,
  looked: readonly StepId[],
): Conclusion {
  const steps = PREFLIGHT_STEPS.map((id) => ({
    id,
    title: STEP_TITLES[id],
    state: stateOf(id, findings, unknowns, looked),
  }))
  const failing = steps.find(({ state }) => state === 'failed')
  return {
    verdict: verdictOf(findings, unknowns, failOn),
    failingStep: failing === undefined ? null : { id: failing.id, title: failing.title },
    steps,
  }
}

function verdictOf(findings: readonly Finding[], unknowns: readonly Unknown[], failOn: FailOn): Verdict {
  const severities = new Set<Severity>(findings.map(({ severity }) => severity))
  if (failOn.some((named) => named !== 'unknown' && severities.has(named))) return 'fail'
  if (unknowns.some(({ matters }) => matters)) return 'unknown'
  return severities.has('blocker') || severities.has('warning') ? 'warn' : 'pass'
}

function stateOf(
  id: StepId,
  findings: readonly Finding[],
  unknowns: readonly Unknown[],
  looked: readonly StepId[],
): StepState {
  const own = findings.filter(({ step }) => step === id)
  if (own.some(({ severity }) => severity === 'blocker')) return 'failed'
  if (unknowns.some(({ step, beyond = [], matters }) => matters && [step, ...beyond].includes(id))) return 'unknown'
  if (own.some(({ severity }) => severity === 'warning')) return 'warning'
  return looked.includes(id) ? 'ok' : 'skipped'
}

/** Silenced findings leave the report's verdict, and are listed with their reasons. */
export function applyIgnores(findings: readonly Finding[], ignores: readonly Ignore[]) {
  const silencing = (finding: Finding) =>
    ignores.find(({ check, subject }) => check === finding.check && (subject === null || subject === finding.subject))
  return {
    kept: findings.filter((finding) => silencing(finding) === undefined),
    ignored: findings.flatMap((finding) => {
      const by = silencing(finding)
      return by === undefined ? [] : [{ check: finding.check, subject: finding.subject, reason: by.reason }]
    }),
  }
}

/** 0, or 1 for a verdict that `fail-on` names (contract, section 2). */
export function exitCodeOf(verdict: Verdict, failOn: FailOn): 0 | 1 {
  return verdict === 'fail' || (verdict === 'unknown' && failOn.includes('unknown')) ? 1 : 0
}
