/** What the role of a start must be allowed to do: every call with its resource, and the container that needs it. */

import {
  filesOf,
  logGroupOf,
  type NamedSecret,
  needOf,
  ownerOf,
  type Place,
  partsOf,
  privateImage,
  type Start,
  type StartPart,
  sourcesOf,
} from '../domain/named-resources.ts'
import { partitionOf } from '../domain/partition.ts'
import type { Statement } from '../domain/path.ts'
import type { RoleFacts, SecretKey, Tags } from '../domain/role.ts'
import type { Container } from '../domain/service.ts'
import { pulledThrough } from '../task-start/images/pull-through-cache.ts'
import { type Context, UNKNOWN } from './policy/context.ts'
import { callsOfPull, type PullFacts } from './policy/pull-calls.ts'

export type { Place } from '../domain/named-resources.ts'

export type RoleFeature =
  | 'ecr'
  | 'logs'
  | 'secrets'
  | 'kms'
  | 'env-files'
  | 'pull-through'
  | 'exec'
  | 'mount'
  | 'infrastructure'

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
  /** What is known of the request beside the call itself. */
  readonly context?: Context
  readonly neededBy: readonly Statement[]
}

/** What was read of the resources: keys and pull-through rules add needs of their own. */
export type KnownResources = Pick<RoleFacts, 'keys' | 'pullThroughRules' | 'repositories' | 'customerKeys'>

/** A task's log stream has the task's id for its last part: any will do, none is known. */
const SOME_TASK = '0'.repeat(32)

/** Sources: Amazon ECS Developer Guide, Task execution IAM role; Amazon ECR User Guide, pull-through cache IAM permissions. */
export function roleNeeds(start: Start, place: Place, resources: KnownResources): readonly RoleNeed[] {
  const { containers } = start.taskDefinition
  return merged([
    ...containers.flatMap((container) => [...imageNeeds(container, place, resources), ...fileNeeds(container, place)]),
    ...partsOf(start).flatMap((part) => [
      ...secretNeeds(part, place, resources),
      ...keyNeeds(part, place, resources),
      ...logNeeds(part, place),
    ]),
  ])
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
  return [...pull, ...needsOf('pull-through', imported, region, why, { owner: accountId })]
}

/** The owner of each resource is told by its ARN, unless given. */
function needsOf(
  feature: RoleFeature,
  calls: readonly { readonly action: string; readonly resource: string }[],
  region: string,
  neededBy: Statement,
  { owner, context = {} }: { readonly owner?: string | null; readonly context?: Context } = {},
): readonly RoleNeed[] {
  return calls.map(({ action, resource }) => ({
    feature,
    action,
    resource,
    region,
    owner: owner === undefined ? ownerOf(resource) : owner,
    context,
    neededBy: [neededBy],
  }))
}

function secretNeeds(part: StartPart, place: Place, { keys }: KnownResources): readonly RoleNeed[] {
  return sourcesOf(part, place.region).flatMap(({ source, neededBy }) => {
    const facts = pullFacts(place, source.region)
    const calls =
      source.service === 'ssm'
        ? callsOfPull('ssm', { ...facts, account: source.accountId ?? place.accountId, parameters: [source.id] })
        : callsOfPull('secretsmanager', { ...facts, secrets: [secretArn(source.id, place)] })
    return needsOf('secrets', calls, source.region, neededBy, { context: secretTags(keyFor(source, keys)?.tags) })
  })
}

/** An AWS managed key lets every principal of the account decrypt through its service, so only other keys are a need. */
function keyNeeds(part: StartPart, place: Place, { keys, customerKeys }: KnownResources): readonly RoleNeed[] {
  return sourcesOf(part, place.region).flatMap(({ source, neededBy }) => {
    const named = keyFor(source, keys)?.keyId
    const keyId = named?.known ? named.value : null
    if (keyId === null) return []
    const { region, service } = source
    const found = customerKeys.find(({ id, region: at }) => id === keyId && at === region)
    const resource = found?.key.known ? found.key.value.arn : keyArn(keyId, region, source.accountId ?? place.accountId)
    // The service decrypts for the role (KMS Developer Guide, kms:ViaService).
    const via = `${service}.${region}.${partitionOf(region).dnsSuffix}`
    const context = {
      'kms:ViaService': [via],
      'kms:CallerAccount': place.accountId === null ? UNKNOWN : [place.accountId],
    }
    return needsOf('kms', [{ action: 'kms:Decrypt', resource }], region, neededBy, { context })
  })
}

/** AWS Secrets Manager User Guide, Condition keys. */
function secretTags(tags: Tags | null | undefined): Context {
  return { ...tagsOf(tags, 'aws:ResourceTag'), ...tagsOf(tags, 'secretsmanager:ResourceTag') }
}

function keyFor({ id, service }: NamedSecret, keys: KnownResources['keys']): SecretKey | undefined {
  return keys.find((one) => one.id === id && one.service === service)
}

/** Of a thing whose tags AWS answered: those that it has not are not there. */
export function tagsOf(tags: Tags | null | undefined, key: string): Context {
  if (tags === null || tags === undefined) return {}
  return {
    [`${key}/`]: [],
    ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [`${key}/${name}`, [value]])),
  }
}

function fileNeeds(container: Container, place: Place): readonly RoleNeed[] {
  return filesOf(container).flatMap(({ arn, neededBy }) => {
    const calls = callsOfPull('s3-env-files', { ...pullFacts(place, place.region), environmentFiles: [arn] })
    return needsOf('env-files', calls, place.region, neededBy, { owner: null })
  })
}

function logNeeds(part: StartPart, place: Place): readonly RoleNeed[] {
  const group = logGroupOf(part, place.region)
  if (group === null) return []
  const { name, region } = group
  const prefix = part.logOptions['awslogs-stream-prefix']
  // The stream is called prefix/container/task, or after the container's id (awslogs-stream-prefix).
  const stream = prefix ? `${prefix}/${part.name.replaceAll(' ', '-')}/${SOME_TASK}` : SOME_TASK
  const calls = callsOfPull('logs', { ...pullFacts(place, region), logGroups: [group] }).map(
    ({ action, resource }) => ({
      action,
      resource: resource.replace(/:log-stream:\*$/, `:log-stream:${stream}`),
    }),
  )
  return needsOf('logs', calls, region, needOf(part, ['log-group', name], `log group ${name}`, `로그 그룹 ${name}`))
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
export function keyArn(key: string, region: string, accountId: string | null): string {
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
