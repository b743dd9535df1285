/** The report of a watch: what preflight said, what became of the rollout, and one verdict over both. */
import { actionsOf } from '../../aws/permissions.ts'
import { firstFailing, worstFirst } from '../../checks/engine/verdict.ts'
import type { Finding, Report, Step, Verdict } from '../../domain/report.ts'
import type { RolloutPhase, RolloutReport } from '../../domain/rollout.ts'
import { type AnyReport, isOfServices, reportsIn } from '../../domain/services-report.ts'
import { ROLLOUT_STEPS, STEP_TITLES, type StepId, type StepState } from '../../domain/step.ts'
import type { ExitCode } from '../../inputs/commands.ts'
import { actionUnknowns } from '../../rollout/action-advice.ts'
import { withRecords } from '../../rollout/diagnose/flow-logs.ts'
import { rolloutReport } from '../../rollout/report.ts'
import type { WatchState } from './tape.ts'

export function concludeWatch({ state, report }: WatchState, mode: string): Report {
  const rollout = rolloutReport(state)
  const hasFailed = rollout.hopeless !== null || FAILED.has(rollout.phase)
  const steps = [...report.steps, ...rolloutSteps(rollout, hasFailed)]
  return {
    ...report,
    findings: worstFirst(withRecords(report.findings, state.failures, state.flows)),
    unknowns: [...report.unknowns, ...actionUnknowns(state)],
    mode,
    verdict: hasFailed ? 'fail' : verdictOf(rollout, report.findings),
    enforced: hasFailed,
    failingStep: firstFailing(steps),
    steps,
    reads: actionsOf(mode === 'deploy' ? mode : 'watch'),
    rollout,
  }
}

const FAILED: ReadonlySet<RolloutPhase> = new Set(['not-started', 'failed', 'rolled-back', 'rolling-back'])

/** Contract, section 2: 0 steady, 1 failed, rolled back or without hope, 3 where the end is not known. */
export function exitCodeOfWatch({ rollout, enforced }: Report): 0 | 1 | 3 {
  if (rollout?.phase === 'steady') return 0
  return enforced ? 1 : 3
}

/** Of several services: a rollout that failed is told before a service that could not be watched, and that before an end that is not known. */
const WORST_FIRST = [1, 2, 3] as const

/** Contract, section 6. */
export function exitCodeOf(report: AnyReport): ExitCode {
  const codes: readonly ExitCode[] = [
    ...reportsIn(report).map(exitCodeOfWatch),
    ...(isOfServices(report) ? report.missing.map((): ExitCode => 2) : []),
  ]
  return WORST_FIRST.find((code) => codes.includes(code)) ?? 0
}

/** Of a rollout that ended well the findings decide: what nobody has mended meets the next one. What made it hard is a warning. */
function verdictOf({ phase, failures, slow, tasks }: RolloutReport, findings: readonly Finding[]): Verdict {
  if (phase !== 'steady') return 'unknown'
  if (findings.some(({ severity }) => severity === 'blocker')) return 'fail'
  const isHard = failures.length > 0 || tasks.failed > 0 || slow.is
  return isHard || findings.some(({ severity }) => severity === 'warning') ? 'warn' : 'pass'
}

function rolloutSteps(rollout: RolloutReport, isBad: boolean): readonly Step[] {
  const reached = new Set(reachedBy(rollout))
  const failed = new Set<StepId | null>(rollout.failures.map(({ step }) => step))
  return ROLLOUT_STEPS.map((id) => ({ id, title: STEP_TITLES[id], state: stateOf(id) }))

  function stateOf(id: StepId): StepState {
    if (failed.has(id)) return isBad ? 'failed' : 'warning'
    if (id === 'steady' && isBad) return 'failed'
    if (id === 'steady' && rollout.phase !== 'steady') return 'unknown'
    return reached.has(id) ? 'ok' : 'skipped'
  }
}

const STARTED: readonly StepId[] = ['placement', 'pull', 'init', 'start']

/** What some task got through. One that fails at its start or its health has been pulled; which of pull and init comes first is the platform's. */
function reachedBy({ phase, bySubnet, tasks, failures }: RolloutReport): readonly StepId[] {
  if (phase === 'steady') return tasks.started === 0 ? ['steady'] : ROLLOUT_STEPS
  const ran = bySubnet.some(({ succeeded }) => succeeded > 0)
  if (ran || failures.some(({ step, taskId }) => step === 'health' && taskId !== null)) return STARTED
  if (failures.some(({ step, taskId }) => step === 'start' && taskId !== null)) return STARTED.slice(0, -1)
  return tasks.started > 0 ? ['placement'] : []
}
