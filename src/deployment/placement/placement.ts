/** Where on its container instances the tasks of a deployment find a place: how many, and what keeps the others from one. */
import { listed } from '../../domain/answer.ts'
import type {
  Capacity,
  CapacityProvider,
  CapacityProviderStrategyItem,
  Compute,
  ContainerInstance,
  Service,
  TaskDefinition,
} from '../../domain/service.ts'
import { launchesOf } from '../../task-start/launch.ts'
import { deploymentArithmetic } from '../deployment-arithmetic.ts'
import { type Demand, demandOf } from './demand.ts'
import { type Doubt, type Obstacle, type Room, roomOn, type Tenancy, type Wanted } from './instance-room.ts'
import { placedInTheEnd, type Slots, type Surge } from './surge.ts'

export interface PlacementFacts {
  readonly service: Service
  readonly taskDefinition: TaskDefinition
  readonly compute: Compute
  /** Availability Zone of a subnet; null where it is not known. */
  readonly zoneOf: (subnetId: string) => string | null
}

export interface Placement {
  /** Null: the launch type EC2, any instance of the cluster. */
  readonly provider: CapacityProvider | null
  /** Tasks that the deployment has to place, those that are placed at once, and in the end at most. */
  readonly wanted: number
  readonly now: number
  readonly placed: number
  /** In the end, if every doubt tells against it. */
  readonly surely: number
  readonly instances: readonly { readonly instance: ContainerInstance; readonly room: Room }[]
  /** Whether another instance like those would take a task; true where there is none to be like. */
  readonly moreWouldHelp: boolean
  /** `whereabouts`: on which instances the old tasks run. */
  readonly doubts: readonly (Doubt | 'whereabouts')[]
}

/** One for the launch type, or for each capacity provider with instances; none where nothing is to be placed there. */
export function placementsOf(facts: PlacementFacts): readonly Placement[] {
  const { service, compute } = facts
  const { capacity, instances } = compute
  const { deadlock } = deploymentArithmetic(service)
  if (capacity === undefined || !instances.known || deadlock || service.deploymentController === 'EXTERNAL') return []
  const launches = launchesOf(service, compute)
  return launches.flatMap((launch) => {
    if (launch.on !== 'ec2') return []
    const { provider } = launch
    const own = instances.value.filter((one) => provider === null || isOf(one, provider))
    const placement = placementOn(facts, capacity, { provider, own, isAlone: launches.length === 1 })
    return placement.wanted > 0 ? [placement] : []
  })
}

function isOf({ capacityProviderName }: ContainerInstance, { name }: CapacityProvider): boolean {
  return capacityProviderName === null || capacityProviderName === name
}

interface Launched {
  readonly provider: CapacityProvider | null
  readonly own: readonly ContainerInstance[]
  /** False: a part of the tasks runs elsewhere. */
  readonly isAlone: boolean
}

function placementOn(facts: PlacementFacts, capacity: Capacity, launched: Launched): Placement {
  const { service, taskDefinition } = facts
  const { provider, own, isAlone } = launched
  const demand = demandOf(taskDefinition)
  const tenants = tenancies(facts, capacity, launched, demand)
  const wanted: Wanted = {
    demand,
    constraints: [...taskDefinition.placementConstraints, ...service.placementConstraints],
    requiresAttributes: taskDefinition.requiresAttributes,
    zones: zonesOf(facts),
  }
  const rooms = tenants.most.map((tenancy) => roomOn(tenancy, wanted, capacity))
  const sure = tenants.least.map((tenancy) => roomOn(tenancy, wanted, capacity))
  const targets = service.schedulingStrategy === 'DAEMON' ? daemonTargets(rooms) : null
  const most = rooms.map((one) => one.most)
  const surge = targets === null ? surgeOf(service, capacity.strategy, launched, tenants.running) : null
  const end = (slots: readonly Slots[]) => (surge === null ? daemonsPlaced(slots) : placedInTheEnd(slots, surge))
  const atOnce = most.reduce((sum, [first = 0]) => sum + (surge === null ? Math.min(1, first) : first), 0)
  const count = surge?.wanted ?? targets ?? 0
  return {
    provider,
    wanted: count,
    now: Math.min(count, atOnce, surge === null ? count : Math.max(0, surge.upper - surge.running)),
    placed: end(most),
    surely: end(sure.map((one) => one.least)),
    instances: own.map((instance, i) => ({ instance, room: rooms[i] as Room })),
    moreWouldHelp: own.length === 0 || own.some((instance, i) => wouldHelp(instance, rooms[i] as Room, demand)),
    doubts: [
      ...new Set([
        ...(tenants.areSure || !isAlone ? [] : (['whereabouts'] as const)),
        ...rooms.flatMap(({ doubts }) => doubts),
      ]),
    ],
  }
}

interface Tenants {
  /** The old tasks as they may lie best, and as far as it is known where they lie. */
  readonly most: readonly Tenancy[]
  readonly least: readonly Tenancy[]
  readonly areSure: boolean
  readonly running: number
}

/**
 * Tasks say on which instance they run. Where they do not, the instances say how many they run: if these are just as many, they are
 * the tasks of the service.
 */
function tenancies(
  { service, taskDefinition, zoneOf }: PlacementFacts,
  capacity: Capacity,
  launched: Launched,
  demand: Demand,
): Tenants {
  const isSame = (arn: string | null) => arn !== null && arn === taskDefinition.arn
  const known = launched.own.map((instance): Tenancy => {
    const tasks = listed(capacity.tasks).filter(({ instanceArn }) => instanceArn === instance.arn)
    const zone = instance.subnetId === null ? null : zoneOf(instance.subnetId)
    return { instance, zone, old: tasks.map((task) => (isSame(task.taskDefinitionArn) ? demand : task)) }
  })
  const located = known.reduce((sum, { old }) => sum + old.length, 0)
  const unlocated = launched.isAlone ? Math.max(0, service.runningCount - listed(capacity.tasks).length) : 0
  const running = launched.isAlone ? service.runningCount : located
  if (unlocated === 0) return { most: known, least: known, areSure: true, running }
  const unnamed = ({ instance, old }: Tenancy) => Math.max(0, (instance.runningTasksCount ?? unlocated) - old.length)
  const most = known.map((one) => {
    const more = Array.from({ length: Math.min(unlocated, unnamed(one)) }, () => demand)
    return { ...one, old: [...one.old, ...more] }
  })
  const areAll = known.reduce((sum, one) => sum + unnamed(one), 0) === unlocated
  const areSure = areAll && isSame(service.taskDefinitionArn)
  return { most, least: areSure ? most : known, areSure, running }
}

/** A task with an interface of its own is placed in a zone of the service's subnets (ECS Developer Guide, awsvpc network mode). */
function zonesOf({ service, taskDefinition, zoneOf }: PlacementFacts): readonly string[] | null {
  if (taskDefinition.networkMode !== 'awsvpc' || service.awsvpc === null) return null
  const zones = service.awsvpc.subnetIds.map(zoneOf)
  return zones.includes(null) ? null : zones.filter((zone) => zone !== null)
}

function surgeOf(
  service: Service,
  strategy: readonly CapacityProviderStrategyItem[],
  { provider, isAlone }: Launched,
  running: number,
): Surge {
  const { lower, upper, applies } = deploymentArithmetic(service)
  if (!isAlone) {
    // Old tasks elsewhere make way as well: which of them, ECS decides.
    const wanted = provider === null ? 0 : shareOf(strategy, provider.name, service.desiredCount)
    return { wanted, running, lower: 0, upper: running + wanted }
  }
  const wanted = service.desiredCount
  // Blue/green and its kin start a whole second set before the first one ends.
  return applies
    ? { wanted, running, lower, upper }
    : { wanted, running, lower: running + wanted, upper: running + wanted }
}

/** The tasks that surely come to a provider: its base, and the whole part of its weight in the rest. */
export function shareOf(strategy: readonly CapacityProviderStrategyItem[], name: string, tasks: number): number {
  const own = strategy.find((one) => one.capacityProvider === name)
  if (own === undefined || own.weight === 0) return 0
  const sum = (of: 'base' | 'weight') => strategy.reduce((total, one) => total + one[of], 0)
  const rest = Math.max(0, tasks - sum('base'))
  return Math.min(tasks, own.base) + Math.floor((rest * own.weight) / sum('weight'))
}

function wouldHelp({ registered }: ContainerInstance, { obstacle }: Room, demand: Demand): boolean {
  if (isUnfit(obstacle)) return false
  const isLarge = (of: 'cpu' | 'memory' | 'gpus') => registered === null || registered[of] >= demand[of]
  return isLarge('cpu') && isLarge('memory') && isLarge('gpus')
}

/** Whatever runs on it. */
function isUnfit(obstacle: Obstacle | null): boolean {
  return obstacle !== null && ['zone', 'constraint', 'attribute'].includes(obstacle.kind)
}

/** A daemon has one task on every active instance that its constraints let it on. */
function daemonTargets(rooms: readonly Room[]): number {
  return rooms.filter(({ obstacle }) => obstacle?.kind !== 'status' && !isUnfit(obstacle)).length
}

/** An old daemon makes way for the new one. */
function daemonsPlaced(instances: readonly Slots[]): number {
  return instances.filter((slots) => (slots.at(-1) ?? 0) > 0).length
}
