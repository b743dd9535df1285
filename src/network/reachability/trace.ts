/** One flow: can something here reach that host or address and port, and if not, which hop stops it (contract, section 7). */
import type { NetworkInterface, Subnet } from '../../domain/network.ts'
import { apiHost, layerHost, partitionOf } from '../../domain/partition.ts'
import type { Hop, Missing, Path } from '../../domain/path.ts'
import type { Text } from '../../domain/text.ts'
import { parseBlock, publicAddresses, rangesOf } from '../addresses.ts'
import type { NetworkIndex } from '../network-index.ts'
import { box } from '../packets.ts'
import { isEmpty, portRanges, type Ranges } from '../ranges.ts'
import { NO_POLICY } from './endpoint-policy.ts'
import { type Aim, EPHEMERAL, NOWHERE, type Sender } from './flow.ts'
import { carry } from './forward.ts'
import { judgeHost, tidy } from './host.ts'
import type { Name } from './names/resolve.ts'
import { nameOf } from './names/service-name.ts'
import { outcomeOf } from './outcome.ts'
import type { Judged } from './question.ts'

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
  const judged = tidy(judge(index, question, sender))
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
    return found.is === 'there' ? fromSubnet(found.value, from.groupIds, from.publicIp) : null
  }
  const one = index.networkInterface(from.interfaceId)
  if (one.is !== 'there') return null
  const home = index.subnet(one.value.subnetId)
  if (home.is !== 'there') return null
  const { groupIds, privateIps, publicIp } = one.value
  return {
    subnet: home.value,
    addresses: rangesOf(privateIps.slice(0, 1), 4),
    groupIds,
    publicIp: publicIp !== null,
    isTask: false,
    isNatGateway: false,
  }
}

function fromSubnet(subnet: Subnet, groupIds: readonly string[], publicIp: boolean): Sender {
  return { subnet, addresses: rangesOf(subnet.cidrs, 4), groupIds, publicIp, isTask: false, isNatGateway: false }
}

function judge(index: NetworkIndex, question: TraceQuestion, sender: Sender): Judged {
  const { to } = question
  if (to.startsWith('eni-')) return toInterface(index, question, sender, to)
  if (to.startsWith('vpce-') && !to.includes('.')) return toEndpoint(index, question, sender, to)
  if (to === 'internet') return once(index, question, sender, internet(index, sender))
  const block = parseBlock(to)
  if (block !== null) return toAddress(index, question, sender, to)
  const { port, protocol } = question
  return judgeHost({
    index,
    name: named(index, to),
    port,
    protocol,
    ports: portsOf(question),
    sender,
    family: 'ipv4',
    policy: NO_POLICY,
  })
}

function portsOf({ sourcePort }: TraceQuestion): Ranges<number> {
  return sourcePort === null ? EPHEMERAL : portRanges(sourcePort, sourcePort)
}

function named(index: NetworkIndex, to: string): Name {
  const { region } = index.network
  if (to === 'ecr-api') return { host: apiHost('ecr-api', region), region, service: 'ecr.api' }
  if (to === 'ecr-dkr')
    return {
      host: `${index.network.accountId ?? '000000000000'}.dkr.ecr.${region}.${partitionOf(region).dnsSuffix}`,
      region,
      service: 'ecr.dkr',
    }
  if (to === 's3') return { host: layerHost(region), region, service: 's3' }
  return nameOf(index, to)
}

function hostOf(index: NetworkIndex, to: string): string {
  return ['ecr-api', 'ecr-dkr', 's3'].includes(to) ? named(index, to).host : to
}

function once(index: NetworkIndex, question: TraceQuestion, sender: Sender, to: Aim, family: 4 | 6 = 4): Judged {
  const { port, protocol } = question
  const leg = carry({ index, family, protocol, port, ports: portsOf(question), from: sender, to })
  const sent = box(sender.addresses, to.addresses, portsOf(question))
  return { outcome: outcomeOf(to.kind, sent, leg), via: leg.via, hops: leg.hops }
}

function toInterface(index: NetworkIndex, question: TraceQuestion, sender: Sender, id: string): Judged {
  const found = index.networkInterface(id)
  if (found.is === 'there') return once(index, question, sender, aimAt(found.value))
  return cannotSee(
    { en: `network interface ${id} is not visible`, ko: `조회할 수 없는 네트워크 인터페이스: ${id}` },
    'ec2:DescribeNetworkInterfaces',
  )
}

function aimAt(one: NetworkInterface): Aim {
  const label = `${one.privateIps[0] ?? ''} (${one.id})`
  const addresses = rangesOf(one.privateIps.slice(0, 1), 4)
  return {
    kind: 'interface',
    addresses,
    interface: one,
    label: { en: label, ko: label },
    prefixListId: null,
    interfacesPartlyRead: false,
  }
}

function toEndpoint(index: NetworkIndex, question: TraceQuestion, sender: Sender, id: string): Judged {
  const found = index.endpoint(id)
  if (found.is !== 'there')
    return cannotSee(
      { en: `endpoint ${id} is not visible`, ko: `조회할 수 없는 엔드포인트: ${id}` },
      'ec2:DescribeVpcEndpoints',
    )
  const host = `${id}-any`
  const { port, protocol } = question
  return judgeHost({
    index,
    name: { host, region: null, service: null },
    port,
    protocol,
    ports: portsOf(question),
    sender,
    family: 'ipv4',
    policy: NO_POLICY,
  })
}

function internet(index: NetworkIndex, sender: Sender): Aim {
  const addresses = index.once(`internet ${sender.subnet.vpcId}`, () => publicAddresses(4))
  return {
    kind: 'public',
    addresses,
    interface: null,
    label: { en: 'the internet', ko: '인터넷' },
    prefixListId: null,
    interfacesPartlyRead: false,
  }
}

function toAddress(index: NetworkIndex, question: TraceQuestion, sender: Sender, address: string): Judged {
  const addresses = rangesOf([address], 4)
  if (isEmpty(addresses)) return overIpv6(index, question, sender, address)
  const label: Text = { en: address, ko: address }
  const own = index.interfaceAt(sender.subnet.vpcId, address)
  const aim: Aim = {
    kind: 'address',
    addresses,
    interface: own,
    label,
    prefixListId: null,
    interfacesPartlyRead: false,
  }
  return once(index, question, sender, aim)
}

function overIpv6(index: NetworkIndex, question: TraceQuestion, sender: Sender, address: string): Judged {
  const addresses = rangesOf(sender.subnet.cidrs, 6)
  if (isEmpty(addresses)) {
    const why = { en: `${sender.subnet.id} has no IPv6 addresses`, ko: `IPv6 주소가 없는 서브넷: ${sender.subnet.id}` }
    return { outcome: 'blocked', via: NOWHERE, hops: [{ at: 'route', id: sender.subnet.id, decision: 'deny', why }] }
  }
  const label: Text = { en: address, ko: address }
  const own = index.interfaceAt(sender.subnet.vpcId, address)
  const aim: Aim = {
    kind: 'address',
    addresses: rangesOf([address], 6),
    interface: own,
    label,
    prefixListId: null,
    interfacesPartlyRead: false,
  }
  return once(index, question, { ...sender, addresses }, aim, 6)
}

function cannotSee(because: Text, permission: string): Judged {
  const missing: Missing = { permission, because }
  const hop: Hop = { at: 'route', id: null, decision: 'unknown', why: because, missing }
  return { outcome: 'indeterminate', via: NOWHERE, hops: [hop] }
}
