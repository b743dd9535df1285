/** The reads of a network: what a VPC holds, then what its routes, rules and endpoints name. */

import { listed } from '../../domain/answer.ts'
import type { Call } from '../calls/call.ts'
import * as ec2 from '../calls/ec2.ts'
import { listHostedZonesByVpc, listResourceRecordSets } from '../calls/route53.ts'
import { listProfileAssociations, listProfileResourceAssociations } from '../calls/route53profiles.ts'
import * as resolver from '../calls/route53resolver.ts'
import { lastPart } from '../facts/service.ts'
import { at, fieldsOf, idOf, type Loose, listAt, texts } from '../facts/shape.ts'
import type { Reading } from './reading.ts'

const BY_VPC = [
  ec2.describeSubnets,
  ec2.describeRouteTables,
  ec2.describeNetworkAcls,
  ec2.describeSecurityGroups,
  ec2.describeVpcEndpoints,
  ec2.describeNatGateways,
  ec2.describeInternetGateways,
] as const

export const DNS_SUPPORT = { attribute: ['enableDnsSupport'] } as const
export const DNS_HOSTNAMES = { attribute: ['enableDnsHostnames'] } as const

/** What may answer names in place of the Amazon DNS, for all VPCs of the Region. */
export const NAME_ASSOCIATIONS = [
  resolver.listResolverRules,
  resolver.listResolverRuleAssociations,
  resolver.listFirewallRuleGroupAssociations,
  listProfileAssociations,
] as const

/** The account-wide part: nothing has to be known to ask for it. */
export async function readRegion({ ask, askAll, reader }: Reading): Promise<void> {
  const s3 = [`com.amazonaws.${reader.region}.s3`, `com.amazonaws.${reader.region}.ipv6.s3`]
  await Promise.all([
    askAll(ec2.describeVpcBlockPublicAccessOptions),
    askAll(ec2.describeVpcEncryptionControls),
    askAll(ec2.describeDhcpOptions),
    ask(ec2.describePrefixLists, 'name', s3),
    ask(ec2.describeManagedPrefixLists, 'name', s3),
  ])
}

/** Of every VPC of the Region. Their client is loaded while a round is out, so that the first one does not wait for it. */
export async function readNameAssociations({ askAll }: Reading): Promise<void> {
  await Promise.all(NAME_ASSOCIATIONS.map(askAll))
}

/** Everything that is found by the VPC's id. */
export async function readVpcs(reading: Reading, vpcIds: readonly string[]): Promise<void> {
  const { ask } = reading
  await Promise.all([
    ask(ec2.describeVpcs, 'id', vpcIds),
    ...BY_VPC.map((call) => ask(call, 'vpc', vpcIds)),
    readVpcDns(reading, vpcIds),
  ])
}

export async function readVpcDns({ askEach, items, reader }: Reading, vpcIds: readonly string[]): Promise<void> {
  const associated = (call: Call<unknown>, vpc: string, id: string) =>
    texts(items(call).flatMap((one) => (vpcIds.includes(String(one[vpc])) ? one[id] : [])))
  const groups = associated(resolver.listFirewallRuleGroupAssociations, 'VpcId', 'FirewallRuleGroupId')
  const profiles = associated(listProfileAssociations, 'ResourceId', 'ProfileId')
  await Promise.all([
    askEach(resolver.listFirewallRules, 'id', groups),
    askEach(listProfileResourceAssociations, 'id', profiles),
    askEach(ec2.describeVpcAttribute, 'vpc', vpcIds, DNS_SUPPORT),
    askEach(ec2.describeVpcAttribute, 'vpc', vpcIds, DNS_HOSTNAMES),
    askEach(listHostedZonesByVpc, 'vpc', vpcIds, { region: [reader.region] }),
  ])
}

/** The interfaces of every endpoint of a VPC at once: by id they would take a round more. */
export async function readEndpointInterfaces({ ask }: Reading, vpcIds: readonly string[]): Promise<void> {
  await ask(ec2.describeNetworkInterfaces, 'vpc', vpcIds, { type: ['vpc_endpoint'] })
}

/** What is named by what was read: endpoint interfaces, DHCP options, prefix lists, gateways of other kinds, groups of other VPCs. */
export async function readNamed(reading: Reading, groupIds: readonly string[]): Promise<void> {
  const { ask, answer, items } = reading
  const endpoints = items(ec2.describeVpcEndpoints)
  const groups = [...groupIds, ...endpoints.flatMap((one) => fieldsOf(one['Groups'], 'GroupId'))]
  const elsewhere = without(groups, items(ec2.describeSecurityGroups), 'GroupId')
  const reads: Promise<void>[] = [
    ask(ec2.describeSecurityGroups, 'id', elsewhere),
    // Not of the VPCs that were read: gone, or of another one.
    ask(
      ec2.describeSecurityGroupVpcAssociations,
      'id',
      elsewhere.filter((id) => groupIds.includes(id)),
    ),
    readPrefixLists(reading),
  ]
  if (answer(ec2.describeVpcs).known) {
    // `default` means that the VPC has no option set (EC2 API, AssociateDhcpOptions).
    const ids = fieldsOf(items(ec2.describeVpcs), 'DhcpOptionsId').filter((id) => id !== 'default')
    const seen = items(ec2.describeDhcpOptions)
    reads.push(ask(ec2.describeDhcpOptions, 'id', without(ids, seen, 'DhcpOptionsId')))
  }
  if (answer(ec2.describeVpcEndpoints).known) {
    const ids = endpoints.flatMap((one) => texts(one['NetworkInterfaceIds']))
    const seen = items(ec2.describeNetworkInterfaces)
    reads.push(ask(ec2.describeNetworkInterfaces, 'id', without(ids, seen, 'NetworkInterfaceId')))
  }
  if (answer(ec2.describeRouteTables).known) reads.push(readRouteTargets(reading))
  await Promise.all(reads)
}

async function readRouteTargets({ ask, items }: Reading): Promise<void> {
  const routes = items(ec2.describeRouteTables).flatMap((table) => listAt(table, 'Routes'))
  const named = (key: string): readonly string[] => [...new Set(texts(routes.map((route) => route[key])))]
  const gateways = named('GatewayId')
  const withPrefix = (prefix: string) => gateways.filter((id) => id.startsWith(prefix))
  const transit = named('TransitGatewayId')
  const vpn = withPrefix('vgw-')
  const interfaces = without(named('NetworkInterfaceId'), items(ec2.describeNetworkInterfaces), 'NetworkInterfaceId')
  await Promise.all([
    ask(
      ec2.describeInternetGateways,
      'id',
      without(withPrefix('igw-'), items(ec2.describeInternetGateways), 'InternetGatewayId'),
    ),
    ask(ec2.describeVpcEndpoints, 'id', without(withPrefix('vpce-'), items(ec2.describeVpcEndpoints), 'VpcEndpointId')),
    ask(ec2.describeNatGateways, 'id', without(named('NatGatewayId'), items(ec2.describeNatGateways), 'NatGatewayId')),
    ask(ec2.describeEgressOnlyInternetGateways, 'id', named('EgressOnlyInternetGatewayId')),
    ask(ec2.describeNetworkInterfaces, 'id', interfaces),
    ask(ec2.describeInstances, 'id', named('InstanceId')),
    ask(ec2.describeVpcPeeringConnections, 'id', named('VpcPeeringConnectionId')),
    ask(ec2.describeVpnGateways, 'id', vpn),
    ask(ec2.describeVpnConnections, 'vpnGateway', vpn),
    ask(ec2.describeVpnConnections, 'transitGateway', transit),
    ask(ec2.describeTransitGateways, 'id', transit),
    ask(ec2.describeTransitGatewayVpcAttachments, 'transitGateway', transit),
    ask(ec2.describeTransitGatewayAttachments, 'transitGateway', transit),
    ask(ec2.describeTransitGatewayRouteTables, 'transitGateway', transit),
  ])
}

/** Lists that routes or rules name and whose addresses did not come with their description; one of two calls suffices. */
async function readPrefixLists({ ask, askEach, items }: Reading): Promise<void> {
  const described = items(ec2.describePrefixLists)
  const complete = new Set(described.filter((one) => Array.isArray(one['Cidrs'])).map((one) => one['PrefixListId']))
  const routes = items(ec2.describeRouteTables).flatMap((table) => listAt(table, 'Routes'))
  const groups = items(ec2.describeSecurityGroups)
  const rules = groups.flatMap((group) => [...listAt(group, 'IpPermissions'), ...listAt(group, 'IpPermissionsEgress')])
  const named = [
    ...fieldsOf(items(ec2.describeManagedPrefixLists), 'PrefixListId'),
    ...fieldsOf(routes, 'DestinationPrefixListId'),
    ...rules.flatMap((rule) => fieldsOf(rule['PrefixListIds'], 'PrefixListId')),
  ]
  const wanted = [...new Set(named)].filter((id) => !complete.has(id))
  await Promise.all([
    ask(ec2.describePrefixLists, 'id', wanted),
    askEach(ec2.getManagedPrefixListEntries, 'id', wanted),
  ])
}

/** The routes of every transit gateway route table that was described. */
export async function readTransitRoutes({ askEach, items }: Reading): Promise<void> {
  const tables = fieldsOf(items(ec2.describeTransitGatewayRouteTables), 'TransitGatewayRouteTableId')
  await askEach(ec2.searchTransitGatewayRoutes, 'id', tables)
}

/** Domain lists of the rules that were read, and the rule groups that a profile brings. */
export async function readFirewall({ askEach, answers }: Reading): Promise<void> {
  const rules = Object.values(answers(resolver.listFirewallRules)).flatMap(listed)
  const groups = broughtByProfiles(answers, 'firewall-rule-group')
  await Promise.all([
    askEach(resolver.listFirewallDomains, 'id', fieldsOf(rules, 'FirewallDomainListId')),
    askEach(resolver.listFirewallRules, 'id', groups),
  ])
}

function broughtByProfiles(answers: Reading['answers'], kind: string): readonly string[] {
  const arns = fieldsOf(Object.values(answers(listProfileResourceAssociations)).flatMap(listed), 'ResourceArn')
  return arns.filter((arn) => arn.includes(`:${kind}/`)).map(lastPart)
}

/** Records of private zones of our own whose names may hide a host that a start-up asks for. */
export async function readZoneRecords({ askEach, answers, reader }: Reading, hosts: readonly string[]): Promise<void> {
  const zones = Object.values(answers(listHostedZonesByVpc, { region: [reader.region] }))
    .flatMap(listed)
    .filter((zone) => idOf(at(zone, 'Owner', 'OwningAccount')) !== null && mayHide(String(at(zone, 'Name')), hosts))
  const own = texts(zones.map((zone) => at(zone, 'HostedZoneId')))
  await askEach(listResourceRecordSets, 'id', [...own, ...broughtByProfiles(answers, 'hostedzone')])
}

const AWS_DOMAINS = ['amazonaws.com', 'amazonaws.com.cn', 'api.aws', 'on.aws']

/** A zone hides names at and under its own; those of AWS always matter, others when a host lies under them. */
function mayHide(zoneName: string, hosts: readonly string[]): boolean {
  const zone = zoneName.toLowerCase().replace(/\.$/, '')
  const within = (name: string, domain: string) => name === domain || name.endsWith(`.${domain}`)
  return AWS_DOMAINS.some((domain) => within(zone, domain)) || hosts.some((host) => within(host, zone))
}

/** VPCs at the other end of a peering or a transit gateway, as far as they were not read. */
export function remoteVpcs({ items }: Reading): readonly string[] {
  const peerings = items(ec2.describeVpcPeeringConnections)
  const ids = [
    ...peerings.flatMap((one) => [at(one, 'RequesterVpcInfo', 'VpcId'), at(one, 'AccepterVpcInfo', 'VpcId')]),
    ...items(ec2.describeTransitGatewayVpcAttachments).map((one) => one['VpcId']),
  ]
  return without([...new Set(texts(ids))], items(ec2.describeVpcs), 'VpcId')
}

function without(ids: readonly string[], seen: readonly Loose[], key: string): readonly string[] {
  const known = new Set(seen.map((one) => one[key]))
  return [...new Set(ids)].filter((id) => !known.has(id))
}
