/** One host from one sender: its name, the addresses it may lead to, and what becomes of packets to each. */
import type { Endpoint, NetworkInterface } from '../../domain/network.ts'
import type { Hop, HopAt, Missing, Outcome, Via } from '../../domain/path.ts'
import { type Family, publicAddresses, rangesOf } from '../addresses.ts'
import { box } from '../packets.ts'
import { isEmpty, subtract } from '../ranges.ts'
import { attribute } from './cause.ts'
import { type Aim, type Flow, NOWHERE } from './flow.ts'
import { carry } from './forward.ts'
import { type Answers, type Resolution, resolve } from './names/resolve.ts'
import { outcomeOf, outcomeOfAny, outcomeOfCandidates, worse } from './outcome.ts'
import type { HostQuestion, Judged } from './question.ts'

export function judgeHost(question: HostQuestion): Judged {
  const { index, sender } = question
  if (isEmpty(sender.addresses)) return ipv6Only(question)
  const resolution = resolve(index, sender.subnet.vpcId, question.name)
  const judged = resolution.candidates.map((answers) => judgeAnswers(question, resolution, answers))
  const first = judged[0] as Judged
  const settled = judged.length === 1 && resolution.hop.decision !== 'unknown'
  return tidy({
    outcome: settled ? first.outcome : outcomeOfCandidates(judged.map((one) => one.outcome)),
    via: first.via,
    hops: [resolution.hop, ...first.hops],
  })
}

function judgeAnswers(question: HostQuestion, resolution: Resolution, answers: Answers): Judged {
  switch (answers.is) {
    case 'nothing':
      return { outcome: 'blocked', via: NOWHERE, hops: [] }
    case 'unknown':
      return { outcome: 'indeterminate', via: NOWHERE, hops: [] }
    case 'endpoint':
      return toEndpoint(question, answers.endpoint)
    case 'addresses':
      return toAddresses(question, answers.addresses)
    default:
      return toPublic(question, resolution, answers.is)
  }
}

function flowTo(
  { index, protocol, port, ports, sender }: HostQuestion,
  to: Aim,
  family: Family = 4,
): Omit<Flow, 'onward'> {
  return { index, family, protocol, port, ports, from: sender, to }
}

function toEndpoint(question: HostQuestion, endpoint: Endpoint): Judged {
  const via: Via = { kind: 'interface-endpoint', id: endpoint.id }
  const refused = beforeAddresses(endpoint)
  if (refused !== null)
    return { outcome: refused.decision === 'deny' ? 'blocked' : 'indeterminate', via, hops: [refused] }
  const interfaces = endpoint.interfaceIds.map((id) => question.index.networkInterface(id))
  const seen = interfaces.flatMap((one) => (one.is === 'there' && one.value.privateIps.length > 0 ? [one.value] : []))
  const attempts = seen.map((one) => attempt(question, interfaceAim(one, endpoint)))
  const unseen = interfaces.length - seen.length
  const outcome = outcomeOfAny(attempts)
  const policy = question.policy(endpoint)
  const hops = [...markedHops(attempts.map(({ leg }) => leg.hops)), ...(unseen > 0 ? [unseenInterfaces(endpoint)] : [])]
  const reached =
    unseen === 0 && attempts.length > 0
      ? outcome
      : attempts.length > 0 && outcome !== 'blocked'
        ? worse('indeterminate', outcome)
        : 'indeterminate'
  return withPolicy({ outcome: reached, via, hops }, policy)
}

/** A filter that stops the way to one address and not to another is told apart from one that stops them all. */
function markedHops(ways: readonly (readonly Hop[])[]): readonly Hop[] {
  const refuses = (hops: readonly Hop[], { at, id }: Hop) =>
    hops.some((other) => other.at === at && other.id === id && other.decision !== 'allow')
  return ways.flatMap((hops) =>
    hops.map((hop) =>
      hop.fault === undefined || ways.every((other) => refuses(other, hop))
        ? hop
        : { ...hop, oneAddress: true as const },
    ),
  )
}

function interfaceAim(one: NetworkInterface, endpoint: Endpoint): Aim {
  const label = `${one.privateIps[0]} (${endpoint.id})`
  return {
    kind: 'interface',
    addresses: rangesOf(one.privateIps, 4),
    interface: one,
    label: { en: label, ko: label },
    prefixListId: null,
    interfacesPartlyRead: true,
  }
}

function attempt(question: HostQuestion, to: Aim) {
  const flow = flowTo(question, to)
  return { sent: box(question.sender.addresses, to.addresses, question.ports), leg: carry(flow) }
}

/** An endpoint that answers with nothing that an IPv4 client can call. PrivateLink Guide, "DNS record IP type". */
function beforeAddresses(endpoint: Endpoint): Hop | null {
  if (endpoint.dnsRecordIpType === 'ipv6') {
    const why = {
      en: `${endpoint.id} answers with IPv6 addresses only`,
      ko: `IPv6 주소로만 응답하는 엔드포인트: ${endpoint.id}`,
    }
    return {
      at: 'endpoint',
      id: endpoint.id,
      decision: 'deny',
      why,
      fault: { kind: 'no-ipv4-record', endpointId: endpoint.id },
    }
  }
  if (endpoint.interfaceIds.length > 0) return null
  if (endpoint.subnetIds.length > 0) return unseenInterfaces(endpoint)
  const why = {
    en: `${endpoint.id} has no subnet and so no address`,
    ko: `서브넷이 없어 주소도 없는 엔드포인트: ${endpoint.id}`,
  }
  return {
    at: 'endpoint',
    id: endpoint.id,
    decision: 'deny',
    why,
    fault: { kind: 'endpoint-without-interfaces', endpointId: endpoint.id },
  }
}

function unseenInterfaces(endpoint: Endpoint): Hop {
  const because = {
    en: `could not read the network interfaces of ${endpoint.id}`,
    ko: `읽지 못한 네트워크 인터페이스: ${endpoint.id}`,
  }
  const missing: Missing = { permission: 'ec2:DescribeNetworkInterfaces', because }
  return { at: 'endpoint', id: endpoint.id, decision: 'unknown', why: because, missing }
}

/** Addresses that a private hosted zone gives: interfaces of this VPC, or of another one. */
function toAddresses(question: HostQuestion, addresses: readonly string[]): Judged {
  const { index, sender } = question
  const attempts = addresses
    .filter((address) => !isEmpty(rangesOf([address], 4)))
    .map((address) =>
      attempt(question, {
        kind: 'address',
        addresses: rangesOf([address], 4),
        interface: index.interfaceAt(sender.subnet.vpcId, address),
        label: { en: address, ko: address },
        prefixListId: null,
        interfacesPartlyRead: true,
      }),
    )
  if (attempts.length === 0) return withoutAddress()
  const via = attempts[0]?.leg.via ?? NOWHERE
  return { outcome: outcomeOfAny(attempts), via, hops: markedHops(attempts.map(({ leg }) => leg.hops)) }
}

/** The endpoint that a zone leads to belongs to a VPC whose interfaces could not be read. */
function withoutAddress(): Judged {
  const because = { en: 'the addresses that the name leads to are not known', ko: '이름이 가리키는 주소를 알 수 없음' }
  const missing: Missing = { permission: 'ec2:DescribeNetworkInterfaces', because }
  return {
    outcome: 'indeterminate',
    via: NOWHERE,
    hops: [{ at: 'dns', id: null, decision: 'unknown', why: because, missing }],
  }
}

function toPublic(question: HostQuestion, resolution: Resolution, is: 's3' | 'public'): Judged {
  const to = is === 's3' ? s3Aim(question) : publicAim(question)
  if ('missing' in to) {
    const hop: Hop = { at: 'dns', id: null, decision: 'unknown', why: to.missing.because, missing: to.missing }
    return { outcome: 'indeterminate', via: NOWHERE, hops: [hop] }
  }
  const { sent, leg } = attempt(question, to)
  const outcome = outcomeOf(to.kind, sent, leg)
  const hops = attribute(question, resolution, outcome, leg.hops)
  const endpoint =
    leg.via.kind === 'gateway-endpoint' && leg.via.id !== null ? question.index.endpoint(leg.via.id) : null
  const policy = endpoint?.is === 'there' ? question.policy(endpoint.value) : null
  return withPolicy({ outcome, via: leg.via, hops }, policy)
}

function s3Aim({ index }: HostQuestion): Aim | { readonly missing: Missing } {
  const found = index.s3PrefixList(4)
  if (found.is === 'there') {
    const { list, ranges } = found.value
    const label = `S3 (${list.id})`
    return {
      kind: 's3',
      addresses: ranges(4),
      interface: null,
      label: { en: label, ko: label },
      prefixListId: list.id,
      interfacesPartlyRead: true,
    }
  }
  const because = { en: 'the addresses of S3 in this Region are not known', ko: '이 리전의 S3 주소를 알 수 없음' }
  return {
    missing:
      found.is === 'unread' ? { ...found.missing, because } : { permission: 'ec2:DescribeManagedPrefixLists', because },
  }
}

/** Some public address: none of the VPC's own, and for other services none of S3's. */
function publicAim({ index, sender, name }: HostQuestion): Aim {
  const family: Family = 4
  const s3 = index.s3PrefixList(family)
  const key = `public ${sender.subnet.vpcId} ${name.service === 's3'}`
  const addresses = index.once(key, () => {
    const outside = subtract(publicAddresses(family), index.vpcRanges(sender.subnet.vpcId, family))
    return s3.is === 'there' && name.service !== 's3' ? subtract(outside, s3.value.ranges(family)) : outside
  })
  return {
    kind: 'public',
    addresses,
    interface: null,
    label: { en: 'the internet', ko: '인터넷' },
    prefixListId: null,
    interfacesPartlyRead: true,
  }
}

/** A refusal of the policy stands even where packets pass; what it cannot decide leaves the path undecided. */
function withPolicy(judged: Judged, policy: Hop | null): Judged {
  if (policy === null) return judged
  const verdict: Outcome =
    policy.decision === 'deny' ? 'blocked' : policy.decision === 'allow' ? 'reachable' : 'indeterminate'
  return { ...judged, outcome: worse(judged.outcome, verdict), hops: [...judged.hops, policy] }
}

/** Fargate and EC2 in IPv6-only subnets: names with IPv4 addresses alone need DNS64 and a NAT64 route. */
function ipv6Only({ sender, family }: HostQuestion): Judged {
  const { subnet } = sender
  if (family === 'ipv4' && !subnet.dns64) {
    const why = {
      en: `${subnet.id} is IPv6-only and DNS64 is off, but the host has IPv4 addresses only`,
      ko: `호스트에 IPv4 주소만 있으나 서브넷은 IPv6 전용이고 DNS64가 꺼져 있음: ${subnet.id}`,
    }
    return {
      outcome: 'blocked',
      via: NOWHERE,
      hops: [
        {
          at: 'dns',
          id: subnet.id,
          decision: 'deny',
          why,
          fault: { kind: 'no-route', routeTableId: '', subnetId: subnet.id, destination: 'ipv6-only' },
        },
      ],
    }
  }
  const because = {
    en: `${subnet.id} is IPv6-only: AWS documents no settled way for image pulls from it`,
    ko: `IPv6 전용 서브넷에서의 이미지 풀 경로는 AWS 문서로 확정할 수 없음: ${subnet.id}`,
  }
  return {
    outcome: 'indeterminate',
    via: NOWHERE,
    hops: [{ at: 'dns', id: subnet.id, decision: 'unknown', why: because, missing: { permission: null, because } }],
  }
}

const ORDER: readonly HopAt[] = [
  'dns',
  'route',
  'security-group-egress',
  'network-acl-out',
  'endpoint',
  'nat-gateway',
  'internet-gateway',
  'network-acl-in',
  'security-group-ingress',
  'endpoint-policy',
]

const RANK = new Map(ORDER.map((at, rank) => [at, rank]))

/** In the contract's order, each statement once. */
export function tidy(judged: Judged): Judged {
  const kept: Hop[] = []
  for (const hop of judged.hops) if (!kept.some((other) => saysTheSame(hop, other))) kept.push(hop)
  return { ...judged, hops: kept.sort((a, b) => (RANK.get(a.at) ?? 0) - (RANK.get(b.at) ?? 0)) }
}

function saysTheSame(a: Hop, b: Hop): boolean {
  return a.at === b.at && a.id === b.id && a.decision === b.decision && a.why.en === b.why.en
}
