/** The report of a deploy: preflight's with what was written, and either the rollout or why there is none to tell of. */
import { actionsOf } from '../../aws/permissions.ts'
import type { DeployEnding } from '../../domain/deployment.ts'
import type { Report, Verdict } from '../../domain/report.ts'
import type { ExitCode } from '../../inputs/commands.ts'
import { exitCodeOfWatch } from '../watch/conclusion.ts'
import type { Ready } from './ready.ts'

/** Of a deploy that ended without a rollout. */
export function endedReport({ report, deployment, starts }: Ready, ending: DeployEnding): Report {
  const { verdict, enforces } = OUTCOMES[ending.kind]
  return {
    ...report,
    ...(verdict === null ? {} : { verdict }),
    enforced: enforces ?? report.enforced,
    reads: actionsOf('deploy'),
    deployment,
    starts,
    ending,
  }
}

interface EndingOutcome {
  /** Null leaves preflight's word. */
  readonly verdict: Verdict | null
  /** Null leaves it to `fail-on`. */
  readonly enforces: boolean | null
  readonly exitCode: ExitCode
}

const OWN = { verdict: null, enforces: null } as const
const FAILED = { verdict: 'fail', enforces: true, exitCode: 1 } as const
const OPEN = { verdict: 'unknown', enforces: false, exitCode: 3 } as const

/** Contract, sections 2 and 9. */
const OUTCOMES: Readonly<Record<DeployEnding['kind'], EndingOutcome>> = {
  preflight: { ...OWN, exitCode: 1 },
  rehearsal: FAILED,
  emergency: FAILED,
  'dry-run': { ...OWN, exitCode: 0 },
  registered: { ...OWN, exitCode: 0 },
  'not-watched': { ...OWN, exitCode: 0 },
  unchanged: { ...OWN, exitCode: 0 },
  'task-done': { ...OWN, exitCode: 0 },
  'task-started': { ...OWN, exitCode: 0 },
  cancelled: OPEN,
  busy: FAILED,
  'still-busy': OPEN,
  overtaken: OPEN,
  'not-permitted': FAILED,
  refused: FAILED,
  unsure: OPEN,
  'task-failed': FAILED,
  'task-not-over': OPEN,
  'code-deploy-failed': FAILED,
  'code-deploy-open': OPEN,
}

export function exitCodeOfDeploy(report: Report): ExitCode {
  return report.ending === undefined ? exitCodeOfWatch(report) : OUTCOMES[report.ending.kind].exitCode
}
