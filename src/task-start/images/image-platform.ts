/** Which platform a task asks for, and whether an image has it. */
import type { Platform } from '../../domain/image.ts'
import type { Compute, TaskDefinition } from '../../domain/service.ts'

export interface WantedPlatform {
  /** As image indexes write them: `linux`, `windows`; `amd64`, `arm64`. */
  readonly os: string
  readonly architecture: string
  /** Windows only: the build that the host runs, `10.0.20348`; null where any will do or none is known. */
  readonly build: string | null
}

/** ECS API Reference, RuntimePlatform: `cpuArchitecture`. */
const ARCHITECTURES: Readonly<Record<string, string>> = { X86_64: 'amd64', ARM64: 'arm64' }

/** Microsoft Learn, "Windows container version compatibility": a container's build has to be its host's. */
const WINDOWS_BUILDS: readonly (readonly [release: string, build: string])[] = [
  ['2016', '10.0.14393'],
  ['2019', '10.0.17763'],
  ['2004', '10.0.19041'],
  ['20H2', '10.0.19042'],
  ['2022', '10.0.20348'],
  ['2025', '10.0.26100'],
]

/** A 64-bit host also takes the 32-bit image of its family when there is no other: containerd's `platforms.Only`. */
const ALSO_RUNS: Readonly<Record<string, string>> = { amd64: '386', arm64: 'arm' }

/**
 * Fargate takes X86_64 and Linux where the task definition says nothing (ECS API Reference, RuntimePlatform). On instances
 * nothing said means whatever the instance is: null, as for words that this version does not know.
 */
export function wantedPlatform(
  { cpuArchitecture, operatingSystemFamily }: Pick<TaskDefinition, 'cpuArchitecture' | 'operatingSystemFamily'>,
  onFargate: boolean,
): WantedPlatform | null {
  const family = (operatingSystemFamily ?? 'LINUX').toUpperCase()
  const named = cpuArchitecture?.toUpperCase() ?? (onFargate || family !== 'LINUX' ? 'X86_64' : '')
  const architecture = Object.hasOwn(ARCHITECTURES, named) ? ARCHITECTURES[named] : undefined
  if (architecture === undefined) return null
  if (family === 'LINUX') return { os: 'linux', architecture, build: null }
  if (!family.startsWith('WINDOWS_SERVER_')) return null
  const build = WINDOWS_BUILDS.find(([release]) => family.startsWith(`WINDOWS_SERVER_${release}_`))?.[1] ?? null
  return { os: 'windows', architecture, build }
}

/** `X86_64` or `ARM64`, where all container instances that take tasks have that one; null where they do not, or do not say. */
export function processorOfInstances({ instances }: Pick<Compute, 'instances'>): string | null {
  if (!instances.known) return null
  const named = instances.value
    .filter(({ status }) => status === 'ACTIVE')
    .map(({ attributes }) => attributes?.find(({ name }) => name === 'ecs.cpu-architecture')?.value ?? '')
  const [one, ...others] = new Set(named)
  return one === undefined || one === '' || others.length > 0 ? null : one.toUpperCase()
}

/**
 * ECS runs an Express service on the architecture of its images, whatever its task definition names; the operating system
 * stays (ECS API Reference, RuntimePlatformOverride). `offered`: the platforms of each image that lists them. Where no
 * architecture does for all of them, it is the one that was asked for.
 */
export function expressPlatform(asked: WantedPlatform, offered: readonly (readonly Platform[])[]): WantedPlatform {
  const candidates = [asked.architecture, ...Object.values(ARCHITECTURES)].map((one) => ({
    ...asked,
    architecture: one,
  }))
  return candidates.find((one) => offered.every((platforms) => offers(platforms, one))) ?? asked
}

export function offers(platforms: readonly Platform[], wanted: WantedPlatform): boolean {
  return platforms.some(
    ({ os, architecture, osVersion }) =>
      os === wanted.os &&
      (architecture === wanted.architecture || architecture === ALSO_RUNS[wanted.architecture]) &&
      (wanted.build === null || osVersion === null || `${osVersion}.`.startsWith(`${wanted.build}.`)),
  )
}

/** `linux/amd64`, as `docker buildx build --platform` takes it. */
export function platformText({ os, architecture }: Pick<Platform, 'os' | 'architecture'>): string {
  return `${os}/${architecture}`
}
