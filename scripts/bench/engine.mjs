/** One fresh process: the first run of the path engine on the large VPC, and the median of later ones, as JSON. */
import { indexNetwork } from '../../src/analysis/network-index.ts'
import { NO_POLICY } from '../../src/analysis/paths/endpoint-policy.ts'
import { judgePaths } from '../../src/analysis/paths/judge.ts'
import { startupNeeds } from '../../src/analysis/startup-needs.ts'
import { bigVpc } from './big-vpc.mjs'

const { network, service, taskDefinition, compute } = bigVpc()
const times = []
let paths = []
for (let round = 0; round < 9; round++) {
  const start = performance.now()
  const needs = startupNeeds(service, taskDefinition, compute, network.region)
  paths = judgePaths(indexNetwork(network), needs, () => NO_POLICY)
  times.push(performance.now() - start)
}
const [firstMs, ...later] = times
const outcomes = Object.groupBy(paths, (path) => path.outcome)
console.log(
  JSON.stringify({
    firstMs,
    laterMs: later.toSorted((a, b) => a - b)[Math.floor(later.length / 2)],
    paths: paths.length,
    outcomes: Object.fromEntries(Object.entries(outcomes).map(([outcome, list]) => [outcome, list.length])),
  }),
)
