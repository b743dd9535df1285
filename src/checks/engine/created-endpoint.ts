/** An endpoint as `create-vpc-endpoint` of the remedy would make it: in one subnet a zone, with a group that lets the VPC in. */

import type { Endpoint, Network, NetworkInterface, SecurityGroup, Subnet } from '../../domain/network.ts'
import { endpointServiceName } from '../../domain/partition.ts'
import { formatPoint, rangesOf } from '../../network/addresses.ts'

const ID = 'vpce-00000000000000000'
const GROUP = 'sg-00000000000000000'

export function createdEndpoint(network: Network, service: string, vpcId: string): Network | null {
  const { subnets, vpcs, endpoints, interfaces, securityGroups, routeTables } = network
  if (
    !subnets.known ||
    !vpcs.known ||
    !endpoints.known ||
    !interfaces.known ||
    !securityGroups.known ||
    !routeTables.known
  )
    return null
  const own = subnets.value.filter((subnet) => subnet.vpcId === vpcId)
  const cidrs = vpcs.value.find((vpc) => vpc.id === vpcId)?.cidrs ?? []
  const endpoint = shape(network, service, vpcId, own)
  if (service === 's3') return viaGateway(network, endpoint, own)
  const group: SecurityGroup = {
    id: GROUP,
    vpcId,
    name: 'endpoint',
    ingress: [{ protocol: 'tcp', ports: { from: 443, to: 443 }, cidrs, prefixListIds: [], groupIds: [] }],
    egress: [],
  }
  return {
    ...network,
    endpoints: { known: true, value: [...endpoints.value, endpoint] },
    interfaces: { known: true, value: [...interfaces.value, ...oneAZone(own).map(interfaceIn)] },
    securityGroups: { known: true, value: [...securityGroups.value, group] },
  }
}

function shape(network: Network, service: string, vpcId: string, own: readonly Subnet[]): Endpoint {
  const gateway = service === 's3'
  return {
    id: ID,
    vpcId,
    type: gateway ? 'gateway' : 'interface',
    serviceName: endpointServiceName(network.region, service),
    serviceRegion: null,
    state: 'available',
    privateDns: !gateway,
    privateDnsForInboundResolverOnly: false,
    dnsRecordIpType: 'ipv4',
    dnsNames: [],
    subnetIds: gateway ? [] : oneAZone(own).map(({ id }) => id),
    interfaceIds: gateway
      ? []
      : oneAZone(own)
          .map(interfaceIn)
          .map(({ id }) => id),
    routeTableIds: [],
    groupIds: gateway ? [] : [GROUP],
    policy: null,
    requesterManaged: false,
  }
}

function oneAZone(subnets: readonly Subnet[]): readonly Subnet[] {
  return [...new Map(subnets.toReversed().map((subnet) => [subnet.zone, subnet])).values()]
}

/** The first address of a subnet that AWS does not keep for itself. VPC User Guide, "Subnet sizing". */
function interfaceIn(subnet: Subnet): NetworkInterface {
  const first = rangesOf(subnet.cidrs, 4)[0]
  return {
    id: `eni-0${subnet.id.slice(-16)}`,
    subnetId: subnet.id,
    vpcId: subnet.vpcId,
    groupIds: [GROUP],
    privateIps: typeof first === 'number' ? [formatPoint(first + 4)] : [],
    ipv6Addresses: [],
    publicIp: null,
    type: 'vpc_endpoint',
    status: 'in-use',
    description: `VPC Endpoint Interface ${ID}`,
    instanceId: null,
    sourceDestCheck: true,
  }
}

/** A gateway endpoint is routes: one in every table of the VPC's subnets. */
function viaGateway(network: Network, endpoint: Endpoint, own: readonly Subnet[]): Network | null {
  const { prefixLists, routeTables, endpoints } = network
  const list = prefixLists.known
    ? prefixLists.value.find(({ name }) => name.endsWith(`.${network.region}.s3`))
    : undefined
  if (list === undefined || !routeTables.known || !endpoints.known) return null
  const vpcIds = new Set(own.map(({ vpcId }) => vpcId))
  const tables = routeTables.value.map((table) =>
    vpcIds.has(table.vpcId)
      ? {
          ...table,
          routes: [
            ...table.routes,
            {
              destination: list.id,
              target: { kind: 'vpc-endpoint' as const, id: ID },
              state: 'active',
              propagated: false,
            },
          ],
        }
      : table,
  )
  return {
    ...network,
    routeTables: { known: true, value: tables },
    endpoints: { known: true, value: [...endpoints.value, endpoint] },
  }
}
