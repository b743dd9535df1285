/**
 * The task definition of a rehearsal: all that decides whether the images can be pulled, secrets resolved and log streams opened, and a
 * program that no image has. Not one line of the application can run.
 */
import { isLoose, type Loose, listAt } from '../../aws/calls/call.ts'
import type { Text } from '../../domain/text.ts'

/** ECS says it in the end, when everything before has gone well. It stands early in a reason that ECS cuts at 255 characters. */
export const NO_PROGRAM = '/ecs-pull-guard-rehearsal-nothing-here'

const SUFFIX = '-pull-rehearsal'
/** "Up to 255 letters, numbers, underscores, and hyphens" (Amazon ECS API Reference, RegisterTaskDefinition). */
const LONGEST_FAMILY = 255

export function rehearsalFamily(family: string): string {
  return family.slice(0, LONGEST_FAMILY - SUFFIX.length) + SUFFIX
}

export interface RehearsalDefinition {
  /** For RegisterTaskDefinition, without tags. */
  readonly input: Loose
  readonly family: string
  /** What it leaves out and a start would need. */
  readonly notes: readonly Text[]
}

/** `real` as DescribeTaskDefinition answers or as it is registered; `images` by container. */
export function rehearsalDefinition(real: Loose, images: Readonly<Record<string, string>>): RehearsalDefinition {
  const family = rehearsalFamily(String(real['family'] ?? ''))
  const volumes = listAt(real, 'volumes').filter(isMountable)
  const containers = listAt(real, 'containerDefinitions')
  return {
    family,
    input: {
      family,
      ...present(real, OF_TASK),
      ...(volumes.some(needsTaskRole) ? present(real, ['taskRoleArn']) : {}),
      ...(volumes.length === 0 ? {} : { volumes }),
      containerDefinitions: containers.map((one) => rehearsalContainer(one, images, volumes)),
    },
    notes: [
      ...(containers.some((one) => logDriverOf(one) === FIRELENS) ? [LOG_ROUTER] : []),
      ...(listAt(real, 'volumes').some(({ configuredAtLaunch }) => configuredAtLaunch === true) ? [LAUNCH_VOLUME] : []),
    ],
  }
}

const OF_TASK = [
  'executionRoleArn',
  'networkMode',
  'requiresCompatibilities',
  'cpu',
  'memory',
  'runtimePlatform',
  'ephemeralStorage',
] as const

/** A registry's user, the size, what is written where. An environment, its files, commands and checks are none of it. */
const OF_CONTAINER = [
  'name',
  'image',
  'repositoryCredentials',
  'cpu',
  'memory',
  'memoryReservation',
  'versionConsistency',
] as const

function rehearsalContainer(real: Loose, images: Readonly<Record<string, string>>, volumes: readonly Loose[]): Loose {
  const mounts = listAt(real, 'mountPoints').filter((one) => volumes.some(({ name }) => name === one['sourceVolume']))
  const isRouted = logDriverOf(real) === FIRELENS
  const secrets = [...listAt(real, 'secrets'), ...(isRouted ? secretOptionsOf(real) : [])]
  return {
    ...present(real, OF_CONTAINER),
    image: images[String(real['name'])] ?? real['image'],
    essential: true,
    entryPoint: [NO_PROGRAM],
    ...(isRouted ? {} : present(real, ['logConfiguration'])),
    ...(secrets.length === 0 ? {} : { secrets: distinctNames(secrets) }),
    ...(mounts.length === 0 ? {} : { mountPoints: mounts }),
  }
}

/**
 * Containers whose output goes through a log router wait for it to start (Amazon ECS Developer Guide, FireLens), and here nothing does:
 * they would never pull. They go without a log; the router is pulled like any other container, with a log of its own.
 */
const FIRELENS = 'awsfirelens'

function logDriverOf({ logConfiguration }: Loose): unknown {
  return isLoose(logConfiguration) ? logConfiguration['logDriver'] : undefined
}

/** The execution role fetches them like the container's own, so that they stay in. */
function secretOptionsOf({ logConfiguration }: Loose): readonly Loose[] {
  return listAt(logConfiguration, 'secretOptions')
}

/** ECS takes each name once; the value of the first is the container's own. */
function distinctNames(secrets: readonly Loose[]): readonly Loose[] {
  return secrets.filter((one, at) => secrets.findIndex(({ name }) => name === one['name']) === at)
}

/** An EBS volume would be made and billed, and has nothing to do with a pull; Docker's own are of container instances. */
function isMountable(volume: Loose): boolean {
  return volume['configuredAtLaunch'] !== true && volume['dockerVolumeConfiguration'] === undefined
}

/** Amazon ECS Developer Guide, Amazon EFS volumes: with IAM authorization the task role mounts it; S3 Files always. */
function needsTaskRole({ efsVolumeConfiguration: efs, s3filesVolumeConfiguration: s3 }: Loose): boolean {
  const authorization = isLoose(efs) ? efs['authorizationConfig'] : undefined
  return isLoose(s3) || (isLoose(authorization) && authorization['iam'] === 'ENABLED')
}

/** Members that there are; DescribeTaskDefinition answers some as null. */
function present(record: Loose, names: readonly string[]): Loose {
  return Object.fromEntries(
    names.flatMap((name) => (record[name] === undefined || record[name] === null ? [] : [[name, record[name]]])),
  )
}

const LOG_ROUTER: Text = {
  en: 'Logs that go through FireLens were left out: no log router runs in a rehearsal. Its image was pulled like the others.',
  ko: 'FireLens를 거치는 로그는 예행 실행에서 제외했습니다. 예행 실행에서는 로그 라우터가 실행되지 않으며, 로그 라우터의 이미지는 다른 이미지처럼 풀합니다.',
}

const LAUNCH_VOLUME: Text = {
  en: 'Volumes that are configured at launch (Amazon EBS) were left out: a rehearsal makes none.',
  ko: '시작 시 구성되는 볼륨(Amazon EBS)은 예행 실행에서 제외했습니다. 예행 실행에서는 볼륨을 만들지 않습니다.',
}
