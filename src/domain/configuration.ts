/** The facts of what a start and a deployment need beside network, roles and images. Every part that a call of its own reads is an `Answer`. */
import type { Answer } from './answer.ts'
import type { EcrImage } from './image.ts'
import type { Role } from './role.ts'
import type { TaskDefinition } from './service.ts'

export interface ConfigurationFacts {
  readonly rollout: Answer<RolloutState>
  /** Absent where a rollback would return to nothing else than what is judged. */
  readonly rollback?: RollbackTarget
  /** Each log group that a container with the driver `awslogs` names, once for each Region. */
  readonly logGroups: readonly LogGroupRecord[]
  /** Each Secrets Manager secret that a container names, registry credentials included. Values are never read. */
  readonly secrets: readonly SecretRecord[]
  /** Each JSON key that a container takes out of a secret; absent unless the user wants values to be read for it. */
  readonly secretKeys?: readonly SecretKeyRecord[]
  readonly parameters: readonly ParameterRecord[]
  /** Each Lambda function that a lifecycle hook calls; absent where there is no hook. */
  readonly hookFunctions?: readonly HookFunction[]
  /** Each target group that the service names, with the alternate ones of a deployment that moves traffic. */
  readonly targetGroups: readonly TargetGroupRecord[]
  /** Each listener rule, or listener, that a deployment moves traffic with. */
  readonly listenerRules: readonly ListenerRuleRecord[]
  /** Each target group of VPC Lattice. */
  readonly latticeTargetGroups: readonly LatticeTargetGroupRecord[]
  /** Each Cloud Map service that tasks are registered in, and the namespace of Service Connect where its ARN is known. */
  readonly discovery: readonly DiscoveryRecord[]
  /** Each file system that a volume names. */
  readonly fileSystems: readonly FileSystemRecord[]
  /** Each access point that a volume names. */
  readonly accessPoints: readonly AccessPointRecord[]
  /** The Region's quota of Fargate On-Demand vCPUs. */
  readonly fargateVcpus: Answer<number>
  /** The same of Fargate Spot; each is asked only where the service runs on it. */
  readonly fargateSpotVcpus: Answer<number>
  /** The most tasks that Application Auto Scaling makes of the service; null where nothing scales it out. */
  readonly maximumTasks: Answer<number | null>
}

/** What the service says of its deployments beyond what it is to run. */
export interface RolloutState {
  /** Null: the default, half of the desired tasks, at least 3 and at most 200. */
  readonly circuitBreakerThreshold: CircuitBreakerThreshold | null
  /** A task that becomes healthy sets the circuit breaker's count back to 0. */
  readonly resetOnHealthyTask: boolean
  readonly deployments: readonly DeploymentCounts[]
}

export interface CircuitBreakerThreshold {
  /** `COUNT`, `BOUNDED_PERCENT`, `UNBOUNDED_PERCENT`. */
  readonly type: string
  readonly value: number
}

export interface DeploymentCounts {
  readonly id: string
  /** `PRIMARY`, `ACTIVE`, `INACTIVE`. */
  readonly status: string
  /** `IN_PROGRESS`, `COMPLETED`, `FAILED`; null where AWS does not say. */
  readonly rolloutState: string | null
  readonly desired: number
  readonly running: number
  readonly pending: number
  /** In a row: 0 again as soon as one task runs. */
  readonly failed: number
}

/** What a deployment that fails returns to. */
export interface RollbackTarget {
  /** Of the last deployment that was completed; another one than what is judged. */
  readonly taskDefinitionArn: string
  /** `not-found`: it was deleted. */
  readonly taskDefinition: Answer<TaskDefinition>
  readonly logGroups: readonly LogGroupRecord[]
  readonly secrets: readonly SecretRecord[]
  readonly parameters: readonly ParameterRecord[]
  /** Its execution role and its task role, where it names them. */
  readonly roles: readonly { readonly arn: string; readonly role: Answer<Role> }[]
  /** Its images of ECR that no task runs now: what their tags led to is not known. */
  readonly images: readonly {
    readonly image: string
    readonly containers: readonly string[]
    /** Null: the repository does not have it. */
    readonly found: Answer<EcrImage | null>
  }[]
}

export interface LogGroupRecord {
  readonly name: string
  readonly region: string
  readonly exists: Answer<boolean>
}

export interface SecretRecord {
  /** As `DescribeSecret` is asked: an ARN, or a name. */
  readonly id: string
  readonly region: string
  /** `not-found`: there is no such secret. */
  readonly secret: Answer<Secret>
}

export interface Secret {
  readonly arn: string
  /** When its deletion was asked for, in milliseconds since 1970; null for a secret that stays. */
  readonly deletedAt: number | null
  /** Every staging label that a version has; null where AWS did not say. */
  readonly stages: readonly string[] | null
}

/** One version of a secret, as `GetSecretValue` is asked for it. */
export interface SecretVersion {
  /** The ARN, without what follows the name. */
  readonly id: string
  readonly region: string
  /** Null for the usual one, `AWSCURRENT`. */
  readonly stage: string | null
  readonly versionId: string | null
}

/** All that is kept of a value. `no-json`: it is no JSON object. */
export type KeyInSecret = 'key' | 'no-key' | 'no-json'

export interface SecretKeyRecord extends SecretVersion {
  readonly key: string
  readonly holds: Answer<KeyInSecret>
}

export interface ParameterRecord {
  /** As a container names it, without a version or label. */
  readonly name: string
  readonly region: string
  readonly exists: Answer<boolean>
}

export interface HookFunction {
  readonly arn: string
  /** `Active`, `Inactive`, `Pending`, `Failed`; `not-found`: there is no such function. */
  readonly state: Answer<string>
}

export interface TargetGroupRecord {
  readonly arn: string
  /** Null: there is no such target group. */
  readonly group: Answer<TargetGroup | null>
  readonly health: Answer<readonly TargetHealth[]>
  readonly loadBalancers: Answer<readonly LoadBalancerFront[]>
}

export interface ListenerRuleRecord {
  readonly arn: string
  readonly exists: Answer<boolean>
}

export interface TargetGroup {
  readonly arn: string
  readonly name: string
  /** Lower case: `ip`, `instance`, `lambda`, `alb`. */
  readonly targetType: string
  /** `HTTP`, `HTTPS`, `TCP`, `TLS`, `UDP`, …; null when AWS did not say. */
  readonly protocol: string | null
  readonly vpcId: string | null
  readonly loadBalancerArns: readonly string[]
  readonly healthCheck: {
    /** A number, or null for the port that traffic goes to. */
    readonly port: number | null
    readonly intervalSeconds: number | null
    readonly unhealthyThreshold: number | null
  }
}

export interface TargetHealth {
  readonly targetId: string
  readonly port: number | null
  /** Lower case: `healthy`, `unhealthy`, `initial`, `draining`, `unused`, `unavailable`, … */
  readonly state: string
  /** `Target.Timeout`, `Target.FailedHealthChecks`, …; null when AWS did not say. */
  readonly reason: string | null
}

/** A load balancer as targets see it: who sends, and from where. */
export interface LoadBalancerFront {
  readonly arn: string
  readonly name: string
  /** Lower case: `application`, `network`, `gateway`. */
  readonly type: string
  readonly vpcId: string | null
  /** Empty for a Network Load Balancer without security groups. */
  readonly securityGroupIds: readonly string[]
  readonly subnetIds: readonly string[]
  /** Names of the zones that it is enabled in. */
  readonly zones: readonly string[]
  /** Lower case: `internal`, `internet-facing`. */
  readonly scheme: string
}

export interface LatticeTargetGroupRecord {
  readonly arn: string
  /** Null: there is no such target group. */
  readonly group: Answer<LatticeTargetGroup | null>
}

export interface LatticeTargetGroup {
  /** Lower case: `ip`, `instance`, `lambda`, `alb`. */
  readonly type: string
  /** Lower case: `active`, `create_in_progress`, `delete_in_progress`, `create_failed`, `delete_failed`. */
  readonly status: string
  readonly vpcId: string | null
}

export interface DiscoveryRecord {
  readonly kind: 'service' | 'namespace'
  readonly arn: string
  readonly exists: Answer<boolean>
}

export interface FileSystemRecord {
  readonly id: string
  readonly kind: FileSystemKind
  /** Where it can be mounted; `not-found`: there is no such file system. */
  readonly mountTargets: Answer<readonly MountTarget[]>
  /** EFS: stored in one zone, where it has its only mount target. Null where nobody said. */
  readonly oneZone?: boolean | null
  /** EFS: JSON text; null where it has no policy, which lets in everybody who reaches a mount target. */
  readonly policy?: Answer<string | null>
}

/** Of EFS. */
export interface AccessPointRecord {
  readonly id: string
  /** Null: there is no such access point. */
  readonly accessPoint: Answer<AccessPoint | null>
}

export interface AccessPoint {
  readonly arn: string | null
  readonly fileSystemId: string
  /** Lower case, as of a mount target. */
  readonly state: string
}

export type FileSystemKind = 'efs' | 's3files' | 'fsx'

/** Of FSx for Windows File Server, a network interface of its file server. */
export interface MountTarget {
  readonly id: string
  readonly subnetId: string
  /** Null where AWS did not say: that of its subnet. */
  readonly vpcId: string | null
  readonly availabilityZoneId: string | null
  /** IPv4 before IPv6; empty where AWS did not say, and its interface has them. */
  readonly addresses: readonly string[]
  readonly interfaceId: string | null
  /** Lower case: `available`, `creating`, `deleting`, `deleted`, `error`, `updating`, `misconfigured`. */
  readonly state: string
}
