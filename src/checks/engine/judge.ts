/** From what was gathered to what checks see: the paths of the service belong to the facts. */
import { type Answer, known, unread } from '../../domain/answer.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { Path } from '../../domain/path.ts'
import type { Target } from '../../domain/report.ts'
import { indexNetwork } from '../../network/network-index.ts'
import { judgePaths } from '../../network/reachability/judge.ts'
import { startupPolicy } from '../../network/reachability/startup-policy.ts'
import { type StartupNeeds, startupNeeds } from '../../task-start/startup-needs.ts'

export type Gathered = Omit<GatheredFacts, 'paths'>
type Place = Pick<Target, 'region' | 'accountId'>

export function withPaths(gathered: Gathered, place: Place): GatheredFacts {
  return { ...gathered, paths: pathJudge(gathered, place)(() => true) }
}

/** Null where the service, its task definition or what it runs on could not be read. */
export function needsOf({ service, taskDefinition, compute }: Gathered, region: string): StartupNeeds | null {
  if (!service.known || !taskDefinition.known || !compute.known) return null
  return startupNeeds(service.value, taskDefinition.value, compute.value, region)
}

/** Is the path from this subnet to this destination wanted? */
export type Wanted = (subnetId: string, destination: string) => boolean

/** Judges those alone that are wanted, as often as asked; all of them where what one is worth rests on others. */
export function pathJudge(
  gathered: Gathered,
  { region, accountId }: Place,
): (wanted: Wanted) => Answer<readonly Path[]> {
  const { service, taskDefinition, network, configuration } = gathered
  const needs = needsOf(gathered, region)
  if (!service.known) return () => unread('unasked', service.permission)
  if (!taskDefinition.known) return () => unread('unasked', taskDefinition.permission)
  if (!network.known || needs === null) return () => unread('unasked', '')
  // On EC2 the instance's role pulls, or the execution role: which of them is AWS's choice.
  const onFargate = needs.origins.every(({ kind }) => kind === 'task-eni')
  const role = onFargate ? taskDefinition.value.executionRoleArn : null
  const index = indexNetwork(network.value, configuration.known ? configuration.value.fileSystems : [])
  const policy = startupPolicy(taskDefinition.value, { ...network.value, region, accountId }, role)
  const isApart = needs.origins.every(({ assumed }) => assumed === null)
  return (wanted) => {
    const destinations = needs.destinations.map((need) => ({
      ...need,
      from: isApart ? need.from.filter(({ subnetId }) => wanted(subnetId, need.destination)) : need.from,
    }))
    return known(judgePaths(index, { ...needs, destinations }, policy))
  }
}
