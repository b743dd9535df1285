/** Puts the answers about a network together as the facts that the analysis reads. */

import { type Answer, mapped } from '../../domain/answer.ts'
import { distinctBy } from '../../domain/collections.ts'
import type { Network } from '../../domain/network.ts'
import * as ec2 from '../calls/ec2.ts'
import { toEndpoint, toInterface } from './endpoints.ts'
import { toNetworkAcl, toSecurityGroup } from './filters.ts'
import { toInternetGateway, toNatGateway, toPeering, toVpnConnection, toVpnGateway } from './gateways.ts'
import { toHostedZones } from './hosted-zones.ts'
import { type LoadBalancerAnswers, toLoadBalancers } from './load-balancers.ts'
import { type PrefixListAnswers, toPrefixLists } from './prefix-lists.ts'
import { toRouteTable } from './routes.ts'
import { translate, translateSome } from './shape.ts'
import { type TransitAnswers, toTransit } from './transit.ts'
import { toBlockPublicAccess, toDhcpOptions, toSubnet, toVpc, toVpcAttribute } from './vpcs.ts'

type Raw = Answer<readonly unknown[]>

/** What AWS said, call by call. */
export interface NetworkAnswers {
  readonly vpcs: Raw
  /** By VPC id, the answers about each of the two attributes. */
  readonly vpcAttributes: Readonly<Record<string, { readonly support: Raw; readonly hostnames: Raw }>>
  readonly subnets: Raw
  readonly routeTables: Raw
  readonly networkAcls: Raw
  readonly securityGroups: Raw
  readonly endpoints: Raw
  readonly interfaces: Raw
  readonly natGateways: Raw
  readonly internetGateways: Raw
  readonly egressOnlyGateways: Raw
  readonly prefixLists: PrefixListAnswers
  readonly dhcpOptions: Raw
  readonly peerings: Raw
  readonly transit: TransitAnswers
  readonly vpnGateways: Raw
  readonly vpnConnections: Raw
  readonly blockPublicAccess: Raw
  /** By VPC id. */
  readonly hostedZones: Readonly<Record<string, Raw>>
  /** By zone id. */
  readonly zoneRecords: Readonly<Record<string, Raw>>
  readonly loadBalancers: LoadBalancerAnswers
}

export function toNetwork(region: string, accountId: string | null, answers: NetworkAnswers): Network {
  const vpcs = all(answers.vpcs, ec2.describeVpcs, toVpc)
  const connections = all(answers.vpnConnections, ec2.describeVpnConnections, toVpnConnection)
  return {
    region,
    accountId,
    vpcs,
    vpcDns: perKey(answers.vpcAttributes, ({ support, hostnames }) => ({
      support: toVpcAttribute(support, ec2.describeVpcAttribute.permission, 'EnableDnsSupport'),
      hostnames: toVpcAttribute(hostnames, ec2.describeVpcAttribute.permission, 'EnableDnsHostnames'),
    })),
    subnets: all(answers.subnets, ec2.describeSubnets, toSubnet),
    routeTables: all(answers.routeTables, ec2.describeRouteTables, toRouteTable),
    networkAcls: all(answers.networkAcls, ec2.describeNetworkAcls, toNetworkAcl),
    securityGroups: mapped(translateSome(answers.securityGroups, toSecurityGroup), byId),
    endpoints: all(answers.endpoints, ec2.describeVpcEndpoints, toEndpoint),
    interfaces: mapped(translateSome(answers.interfaces, toInterface), byId),
    natGateways: all(answers.natGateways, ec2.describeNatGateways, toNatGateway),
    internetGateways: all(answers.internetGateways, ec2.describeInternetGateways, toInternetGateway),
    egressOnlyGateways: all(answers.egressOnlyGateways, ec2.describeEgressOnlyInternetGateways, toInternetGateway),
    prefixLists: toPrefixLists(answers.prefixLists),
    dhcpOptions: all(answers.dhcpOptions, ec2.describeDhcpOptions, toDhcpOptions),
    peerings: all(answers.peerings, ec2.describeVpcPeeringConnections, toPeering),
    transit: toTransit(answers.transit, { vpcs, connections }),
    vpn: { gateways: all(answers.vpnGateways, ec2.describeVpnGateways, toVpnGateway), connections },
    blockPublicAccess: toBlockPublicAccess(
      answers.blockPublicAccess,
      ec2.describeVpcBlockPublicAccessOptions.permission,
    ),
    hostedZones: perKey(answers.hostedZones, (zones) => toHostedZones(zones, answers.zoneRecords)),
    loadBalancers: toLoadBalancers(answers.loadBalancers),
  }
}

function all<Fact extends { readonly id: string }>(
  answer: Raw,
  { permission }: { readonly permission: string },
  toFact: Parameters<typeof translate<Fact>>[2],
): Answer<readonly Fact[]> {
  return mapped(translate(answer, permission, toFact), byId)
}

function byId<Fact extends { readonly id: string }>(facts: readonly Fact[]): readonly Fact[] {
  return distinctBy(facts, ({ id }) => id)
}

function perKey<From, To>(
  record: Readonly<Record<string, From>>,
  to: (value: From) => To,
): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value)]))
}
