/** One flow: can something here reach that host or address and port, and if not, which hop stops it (contract, section 7). */
import type { NetworkInterface } from '../../domain/network.ts'
import { apiHost, layerHost, registryHost } from '../../domain/partition.ts'
import type { Missing, Path } from '../../domain/path.ts'
import { parseBlock, publicAddresses, rangesOf } from '../addresses.ts'
import type { NetworkIndex } from '../network-index.ts'
import { box } from '../packets.ts'
import { isEmpty, portRanges, type Ranges } from '../ranges.ts'
import { EPHEMERAL, NOWHERE, type Sender, type Target } from './flow.ts'
import { forward } from './forward.ts'
import { judgeHost, tidy } from './host.ts'
import { addressesOf } from './judge.ts'
import type { Name } from './names/resolution.ts'
import { nameOf } from './names/service-name.ts'
import { outcomeOf } from './outcome.ts'
import type { HostQuestion, Judged } from './question.ts'
import { unknown } from './segments.ts'

export interface TraceQuestion {
  /** An interface (`eni-…`), or a subnet with security groups. */
  readonly from:
    | { readonly interfaceId: string }
    | { readonly subnetId: string; readonly groupIds: readonly string[]; readonly publicIp: boolean }
  /** `eni-…`, `vpce-…`, `ecr-api`, `ecr-dkr`, `s3`, `internet`, a host name or an address. */
  readonly to: string
  readonly port: number
  readonly protocol: 'tcp' | 'udp'
  /** One port instead of the whole ephemeral range. */
  readonly sourcePort: number | null
}

/** Null where the facts hold no such subnet or interface: the caller says which there are. */
export function trace(index: NetworkIndex, question: TraceQuestion): Path | null {
  const sender = senderOf(index, question.from)
  if (sender === null) return null
  const judged = tidy(judge({ index, question, sender }))
  return {
    from: {
      kind: 'interfaceId' in question.from ? 'instance-eni' : 'task-eni',
      subnetId: sender.subnet.id,
      availabilityZone: sender.subnet.zone,
      securityGroupIds: sender.groupIds,
      publicIp: sender.publicIp,
    },
    destination: question.to,
    host: hostOf(index, question.to),
    port: question.port,
    neededBy: [],
    required: true,
    via: judged.via,
    outcome: judged.outcome,
    hops: judged.hops,
  }
}

function senderOf(index: NetworkIndex, from: TraceQuestion['from']): Sender | null {
  if ('subnetId' in from) {
    const found = index.subnet(from.subnetId)
    if (found.is !== 'there') return null
    const { groupIds, publicIp } = from
    return { ...UNNAMED, subnet: found.value, addresses: addressesOf(found.value), groupIds, publicIp }
  }
  const one = index.networkInterface(from.interfaceId)
  if (one.is !== 'there') return null
  const home = index.subnet(one.value.subnetId)
  if (home.is !== 'there') return null
  const { groupIds, privateIps, ipv6Addresses, publicIp } = one.value
  const ipv4 = rangesOf(privateIps.slice(0, 1), 4)
  const addresses = isEmpty(ipv4) ? rangesOf(ipv6Addresses, 6) : ipv4
  return { ...UNNAMED, subnet: home.value, addresses, groupIds, publicIp: publicIp !== null }
}

/** Whoever sends is no task that is known by name, and no gateway. */
const UNNAMED = { isTask: false, isNatGateway: false } as const

interface Traced {
  readonly index: NetworkIndex
  readonly question: TraceQuestion
  readonly sender: Sender
}

function judge(traced: Traced): Judged {
  const { index, question } = traced
  const { to } = question
  if (to.startsWith('eni-')) return toInterface(traced, to)
  if (to.startsWith('vpce-') && !to.includes('.')) return toEndpoint(traced, to)
  if (to === 'internet') return toTarget(traced, INTERNET)
  if (parseBlock(to) !== null) return toAddress(traced, to)
  return toName(traced, named(index, to))
}

function toName({ index, question, sender }: Traced, name: Name): Judged {
  const { port, protocol } = question
  const ports = portsOf(question)
  return judgeHost({ index, name, port, protocol, ports, sender, family: familiesOf(name), policy: () => null })
}

/** By the name: AWS's classic registry names have IPv4 addresses alone, its dual-stack names both. */
function familiesOf({ host }: Name): HostQuestion['family'] {
  if (/(^|\.)(api|dkr)\.ecr\./.test(host)) return 'ipv4'
  return /(\.api\.aws|\.on\.aws|\.s3\.dualstack\..*)$/.test(host) ? 'dualstack' : 'unsettled'
}

function portsOf({ sourcePort }: TraceQuestion): Ranges<number> {
  return sourcePort === null ? EPHEMERAL : portRanges(sourcePort, sourcePort)
}

function named(index: NetworkIndex, to: string): Name {
  const { region } = index.network
  if (to === 'ecr-api') return { host: apiHost('ecr-api', region), region, service: 'ecr.api' }
  const account = index.network.accountId ?? '000000000000'
  if (to === 'ecr-dkr') return { host: registryHost(account, region), region, service: 'ecr.dkr' }
  if (to === 's3') return { host: layerHost(region), region, service: 's3' }
  return nameOf(index, to)
}

function hostOf(index: NetworkIndex, to: string): string {
  return ['ecr-api', 'ecr-dkr', 's3'].includes(to) ? named(index, to).host : to
}

function toTarget({ index, question, sender }: Traced, to: Target, family: 4 | 6 = 4): Judged {
  const { port, protocol } = question
  const ports = portsOf(question)
  const segment = forward({ index, family, protocol, port, ports, from: sender, to })
  const sent = box(sender.addresses, to.addresses, ports)
  return { outcome: outcomeOf(to.kind, sent, segment), via: segment.via, hops: segment.hops }
}

function toInterface(traced: Traced, id: string): Judged {
  const found = traced.index.networkInterface(id)
  if (found.is === 'there') return toTarget(traced, interfaceTarget(found.value))
  const because = { en: `network interface ${id} is not visible`, ko: `조회할 수 없는 네트워크 인터페이스: ${id}` }
  return cannotSee({ permission: 'ec2:DescribeNetworkInterfaces', reason: ['interface-unseen', id], because })
}

function interfaceTarget(one: NetworkInterface): Target {
  return {
    kind: 'interface',
    name: `${one.privateIps[0] ?? ''} (${one.id})`,
    addresses: rangesOf(one.privateIps.slice(0, 1), 4),
    ...ALL_READ,
    interface: one,
  }
}

function toEndpoint(traced: Traced, id: string): Judged {
  if (traced.index.endpoint(id).is === 'there')
    return toName(traced, { host: `${id}-any`, region: null, service: null })
  const because = { en: `endpoint ${id} is not visible`, ko: `조회할 수 없는 엔드포인트: ${id}` }
  return cannotSee({ permission: 'ec2:DescribeVpcEndpoints', reason: ['endpoint-unseen', id], because })
}

/** Of a target, unless it says otherwise: a trace is given every interface. */
const ALL_READ = { interface: null, prefixListId: null, interfacesPartlyRead: false } as const
const INTERNET: Target = { kind: 'public', name: 'internet', addresses: publicAddresses(4), ...ALL_READ }

function toAddress(traced: Traced, address: string): Judged {
  const { index, sender } = traced
  const family = isEmpty(rangesOf([address], 4)) ? 6 : 4
  const to: Target = {
    kind: 'address',
    name: address,
    addresses: rangesOf([address], family),
    ...ALL_READ,
    interface: index.interfaceAt(sender.subnet.vpcId, address),
  }
  if (family === 4) return toTarget(traced, to)
  const { id, cidrs } = sender.subnet
  const addresses = rangesOf(cidrs, 6)
  if (!isEmpty(addresses)) return toTarget({ ...traced, sender: { ...sender, addresses } }, to, 6)
  const why = { en: `${id} has no IPv6 addresses`, ko: `IPv6 주소가 없는 서브넷: ${id}` }
  const hop = { at: 'route', id, decision: 'deny', reason: ['subnet-without-ipv6', id], why } as const
  return { outcome: 'blocked', via: NOWHERE, hops: [hop] }
}

function cannotSee(missing: Missing): Judged {
  return { outcome: 'indeterminate', via: NOWHERE, hops: [unknown('route', null, missing)] }
}
