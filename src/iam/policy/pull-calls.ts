/** The API calls that a task start-up makes at each destination, as an endpoint policy sees them. */
import type { Context } from './context.ts'
import type { EndpointCall } from './endpoint-policy.ts'

/** What a task uses. Everything may be left out: a destination without names is asked for all its resources. */
export interface PullFacts {
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string
  readonly region: string
  readonly account: string | null
  /** The role that pulls: execution role, or the container instance's. */
  readonly roleArn: string | null
  /** For ECS Exec. */
  readonly taskRoleArn?: string | null
  readonly repositories?: readonly RepositoryName[]
  readonly logGroups?: readonly LogGroupName[]
  /** `valueFrom` of Secrets Manager, with or without JSON key, stage and version. */
  readonly secrets?: readonly string[]
  /** `valueFrom` of Parameter Store: name or ARN. */
  readonly parameters?: readonly string[]
  /** ARNs of KMS keys. */
  readonly keys?: readonly string[]
  /** ARNs of S3 objects. */
  readonly environmentFiles?: readonly string[]
  readonly endpointType?: string | null
  readonly context?: Context
}

export interface RepositoryName {
  readonly name: string
  /** The registry; null for the account's own. */
  readonly account: string | null
  /** A pull-through cache repository also imports from its upstream. */
  readonly pullThrough?: boolean
}

export interface LogGroupName {
  readonly name: string
  /** `awslogs-create-group`. */
  readonly create: boolean
}

type Named = readonly [action: string, resource: string]

/** Destinations are those of a path; a registry other than ECR takes no calls that a policy would see. */
export function callsOfPull(destination: string, facts: PullFacts): readonly EndpointCall[] {
  // KMS is called from the task for ECS Exec alone: secrets are decrypted by their own services.
  const ofTask = destination === 'ssmmessages' || destination === 'kms'
  const principalArn = ofTask ? (facts.taskRoleArn ?? null) : facts.roleArn
  return namedCalls(destination, facts).map(([action, resource]) => ({
    action,
    resource,
    // ECR signs the URLs of layers itself.
    principalArn: destination === 's3-layers' ? null : principalArn,
    account: facts.account,
    ...(facts.context === undefined ? {} : { context: facts.context }),
    ...(facts.endpointType === undefined ? {} : { endpointType: facts.endpointType }),
  }))
}

/** Sources: Amazon ECS Developer Guide, Task execution IAM role; Amazon ECR User Guide, Interface VPC endpoints. */
function namedCalls(destination: string, facts: PullFacts): readonly Named[] {
  const { partition, region } = facts
  switch (destination) {
    case 'ecr-api':
      return [['ecr:GetAuthorizationToken', '*']]
    case 'ecr-dkr':
      return orAny(facts.repositories, { name: '*', account: '*' }).flatMap((repository) => pullOf(repository, facts))
    case 's3-layers':
      return [['s3:GetObject', `arn:${partition}:s3:::prod-${region}-starport-layer-bucket/*`]]
    case 'logs':
      return orAny(facts.logGroups, { name: '*', create: false }).flatMap((group) => logsOf(group, facts))
    case 'secretsmanager':
      return orAny(facts.secrets, arnOf(facts, 'secretsmanager', 'secret:*')).map((valueFrom) => [
        'secretsmanager:GetSecretValue',
        // …:secret:name-AbCdEf, then the parts that name a key and a version of it.
        valueFrom.split(':').slice(0, 7).join(':'),
      ])
    case 'ssm':
      return orAny(facts.parameters, arnOf(facts, 'ssm', 'parameter/*')).map((valueFrom) => [
        'ssm:GetParameters',
        valueFrom.startsWith('arn:') ? valueFrom : arnOf(facts, 'ssm', `parameter/${valueFrom.replace(/^\//, '')}`),
      ])
    case 'kms':
      return orAny(facts.keys, arnOf(facts, 'kms', 'key/*')).map((key) => ['kms:Decrypt', key])
    case 's3-env-files':
      return orAny(facts.environmentFiles, `arn:${partition}:s3:::*/*`).flatMap((file) => [
        ['s3:GetObject', file],
        ['s3:GetBucketLocation', file.split('/')[0] ?? file],
      ])
    case 'ssmmessages':
      return ['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'].map((name) => [
        `ssmmessages:${name}`,
        '*',
      ])
    default:
      return []
  }
}

function pullOf({ name, account, pullThrough }: RepositoryName, facts: PullFacts): readonly Named[] {
  const owner = account ?? facts.account ?? '*'
  const repository = `arn:${facts.partition}:ecr:${facts.region}:${owner}:repository/${name}`
  const actions = [
    'ecr:BatchGetImage',
    'ecr:GetDownloadUrlForLayer',
    ...(pullThrough ? ['ecr:BatchImportUpstreamImage'] : []),
  ]
  return actions.map((action) => [action, repository])
}

/** The resource is a stream of the group, as in the access-denied messages of CloudWatch Logs. */
function logsOf({ name, create }: LogGroupName, facts: PullFacts): readonly Named[] {
  const group = arnOf(facts, 'logs', `log-group:${name}:log-stream:`)
  const stream: readonly Named[] = [
    ['logs:CreateLogStream', `${group}*`],
    ['logs:PutLogEvents', `${group}*`],
  ]
  return create ? [['logs:CreateLogGroup', group], ...stream] : stream
}

function arnOf({ partition, region, account }: PullFacts, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${account ?? '*'}:${resource}`
}

function orAny<T>(names: readonly T[] | undefined, anyOfThem: T): readonly T[] {
  return names === undefined || names.length === 0 ? [anyOfThem] : names
}
