import { Compatibility, DeploymentStrategy, LaunchType, SchedulingStrategy } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import { toCapacityProvider, toContainerInstance, toRunningTask } from '../../../src/aws/facts/compute.ts'
import { toService } from '../../../src/aws/facts/service.ts'
import { instant } from '../../../src/aws/facts/shape.ts'
import { toTaskDefinition } from '../../../src/aws/facts/task-definition.ts'

const arn = 'arn:aws:ecs:us-east-1:1:service/demo/web'
const clusterArn = 'arn:aws:ecs:us-east-1:1:cluster/demo'

describe('a service', () => {
  test('has the defaults of the API where the answer leaves things out', () => {
    expect(toService({ serviceArn: arn, clusterArn })).toMatchObject({
      name: 'web',
      clusterName: 'demo',
      launchType: null,
      capacityProviders: [],
      awsvpc: null,
      deploymentController: 'ECS',
      schedulingStrategy: SchedulingStrategy.REPLICA,
      deploymentConfiguration: {
        maximumPercent: 200,
        minimumHealthyPercent: 100,
        circuitBreaker: null,
        strategy: DeploymentStrategy.ROLLING,
      },
    })
    expect(toService({ serviceArn: arn, clusterArn, schedulingStrategy: SchedulingStrategy.DAEMON })).toMatchObject({
      deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 0 },
    })
    expect(toService({ serviceName: 'web' })).toBeNull()
  })

  test('without a task definition is an Express one, and its primary deployment says what runs', () => {
    const express = (status: string, launchType: string) => ({
      id: 'ecs-svc/1',
      status,
      taskDefinition: `arn:aws:ecs:us-east-1:1:task-definition/web:${status === 'PRIMARY' ? 8 : 7}`,
      launchType,
    })
    const deployments = [express('ACTIVE', 'EC2'), express('PRIMARY', 'FARGATE')]
    const record = { serviceArn: arn, clusterArn, resourceManagementType: 'ECS', deployments }
    expect(toService(record)).toMatchObject({
      resourceManagementType: 'ECS',
      taskDefinitionArn: 'arn:aws:ecs:us-east-1:1:task-definition/web:8',
      launchType: 'FARGATE',
    })
    expect(toService({ ...record, taskDefinition: 'web:7' })).toMatchObject({
      taskDefinitionArn: 'web:7',
      launchType: null,
    })
  })

  test('keeps zeros, states and strategies as they are', () => {
    const found = toService({
      serviceArn: arn,
      clusterArn,
      status: 'DRAINING',
      desiredCount: 0,
      capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
      deploymentConfiguration: {
        maximumPercent: 100,
        minimumHealthyPercent: 0,
        deploymentCircuitBreaker: { enable: true },
      },
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'] } },
      healthCheckGracePeriodSeconds: 0,
    })
    expect(found).toMatchObject({
      status: 'DRAINING',
      desiredCount: 0,
      capacityProviders: ['FARGATE_SPOT'],
      awsvpc: { subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'], assignPublicIp: 'DISABLED' },
      deploymentConfiguration: {
        maximumPercent: 100,
        minimumHealthyPercent: 0,
        circuitBreaker: { enable: true, rollback: false },
      },
      healthCheckGracePeriodSeconds: 0,
    })
  })

  test('has what only its newest deployment says: Service Connect, volumes and VPC Lattice', () => {
    const older = { status: 'ACTIVE', serviceConnectConfiguration: { enabled: true, namespace: 'old' } }
    const newest = {
      status: 'PRIMARY',
      serviceConnectConfiguration: {
        enabled: true,
        namespace: 'shop',
        services: [{ portName: 'http', tls: { roleArn: 'arn:tls' } }],
        logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/proxy' } },
      },
      volumeConfigurations: [{ name: 'data', managedEBSVolume: { roleArn: 'arn:ebs', sizeInGiB: 10 } }],
      vpcLatticeConfigurations: [
        {
          roleArn: 'arn:lattice',
          targetGroupArn: 'arn:tg',
          portName: 'http',
          advancedConfiguration: { alternateTargetGroupArn: 'arn:green' },
        },
      ],
    }
    expect(toService({ serviceArn: arn, clusterArn, deployments: [older, newest] })).toMatchObject({
      serviceConnect: {
        namespace: 'shop',
        services: [{ portName: 'http', discoveryName: null, tls: { roleArn: 'arn:tls', kmsKey: null } }],
        logConfiguration: { logDriver: 'awslogs', logOptions: { 'awslogs-group': '/proxy' }, logSecretOptions: [] },
      },
      volumeConfigurations: [{ name: 'data', roleArn: 'arn:ebs', kmsKeyId: null, snapshotId: null, sizeInGiB: 10 }],
      vpcLatticeConfigurations: [
        { roleArn: 'arn:lattice', targetGroupArn: 'arn:tg', portName: 'http', alternateTargetGroupArn: 'arn:green' },
      ],
    })
    const off = { ...newest, serviceConnectConfiguration: { enabled: false } }
    expect(toService({ serviceArn: arn, clusterArn, deployments: [off] })?.serviceConnect).toBeNull()
  })

  test('has what moves the traffic of a blue/green deployment, and its hooks', () => {
    const found = toService({
      serviceArn: arn,
      clusterArn,
      loadBalancers: [
        {
          advancedConfiguration: {
            roleArn: 'arn:elb',
            alternateTargetGroupArn: 'arn:green',
            productionListenerRule: 'r',
          },
        },
      ],
      serviceRegistries: [{ registryArn: 'arn:registry', port: 80 }],
      deploymentConfiguration: {
        lifecycleHooks: [
          { hookTargetArn: 'arn:gate', roleArn: 'arn:hook', lifecycleStages: ['POST_SCALE_UP'] },
          { targetType: 'PAUSE', lifecycleStages: [] },
        ],
      },
    })
    expect(found?.loadBalancers[0]?.advancedConfiguration).toEqual({
      alternateTargetGroupArn: 'arn:green',
      productionListenerRule: 'r',
      testListenerRule: null,
      roleArn: 'arn:elb',
    })
    expect(found?.deploymentConfiguration.lifecycleHooks).toEqual([
      { targetType: 'AWS_LAMBDA', hookTargetArn: 'arn:gate', roleArn: 'arn:hook', lifecycleStages: ['POST_SCALE_UP'] },
      { targetType: 'PAUSE', hookTargetArn: null, roleArn: null, lifecycleStages: [] },
    ])
    expect(found?.serviceRegistries).toEqual([
      { registryArn: 'arn:registry', containerName: null, containerPort: null, port: 80 },
    ])
  })

  test('keeps its settings as AWS wrote them, members that nobody here knows included', () => {
    const deploymentConfiguration = {
      deploymentCircuitBreaker: { enable: true, thresholdConfiguration: { type: 'COUNT', value: 9 } },
      alarms: { alarmNames: ['errors'], enable: true, rollback: false },
      bakeTimeInMinutes: 5,
      setOfAYearToCome: { x: 1 },
    }
    const classic = { loadBalancerName: 'old', containerName: 'web', containerPort: 80 }
    const settings = {
      serviceArn: arn,
      clusterArn,
      deploymentConfiguration,
      loadBalancers: [classic],
      capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 3, base: 1 }],
      serviceRegistries: [{ registryArn: 'arn:registry' }],
    }
    const found = toService({ ...settings, deployments: [{ id: 'ecs-svc/1' }], events: [{}], tags: [{ key: 'a' }] })
    expect(found?.raw).toEqual(settings)
    expect(found?.deploymentConfiguration.raw).toEqual(deploymentConfiguration)
    expect(found?.loadBalancers).toEqual([
      {
        targetGroupArn: null,
        containerName: 'web',
        containerPort: 80,
        advancedConfiguration: null,
        raw: classic,
      },
    ])
    expect(toService({ serviceArn: arn, clusterArn })?.deploymentConfiguration.raw).toEqual({})
  })

  test('under CODE_DEPLOY takes from its primary task set what it does not say itself', () => {
    const network = (subnet: string) => ({ networkConfiguration: { awsvpcConfiguration: { subnets: [subnet] } } })
    expect(
      toService({
        serviceArn: arn,
        clusterArn,
        deploymentController: { type: 'CODE_DEPLOY' },
        taskSets: [
          { status: 'ACTIVE', launchType: LaunchType.FARGATE, ...network('subnet-1') },
          { status: 'PRIMARY', launchType: LaunchType.FARGATE, taskDefinition: 'arn:td', ...network('subnet-2') },
        ],
      }),
    ).toMatchObject({ launchType: 'FARGATE', taskDefinitionArn: 'arn:td', awsvpc: { subnetIds: ['subnet-2'] } })
  })
})

describe('a task definition', () => {
  const container = {
    name: 'web',
    image: 'nginx',
    environment: [{ name: 'PASSWORD', value: 'hunter2' }],
    secrets: [{ name: 'TOKEN', valueFrom: 'arn:secret' }, { name: 'BROKEN' }],
    environmentFiles: [{ type: 's3', value: 'arn:aws:s3:::bucket/a.env' }],
    logConfiguration: { logDriver: 'splunk', options: { 'splunk-url': 'https://x', 'splunk-token': 'hunter2' } },
    repositoryCredentials: { credentialsParameter: 'arn:hub' },
    portMappings: [{ containerPort: 80 }, { containerPortRange: '1-2' }],
    healthCheck: { command: ['CMD', 'true'] },
  }

  test('loses variables and the values of credentials', () => {
    const found = toTaskDefinition({ family: 'web', containerDefinitions: [container], cpu: 256, memory: '0.5 GB' })
    expect(JSON.stringify(found)).not.toContain('hunter2')
    expect(found).toMatchObject({
      arn: null,
      revision: null,
      cpu: '256',
      memory: '0.5 GB',
      containers: [
        {
          secrets: [{ name: 'TOKEN', valueFrom: 'arn:secret' }],
          environmentFiles: ['arn:aws:s3:::bucket/a.env'],
          repositoryCredentials: 'arn:hub',
          logOptions: { 'splunk-url': 'https://x', 'splunk-token': '' },
          portMappings: [{ containerPort: 80, hostPort: null, protocol: 'tcp' }],
          healthCheck: { startPeriodSeconds: 0 },
        },
      ],
    })
  })

  test('is none without a family, its containers, or their names and images', () => {
    const good = { family: 'web', containerDefinitions: [{ name: 'a', image: 'b' }] }
    expect(toTaskDefinition(good)).not.toBeNull()
    expect(toTaskDefinition({ ...good, family: '' })).toBeNull()
    expect(toTaskDefinition({ ...good, containerDefinitions: undefined })).toBeNull()
    expect(toTaskDefinition({ ...good, containerDefinitions: [{ name: 'a' }] })).toBeNull()
    expect(Object.keys(Compatibility)).toContain('FARGATE')
  })
})

describe('where tasks start', () => {
  test('capacity providers tell their kind, and Managed Instances their network', () => {
    expect(toCapacityProvider({ name: 'asg', autoScalingGroupProvider: {} })).toMatchObject({
      kind: 'asg',
      subnetIds: [],
    })
    const networkConfiguration = { subnets: ['subnet-1'], securityGroups: ['sg-1'] }
    expect(
      toCapacityProvider({
        name: 'mi',
        managedInstancesProvider: {
          infrastructureRoleArn: 'arn:infra',
          instanceLaunchTemplate: { networkConfiguration, ec2InstanceProfileArn: 'arn:profile' },
        },
      }),
    ).toMatchObject({
      name: 'mi',
      kind: 'managed-instances',
      subnetIds: ['subnet-1'],
      securityGroupIds: ['sg-1'],
      infrastructureRoleArn: 'arn:infra',
      instanceProfileArn: 'arn:profile',
    })
    expect(toCapacityProvider({ name: 'new' })).toMatchObject({ kind: null })
  })

  test('a container instance pulls through the interface at device index 0 of the first card', () => {
    const instance = {
      InstanceId: 'i-1',
      IamInstanceProfile: { Arn: 'arn:profile' },
      NetworkInterfaces: [
        { NetworkInterfaceId: 'eni-2', SubnetId: 'subnet-2', Attachment: { DeviceIndex: 1 } },
        { NetworkInterfaceId: 'eni-3', SubnetId: 'subnet-3', Attachment: { DeviceIndex: 0, NetworkCardIndex: 1 } },
        {
          NetworkInterfaceId: 'eni-1',
          SubnetId: 'subnet-1',
          Groups: [{ GroupId: 'sg-1' }],
          PrivateIpAddress: '10.0.0.9',
          Attachment: { DeviceIndex: 0, NetworkCardIndex: 0 },
        },
      ],
    }
    const record = { containerInstanceArn: 'arn:ci', ec2InstanceId: 'i-1', status: 'ACTIVE', agentConnected: true }
    expect(toContainerInstance(record, [{ Instances: [instance] }])).toMatchObject({
      arn: 'arn:ci',
      instanceId: 'i-1',
      status: 'ACTIVE',
      subnetId: 'subnet-1',
      securityGroupIds: ['sg-1'],
      publicIp: null,
      profileArn: 'arn:profile',
    })
    expect(toContainerInstance(record, [])).toMatchObject({ subnetId: null, securityGroupIds: [] })
  })

  test('a running task tells its subnet and how long it took, in whatever way times are written', () => {
    const times = {
      createdAt: 1_700_000_000,
      pullStartedAt: '2023-11-14T22:13:30+00:00',
      pullStoppedAt: new Date(1_700_000_040_500),
    }
    const attachments = [{ type: 'ElasticNetworkInterface', details: [{ name: 'subnetId', value: 'subnet-1' }] }]
    expect(toRunningTask({ taskArn: 'arn:aws:ecs:us-east-1:1:task/demo/abc', attachments, ...times })).toMatchObject({
      id: 'abc',
      subnetId: 'subnet-1',
      pullSeconds: 30.5,
      startSeconds: null,
    })
    expect(toRunningTask({})).toBeNull()
  })

  test.each([
    [1_700_000_000, 1_700_000_000_000],
    [1_700_000_000_000, 1_700_000_000_000],
    ['2023-11-14T22:13:20Z', 1_700_000_000_000],
    ['2023-11-14 22:13:20.000000+00:00', 1_700_000_000_000],
    ['soon', null],
    [new Date('nope'), null],
    [undefined, null],
  ])('the instant %p is %p', (value, expected) => {
    expect(instant(value)).toBe(expected)
  })
})
