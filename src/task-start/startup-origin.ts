/** Who sends the packets of a start, in words: an interface, where it stands, and what of it nobody said. */
import type { Missing } from '../domain/path.ts'
import type { Compute, Service, TaskDefinition } from '../domain/service.ts'

/** What nobody said of who sends, and what the paths are worth that were judged as if it were so. */
export interface Assumption extends Missing {
  /**
   * `blocked`: a way that is closed is closed. `reachable`: one that is open is in order, whether it is used or not. `agreement`: what
   * comes out alike for both kinds of interface in a zone is so.
   */
  readonly holds: 'blocked' | 'reachable' | 'agreement'
}

export interface StartupOrigin {
  readonly kind: 'task-eni' | 'instance-eni'
  readonly subnetId: string
  /** Empty: none was named, so the VPC's default security group applies. */
  readonly groupIds: readonly string[]
  /** Null: nobody said, so the subnet's own setting (auto-assign public IPv4 address) decides. */
  readonly publicIp: boolean | null
  /** EC2: every container instance with an interface like this one; else empty. */
  readonly instanceIds: readonly string[]
  /** False on Fargate platform 1.3.0 and older: token, secrets and environment files go through an interface that AWS owns. */
  readonly sendsTokenAndSecrets: boolean
  /** Null where AWS documents it; else on what guess this origin rests. */
  readonly assumed: Assumption | null
}

export interface Origins {
  readonly origins: readonly StartupOrigin[]
  /** Compute whose network is not known. Not empty: what the origins say is not the whole answer. */
  readonly unknown: readonly Missing[]
  /** What connects from inside the task, as ECS Exec's agent does: with the task's own interface where there is one. */
  readonly ofTask: readonly StartupOrigin[]
}

export interface OriginFacts {
  readonly service: Service
  readonly taskDefinition: TaskDefinition
  readonly compute: Compute
}

export function only(origins: readonly StartupOrigin[], unknown: readonly Missing[]): Origins {
  return { origins, unknown, ofTask: origins }
}

export function sorted(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort()
}
