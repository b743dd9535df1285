/** Every path of a service's start, judged: who sends, to which host, whether it gets through, and if not, which hop stops it. */

import { listed } from '../../domain/answer.ts'
import { grouped } from '../../domain/collections.ts'
import type { Endpoint, Subnet } from '../../domain/network.ts'
import { dualStackHost } from '../../domain/partition.ts'
import type { Hop, Missing, Path } from '../../domain/path.ts'
import type { StartupDestination, StartupNeeds, StartupOrigin } from '../../task-start/startup-needs.ts'
import { familyOf, rangesOf } from '../addresses.ts'
import type { NetworkIndex } from '../network-index.ts'
import { isEmpty, type Ranges } from '../ranges.ts'
import { EPHEMERAL, NOWHERE, type Sender, WINDOWS_EPHEMERAL } from './flow.ts'
import { judgeHost } from './host.ts'
import type { HostQuestion, PolicyJudge, PolicyOfPath } from './question.ts'
import { unknown } from './segments.ts'

/** In the order of the needs: destination by destination, and for each every origin. */
export function judgePaths(index: NetworkIndex, needs: StartupNeeds, policy: PolicyJudge): readonly Path[] {
  const ports = needs.onWindows ? WINDOWS_EPHEMERAL : EPHEMERAL
  return needs.destinations.flatMap((need) => {
    const terms = { ports, policy: onceEach(policy(need)) }
    const asIfSure = need.from.map((origin) => ({ origin, path: judgeOne(index, need, origin, terms) }))
    return asIfSure.flatMap((one) => doubted(one, asIfSure))
  })
}

/** An endpoint's policy says the same to every subnet. */
function onceEach(policy: PolicyOfPath): PolicyOfPath {
  const hops = new Map<Endpoint, Hop | null>()
  return (endpoint) => {
    if (!hops.has(endpoint)) hops.set(endpoint, policy(endpoint))
    return hops.get(endpoint) ?? null
  }
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
  readonly policy: PolicyOfPath
}

function judgeOne(
  index: NetworkIndex,
  need: StartupDestination,
  origin: StartupOrigin,
  { ports, policy }: Terms,
): Path {
  const { destination, port, neededBy, required } = need
  const { kind, subnetId } = origin
  const found = index.subnet(subnetId)
  const { host, family } = calledFrom(found.is === 'there' ? found.value : null, need)
  const asked = { destination, host, port, neededBy, required }
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
  const name = { ...need, host }
  const judged = judgeHost({ index, name, port, protocol: 'tcp', ports, sender, family, policy })
  return {
    from: { kind, subnetId, availabilityZone: found.value.zone, securityGroupIds, publicIp },
    ...asked,
    via: judged.via,
    outcome: judged.outcome,
    hops: judged.hops,
  }
}

/** IPv4 addresses are what a host with both calls from. */
export function addressesOf({ cidrs }: Subnet): Ranges {
  const ipv4 = rangesOf(cidrs, 4)
  return isEmpty(ipv4) ? rangesOf(cidrs, 6) : ipv4
}

/**
 * From an IPv6-only subnet ECS calls the dual-stack names of AWS's services; whether the token of ECR is among them, reports
 * differ. An image is pulled by the name that it has. AWS Containers Blog, "Amazon ECS announces IPv6-only support".
 */
function calledFrom(
  subnet: Subnet | null,
  { destination, host, region, family, fileSystemId }: StartupDestination,
): Pick<HostQuestion, 'family'> & { readonly host: string } {
  if (subnet === null || familyOf(addressesOf(subnet)) === 4) return { host, family }
  // Its mount targets say which addresses it has.
  if (fileSystemId !== null) return { host, family }
  if (region === null) return { host, family: 'unsettled' }
  // ECS Exec does not work there, and layers come by the registry's own family.
  if (destination === 'ssmmessages' || (family === 'ipv4' && ['ecr-dkr', 's3-layers'].includes(destination)))
    return { host, family: 'ipv4' }
  const dualStack = dualStackHost(destination, host, region)
  return { host: dualStack, family: destination === 'ecr-api' ? 'unsettled' : 'dualstack' }
}

/** No group was named: the VPC's default group applies. ECS API Reference, AwsVpcConfiguration. */
function senderOf(index: NetworkIndex, origin: StartupOrigin, subnet: Subnet): Sender {
  const groupIds = origin.groupIds.length > 0 ? origin.groupIds : defaultGroup(index, subnet.vpcId)
  return {
    subnet,
    addresses: addressesOf(subnet),
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
