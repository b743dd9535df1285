/** What a remedy does to the facts of a network: the same edit that its commands make at AWS. Null where it cannot be foreseen. */
import type { Answer } from '../../domain/answer.ts'
import type { Network, NetworkAcl, SecurityGroupRule } from '../../domain/network.ts'
import type { Fault } from '../../domain/path.ts'
import { createdEndpoint } from './created-endpoint.ts'

type Edit<Kind extends Fault['kind']> = (
  network: Network,
  fault: Extract<Fault, { readonly kind: Kind }>,
) => Network | null

const EDITS: { readonly [Kind in Fault['kind']]?: Edit<Kind> } = {
  's3-route-missing': (network, { routeTableId, endpointId, prefixListId }) =>
    endpointId === null || prefixListId === null
      ? null
      : {
          ...network,
          routeTables: each(network.routeTables, routeTableId, (table) => ({
            ...table,
            routes: [
              ...table.routes,
              {
                destination: prefixListId,
                target: { kind: 'vpc-endpoint', id: endpointId },
                state: 'active',
                propagated: false,
              },
            ],
          })),
        },
  'endpoint-missing': (network, { service, vpcId }) => createdEndpoint(network, service, vpcId),
  'private-dns-off': (network, { endpointId }) => ({
    ...network,
    endpoints: each(network.endpoints, endpointId, (endpoint) => ({ ...endpoint, privateDns: true })),
  }),
  'vpc-dns-off': (network, { vpcId }) => withDns(network, vpcId, 'support'),
  'vpc-dns-hostnames-off': (network, { vpcId }) => withDns(network, vpcId, 'hostnames'),
  'ingress-closed': (network, { groupIds, fromGroupIds, from, port }) =>
    withRule(
      network,
      groupIds[0],
      'ingress',
      rule(port, fromGroupIds.length > 0 ? { groupIds: fromGroupIds.slice(0, 1) } : { cidrs: from.split(', ') }),
    ),
  'egress-closed': (network, { groupIds, destination, prefixListId, peerGroupIds, port }) => {
    const peer =
      destination === 's3' && prefixListId !== null
        ? { prefixListIds: [prefixListId] }
        : peerGroupIds.length > 0
          ? { groupIds: peerGroupIds }
          : { cidrs: ['0.0.0.0/0'] }
    return withRule(network, groupIds[0], 'egress', rule(port, peer))
  },
  'network-acl-closed': (network, { networkAclId, direction, packets, ports }) => ({
    ...network,
    networkAcls: each(network.networkAcls, networkAclId, (acl) =>
      opened(acl, direction === 'outbound', packets === 'request' ? ports : { from: 1024, to: 65535 }),
    ),
  }),
}

/** The network after every one of these faults has been mended. */
export function mend(network: Network, faults: readonly Fault[]): Network | null {
  let mended: Network | null = network
  for (const fault of faults) {
    const edit = EDITS[fault.kind] as Edit<Fault['kind']> | undefined
    if (edit === undefined || mended === null) return null
    mended = edit(mended, fault as never)
  }
  return mended
}

function each<T extends { readonly id: string }>(
  list: Answer<readonly T[]>,
  id: string,
  change: (one: T) => T,
): Answer<readonly T[]> {
  return list.known ? { known: true, value: list.value.map((one) => (one.id === id ? change(one) : one)) } : list
}

function withDns(network: Network, vpcId: string, attribute: 'support' | 'hostnames'): Network | null {
  const own = network.vpcDns[vpcId]
  if (own === undefined) return null
  return { ...network, vpcDns: { ...network.vpcDns, [vpcId]: { ...own, [attribute]: { known: true, value: true } } } }
}

function rule(port: number, peer: Partial<SecurityGroupRule>): SecurityGroupRule {
  return { protocol: 'tcp', ports: { from: port, to: port }, cidrs: [], prefixListIds: [], groupIds: [], ...peer }
}

function withRule(
  network: Network,
  groupId: string | undefined,
  side: 'ingress' | 'egress',
  added: SecurityGroupRule,
): Network | null {
  if (groupId === undefined) return null
  return {
    ...network,
    securityGroups: each(network.securityGroups, groupId, (group) => ({ ...group, [side]: [...group[side], added] })),
  }
}

/** An entry before every other of its direction. */
function opened(acl: NetworkAcl, egress: boolean, ports: { readonly from: number; readonly to: number }): NetworkAcl {
  const entry = { egress, ruleNumber: 0, allow: true, protocol: '6', cidr: '0.0.0.0/0', ports }
  return { ...acl, entries: [entry, ...acl.entries] }
}
