/** Which hosts the containers of a task definition call before they run, and which container needs each. */

import type { FileSystemKind } from '../domain/configuration.ts'
import { type EcrRegistry, isInvalidImage, parseImageReference } from '../domain/image-reference.ts'
import { filesOf, needOf, partsOf, type Start, type StartPart, sourcesOf } from '../domain/named-resources.ts'
import {
  type AwsDestination,
  apiHost,
  bucketHost,
  dualStackRegistrySuffix,
  ENDPOINT_SUFFIXES,
  layerHost,
  partitionOf,
} from '../domain/partition.ts'
import type { Statement } from '../domain/path.ts'
import type { Container, ExecuteCommandConfiguration, TaskDefinition } from '../domain/service.ts'
import type { Text } from '../domain/text.ts'
import { s3Object, secretSource } from '../domain/value-from.ts'
import { fileSystemsOf } from './file-systems.ts'
import { registryHosts } from './registries.ts'

/** In which a start calls them: token, secrets, files, manifest, layers, other registries, logs, volumes; ECS Exec comes after it. */
// biome-ignore format: one line a stage
const ORDER = [
  'ecr-api', 'secretsmanager', 'ssm', 'kms', 's3-env-files',
  'ecr-dkr', 's3-layers', 'registry', 'logs',
  'efs', 's3files', 'fsx',
  'ssmmessages',
]

/** The place of a destination in the order of a start; those of other registries, or of file systems of a kind, share one. */
export function rankOf(destination: string): number {
  const at = ORDER.indexOf(destination.split(':')[0] ?? '')
  return at < 0 ? ORDER.length : at
}

/** A destination that a volume is mounted from. */
export function isFileSystem(destination: string): boolean {
  return (destination.split(':')[0] ?? '') in MOUNT_PORTS
}

/** One reason to call one host. Equal hosts are merged later. */
export interface Call {
  readonly destination: AwsDestination | `registry:${string}` | `${FileSystemKind}:${string}`
  readonly host: string
  readonly port: number
  /** Null for hosts that are not an AWS service in a Region. */
  readonly region: string | null
  /** What the service name of a VPC endpoint for it ends with: `ecr.dkr`. Null where there is none. */
  readonly service: string | null
  readonly family: 'ipv4' | 'dualstack'
  readonly neededBy: Statement
  /** What it is the name of; null for other hosts. */
  readonly fileSystemId: string | null
  /** Token, secrets and environment files: old Fargate platforms send these from outside the VPC. */
  readonly beforePull: boolean
}

/** A value that names nothing this version can place. */
export interface Unplaced {
  readonly container: string
  readonly value: string
  readonly because: Text
}

export interface Calls {
  readonly calls: readonly Call[]
  readonly invalidImages: readonly Unplaced[]
  readonly unplaced: readonly Unplaced[]
}

/** Every container counts, essential or not: ECS pulls all of them before it starts the first. */
export function callsOf(start: Start, region: string): Calls {
  const { containers } = start.taskDefinition
  const parts = partsOf(start)
  const images = containers.map(imageCalls)
  return {
    calls: [
      ...images.flatMap(({ calls }) => calls),
      ...containers.flatMap((container) => fileCalls(container, region)),
      ...parts.flatMap((part) => [...secretCalls(part, region), ...logCalls(part, region)]),
      ...volumeCalls(start.taskDefinition, region),
    ],
    invalidImages: images.flatMap((image) => image.invalidImages),
    unplaced: [...parts.flatMap((part) => unplacedSecrets(part, region)), ...containers.flatMap(unplacedFiles)],
  }
}

/** What ECS Exec calls: for its session, to encrypt it, and to log it. ECS Developer Guide, Monitor Amazon ECS containers with ECS Exec. */
export function execCalls(region: string, settings: ExecuteCommandConfiguration | null): readonly Call[] {
  const { kmsKeyId = null, logGroupName = null, s3BucketName = null } = settings ?? {}
  const call = (destination: 'ssmmessages' | 'kms' | 'logs', of: string | null, en: string, ko: string) => {
    const reason = ['ecs-exec', ...(of === null ? [] : [of])] as const
    return awsCall(destination, apiHost(destination, region), region, { reason, why: { en, ko } })
  }
  return [
    call('ssmmessages', null, 'ECS Exec, enabled for the service', '서비스에 활성화된 ECS Exec'),
    ...(kmsKeyId === null
      ? []
      : [
          call(
            'kms',
            kmsKeyId,
            `ECS Exec, with the key ${kmsKeyId} of the cluster`,
            `클러스터 키를 사용하는 ECS Exec: ${kmsKeyId}`,
          ),
        ]),
    ...(logGroupName === null
      ? []
      : [call('logs', logGroupName, `ECS Exec, logged to ${logGroupName}`, `ECS Exec 세션 로그 ${logGroupName}`)]),
    ...(s3BucketName === null
      ? []
      : [
          awsCall('s3-env-files', bucketHost(s3BucketName, region), region, {
            reason: ['ecs-exec', s3BucketName],
            why: {
              en: `ECS Exec, logged to the bucket ${s3BucketName}`,
              ko: `ECS Exec 세션 로그 버킷 ${s3BucketName}`,
            },
          }),
        ]),
  ]
}

function imageCalls(container: Container): Pick<Calls, 'calls' | 'invalidImages'> {
  const image = parseImageReference(container.image)
  if (isInvalidImage(image)) {
    const wrong = { container: container.name, value: container.image, because: image.invalid }
    return { calls: [], invalidImages: [wrong] }
  }
  const need = needOf(container, ['image', container.image], `image ${container.image}`, `이미지 ${container.image}`)
  if (image.ecr !== null) return { calls: ecrCalls(image.ecr, image.host, need), invalidImages: [] }
  const calls = registryHosts(image).map(
    ({ host, port }): Call => ({
      destination: `registry:${host}`,
      host,
      port,
      region: null,
      service: null,
      family: 'ipv4',
      neededBy: need,
      fileSystemId: null,
      beforePull: false,
    }),
  )
  return { calls, invalidImages: [] }
}

/**
 * A pull is three calls: token, manifest, layers. The account is in the registry's name; token and layers belong to the
 * Region. For a dual-stack registry the token and layers may be asked for over IPv6 too, but AWS does not document by
 * which names, so the IPv4 ones stand here with the family that tells.
 */
function ecrCalls(ecr: EcrRegistry, host: string, need: Statement): readonly Call[] {
  const family = ecr.dualStack ? 'dualstack' : 'ipv4'
  const { region, dnsSuffix } = ecr
  const manifest = awsCall('ecr-dkr', host, region, need)
  return [
    { ...awsCall('ecr-api', apiHost('ecr-api', region, dnsSuffix), region, need), family, beforePull: true },
    // A FIPS endpoint covers the FIPS names only. ECR User Guide, Amazon ECR interface VPC endpoints.
    { ...manifest, family, service: ecr.fips ? 'ecr-fips.dkr' : manifest.service },
    { ...awsCall('s3-layers', layerHost(region, dnsSuffix), region, need), family },
  ]
}

function secretCalls(part: StartPart, region: string): readonly Call[] {
  return sourcesOf(part, region).map(({ source, neededBy }) => ({
    ...apiCall(source.service, source.region, neededBy),
    beforePull: true,
  }))
}

function fileCalls(container: Container, region: string): readonly Call[] {
  return filesOf(container).flatMap(({ arn, neededBy: { reason, why } }) => {
    const object = s3Object(arn)
    if (object === null) return []
    const need: Statement = {
      reason,
      why: {
        en: `${why.en} (a bucket's ARN has no Region: ${region} is assumed)`,
        ko: `${why.ko} (버킷 ARN에 리전이 없어 다음 리전으로 가정: ${region})`,
      },
    }
    return [{ ...awsCall('s3-env-files', bucketHost(object.bucket, region), region, need), beforePull: true }]
  })
}

/** The log stream is created before the container starts: without it there is no start. */
function logCalls(part: StartPart, region: string): readonly Call[] {
  if (part.logDriver !== 'awslogs') return []
  const group = part.logOptions['awslogs-group'] ?? ''
  const place = part.logOptions['awslogs-region'] || region
  return [apiCall('logs', place, needOf(part, ['log-group', group], `log group ${group}`, `로그 그룹 ${group}`))]
}

/** NFS, and SMB to a Windows file server. EFS, S3 Files and FSx for Windows User Guides, security groups of mount targets. */
const MOUNT_PORTS: Readonly<Record<FileSystemKind, number>> = { efs: 2049, s3files: 2049, fsx: 445 }

/** A container waits for its volumes, and no name but the file system's own can be given to one. */
function volumeCalls(taskDefinition: TaskDefinition, region: string): readonly Call[] {
  return fileSystemsOf(taskDefinition).map(({ id, kind, volume }) => ({
    destination: `${kind}:${id}`,
    host: mountHost(kind, id, region),
    port: MOUNT_PORTS[kind],
    region: null,
    service: null,
    // A mount target may have an address of either family.
    family: 'dualstack',
    neededBy: {
      reason: ['volume', volume, id],
      why: { en: `volume ${volume}: file system ${id}`, ko: `볼륨 ${volume}: 파일 시스템 ${id}` },
    },
    fileSystemId: id,
    beforePull: false,
  }))
}

/** EFS and S3 Files: the names that efs-utils makes. The directory that an FSx file server has joined names it. */
function mountHost(kind: FileSystemKind, id: string, region: string): string {
  const partition = partitionOf(region)
  if (kind === 'efs') return `${id}.efs.${region}.${partition.dnsSuffix}`
  return kind === 's3files' ? `${id}.s3files.${region}.${dualStackRegistrySuffix(partition)}` : id
}

function unplacedSecrets(part: StartPart, region: string): readonly Unplaced[] {
  return [...part.secrets, ...part.logSecretOptions]
    .filter(({ valueFrom }) => secretSource(valueFrom, region).kind === 'unknown')
    .map(({ name, valueFrom }) => ({
      container: part.name,
      value: valueFrom,
      because: {
        en: `The value of ${name} is neither a Secrets Manager secret nor a Systems Manager parameter.`,
        ko: `값이 Secrets Manager 보안 암호도 Systems Manager 파라미터도 아닙니다: ${name}`,
      },
    }))
}

function unplacedFiles(container: Container): readonly Unplaced[] {
  return filesOf(container)
    .filter(({ arn }) => s3Object(arn) === null)
    .map(({ arn }) => ({
      container: container.name,
      value: arn,
      because: {
        en: 'A file is given by the ARN of an S3 object.',
        ko: '파일은 S3 객체의 ARN으로 지정해야 합니다.',
      },
    }))
}

function apiCall(destination: 'logs' | 'secretsmanager' | 'ssm', region: string, need: Statement): Call {
  return awsCall(destination, apiHost(destination, region), region, need)
}

function awsCall(destination: AwsDestination, host: string, region: string, neededBy: Statement): Call {
  const service = ENDPOINT_SUFFIXES[destination]
  const rest = { family: 'ipv4', neededBy, fileSystemId: null, beforePull: false } as const
  return { destination, host, port: 443, region, service, ...rest }
}
