import { describe, expect, test } from '@jest/globals'
import { seoulFiles } from '../../../simulator/seoul/files.ts'
import type { Simulator } from '../../../simulator/start.ts'
import { gatherService } from '../../../src/aws/gather/index.ts'
import { openFolder } from '../../../src/aws/reader/folder.ts'
import { openLive } from '../../../src/aws/reader/live.ts'
import type { ConfigurationFacts } from '../../../src/domain/configuration.ts'
import { scratch } from '../scratch.ts'
import { simulate } from '../simulated.ts'

let simulator: Simulator | undefined

type Files = Readonly<Record<string, unknown>>

const REGION = 'ap-northeast-2'
const ACCOUNT = '406178923551'
const SECRET = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:prod/db-a1B2c3`
const HUB = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:hub-x9Y8z7`
const GROUP = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:targetgroup/nestjs/73e2d6bc24d8a067`
const BALANCER = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:loadbalancer/app/nestjs/50dc6c495c0c9188`
const SERVICES = 'ecs/describe-services.json'
const DEFINITION = 'ecs/describe-task-definition/role-nestjs-second-41.json'
const GROUPS = 'elbv2/describe-target-groups.json'
const HEALTH = 'elbv2/describe-target-health/nestjs.json'

/** The Seoul service behind a load balancer, with two secrets, registry credentials and three parameters. */
function files(changes: Files = {}): Files {
  const all = seoulFiles({ healthy: true }) as Readonly<Record<string, Record<string, never>>>
  const [service] = (all[SERVICES]?.['services'] ?? []) as readonly Record<string, unknown>[]
  const definition = all[DEFINITION]?.['taskDefinition'] as unknown as Record<string, unknown>
  const [container] = definition['containerDefinitions'] as readonly Record<string, unknown>[]
  return {
    ...all,
    [SERVICES]: {
      services: [
        {
          ...service,
          loadBalancers: [{ targetGroupArn: GROUP, containerName: 'nestjs', containerPort: 3000 }],
          deploymentConfiguration: {
            maximumPercent: 200,
            minimumHealthyPercent: 100,
            deploymentCircuitBreaker: {
              enable: true,
              rollback: true,
              resetOnHealthyTask: false,
              thresholdConfiguration: { type: 'COUNT', value: 5 },
            },
          },
        },
      ],
      failures: [],
    },
    [DEFINITION]: {
      taskDefinition: {
        ...definition,
        containerDefinitions: [
          {
            ...container,
            repositoryCredentials: { credentialsParameter: HUB },
            secrets: [
              { name: 'DB', valueFrom: `${SECRET}:password::` },
              { name: 'DB_USER', valueFrom: `${SECRET}:user::` },
              { name: 'TOKEN', valueFrom: '/prod/token:3' },
              { name: 'GONE', valueFrom: `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/prod/gone` },
              { name: 'AMI', valueFrom: '/aws/service/ami' },
              { name: 'SHARED', valueFrom: `arn:aws:ssm:${REGION}:210987654321:parameter/shared` },
            ],
          },
        ],
        volumes: [{ name: 'data', efsVolumeConfiguration: { fileSystemId: 'fs-0a1b2c3d4e5f60001' } }],
      },
    },
    'secretsmanager/describe-secret/db.json': {
      ARN: SECRET,
      Name: 'prod/db',
      VersionIdsToStages: { 'a1b2c3d4-5678-90ab-cdef-EXAMPLE11111': ['AWSCURRENT'] },
    },
    'secretsmanager/describe-secret/hub.json': { ARN: HUB, Name: 'hub', DeletedDate: '2026-11-19T01:02:03+00:00' },
    'ssm/describe-parameters.json': {
      Parameters: [
        { Name: '/prod/token', ARN: `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/prod/token`, Type: 'SecureString' },
      ],
    },
    [GROUPS]: {
      TargetGroups: [
        {
          TargetGroupArn: GROUP,
          TargetGroupName: 'nestjs',
          Protocol: 'HTTP',
          Port: 3000,
          VpcId: 'vpc-0d1f6a2c94b7e5380',
          HealthCheckProtocol: 'HTTP',
          HealthCheckPort: 'traffic-port',
          HealthCheckEnabled: true,
          HealthCheckIntervalSeconds: 30,
          HealthCheckTimeoutSeconds: 5,
          HealthyThresholdCount: 5,
          UnhealthyThresholdCount: 2,
          HealthCheckPath: '/',
          Matcher: { HttpCode: '200' },
          LoadBalancerArns: [BALANCER],
          TargetType: 'ip',
          IpAddressType: 'ipv4',
        },
      ],
    },
    [HEALTH]: {
      TargetHealthDescriptions: [
        {
          Target: { Id: '10.20.10.131', Port: 3000, AvailabilityZone: `${REGION}a` },
          HealthCheckPort: '3000',
          TargetHealth: { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' },
        },
      ],
    },
    'elbv2/describe-load-balancers.json': {
      LoadBalancers: [
        {
          LoadBalancerArn: BALANCER,
          LoadBalancerName: 'nestjs',
          Type: 'application',
          VpcId: 'vpc-0d1f6a2c94b7e5380',
          AvailabilityZones: [
            { ZoneName: `${REGION}a`, SubnetId: 'subnet-1' },
            { ZoneName: `${REGION}c`, SubnetId: 'subnet-2' },
          ],
          SecurityGroups: ['sg-1'],
        },
      ],
    },
    ...changes,
  }
}

/** Of services that no client is bundled for. */
const UNBUNDLED: Files = {
  'efs/describe-mount-targets/fs-0a1b2c3d4e5f60001.json': {
    MountTargets: [
      {
        MountTargetId: 'fsmt-0a1b2c3d',
        FileSystemId: 'fs-0a1b2c3d4e5f60001',
        SubnetId: 'subnet-0e17c5b8a3d94f602',
        LifeCycleState: 'available',
        AvailabilityZoneId: 'apne2-az1',
      },
    ],
  },
  'application-autoscaling/describe-scalable-targets.json': {
    ScalableTargets: [
      { ResourceId: 'service/other/role-nestjs-second-service', MaxCapacity: 99 },
      {
        ResourceId: 'service/cluster-nestjs-second/role-nestjs-second-service',
        MaxCapacity: 12,
        SuspendedState: { DynamicScalingOutSuspended: true, ScheduledScalingSuspended: false },
      },
    ],
  },
  'efs/describe-file-systems.json': { FileSystems: [{ FileSystemId: 'fs-0a1b2c3d4e5f60001' }] },
  'efs/describe-file-system-policy/fs-0a1b2c3d4e5f60001.json': { FileSystemId: 'fs-0a1b2c3d4e5f60001', Policy: '{}' },
  'service-quotas/get-service-quota/fargate.json': { Quota: { QuotaCode: 'L-3032A538', Value: 20 } },
}

async function configurationOf(gathering: ReturnType<typeof gatherService>): Promise<ConfigurationFacts> {
  const { configuration } = (await gathering).facts
  if (!configuration.known) throw new Error(configuration.permission)
  return configuration.value
}

async function recorded(changes?: Files): Promise<ConfigurationFacts> {
  return configurationOf(gatherService(await openFolder(scratch(files(changes))), {}))
}

const ASKED = { cluster: 'cluster-nestjs-second', service: 'role-nestjs-second-service' }

async function asked(changes?: Files) {
  simulator = await simulate({ folder: scratch(files(changes)) })
  return openLive({ region: simulator.region, endpoint: simulator.url, maxAttempts: 1 })
}

describe('the configuration of a service', () => {
  test('is read from a folder', async () => {
    const facts = await recorded()
    expect(facts.rollout).toMatchObject({
      value: {
        circuitBreakerThreshold: { type: 'COUNT', value: 5 },
        resetOnHealthyTask: false,
        deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED', desired: 2, running: 2, pending: 0, failed: 0 }],
      },
    })
    expect(facts.logGroups).toEqual([
      { name: '/ecs/role-nestjs-second', region: REGION, exists: { known: true, value: true } },
    ])
    expect(facts.secrets).toEqual([
      {
        id: SECRET,
        region: REGION,
        secret: { known: true, value: { arn: SECRET, deletedAt: null, stages: ['AWSCURRENT'] } },
      },
      {
        id: HUB,
        region: REGION,
        secret: { known: true, value: { arn: HUB, deletedAt: Date.UTC(2026, 10, 19, 1, 2, 3), stages: null } },
      },
    ])
    expect(facts.parameters).toMatchObject([
      { name: '/prod/token', exists: { value: true } },
      { name: '/prod/gone', exists: { value: false } },
      { name: '/aws/service/ami', exists: { because: 'unasked' } },
      { name: 'shared', exists: { because: 'unasked' } },
    ])
    expect(facts.targetGroups).toMatchObject([
      {
        arn: GROUP,
        group: {
          value: { targetType: 'ip', healthCheck: { port: null, intervalSeconds: 30, unhealthyThreshold: 2 } },
        },
        health: { value: [{ targetId: '10.20.10.131', port: 3000, state: 'unhealthy', reason: 'Target.Timeout' }] },
        loadBalancers: {
          value: [{ type: 'application', securityGroupIds: ['sg-1'], subnetIds: ['subnet-1', 'subnet-2'] }],
        },
      },
    ])
  })

  test('is read over the wire the same, within the rounds of a preflight, and nothing twice', async () => {
    const reader = await asked(UNBUNDLED)
    const live = await configurationOf(gatherService(reader, ASKED))
    expect(live).toEqual(await recorded(UNBUNDLED))
    expect(reader.meter().rounds).toBeLessThanOrEqual(6)
    const sent = simulator?.requests().map(({ operation, params }) => `${operation} ${JSON.stringify(params)}`) ?? []
    expect(sent.filter((one, at) => sent.indexOf(one) !== at)).toEqual([])
    expect(sent.filter((one) => one.startsWith('DescribeServices '))).toHaveLength(1)
    expect(sent.filter((one) => /^(GetSecretValue|GetParameter)/.test(one))).toEqual([])
  })

  test.each(['nestjs', '73e2d6bc24d8a067', 'nestjs-73e2d6bc24d8a067'])(
    'knows the health of a target group by a file called %s',
    async (name) => {
      const { [HEALTH]: health, ...rest } = files()
      const folder = scratch({ ...rest, [`elbv2/describe-target-health/${name}.json`]: health })
      const facts = await configurationOf(gatherService(await openFolder(folder), {}))
      expect(facts.targetGroups).toMatchObject([{ health: { known: true } }])
    },
  )

  test.each([
    ['a target group', { [GROUPS]: { TargetGroups: [] } }, { targetGroups: [{ group: { known: true, value: null } }] }],
    [
      'a log group',
      { 'logs/describe-log-groups.json': { logGroups: [] } },
      { logGroups: [{ exists: { value: false } }] },
    ],
    [
      'a log group of a longer name',
      { 'logs/describe-log-groups.json': { logGroups: [{ logGroupName: '/ecs/role-nestjs-second-2' }] } },
      { logGroups: [{ exists: { value: false } }] },
    ],
  ])('tells %s that is not there, recorded or live', async (_, changes, expected) => {
    expect(await recorded(changes)).toMatchObject(expected)
    expect(await configurationOf(gatherService(await asked(changes), ASKED))).toMatchObject(expected)
  })

  test('takes a secret that no file tells of for unread, live as in a folder', async () => {
    const { 'secretsmanager/describe-secret/db.json': _, ...rest } = files()
    simulator = await simulate({ folder: scratch(rest) })
    const reader = openLive({ region: simulator.region, endpoint: simulator.url, maxAttempts: 1 })
    const { secrets } = await configurationOf(gatherService(reader, ASKED))
    expect(secrets).toMatchObject([{ secret: { because: 'denied' } }, { secret: { known: true } }])
  })

  test('one part that could not be read leaves the others alone', async () => {
    const { 'ssm/describe-parameters.json': _, [GROUPS]: __, ...rest } = files()
    const facts = await configurationOf(gatherService(await openFolder(scratch(rest)), {}))
    expect(facts.parameters[0]?.exists).toMatchObject({ because: 'absent', permission: 'ssm:DescribeParameters' })
    expect(facts.targetGroups[0]).toMatchObject({
      group: { because: 'absent', permission: 'elasticloadbalancing:DescribeTargetGroups' },
      loadBalancers: { because: 'unasked' },
    })
    expect(facts.secrets[0]?.secret.known).toBe(true)
    expect(facts.logGroups[0]?.exists.known).toBe(true)
  })

  test('each log group is one record for each Region, whatever the number of containers', async () => {
    const definition = files()[DEFINITION] as { taskDefinition: { containerDefinitions: readonly object[] } }
    const [container] = definition.taskDefinition.containerDefinitions
    const logging = (name: string, logDriver: string, options: object) => ({
      ...container,
      name,
      secrets: [],
      logConfiguration: { logDriver, options },
    })
    const containerDefinitions = [
      logging('a', 'awslogs', { 'awslogs-group': '/ecs/a' }),
      logging('b', 'awslogs', { 'awslogs-group': '/ecs/a', 'awslogs-region': REGION }),
      logging('c', 'awslogs', { 'awslogs-group': '/ecs/a', 'awslogs-region': 'us-east-1' }),
      logging('d', 'awslogs', { 'awslogs-group': '/ecs/d' }),
      logging('e', 'awslogs', {}),
      logging('f', 'splunk', { 'awslogs-group': '/ecs/f' }),
    ]
    const group = (logGroupName: string, region: string) => ({
      logGroupName,
      arn: `arn:aws:logs:${region}:${ACCOUNT}:log-group:${logGroupName}:*`,
    })
    const { logGroups } = await recorded({
      [DEFINITION]: { taskDefinition: { ...definition.taskDefinition, containerDefinitions } },
      'logs/describe-log-groups.json': { logGroups: [group('/ecs/a', 'us-east-1'), group('/ecs/d', REGION)] },
    })
    expect(logGroups).toEqual([
      { name: '/ecs/a', region: REGION, exists: { known: true, value: false } },
      { name: '/ecs/a', region: 'us-east-1', exists: { known: true, value: true } },
      { name: '/ecs/d', region: REGION, exists: { known: true, value: true } },
    ])
  })

  test('a recording without anything of another Region has not looked there', async () => {
    const definition = files()[DEFINITION] as { taskDefinition: { containerDefinitions: readonly object[] } }
    const [container] = definition.taskDefinition.containerDefinitions
    const elsewhere = {
      ...container,
      secrets: [],
      logConfiguration: {
        logDriver: 'awslogs',
        options: { 'awslogs-group': '/ecs/there', 'awslogs-region': 'us-east-1' },
      },
    }
    const changes = {
      [DEFINITION]: { taskDefinition: { ...definition.taskDefinition, containerDefinitions: [elsewhere] } },
    }
    expect((await recorded(changes)).logGroups).toMatchObject([{ region: 'us-east-1', exists: { because: 'absent' } }])
  })

  test.each([
    ['nothing is registered', [], null],
    ['neither alarms nor schedules may scale out', [[true, true]], null],
    ['schedules still may', [[true, false]], 7],
    ['only scaling in is suspended', [[false, false]], 7],
  ] as const)('a service is scaled to its maximum, unless %s', async (_, suspended, maximum) => {
    const targets = suspended.map(([DynamicScalingOutSuspended, ScheduledScalingSuspended]) => ({
      ResourceId: 'service/cluster-nestjs-second/role-nestjs-second-service',
      MaxCapacity: 7,
      SuspendedState: { DynamicScalingOutSuspended, ScheduledScalingSuspended, DynamicScalingInSuspended: true },
    }))
    const { maximumTasks } = await recorded({
      'application-autoscaling/describe-scalable-targets.json': { ScalableTargets: targets },
    })
    expect(maximumTasks).toEqual({ known: true, value: maximum })
  })

  test('services without a bundled client are read as well', async () => {
    const facts = await recorded(UNBUNDLED)
    expect(facts.fileSystems).toMatchObject([
      {
        id: 'fs-0a1b2c3d4e5f60001',
        mountTargets: { value: [{ availabilityZoneId: 'apne2-az1', state: 'available' }] },
      },
    ])
    expect(facts.fargateVcpus).toEqual({ known: true, value: 20 })
    // Its tasks run on no Spot capacity.
    expect(facts.fargateSpotVcpus).toMatchObject({ because: 'unasked' })
    expect(facts.maximumTasks).toEqual({ known: true, value: 12 })
  })
})

/** The same service with a volume of each kind, a blue/green deployment, and registered with VPC Lattice and Cloud Map. */
function everywhere(): Files {
  const all = files() as Readonly<Record<string, Record<string, never>>>
  const [service] = (all[SERVICES]?.['services'] ?? []) as readonly Record<string, unknown>[]
  const definition = all[DEFINITION]?.['taskDefinition'] as unknown as Record<string, unknown>
  const [newest] = (service?.['deployments'] ?? []) as readonly object[]
  const arn = (what: string) => `arn:aws:${what.replace(':', `:${REGION}:${ACCOUNT}:`)}`
  return {
    ...all,
    [SERVICES]: {
      services: [
        {
          ...service,
          deploymentConfiguration: { strategy: 'BLUE_GREEN' },
          loadBalancers: [
            {
              targetGroupArn: GROUP,
              containerName: 'nestjs',
              containerPort: 3000,
              advancedConfiguration: {
                alternateTargetGroupArn: arn('elasticloadbalancing:targetgroup/green/73e2d6bc24d8a068'),
                productionListenerRule: arn('elasticloadbalancing:listener-rule/app/nestjs/50dc6c495c0c9188/0/1'),
                testListenerRule: arn('elasticloadbalancing:listener/net/nestjs/50dc6c495c0c9188/0'),
              },
            },
          ],
          serviceRegistries: [
            { registryArn: arn('servicediscovery:service/srv-1') },
            { registryArn: arn('servicediscovery:service/srv-2') },
          ],
          deployments: [
            {
              ...newest,
              serviceConnectConfiguration: { enabled: true, namespace: arn('servicediscovery:namespace/ns-1') },
              vpcLatticeConfigurations: [{ targetGroupArn: arn('vpc-lattice:targetgroup/tg-1') }],
            },
          ],
        },
      ],
      failures: [],
    },
    [DEFINITION]: {
      taskDefinition: {
        ...definition,
        volumes: [
          {
            name: 'data',
            efsVolumeConfiguration: {
              fileSystemId: 'fs-0a1b2c3d4e5f60001',
              transitEncryption: 'ENABLED',
              authorizationConfig: { accessPointId: 'fsap-1', iam: 'ENABLED' },
            },
          },
          { name: 's3', s3filesVolumeConfiguration: { fileSystemArn: arn('s3files:file-system/fs-2') } },
          { name: 'win', fsxWindowsFileServerVolumeConfiguration: { fileSystemId: 'fs-3', rootDirectory: 'share' } },
        ],
      },
    },
    ...UNBUNDLED,
    'efs/describe-access-points.json': {
      AccessPoints: [{ AccessPointId: 'fsap-1', FileSystemId: 'fs-0a1b2c3d4e5f60001', LifeCycleState: 'available' }],
    },
    's3files/list-mount-targets/fs-2.json': {
      mountTargets: [
        {
          mountTargetId: 'fsmt-2',
          fileSystemId: 'fs-2',
          subnetId: 'subnet-1',
          vpcId: 'vpc-1',
          ipv4Address: '10.0.0.9',
          networkInterfaceId: 'eni-1',
          status: 'available',
          availabilityZoneId: 'apne2-az1',
        },
      ],
    },
    'fsx/describe-file-systems.json': {
      FileSystems: [
        { FileSystemId: 'fs-3', Lifecycle: 'AVAILABLE', VpcId: 'vpc-1', NetworkInterfaceIds: ['eni-2', 'eni-3'] },
      ],
    },
    'elbv2/describe-rules.json': {
      Rules: [{ RuleArn: arn('elasticloadbalancing:listener-rule/app/nestjs/50dc6c495c0c9188/0/1') }],
    },
    'elbv2/describe-listeners.json': { Listeners: [] },
    'vpc-lattice/get-target-group/tg-1.json': {
      id: 'tg-1',
      type: 'IP',
      status: 'ACTIVE',
      config: { vpcIdentifier: 'vpc-1' },
    },
    'servicediscovery/get-service/srv-1.json': { Service: { Id: 'srv-1' } },
    'servicediscovery/get-namespace/ns-1.json': { Namespace: { Id: 'ns-1' } },
  }
}

describe('where tasks are registered, and what they mount', () => {
  test('is read from a folder, and over the wire the same', async () => {
    const folder = scratch(everywhere())
    const facts = await configurationOf(gatherService(await openFolder(folder), {}))
    expect(facts).toMatchObject({
      targetGroups: [{ group: { value: { name: 'nestjs' } } }, { group: { value: null } }],
      listenerRules: [{ exists: { value: true } }, { exists: { value: false } }],
      latticeTargetGroups: [{ group: { value: { type: 'ip', status: 'active', vpcId: 'vpc-1' } } }],
      discovery: [
        { exists: { value: true } },
        { exists: { known: false } },
        { kind: 'namespace', exists: { value: true } },
      ],
      fileSystems: [
        { id: 'fs-0a1b2c3d4e5f60001', kind: 'efs', oneZone: false, policy: { value: '{}' } },
        {
          kind: 's3files',
          mountTargets: {
            value: [
              { id: 'fsmt-2', addresses: ['10.0.0.9'], interfaceId: 'eni-1', vpcId: 'vpc-1', state: 'available' },
            ],
          },
        },
        {
          kind: 'fsx',
          mountTargets: { value: [{ interfaceId: 'eni-2', state: 'available' }, { interfaceId: 'eni-3' }] },
        },
      ],
      accessPoints: [{ id: 'fsap-1', accessPoint: { value: { state: 'available' } } }],
    })
    simulator = await simulate({ folder })
    const reader = openLive({ region: simulator.region, endpoint: simulator.url, maxAttempts: 1 })
    const live = await configurationOf(gatherService(reader, ASKED))
    // What no file tells of is denied live, and absent in a folder.
    const known = ({ discovery, targetGroups, ...rest }: ConfigurationFacts) => ({
      ...rest,
      targetGroups: targetGroups.slice(0, 1),
      discovery: discovery.filter((one) => one.exists.known),
    })
    expect(known(live)).toEqual(known(facts))
    expect(
      simulator
        .requests()
        .filter(({ operation }) => operation === 'DescribeNetworkInterfaces')
        .map(({ params }) => JSON.stringify(params))
        .join(),
    ).toContain('eni-3')
    expect(reader.meter().rounds).toBeLessThanOrEqual(6)
  })

  test('one that AWS does not know is none', async () => {
    const nothing = {
      ...everywhere(),
      'fsx/describe-file-systems.json': { FileSystems: [] },
      'efs/describe-access-points.json': { AccessPoints: [] },
    }
    const facts = await configurationOf(gatherService(await openFolder(scratch(nothing)), {}))
    expect(facts.accessPoints).toMatchObject([{ accessPoint: { known: true, value: null } }])
    expect(facts.fileSystems[2]).toMatchObject({ mountTargets: { because: 'not-found' } })
  })
})
