/** The report of a rehearsal: what preflight said, what the tasks showed, and one verdict over both. */
import { actionsOf } from '../../aws/permissions.ts'
import { conclude, firstFailing } from '../../checks/engine/verdict.ts'
import { CHECKS } from '../../checks/index.ts'
import { type Rehearsal, worstOutcome } from '../../domain/rehearsal.ts'
import type { Report, Unknown, Verdict } from '../../domain/report.ts'
import { STEP_TITLES, type StepId, type StepState } from '../../domain/step.ts'
import { isRehearsed } from './prediction.ts'

/** Contract, section 10: 0 pulled everywhere, 1 failed somewhere, 3 where it could not be tried. */
export function exitCodeOfRehearsal(rehearsal: Rehearsal): 0 | 1 | 3 {
  const worst = worstOutcome(rehearsal)
  if (worst === 'failed') return 1
  return worst === 'pulled' ? 0 : 3
}

export function concludeRehearsal(report: Report, rehearsal: Rehearsal): Report {
  const joined = withRehearsal(report, rehearsal)
  const isFailed = exitCodeOfRehearsal(rehearsal) === 1
  return { ...joined, mode: 'rehearse', enforced: isFailed, reads: actionsOf('rehearse') }
}

/** The report of preflight with what the rehearsal showed: its step, and unknowns that are facts now. `enforced` stays as it was. */
export function withRehearsal(report: Report, rehearsal: Rehearsal): Report {
  const unknowns = report.unknowns.map((unknown) =>
    isAnswered(unknown, report, rehearsal) ? answered(unknown) : unknown,
  )
  const { verdict, steps } = conclude({ ...report, unknowns }, [], CHECKS)
  const state = stateOf(rehearsal)
  const all = [...steps, { id: 'rehearsal', title: STEP_TITLES.rehearsal, state } as const]
  return {
    ...report,
    unknowns,
    verdict: verdictOf(state, verdict),
    failingStep: firstFailing(all),
    steps: all,
    rehearsal,
  }
}

function stateOf(rehearsal: Rehearsal): StepState {
  return ({ 0: 'ok', 1: 'failed', 3: 'unknown' } as const)[exitCodeOfRehearsal(rehearsal)]
}

/** What was pulled everywhere leaves the findings to decide: they speak of other days, too. */
function verdictOf(state: StepState, ofPreflight: Verdict): Verdict {
  if (state === 'failed') return 'fail'
  return state === 'unknown' && ofPreflight !== 'fail' ? 'unknown' : ofPreflight
}

const NETWORK: ReadonlySet<StepId> = new Set([
  'dns',
  'endpoints',
  'routes',
  'security-groups',
  'network-acls',
  'endpoint-policies',
])

/** Packets came through, from every subnet that has a path, to all that the unknown paths lead to. */
function isAnswered({ step, matters }: Unknown, { paths }: Report, { subnets }: Rehearsal): boolean {
  const pulled = subnets.flatMap(({ subnetId, outcome }) => (outcome === 'pulled' ? [subnetId] : []))
  const unclear = paths.filter(({ required, outcome }) => required && outcome === 'indeterminate')
  return (
    matters &&
    NETWORK.has(step) &&
    unclear.length > 0 &&
    unclear.every((path) => isRehearsed(path) && pulled.includes(path.from.subnetId))
  )
}

function answered(unknown: Unknown): Unknown {
  const { en, ko } = unknown.because
  return {
    ...unknown,
    matters: false,
    because: {
      en: `${en}; the rehearsal shows that packets come through`,
      ko: `${ko}. 예행 실행에서 패킷이 통과하는 것을 확인했습니다`,
    },
  }
}
