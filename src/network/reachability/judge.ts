/** Every path of a service's start, judged: who sends, to which host, whether it gets through, and if not, which hop stops it. */
import type { Subnet } from '../../domain/network.ts'
import type { Hop, Missing, Origin, Path } from '../../domain/path.ts'
import type { StartupDestination, StartupNeeds, StartupOrigin } from '../../task-start/startup-needs.ts'
import { rangesOf } from '../addresses.ts'
import type { NetworkIndex } from '../network-index.ts'
import type { Ranges } from '../ranges.ts'
import type { PolicyJudge } from './endpoint-policy.ts'
import { EPHEMERAL, type Sender, WINDOWS_EPHEMERAL } from './flow.ts'
import { judgeHost } from './host.ts'
import { unknown } from './segments.ts'

/** In the order of the needs: destination by destination, and for each every origin. */
export function judgePaths(index: NetworkIndex, needs: StartupNeeds, policy: PolicyJudge): readonly Path[] {
  const ports = needs.onWindows ? WINDOWS_EPHEMERAL : EPHEMERAL
  return needs.destinations.flatMap((need) =>
    need.from.map((origin) => judgeOne(index, need, origin, { ports, policy })),
  )
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
  const found = index.subnet(origin.subnetId)
  if (found.is !== 'there')
    return unseenSubnet(need, origin, found.is === 'unread' ? found.missing : notVisible(origin.subnetId))
  const subnet = found.value
  const sender = senderOf(index, origin, subnet)
  const judged = judgeHost({
    index,
    name: need,
    port: need.port,
    protocol: 'tcp',
    ports,
    sender,
    family: need.family,
    policy: policy(need),
  })
  const assumed = origin.assumed
  const hops = assumed === null ? judged.hops : [...judged.hops, assumption(assumed)]
  return {
    from: originOf(origin, sender, subnet),
    destination: need.destination,
    host: need.host,
    port: need.port,
    neededBy: need.neededBy,
    required: need.required,
    via: judged.via,
    outcome: assumed !== null && judged.outcome !== 'blocked' ? 'indeterminate' : judged.outcome,
    hops,
  }
}

/** No group was named: the VPC's default group applies. ECS API Reference, AwsVpcConfiguration. */
function senderOf(index: NetworkIndex, origin: StartupOrigin, subnet: Subnet): Sender {
  const groupIds = origin.groupIds.length > 0 ? origin.groupIds : defaultGroup(index, subnet.vpcId)
  const v4 = rangesOf(subnet.cidrs, 4)
  return {
    subnet,
    addresses: v4 as Ranges,
    groupIds,
    publicIp: origin.publicIp ?? subnet.mapPublicIp,
    isTask: origin.kind === 'task-eni',
    isNatGateway: false,
  }
}

function defaultGroup(index: NetworkIndex, vpcId: string): readonly string[] {
  const { securityGroups } = index.network
  const own = securityGroups.known
    ? securityGroups.value.find((one) => one.vpcId === vpcId && one.name === 'default')
    : undefined
  return [own?.id ?? 'default']
}

function originOf({ kind, subnetId }: StartupOrigin, sender: Sender, subnet: Subnet): Origin {
  return { kind, subnetId, availabilityZone: subnet.zone, securityGroupIds: sender.groupIds, publicIp: sender.publicIp }
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

function unseenSubnet(need: StartupDestination, origin: StartupOrigin, missing: Missing): Path {
  return {
    from: {
      kind: origin.kind,
      subnetId: origin.subnetId,
      availabilityZone: '',
      securityGroupIds: origin.groupIds,
      publicIp: origin.publicIp === true,
    },
    destination: need.destination,
    host: need.host,
    port: need.port,
    neededBy: need.neededBy,
    required: need.required,
    via: { kind: 'none', id: null },
    outcome: 'indeterminate',
    hops: [unknown('route', origin.subnetId, missing)],
  }
}
