/** A task definition, from DescribeTaskDefinition or from a file. Values of environment variables are dropped here. */
import type {
  Attribute,
  Container,
  LogConfiguration,
  PlacementConstraint,
  Reservation,
  TaskDefinition,
  Volume,
} from '../../domain/service.ts'
import {
  at,
  count,
  countOrNone,
  fieldsOf,
  flag,
  idOf,
  isLoose,
  type Loose,
  listAt,
  members,
  text,
  texts,
} from './shape.ts'

/**
 * 64 KB and ten containers, neither adjustable (AWS General Reference, Amazon ECS endpoints and quotas). As much again is left for what ECS
 * adds to what was registered: ARNs, required attributes, empty lists.
 */
const MOST = { containers: 10, registeredBytes: 65_536, answeredBytes: 131_072 }

/** Which of AWS's limits it is beyond, as `containerDefinitions 501 > 10`; null for one that AWS may have answered. */
export function beyondQuota(record: Loose): string | null {
  const { length: containers } = listAt(record, 'containerDefinitions')
  if (containers > MOST.containers) return `containerDefinitions ${containers} > ${MOST.containers}`
  const bytes = Buffer.byteLength(JSON.stringify(record))
  return bytes > MOST.answeredBytes ? `${bytes} B > ${MOST.registeredBytes} B` : null
}

export function toTaskDefinition(record: Loose): TaskDefinition | null {
  const family = idOf(record['family'])
  const containers = Array.isArray(record['containerDefinitions'])
    ? record['containerDefinitions'].map((one) => (isLoose(one) ? toContainer(one) : null))
    : [null]
  if (family === null || containers.includes(null)) return null
  return {
    arn: idOf(record['taskDefinitionArn']),
    family,
    revision: count(record['revision']),
    status: idOf(record['status']),
    isNamed: false,
    networkMode: text(record['networkMode']),
    ...members(record, asText, 'cpu', 'memory'),
    ...members(record, idOf, 'executionRoleArn', 'taskRoleArn'),
    cpuArchitecture: text(at(record, 'runtimePlatform', 'cpuArchitecture')),
    operatingSystemFamily: text(at(record, 'runtimePlatform', 'operatingSystemFamily')),
    ephemeralStorageGiB: count(at(record, 'ephemeralStorage', 'sizeInGiB')),
    containers: containers.filter((container) => container !== null),
    volumes: listAt(record, 'volumes').map(toVolume),
    compatibilities: texts(record['compatibilities']),
    placementConstraints: toPlacementConstraints(record['placementConstraints']),
    requiresAttributes: listAt(record, 'requiresAttributes').flatMap(toAttribute),
  }
}

/** Of a task definition or a service. */
export function toPlacementConstraints(value: unknown): readonly PlacementConstraint[] {
  return listAt({ value }, 'value').map((one) => ({
    type: text(one['type']) ?? '',
    expression: idOf(one['expression']),
  }))
}

/** Of a container instance, or wanted of one. */
export function toAttribute(record: Loose): readonly Attribute[] {
  const name = idOf(record['name'])
  return name === null ? [] : [{ name, value: text(record['value']) }]
}

function toContainer(record: Loose): Container | null {
  const name = idOf(record['name'])
  const image = idOf(record['image'])
  if (name === null || image === null) return null
  const { healthCheck } = record
  return {
    name,
    image,
    secrets: toSecrets(record['secrets']),
    environmentFiles: fieldsOf(record['environmentFiles'], 'value'),
    repositoryCredentials: idOf(at(record, 'repositoryCredentials', 'credentialsParameter')),
    ...toLogConfiguration(record['logConfiguration']),
    firelens: toFirelens(record['firelensConfiguration']),
    portMappings: listAt(record, 'portMappings').flatMap((one) => {
      const containerPort = count(one['containerPort'])
      if (containerPort === null) return []
      return [{ containerPort, hostPort: count(one['hostPort']), protocol: text(one['protocol']) ?? 'tcp' }]
    }),
    healthCheck: isLoose(healthCheck) ? { startPeriodSeconds: count(healthCheck['startPeriod']) ?? 0 } : null,
    versionConsistency: text(record['versionConsistency']),
    reservation: toReservation(record),
  }
}

/** ECS subtracts the soft limit where there is one (ECS API Reference, ContainerDefinition: memoryReservation). */
function toReservation(record: Loose): Reservation {
  const gpu = listAt(record, 'resourceRequirements').find((one) => one['type'] === 'GPU')
  return {
    cpu: countOrNone(record['cpu']),
    memory: count(record['memoryReservation']) ?? countOrNone(record['memory']),
    gpus: countOrNone(gpu?.['value']),
  }
}

/** Of a container, or of the proxy that Service Connect adds. */
export function toLogConfiguration(log: unknown): LogConfiguration {
  return {
    logDriver: text(at(log, 'logDriver')),
    logOptions: withoutCredentials(at(log, 'options')),
    logSecretOptions: toSecrets(at(log, 'secretOptions')),
  }
}

function toFirelens(value: unknown): Container['firelens'] {
  if (!isLoose(value)) return null
  return {
    configFileType: idOf(at(value, 'options', 'config-file-type')),
    configFileValue: idOf(at(value, 'options', 'config-file-value')),
  }
}

function toSecrets(value: unknown): readonly { readonly name: string; readonly valueFrom: string }[] {
  return listAt({ value }, 'value').flatMap((one) => {
    const valueFrom = idOf(one['valueFrom'])
    return valueFrom === null ? [] : [{ name: text(one['name']) ?? '', valueFrom }]
  })
}

function toVolume(record: Loose): Volume {
  return {
    name: text(record['name']) ?? '',
    efs: toEfsVolume(record['efsVolumeConfiguration']),
    s3FilesFileSystemArn: idOf(at(record, 's3filesVolumeConfiguration', 'fileSystemArn')),
    fsx: toFsxVolume(record['fsxWindowsFileServerVolumeConfiguration']),
    configuredAtLaunch: flag(record['configuredAtLaunch']) ?? false,
  }
}

/** IAM and encryption in transit are off unless told. ECS API Reference, EFSVolumeConfiguration. */
function toEfsVolume(value: unknown): Volume['efs'] {
  const fileSystemId = idOf(at(value, 'fileSystemId'))
  if (fileSystemId === null) return null
  return {
    fileSystemId,
    accessPointId: idOf(at(value, 'authorizationConfig', 'accessPointId')),
    iam: at(value, 'authorizationConfig', 'iam') === 'ENABLED',
    transitEncryption: at(value, 'transitEncryption') === 'ENABLED',
  }
}

function toFsxVolume(value: unknown): Volume['fsx'] {
  const fileSystemId = idOf(at(value, 'fileSystemId'))
  if (fileSystemId === null) return null
  return {
    fileSystemId,
    credentialsParameter: idOf(at(value, 'authorizationConfig', 'credentialsParameter')),
    domain: idOf(at(value, 'authorizationConfig', 'domain')),
  }
}

/** Files write numbers where AWS answers texts. */
function asText(value: unknown): string | null {
  return typeof value === 'number' ? String(value) : idOf(value)
}

/** `splunk-token`, a FireLens output's password or API key: options that are credentials themselves. */
const CREDENTIAL_OPTION = /token|passw(?:or)?d|secret|api_?key|access_?key|authorization|^header/i

/** Options of a log driver, with the values of those that are credentials left empty. */
export function withoutCredentials(options: unknown): Readonly<Record<string, string>> {
  const entries = isLoose(options) ? Object.entries(options) : []
  return Object.fromEntries(
    entries.map(([name, value]) => [name, CREDENTIAL_OPTION.test(name) ? '' : (asText(value) ?? String(value))]),
  )
}
