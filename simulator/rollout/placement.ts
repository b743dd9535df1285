/** Where the scheduler puts a task: it keeps zones in balance, and does not remember which subnet failed. */

import { wantedOf } from './deployments.ts'
import { oneOf } from './seeded-random.ts'
import { currentSubnets } from './service-settings.ts'
import type { Deployment, RolloutState, Setting, Subnet } from './state.ts'

export function subnetFor(setting: Setting, state: RolloutState, { id }: Deployment): Subnet {
  const { scenario } = setting
  const subnets = currentSubnets(setting, state)
  const nth = state.created
  const ordered = scenario.placements[nth - scenario.desiredCount]
  const written = subnets.find((subnet) => subnet.id === ordered)
  if (written) return written
  const candidates = scenario.balance === 'fewest' ? inEmptiestZones(state, id, subnets) : subnets
  const chosen = oneOf(candidates, scenario.seed, 'subnet', nth) ?? subnets[0]
  if (chosen === undefined) throw new Error('a scenario has subnets')
  return chosen
}

function inEmptiestZones(state: RolloutState, id: string, subnets: readonly Subnet[]): readonly Subnet[] {
  const tasks = wantedOf(state, id)
  const inZone = (zone: string) => tasks.filter((task) => task.subnet.availabilityZone === zone).length
  const fewest = Math.min(...subnets.map((subnet) => inZone(subnet.availabilityZone)))
  return subnets.filter((subnet) => inZone(subnet.availabilityZone) === fewest)
}
