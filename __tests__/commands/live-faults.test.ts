/** Every call of a live preflight refused, throttled, torn or garbled: never a crash, never a pass on what decides. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { writeSeoul } from '../../simulator/seoul/files.ts'
import { startSimulator } from '../../simulator/start.ts'
import { openLive } from '../../src/aws/reader/live.ts'
import { preflight } from '../../src/commands/preflight/preflight.ts'
import type { Report } from '../../src/domain/report.ts'
import { UsageError } from '../../src/domain/usage-error.ts'

const SERVICE = {
  cluster: 'cluster-nestjs-second',
  service: 'role-nestjs-second-service',
  failOn: ['blocker'],
  ignore: [],
} as const
const TOOL = { name: 'ecs-pull-guard', version: '0.0.0' }

/** Asked, but nothing of a healthy Seoul hangs on the answer. */
const LEAVES_A_PASS = [
  /^sts:/, // the account stands in the service's ARN
  /^ecs:(DescribeClusters|ListTasks|DescribeTasks|ListServices|ListClusters)/,
  /^ec2:Describe(NatGateways|InternetGateways|EgressOnlyInternetGateways|PrefixLists|ManagedPrefixLists|VpcBlockPublicAccessOptions|VpcEncryptionControls)/,
  /^route53:/,
  /^(elasticloadbalancing|elbv2):/,
  // Rare overrides, and what only a service near its limits meets (contract, section 3).
  /^(route53resolver|route53profiles|service-quotas|application-autoscaling):/,
  // The manifest proves that an image is there, and the policies of a role say what it may: each has a second source.
  /^ecr:(GetLifecyclePolicy|DescribePullThroughCacheRules|GetRepositoryPolicy|DescribeRepositories|DescribeImages)/,
  /^iam:SimulatePrincipalPolicy/,
]

let folder = ''

beforeAll(async () => {
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
    AWS_EC2_METADATA_DISABLED: 'true',
  })
  folder = await mkdtemp(join(tmpdir(), 'seoul-'))
  await writeSeoul(folder, { healthy: true })
})

afterAll(async () => rm(folder, { recursive: true, force: true }))

type Started = Awaited<ReturnType<typeof startSimulator>>

async function look(simulator: Started): Promise<Report | UsageError> {
  const reader = openLive({ region: simulator.region, endpoint: simulator.url, maxAttempts: 1, requestTimeoutMs: 2000 })
  try {
    return await preflight(SERVICE, { reader, tool: TOOL })
  } catch (error) {
    if (error instanceof UsageError) return error
    throw error
  }
}

async function operations(): Promise<readonly string[]> {
  const simulator = await startSimulator({ folder })
  await look(simulator)
  await simulator.stop()
  return [...new Set(simulator.requests().map(({ service, operation }) => `${service}:${operation}`))].sort()
}

describe('a live preflight', () => {
  test('passes on a healthy service', async () => {
    const simulator = await startSimulator({ folder })
    const report = await look(simulator)
    await simulator.stop()
    if (report instanceof UsageError) throw report
    expect([report.verdict, report.findings, report.unknowns.filter(({ matters }) => matters)]).toEqual([
      'pass',
      [],
      [],
    ])
  })

  test.each(['denied', 'throttled', 'torn', 'garbage'] as const)(
    'with any one call %s never crashes and never passes on what decides',
    async (kind) => {
      // Side by side: after a throttled call the SDK waits before it tries again.
      const verdicts = await Promise.all(
        (await operations()).map(async (on) => {
          const simulator = await startSimulator({ folder, faults: [{ on, kind }] })
          const report = await look(simulator)
          await simulator.stop()
          return { on, verdict: report instanceof UsageError ? 'refused' : report.verdict }
        }),
      )
      const decisive = verdicts.filter(({ on }) => !LEAVES_A_PASS.some((pattern) => pattern.test(on)))
      expect(decisive.length).toBeGreaterThan(10)
      const passed = decisive.filter(({ verdict }) => verdict === 'pass').map(({ on }) => on)
      expect(passed).toEqual([])
    },
    60_000,
  )

  test.each([
    ['every source of the image', 'ecr:*'],
    ['every source of the permissions', 'iam:*'],
  ])('with %s refused does not pass', async (_, on) => {
    const simulator = await startSimulator({ folder, faults: [{ on, kind: 'denied' }] })
    const report = await look(simulator)
    await simulator.stop()
    expect(report instanceof UsageError ? report.text.en : report.verdict).toBe('unknown')
  })

  test('with every call refused says in one sentence what to do', async () => {
    const simulator = await startSimulator({ folder, faults: [{ on: '*:*', kind: 'denied' }] })
    const refused = await look(simulator)
    await simulator.stop()
    expect(refused).toBeInstanceOf(UsageError)
  })
})
