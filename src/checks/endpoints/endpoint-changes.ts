/** What a VPC endpoint needs so that it takes nothing away: private DNS leads the whole VPC to it. */
import { listed } from '../../domain/answer.ts'
import type { Change, Id } from '../../domain/change.ts'
import { distinct } from '../../domain/collections.ts'
import type { Network } from '../../domain/network.ts'
import type { Origin, Path } from '../../domain/path.ts'
import { rangesOf } from '../../network/addresses.ts'
import { subnetsOf } from '../../network/lookup.ts'
import { indexNetwork } from '../../network/network-index.ts'
import { covers } from '../../network/ranges.ts'
import { openingOf } from '../../network/security-groups.ts'

const HTTPS = { ipProtocol: 'tcp', fromPort: 443, toPort: 443 } as const

export interface EndpointPlan {
  readonly vpcId: string
  readonly serviceName: string
  /** One a zone. */
  readonly subnetIds: readonly string[]
  /** Groups to take where they let everybody in; of an endpoint that it replaces, or of others of the VPC. */
  readonly groupIds?: readonly string[]
}

/** An interface endpoint, and what comes first: DNS of the VPC, a group that lets everybody in, task groups that let out to it. */
export function newInterfaceEndpoint(
  network: Network,
  paths: readonly Path[],
  { vpcId, serviceName, subnetIds, groupIds }: EndpointPlan,
): readonly Change[] {
  const senders = sendersOf(network, paths, vpcId)
  const group = groupFor(network, senders, vpcId, serviceName, groupIds)
  return [
    ...dnsAttributesOn(network, vpcId),
    ...group.changes,
    ...lettingOut(network, senders, group.ids, subnetIds),
    {
      kind: 'create-vpc-endpoint',
      makes: `${camelName(serviceName)}Endpoint`,
      vpcEndpointType: 'Interface',
      vpcId,
      serviceName,
      subnetIds,
      securityGroupIds: group.ids,
      privateDnsEnabled: true,
    },
  ]
}

/** A gateway endpoint: a route in each of the tables. */
export function newGatewayEndpoint(vpcId: string, serviceName: string, routeTableIds: readonly string[]): Change {
  const makes = `${camelName(serviceName)}Endpoint`
  return { kind: 'create-vpc-endpoint', makes, vpcEndpointType: 'Gateway', vpcId, serviceName, routeTableIds }
}

/** Both attributes, support first: AWS refuses private DNS without them. PrivateLink Guide, "Private DNS". */
export function dnsAttributesOn({ vpcDns }: Network, vpcId: string): readonly Change[] {
  const { support, hostnames } = vpcDns[vpcId] ?? {}
  return [
    ...(support?.known === true && !support.value
      ? [{ kind: 'modify-vpc-attribute', vpcId, enableDnsSupport: true } as const]
      : []),
    ...(hostnames?.known === true && !hostnames.value
      ? [{ kind: 'modify-vpc-attribute', vpcId, enableDnsHostnames: true } as const]
      : []),
  ]
}

/** Rules that let the whole VPC in, where the groups shut out a sender that is led there. */
export function lettingIn(
  network: Network,
  paths: readonly Path[],
  vpcId: string,
  groupIds: readonly string[],
): readonly Change[] {
  const [groupId] = groupIds
  const everybody = letsIn(network, sendersOf(network, paths, vpcId), groupIds)
  return everybody || groupId === undefined ? [] : wholeVpcInto(network, groupId, vpcId)
}

/** Rules that let the task groups out to the endpoint, one for each sender that does not get there. */
export function lettingOut(
  network: Network,
  senders: readonly Origin[],
  groupIds: readonly Id[],
  subnetIds: readonly string[],
): readonly Change[] {
  const index = indexNetwork(network)
  const blocks = subnetsOf(network, subnetIds).flatMap(({ cidrs }) => cidrs)
  const home = rangesOf(blocks, 4)
  const closed = senders.filter(({ securityGroupIds }) => {
    const opening = openingOf(index, securityGroupIds, 'egress', 'tcp', 443)
    const named = groupIds.some((id) => typeof id === 'string' && opening.groupIds.has(id))
    return !named && !covers(opening.addresses(4), home)
  })
  const [referencedGroupId] = groupIds
  if (referencedGroupId === undefined) return []
  return distinct(closed.flatMap(({ securityGroupIds }) => securityGroupIds.slice(0, 1))).map((groupId) => ({
    kind: 'authorize-security-group-egress',
    groupId,
    ...HTTPS,
    referencedGroupId,
  }))
}

/** Where the service's tasks start in the VPC. Other workloads of it are led to the endpoint as well, and nobody lists them. */
export function sendersOf(network: Network, paths: readonly Path[], vpcId: string): readonly Origin[] {
  const senders = new Map(paths.map(({ from }) => [JSON.stringify([from.subnetId, from.securityGroupIds]), from]))
  return [...senders.values()].filter(({ subnetId }) => subnetsOf(network, [subnetId])[0]?.vpcId === vpcId)
}

/** Groups that let every sender in already; else one that lets the whole VPC in, since nobody lists the other senders. */
function groupFor(
  network: Network,
  senders: readonly Origin[],
  vpcId: string,
  serviceName: string,
  groupIds: readonly string[] = [],
): { readonly ids: readonly Id[]; readonly changes: readonly Change[] } {
  const inUse = listed(network.endpoints).filter(
    (one) => one.vpcId === vpcId && one.type === 'interface' && one.state === 'available',
  )
  const proved = [groupIds, ...inUse.map((one) => one.groupIds)].find(
    (ids) => ids.length > 0 && letsIn(network, senders, ids),
  )
  if (proved !== undefined) return { ids: proved, changes: [] }
  const id = { ref: `${camelName(serviceName)}Group` }
  const made: Change = {
    kind: 'create-security-group',
    makes: id.ref,
    groupName: freeName(network, vpcId, `${labelOf(serviceName)}-endpoint`),
    description: `HTTPS from ${vpcId}`,
    vpcId,
  }
  return { ids: [id], changes: [made, ...wholeVpcInto(network, id, vpcId)] }
}

function letsIn(network: Network, senders: readonly Origin[], groupIds: readonly string[]): boolean {
  const opening = openingOf(indexNetwork(network), groupIds, 'ingress', 'tcp', 443)
  return senders.every(({ subnetId, securityGroupIds }) => {
    const blocks = subnetsOf(network, [subnetId]).flatMap(({ cidrs }) => cidrs)
    return securityGroupIds.some((id) => opening.groupIds.has(id)) || covers(opening.addresses(4), rangesOf(blocks, 4))
  })
}

function wholeVpcInto(network: Network, groupId: Id, vpcId: string): readonly Change[] {
  const cidrs = listed(network.vpcs).find(({ id }) => id === vpcId)?.cidrs ?? []
  const group = listed(network.securityGroups).find(({ id }) => id === groupId)
  const open = group?.ingress.filter(({ ports }) => ports?.from === 443 && ports.to === 443) ?? []
  return cidrs
    .filter((cidr) => !cidr.includes(':') && !open.some((rule) => rule.cidrs.includes(cidr)))
    .map((cidrIpv4) => ({ kind: 'authorize-security-group-ingress', groupId, ...HTTPS, cidrIpv4 }))
}

/** A group's name is taken once a VPC. */
function freeName(network: Network, vpcId: string, name: string): string {
  const taken = new Set(listed(network.securityGroups).flatMap((group) => (group.vpcId === vpcId ? group.name : [])))
  let free = name
  for (let number = 2; taken.has(free); number++) free = `${name}-${number}`
  return free
}

/** `com.amazonaws.ap-northeast-2.ecr.api` → `ecr-api`. */
function labelOf(serviceName: string): string {
  const rest = serviceName.split(/\.[a-z]{2,4}(?:-[a-z]+)+-\d+\./)[1] ?? serviceName
  return rest.replaceAll(/[^A-Za-z0-9]/g, '-')
}

function camelName(serviceName: string): string {
  return labelOf(serviceName).replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
