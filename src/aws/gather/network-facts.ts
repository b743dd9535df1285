/** Puts what was read of a network together as the facts that the analysis reads. */

import { type Answer, mapped } from '../../domain/answer.ts'
import { distinctBy } from '../../domain/collections.ts'
import type { Network } from '../../domain/network.ts'
import type { Call } from '../calls/call.ts'
import * as ec2 from '../calls/ec2.ts'
import * as elbv2 from '../calls/elbv2.ts'
import { listHostedZonesByVpc, listResourceRecordSets } from '../calls/route53.ts'
import * as profiles from '../calls/route53profiles.ts'
import * as resolver from '../calls/route53resolver.ts'
import { toEndpoint, toInstance, toInterface } from '../facts/endpoints.ts'
import { toGroupAssociation, toNetworkAcl, toSecurityGroup } from '../facts/filters.ts'
import { toInternetGateway, toNatGateway, toPeering, toVpnConnection, toVpnGateway } from '../facts/gateways.ts'
import { toHostedZones } from '../facts/hosted-zones.ts'
import { toLoadBalancers } from '../facts/load-balancers.ts'
import { toPrefixLists } from '../facts/prefix-lists.ts'
import { profileZones, type ResolverAnswers, toResolver } from '../facts/resolver.ts'
import { toRouteTable } from '../facts/routes.ts'
import { listAt, type RawAnswer, translate, translateSome } from '../facts/shape.ts'
import { toTransit } from '../facts/transit.ts'
import {
  toBlockPublicAccess,
  toDhcpOptions,
  toEncryptionControl,
  toSubnet,
  toVpc,
  toVpcAttribute,
} from '../facts/vpcs.ts'
import type { Reading } from './reading.ts'
import { DNS_HOSTNAMES, DNS_SUPPORT } from './vpc-reads.ts'

export function networkFacts({ answer, answers, reader }: Reading, accountId: string | null): Network {
  const all = <Fact extends { readonly id: string }>(
    call: Call<unknown>,
    toFact: Parameters<typeof translate<Fact>>[2],
  ): Answer<readonly Fact[]> => mapped(translate(answer(call), call.permission, toFact), byId)
  const vpcs = all(ec2.describeVpcs, toVpc)
  const connections = all(ec2.describeVpnConnections, toVpnConnection)
  const supports = answers(ec2.describeVpcAttribute, DNS_SUPPORT)
  const hostnames = answers(ec2.describeVpcAttribute, DNS_HOSTNAMES)
  const records = answers(listResourceRecordSets)
  const resolving: ResolverAnswers = {
    rules: answer(resolver.listResolverRules),
    ruleAssociations: answer(resolver.listResolverRuleAssociations),
    groupAssociations: answer(resolver.listFirewallRuleGroupAssociations),
    firewallRules: answers(resolver.listFirewallRules),
    domains: answers(resolver.listFirewallDomains),
    profileAssociations: answer(profiles.listProfileAssociations),
    profileResources: answers(profiles.listProfileResourceAssociations),
    records,
  }
  return {
    region: reader.region,
    accountId,
    vpcs,
    vpcDns: perKey(supports, (support, vpcId) => ({
      support: toVpcAttribute(support, ec2.describeVpcAttribute.permission, 'EnableDnsSupport'),
      hostnames: toVpcAttribute(
        hostnames[vpcId] as RawAnswer,
        ec2.describeVpcAttribute.permission,
        'EnableDnsHostnames',
      ),
    })),
    subnets: all(ec2.describeSubnets, toSubnet),
    routeTables: all(ec2.describeRouteTables, toRouteTable),
    networkAcls: all(ec2.describeNetworkAcls, toNetworkAcl),
    groupAssociations: translate(
      answer(ec2.describeSecurityGroupVpcAssociations),
      ec2.describeSecurityGroupVpcAssociations.permission,
      toGroupAssociation,
    ),
    ...toSecurityGroups(answer(ec2.describeSecurityGroups)),
    endpoints: all(ec2.describeVpcEndpoints, toEndpoint),
    interfaces: mapped(translateSome(answer(ec2.describeNetworkInterfaces), toInterface), byId),
    instances: mapped(answer(ec2.describeInstances), (reservations) =>
      reservations.flatMap((one) => listAt(one, 'Instances').flatMap((instance) => toInstance(instance) ?? [])),
    ),
    natGateways: all(ec2.describeNatGateways, toNatGateway),
    internetGateways: all(ec2.describeInternetGateways, toInternetGateway),
    egressOnlyGateways: all(ec2.describeEgressOnlyInternetGateways, toInternetGateway),
    prefixLists: toPrefixLists({
      described: answer(ec2.describePrefixLists),
      managed: answer(ec2.describeManagedPrefixLists),
      entries: answers(ec2.getManagedPrefixListEntries),
    }),
    dhcpOptions: all(ec2.describeDhcpOptions, toDhcpOptions),
    peerings: all(ec2.describeVpcPeeringConnections, toPeering),
    transit: toTransit(
      {
        gateways: answer(ec2.describeTransitGateways),
        vpcAttachments: answer(ec2.describeTransitGatewayVpcAttachments),
        attachments: answer(ec2.describeTransitGatewayAttachments),
        routeTables: answer(ec2.describeTransitGatewayRouteTables),
        searched: answers(ec2.searchTransitGatewayRoutes),
        staticRoutes: answer(ec2.recordedStaticRoutes),
        propagations: answer(ec2.recordedPropagations),
      },
      { vpcs, connections },
    ),
    vpn: { gateways: all(ec2.describeVpnGateways, toVpnGateway), connections },
    blockPublicAccess: toBlockPublicAccess(
      answer(ec2.describeVpcBlockPublicAccessOptions),
      ec2.describeVpcBlockPublicAccessOptions.permission,
    ),
    encryptionControls: translateSome(answer(ec2.describeVpcEncryptionControls), toEncryptionControl),
    hostedZones: perKey(answers(listHostedZonesByVpc, { region: [reader.region] }), (zones, vpcId) =>
      mapped(toHostedZones(zones, records), (own) => [...own, ...profileZones(resolving, vpcId)]),
    ),
    resolver: toResolver(resolving),
    loadBalancers: toLoadBalancers({
      loadBalancers: answer(elbv2.describeLoadBalancers),
      listeners: answer(elbv2.describeListeners),
      targetGroups: answer(elbv2.describeTargetGroups),
      health: answer(elbv2.recordedTargetHealth),
      attributes: answer(elbv2.describeLoadBalancerAttributes),
    }),
  }
}

function toSecurityGroups(described: RawAnswer): Pick<Network, 'securityGroups' | 'hasUnreadGroups'> {
  const groups = translateSome(described, toSecurityGroup)
  const isPart = described.known && groups.known && groups.value.length < described.value.length
  return { securityGroups: mapped(groups, byId), ...(isPart ? { hasUnreadGroups: true } : {}) }
}

function byId<Fact extends { readonly id: string }>(facts: readonly Fact[]): readonly Fact[] {
  return distinctBy(facts, ({ id }) => id)
}

function perKey<From, To>(
  record: Readonly<Record<string, From>>,
  to: (value: From, key: string) => To,
): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value, key)]))
}
