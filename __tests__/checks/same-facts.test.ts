/** The same facts, the same report: what is judged from a folder is judged alike where the folder is served as AWS. */
import { describe, expect, test } from '@jest/globals'
import { startSimulator } from '../../simulator/start.ts'
import { actionsOf } from '../../src/aws/permissions.ts'
import { openFolder } from '../../src/aws/reader/folder.ts'
import { openLive } from '../../src/aws/reader/live.ts'
import { preflight } from '../../src/commands/preflight/preflight.ts'
import type { Report } from '../../src/domain/report.ts'
import { fixture, scratch } from '../aws/scratch.ts'
import { FIELD, onDisk, STATES } from './field.ts'
import { filesOf } from './shapes/files.ts'
import type { Shape } from './shapes/shape.ts'

const KEYS = { accessKeyId: 'simulated', secretAccessKey: 'simulated' }
const TOOL = { name: 'ecs-pull-guard', version: '0.0.0' }

/** What of a report must not depend on where its facts came from: why a fact is missing does. */
function essence({ verdict, failingStep, findings, unknowns, paths, steps }: Report) {
  return {
    verdict,
    failingStep: failingStep?.id ?? null,
    steps: steps.map(({ id, state }) => `${id} ${state}`),
    findings: findings.map((one) => [one.check, one.subject, one.severity, one.affects, one.remedy.cli]),
    unknowns: unknowns
      .map(({ check, step, permission, matters }) => `${check} ${step} ${permission} ${matters}`)
      .sort(),
    paths: paths.map(({ from, host, outcome, via }) => `${from.subnetId} ${host} ${outcome} ${via.kind} ${via.id}`),
  }
}

/** IAM's names of the services, where they are others. */
const PREFIXES: Readonly<Record<string, string>> = {
  efs: 'elasticfilesystem',
  elbv2: 'elasticloadbalancing',
  'service-quotas': 'servicequotas',
}
const asked = new Set<string>()

async function bothWays(folder: string, taskDefinition: string | null): Promise<readonly [Report, Report]> {
  const request = { taskDefinition, failOn: [], ignore: [] }
  const recorded = await preflight(request, { reader: await openFolder(folder), tool: TOOL })
  const simulator = await startSimulator({ folder })
  try {
    const reader = openLive({ region: simulator.region, endpoint: simulator.url, credentials: KEYS, maxAttempts: 1 })
    const { cluster, service } = recorded.target
    const live = await preflight({ ...request, cluster, service }, { reader, tool: TOOL })
    for (const { service: of, operation } of simulator.requests()) asked.add(`${PREFIXES[of] ?? of}:${operation}`)
    return [recorded, live]
  } finally {
    await simulator.stop()
  }
}

describe('services of public reports', () => {
  const rows = FIELD.flatMap((one) => STATES.map((state) => [one.id, state, one] as const))
  test.each(rows)('%s, %s', async (_id, state, one) => {
    const { arguments: given } = one.expect
    const [recorded, live] = await onDisk(one, state, (folder) => bothWays(folder, given?.[1] ?? null))
    expect(essence(live)).toEqual(essence(recorded))
  })
})

describe('measured VPCs', () => {
  test.each(Array.from({ length: 40 }, (_, at) => at + 1))('%d', async (number) => {
    const [recorded, live] = await bothWays(fixture(`vpc/${number}`), null)
    expect(essence(live)).toEqual(essence(recorded))
  })
})

describe('the policy for a preflight', () => {
  const ordinary: readonly Shape[] = [
    {
      by: 'terraform',
      zones: 2,
      way: 'endpoints',
      compute: 'spot',
      balancer: 'application',
      secrets: 'ssm',
      autoscaling: true,
    },
    { by: 'cdk', zones: 2, way: 'nat', compute: 'asg', balancer: 'network', efs: true, exec: true },
  ]
  /** What no service of these worlds calls for. */
  const elsewhere: readonly RegExp[] = [
    /^ec2:.*(TransitGateway|Vpn)/,
    // The entries come with the description of the list, or a listener only with what moves traffic to it.
    /^(ec2:GetManagedPrefixListEntries|elasticloadbalancing:DescribeListeners)$/,
    // To say which names there are, where one does not exist.
    /^ecs:List(Clusters|Services)$/,
    /^ecs:DescribeServiceRevisions$/,
    // Volumes with access points, and traffic that comes by Cloud Map or VPC Lattice.
    /^(elasticfilesystem:DescribeAccessPoints|servicediscovery:GetService|vpc-lattice:GetTargetGroup)$/,
    // Managed policies, where a simulation is denied.
    /^iam:GetPolicy(Version)?$/,
    // A policy with a condition on an organization: __tests__/aws/gather/organization.test.ts
    /^organizations:DescribeOrganization$/,
    // __tests__/aws/gather/resolver.test.ts
    /^route53profiles:ListProfileResourceAssociations$/,
    /^route53resolver:ListFirewall(Domains|Rules)$/,
  ]

  test('allows what is asked, and nothing else', async () => {
    for (const shape of ordinary) await bothWays(scratch(filesOf(shape)), null)
    const allowed = actionsOf('preflight')
    const own = [...asked].filter((one) => one !== 'sts:GetCallerIdentity')
    expect(own.filter((one) => !allowed.includes(one))).toEqual([])
    const never = allowed.filter((one) => !asked.has(one) && !elsewhere.some((pattern) => pattern.test(one)))
    expect(never).toEqual([])
  })
})
