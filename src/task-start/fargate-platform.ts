/** Which Fargate platform versions send all of a start through the task's own interface. */
import { missing } from '../domain/answer.ts'
import type { Service, TaskDefinition } from '../domain/service.ts'
import type { Assumption } from './startup-origin.ts'

export interface FargatePlatform {
  /** From 1.4.0 on; before, the token, secrets and environment files went through an interface that AWS owns. */
  readonly sendsTokenAndSecrets: boolean
  /** Null where the version is known. */
  readonly assumed: Assumption | null
}

/** Source: ECS Developer Guide, Fargate task networking. `null` is what AWS calls LATEST. */
export function platformOf(version: string | null, windows: boolean): FargatePlatform {
  // Windows has versions of its own, from 1.0.0, and all of them send through the task's interface.
  if (windows || version === null || version.toUpperCase() === 'LATEST') return CURRENT
  const numbers = /^(\d+)\.(\d+)\.(\d+)$/.exec(version)
  if (numbers === null) return { ...CURRENT, assumed: unknownVersion(version) }
  const [, major, minor] = numbers.map(Number)
  const current = Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 4)
  return current ? CURRENT : { sendsTokenAndSecrets: false, assumed: null }
}

/** The task definition says what is about to run; the service says what ran last. */
export function isWindows(service: Service, taskDefinition: TaskDefinition): boolean {
  const family = taskDefinition.operatingSystemFamily ?? service.platformFamily
  return family?.toUpperCase().startsWith('WINDOWS') ?? false
}

const CURRENT: FargatePlatform = { sendsTokenAndSecrets: true, assumed: null }

function unknownVersion(version: string): Assumption {
  const said = missing(
    ['platform-version-unknown', version],
    `The platform version ${version} is not known to this version; it is taken for the current one.`,
    `이 버전에서 인식하지 못하는 플랫폼 버전이므로 현재 버전으로 간주합니다: ${version}`,
  )
  return { ...said, holds: 'blocked' }
}
