/** A healthy Fargate service whose execution role may do all that it needs, and functions that change one fact. */

import { CHECKS } from '../../src/checks/index.ts'
import { known, unread } from '../../src/domain/answer.ts'
import type { ConfigurationFacts } from '../../src/domain/configuration.ts'
import type { FactName, GatheredFacts } from '../../src/domain/facts.ts'
import { FACT_WORDS } from '../../src/domain/facts.ts'
import type { Finding } from '../../src/domain/report.ts'
import type { Role, RoleFacts, RoleRecord, SimulatedCall } from '../../src/domain/role.ts'
import type { Compute, Container, Service, TaskDefinition } from '../../src/domain/service.ts'
import { HEALTHY as CONFIGURED } from './configuration-world.ts'
import { type Judged, judgeWith } from './judgement.ts'
import { ROLE, record, simulated } from './role-facts.ts'
import { ACCOUNT, BY_ENDPOINTS, REGION } from './world.ts'

export * from './role-facts.ts'
export { ACCOUNT, REGION } from './world.ts'
export const OTHER = '210987654321'
export const HOST_ROLE = `arn:aws:iam::${ACCOUNT}:role/ecsInstanceRole`
export const PROFILE = `arn:aws:iam::${ACCOUNT}:instance-profile/ecsInstanceRole`
export const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/8c7a2f10-6b3e-4d59-9f01-2c4e6a8b0d13`
export const SECRET = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:prod/db-a1B2c3`
export const repositoryArn = (name: string, account = ACCOUNT) => `arn:aws:ecr:${REGION}:${account}:repository/${name}`
export const imageOf = (name: string, account = ACCOUNT) => `${account}.dkr.ecr.${REGION}.amazonaws.com/${name}:v7`

export interface RoleWorld {
  readonly service: Service
  readonly taskDefinition: TaskDefinition
  readonly compute: Compute
  readonly role: RoleFacts
  readonly configuration: ConfigurationFacts
}

const OWN_POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'ecr:*' }],
})

/** Its log group is not there yet. */
const HEALTHY_CONFIGURATION: ConfigurationFacts = { ...CONFIGURED.configuration, logGroups: [], secrets: [] }

export const HEALTHY: RoleWorld = {
  service: BY_ENDPOINTS.service,
  taskDefinition: BY_ENDPOINTS.taskDefinition,
  compute: BY_ENDPOINTS.compute,
  role: {
    execution: record(),
    task: null,
    infrastructure: [],
    instances: known([]),
    repositories: [{ name: 'web', accountId: ACCOUNT, region: REGION, policy: known(OWN_POLICY) }],
    pullThroughRules: known([]),
    keys: [],
    customerKeys: [],
  },
  configuration: HEALTHY_CONFIGURATION,
}

export function withRole(world: RoleWorld, changes: Partial<RoleFacts>): RoleWorld {
  return { ...world, role: { ...world.role, ...changes } }
}

export function withExecution(world: RoleWorld, changes: Partial<RoleRecord>): RoleWorld {
  if (world.role.execution === null) throw new Error('there is no execution role')
  return withRole(world, { execution: { ...world.role.execution, ...changes } })
}

export function withContainer(world: RoleWorld, changes: Partial<Container>): RoleWorld {
  const containers = world.taskDefinition.containers.map((container) => ({ ...container, ...changes }))
  return { ...world, taskDefinition: { ...world.taskDefinition, containers } }
}

export function withTrust(world: RoleWorld, trust: unknown): RoleWorld {
  const role = known({ arn: ROLE, id: null, trust: JSON.stringify(trust), boundaryArn: null })
  return withExecution(world, { role })
}

/** These results come before what the simulator said so far, which may hold others of the same action. */
export function simulating(world: RoleWorld, ...results: readonly SimulatedCall[]): RoleWorld {
  const before = world.role.execution?.simulation
  const others = (before?.known ? before.value : []).filter(
    ({ action, resource }) => !results.some((one) => one.action === action && one.resource === resource),
  )
  return withExecution(world, { simulation: known([...results, ...others]) })
}

/** Denied the simulator and the policies. */
export const UNREADABLE: Partial<RoleRecord> = {
  simulation: unread('denied', 'iam:SimulatePrincipalPolicy'),
  policies: unread('denied', 'iam:ListAttachedRolePolicies'),
}

/** What the role's policies say in place of the simulator. */
export function reading(...statements: readonly object[]): Partial<RoleRecord> {
  return {
    simulation: unread('denied', 'iam:SimulatePrincipalPolicy'),
    policies: known([{ name: 'inline', document: JSON.stringify({ Version: '2012-10-17', Statement: statements }) }]),
  }
}

const HELD: readonly string[] = Object.keys(HEALTHY)
const ROLE_CHECKS = CHECKS.filter(({ step, needs }) => step === 'role' && needs.every((name) => HELD.includes(name)))

/** Every check that looks at roles. `missing`: facts that could not be read. */
export function judge(world: RoleWorld, ...missing: readonly FactName[]): Judged {
  const lost = unread('unasked', '')
  const given = Object.entries(world).map(([name, value]) => [
    name,
    missing.includes(name as FactName) ? unread('denied', 'iam:GetRole') : known(value),
  ])
  const facts = Object.fromEntries([...Object.keys(FACT_WORDS).map((name) => [name, lost]), ...given])
  return judgeWith(ROLE_CHECKS, facts as GatheredFacts)
}

/** `check subject` of each finding, with the severity where it is no blocker. */
export function told(world: RoleWorld): readonly string[] {
  return judge(world).findings.map(({ check, subject, severity }) =>
    severity === 'blocker' ? `${check} ${subject}` : `${check} ${subject} (${severity})`,
  )
}

/** `check: reason` of each unknown, with a star where it leaves the verdict open. */
export function unsure(world: RoleWorld): readonly string[] {
  return judge(world).unknowns.map(({ check, because, matters }) => `${check}${matters ? '*' : ''}: ${because.en}`)
}

export function findingOf(world: RoleWorld, check: string): Finding {
  const found = judge(world).findings.find((one) => one.check === check)
  if (found === undefined) throw new Error(`${check} found nothing`)
  return found
}

export const TASK_ROLE = `arn:aws:iam::${ACCOUNT}:role/web-task`

/** The task definition names a task role, of which IAM says this. */
export function withTask(world: RoleWorld, changes: Partial<RoleRecord> = {}): RoleWorld {
  const task = record({ arn: TASK_ROLE, simulation: unread('unasked', ''), ...changes })
  return {
    ...withRole(world, { task }),
    taskDefinition: { ...world.taskDefinition, taskRoleArn: task.arn },
  }
}

export const INFRASTRUCTURE_ROLE = `arn:aws:iam::${ACCOUNT}:role/ecsInfrastructure`
export const FUNCTION = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:gate`
export const RULE = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:listener-rule/app/web/1/2/3`

/** A trust policy that names this service, and a role that has it. */
export function trusting(service: string, changes: Partial<Role> = {}): RoleRecord['role'] {
  const statement = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }
  const trust = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  return known({ arn: INFRASTRUCTURE_ROLE, id: null, trust, boundaryArn: null, ...changes })
}

/** What each use of an infrastructure role looks like in a service. */
export const USES: Readonly<Record<string, Partial<Service>>> = {
  'an EBS volume': {
    volumeConfigurations: [
      { name: 'data', roleArn: INFRASTRUCTURE_ROLE, kmsKeyId: null, snapshotId: null, sizeInGiB: 10 },
    ],
  },
  'a load balancer': {
    deploymentConfiguration: { ...HEALTHY.service.deploymentConfiguration, strategy: 'CANARY' },
    loadBalancers: [
      {
        targetGroupArn: 'arn:blue',
        containerName: 'web',
        containerPort: 80,
        advancedConfiguration: {
          alternateTargetGroupArn: 'arn:green',
          productionListenerRule: RULE,
          testListenerRule: null,
          roleArn: INFRASTRUCTURE_ROLE,
        },
        raw: {},
      },
    ],
  },
  'VPC Lattice': {
    vpcLatticeConfigurations: [
      { roleArn: INFRASTRUCTURE_ROLE, targetGroupArn: 'arn:lattice', alternateTargetGroupArn: null, portName: 'http' },
    ],
  },
  'TLS of Service Connect': {
    serviceConnect: {
      namespace: 'shop',
      services: [{ portName: 'http', discoveryName: null, tls: { roleArn: INFRASTRUCTURE_ROLE, kmsKey: null } }],
      logConfiguration: null,
    },
  },
  'a lifecycle hook': {
    deploymentConfiguration: {
      ...HEALTHY.service.deploymentConfiguration,
      lifecycleHooks: [
        {
          targetType: 'AWS_LAMBDA',
          hookTargetArn: FUNCTION,
          roleArn: INFRASTRUCTURE_ROLE,
          lifecycleStages: ['POST_SCALE_UP'],
        },
      ],
    },
  },
}

/** A service that uses the infrastructure role so, and what IAM says of the role. */
export function using(use: Partial<Service>, changes: Partial<RoleRecord> = {}): RoleWorld {
  const infrastructure = [
    record({
      arn: INFRASTRUCTURE_ROLE,
      role: trusting('ecs.amazonaws.com'),
      simulation: known(
        [
          'ec2:CreateVolume',
          'ec2:AttachVolume',
          'elasticloadbalancing:ModifyRule',
          'vpc-lattice:RegisterTargets',
          'lambda:InvokeFunction',
        ].map((action) => simulated(action)),
      ),
      ...changes,
    }),
  ]
  return { ...withRole(HEALTHY, { infrastructure }), service: { ...HEALTHY.service, ...use } }
}

/** Managed Instances, started with the infrastructure role. */
export function onManagedInstances(changes: Partial<RoleRecord> = {}): RoleWorld {
  const provider = {
    name: 'managed',
    kind: 'managed-instances',
    status: 'ACTIVE',
    autoScalingGroupArn: null,
    managedScaling: null,
    subnetIds: [],
    securityGroupIds: [],
    infrastructureRoleArn: INFRASTRUCTURE_ROLE,
  }
  const world = using({ launchType: null, capacityProviders: ['managed'] }, changes)
  return { ...world, compute: { ...world.compute, capacityProviders: known([provider]) } }
}
