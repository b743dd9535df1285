/** The facts of an ECS service and of the task definition it runs, as far as starting a task depends on them. */
import type { Answer } from './answer.ts'

/** AWS's own JSON as it was answered, members that nobody here knows included: a change that restates it drops nothing. */
export type Raw = Readonly<Record<string, unknown>>

export interface Service {
  readonly arn: string
  readonly name: string
  readonly clusterArn: string
  readonly clusterName: string
  readonly status: string
  /** `ECS`: an Express service, whose load balancer and deployments ECS configures; else `CUSTOMER`, or null. */
  readonly resourceManagementType: string | null
  readonly desiredCount: number
  readonly runningCount: number
  readonly pendingCount: number
  /** `FARGATE`, `EC2`, `EXTERNAL`, `MANAGED_INSTANCES`; null when a capacity provider strategy decides. */
  readonly launchType: string | null
  readonly capacityProviders: readonly string[]
  readonly platformVersion: string | null
  readonly platformFamily: string | null
  readonly taskDefinitionArn: string
  /** `ECS`, `CODE_DEPLOY`, `EXTERNAL`. */
  readonly deploymentController: string
  /** `REPLICA` or `DAEMON`. */
  readonly schedulingStrategy: string
  /** `awsvpcConfiguration`; null when the service has none (bridge, host). */
  readonly awsvpc: AwsvpcConfiguration | null
  readonly deploymentConfiguration: DeploymentConfiguration
  readonly healthCheckGracePeriodSeconds: number | null
  readonly loadBalancers: readonly LoadBalancerEntry[]
  readonly enableExecuteCommand: boolean
  readonly deployments: readonly {
    readonly id: string
    readonly status: string
    readonly taskDefinitionArn: string
    readonly rolloutState: string | null
  }[]
  /** The entry of DescribeServices, but for its deployments, events and tags. For changes only: no report holds it. */
  readonly raw: Raw
}

export interface LoadBalancerEntry {
  /** Null for a Classic Load Balancer, which `raw` names. */
  readonly targetGroupArn: string | null
  readonly containerName: string | null
  readonly containerPort: number | null
  readonly raw: Raw
}

export interface AwsvpcConfiguration {
  readonly subnetIds: readonly string[]
  readonly securityGroupIds: readonly string[]
  /** `ENABLED` or `DISABLED`, the default. */
  readonly assignPublicIp: string
}

export interface DeploymentConfiguration {
  readonly maximumPercent: number
  readonly minimumHealthyPercent: number
  readonly circuitBreaker: { readonly enable: boolean; readonly rollback: boolean } | null
  /** `ROLLING`, `BLUE_GREEN`, `LINEAR`, `CANARY`. */
  readonly strategy: string
  /** Empty where the service has none of its own. */
  readonly raw: Raw
}

export interface TaskDefinition {
  /** Null for one that is not registered yet. */
  readonly arn: string | null
  readonly family: string
  readonly revision: number | null
  /** `ACTIVE`, `INACTIVE`, `DELETE_IN_PROGRESS`; null for one that is not registered yet. */
  readonly status: string | null
  /** The user names it, or images for it, to be deployed; else it is what the service has. */
  readonly isNamed: boolean
  readonly networkMode: string | null
  readonly cpu: string | null
  readonly memory: string | null
  readonly executionRoleArn: string | null
  readonly taskRoleArn: string | null
  readonly cpuArchitecture: string | null
  readonly operatingSystemFamily: string | null
  /** Null: Fargate's default. */
  readonly ephemeralStorageGiB: number | null
  readonly containers: readonly Container[]
  readonly volumes: readonly Volume[]
}

export interface Container {
  readonly name: string
  readonly image: string
  readonly secrets: readonly { readonly name: string; readonly valueFrom: string }[]
  readonly environmentFiles: readonly string[]
  /** ARN of the Secrets Manager secret with the registry's user and password. */
  readonly repositoryCredentials: string | null
  readonly logDriver: string | null
  readonly logOptions: Readonly<Record<string, string>>
  readonly logSecretOptions: readonly { readonly name: string; readonly valueFrom: string }[]
  readonly portMappings: readonly {
    readonly containerPort: number
    readonly hostPort: number | null
    readonly protocol: string
  }[]
  readonly healthCheck: { readonly startPeriodSeconds: number } | null
  readonly versionConsistency: string | null
}

export interface Volume {
  readonly name: string
  readonly efsFileSystemId: string | null
}

/** ECS itself manages what an Express service is made of. ECS API Reference, Service. */
export function isExpress({ resourceManagementType }: Pick<Service, 'resourceManagementType'>): boolean {
  return resourceManagementType === 'ECS'
}

/** A task of the service that runs now. */
export interface RunningTask {
  readonly id: string
  readonly subnetId: string | null
  readonly lastStatus: string
  /** Seconds from pull start to pull end; null when the task does not say. */
  readonly pullSeconds: number | null
  /** Seconds from creation to RUNNING. */
  readonly startSeconds: number | null
  /** What its containers run, where the task says. */
  readonly containers?: readonly RunningContainer[]
}

export interface RunningContainer {
  readonly name: string
  /** As the task definition of the task wrote it. */
  readonly image: string
  /** What was pulled; null while it is being pulled. */
  readonly digest: string | null
}

/** A capacity provider that the service uses and that is not Fargate's own. */
export interface CapacityProvider {
  readonly name: string
  /** `asg`, `managed-instances`, or null when it is not known. */
  readonly kind: string | null
  readonly subnetIds: readonly string[]
  readonly securityGroupIds: readonly string[]
}

/** Where the containers of a service start: what decides whose network pulls the image. */
export interface Compute {
  readonly capacityProviders: Answer<readonly CapacityProvider[]>
  /** Strategy of the cluster, for a service that names neither launch type nor strategy. */
  readonly clusterCapacityProviders: Answer<readonly string[]>
  /** EC2 only: the primary interface of each container instance. */
  readonly instances: Answer<readonly ContainerInstance[]>
}

export interface ContainerInstance {
  readonly arn: string
  readonly instanceId: string
  readonly status: string
  readonly subnetId: string | null
  readonly securityGroupIds: readonly string[]
  readonly publicIp: string | null
  readonly profileArn: string | null
}
