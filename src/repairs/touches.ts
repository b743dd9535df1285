/** Whom else a change concerns: what uses the same route table, security group, network ACL or endpoint. */
import { listed } from '../domain/answer.ts'
import type { Change } from '../domain/change.ts'
import { distinct } from '../domain/collections.ts'
import type { Network } from '../domain/network.ts'
import type { Text } from '../domain/text.ts'

/** One thing that others use, and they: subnets, interfaces or a VPC, by id. */
export interface Touch {
  readonly of: string
  readonly others: readonly string[]
}

/** `own`: the subnets of the service. What could not be read is left out. */
export function touchesOf(changes: readonly Change[], network: Network, own: readonly string[]): readonly Touch[] {
  const touches = changes.flatMap((change) => touchesOfOne(change, network))
  return distinct(touches.map(({ of }) => of)).flatMap((of) => {
    const others = distinct(touches.filter((one) => one.of === of).flatMap((one) => one.others))
    const foreign = others.filter((id) => !own.includes(id)).toSorted()
    return foreign.length === 0 ? [] : [{ of, others: foreign }]
  })
}

function touchesOfOne(change: Change, network: Network): readonly Touch[] {
  switch (change.kind) {
    case 'create-route':
    case 'replace-route':
    case 'delete-route':
      return [ofTable(network, change.routeTableId)]
    case 'create-network-acl-entry':
    case 'delete-network-acl-entry':
      return listed(network.networkAcls).flatMap(({ id, subnetIds }) =>
        id === change.networkAclId ? [{ of: id, others: subnetIds }] : [],
      )
    case 'authorize-security-group-egress':
    case 'authorize-security-group-ingress':
      return typeof change.groupId === 'string' ? [ofGroup(network, change.groupId)] : []
    case 'create-vpc-endpoint':
      if (change.privateDnsEnabled === true) return [{ of: change.serviceName, others: [change.vpcId] }]
      return (change.routeTableIds ?? []).map((id) => ofTable(network, id))
    case 'modify-vpc-endpoint':
      return ofEndpoint(network, change)
    case 'modify-vpc-attribute':
    case 'attach-internet-gateway':
    case 'associate-resolver-rule':
      return [{ of: change.vpcId, others: [change.vpcId] }]
    default:
      return []
  }
}

function ofTable({ routeTables, subnets }: Network, id: string): Touch {
  const tables = listed(routeTables)
  const table = tables.find((one) => one.id === id)
  const named = new Set(tables.flatMap(({ subnetIds }) => subnetIds))
  // A main table has every subnet that no other one names.
  const implicit = listed(subnets).filter(
    (one) => table?.main === true && one.vpcId === table.vpcId && !named.has(one.id),
  )
  return { of: id, others: [...(table?.subnetIds ?? []), ...implicit.map((one) => one.id)] }
}

/** Interfaces alone: what else names the group in a rule is not changed by a rule of its own. */
function ofGroup({ interfaces }: Network, id: string): Touch {
  return { of: id, others: listed(interfaces).flatMap((one) => (one.groupIds.includes(id) ? [one.id] : [])) }
}

function ofEndpoint(
  network: Network,
  change: Extract<Change, { readonly kind: 'modify-vpc-endpoint' }>,
): readonly Touch[] {
  const { vpcEndpointId, addRouteTableIds = [], privateDnsEnabled, policyDocument, resetPolicy } = change
  const endpoint = listed(network.endpoints).find(({ id }) => id === vpcEndpointId)
  const isForAll = privateDnsEnabled === true || policyDocument !== undefined || resetPolicy === true
  return [
    ...addRouteTableIds.map((id) => ofTable(network, id)),
    ...(isForAll && endpoint !== undefined ? [{ of: endpoint.id, others: [endpoint.vpcId] }] : []),
  ]
}

const MOST = 5

export function touchText({ of, others }: Touch): Text {
  if (others.includes(of)) return { en: `It holds for all of ${of}.`, ko: `VPC 전체에 적용됩니다: ${of}` }
  const shown = others.slice(0, MOST).join(', ')
  const rest = others.length - MOST
  return {
    en: `${of} also serves ${shown}${rest > 0 ? ` and ${rest} more` : ''}.`,
    ko: `함께 영향을 받는 대상: ${shown}${rest > 0 ? ` 외 ${rest}개` : ''} (${of})`,
  }
}
