/** What is asked of a deploy, and what it is handed to work with. */
import type { Loose } from '../../aws/calls/call.ts'
import type { ServiceRequest } from '../../aws/gather/index.ts'
import type { Reader } from '../../aws/reader/reader.ts'
import type { Writer } from '../../aws/writer/writer.ts'
import type { SettingsDeps } from '../settings/look.ts'
import type { WatchDeps, WatchRequest } from '../watch/request.ts'

export interface DeployRequest {
  /** Name or ARN; from the service's ARN, or `default`. */
  readonly cluster: string
  /** Name or ARN; null registers the revision and no more. */
  readonly service: string | null
  readonly revision: RevisionSource
  /** By container. */
  readonly images: Readonly<Record<string, string>>
  readonly keepNullValueKeys: readonly string[]
  /** Members of UpdateService that were asked for, beside service and task definition. */
  readonly update: Loose
  readonly force: boolean
  /** What is changed for this rollout alone. */
  readonly emergency: 'bad-subnets' | 'percent' | null
  /** Judged in place of those that the service has. */
  readonly subnets?: readonly string[]
  /** Null: nothing is rehearsed. */
  readonly rehearse: RehearsalRequest | null
  /** Null: none is asked for. */
  readonly task: TaskRequest | null
  readonly codeDeploy: CodeDeployRequest
  readonly dryRun: boolean
  readonly onBusy: 'wait' | 'fail' | 'proceed'
  readonly onCancel: 'nothing' | 'rollback'
  /** False ends after the update. */
  readonly isWatched: boolean
  /** How often a write is sent again that AWS left unanswered. */
  readonly retries: number
  readonly mostDelayMs: number | null
  readonly watch: Omit<WatchRequest, 'cluster' | 'service'>
  /** What preflight is asked for besides. */
  readonly optIn: Pick<ServiceRequest, 'askRegistry' | 'lookIntoSecret' | 'readImageConfig'>
}

export type RevisionSource =
  | { readonly kind: 'file'; readonly path: string }
  /** Family, `family:revision` or ARN. */
  | { readonly kind: 'named'; readonly name: string }
  /** What the service runs. */
  | { readonly kind: 'running' }

export interface RehearsalRequest {
  /** Some of the service's; null for all. */
  readonly subnets: readonly string[] | null
  /** Of the lease: `ownerIn`. */
  readonly owner: string
}

export interface TaskRequest {
  /** Input of RunTask, without cluster, task definition and token. */
  readonly input: Loose
  readonly isAwaited: boolean
}

export interface CodeDeployRequest {
  /** Path of the AppSpec file. */
  readonly appSpec: string
  readonly application: string | null
  readonly deploymentGroup: string | null
  readonly description: string | null
  readonly config: string | null
}

export interface DeployDeps extends Pick<WatchDeps, 'clock' | 'random' | 'tool' | 'say' | 'signal' | 'tape'> {
  /** For polls. */
  readonly polls: Reader
  /** For what is asked once. */
  readonly reader: Reader
  readonly writer: Writer
  /** A new client token a call, of up to 64 characters. */
  readonly token: () => string
  /** For the last words of a run that is cancelled: the signal does not end it. Null leaves the rollout alone. */
  readonly cancelReader: Reader | null
  /** For settings that are changed for a while; null leaves them all alone. */
  readonly settings: (SettingsDeps & { readonly owner: string }) | null
}
