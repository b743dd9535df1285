/** Gathers a network for `trace`: from a folder all of it, live what a subnet, an interface or a VPC leads to. */
import type { Network } from '../../domain/network.ts'
import * as ec2 from '../calls/ec2.ts'
import * as elbv2 from '../calls/elbv2.ts'
import { getCallerIdentity } from '../calls/sts.ts'
import { at, fieldsOf, idOf, texts } from '../facts/shape.ts'
import type { Reader } from '../reader/reader.ts'
import { networkFacts } from './network-facts.ts'
import { createReading, type Reading, refuseWhenNothingWasRead } from './reading.ts'
import {
  NAME_ASSOCIATIONS,
  readFirewall,
  readNameAssociations,
  readNamed,
  readRegion,
  readTransitRoutes,
  readVpcDns,
  readVpcs,
  readZoneRecords,
  remoteVpcs,
} from './vpc-reads.ts'

export interface NetworkRequest {
  readonly subnetIds?: readonly string[]
  readonly vpcIds?: readonly string[]
  readonly interfaceIds?: readonly string[]
  /** Host names that matter: private hosted zones above them have their records read. */
  readonly hosts?: readonly string[]
}

/** How many VPCs away from the first a live trace looks. */
const VPCS_AWAY = 2

/** Parts that could not be read are `Answer`s without a value. Throws `UsageError` when nothing at all could be read. */
export async function gatherNetwork(reader: Reader, request: NetworkRequest = {}): Promise<Network> {
  const reading = createReading(reader)
  const identity = reader.read(getCallerIdentity)
  if (reader.source === 'folder') await readFolder(reading)
  else await readLive(reading, request)
  await Promise.all([readZoneRecords(reading, request.hosts ?? []), readFirewall(reading)])
  // The rules that a profile brought name lists of their own.
  await readFirewall(reading)
  const answer = await identity
  return networkFacts(reading, answer.known ? idOf(at(answer.value[0], 'Account')) : null)
}

const WHOLE = [
  ec2.describeVpcs,
  ec2.describeSubnets,
  ec2.describeRouteTables,
  ec2.describeNetworkAcls,
  ec2.describeSecurityGroups,
  ec2.describeSecurityGroupVpcAssociations,
  ec2.describeVpcEndpoints,
  ec2.describeNetworkInterfaces,
  ec2.describeInstances,
  ec2.describeNatGateways,
  ec2.describeInternetGateways,
  ec2.describeEgressOnlyInternetGateways,
  ec2.describePrefixLists,
  ec2.describeManagedPrefixLists,
  ec2.describeDhcpOptions,
  ec2.describeVpcPeeringConnections,
  ec2.describeTransitGateways,
  ec2.describeTransitGatewayVpcAttachments,
  ec2.describeTransitGatewayAttachments,
  ec2.describeTransitGatewayRouteTables,
  ec2.recordedStaticRoutes,
  ec2.recordedPropagations,
  ec2.describeVpnGateways,
  ec2.describeVpnConnections,
  ec2.describeVpcBlockPublicAccessOptions,
  ec2.describeVpcEncryptionControls,
] as const

const LOAD_BALANCING = [
  elbv2.describeLoadBalancers,
  elbv2.describeListeners,
  elbv2.describeTargetGroups,
  elbv2.recordedTargetHealth,
  elbv2.describeLoadBalancerAttributes,
] as const

async function readFolder(reading: Reading): Promise<void> {
  const { askAll, askEach, items } = reading
  await Promise.all([...WHOLE, ...LOAD_BALANCING, ...NAME_ASSOCIATIONS].map(askAll))
  const vpcIds = texts([...items(ec2.describeVpcs), ...items(ec2.describeSubnets)].map((one) => one['VpcId']))
  const lists = [...items(ec2.describePrefixLists), ...items(ec2.describeManagedPrefixLists)]
  await Promise.all([
    readVpcDns(reading, vpcIds),
    readTransitRoutes(reading),
    askEach(ec2.getManagedPrefixListEntries, 'id', fieldsOf(lists, 'PrefixListId')),
    readNamed(reading, []),
  ])
}

async function readLive(reading: Reading, request: NetworkRequest): Promise<void> {
  const { ask, items, reader } = reading
  await Promise.all([
    readRegion(reading),
    readNameAssociations(reading),
    ask(ec2.describeSubnets, 'id', request.subnetIds ?? []),
    ask(ec2.describeNetworkInterfaces, 'id', request.interfaceIds ?? []),
  ])
  refuseWhenNothingWasRead(reader)
  const first = [...items(ec2.describeSubnets), ...items(ec2.describeNetworkInterfaces)].map((one) => one['VpcId'])
  let vpcIds = [...new Set([...(request.vpcIds ?? []), ...texts(first)])]
  for (let away = 0; away <= VPCS_AWAY && vpcIds.length > 0; away += 1) {
    await Promise.all([readVpcs(reading, vpcIds), ask(ec2.describeNetworkInterfaces, 'vpc', vpcIds)])
    await readNamed(reading, [])
    await readTransitRoutes(reading)
    vpcIds = [...remoteVpcs(reading)]
  }
}
