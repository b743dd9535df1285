/**
 * One fresh process: the search for the smallest repair of a service over 16 subnets, the most that ECS permits, in the large VPC whose tables
 * lead to S3 in part, and in VPCs of half and of twice its size. First run and median of later ones, and the exponent of the growth, as JSON.
 */
import { withPaths } from '../../src/checks/engine/judge.ts'
import { known, unread } from '../../src/domain/answer.ts'
import { repairsOf } from '../../src/repairs/index.ts'
import { bigVpc } from './big-vpc.mjs'

const MOST_SUBNETS = 16
const LARGE = { subnets: 200, endpoints: 60, groups: 500, rules: 5_000, tables: 20 }
const TARGET = {
  region: 'ap-northeast-2',
  accountId: '123456789012',
  cluster: 'prod',
  service: 'web',
  taskDefinition: 'web:1',
}

function worldOf(size) {
  const { network, service, taskDefinition, compute } = bigVpc(size)
  const { awsvpc } = service
  if (awsvpc === null) throw new Error('a service with a network of its own')
  const subnetIds = awsvpc.subnetIds.slice(0, MOST_SUBNETS)
  const nobodyAsked = unread('unasked', '')
  return withPaths(
    {
      service: known({ ...service, awsvpc: { ...awsvpc, subnetIds } }),
      taskDefinition: known(taskDefinition),
      compute: known(compute),
      network: known(network),
      tasks: nobodyAsked,
      role: nobodyAsked,
      images: nobodyAsked,
      configuration: nobodyAsked,
    },
    TARGET,
  )
}

function timed(size, rounds) {
  const facts = worldOf(size)
  const times = []
  /** @type {ReturnType<typeof repairsOf>} */
  let repairs = []
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    repairs = repairsOf(facts, TARGET)
    times.push(performance.now() - start)
  }
  const [firstMs = 0, ...later] = times
  return { firstMs, laterMs: later.toSorted((a, b) => a - b)[Math.floor(later.length / 2)] ?? 0, repairs }
}

const scaled = (factor) => ({
  subnets: Math.min(250, LARGE.subnets * factor),
  endpoints: Math.round(LARGE.endpoints * factor),
  groups: LARGE.groups * factor,
  rules: LARGE.rules * factor,
  tables: Math.max(5, LARGE.tables * factor),
})

const { firstMs, laterMs, repairs } = timed(LARGE, 5)
const [small, big] = [timed(scaled(0.5), 5), timed(scaled(2), 3)]
console.log(
  JSON.stringify({
    firstMs,
    laterMs,
    repairs: repairs.map(({ changes, verified }) => ({ changes: changes.length, verified })),
    exponent: Math.log(big.laterMs / small.laterMs) / Math.log(4),
  }),
)
