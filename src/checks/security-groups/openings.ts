/** Rules that let the task in where a security group of a receiver refuses it. */
import { listed } from '../../domain/answer.ts'
import type { ChangeOf } from '../../domain/change.ts'
import type { Network } from '../../domain/network.ts'
import type { FaultOf } from '../../domain/path.ts'
import { subnetsOf } from '../../network/lookup.ts'

export type Opening = ChangeOf<'authorize-security-group-ingress'>

/** The group that gets the rule. */
export function opened(groupIds: readonly string[]): string {
  return groupIds.toSorted()[0] ?? ''
}

/** A group can be named within one VPC; from another one, the sender's addresses are. VPC User Guide, "Security group referencing". */
export function openingsFor(
  network: Network,
  groupId: string,
  faults: readonly Pick<FaultOf<'ingress-closed'>, 'port' | 'from' | 'fromGroupIds'>[],
  subnetIds: readonly string[],
): readonly Opening[] {
  const home = listed(network.securityGroups).find(({ id }) => id === groupId)?.vpcId
  const senders = subnetsOf(network, subnetIds)
  const sameVpc = senders.every(({ vpcId }) => home === undefined || vpcId === home)
  const all = faults.flatMap(({ port, from, fromGroupIds }): readonly Opening[] => {
    const [referencedGroupId] = fromGroupIds
    const rule = {
      kind: 'authorize-security-group-ingress',
      groupId,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
    } as const
    if (sameVpc && referencedGroupId !== undefined) return [{ ...rule, referencedGroupId }]
    return from
      .split(', ')
      .map((cidr) => ({ ...rule, ...(cidr.includes(':') ? { cidrIpv6: cidr } : { cidrIpv4: cidr }) }))
  })
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]
}
