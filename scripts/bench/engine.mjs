/**
 * One fresh process: the path engine on the large VPC, first run and median of later ones, as JSON. Asked for a service over
 * 16 subnets, the most that ECS permits, unless told `all`: then for all 200, which no service has and a run of `audit` may.
 */
import { indexNetwork } from '../../src/network/network-index.ts'
import { judgePaths } from '../../src/network/reachability/judge.ts'
import { startupNeeds } from '../../src/task-start/startup-needs.ts'
import { bigVpc } from './big-vpc.mjs'

const MOST_SUBNETS = 16

const { network, service, taskDefinition, compute } = bigVpc()
const subnetIds = process.argv[2] === 'all' ? service.awsvpc.subnetIds : service.awsvpc.subnetIds.slice(0, MOST_SUBNETS)
const spanning = { ...service, awsvpc: { ...service.awsvpc, subnetIds } }
const times = []
/** @type {readonly import('../../src/domain/path.ts').Path[]} */
let paths = []
for (let round = 0; round < 9; round++) {
  const start = performance.now()
  const needs = startupNeeds(spanning, taskDefinition, compute, network.region)
  paths = judgePaths(indexNetwork(network), needs, () => () => null)
  times.push(performance.now() - start)
}
const [firstMs, ...later] = times
const outcomes = [...new Set(paths.map(({ outcome }) => outcome))]
console.log(
  JSON.stringify({
    subnets: subnetIds.length,
    firstMs,
    laterMs: later.toSorted((a, b) => a - b)[Math.floor(later.length / 2)],
    paths: paths.length,
    outcomes: Object.fromEntries(
      outcomes.map((each) => [each, paths.filter(({ outcome }) => outcome === each).length]),
    ),
  }),
)
