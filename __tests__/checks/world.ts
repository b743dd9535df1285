/** Functions that change one fact of a healthy world, and judge it with the real engine and every network check. */

import { CHECKS } from '../../src/checks/index.ts'
import { type Answer, known, unread } from '../../src/domain/answer.ts'
import type { Check } from '../../src/domain/check.ts'
import type { FileSystemRecord } from '../../src/domain/configuration.ts'
import type { Facts, GatheredFacts } from '../../src/domain/facts.ts'
import type { Network, Route, Subnet } from '../../src/domain/network.ts'
import type { Path } from '../../src/domain/path.ts'
import type { Finding } from '../../src/domain/report.ts'
import type { Container, Service } from '../../src/domain/service.ts'
import { STEPS } from '../../src/domain/step.ts'
import { indexNetwork } from '../../src/network/network-index.ts'
import { judgePaths } from '../../src/network/reachability/judge.ts'
import { startupPolicy } from '../../src/network/reachability/startup-policy.ts'
import { startupNeeds } from '../../src/task-start/startup-needs.ts'
import { type Judged, judgeWith } from './judgement.ts'

import { acl, CONTAINER, REGION, rule, TASK_GROUP, table, type World } from './worlds.ts'

export * from './worlds.ts'

export function withNetwork(world: World, changes: Partial<Network>): World {
  return { ...world, network: { ...world.network, ...changes } }
}

export function withService(world: World, changes: Partial<Service>): World {
  return { ...world, service: { ...world.service, ...changes } }
}

/** One more subnet for the tasks, with a route table and an ACL of its own. */
export function withTaskSubnet(world: World, added: Subnet, routes: readonly Route[]): World {
  const end = added.id.slice(-4)
  const wider = add(
    add(add(world, 'subnets', added), 'routeTables', table(`rtb-0a1b2c3d4e5f6${end}`, [added.id], routes)),
    'networkAcls',
    acl(`acl-0a1b2c3d4e5f6${end}`, [added.id]),
  )
  const { awsvpc } = world.service
  if (awsvpc === null) throw new Error('the tasks have no subnets')
  return withService(wider, { awsvpc: { ...awsvpc, subnetIds: [...awsvpc.subnetIds, added.id] } })
}

/** The task's group lets everything out: what stops a path then is not the group. */
export function openEgress(world: World): World {
  return change(world, 'securityGroups', TASK_GROUP, { egress: [rule({ cidrs: ['0.0.0.0/0'] })] })
}

export function withContainer(world: World, changes: Partial<Container>): World {
  return { ...world, taskDefinition: { ...world.taskDefinition, containers: [{ ...CONTAINER, ...changes }] } }
}

type Listed = {
  [Name in keyof Network]-?: Network[Name] extends Answer<readonly (infer T extends { readonly id: string })[]>
    ? T
    : never
}
type ListName = { [Name in keyof Listed]: [Listed[Name]] extends [never] ? never : Name }[keyof Listed]

/** One thing of one list, changed. */
export function change<Name extends ListName>(
  world: World,
  name: Name,
  id: string,
  changes: Partial<Listed[Name]> | ((before: Listed[Name]) => Partial<Listed[Name]>),
): World {
  const all = listOf(world, name)
  if (!all.some((one) => one.id === id)) throw new Error(`no ${id} in ${name}`)
  const edited = all.map((one) =>
    one.id === id ? { ...one, ...(typeof changes === 'function' ? changes(one) : changes) } : one,
  )
  return withNetwork(world, { [name]: known(edited) })
}

export function without(world: World, name: ListName, id: string): World {
  const all = listOf(world, name)
  if (!all.some((one) => one.id === id)) throw new Error(`no ${id} in ${name}`)
  return withNetwork(world, { [name]: known(all.filter((one) => one.id !== id)) })
}

export function add<Name extends ListName>(world: World, name: Name, ...things: readonly Listed[Name][]): World {
  return withNetwork(world, { [name]: known([...listOf(world, name), ...things]) })
}

function listOf<Name extends ListName>({ network }: World, name: Name): readonly Listed[Name][] {
  const answer = network[name] as unknown as Answer<readonly Listed[Name][]>
  if (!answer.known) throw new Error(`${name} is not known`)
  return answer.value
}

export function pathsOf(
  { network, service, taskDefinition, compute }: World,
  fileSystems: readonly FileSystemRecord[] = [],
): readonly Path[] {
  const needs = startupNeeds(service, taskDefinition, compute, REGION)
  const policy = startupPolicy(taskDefinition, network, taskDefinition.executionRoleArn)
  return judgePaths(indexNetwork(network, fileSystems), needs, policy)
}

/** What these worlds hold. Roles, images and configuration are another sample's matter. */
type Held = 'network' | 'service' | 'taskDefinition' | 'compute' | 'tasks' | 'paths'

/** What reads each, as an unread fact names it. */
const PERMISSIONS: Readonly<Record<Held, string>> = {
  service: 'ecs:DescribeServices',
  taskDefinition: 'ecs:DescribeTaskDefinition',
  compute: 'ecs:DescribeContainerInstances',
  network: 'ec2:DescribeVpcs',
  paths: 'ec2:DescribeSubnets',
  tasks: 'ecs:ListTasks',
}
const NETWORK_CHECKS = CHECKS.filter(
  ({ step, needs }) =>
    STEPS.indexOf(step) <= STEPS.indexOf('endpoint-policies') && needs.every((name) => name in PERMISSIONS),
)

/** Every check over the real engine. `missing`: facts that could not be read. */
export function judge(world: World, ...missing: readonly Held[]): Judged {
  const held: Pick<Facts, Held> = { ...world, paths: pathsOf(world) }
  const gathered = Object.fromEntries(
    (Object.keys(PERMISSIONS) as Held[]).map((name) => [
      name,
      missing.includes(name) ? unread('denied', PERMISSIONS[name]) : known(held[name]),
    ]),
  )
  return judgeWith(NETWORK_CHECKS, gathered as unknown as GatheredFacts)
}

/** `check subject` of each finding, with the severity where it is no blocker. */
export function told(world: World): readonly string[] {
  return judge(world).findings.map(({ check, subject, severity }) =>
    severity === 'blocker' ? `${check} ${subject}` : `${check} ${subject} (${severity})`,
  )
}

/** The check's findings; an error where it has none. */
export function findingsOf(world: World, check: string): readonly [Finding, ...Finding[]] {
  const [first, ...rest] = judge(world).findings.filter((one) => one.check === check)
  if (first === undefined) throw new Error(`${check} found nothing`)
  return [first, ...rest]
}

/** One check over paths that were written by hand: for what the engine says seldom. */
export function onlyThis(check: Check, world: World, paths: readonly Path[]): readonly Finding[] {
  const { network, service, taskDefinition, compute } = world
  const facts = {
    network: known(network),
    service: known(service),
    taskDefinition: known(taskDefinition),
    compute: known(compute),
    paths: known(paths),
  }
  return judgeWith([check], facts as unknown as GatheredFacts).findings
}

/** Why the check could not tell: permission by permission. */
export function unknownOf(world: World, check: string, ...missing: readonly Held[]): readonly (string | null)[] {
  const { findings, unknowns } = judge(world, ...missing)
  if (findings.some((one) => one.check === check)) throw new Error(`${check} found something`)
  return unknowns.filter((one) => one.check === check).map(({ permission }) => permission)
}
