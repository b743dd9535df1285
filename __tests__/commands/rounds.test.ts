/** What a live preflight waits for one after another: an ordinary service on Fargate takes three rounds of calls, and one more for what only their answers name. */
import { beforeAll, expect, test } from '@jest/globals'
import { sequentialRounds } from '../../simulator/rounds.ts'
import { startSimulator } from '../../simulator/start.ts'
import { openLive } from '../../src/aws/reader/live.ts'
import { preflight } from '../../src/commands/preflight/preflight.ts'
import { filesOf } from '../checks/shapes/files.ts'
import type { Shape } from '../checks/shapes/shape.ts'

beforeAll(async () => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_EC2_METADATA_DISABLED: 'true' })
  // A client that is loaded while the others wait looks like a round.
  await requestsOf(FIRST, 0)
})

const FIRST: Shape = {
  by: 'terraform',
  zones: 2,
  way: 'nat',
  compute: 'fargate',
  balancer: 'network',
  secrets: 'ssm',
  efs: true,
}
const TOOL = { name: 'ecs-pull-guard', version: '0.0.0' }

// biome-ignore format: one line a service
const PLAIN: readonly (readonly [string, number, Shape])[] = [
  ['a worker with NAT', 3, { by: 'terraform', zones: 1, way: 'nat', compute: 'fargate', balancer: null }],
  ['behind an ALB, with secrets', 3, { by: 'terraform', zones: 3, way: 'nat', compute: 'fargate', balancer: 'application', secrets: 'secretsmanager' }],
  ['behind endpoints, with parameters', 3, { by: 'terraform', zones: 2, way: 'endpoints', compute: 'fargate', balancer: 'network', secrets: 'ssm' }],
  ['with public addresses', 3, { by: 'cdk', zones: 2, way: 'public', compute: 'fargate', balancer: 'application' }],
  ['on Spot, scaled by a policy', 3, { by: 'terraform', zones: 3, way: 'nat-and-s3', compute: 'spot', balancer: 'application', autoscaling: true }],
  ['with files in EFS, and ECS Exec', 4, { by: 'cdk', zones: 2, way: 'nat', compute: 'fargate', balancer: 'application', efs: true, exec: true }],
  ['in dual-stack subnets', 4, { by: 'terraform', zones: 2, way: 'regional-nat', compute: 'fargate', balancer: 'application', dualStack: true }],
]

test.each(PLAIN)('%s: %i', async (_name, rounds, shape) => {
  // Far longer than a busy machine may hold one request back behind the others of its round.
  expect(sequentialRounds(await requestsOf(shape, 500))).toBe(rounds)
})

async function requestsOf(shape: Shape, latencyMs: number) {
  const files = filesOf(shape)
  const [{ clusterArn, serviceName }] = JSON.parse(JSON.stringify(files['ecs/describe-services.json'])).services
  const simulator = await startSimulator({ files, latencyMs })
  try {
    const reader = openLive({ region: simulator.region, endpoint: simulator.url, maxAttempts: 1 })
    await preflight({ cluster: clusterArn, service: serviceName, failOn: [], ignore: [] }, { reader, tool: TOOL })
    return simulator.requests()
  } finally {
    await simulator.stop()
  }
}
