/** The facts of an ECS service and of the task definition it runs, as far as starting a task depends on them. */
import type { Answer } from './answer.ts'
import type { KeptInTags } from './kept-settings.ts'

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
  /** The providers of its strategy that may take a task; empty for a launch type. */
  readonly capacityProviders: readonly string[]
  readonly capacityProviderStrategy: readonly CapacityProviderStrategyItem[]
  readonly placementConstraints: readonly PlacementConstraint[]
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
  /** Cloud Map services. */
  readonly serviceRegistries: readonly ServiceRegistry[]
  /** Of the newest deployment, as the next three: a service does not repeat them. Null without Service Connect. */
  readonly serviceConnect: ServiceConnect | null
  /** Settings of the volumes that the task definition leaves to the launch. */
  readonly volumeConfigurations: readonly VolumeConfiguration[]
  readonly vpcLatticeConfigurations: readonly VpcLatticeConfiguration[]
  readonly enableExecuteCommand: boolean
  readonly deployments: readonly {
    readonly id: string
    readonly status: string
    readonly taskDefinitionArn: string
    readonly rolloutState: string | null
  }[]
  /** Of the revisions that have tasks, or are to have some. */
  readonly revisionArns: readonly string[]
  /** From its tags; not given where they were not looked at. */
  readonly kept?: KeptInTags
  /** The entry of DescribeServices, but for its deployments, events and tags. For changes only: no report holds it. */
  readonly raw: Raw
}

export interface CapacityProviderStrategyItem {
  readonly capacityProvider: string
  readonly base: number
  readonly weight: number
}

export interface PlacementConstraint {
  /** `memberOf` or `distinctInstance`. */
  readonly type: string
  /** In the cluster query language; null for `distinctInstance`. */
  readonly expression: string | null
}

export interface LoadBalancerEntry {
  /** Null for a Classic Load Balancer, which `raw` names. */
  readonly targetGroupArn: string | null
  readonly containerName: string | null
  readonly containerPort: number | null
  /** Null where no deployment moves traffic. */
  readonly advancedConfiguration: AdvancedConfiguration | null
  readonly raw: Raw
}

/** What a blue/green, linear or canary deployment moves traffic with. */
export interface AdvancedConfiguration {
  readonly alternateTargetGroupArn: string | null
  /** A rule of an Application Load Balancer, or a listener of a Network Load Balancer; so is the other. */
  readonly productionListenerRule: string | null
  readonly testListenerRule: string | null
  readonly roleArn: string | null
}

export interface ServiceRegistry {
  readonly registryArn: string
  readonly containerName: string | null
  readonly containerPort: number | null
  readonly port: number | null
}

export interface ServiceConnect {
  /** Name or ARN of the Cloud Map namespace; null for the cluster's default. */
  readonly namespace: string | null
  readonly services: readonly ServiceConnectService[]
  /** Of the proxy container that ECS adds to each task; null where it has none. */
  readonly logConfiguration: LogConfiguration | null
}

export interface ServiceConnectService {
  readonly portName: string
  readonly discoveryName: string | null
  readonly tls: { readonly roleArn: string | null; readonly kmsKey: string | null } | null
}

/** An EBS volume that ECS makes for each task. */
export interface VolumeConfiguration {
  readonly name: string
  /** Of the infrastructure role that makes the volume and attaches it. */
  readonly roleArn: string | null
  readonly kmsKeyId: string | null
  readonly snapshotId: string | null
  readonly sizeInGiB: number | null
}

export interface VpcLatticeConfiguration {
  readonly roleArn: string | null
  readonly targetGroupArn: string | null
  readonly portName: string | null
  /** That of the revision that is not in production, where a deployment moves traffic. */
  readonly alternateTargetGroupArn: string | null
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
  readonly lifecycleHooks: readonly LifecycleHook[]
  /** Empty where the service has none of its own. */
  readonly raw: Raw
}

export interface LifecycleHook {
  /** `AWS_LAMBDA` or `PAUSE`. */
  readonly targetType: string
  readonly hookTargetArn: string | null
  /** Of the role that calls the function. */
  readonly roleArn: string | null
  readonly lifecycleStages: readonly string[]
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
  /** `EC2`, `FARGATE` …: what it may run on; empty for one that is not registered yet. */
  readonly compatibilities: readonly string[]
  readonly placementConstraints: readonly PlacementConstraint[]
  /** What ECS wants of a container instance, as it worked it out at registration. */
  readonly requiresAttributes: readonly Attribute[]
}

/** Of a container instance, or wanted of one. */
export interface Attribute {
  readonly name: string
  readonly value: string | null
}

/** Where a container's output goes. */
export interface LogConfiguration {
  readonly logDriver: string | null
  readonly logOptions: Readonly<Record<string, string>>
  readonly logSecretOptions: readonly { readonly name: string; readonly valueFrom: string }[]
}

export interface Container extends LogConfiguration {
  readonly name: string
  readonly image: string
  readonly secrets: readonly { readonly name: string; readonly valueFrom: string }[]
  readonly environmentFiles: readonly string[]
  /** ARN of the Secrets Manager secret with the registry's user and password. */
  readonly repositoryCredentials: string | null
  /** Of a log router; null for any other container. */
  readonly firelens: FirelensConfiguration | null
  readonly portMappings: readonly {
    readonly containerPort: number
    readonly hostPort: number | null
    readonly protocol: string
  }[]
  readonly healthCheck: { readonly startPeriodSeconds: number } | null
  readonly versionConsistency: string | null
  readonly reservation: Reservation
}

/** What a container instance must have left: CPU units, MiB (the soft limit where there is one), GPUs. */
export interface Reservation {
  readonly cpu: number
  readonly memory: number
  readonly gpus: number
}

export interface FirelensConfiguration {
  /** `s3`, `file`, or null where it has no file of its own. */
  readonly configFileType: string | null
  /** ARN of an object, or a path in the image. */
  readonly configFileValue: string | null
}

export interface Volume {
  readonly name: string
  readonly efs: EfsVolume | null
  readonly s3FilesFileSystemArn: string | null
  readonly fsx: FsxVolume | null
  /** The service says what it is: an EBS volume. */
  readonly configuredAtLaunch: boolean
}

export interface EfsVolume {
  readonly fileSystemId: string
  readonly accessPointId: string | null
  /** Mounted as the task role; else as nobody. */
  readonly iam: boolean
  readonly transitEncryption: boolean
}

/** A share of FSx for Windows File Server. */
export interface FsxVolume {
  readonly fileSystemId: string
  /** ARN of a secret or parameter with the user and password that mount it. */
  readonly credentialsParameter: string | null
  readonly domain: string | null
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

/** A service revision: what a deployment made of a task definition. */
export interface ServiceRevision {
  readonly arn: string
  /** With the digests that ECS resolved tags to. */
  readonly containers: readonly RunningContainer[]
}

/** A capacity provider that the service uses and that is not Fargate's own. */
export interface CapacityProvider {
  readonly name: string
  /** `asg`, `managed-instances`, or null when it is not known. */
  readonly kind: string | null
  /** `ACTIVE`, `PROVISIONING`, `INACTIVE` …; null where nobody said. */
  readonly status: string | null
  /** Managed Instances only: where ECS starts them. */
  readonly subnetIds: readonly string[]
  readonly securityGroupIds: readonly string[]
  readonly autoScalingGroupArn: string | null
  /** Whether ECS starts instances for tasks that wait; null where nobody said. */
  readonly managedScaling: boolean | null
  /** Managed Instances only: the role that ECS starts them with, and the profile that they get. */
  readonly infrastructureRoleArn?: string | null
  readonly instanceProfileArn?: string | null
}

/** Where the containers of a service start: what decides whose network pulls the image. */
export interface Compute {
  readonly capacityProviders: Answer<readonly CapacityProvider[]>
  /** Strategy of the cluster, for a service that names neither launch type nor strategy. */
  readonly clusterCapacityProviders: Answer<readonly string[]>
  /** EC2 only. */
  readonly instances: Answer<readonly ContainerInstance[]>
  /** The cluster's settings of ECS Exec; null where it has none. Absent where Exec is off. */
  readonly executeCommand?: Answer<ExecuteCommandConfiguration | null>
  /** What else says how many tasks the instances hold; absent where none runs a task of the service. */
  readonly capacity?: Capacity
  /** Names of the managed daemons of the cluster; absent where no Managed Instance runs a task of the service. */
  readonly daemons?: Answer<readonly string[]>
}

export interface ExecuteCommandConfiguration {
  /** Key that encrypts the sessions, as id, ARN or alias. */
  readonly kmsKeyId: string | null
  /** Where the sessions are logged, with `logging: OVERRIDE`. */
  readonly logGroupName: string | null
  readonly s3BucketName: string | null
}

export interface ContainerInstance {
  readonly arn: string
  readonly instanceId: string
  /** `ACTIVE`, `DRAINING`, `REGISTERING` … */
  readonly status: string
  /** Of the primary interface, as the groups and the address. */
  readonly subnetId: string | null
  readonly securityGroupIds: readonly string[]
  readonly publicIp: string | null
  readonly profileArn: string | null
  readonly capacityProviderName: string | null
  /** Null where nobody said. */
  readonly agentConnected: boolean | null
  readonly agentVersion: string | null
  readonly instanceType: string | null
  readonly attributes: readonly Attribute[] | null
  readonly runningTasksCount: number | null
  /** What it has without any task; null where nobody said. */
  readonly registered: Reservation | null
  /** What no task has taken; null where nobody said. */
  readonly remaining: Remaining | null
  /** Network interfaces attached to it. */
  readonly interfaces: number
}

export interface Remaining extends Reservation {
  /** Host ports that are taken. */
  readonly tcpPorts: readonly number[]
  readonly udpPorts: readonly number[]
}

export interface Capacity {
  /** That places the tasks: the service's, or its cluster's; empty for a launch type. */
  readonly strategy: readonly CapacityProviderStrategyItem[]
  /** The tasks of the service on container instances. */
  readonly tasks: Answer<readonly PlacedTask[]>
  /** Network interfaces that an instance may have, by instance type; `awsvpc` only. */
  readonly interfaceLimits: Answer<Readonly<Record<string, number>>>
  /** The account setting `awsvpcTrunking`; `awsvpc` only. */
  readonly trunking: Answer<boolean>
  /** Behind the capacity providers. */
  readonly autoScalingGroups: Answer<readonly AutoScalingGroup[]>
}

export interface PlacedTask extends Reservation {
  readonly instanceArn: string
  readonly taskDefinitionArn: string | null
  readonly tcpPorts: readonly number[]
  readonly udpPorts: readonly number[]
  /** Of its own, under `awsvpc`. */
  readonly interfaces: number
}

export interface AutoScalingGroup {
  readonly arn: string
  readonly name: string
  readonly desired: number
  readonly max: number
  readonly instances: number
  readonly subnetIds: readonly string[]
  /** `Launch`, `Terminate` … */
  readonly suspendedProcesses: readonly string[]
}
