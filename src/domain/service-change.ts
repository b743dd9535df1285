/** Changes of a service and of what its tasks start with: roles, images, secrets, logs, load balancing, file systems. */
import type { Id, Ref } from './change-id.ts'
import type { Raw } from './service.ts'

/** What each kind of them says beside its kind. */
export interface ServiceChanges {
  readonly 'attach-role-policy': {
    readonly roleName: string
    /** Where an earlier change makes it. */
    readonly role?: Ref
    /** Of a policy that AWS manages. */
    readonly policyArn: string
  }
  /** The key is disabled then. */
  readonly 'cancel-key-deletion': { readonly keyId: string; readonly region: string }
  readonly 'copy-object': {
    /** `bucket/key` */
    readonly copySource: string
    readonly bucket: string
    readonly key: string
  }
  readonly 'create-log-group': { readonly logGroupName: string; readonly region: string }
  readonly 'create-mount-target': {
    readonly fileSystemId: string
    readonly subnetId: string
    /** A mount target of the file system, whose security groups it shares; null where there is none to look at. */
    readonly like: string | null
  }
  readonly 'create-pull-through-cache-rule': {
    readonly ecrRepositoryPrefix: string
    readonly upstreamRegistryUrl: string
    readonly credentialArn: Id
  }
  readonly 'create-repository': {
    readonly registryId: string
    readonly repositoryName: string
    readonly region: string
  }
  readonly 'create-role': {
    readonly makes: string
    readonly roleName: string
    readonly path: string
    /** JSON. */
    readonly assumeRolePolicyDocument: string
  }
  readonly 'create-secret': {
    readonly makes: string
    readonly name: string
    readonly region: string
    /** The file that the reader writes its value to, and what is to stand there. */
    readonly file: string
    readonly holds: string
  }
  /** A service that was deleted, with all that ECS still says of it. */
  readonly 'create-service': { readonly cluster: string; readonly serviceName: string }
  readonly 'create-target-group': {
    readonly makes: string
    readonly name: string
    readonly protocol: string
    readonly port: number
    readonly targetType: string
    readonly vpcId?: string
    /** The target group whose other settings it takes over, health checks above all; null where there is none. */
    readonly like: string | null
  }
  readonly 'enable-key': { readonly keyId: string; readonly region: string }
  /** Sends what a listener has no rule for to a target group. */
  readonly 'modify-listener': {
    /** Its listener whose traffic goes to `replaces` now; null where the reader has to name the listener. */
    readonly loadBalancerArn: string | null
    readonly replaces: string
    readonly targetGroupArn: Id
  }
  readonly 'put-key-policy': {
    readonly keyId: string
    readonly region: string
    /** JSON. */
    readonly policy: string
  }
  readonly 'put-lifecycle-policy': {
    readonly registryId: string
    readonly repositoryName: string
    readonly region: string
    /** JSON. */
    readonly lifecyclePolicyText: string
  }
  readonly 'put-parameter': {
    readonly name: string
    readonly type: 'SecureString'
    readonly region: string
  }
  readonly 'put-role-policy': {
    readonly roleName: string
    /** Where an earlier change makes it. */
    readonly role?: Ref
    readonly policyName: string
    /** JSON. */
    readonly policyDocument: string
  }
  /** A new version of a secret, of a value that the reader writes to a file. */
  readonly 'put-secret-value': {
    readonly secretId: string
    readonly region: string
    readonly versionStage?: string
    /** The file holds the value of this key alone: the other keys of the JSON object stay. */
    readonly key?: string
  }
  /** A revision that is like another one but for what is named here. */
  readonly 'register-task-definition': {
    readonly makes: string
    readonly family: string
    /** `web:7`, or a revision that an earlier change makes; null where it is a file that somebody is about to register. */
    readonly like: Id | null
    readonly cpu?: string
    readonly memory?: string
    readonly ephemeralStorage?: { readonly sizeInGiB: number }
    readonly executionRoleArn?: Id
    readonly taskRoleArn?: Id
    readonly runtimePlatform?: { readonly cpuArchitecture: string; readonly operatingSystemFamily?: string }
    readonly images?: readonly { readonly container: string; readonly image: string }[]
    readonly environmentFiles?: readonly { readonly from: string; readonly to: string }[]
    readonly secrets?: readonly { readonly from: string; readonly to: Id }[]
  }
  readonly 'request-service-quota-increase': {
    readonly serviceCode: string
    readonly quotaCode: string
    readonly desiredValue: number
  }
  readonly 'restore-secret': { readonly secretId: string; readonly region: string }
  readonly 'set-repository-policy': {
    /** The repository has no policy yet. */
    readonly isFirst: boolean
    readonly registryId: string
    readonly repositoryName: string
    readonly region: string
    /** JSON. */
    readonly policyText: string
  }
  /** All subnets of a load balancer, one a zone: those that it has, and more. */
  readonly 'set-subnets': { readonly loadBalancerArn: string; readonly subnets: readonly string[] }
  readonly 'update-assume-role-policy': {
    readonly roleName: string
    /** JSON. */
    readonly policyDocument: string
  }
  /** Of an Express service; what is not named stays as it is. */
  readonly 'update-express-gateway-service': {
    readonly serviceArn: string
    readonly taskDefinitionArn?: Id
    readonly networkConfiguration?: { readonly subnets: readonly string[]; readonly securityGroups?: readonly string[] }
  }
  readonly 'update-image-storage-class': {
    readonly registryId: string
    readonly repositoryName: string
    readonly region: string
    readonly imageId: { readonly imageDigest: string }
    readonly targetStorageClass: 'STANDARD'
  }
  /** What is not named stays as it is; what is named is replaced as a whole. */
  readonly 'update-service': {
    readonly cluster: string
    readonly service: string
    readonly taskDefinition?: Id
    readonly networkConfiguration?: NetworkConfiguration
    /** What it takes the place of: what is the same in both is not what this change is for. */
    readonly formerNetworkConfiguration?: NetworkConfiguration
    readonly deploymentConfiguration?: {
      readonly maximumPercent?: number
      readonly minimumHealthyPercent?: number
      readonly deploymentCircuitBreaker?: CircuitBreaker
    }
    readonly loadBalancers?: readonly ServiceLoadBalancer[]
    readonly healthCheckGracePeriodSeconds?: number
    /** Those that are to stay are named as well. */
    readonly placementConstraints?: readonly { readonly type: string; readonly expression?: string }[]
    readonly forceNewDeployment?: true
  }
}

export interface NetworkConfiguration {
  readonly awsvpcConfiguration: {
    readonly subnets: readonly string[]
    readonly securityGroups?: readonly string[]
    readonly assignPublicIp: string
  }
}

/** With every member that AWS answered, also such as nobody here knows. */
export interface CircuitBreaker extends Raw {
  readonly enable: boolean
  readonly rollback: boolean
  readonly resetOnHealthyTask?: boolean
  readonly thresholdConfiguration?: { readonly type: string; readonly value: number }
}

/** The same. */
export interface ServiceLoadBalancer extends Raw {
  readonly targetGroupArn?: Id
  readonly loadBalancerName?: string
  readonly containerName?: string
  readonly containerPort?: number
  readonly advancedConfiguration?: Raw & { readonly alternateTargetGroupArn?: Id }
}

export type ServiceChange = {
  [Kind in keyof ServiceChanges]: { readonly kind: Kind } & ServiceChanges[Kind]
}[keyof ServiceChanges]
