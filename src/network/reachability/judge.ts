/** Every path of a service's start, judged: who sends, to which host, whether it gets through, and if not, which hop stops it. */

import { listed } from '../../domain/answer.ts'
import { grouped } from '../../domain/collections.ts'
import type { Subnet } from '../../domain/network.ts'
import type { Hop, Missing, Path } from '../../domain/path.ts'
import type { StartupDestination, StartupNeeds, StartupOrigin } from '../../task-start/startup-needs.ts'
import { rangesOf } from '../addresses.ts'
import type { NetworkIndex } from '../network-index.ts'
import type { Ranges } from '../ranges.ts'
import { EPHEMERAL, NOWHERE, type Sender, WINDOWS_EPHEMERAL } from './flow.ts'
import { judgeHost } from './host.ts'
import type { PolicyJudge } from './question.ts'
import { unknown } from './segments.ts'

/** In the order of the needs: destination by destination, and for each every origin. */
export function judgePaths(index: NetworkIndex, needs: StartupNeeds, policy: PolicyJudge): readonly Path[] {
  const ports = needs.onWindows ? WINDOWS_EPHEMERAL : EPHEMERAL
  return needs.destinations.flatMap((need) => {
    const asIfSure = need.from.map((origin) => ({ origin, path: judgeOne(index, need, origin, { ports, policy }) }))
    return asIfSure.flatMap((one) => doubted(one, asIfSure))
  })
}

interface AsIfSure {
  readonly origin: StartupOrigin
  readonly path: Path
}

/** The path is worth what its assumption leaves of it. None from a zone that has instances only, or subnets of tasks only. */
function doubted({ origin: { assumed }, path }: AsIfSure, all: readonly AsIfSure[]): readonly Path[] {
  if (assumed === null) return [path]
  const { outcome, hops, from } = path
  if (assumed.holds === 'reachable' && outcome === 'reachable') return [path]
  if (assumed.holds === 'agreement') {
    const zones = grouped(
      all.filter((one) => one.origin.assumed?.holds === 'agreement'),
      (one) => one.path.from.availabilityZone,
    )
    const peers = zones.get(from.availabilityZone) ?? []
    if (hasBoth(peers) && peers.every((one) => one.path.outcome === outcome)) return [path]
    if (!hasBoth(peers) && [...zones.values()].some(hasBoth)) return []
  }
  const stays = assumed.holds === 'blocked' && outcome === 'blocked'
  return [{ ...path, outcome: stays ? outcome : 'indeterminate', hops: [...hops, assumption(assumed)] }]
}

function hasBoth(ofZone: readonly AsIfSure[]): boolean {
  return new Set(ofZone.map(({ origin }) => origin.kind)).size === 2
}

interface Terms {
  /** Source ports that the sender may use. */
  readonly ports: Ranges<number>
  readonly policy: PolicyJudge
}

function judgeOne(
  index: NetworkIndex,
  need: StartupDestination,
  origin: StartupOrigin,
  { ports, policy }: Terms,
): Path {
  const { destination, host, port, neededBy, required } = need
  const asked = { destination, host, port, neededBy, required }
  const { kind, subnetId } = origin
  const found = index.subnet(subnetId)
  if (found.is !== 'there') {
    const missing = found.is === 'unread' ? found.missing : notVisible(subnetId)
    const { groupIds: securityGroupIds, publicIp } = origin
    return {
      from: { kind, subnetId, availabilityZone: '', securityGroupIds, publicIp: publicIp === true },
      ...asked,
      via: NOWHERE,
      outcome: 'indeterminate',
      hops: [unknown('route', subnetId, missing)],
    }
  }
  const sender = senderOf(index, origin, found.value)
  const { groupIds: securityGroupIds, publicIp } = sender
  const { family } = need
  const judged = judgeHost({ index, name: need, port, protocol: 'tcp', ports, sender, family, policy: policy(need) })
  return {
    from: { kind, subnetId, availabilityZone: found.value.zone, securityGroupIds, publicIp },
    ...asked,
    via: judged.via,
    outcome: judged.outcome,
    hops: judged.hops,
  }
}

/** No group was named: the VPC's default group applies. ECS API Reference, AwsVpcConfiguration. */
function senderOf(index: NetworkIndex, origin: StartupOrigin, subnet: Subnet): Sender {
  const groupIds = origin.groupIds.length > 0 ? origin.groupIds : defaultGroup(index, subnet.vpcId)
  return {
    subnet,
    addresses: rangesOf(subnet.cidrs, 4),
    groupIds,
    publicIp: origin.publicIp ?? subnet.mapPublicIp,
    isTask: origin.kind === 'task-eni',
    isNatGateway: false,
  }
}

function defaultGroup(index: NetworkIndex, vpcId: string): readonly string[] {
  const own = listed(index.network.securityGroups).find((one) => one.vpcId === vpcId && one.name === 'default')
  return [own?.id ?? 'default']
}

/** The way was judged as if it were so. */
function assumption(missing: Missing): Hop {
  const { reason, because: why } = missing
  return { at: 'route', id: null, decision: 'unknown', reason, why, missing }
}

function notVisible(id: string): Missing {
  const because = { en: `subnet ${id} is not visible to this account`, ko: `이 계정에서 조회할 수 없는 서브넷: ${id}` }
  return { permission: 'ec2:DescribeSubnets', reason: ['subnet-unseen', id], because }
}
