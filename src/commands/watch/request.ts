/** What is asked of a watch, and what it is handed to work with. */
import type { Reader } from '../../aws/reader/reader.ts'
import type { FailOn, Ignore } from '../../checks/engine/verdict.ts'
import type { Clock } from '../../domain/clock.ts'
import type { Deployment } from '../../domain/deployment.ts'
import type { Report } from '../../domain/report.ts'
import type { Container } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import type { Preflighted } from './tape.ts'

export interface WatchRequest {
  /** Name or ARN; from the service's ARN, or `default`, when null. */
  readonly cluster: string | null
  readonly service: string
  /** ARN or `family:revision` that the deployment is to run. */
  readonly taskDefinition?: string | null
  /** The very deployment to follow, where the caller has made it. */
  readonly deploymentId?: string | null
  /** Which command the report is of: `watch` unless told. */
  readonly mode?: 'watch' | 'deploy'
  /** Of a deploy: what it has done already, for the report. */
  readonly deployment?: Deployment
  /** Between two polls. */
  readonly mostDelayMs?: number | null
  readonly waitMinutes: number
  /** For a revision that was named to appear as a deployment. */
  readonly appearsWithinMinutes: number
  /** Null is `auto`: the service's own history. */
  readonly slowAfterMinutes: number | null
  readonly onFailure: 'report' | 'rollback'
  /** Last lines of each container of a failing task; 0 reads none. */
  readonly logLines: number
  /** Log group of VPC Flow Logs, or null. */
  readonly flowLogs: string | null
  readonly failOn: FailOn
  readonly ignore: readonly Ignore[]
}

export interface WatchDeps {
  /** For polls. */
  readonly reader: Reader
  /** For what is asked once: preflight, logs, a rollback. The same where there is none. */
  readonly patientReader?: Reader
  readonly clock: Clock
  /** From 0 to 1. */
  readonly random: () => number
  readonly tool: Report['tool']
  /** Ctrl-C, or the cancellation of the job. */
  readonly signal?: AbortSignal
  /** Progress, a line at a time. */
  readonly say: (line: Text) => void
  /** Takes each line of the tape as it is made. */
  readonly tape?: (line: string) => void
  /** Asks ECS for a rollback when the signal aborts, where the rollout is still under way: the signal does not end this one. */
  readonly cancelReader?: Reader | null
  /** What preflight gave, where the caller has it already. */
  readonly prepare?: () => Promise<Prepared>
}

export interface Prepared extends Preflighted {
  /** Of the task definition that the deployment runs: where its logs are. */
  readonly containers: readonly Container[]
}
