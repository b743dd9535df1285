/** What the role of a start must be allowed to do: every call with its resource, and the container that needs it. */

import { needOf, ownerOf, type Place, privateImage, sourcesOf } from '../domain/named-resources.ts'
import { partitionOf } from '../domain/partition.ts'
import type { Statement } from '../domain/path.ts'
import type { RoleFacts } from '../domain/role.ts'
import type { Container, TaskDefinition } from '../domain/service.ts'
import { pulledThrough } from '../task-start/images/pull-through-cache.ts'
import { callsOfPull, type PullFacts } from './policy/pull-calls.ts'

export type { Place } from '../domain/named-resources.ts'

export type RoleFeature = 'ecr' | 'logs' | 'secrets' | 'kms' | 'env-files' | 'pull-through'

export interface RoleNeed {
  readonly feature: RoleFeature
  /** `ecr:BatchGetImage` */
  readonly action: string
  /** An ARN, or `*` for actions that take no resource. A `*` within an ARN stands for a part that is not known. */
  readonly resource: string
  /** Where the call goes. */
  readonly region: string
  /** Who owns the resource; null where its ARN does not say. */
  readonly owner: string | null
  readonly neededBy: readonly Statement[]
}

/** What was read of the resources: keys and pull-through rules add needs of their own. */
export type KnownResources = Pick<RoleFacts, 'keys' | 'pullThroughRules' | 'repositories'>

/** A task's log stream has the task's id for its last part: any will do, none is known. */
const SOME_TASK = '0'.repeat(32)

/** Sources: Amazon ECS Developer Guide, Task execution IAM role; Amazon ECR User Guide, pull-through cache IAM permissions. */
export function roleNeeds(
  taskDefinition: TaskDefinition,
  place: Place,
  resources: KnownResources,
): readonly RoleNeed[] {
  return merged(
    taskDefinition.containers.flatMap((container) => [
      ...imageNeeds(container, place, resources),
      ...secretNeeds(container, place),
      ...keyNeeds(container, place, resources),
      ...fileNeeds(container, place),
      ...logNeeds(container, place),
    ]),
  )
}

function imageNeeds(container: Container, place: Place, resources: KnownResources): readonly RoleNeed[] {
  const named = privateImage(container)
  if (named === null) return []
  const { accountId, region } = named.ecr
  const facts = { ...pullFacts(place, region), repositories: [{ name: named.repository, account: accountId }] }
  const why = needOf(container, ['image', container.image], `image ${container.image}`, `이미지 ${container.image}`)
  const pull = needsOf('ecr', [...callsOfPull('ecr-api', facts), ...callsOfPull('ecr-dkr', facts)], region, why)
  const repository = { name: named.repository, accountId, region }
  const imports = pulledThrough(repository, place, resources)
  const arn = pull.at(-1)?.resource ?? '*'
  const imported = imports.map((action) => ({ action, resource: arn }))
  return [...pull, ...needsOf('pull-through', imported, region, why, accountId)]
}

/** The owner of each resource is told by its ARN, unless given. */
function needsOf(
  feature: RoleFeature,
  calls: readonly { readonly action: string; readonly resource: string }[],
  region: string,
  neededBy: Statement,
  owner?: string | null,
): readonly RoleNeed[] {
  return calls.map(({ action, resource }) => ({
    feature,
    action,
    resource,
    region,
    owner: owner === undefined ? ownerOf(resource) : owner,
    neededBy: [neededBy],
  }))
}

function secretNeeds(container: Container, place: Place): readonly RoleNeed[] {
  return sourcesOf(container, place.region).flatMap(({ source, neededBy }) => {
    const facts = pullFacts(place, source.region)
    const calls =
      source.service === 'ssm'
        ? callsOfPull('ssm', { ...facts, account: source.accountId ?? place.accountId, parameters: [source.id] })
        : callsOfPull('secretsmanager', { ...facts, secrets: [secretArn(source.id, place)] })
    return needsOf('secrets', calls, source.region, neededBy)
  })
}

/** An AWS managed key lets every principal of the account decrypt through its service, so only other keys are a need. */
function keyNeeds(container: Container, place: Place, { keys }: KnownResources): readonly RoleNeed[] {
  return sourcesOf(container, place.region).flatMap(({ source, neededBy }) => {
    const key = keys.find(({ id, service }) => id === source.id && service === source.service)
    if (key === undefined || !key.keyId.known || key.keyId.value === null) return []
    const resource = keyArn(key.keyId.value, source.region, source.accountId ?? place.accountId)
    return needsOf('kms', [{ action: 'kms:Decrypt', resource }], source.region, neededBy)
  })
}

function fileNeeds(container: Container, place: Place): readonly RoleNeed[] {
  return container.environmentFiles.flatMap((file) => {
    const calls = callsOfPull('s3-env-files', { ...pullFacts(place, place.region), environmentFiles: [file] })
    const why = needOf(container, ['environment-file', file], `environment file ${file}`, `환경 파일 ${file}`)
    return needsOf('env-files', calls, place.region, why, null)
  })
}

function logNeeds(container: Container, place: Place): readonly RoleNeed[] {
  const group = container.logOptions['awslogs-group']
  if (container.logDriver !== 'awslogs' || group === undefined || group === '') return []
  const region = container.logOptions['awslogs-region'] || place.region
  const create = container.logOptions['awslogs-create-group'] === 'true'
  const prefix = container.logOptions['awslogs-stream-prefix']
  // The stream is called prefix/container/task, or after the container's id (awslogs-stream-prefix).
  const stream = prefix ? `${prefix}/${container.name}/${SOME_TASK}` : SOME_TASK
  const facts = { ...pullFacts(place, region), logGroups: [{ name: group, create }] }
  const calls = callsOfPull('logs', facts).map(({ action, resource }) => ({
    action,
    resource: resource.replace(/:log-stream:\*$/, `:log-stream:${stream}`),
  }))
  return needsOf(
    'logs',
    calls,
    region,
    needOf(container, ['log-group', group], `log group ${group}`, `로그 그룹 ${group}`),
  )
}

function pullFacts({ accountId }: Place, region: string): PullFacts {
  return { partition: partitionOf(region).id, region, account: accountId, roleArn: null }
}

/** A secret may be given by name in the service's own Region; AWS then adds a hyphen and six characters. */
function secretArn(id: string, { region, accountId }: Place): string {
  if (id.startsWith('arn:')) return id
  return `arn:${partitionOf(region).id}:secretsmanager:${region}:${accountId ?? '*'}:secret:${id}-*`
}

/** An alias may lead to any key: policies name keys, not aliases (KMS Developer Guide, Aliases). */
function keyArn(key: string, region: string, accountId: string | null): string {
  if (/^arn:[^:]+:kms:[^:]*:[^:]*:key\//.test(key)) return key
  const owner = ownerOf(key) ?? accountId ?? '*'
  const id = /(^|:)alias\//.test(key) ? '*' : key
  return `arn:${partitionOf(region).id}:kms:${region}:${owner}:key/${id}`
}

/** Each call once, with everything that needs it; a container may say the same twice. */
function merged(needs: readonly RoleNeed[]): readonly RoleNeed[] {
  const found = new Map<string, RoleNeed>()
  for (const need of needs) {
    const key = `${need.feature} ${need.action} ${need.resource} ${need.region}`
    const before = found.get(key)
    found.set(key, { ...need, neededBy: [...(before?.neededBy ?? []), ...need.neededBy] })
  }
  return [...found.values()]
}
