/** A Fargate service with one web container, to be varied by one fact at a time. */
import { known } from '../../src/domain/answer.ts'
import type {
  CapacityProvider,
  Compute,
  Container,
  ContainerInstance,
  Service,
  TaskDefinition,
} from '../../src/domain/service.ts'

export const REGION = 'ap-northeast-2'

export function service(changes: Partial<Service> = {}): Service {
  return {
    arn: 'arn:aws:ecs:ap-northeast-2:123456789012:service/demo/web',
    name: 'web',
    clusterArn: 'arn:aws:ecs:ap-northeast-2:123456789012:cluster/demo',
    clusterName: 'demo',
    status: 'ACTIVE',
    resourceManagementType: null,
    desiredCount: 2,
    runningCount: 2,
    pendingCount: 0,
    launchType: 'FARGATE',
    capacityProviders: [],
    capacityProviderStrategy: [],
    placementConstraints: [],
    platformVersion: '1.4.0',
    platformFamily: 'Linux',
    taskDefinitionArn: 'arn:aws:ecs:ap-northeast-2:123456789012:task-definition/web:7',
    deploymentController: 'ECS',
    schedulingStrategy: 'REPLICA',
    awsvpc: { subnetIds: ['subnet-a', 'subnet-c'], securityGroupIds: ['sg-task'], assignPublicIp: 'DISABLED' },
    deploymentConfiguration: {
      maximumPercent: 200,
      minimumHealthyPercent: 100,
      circuitBreaker: { enable: true, rollback: true },
      strategy: 'ROLLING',
      lifecycleHooks: [],
      raw: {},
    },
    healthCheckGracePeriodSeconds: null,
    loadBalancers: [],
    serviceRegistries: [],
    serviceConnect: null,
    volumeConfigurations: [],
    vpcLatticeConfigurations: [],
    enableExecuteCommand: false,
    deployments: [],
    revisionArns: [],
    raw: {},
    ...changes,
  }
}

export function container(changes: Partial<Container> = {}): Container {
  return {
    name: 'web',
    image: '123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/web:v7',
    secrets: [],
    environmentFiles: [],
    repositoryCredentials: null,
    logDriver: null,
    logOptions: {},
    logSecretOptions: [],
    firelens: null,
    portMappings: [],
    healthCheck: null,
    versionConsistency: null,
    reservation: { cpu: 0, memory: 0, gpus: 0 },
    ...changes,
  }
}

export function taskDefinition(
  containers: readonly Container[] = [container()],
  changes: Partial<TaskDefinition> = {},
): TaskDefinition {
  return {
    arn: 'arn:aws:ecs:ap-northeast-2:123456789012:task-definition/web:7',
    family: 'web',
    revision: 7,
    status: 'ACTIVE',
    isNamed: false,
    networkMode: 'awsvpc',
    cpu: '256',
    memory: '512',
    executionRoleArn: 'arn:aws:iam::123456789012:role/ecsTaskExecutionRole',
    taskRoleArn: null,
    cpuArchitecture: null,
    operatingSystemFamily: null,
    ephemeralStorageGiB: null,
    containers,
    volumes: [],
    compatibilities: [],
    placementConstraints: [],
    requiresAttributes: [],
    ...changes,
  }
}

export function compute(changes: Partial<Compute> = {}): Compute {
  return { capacityProviders: known([]), clusterCapacityProviders: known([]), instances: known([]), ...changes }
}

export function instance(changes: Partial<ContainerInstance> = {}): ContainerInstance {
  return {
    arn: 'arn:aws:ecs:ap-northeast-2:123456789012:container-instance/demo/0123456789abcdef0123456789abcdef',
    instanceId: 'i-1',
    status: 'ACTIVE',
    subnetId: 'subnet-host-a',
    securityGroupIds: ['sg-host'],
    publicIp: null,
    profileArn: null,
    capacityProviderName: null,
    agentConnected: true,
    agentVersion: null,
    instanceType: null,
    attributes: null,
    runningTasksCount: null,
    registered: null,
    remaining: null,
    interfaces: 1,
    ...changes,
  }
}

/** Of an Auto Scaling group. */
export function provider(changes: Partial<CapacityProvider> = {}): CapacityProvider {
  return {
    name: 'asg',
    kind: 'asg',
    status: 'ACTIVE',
    subnetIds: [],
    securityGroupIds: [],
    autoScalingGroupArn: null,
    managedScaling: null,
    ...changes,
  }
}
