/** Clusters, services and tasks can be named by name or by ARN; both are the same thing to ECS. */
import { type Item, textOf, valuesAt } from '../item.ts'
import { Refusal } from '../refusal.ts'
import type { World } from '../world.ts'

/** The part after the last slash: the name of a cluster or service, the id of a task. */
export function lastName(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1)
}

export function arnOf(world: World, resource: string): string {
  return `arn:${world.partition}:ecs:${world.region}:${world.accountId}:${resource}`
}

/**
 * The name of the cluster that a request means (`default` when it names none). Throws ClusterNotFoundException for one
 * that no recorded answer mentions, unless nothing recorded mentions any.
 */
export function clusterOf(params: Item, world: World): string {
  const name = lastName(textOf(params, 'cluster') ?? 'default')
  // Answers of a rollout are made anew at every look: no more of them than it takes.
  if (CLUSTER_SOURCES.some((source) => arnsIn(world, source).some((arn) => lastName(arn) === name))) return name
  const recorded = CLUSTER_SOURCES.some(([call]) => world.answers(call) !== null)
  if (recorded && !clusterArns(world).some((arn) => lastName(arn) === name)) {
    throw new Refusal('ClusterNotFoundException', 'Cluster not found.')
  }
  return name
}

/** Every cluster that the recorded answers mention, once. */
export function clusterArns(world: World): readonly string[] {
  const arns = CLUSTER_SOURCES.flatMap((source) => arnsIn(world, source))
  const failed = (world.answers('ecs/describe-services') ?? [])
    .flatMap((answer) => valuesAt(answer.content, 'failures.arn'))
    .flatMap((arn) => /:service\/([^/]+)\/[^/]+$/.exec(arn)?.[1] ?? [])
    .map((name) => arnOf(world, `cluster/${name}`))
  return [...new Set([...arns, ...failed])]
}

type Source = readonly [call: string, path: string]

function arnsIn(world: World, [call, path]: Source): readonly string[] {
  return (world.answers(call) ?? []).flatMap((answer) => valuesAt(answer.content, path))
}

const CLUSTER_SOURCES: readonly Source[] = [
  ['ecs/list-clusters', 'clusterArns'],
  ['ecs/describe-clusters', 'clusters.clusterArn'],
  ['ecs/describe-services', 'services.clusterArn'],
  ['ecs/describe-tasks', 'tasks.clusterArn'],
]

/** Is this thing in that cluster? Container instances carry the cluster in their ARN alone. */
export function inCluster(item: Item, cluster: string): boolean {
  const arn = textOf(item, 'clusterArn')
  if (arn !== null) return lastName(arn) === cluster
  return (textOf(item, 'containerInstanceArn') ?? '').includes(`/${cluster}/`)
}

/** The item without members that ECS shows only to who asks for them (`include`). */
export function withIncluded(
  item: Item,
  included: readonly string[],
  optional: Readonly<Record<string, string>>,
): Item {
  const hidden = Object.keys(optional).filter((member) => !included.includes(optional[member] ?? ''))
  return Object.fromEntries(Object.entries(item).filter(([member]) => !hidden.includes(member)))
}

/** Splits what was asked for into what is there and ECS's `failures` for the rest. */
export function found(
  requested: readonly string[],
  find: (name: string) => Item | undefined,
  arnIfMissing: (name: string) => string,
): { readonly items: readonly Item[]; readonly failures: readonly Item[] } {
  const items = requested.map(find).filter((item) => item !== undefined)
  const missing = requested.filter((name) => find(name) === undefined)
  const failures = missing.map((name) => ({
    arn: name.startsWith('arn:') ? name : arnIfMissing(name),
    reason: 'MISSING',
  }))
  return { items, failures }
}

/** Throws InvalidParameterException for an empty list or one that is too long. */
export function checkCount(requested: readonly string[], most: number, noun: string): void {
  if (requested.length === 0) throw new Refusal('InvalidParameterException', `${noun} cannot be empty.`)
  if (requested.length > most)
    throw new Refusal('InvalidParameterException', `${noun} cannot have more than ${most} elements.`)
}

export const ECS_PAGE = {
  size: 'maxResults',
  token: 'nextToken',
  usual: 100,
  most: 100,
  code: 'InvalidParameterException',
}
