/** What each command may ask of AWS, from the calls that it is declared to make. */
import { policyOf, type ReadPolicy, type ReadStatement } from '../iam/permission-statements.ts'
import type { AwsService, Call } from './calls/call.ts'
import { DEPLOY_CALLS } from './calls/deploy.ts'
import * as ec2 from './calls/ec2.ts'
import { getDownloadUrlForLayer, getSecretValue } from './calls/opt-in.ts'
import { REHEARSAL_CALLS } from './calls/rehearsal.ts'
import * as route53 from './calls/route53.ts'
import * as route53profiles from './calls/route53profiles.ts'
import * as route53resolver from './calls/route53resolver.ts'
import { CALLS } from './calls/table.ts'
import * as watching from './calls/watch.ts'
import * as writes from './calls/writes.ts'
import { type DeployWrites, deployWrites, execWrites } from './deploy-policy.ts'
import { rehearsalWrites } from './rehearsal-policy.ts'

/** The commands that ask AWS at all. */
export const ASKING = ['preflight', 'deploy', 'rehearse', 'probe', 'snapshot', 'trace', 'watch'] as const
export type Asking = (typeof ASKING)[number]

/** A trace asks about packets, not about what runs. */
const ON_INSTANCES: readonly Call<unknown>[] = [ec2.describeInstances, ec2.describeInstanceTypes]
const NETWORK = [ec2, route53, route53resolver, route53profiles]
  .flatMap((service) => Object.values(service) as readonly Call<unknown>[])
  .filter((one) => !ON_INSTANCES.includes(one))

/** A query of CloudWatch Logs Insights costs money: only with `flow-logs`. */
const QUERIES = [watching.startQuery, watching.getQueryResults] as readonly Call<unknown>[]

const WATCHING = [...CALLS, ...watching.WATCH_CALLS.filter((one) => !QUERIES.includes(one))]

const CALLS_OF: Readonly<Record<Asking, readonly Call<unknown>[]>> = {
  preflight: CALLS,
  deploy: [...WATCHING, ...DEPLOY_CALLS],
  probe: CALLS,
  snapshot: CALLS,
  rehearse: [...CALLS, ...REHEARSAL_CALLS],
  trace: NETWORK,
  // It makes a preflight in the background.
  watch: WATCHING,
}

/** The IAM actions behind a command, in the order of the alphabet. Who asks is told to anybody, so that needs none (STS API Reference). */
export function actionsOf(command: Asking): readonly string[] {
  const calls = CALLS_OF[command]
  const sendable = calls.filter(
    ({ service, recordedOnly }) => service !== ('sts' satisfies AwsService) && !recordedOnly,
  )
  return [...new Set(sendable.map(({ permission }) => permission))].sort()
}

/** What the user may opt into, and no policy has otherwise. */
export interface OptIns {
  readonly readSecrets?: boolean
  readonly readImageConfig?: boolean
  readonly flowLogs?: boolean
  readonly rollback?: boolean
  /** The log group that they are written to. */
  readonly metrics?: string | null
  /** Of `deploy`. */
  readonly writes?: DeployWrites
  /** Of `probe`: the service whose ECS Exec it turns on, and whose deployment it then follows. */
  readonly enablesExec?: Parameters<typeof execWrites>[0] | null
  /** Of `rehearse`, which does nothing without it. */
  readonly rehearsal?: boolean
}

export function policyFor(
  command: Asking,
  partition = 'aws',
  {
    readSecrets = false,
    readImageConfig = false,
    flowLogs = false,
    rollback = false,
    metrics = null,
    rehearsal = false,
    enablesExec = null,
    writes: deploys,
  }: OptIns = {},
): ReadPolicy {
  const own = actionsOf(enablesExec === null ? command : 'watch')
  const reads = [...own, ...(rehearsal ? REHEARSAL_CALLS.map(({ permission }) => permission) : [])]
  const policy = policyOf(reads, partition)
  const optedInto = [
    ...(readSecrets ? [secretValues(partition)] : []),
    ...(readImageConfig ? [imageConfigs(partition)] : []),
    ...(flowLogs ? [flowLogQueries(partition)] : []),
    ...(rollback ? [rollbackOfDeployments(partition)] : []),
    ...(metrics === null ? [] : [metricsOf(metrics, partition)]),
    ...(deploys === undefined ? [] : deployWrites(deploys, partition)),
    ...(rehearsal ? rehearsalWrites(partition) : []),
    ...(enablesExec === null ? [] : execWrites(enablesExec, partition)),
    ...(command === 'probe' ? [sessionsInTasks(partition)] : []),
  ]
  return { ...policy, Statement: [...policy.Statement, ...optedInto] }
}

/** To be narrowed to the secrets of the service by who grants it. */
export function secretValues(partition = 'aws'): ReadStatement {
  return {
    Sid: 'ReadSecretValues',
    Effect: 'Allow',
    Action: [getSecretValue.permission],
    Resource: `arn:${partition}:secretsmanager:*:*:secret:*`,
  }
}

/** To be narrowed to the repositories of the service's images. */
export function imageConfigs(partition = 'aws'): ReadStatement {
  return {
    Sid: 'ReadImageConfigurations',
    Effect: 'Allow',
    Action: [getDownloadUrlForLayer.permission],
    Resource: `arn:${partition}:ecr:*:*:repository/*`,
  }
}

/** To be narrowed to the log group of the flow logs. */
export function flowLogQueries(partition = 'aws'): ReadStatement {
  return {
    Sid: 'QueryFlowLogs',
    Effect: 'Allow',
    Action: QUERIES.map(({ permission }) => permission).sort(),
    Resource: `arn:${partition}:logs:*:*:log-group:*`,
  }
}

/** `logGroup` alone; what was written is looked up with `logs:GetLogEvents`, which every watch may. */
export function metricsOf(logGroup: string, partition = 'aws'): ReadStatement {
  return {
    Sid: 'WriteMetrics',
    Effect: 'Allow',
    Action: [writes.createLogStream.permission, writes.putLogEvents.permission],
    Resource: `arn:${partition}:logs:*:*:log-group:${logGroup}:*`,
  }
}

/** Of `probe`. To be narrowed to the cluster and its tasks: `cluster/CLUSTER`, `task/CLUSTER/*`. */
export function sessionsInTasks(partition = 'aws'): ReadStatement {
  return {
    Sid: 'OpenSessionsInTasks',
    Effect: 'Allow',
    Action: [writes.executeCommand.permission],
    Resource: [`arn:${partition}:ecs:*:*:cluster/*`, `arn:${partition}:ecs:*:*:task/*`],
  }
}

/** The only one that writes. To be narrowed to the service: `service-deployment/CLUSTER/SERVICE/*`. */
export function rollbackOfDeployments(partition = 'aws'): ReadStatement {
  return {
    Sid: 'RollBackDeployments',
    Effect: 'Allow',
    Action: watching.WATCH_WRITES.map(({ permission }) => permission),
    Resource: `arn:${partition}:ecs:*:*:service-deployment/*`,
  }
}
