/** Rounds three to five of a preflight: container instances, the VPCs of tasks and instances, and what those name. */
import { type Answer, known, listed, mapped } from '../../../domain/answer.ts'
import type { CapacityProvider, Compute, Service } from '../../../domain/service.ts'
import type { Organization } from '../../../iam/policy/organization.ts'
import * as ec2 from '../../calls/ec2.ts'
import * as ecs from '../../calls/ecs.ts'
import { toContainerInstance } from '../../facts/compute.ts'
import { at, fieldsOf, isLoose, listAt, type RawAnswer, text, texts, translate } from '../../facts/shape.ts'
import type { Reading } from '../reading.ts'
import {
  readEndpointInterfaces,
  readFirewall,
  readNamed,
  readTransitRoutes,
  readVpcs,
  readZoneRecords,
  remoteVpcs,
} from '../vpc-reads.ts'
import { readAutoScalingGroups } from './capacity.ts'
import { readOrganization } from './organization.ts'

/** A transit gateway may join hundreds of VPCs; a preflight looks into so many of them. */
const REMOTE_VPCS = 10

/** What the first two rounds found out. */
export interface Start {
  readonly service: Service
  readonly providers: Compute['capacityProviders']
  /** Null where no instance runs a task of the service. */
  readonly instanceArns: Answer<readonly string[]> | null
  /** Capacity providers that place the tasks, where a strategy does; empty for a launch type. */
  readonly placedBy: readonly string[]
  readonly hosts: readonly string[]
}

export interface NetworkRounds {
  /** DescribeContainerInstances of those that may run a task of the service; null where none may. */
  readonly hosting: Promise<RawAnswer | null>
  /** The organization of the account, where an endpoint policy asks for it. */
  readonly organization: Promise<Organization>
  /** Known a round before the rest: the roles of the instances need not wait for the network. */
  readonly instances: Promise<Compute['instances']>
  readonly finished: Promise<void>
}

/** Starts rounds three to five; what they read of the network stays in `reading`. */
export function startNetworkRounds(reading: Reading, start: Start): NetworkRounds {
  const third = roundThree(reading, start)
  const hosts = third.then((found) => roundFour(reading, start, found))
  const readOwn = () => readOrganization(reading.reader, 'resource', endpointPolicies(reading))
  const rounds = {
    hosting: third.then(({ hosting }) => hosting),
    organization: Promise.all([third.then(readOwn), hosts.then(readOwn)]).then(([own, ofHosts]) => own ?? ofHosts),
    instances: hosts.then(({ instances }) => instances),
    finished: hosts.then((found) => roundFive(reading, start, found)),
  }
  // Not every service waits for each of them; a cancellation that nobody waits for would end the process.
  for (const round of Object.values(rounds)) round.catch(() => {})
  return rounds
}

interface Records {
  readonly hosting: RawAnswer | null
  /** Of the Auto Scaling groups, where the next instance starts. */
  readonly subnetIds: readonly string[]
}

/** The VPCs of the tasks, and the records of the container instances that may host them, and of what starts more. */
async function roundThree(reading: Reading, start: Start): Promise<Records> {
  const { service, instanceArns, placedBy } = start
  const subnetIds = providersOf(start).flatMap((provider) => provider.subnetIds)
  const [described, groups] = await Promise.all([
    instanceArns?.known
      ? reading.reader.read(ecs.describeContainerInstances, { cluster: [service.clusterArn], id: instanceArns.value })
      : instanceArns,
    readAutoScalingGroups(reading.reader, start.providers),
    reading.ask(ec2.describeSubnets, 'id', subnetIds),
    readVpcs(reading, vpcsSeen(reading)),
    readEndpointInterfaces(reading, vpcsSeen(reading)),
  ])
  return { hosting: ofProviders(described, placedBy), subnetIds: listed(groups).flatMap((one) => one.subnetIds) }
}

interface Hosts {
  readonly instances: Compute['instances']
  readonly vpcIds: readonly string[]
}

/** The instances themselves, and what the VPCs of the tasks name. */
async function roundFour(reading: Reading, start: Start, { hosting, subnetIds }: Records): Promise<Hosts> {
  const records = hosting === null ? [] : listed(hosting)
  const instanceIds = texts(records.map((one) => at(one, 'ec2InstanceId')))
  const [reservations] = await Promise.all([
    reading.reader.read(ec2.describeInstances, { id: instanceIds }),
    reading.ask(ec2.describeSubnets, 'id', subnetIds),
    readVpcs(reading, [...vpcsSeen(reading), ...records.flatMap(vpcAttribute)]),
    readNamed(reading, groupsOf(start)),
    readZoneRecords(reading, start.hosts),
    readFirewall(reading),
  ])
  return {
    instances: toInstances(hosting, reservations),
    vpcIds: [...(reservations.known ? vpcsOfInstances(reservations.value) : []), ...vpcsSeen(reading)],
  }
}

/** What the VPCs of the instances name, and the VPCs at the other end of peerings and transit gateways. */
async function roundFive(reading: Reading, start: Start, { instances, vpcIds }: Hosts): Promise<void> {
  const hostGroups = instances.known ? instances.value.flatMap((one) => one.securityGroupIds) : []
  const seen = new Set(fieldsOf(reading.items(ec2.describeVpcs), 'VpcId'))
  const late = vpcIds.filter((id) => !seen.has(id))
  const remote = remoteVpcs(reading).slice(0, REMOTE_VPCS)
  await Promise.all([
    readNamed(reading, [...groupsOf(start), ...hostGroups]),
    readTransitRoutes(reading),
    readZoneRecords(reading, start.hosts),
    readFirewall(reading),
    readLate(reading, [...late, ...remote]),
  ])
  // A round more only where a transit gateway came to light late: that of container instances.
  await Promise.all([
    readTransitRoutes(reading),
    readLate(reading, remoteVpcs(reading).slice(0, REMOTE_VPCS - remote.length)),
  ])
}

function providersOf({ providers }: Start): readonly CapacityProvider[] {
  return listed(providers)
}

function groupsOf(start: Start): readonly string[] {
  const own = start.service.awsvpc?.securityGroupIds ?? []
  return [...own, ...providersOf(start).flatMap((provider) => provider.securityGroupIds)]
}

/** A VPC with the interfaces of its endpoints, which there is no round left to ask for by id. */
async function readLate(reading: Reading, vpcIds: readonly string[]): Promise<void> {
  if (vpcIds.length > 0) await Promise.all([readVpcs(reading, vpcIds), readEndpointInterfaces(reading, vpcIds)])
}

/** Of the VPCs that were read so far: an instance may show another one, a round later. */
function endpointPolicies({ items }: Reading): readonly string[] {
  return fieldsOf(items(ec2.describeVpcEndpoints), 'PolicyDocument')
}

function vpcsSeen({ items }: Reading): readonly string[] {
  return [...new Set(fieldsOf(items(ec2.describeSubnets), 'VpcId'))]
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

/**
 * A strategy places tasks on its own providers' instances only; the launch type EC2 on any of the cluster, but for machines outside
 * AWS (ECS Anywhere), which the launch type EXTERNAL takes.
 */
function ofProviders(described: RawAnswer | null, providers: readonly string[]): RawAnswer | null {
  if (described === null) return null
  return mapped(described, (all) =>
    all.filter((one) => {
      const isExternal = listAt(one, 'attributes').some(({ name }) => name === 'ecs.capability.external')
      const provider = text(at(one, 'capacityProviderName')) ?? ''
      return !isExternal && (providers.length === 0 || providers.includes(provider))
    }),
  )
}

function toInstances(hosting: RawAnswer | null, reservations: RawAnswer): Compute['instances'] {
  if (hosting === null) return known([])
  if (!reservations.known) return reservations
  const records = reservations.value.filter(isLoose)
  return translate(hosting, ecs.describeContainerInstances.permission, (one) => toContainerInstance(one, records))
}
