/**
 * A revision in one form, whether it is to be registered or was answered by DescribeTaskDefinition: what ECS fills in is filled in, what
 * is empty is left out, and what has a name stands under it, in no order. Where nobody documents that two forms mean the same, they differ.
 */
import { compare } from '../../../domain/collections.ts'
import { sizeOf } from '../../../task-start/fargate-size.ts'
import { idOf, isLoose, type Loose, listAt, text, texts } from '../../facts/shape.ts'
import { knownMembers } from '../shape-faults.ts'

/** `arn:aws:iam::123456789012:role/`: what ECS puts before the bare name of a role. */
export type RolePrefix = string

/** Of the account and partition that a registered revision is in; null for what is no registered revision. */
export function rolePrefixOf(definition: Loose | null): RolePrefix | null {
  const arn = /^arn:([^:]+):ecs:[^:]*:(\d{12}):task-definition\//.exec(idOf(definition?.['taskDefinitionArn']) ?? '')
  return arn === null ? null : `arn:${arn[1]}:iam::${arn[2]}:role/`
}

/** `tags`: where they stand beside the definition. */
export function normalForm(definition: Loose, tags: unknown, roles: RolePrefix | null): Loose {
  const whole = knownMembers({ ...definition, tags: definition['tags'] ?? tags })
  const { containerDefinitions, volumes, tags: own, ...rest } = isLoose(whole) ? pruned(whole) : {}
  const given = isLoose(rest) ? rest : {}
  const networkMode = given['networkMode'] ?? (isWindows(given) ? undefined : 'bridge')
  return pruned({
    enableFaultInjection: false,
    ...given,
    networkMode,
    cpu: sizeText(given['cpu'], 'vcpu'),
    memory: sizeText(given['memory'], 'gb'),
    taskRoleArn: roleArn(given['taskRoleArn'], roles),
    executionRoleArn: roleArn(given['executionRoleArn'], roles),
    requiresCompatibilities: texts(given['requiresCompatibilities']).toSorted(compare),
    containerDefinitions: named(
      mapped(containerDefinitions, (one) => containerForm(one, networkMode)),
      'name',
    ),
    volumes: named(mapped(volumes, volumeForm), 'name'),
    tags: named(Array.isArray(own) ? own.filter((one) => !isOfAws(one)) : own, 'key', 'value'),
  })
}

function containerForm(container: Loose, networkMode: unknown): Loose {
  const { healthCheck, logConfiguration: log } = container
  const readOnly = (one: Loose) => ({ readOnly: false, ...one })
  return {
    cpu: 0,
    essential: true,
    versionConsistency: 'enabled',
    ...container,
    portMappings: mapped(container['portMappings'], (one) => portForm(one, networkMode)),
    mountPoints: mapped(container['mountPoints'], readOnly),
    volumesFrom: mapped(container['volumesFrom'], readOnly),
    environment: named(
      mapped(container['environment'], (one) => ({ value: '', ...one })),
      'name',
      'value',
    ),
    secrets: named(container['secrets'], 'name', 'valueFrom'),
    healthCheck: isLoose(healthCheck) ? { interval: 30, timeout: 5, retries: 3, ...healthCheck } : healthCheck,
    logConfiguration: isLoose(log) ? { ...log, secretOptions: named(log['secretOptions'], 'name', 'valueFrom') } : log,
  }
}

/** The host port follows the container's where both are one (ECS API, PortMapping); elsewhere 0 is a port of Docker's choice. */
function portForm(mapping: Loose, networkMode: unknown): Loose {
  const isShared = networkMode === 'awsvpc' || networkMode === 'host'
  const hostPort = mapping['hostPort'] || (isShared ? mapping['containerPort'] : undefined)
  return { protocol: 'tcp', ...mapping, hostPort }
}

function volumeForm(volume: Loose): Loose {
  const efs = volume['efsVolumeConfiguration']
  if (!isLoose(efs)) return volume
  const { authorizationConfig } = efs
  const authorization = { iam: 'DISABLED', ...(isLoose(authorizationConfig) ? authorizationConfig : {}) }
  const whole = { rootDirectory: '/', transitEncryption: 'DISABLED', ...efs, authorizationConfig: authorization }
  return { ...volume, efsVolumeConfiguration: whole }
}

/** `1 vCPU` and `0.5 GB` are registered in units and MiB (ECS API, RegisterTaskDefinition). */
function sizeText(value: unknown, unit: 'vcpu' | 'gb'): unknown {
  const size = sizeOf(value, unit)
  return size === null ? value : String(size)
}

function roleArn(role: unknown, prefix: RolePrefix | null): unknown {
  const name = idOf(role)
  return name === null || prefix === null || name.startsWith('arn:') ? role : `${prefix}${name}`
}

/** Nobody but AWS gives tags that begin with `aws:`. */
function isOfAws(tag: unknown): boolean {
  return isLoose(tag) && String(tag['key']).startsWith('aws:')
}

/** Its default network mode is not that of Linux. */
function isWindows({ runtimePlatform }: Loose): boolean {
  return isLoose(runtimePlatform) && /^WINDOWS/i.test(String(runtimePlatform['operatingSystemFamily'] ?? ''))
}

function mapped(list: unknown, form: (one: Loose) => Loose): unknown {
  return Array.isArray(list) && list.every(isLoose) ? list.map(form) : list
}

/** By the name of each: all the rest of it, or the one member `value`. A list in which a name stands twice stays one. */
function named(list: unknown, name: string, value?: string): unknown {
  const items = listAt({ list }, 'list')
  const names = items.map((one) => text(one[name]))
  if (
    !Array.isArray(list) ||
    items.length < list.length ||
    names.includes(null) ||
    new Set(names).size < names.length
  ) {
    return list
  }
  return Object.fromEntries(
    items.map(({ [name]: key, ...rest }) => [String(key), value === undefined ? pruned(rest) : (rest[value] ?? null)]),
  )
}

/** Without what says nothing: null, and lists and objects of nothing. Elements of lists, and what has a name, stay. */
function pruned(record: Loose): Loose {
  const kept = Object.entries(record).flatMap(([key, value]): readonly (readonly [string, unknown])[] => {
    const rest = Array.isArray(value)
      ? value.map((item) => (isLoose(item) ? pruned(item) : item))
      : isLoose(value) && !NAMED.has(key)
        ? pruned(value)
        : value
    return isNothing(rest) ? [] : [[key, rest]]
  })
  return Object.fromEntries(kept)
}

const NAMED: ReadonlySet<string> = new Set([
  'containerDefinitions',
  'volumes',
  'tags',
  'environment',
  'secrets',
  'secretOptions',
])

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true
  return typeof value === 'object' && Object.keys(value).length === 0
}
