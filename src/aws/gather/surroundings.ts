/** The last three rounds of a preflight: container instances, the VPCs of tasks and instances, and what those name. */
import { type Answer, known, unread } from '../../domain/answer.ts'
import type { Compute, Service } from '../../domain/service.ts'
import * as ec2 from '../calls/ec2.ts'
import * as ecs from '../calls/ecs.ts'
import { toContainerInstance } from '../facts/compute.ts'
import { at, isLoose, listAt, mapped, text, texts, translate } from '../facts/shape.ts'
import type { Reading } from './reading.ts'
import {
  readEndpointInterfaces,
  readNamed,
  readTransitRoutes,
  readVpcs,
  readZoneRecords,
  remoteVpcs,
} from './vpc-reads.ts'

/** A transit gateway may join hundreds of VPCs; a preflight looks into so many of them. */
const REMOTE_VPCS = 10

/** What the first two rounds found out. */
export interface Start {
  readonly found: Service | null
  readonly providers: Compute['capacityProviders']
  readonly instanceArns: Answer<readonly string[]> | null
  /** Capacity providers that place the tasks, where a strategy does; empty for a launch type. */
  readonly placedBy: readonly string[]
  readonly hosts: readonly string[]
  /** Called once, as soon as the instances are known: others wait for them. */
  readonly tellInstances: (instances: Compute['instances']) => void
}

/** Rounds three to five: container instances, the VPCs, and what these name. Returns the instances. */
export async function readSurroundings(reading: Reading, start: Start): Promise<Compute['instances']> {
  const { ask, reader } = reading
  const { found, instanceArns, placedBy } = start
  if (found === null) {
    const unasked = unread('unasked', ecs.describeContainerInstances.permission)
    start.tellInstances(unasked)
    return unasked
  }
  const provided = start.providers.known ? start.providers.value : []
  const [described] = await Promise.all([
    instanceArns?.known
      ? reader.read(ecs.describeContainerInstances, { cluster: [found.clusterArn], id: instanceArns.value })
      : instanceArns,
    ask(
      ec2.describeSubnets,
      'id',
      provided.flatMap(({ subnetIds }) => subnetIds),
    ),
    readVpcs(reading, vpcsSeen(reading)),
  ])

  const hosting = ofProviders(described, placedBy)
  const groupIds = [...(found.awsvpc?.securityGroupIds ?? []), ...provided.flatMap((one) => one.securityGroupIds)]
  const instanceIds = hosting?.known ? texts(hosting.value.map((one) => at(one, 'ec2InstanceId'))) : []
  const [reservations] = await Promise.all([
    reader.read(ec2.describeInstances, { id: instanceIds }),
    readVpcs(reading, [...vpcsSeen(reading), ...(hosting?.known ? hosting.value.flatMap(vpcAttribute) : [])]),
    readNamed(reading, groupIds),
    readZoneRecords(reading, start.hosts),
  ])

  const instances = toInstances(hosting, reservations)
  start.tellInstances(instances)
  const hostGroups = instances.known ? instances.value.flatMap((one) => one.groupIds) : []
  const seen = new Set(texts(reading.items(ec2.describeVpcs).map((vpc) => vpc['VpcId'])))
  const late = reservations.known ? vpcsOfInstances(reservations.value).filter((id) => !seen.has(id)) : []
  const remote = remoteVpcs(reading).slice(0, REMOTE_VPCS)
  await Promise.all([
    readNamed(reading, [...groupIds, ...hostGroups]),
    readTransitRoutes(reading),
    readZoneRecords(reading, start.hosts),
    readLate(reading, [...late, ...remote]),
  ])
  // A round more only where a transit gateway came to light late: that of container instances.
  await Promise.all([
    readTransitRoutes(reading),
    readLate(reading, remoteVpcs(reading).slice(0, REMOTE_VPCS - remote.length)),
  ])
  return instances
}

/** A VPC with the interfaces of its endpoints, which there is no round left to ask for by id. */
async function readLate(reading: Reading, vpcIds: readonly string[]): Promise<void> {
  if (vpcIds.length > 0) await Promise.all([readVpcs(reading, vpcIds), readEndpointInterfaces(reading, vpcIds)])
}

function vpcsSeen({ items }: Reading): readonly string[] {
  return [...new Set(texts(items(ec2.describeSubnets).map((subnet) => subnet['VpcId'])))]
}

/** A container instance tells its VPC, so that it need not wait for DescribeInstances (ECS Developer Guide, instance attributes). */
function vpcAttribute(instance: unknown): readonly string[] {
  return texts(
    listAt(instance, 'attributes')
      .filter((one) => one['name'] === 'ecs.vpc-id')
      .map((one) => one['value']),
  )
}

function vpcsOfInstances(reservations: readonly unknown[]): readonly string[] {
  return texts(reservations.flatMap((one) => listAt(one, 'Instances').map((instance) => instance['VpcId'])))
}

/** A strategy places tasks on its own providers' instances only; the launch type EC2 on any of the cluster. */
function ofProviders(
  described: Answer<readonly unknown[]> | null,
  providers: readonly string[],
): Answer<readonly unknown[]> | null {
  if (described === null || providers.length === 0) return described
  return mapped(described, (all) =>
    all.filter((one) => providers.includes(text(at(one, 'capacityProviderName')) ?? '')),
  )
}

function toInstances(
  hosting: Answer<readonly unknown[]> | null,
  reservations: Answer<readonly unknown[]>,
): Compute['instances'] {
  if (hosting === null) return known([])
  if (!reservations.known) return reservations
  const records = reservations.value.filter(isLoose)
  return translate(hosting, ecs.describeContainerInstances.permission, (one) => toContainerInstance(one, records))
}
