/** Every action that a live preflight of a healthy service asks, denied alone: no pass where the fact decides, and no fault that is none. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { seoulFiles } from '../../simulator/seoul/files.ts'
import { startSimulator } from '../../simulator/start.ts'
import { type Files, readFiles } from '../../simulator/world.ts'
import { openLive } from '../../src/aws/reader/live.ts'
import { preflight } from '../../src/commands/preflight/preflight.ts'
import { UsageError } from '../../src/domain/usage-error.ts'
import { fixture } from '../aws/scratch.ts'
import { filesOf } from '../checks/shapes/files.ts'

beforeAll(() => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_EC2_METADATA_DISABLED: 'true' })
})

const TOOL = { name: 'ecs-pull-guard', version: '0.0.0' }

/** Nothing hangs on these: another source says the same, or the fact only reveals rare overrides, history or limits (contract, section 3). */
const RARE = [
  /^sts:/,
  /^ec2:Describe(NatGateways|InternetGateways|EgressOnlyInternetGateways|PrefixLists|ManagedPrefixLists|VpcBlockPublicAccess.*|VpcEncryptionControls)/,
  /^(route53|route53resolver|route53profiles|service-quotas|application-autoscaling):/,
  /^ecs:(DescribeClusters|ListTasks|DescribeTasks|DescribeServiceRevisions)/,
  /^ecr:(GetLifecyclePolicy|DescribePullThroughCacheRules|GetRepositoryPolicy|DescribeRepositories|DescribeImages)/,
  /^iam:(SimulatePrincipalPolicy|List|GetRolePolicy|GetPolicy)/,
  /^elbv2:/,
  /^efs:DescribeFileSystem(s|Policy)$/,
]

const WORLDS: Readonly<Record<string, () => Promise<Files>>> = {
  'a healthy Seoul': async () => seoulFiles({ healthy: true }),
  'the healthy service of public reports': () => readFiles(fixture('field/healthy')),
  'endpoints, a load balancer, secrets and files': async () =>
    filesOf({
      by: 'terraform',
      zones: 2,
      way: 'endpoints',
      compute: 'fargate',
      balancer: 'application',
      secrets: 'secretsmanager',
      efs: true,
    }),
}

async function look(files: Files, denied: string | null) {
  const { services } = contentOf(files['ecs/describe-services.json'])
  const faults = denied === null ? [] : [{ on: denied, kind: 'denied' as const }]
  const simulator = await startSimulator({ files, faults })
  try {
    const reader = openLive({ region: simulator.region, endpoint: simulator.url, maxAttempts: 1 })
    const [{ clusterArn, serviceName }] = services
    const request = { cluster: clusterArn, service: serviceName, failOn: [], ignore: [] }
    const { verdict, findings } = await preflight(request, { reader, tool: TOOL })
    const asked = simulator.requests().map(({ service, operation }) => `${service}:${operation}`)
    return { verdict, blockers: findings.filter(({ severity }) => severity === 'blocker').length, asked }
  } catch (error) {
    if (error instanceof UsageError) return { verdict: 'refused', blockers: 0, asked: [] }
    throw error
  } finally {
    await simulator.stop()
  }
}

function contentOf(file: unknown): ReturnType<typeof JSON.parse> {
  return typeof file === 'string' ? JSON.parse(file) : JSON.parse(JSON.stringify(file))
}

describe.each(Object.entries(WORLDS))('%s', (_name, make) => {
  test('passes, and with any one action denied does not where the fact decides', async () => {
    const files = await make()
    const whole = await look(files, null)
    expect([whole.verdict, whole.blockers]).toEqual(['pass', 0])
    const wrong: string[] = []
    for (const action of new Set(whole.asked)) {
      const { verdict, blockers } = await look(files, action)
      const decides = !RARE.some((pattern) => pattern.test(action))
      if (blockers > 0 || (decides && verdict === 'pass')) wrong.push(`${action} ${verdict}`)
    }
    expect(wrong).toEqual([])
  }, 60_000)
})
