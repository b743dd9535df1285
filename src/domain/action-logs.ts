/** ECS Action Logs: what a cluster's vended log says that ECS did, as far as documents name its members (docs/aws-semantics.md). */
import type { Unread } from './answer.ts'

/** One record. Its texts are untrusted, with what looks like a credential hidden. */
export interface EcsAction {
  /** CloudWatch Logs' own id of the event. */
  readonly id: string
  /** Milliseconds since 1970; null where nothing that can be read tells. */
  readonly at: number | null
  /** `INFO`, `WARN`, `ERROR`; null for a line that is no record. */
  readonly level: string | null
  /** `SERVICE_DEPLOYMENT_IN_PROGRESS` and others; no list of them is published. */
  readonly eventName: string | null
  /** `detail.statusReason`; of a line that is no record, the line. */
  readonly reason: string | null
  /** As of a stopped task. */
  readonly stopCode: string | null
  readonly containerReason: string | null
  readonly taskId: string | null
  readonly serviceDeploymentArn: string | null
}

/** Where the records of a cluster go. Both lists are empty where nobody turned them on. */
export interface ActionLogDelivery {
  /** In this account and Region. */
  readonly logGroups: readonly string[]
  /** ARNs of what a watch does not read: a bucket, a Firehose stream, a log group of another account or Region. */
  readonly others: readonly string[]
}

export interface ActionLogs {
  /** Null where it could not be read. */
  readonly delivery: ActionLogDelivery | null
  readonly actions: readonly EcsAction[]
  /** Why the last reading told nothing, or not everything; null where it did. */
  readonly unread: Unread | null
}
