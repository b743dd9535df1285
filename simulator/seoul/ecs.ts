/** The service of the Seoul incident: two tasks on Fargate, never fewer, four at most, with the circuit breaker on. */
import {
  ACCOUNT,
  attachmentId,
  CLUSTER,
  EXECUTION_ROLE,
  ecsArn,
  FAMILY,
  LOG_GROUP,
  REGION,
  REPOSITORY,
  REVISION,
  SERVICE,
  SUBNETS,
  type Subnet,
  subnetOfTask,
  TAG,
  TASK_GROUP,
  TASKS,
  type Task,
} from './names.ts'

const DEPLOYMENT = 'ecs-svc/4812093475620918374'
const TASK_DEFINITION = ecsArn(`task-definition/${FAMILY}:${REVISION}`)
const IMAGE = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/${REPOSITORY}:${TAG}`

const NETWORK = {
  awsvpcConfiguration: {
    subnets: SUBNETS.map(({ id }) => id),
    securityGroups: [TASK_GROUP],
    assignPublicIp: 'DISABLED',
  },
}

const COUNTS = { desiredCount: 2, pendingCount: 0, runningCount: 2, launchType: 'FARGATE', platformVersion: '1.4.0' }

export function ecsFiles(healthy: boolean, imageDigest: string): Readonly<Record<string, unknown>> {
  return {
    'ecs/describe-services.json': { services: [service()], failures: [] },
    [`ecs/describe-task-definition/${FAMILY}-${REVISION}.json`]: { taskDefinition: taskDefinition(), tags: [] },
    'ecs/describe-tasks.json': {
      tasks: TASKS.map((own, at) => task(own, subnetOfTask(at, healthy), imageDigest)),
      failures: [],
    },
    'ecs/describe-clusters.json': { clusters: [cluster()], failures: [] },
    'ecs/describe-capacity-providers.json': { capacityProviders: providers(), failures: [] },
    'ecs/describe-container-instances.json': { containerInstances: [], failures: [] },
  }
}

function service() {
  return {
    serviceArn: ecsArn(`service/${CLUSTER}/${SERVICE}`),
    serviceName: SERVICE,
    clusterArn: ecsArn(`cluster/${CLUSTER}`),
    loadBalancers: [],
    serviceRegistries: [],
    status: 'ACTIVE',
    ...COUNTS,
    platformFamily: 'Linux',
    taskDefinition: TASK_DEFINITION,
    deploymentConfiguration: {
      deploymentCircuitBreaker: { enable: true, rollback: true },
      maximumPercent: 200,
      minimumHealthyPercent: 100,
      strategy: 'ROLLING',
      bakeTimeInMinutes: 0,
    },
    deployments: [deployment()],
    roleArn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
    events: [
      {
        id: '5c0f6a1e-7d42-4b9e-8a13-2f96c7e0d584',
        createdAt: '2026-11-19T01:17:40.117000+00:00',
        message: `(service ${SERVICE}) has reached a steady state.`,
      },
    ],
    createdAt: '2026-03-04T08:30:21.930000+00:00',
    placementConstraints: [],
    placementStrategy: [],
    networkConfiguration: NETWORK,
    healthCheckGracePeriodSeconds: 0,
    schedulingStrategy: 'REPLICA',
    deploymentController: { type: 'ECS' },
    createdBy: `arn:aws:iam::${ACCOUNT}:role/deployer`,
    enableECSManagedTags: true,
    propagateTags: 'NONE',
    enableExecuteCommand: false,
    availabilityZoneRebalancing: 'DISABLED',
  }
}

/** The deployment before: it did end well, a quarter of an hour after it began. */
function deployment() {
  return {
    id: DEPLOYMENT,
    status: 'PRIMARY',
    taskDefinition: TASK_DEFINITION,
    ...COUNTS,
    failedTasks: 0,
    createdAt: '2026-11-19T01:02:11.482000+00:00',
    updatedAt: '2026-11-19T01:17:40.105000+00:00',
    platformFamily: 'Linux',
    networkConfiguration: NETWORK,
    rolloutState: 'COMPLETED',
    rolloutStateReason: `ECS deployment ${DEPLOYMENT} completed.`,
  }
}

function taskDefinition() {
  return {
    taskDefinitionArn: TASK_DEFINITION,
    containerDefinitions: [
      {
        name: 'nestjs',
        image: IMAGE,
        cpu: 0,
        portMappings: [{ containerPort: 3000, hostPort: 3000, protocol: 'tcp', name: 'http', appProtocol: 'http' }],
        essential: true,
        environment: [],
        mountPoints: [],
        volumesFrom: [],
        logConfiguration: {
          logDriver: 'awslogs',
          options: { 'awslogs-group': LOG_GROUP, 'awslogs-region': REGION, 'awslogs-stream-prefix': 'nestjs' },
        },
        systemControls: [],
      },
    ],
    family: FAMILY,
    executionRoleArn: `arn:aws:iam::${ACCOUNT}:role/${EXECUTION_ROLE}`,
    networkMode: 'awsvpc',
    revision: REVISION,
    volumes: [],
    status: 'ACTIVE',
    requiresAttributes: [{ name: 'ecs.capability.task-eni' }, { name: 'ecs.capability.execution-role-ecr-pull' }],
    placementConstraints: [],
    compatibilities: ['EC2', 'FARGATE'],
    runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
    requiresCompatibilities: ['FARGATE'],
    cpu: '512',
    memory: '1024',
    registeredAt: '2026-11-19T01:02:09.771000+00:00',
    registeredBy: `arn:aws:iam::${ACCOUNT}:role/deployer`,
  }
}

function task(own: Task, subnet: Subnet, imageDigest: string) {
  const taskArn = ecsArn(`task/${CLUSTER}/${own.id}`)
  return {
    attachments: [
      {
        id: attachmentId(own),
        type: 'ElasticNetworkInterface',
        status: 'ATTACHED',
        details: [
          { name: 'subnetId', value: subnet.id },
          { name: 'networkInterfaceId', value: own.interfaceId },
          { name: 'macAddress', value: `0a:5d:3c:71:9e:${own.last.toString(16)}` },
          { name: 'privateIPv4Address', value: subnet.host(own.last) },
        ],
      },
    ],
    attributes: [{ name: 'ecs.cpu-architecture', value: 'x86_64' }],
    availabilityZone: subnet.zone,
    clusterArn: ecsArn(`cluster/${CLUSTER}`),
    connectivity: 'CONNECTED',
    connectivityAt: '2026-11-19T01:14:33.204000+00:00',
    containers: [
      {
        containerArn: ecsArn(`container/${CLUSTER}/${own.id}/b6e0f3a9-1c57-4d82-9a4e-70c8d5f2e613`),
        taskArn,
        name: 'nestjs',
        image: IMAGE,
        imageDigest,
        runtimeId: `${own.id}-2531612879`,
        lastStatus: 'RUNNING',
        networkInterfaces: [{ attachmentId: attachmentId(own), privateIpv4Address: subnet.host(own.last) }],
        healthStatus: 'UNKNOWN',
        cpu: '0',
      },
    ],
    cpu: '512',
    createdAt: '2026-11-19T01:14:29.310000+00:00',
    desiredStatus: 'RUNNING',
    enableExecuteCommand: false,
    group: `service:${SERVICE}`,
    healthStatus: 'UNKNOWN',
    lastStatus: 'RUNNING',
    launchType: 'FARGATE',
    memory: '1024',
    overrides: { containerOverrides: [{ name: 'nestjs' }], inferenceAcceleratorOverrides: [] },
    platformVersion: '1.4.0',
    platformFamily: 'Linux',
    pullStartedAt: '2026-11-19T01:14:41.020000+00:00',
    pullStoppedAt: '2026-11-19T01:14:59.742000+00:00',
    startedAt: '2026-11-19T01:15:06.518000+00:00',
    startedBy: DEPLOYMENT,
    tags: [],
    taskArn,
    taskDefinitionArn: TASK_DEFINITION,
    version: 4,
    ephemeralStorage: { sizeInGiB: 20 },
  }
}

function cluster() {
  return {
    clusterArn: ecsArn(`cluster/${CLUSTER}`),
    clusterName: CLUSTER,
    status: 'ACTIVE',
    registeredContainerInstancesCount: 0,
    runningTasksCount: 2,
    pendingTasksCount: 0,
    activeServicesCount: 1,
    capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
    defaultCapacityProviderStrategy: [],
  }
}

function providers() {
  return ['FARGATE', 'FARGATE_SPOT'].map((name) => ({
    capacityProviderArn: ecsArn(`capacity-provider/${name}`),
    name,
    status: 'ACTIVE',
  }))
}
