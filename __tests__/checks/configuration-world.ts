/** A healthy Fargate service behind a load balancer, with secrets, parameters and logs, and functions that change one fact. */

import { CHECKS } from '../../src/checks/index.ts'
import { known, type Unread, unread } from '../../src/domain/answer.ts'
import type {
  ConfigurationFacts,
  DeploymentCounts,
  LoadBalancerFront,
  TargetGroup,
  TargetGroupRecord,
} from '../../src/domain/configuration.ts'
import type { FactName, Facts, GatheredFacts } from '../../src/domain/facts.ts'
import type { Finding } from '../../src/domain/report.ts'
import type { RoleFacts } from '../../src/domain/role.ts'
import type { Container, Service, TaskDefinition } from '../../src/domain/service.ts'
import { type Judged, judgeWith } from './judgement.ts'
import { MANAGED, record, simulated } from './role-facts.ts'
import {
  ACCOUNT,
  BY_NAT,
  change,
  PUBLIC_A,
  PUBLIC_C,
  pathsOf,
  REGION,
  route,
  rule,
  TABLE_A,
  TABLE_C,
  TASK_GROUP,
  VPC,
  type World,
  withNetwork,
} from './world.ts'

export { A, ACCOUNT, C, REGION, TASK_GROUP, VPC } from './world.ts'

export interface ConfiguredWorld extends World {
  readonly configuration: ConfigurationFacts
  readonly role: RoleFacts
}

export const SECRET = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:prod/db-a1B2c3`
export const PARAMETER = '/prod/web/token'
export const LOG_GROUP = '/ecs/web'
export const GROUP = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:targetgroup/web/73e2d6bc24d8a067`
export const BALANCER = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:loadbalancer/app/web/50dc6c495c0c9188`
export const BALANCER_GROUP = 'sg-0a1b2c3d4e5f600f2'
export const DENIED: Unread = unread('denied', 'service:Action')
export const GONE: Unread = unread('not-found', 'service:Action')

const DEPLOYMENT: DeploymentCounts = {
  id: 'ecs-svc/4812093475620918374',
  status: 'PRIMARY',
  rolloutState: 'COMPLETED',
  desired: 2,
  running: 2,
  pending: 0,
  failed: 0,
}

const TARGET_GROUP: TargetGroup = {
  arn: GROUP,
  name: 'web',
  targetType: 'ip',
  protocol: 'HTTP',
  vpcId: VPC,
  loadBalancerArns: [BALANCER],
  healthCheck: { port: null, intervalSeconds: 30, unhealthyThreshold: 2 },
}

const FRONT: LoadBalancerFront = {
  arn: BALANCER,
  name: 'web',
  type: 'application',
  vpcId: VPC,
  securityGroupIds: [BALANCER_GROUP],
  subnetIds: [PUBLIC_A, PUBLIC_C],
  zones: ['ap-northeast-2a', 'ap-northeast-2c'],
  scheme: 'internet-facing',
}

const RECORD: TargetGroupRecord = {
  arn: GROUP,
  group: known(TARGET_GROUP),
  health: known([{ targetId: '10.0.1.20', port: 8080, state: 'healthy', reason: null }]),
  loadBalancers: known([FRONT]),
}

const OPEN = change(BY_NAT, 'securityGroups', TASK_GROUP, { ingress: [rule({ groupIds: [BALANCER_GROUP] }, 8080)] })

const CONTAINER: Container = {
  ...(BY_NAT.taskDefinition.containers[0] as Container),
  portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: 'tcp' }],
  secrets: [
    { name: 'DB_PASSWORD', valueFrom: `${SECRET}:password::` },
    { name: 'TOKEN', valueFrom: PARAMETER },
  ],
}

export const HEALTHY: ConfiguredWorld = {
  ...OPEN,
  service: {
    ...OPEN.service,
    loadBalancers: [
      { targetGroupArn: GROUP, containerName: 'web', containerPort: 8080, advancedConfiguration: null, raw: {} },
    ],
    healthCheckGracePeriodSeconds: 60,
  },
  taskDefinition: { ...OPEN.taskDefinition, containers: [CONTAINER] },
  configuration: {
    rollout: known({ circuitBreakerThreshold: null, resetOnHealthyTask: true, deployments: [DEPLOYMENT] }),
    logGroups: [{ name: LOG_GROUP, region: REGION, exists: known(true) }],
    secrets: [{ id: SECRET, region: REGION, secret: known({ arn: SECRET, deletedAt: null, stages: ['AWSCURRENT'] }) }],
    secretKeys: [{ id: SECRET, region: REGION, stage: null, versionId: null, key: 'password', holds: known('key') }],
    parameters: [{ name: PARAMETER, region: REGION, exists: known(true) }],
    targetGroups: [RECORD],
    listenerRules: [],
    latticeTargetGroups: [],
    discovery: [],
    fileSystems: [],
    accessPoints: [],
    fargateVcpus: known(6),
    fargateSpotVcpus: unread('unasked', 'servicequotas:GetServiceQuota'),
    maximumTasks: known(null),
  },
  role: {
    execution: record({
      simulation: known(
        [...MANAGED, 'secretsmanager:GetSecretValue', 'ssm:GetParameters'].map((action) => simulated(action)),
      ),
    }),
    task: null,
    infrastructure: [],
    instances: known([]),
    repositories: [],
    pullThroughRules: known([]),
    keys: [],
    customerKeys: [],
  },
}

/** Tasks in zone c have no way out: the route table of their subnet has lost its default route. */
export const MIXED: ConfiguredWorld = {
  ...HEALTHY,
  ...change(HEALTHY, 'routeTables', TABLE_C, ({ routes }) => ({ routes: routes.slice(0, 1) })),
}

/** The same, and what becomes of tasks in zone a is not known: their way leads to a transit gateway that nobody could read. */
export const UNSURE: ConfiguredWorld = {
  ...MIXED,
  ...withNetwork(
    change(MIXED, 'routeTables', TABLE_A, ({ routes }) => ({
      routes: [...routes.slice(0, 1), route('0.0.0.0/0', 'transit-gateway', 'tgw-0a1b2c3d4e5f60001')],
    })),
    { transit: { gateways: DENIED, vpcAttachments: DENIED, attachments: DENIED, routeTables: DENIED } },
  ),
}

export function withService(world: ConfiguredWorld, changes: Partial<Service>): ConfiguredWorld {
  return { ...world, service: { ...world.service, ...changes } }
}

export function deploying(world: ConfiguredWorld, changes: Partial<Service['deploymentConfiguration']>) {
  return withService(world, { deploymentConfiguration: { ...world.service.deploymentConfiguration, ...changes } })
}

export function withDefinition(world: ConfiguredWorld, changes: Partial<TaskDefinition>): ConfiguredWorld {
  return { ...world, taskDefinition: { ...world.taskDefinition, ...changes } }
}

export function withContainer(world: ConfiguredWorld, changes: Partial<Container>): ConfiguredWorld {
  const containers = world.taskDefinition.containers.map((one) => ({ ...one, ...changes }))
  return withDefinition(world, { containers })
}

export function configured(world: ConfiguredWorld, changes: Partial<ConfigurationFacts>): ConfiguredWorld {
  return { ...world, configuration: { ...world.configuration, ...changes } }
}

export function withGroup(world: ConfiguredWorld, changes: Partial<TargetGroupRecord>): ConfiguredWorld {
  return configured(world, { targetGroups: [{ ...RECORD, ...changes }] })
}

/** The one target group, with one thing about it changed. */
export function shaped(world: ConfiguredWorld, changes: Partial<TargetGroup>): ConfiguredWorld {
  return withGroup(world, { group: known({ ...TARGET_GROUP, ...changes }) })
}

export const ALTERNATE = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:targetgroup/web-green/73e2d6bc24d8a068`
export const RULE = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:listener-rule/app/web/50dc6c495c0c9188/0/1`
export const TEST_RULE = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:listener-rule/app/web/50dc6c495c0c9188/0/2`

/** A blue/green deployment between two target groups, with one thing about the alternate one changed; null where it is gone. */
export function blueGreen(changes: Partial<TargetGroup> | null = {}, strategy = 'BLUE_GREEN'): ConfiguredWorld {
  const advancedConfiguration = {
    alternateTargetGroupArn: ALTERNATE,
    productionListenerRule: RULE,
    testListenerRule: TEST_RULE,
    roleArn: `arn:aws:iam::${ACCOUNT}:role/elb-infra`,
  }
  const loadBalancers = HEALTHY.service.loadBalancers.map((one) => ({
    ...one,
    advancedConfiguration,
    raw: { advancedConfiguration },
  }))
  const group = changes === null ? null : { ...TARGET_GROUP, arn: ALTERNATE, name: 'web-green', ...changes }
  return configured(deploying(withService(HEALTHY, { loadBalancers }), { strategy }), {
    targetGroups: [RECORD, { ...RECORD, arn: ALTERNATE, group: known(group), health: known([]) }],
    listenerRules: [RULE, TEST_RULE].map((arn) => ({ arn, exists: known(true) })),
  })
}

export function checkingHealth(world: ConfiguredWorld, changes: Partial<TargetGroup['healthCheck']>): ConfiguredWorld {
  return shaped(world, { healthCheck: { ...TARGET_GROUP.healthCheck, ...changes } })
}

export function behind(world: ConfiguredWorld, changes: Partial<LoadBalancerFront>): ConfiguredWorld {
  return withGroup(world, { loadBalancers: known([{ ...FRONT, ...changes }]) })
}

/** The newest deployment, with one thing about it changed. */
export function rollingOut(world: ConfiguredWorld, changes: Partial<DeploymentCounts>): ConfiguredWorld {
  const deployments = [{ ...DEPLOYMENT, ...changes }]
  return configured(world, { rollout: known({ circuitBreakerThreshold: null, resetOnHealthyTask: true, deployments }) })
}

const HELD = ['service', 'taskDefinition', 'compute', 'network', 'paths', 'tasks', 'role', 'configuration'] as const
type Held = (typeof HELD)[number]

const OWN = CHECKS.filter(
  ({ step, needs }) =>
    (step === 'configuration' || needs.some((name: FactName) => name === 'configuration')) &&
    needs.every((name: FactName) => HELD.some((held) => held === name)),
)

/** Every check that looks at the configuration, and at nothing else than these worlds hold. `missing`: facts that could not be read. */
export function judge(world: ConfiguredWorld, ...missing: readonly Held[]): Judged {
  const held: Pick<Facts, Held> = { ...world, paths: pathsOf(world, world.configuration.fileSystems) }
  const gathered = HELD.map((name) => [
    name,
    missing.includes(name) ? unread('denied', `read:${name}`) : known(held[name]),
  ])
  return judgeWith(OWN, Object.fromEntries(gathered) as unknown as GatheredFacts)
}

/** `check subject` of each finding, with the severity where it is no blocker. */
export function told(world: ConfiguredWorld): readonly string[] {
  return judge(world).findings.map(({ check, subject, severity }) =>
    severity === 'blocker' ? `${check} ${subject}` : `${check} ${subject} (${severity})`,
  )
}

export function findingOf(world: ConfiguredWorld, check: string): Finding {
  const found = judge(world).findings.find((one) => one.check === check)
  if (found === undefined) throw new Error(`${check} found nothing`)
  return found
}

/** What the check could not tell: the permission, and whether it matters. Throws where it found something. */
export function unsure(
  world: ConfiguredWorld,
  check: string,
  ...missing: readonly Held[]
): readonly (readonly [permission: string | null, matters: boolean])[] {
  const { findings, unknowns } = judge(world, ...missing)
  if (findings.some((one) => one.check === check)) throw new Error(`${check} found something`)
  return unknowns.filter((one) => one.check === check).map(({ permission, matters }) => [permission, matters] as const)
}
