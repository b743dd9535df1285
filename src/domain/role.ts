/** The facts of who starts a task: the roles that pull the image, write the logs and read the secrets, and what lets them. */
import type { Answer } from './answer.ts'

export interface RoleFacts {
  /** The task definition's execution role; null where it names none. */
  readonly execution: RoleRecord | null
  /** Its task role; null where it names none. */
  readonly task: RoleRecord | null
  /** What ECS itself assumes for the service: to make volumes, move traffic, start instances, call hooks. Each role once. */
  readonly infrastructure: readonly RoleRecord[]
  /** Of the instance profiles that Managed Instances are started with; absent where none is. */
  readonly managedInstances?: readonly InstanceRole[]
  /** EC2 only: the roles of the container instances, each once. */
  readonly instances: Answer<readonly InstanceRole[]>
  /** Each private repository that an image names. */
  readonly repositories: readonly RepositoryAccess[]
  /** The registry policies that may say more than those of the repositories, where they were read. */
  readonly registries?: readonly RegistryAccess[]
  /** Of the account's own registry in the Region; an unread list hides needs, it adds none. */
  readonly pullThroughRules: Answer<readonly PullThroughRule[]>
  /** Each secret and parameter that a container names, with the key that encrypts it. */
  readonly keys: readonly SecretKey[]
  /** The customer managed keys among them that are of this account, each once. */
  readonly customerKeys: readonly CustomerKey[]
}

export interface RoleRecord {
  /** As the task definition or the instance profile names it. */
  readonly arn: string
  /** `not-found`: there is no such role. */
  readonly role: Answer<Role>
  /** What the policy simulator says, one entry an action and resource. */
  readonly simulation: Answer<readonly SimulatedCall[]>
  /** Every identity policy, inline and managed; read where the simulation leaves something open. */
  readonly policies: Answer<readonly RolePolicy[]>
  /** Text of the permissions boundary; null where the role has none. */
  readonly boundary: Answer<string | null>
  /** Of the role's account, `o-…`; null where it is in none. Undefined where no policy that decides about the role asks for it. */
  readonly organization?: Answer<string | null> | undefined
}

export interface Role {
  /** As IAM has it: a path that the asker left out shows here. */
  readonly arn: string
  /** `AROA…` */
  readonly id: string | null
  /** Text of the trust policy, URL-encoded or not. */
  readonly trust: string
  readonly boundaryArn: string | null
  /** Null where AWS did not say. */
  readonly tags?: Tags | null
}

export type Tags = Readonly<Record<string, string>>

/** `ResourceSpecificResults` of an answer, or the answer itself where it has none. */
export interface SimulatedCall {
  readonly action: string
  /** An ARN, or `*` where none was given. */
  readonly resource: string
  /** `allowed`, `explicitDeny`, `implicitDeny`, or what AWS adds. */
  readonly decision: string
  /** Context keys that a policy asks for and the simulation had no value of. */
  readonly missing: readonly string[]
  /** Service control policies; null where AWS did not say, for instance outside an organization. */
  readonly allowedByOrganization: boolean | null
  readonly allowedByBoundary: boolean | null
  /** Names of the policies whose statements decided. */
  readonly decidedBy: readonly string[]
}

export interface RolePolicy {
  readonly name: string
  readonly document: string
}

export interface InstanceRole {
  readonly profileArn: string
  readonly role: Answer<RoleRecord>
}

export interface RepositoryAccess {
  readonly accountId: string
  readonly region: string
  readonly name: string
  /** Text of the repository policy; null where the repository has none. `not-found`: there is no such repository. */
  readonly policy: Answer<string | null>
}

export interface RegistryAccess {
  readonly accountId: string
  readonly region: string
  /** Text of the registry policy; null where the registry has none. */
  readonly policy: Answer<string | null>
}

export interface PullThroughRule {
  /** `ROOT` stands for every repository. */
  readonly prefix: string
  readonly upstream: string
}

export interface SecretKey {
  /** The secret's ARN or the parameter's name, as its service is asked for it. */
  readonly id: string
  readonly service: 'secretsmanager' | 'ssm'
  readonly region: string
  /** Key id, ARN or alias as AWS says it; null for an AWS managed key and for what is not encrypted by KMS. */
  readonly keyId: Answer<string | null>
  /** Of the secret, with its six characters; null where AWS did not say. */
  readonly arn?: string | null
  /** Of the secret; null where AWS did not say. */
  readonly tags?: Tags | null
}

export interface CustomerKey {
  /** As a secret names it: id, ARN or alias. */
  readonly id: string
  readonly region: string
  /** `not-found`: there is no such key. */
  readonly key: Answer<KeyState>
  /** Text of the key policy, which every key has. */
  readonly policy: Answer<string>
}

export interface KeyState {
  readonly arn: string
  /** `Enabled`, `Disabled`, `PendingDeletion`, `PendingImport`, `Unavailable`, … */
  readonly state: string
  readonly deletionAt: number | null
}
