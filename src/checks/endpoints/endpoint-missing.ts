/** Is there a VPC endpoint for what the start calls, where no other way leads to it? */

import { createGateway, createInterface, type InterfacePlan } from '../../changes/endpoint-lines.ts'
import { type NatWay, natAdvice, natWay } from '../../changes/nat-way.ts'
import { defineCheck } from '../../domain/check.ts'
import type { Network } from '../../domain/network.ts'
import { endpointServiceName } from '../../domain/partition.ts'
import type { Path } from '../../domain/path.ts'
import type { Text } from '../../domain/text.ts'
import { rangesOf } from '../../network/addresses.ts'
import { causesOf } from '../../network/causes.ts'
import { distinct, endpointOf, oneEachZone, subnetsOf, tableIdsOf } from '../../network/lookup.ts'
import { indexNetwork } from '../../network/network-index.ts'
import { covers } from '../../network/ranges.ts'
import { openingOf } from '../../network/security-groups.ts'
import { brokenPaths, destinationsOf, findingOf, subnetIdsOf } from '../engine/path-finding.ts'

interface Details {
  readonly plan: InterfacePlan
  /** For S3, whose natural endpoint is the gateway one; else empty. */
  readonly routeTableIds: readonly string[]
  readonly brokenSubnetIds: readonly string[]
  /** The other repair, where the VPC has a NAT gateway that leads out. */
  readonly nat: NatWay
  readonly destinations: readonly string[]
}

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'endpoint-missing',
  step: 'endpoints',
  severity: 'blocker',
  needs: ['network', 'paths'],
  speaksFor: ['endpoint-missing'],
  permissions: ['ec2:DescribeVpcEndpoints', 'ec2:DescribeRouteTables', 'ec2:DescribeSubnets'],

  title: { en: 'A VPC endpoint is missing', ko: 'VPC 엔드포인트가 없습니다' },
  why: {
    en: 'These subnets have no way to the internet, so every AWS service that a start calls needs a VPC endpoint. Without this one the call times out and the task stops with ResourceInitializationError or CannotPullContainerError.',
    ko: '이 서브넷에는 인터넷으로 가는 경로가 없으므로 태스크를 시작할 때 호출하는 AWS 서비스마다 VPC 엔드포인트가 필요합니다. 엔드포인트가 없으면 호출이 시간 초과되고 태스크가 ResourceInitializationError 또는 CannotPullContainerError로 중지됩니다.',
  },

  evaluate: ({ network, paths }) =>
    causesOf(paths, ['endpoint-missing'], ({ service, vpcId }) => `${service} ${vpcId}`).map((cause) => {
      const { service, vpcId } = cause.faults[0]
      const brokenSubnetIds = subnetIdsOf(cause)
      const serviceName = endpointServiceName(network.region, service)
      return findingOf(cause, serviceName, {
        plan: planOf(network, paths, brokenPaths(paths, cause), vpcId, serviceName),
        routeTableIds: service === 's3' ? tableIdsOf(network, brokenSubnetIds) : [],
        brokenSubnetIds,
        nat: natWay(network, vpcId, tableIdsOf(network, brokenSubnetIds)),
        destinations: destinationsOf(cause),
      })
    }),

  explain: ({ plan: { vpcId, serviceName }, brokenSubnetIds, destinations }) => ({
    en: `${vpcId} has no endpoint for ${serviceName}, and no other way leads there (${destinations.join(', ')}) from ${brokenSubnetIds.join(', ')}.`,
    ko: `VPC에 필요한 엔드포인트가 없습니다: ${serviceName} (${vpcId}). 다른 경로도 없는 서브넷: ${brokenSubnetIds.join(', ')}, 연결할 수 없는 대상: ${destinations.join(', ')}`,
  }),

  remedy: ({ plan, routeTableIds, nat }) => {
    const made =
      routeTableIds.length > 0 ? createGateway(plan.vpcId, plan.serviceName, routeTableIds) : createInterface(plan)
    return { ...made, console: [...made.console, ...(nat.natGatewayId === null ? [] : [orNat(nat)])] }
  },
})

/** One route instead of many endpoints, where a NAT gateway is there already. */
function orNat(way: NatWay): Text {
  const lines = natAdvice(way).console
  return {
    en: `Or, for every host at once: ${lines.map(({ en }) => en).join('; ')}`,
    ko: `또는 모든 호스트에 대해 한 번에: ${lines.map(({ ko }) => ko).join('; ')}`,
  }
}

function planOf(
  network: Network,
  paths: readonly Path[],
  broken: readonly Path[],
  vpcId: string,
  serviceName: string,
): InterfacePlan {
  const subnets = subnetsOf(
    network,
    broken.map(({ from }) => from.subnetId),
  )
  const home = rangesOf(
    subnets.flatMap(({ cidrs }) => cidrs),
    4,
  )
  const index = indexNetwork(network)
  const closed = broken.filter(
    ({ from }) => !covers(openingOf(index, from.securityGroupIds, 'egress', 'tcp', 443).addresses(4), home),
  )
  return {
    vpcId,
    serviceName,
    subnetIds: oneEachZone(subnets).map(({ id }) => id),
    groupIds: provedGroups(network, paths, broken),
    clientGroupIds: firstGroups(broken),
    closedGroupIds: firstGroups(closed),
  }
}

/** Rules of all groups of an interface add up: one of each sender is enough. */
function firstGroups(paths: readonly Path[]): readonly string[] {
  return distinct(paths.flatMap(({ from }) => from.securityGroupIds.slice(0, 1)))
}

/** The groups of an endpoint through which every one of these senders is let in already; empty where there is none. */
function provedGroups(network: Network, paths: readonly Path[], broken: readonly Path[]): readonly string[] {
  const reached = paths.filter(({ via, outcome }) => via.kind === 'interface-endpoint' && outcome === 'reachable')
  const groups = ({ from }: Path) => from.securityGroupIds.join()
  const proved = reached.find(({ via }) =>
    broken.every((path) => reached.some((other) => other.via.id === via.id && groups(other) === groups(path))),
  )
  return proved?.via.id == null ? [] : (endpointOf(network, proved.via.id)?.groupIds ?? [])
}
