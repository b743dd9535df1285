/** What ECS and Elastic Load Balancing say of a shape: cluster, service, task definition, tasks, capacity and targets. */
import {
  ACCOUNT,
  BALANCER_GROUP,
  CLUSTER,
  EFS,
  type Files,
  GROUP,
  idOf,
  isAwsvpc,
  LETTERS,
  NODE_GROUP,
  onInstances,
  PARAMETER,
  REGION,
  SECRET,
  SERVICE,
  type Shape,
  subnetId,
  TASK_GROUP,
  taskSubnets,
  VPC,
} from './shape.ts'

export const EXECUTION_ROLE = `arn:aws:iam::${ACCOUNT}:role/checkout-execution`
export const TASK_ROLE = `arn:aws:iam::${ACCOUNT}:role/checkout-task`
export const NODE_ROLE = `arn:aws:iam::${ACCOUNT}:role/shop-node`
export const NODE_PROFILE = `arn:aws:iam::${ACCOUNT}:instance-profile/shop-node`
export const REPOSITORY = 'shop/checkout'
export const TAG = '2026-11-27.3'

const ARN = `arn:aws:ecs:${REGION}:${ACCOUNT}`
const CLUSTER_ARN = `${ARN}:cluster/${CLUSTER}`
const DEFINITION = `${ARN}:task-definition/checkout:31`
const PROVIDER = 'shop-asg'
const GROUP_ARN = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:targetgroup/checkout/6d0ecf831eec9f09`

export function serviceFiles(shape: Shape): Files {
  return {
    'ecs/describe-services.json': { failures: [], services: [service(shape)] },
    'ecs/describe-clusters.json': { clusters: [cluster(shape)], failures: [] },
    'ecs/describe-task-definition/checkout-31.json': { tags: [], taskDefinition: taskDefinition(shape) },
    'ecs/describe-tasks.json': { failures: [], tasks: [] },
    'ecs/list-account-settings.json': {
      settings: [
        { name: 'awsvpcTrunking', principalArn: `arn:aws:iam::${ACCOUNT}:root`, type: 'user', value: 'disabled' },
        { name: 'fargateFIPSMode', principalArn: `arn:aws:iam::${ACCOUNT}:root`, type: 'user', value: 'disabled' },
        { name: 'guardDutyActivate', principalArn: `arn:aws:iam::${ACCOUNT}:root`, type: 'aws_managed', value: 'off' },
      ],
    },
    ...(onInstances(shape) ? instanceFiles(shape) : {}),
    ...(shape.balancer === null ? {} : balancerFiles(shape)),
    ...scalingFiles(shape),
    ...quotaFiles(shape),
  }
}

function count({ zones }: Shape): number {
  return zones === 1 ? 1 : zones
}

function service(shape: Shape) {
  const desired = count(shape)
  const { balancer, by, compute } = shape
  const base = compute === 'spot' || compute === 'asg'
  const placed = base
    ? { capacityProviderStrategy: strategy(shape) }
    : { launchType: onInstances(shape) ? 'EC2' : 'FARGATE' }
  const platform = onInstances(shape)
    ? {}
    : { platformFamily: compute === 'windows' ? 'Windows' : 'Linux', platformVersion: 'LATEST' }
  const network = {
    awsvpcConfiguration: {
      assignPublicIp: shape.way === 'public' && !onInstances(shape) ? 'ENABLED' : 'DISABLED',
      securityGroups: [TASK_GROUP],
      subnets: taskSubnets(shape),
    },
  }
  const configured = isAwsvpc(shape) ? { networkConfiguration: network } : {}
  return {
    availabilityZoneRebalancing: by === 'cdk' ? 'DISABLED' : 'ENABLED',
    clusterArn: CLUSTER_ARN,
    createdAt: '2026-05-14T10:00:00+00:00',
    createdBy: `arn:aws:iam::${ACCOUNT}:role/deploy`,
    // Neither Terraform nor the CDK turns the circuit breaker on; the CDK's services may lose half of their tasks.
    deploymentConfiguration: {
      bakeTimeInMinutes: 0,
      deploymentCircuitBreaker: { enable: false, rollback: false },
      maximumPercent: 200,
      minimumHealthyPercent: by === 'cdk' ? 50 : 100,
      strategy: 'ROLLING',
    },
    deploymentController: { type: 'ECS' },
    deployments: [
      {
        createdAt: '2026-11-27T13:00:00+00:00',
        desiredCount: desired,
        failedTasks: 0,
        id: 'ecs-svc/7012345678901234567',
        pendingCount: 0,
        rolloutState: 'COMPLETED',
        rolloutStateReason: 'ECS deployment ecs-svc/7012345678901234567 completed.',
        runningCount: desired,
        status: 'PRIMARY',
        taskDefinition: DEFINITION,
        updatedAt: '2026-11-27T13:03:12+00:00',
        ...placed,
        ...platform,
        ...configured,
      },
    ],
    desiredCount: desired,
    enableECSManagedTags: by === 'terraform',
    enableExecuteCommand: shape.exec ?? false,
    events: [],
    ...(balancer === null ? {} : { healthCheckGracePeriodSeconds: by === 'cdk' ? 60 : 0 }),
    loadBalancers: balancer === null ? [] : [{ containerName: 'web', containerPort: 8080, targetGroupArn: GROUP_ARN }],
    ...placed,
    ...configured,
    pendingCount: 0,
    placementConstraints: [],
    placementStrategy: [],
    ...platform,
    propagateTags: 'NONE',
    runningCount: desired,
    schedulingStrategy: 'REPLICA',
    serviceArn: `${ARN}:service/${CLUSTER}/${SERVICE}`,
    serviceName: SERVICE,
    serviceRegistries: [],
    status: 'ACTIVE',
    taskDefinition: DEFINITION,
  }
}

function strategy({ compute }: Shape) {
  if (compute === 'asg') return [{ base: 0, capacityProvider: PROVIDER, weight: 1 }]
  return [
    { base: 1, capacityProvider: 'FARGATE', weight: 1 },
    { base: 0, capacityProvider: 'FARGATE_SPOT', weight: 3 },
  ]
}

function cluster(shape: Shape) {
  return {
    activeServicesCount: 1,
    capacityProviders: ['FARGATE', 'FARGATE_SPOT', ...(shape.compute === 'asg' ? [PROVIDER] : [])],
    clusterArn: CLUSTER_ARN,
    clusterName: CLUSTER,
    defaultCapacityProviderStrategy: [],
    pendingTasksCount: 0,
    registeredContainerInstancesCount: onInstances(shape) ? nodes(shape).length : 0,
    runningTasksCount: count(shape),
    settings: [],
    statistics: [],
    status: 'ACTIVE',
    tags: [],
  }
}

function taskDefinition(shape: Shape) {
  const { compute } = shape
  const windows = compute === 'windows'
  const fargate = !onInstances(shape)
  const size = fargate ? { cpu: windows ? '1024' : '256', memory: windows ? '2048' : '512' } : {}
  const platform = fargate
    ? {
        runtimePlatform: {
          cpuArchitecture: compute === 'arm' ? 'ARM64' : 'X86_64',
          operatingSystemFamily: windows ? 'WINDOWS_SERVER_2022_CORE' : 'LINUX',
        },
      }
    : {}
  return {
    compatibilities: fargate ? ['EC2', 'FARGATE', 'MANAGED_INSTANCES'] : ['EXTERNAL', 'EC2'],
    containerDefinitions: [container(shape)],
    executionRoleArn: EXECUTION_ROLE,
    family: 'checkout',
    networkMode: isAwsvpc(shape) ? 'awsvpc' : 'bridge',
    placementConstraints: [],
    registeredAt: '2026-11-27T12:59:41+00:00',
    requiresAttributes: [{ name: 'com.amazonaws.ecs.capability.docker-remote-api.1.18' }],
    requiresCompatibilities: fargate ? ['FARGATE'] : ['EC2'],
    revision: 31,
    status: 'ACTIVE',
    taskDefinitionArn: DEFINITION,
    taskRoleArn: TASK_ROLE,
    volumes: shape.efs
      ? [
          {
            efsVolumeConfiguration: { fileSystemId: EFS, rootDirectory: '/', transitEncryption: 'ENABLED' },
            name: 'files',
          },
        ]
      : [],
    ...size,
    ...platform,
  }
}

function container(shape: Shape) {
  const ports = { containerPort: 8080, hostPort: isAwsvpc(shape) ? 8080 : 0, protocol: 'tcp' }
  const source = shape.secrets === 'ssm' ? PARAMETER : SECRET
  return {
    cpu: 0,
    environment: [],
    environmentFiles: [],
    essential: true,
    image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/${REPOSITORY}:${TAG}`,
    logConfiguration: {
      logDriver: 'awslogs',
      options: { 'awslogs-group': GROUP, 'awslogs-region': REGION, 'awslogs-stream-prefix': 'web' },
    },
    ...(onInstances(shape) ? { memoryReservation: 256 } : {}),
    mountPoints: shape.efs ? [{ containerPath: '/files', readOnly: false, sourceVolume: 'files' }] : [],
    name: 'web',
    portMappings: [ports],
    ...(shape.secrets === undefined ? {} : { secrets: [{ name: 'DATABASE', valueFrom: source }] }),
    systemControls: [],
    volumesFrom: [],
  }
}

/** One a zone: enough for twice the desired tasks. */
function nodes(shape: Shape): readonly { readonly arn: string; readonly id: string; readonly at: number }[] {
  return taskSubnets(shape).map((_, at) => ({
    arn: `${ARN}:container-instance/${CLUSTER}/${'0123456789abcdef'.repeat(2).slice(0, 31)}${at}`,
    id: idOf('i', at),
    at,
  }))
}

function resource(name: string, integerValue: number) {
  return { doubleValue: 0, integerValue, longValue: 0, name, type: 'INTEGER' }
}

function ports(name: string) {
  const stringSetValue = ['22', '2376', '2375', '51678', '51679']
  return { doubleValue: 0, integerValue: 0, longValue: 0, name, stringSetValue, type: 'STRINGSET' }
}

function instanceFiles(shape: Shape): Files {
  const all = nodes(shape)
  const subnets = taskSubnets(shape)
  const resources = (cpu: number, memory: number) => [
    resource('CPU', cpu),
    resource('MEMORY', memory),
    ports('PORTS'),
    { doubleValue: 0, integerValue: 0, longValue: 0, name: 'PORTS_UDP', stringSetValue: [], type: 'STRINGSET' },
  ]
  const attribute = (name: string, value?: string) => (value === undefined ? { name } : { name, value })
  const containerInstances = all.map(({ arn, id, at }) => ({
    agentConnected: true,
    attachments: [],
    attributes: [
      attribute('com.amazonaws.ecs.capability.docker-remote-api.1.18'),
      attribute('ecs.availability-zone', `${REGION}${LETTERS[at]}`),
      attribute('ecs.ami-id', 'ami-0a1b2c3d4e5f60718'),
      attribute('ecs.instance-type', 'm6i.large'),
      attribute('ecs.cpu-architecture', 'x86_64'),
      attribute('ecs.os-type', 'linux'),
      attribute('ecs.os-family', 'LINUX'),
      attribute('ecs.vpc-id', VPC),
      attribute('ecs.subnet-id', subnets[at]),
    ],
    ...(shape.compute === 'asg' ? { capacityProviderName: PROVIDER } : {}),
    containerInstanceArn: arn,
    ec2InstanceId: id,
    pendingTasksCount: 0,
    registeredAt: '2026-11-02T07:00:00+00:00',
    registeredResources: resources(2048, 7680),
    remainingResources: resources(2048, 7424),
    runningTasksCount: 1,
    status: 'ACTIVE',
    tags: [],
    version: 41,
    versionInfo: { agentHash: '9d1c9b0a', agentVersion: '1.105.1', dockerVersion: 'DockerVersion: 25.0.8' },
  }))
  const instances = all.map(({ id, at }) => ({
    IamInstanceProfile: { Arn: NODE_PROFILE, Id: 'AIPAWQ2XSVZ3KJ4T5Y6B7' },
    InstanceId: id,
    InstanceType: 'm6i.large',
    NetworkInterfaces: [
      {
        ...(shape.way === 'public' ? { Association: { IpOwnerId: 'amazon', PublicIp: `3.66.14.${at + 20}` } } : {}),
        Attachment: { AttachmentId: `eni-attach-0${at}`, DeviceIndex: 0, NetworkCardIndex: 0, Status: 'attached' },
        Groups: [{ GroupId: NODE_GROUP, GroupName: 'shop-nodes' }],
        Ipv6Addresses: [],
        NetworkInterfaceId: idOf('eni', 700 + at),
        OwnerId: ACCOUNT,
        PrivateIpAddress: `10.40.${at + (shape.way === 'public' ? 0 : 10)}.55`,
        SourceDestCheck: true,
        Status: 'in-use',
        SubnetId: subnets[at],
        VpcId: VPC,
      },
    ],
    PrivateIpAddress: `10.40.${at + (shape.way === 'public' ? 0 : 10)}.55`,
    ...(shape.way === 'public' ? { PublicIpAddress: `3.66.14.${at + 20}` } : {}),
    SecurityGroups: [{ GroupId: NODE_GROUP, GroupName: 'shop-nodes' }],
    SourceDestCheck: true,
    State: { Code: 16, Name: 'running' },
    SubnetId: subnets[at],
    VpcId: VPC,
  }))
  const types = [
    {
      InstanceType: 'm6i.large',
      NetworkInfo: { MaximumNetworkCards: 1, MaximumNetworkInterfaces: 3, NetworkCards: [] },
      VCpuInfo: { DefaultVCpus: 2 },
    },
  ]
  return {
    'ecs/describe-container-instances.json': { containerInstances, failures: [] },
    'ecs/list-container-instances.json': { containerInstanceArns: all.map(({ arn }) => arn) },
    'ec2/describe-instances.json': { Reservations: [{ Instances: instances, OwnerId: ACCOUNT }] },
    'ec2/describe-instance-types.json': { InstanceTypes: types },
    ...(shape.compute === 'asg' ? providerFiles(shape) : {}),
  }
}

function providerFiles(shape: Shape): Files {
  const arn = `arn:aws:autoscaling:${REGION}:${ACCOUNT}:autoScalingGroup:6b1c:autoScalingGroupName/shop`
  const provider = {
    autoScalingGroupProvider: {
      autoScalingGroupArn: arn,
      managedDraining: 'ENABLED',
      managedScaling: {
        maximumScalingStepSize: 10000,
        minimumScalingStepSize: 1,
        status: 'ENABLED',
        targetCapacity: 100,
      },
      managedTerminationProtection: 'ENABLED',
    },
    capacityProviderArn: `${ARN}:capacity-provider/${PROVIDER}`,
    name: PROVIDER,
    status: 'ACTIVE',
    tags: [],
    type: 'EC2_AUTOSCALING',
  }
  const group = {
    AutoScalingGroupARN: arn,
    AutoScalingGroupName: 'shop',
    AvailabilityZones: taskSubnets(shape).map((_, at) => `${REGION}${LETTERS[at]}`),
    DesiredCapacity: nodes(shape).length,
    Instances: [],
    MaxSize: 6,
    MinSize: 1,
    SuspendedProcesses: [],
    VPCZoneIdentifier: taskSubnets(shape).join(','),
  }
  return {
    'ecs/describe-capacity-providers.json': { capacityProviders: [provider], failures: [] },
    'autoscaling/describe-auto-scaling-groups.json': { AutoScalingGroups: [group] },
  }
}

function balancerFiles(shape: Shape): Files {
  const network = shape.balancer === 'network'
  const arn = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:loadbalancer/${network ? 'net' : 'app'}/checkout/50dc6c495c0c9188`
  const zones = LETTERS.slice(0, Math.max(2, shape.zones))
  const balancer = {
    AvailabilityZones: zones.map((letter, at) => ({
      LoadBalancerAddresses: [],
      SubnetId: subnetId(at, true),
      ZoneName: `${REGION}${letter}`,
    })),
    CreatedTime: '2026-05-14T09:58:00+00:00',
    DNSName: `checkout-1.${REGION}.elb.amazonaws.com`,
    IpAddressType: 'ipv4',
    LoadBalancerArn: arn,
    LoadBalancerName: 'checkout',
    Scheme: 'internet-facing',
    SecurityGroups: [BALANCER_GROUP],
    State: { Code: 'active' },
    Type: network ? 'network' : 'application',
    VpcId: VPC,
  }
  const group = {
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: 30,
    HealthCheckPort: 'traffic-port',
    HealthCheckProtocol: network ? 'TCP' : 'HTTP',
    HealthCheckTimeoutSeconds: network ? 10 : 5,
    HealthyThresholdCount: 5,
    IpAddressType: 'ipv4',
    LoadBalancerArns: [arn],
    Port: 80,
    Protocol: network ? 'TCP' : 'HTTP',
    TargetGroupArn: GROUP_ARN,
    TargetGroupName: 'checkout',
    TargetType: isAwsvpc(shape) ? 'ip' : 'instance',
    UnhealthyThresholdCount: 2,
    VpcId: VPC,
  }
  const healthy = taskSubnets(shape).map((_, at) => ({
    HealthCheckPort: '8080',
    Target: isAwsvpc(shape)
      ? {
          AvailabilityZone: `${REGION}${LETTERS[at]}`,
          Id: `10.40.${at + (shape.way === 'public' ? 0 : 10)}.70`,
          Port: 8080,
        }
      : { Id: idOf('i', at), Port: 32768 + at },
    TargetHealth: { State: 'healthy' },
  }))
  return {
    'elbv2/describe-target-groups.json': { TargetGroups: [group] },
    'elbv2/describe-target-health/checkout.json': { TargetHealthDescriptions: healthy },
    'elbv2/describe-load-balancers.json': { LoadBalancers: [balancer] },
  }
}

function scalingFiles({ autoscaling }: Shape): Files {
  const target = {
    CreationTime: '2026-05-14T10:01:00+00:00',
    MaxCapacity: 12,
    MinCapacity: 2,
    ResourceId: `service/${CLUSTER}/${SERVICE}`,
    ScalableDimension: 'ecs:service:DesiredCount',
    ServiceNamespace: 'ecs',
    SuspendedState: {
      DynamicScalingInSuspended: false,
      DynamicScalingOutSuspended: false,
      ScheduledScalingSuspended: false,
    },
  }
  return {
    'application-autoscaling/describe-scalable-targets.json': { ScalableTargets: autoscaling ? [target] : [] },
  }
}

function quotaFiles(shape: Shape): Files {
  if (onInstances(shape)) return {}
  const quota = (QuotaCode: string, QuotaName: string) => ({
    Quota: {
      Adjustable: true,
      GlobalQuota: false,
      QuotaCode,
      QuotaName,
      ServiceCode: 'fargate',
      Unit: 'None',
      Value: 140,
    },
  })
  return {
    'service-quotas/get-service-quota/on-demand.json': quota('L-3032A538', 'Fargate On-Demand vCPU resource count'),
    'service-quotas/get-service-quota/spot.json': quota('L-36FBB829', 'Fargate Spot vCPU resource count'),
  }
}
