/** How many tasks one container instance takes, and what keeps it from taking more. */
import type { Attribute, Capacity, ContainerInstance, PlacementConstraint } from '../../domain/service.ts'
import { meetsExpression } from '../../task-start/cluster-query.ts'
import type { Demand } from './demand.ts'
import type { Slots } from './surge.ts'
import { trunkedTasks } from './trunked-tasks.ts'

/** Why an instance takes no task, or no more: as data. */
export type Obstacle =
  | { readonly kind: 'status'; readonly status: string }
  | { readonly kind: 'agent' }
  | { readonly kind: 'zone'; readonly zone: string }
  | { readonly kind: 'constraint'; readonly expression: string }
  | { readonly kind: 'attribute'; readonly name: string }
  /** Host ports that are taken already, or that one task an instance can have. */
  | { readonly kind: 'ports'; readonly ports: readonly number[]; readonly taken: boolean }
  | { readonly kind: 'distinct' }
  | { readonly kind: 'cpu' | 'memory' | 'gpus' | 'interfaces'; readonly left: number; readonly wanted: number }

/** A fact without which the room is not known; `trunking`: how many interfaces a trunk leaves. */
export type Doubt = 'remaining' | 'status' | 'constraint' | 'interface-limit' | 'trunking'

export interface Room {
  /** As it is if every doubt is resolved for the task, and against it. */
  readonly most: Slots
  readonly least: Slots
  /** What keeps it from taking (more) now; null where nothing does. */
  readonly obstacle: Obstacle | null
  readonly doubts: readonly Doubt[]
}

export interface Wanted {
  readonly demand: Demand
  readonly constraints: readonly PlacementConstraint[]
  readonly requiresAttributes: readonly Attribute[]
  /** Zones that tasks with interfaces of their own may be in; null where any will do, or they are not known. */
  readonly zones: readonly string[] | null
}

export interface Tenancy {
  readonly instance: ContainerInstance
  readonly zone: string | null
  /** What its old tasks give back when they stop. */
  readonly old: readonly Demand[]
}

const NONE: Slots = [0]

export function roomOn(tenancy: Tenancy, wanted: Wanted, capacity: Capacity): Room {
  const bar = barredBy(tenancy, wanted)
  if (bar !== null) return { most: NONE, least: NONE, obstacle: bar, doubts: [] }
  const { instance } = tenancy
  if (instance.remaining === null) return { most: FOREVER, least: NONE, obstacle: null, doubts: ['remaining'] }
  const limit = interfaceLimit(tenancy, wanted, capacity)
  const most = slots(tenancy, wanted, limit.most)
  const isUnclear = memberOf(wanted).some((expression) => meetsExpression(expression, instance) === null)
  const isStrange = instance.status !== 'ACTIVE'
  return {
    most,
    least: isUnclear || isStrange ? NONE : slots(tenancy, wanted, limit.least),
    obstacle: tightest(tenancy, wanted, limit.most),
    doubts: [
      ...(isStrange ? (['status'] as const) : []),
      ...(isUnclear ? (['constraint'] as const) : []),
      ...limit.doubts,
    ],
  }
}

const FOREVER: Slots = [Infinity]

/** Of those that AWS names (ECS API Reference, ContainerInstance); in one that it adds an instance may take tasks, or not. */
const CLOSED = ['REGISTERING', 'REGISTRATION_FAILED', 'INACTIVE', 'DEREGISTERING', 'DRAINING']

/** What no other task's end would change. */
function barredBy({ instance, zone }: Tenancy, wanted: Wanted): Obstacle | null {
  const { status, agentConnected } = instance
  if (CLOSED.includes(status)) return { kind: 'status', status }
  if (agentConnected === false) return { kind: 'agent' }
  const { zones } = wanted
  if (zones !== null && zone !== null && !zones.includes(zone)) return { kind: 'zone', zone }
  const unmet = memberOf(wanted).find((expression) => meetsExpression(expression, instance) === false)
  if (unmet !== undefined) return { kind: 'constraint', expression: unmet }
  const missing = missingAttribute(instance, wanted.requiresAttributes)
  return missing === null ? null : { kind: 'attribute', name: missing }
}

function memberOf({ constraints }: Wanted): readonly string[] {
  return constraints.flatMap(({ type, expression }) => (type === 'memberOf' ? (expression ?? []) : []))
}

/** Agents register what they are capable of: where none of it is recorded, the rest is not to be judged by. */
function missingAttribute({ attributes }: ContainerInstance, required: readonly Attribute[]): string | null {
  const isWhole = attributes?.some(({ name }) => /\becs\.capability\./.test(name)) ?? false
  if (attributes === null || !isWhole) return null
  const has = ({ name, value }: Attribute) =>
    attributes.some((one) => one.name === name && (value === null || one.value === value))
  return required.find((one) => !has(one))?.name ?? null
}

interface Limit {
  readonly most: number
  readonly least: number
  readonly doubts: readonly Doubt[]
}

/** Interfaces that tasks may have beside those that are attached. */
function interfaceLimit({ instance }: Tenancy, { demand }: Wanted, capacity: Capacity): Limit {
  if (demand.interfaces === 0) return { most: Infinity, least: Infinity, doubts: [] }
  if (instance.attributes?.some(({ name }) => name === 'ecs.awsvpc-trunk-id')) {
    const least = trunkedTasks(instance.instanceType) - (instance.runningTasksCount ?? 0)
    return { most: Infinity, least: Math.max(0, least), doubts: ['trunking'] }
  }
  const { interfaceLimits, trunking } = capacity
  const limit = interfaceLimits.known ? interfaceLimits.value[instance.instanceType ?? ''] : undefined
  if (limit === undefined) return { most: Infinity, least: 0, doubts: ['interface-limit'] }
  const left = Math.max(0, limit - instance.interfaces)
  // An instance tells that it has a trunk by its attribute, and the setting is the caller's: together they settle nothing.
  if (trunking.known && trunking.value) return { most: Infinity, least: left, doubts: ['trunking'] }
  return { most: left, least: left, doubts: [] }
}

/** Each quantity by itself, the old tasks that free most of it first: no room that there may be is left out. */
function slots(tenancy: Tenancy, { demand, constraints }: Wanted, interfacesLeft: number): Slots {
  const { instance, old } = tenancy
  const { remaining } = instance
  if (remaining === null) return NONE
  const isDistinct = constraints.some(({ type }) => type === 'distinctInstance')
  const quantities = [
    { left: remaining.cpu, each: demand.cpu, freed: freed(old, 'cpu') },
    { left: remaining.memory, each: demand.memory, freed: freed(old, 'memory') },
    { left: remaining.gpus, each: demand.gpus, freed: freed(old, 'gpus') },
    { left: interfacesLeft, each: demand.interfaces, freed: freed(old, 'interfaces') },
  ]
  const holders = holdersOf(tenancy, demand)
  const hasPorts = demand.tcpPorts.length + demand.udpPorts.length > 0
  return [...old.keys(), old.length].map((stopped) => {
    const fits = quantities.map(({ left, each, freed: by }) =>
      each === 0 ? Infinity : Math.floor((left + (by[stopped] ?? 0)) / each),
    )
    if (hasPorts) fits.push(stopped >= holders ? 1 : 0)
    if (isDistinct) fits.push(stopped === old.length ? 1 : 0)
    return Math.max(0, Math.min(...fits))
  })
}

/** By number of old tasks that stop. */
function freed(old: readonly Demand[], of: 'cpu' | 'memory' | 'gpus' | 'interfaces'): readonly number[] {
  let sum = 0
  return [0, ...old.map((task) => task[of]).toSorted((a, b) => b - a)].map((amount) => {
    sum += amount
    return sum
  })
}

function takenPorts({ instance }: Tenancy, demand: Demand): { readonly tcp: number[]; readonly udp: number[] } {
  return {
    tcp: demand.tcpPorts.filter((port) => instance.remaining?.tcpPorts.includes(port)),
    udp: demand.udpPorts.filter((port) => instance.remaining?.udpPorts.includes(port)),
  }
}

/** Old tasks that have to stop until its ports are free; infinite where another task, or the host itself, has one. */
function holdersOf(tenancy: Tenancy, demand: Demand): number {
  const { tcp, udp } = takenPorts(tenancy, demand)
  const holds = (task: Demand) =>
    tcp.some((port) => task.tcpPorts.includes(port)) || udp.some((port) => task.udpPorts.includes(port))
  const holders = tenancy.old.filter(holds)
  const isFreed =
    tcp.every((port) => holders.some(({ tcpPorts }) => tcpPorts.includes(port))) &&
    udp.every((port) => holders.some(({ udpPorts }) => udpPorts.includes(port)))
  return isFreed ? holders.length : Infinity
}

/** What is used up first, with the old tasks in place. */
function tightest(tenancy: Tenancy, { demand, constraints }: Wanted, interfacesLeft: number): Obstacle | null {
  const { remaining } = tenancy.instance
  if (remaining === null) return null
  const { tcp, udp } = takenPorts(tenancy, demand)
  if (tcp.length + udp.length > 0) return { kind: 'ports', ports: [...tcp, ...udp], taken: true }
  const isDistinct = constraints.some(({ type }) => type === 'distinctInstance')
  if (isDistinct && tenancy.old.length > 0) return { kind: 'distinct' }
  const quantities = [
    { kind: 'cpu', left: remaining.cpu, wanted: demand.cpu },
    { kind: 'memory', left: remaining.memory, wanted: demand.memory },
    { kind: 'gpus', left: remaining.gpus, wanted: demand.gpus },
    { kind: 'interfaces', left: interfacesLeft, wanted: demand.interfaces },
  ] as const
  const [first] = quantities
    .filter(({ wanted }) => wanted > 0)
    .toSorted((one, other) => Math.floor(one.left / one.wanted) - Math.floor(other.left / other.wanted))
  const ports = [...demand.tcpPorts, ...demand.udpPorts]
  if (ports.length > 0 && (first === undefined || first.left >= first.wanted))
    return { kind: 'ports', ports, taken: false }
  return isDistinct && (first === undefined || first.left >= first.wanted) ? { kind: 'distinct' } : (first ?? null)
}
