/** The report of a watch: what preflight said, what became of the rollout, and one verdict over both. */
import type { Finding, Report, Step, Verdict } from '../../domain/report.ts'
import type { RolloutPhase, RolloutReport } from '../../domain/rollout.ts'
import { ROLLOUT_STEPS, STEP_TITLES, type StepId, type StepState } from '../../domain/step.ts'
import { withRecords } from '../../rollout/diagnose/flow-logs.ts'
import { rolloutReport } from '../../rollout/report.ts'
import type { WatchState } from './tape.ts'

export function concludeWatch({ state, report }: WatchState, mode: string): Report {
  const rollout = rolloutReport(state)
  const steps = [...report.steps, ...rolloutSteps(rollout)]
  const failing = steps.find((step) => step.state === 'failed')
  return {
    ...report,
    findings: withRecords(report.findings, state.failures, state.flows),
    mode,
    verdict: verdictOf(rollout, report.findings),
    failingStep: failing === undefined ? null : { id: failing.id, title: failing.title },
    steps,
    rollout,
  }
}

/** Contract, section 2: 0 steady, 1 failed or rolled back, 3 where the end is not known. */
export function exitCodeOfRollout(phase: RolloutPhase): 0 | 1 | 3 {
  if (phase === 'steady') return 0
  return hasFailed(phase) ? 1 : 3
}

function hasFailed(phase: RolloutPhase): boolean {
  return phase === 'failed' || phase === 'rolled-back' || phase === 'rolling-back'
}

/** A rollout that ended well is a pass, with a warning where something made it hard. */
function verdictOf({ phase, failures, slow, tasks }: RolloutReport, findings: readonly Finding[]): Verdict {
  if (hasFailed(phase)) return 'fail'
  if (phase !== 'steady') return 'unknown'
  const isHard =
    failures.length > 0 || tasks.failed > 0 || slow.is || findings.some(({ severity }) => severity !== 'advice')
  return isHard ? 'warn' : 'pass'
}

function rolloutSteps(rollout: RolloutReport): readonly Step[] {
  const reached = new Set(reachedBy(rollout))
  const failed = new Set<StepId | null>(rollout.failures.map(({ step }) => step))
  const isBad = hasFailed(rollout.phase)
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
