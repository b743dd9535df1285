/** One host from one sender: its name, the addresses it may lead to, and what becomes of packets to each. */

import { distinctBy } from '../../domain/collections.ts'
import type { Endpoint, NetworkInterface } from '../../domain/network.ts'
import { HOPS, type Hop, type Missing, type Outcome, type Statement, type Via } from '../../domain/path.ts'
import { publicAddresses, rangesOf } from '../addresses.ts'
import { box } from '../packets.ts'
import { isEmpty, subtract } from '../ranges.ts'
import { attribute } from './cause.ts'
import { NOWHERE, type Target } from './flow.ts'
import { forward } from './forward.ts'
import type { Answers, Resolution } from './names/resolution.ts'
import { resolve } from './names/resolve.ts'
import { type Attempt, outcomeOf, outcomeOfAny, outcomeOfCandidates, worse } from './outcome.ts'
import type { HostQuestion, Judged } from './question.ts'
import { unknown } from './segments.ts'

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

/** Of a target, unless it says otherwise: a start's facts hold some interfaces of a VPC only. */
const SOME_READ = { interface: null, prefixListId: null, interfacesPartlyRead: true } as const

function attempt({ index, protocol, port, ports, sender }: HostQuestion, to: Target): Attempt {
  const segment = forward({ index, family: 4, protocol, port, ports, from: sender, to })
  return { sent: box(sender.addresses, to.addresses, ports), segment }
}

function toEndpoint(question: HostQuestion, endpoint: Endpoint): Judged {
  const via: Via = { kind: 'interface-endpoint', id: endpoint.id }
  const refused = beforeAddresses(endpoint)
  if (refused !== null) return { outcome: outcomeAt(refused), via, hops: [refused] }
  const interfaces = endpoint.interfaceIds.map((id) => question.index.networkInterface(id))
  const seen = interfaces.flatMap((one) => (one.is === 'there' && one.value.privateIps.length > 0 ? [one.value] : []))
  const attempts = seen.map((one) => attempt(question, interfaceTarget(one, endpoint)))
  const isWhole = seen.length === interfaces.length
  const hops = [...markedHops(attempts), ...(isWhole ? [] : [unseenInterfaces(endpoint)])]
  const outcome = isWhole ? outcomeOfAny(attempts) : outcomeOfSome(attempts)
  return withPolicy({ outcome, via, hops }, question.policy(endpoint))
}

/** There are further addresses, of which nothing is known: they may do where these fail. */
function outcomeOfSome(attempts: readonly Attempt[]): Outcome {
  const outcome = attempts.length === 0 ? 'blocked' : outcomeOfAny(attempts)
  return outcome === 'blocked' ? 'indeterminate' : worse('indeterminate', outcome)
}

/** A filter that stops the way to one address and not to another is told apart from one that stops them all. */
function markedHops(attempts: readonly Attempt[]): readonly Hop[] {
  const ways = attempts.map(({ segment }) => segment.hops)
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

function interfaceTarget(one: NetworkInterface, endpoint: Endpoint): Target {
  return {
    kind: 'interface',
    name: `${one.privateIps[0]} (${endpoint.id})`,
    addresses: rangesOf(one.privateIps, 4),
    ...SOME_READ,
    interface: one,
  }
}

/** An endpoint that answers with nothing that an IPv4 client can call. PrivateLink Guide, "DNS record IP type". */
function beforeAddresses(endpoint: Endpoint): Hop | null {
  const { id } = endpoint
  const at = { at: 'endpoint', id, decision: 'deny' } as const
  if (endpoint.dnsRecordIpType === 'ipv6') {
    const why = { en: `${id} answers with IPv6 addresses only`, ko: `IPv6 주소로만 응답하는 엔드포인트: ${id}` }
    return { ...at, reason: ['no-ipv4-record', id], why, fault: { kind: 'no-ipv4-record', endpointId: id } }
  }
  if (endpoint.interfaceIds.length > 0) return null
  if (endpoint.subnetIds.length > 0) return unseenInterfaces(endpoint)
  const why = { en: `${id} has no subnet and so no address`, ko: `서브넷이 없어 주소도 없는 엔드포인트: ${id}` }
  const fault = { kind: 'endpoint-without-interfaces', endpointId: id } as const
  return { ...at, reason: ['endpoint-without-subnet', id], why, fault }
}

function unseenInterfaces({ id }: Endpoint): Hop {
  const because = { en: `could not read the network interfaces of ${id}`, ko: `읽지 못한 네트워크 인터페이스: ${id}` }
  const permission = 'ec2:DescribeNetworkInterfaces'
  return unknown('endpoint', id, { permission, reason: ['endpoint-interfaces-unread', id], because })
}

/** Addresses that a private hosted zone gives: interfaces of this VPC, or of another one. */
function toAddresses(question: HostQuestion, addresses: readonly string[]): Judged {
  const { index, sender } = question
  const attempts = addresses
    .filter((address) => !isEmpty(rangesOf([address], 4)))
    .map((address) =>
      attempt(question, {
        kind: 'address',
        name: address,
        addresses: rangesOf([address], 4),
        ...SOME_READ,
        interface: index.interfaceAt(sender.subnet.vpcId, address),
      }),
    )
  const [first] = attempts
  if (first === undefined) return undecided(WITHOUT_ADDRESS)
  return { outcome: outcomeOfAny(attempts), via: first.segment.via, hops: markedHops(attempts) }
}

/** The endpoint that a zone leads to belongs to a VPC whose interfaces could not be read. */
const WITHOUT_ADDRESS: Missing = {
  permission: 'ec2:DescribeNetworkInterfaces',
  reason: ['addresses-unknown'],
  because: { en: 'the addresses that the name leads to are not known', ko: '이름이 가리키는 주소를 알 수 없음' },
}

function undecided(missing: Missing): Judged {
  return { outcome: 'indeterminate', via: NOWHERE, hops: [unknown('dns', null, missing)] }
}

function toPublic(question: HostQuestion, resolution: Resolution, is: 's3' | 'public'): Judged {
  const to = is === 's3' ? s3Target(question) : publicTarget(question)
  if ('missing' in to) return undecided(to.missing)
  const { sent, segment } = attempt(question, to)
  const outcome = outcomeOf(to.kind, sent, segment)
  const hops = attribute(question, resolution, outcome, segment.hops)
  const { kind, id } = segment.via
  const endpoint = kind === 'gateway-endpoint' && id !== null ? question.index.endpoint(id) : null
  const policy = endpoint?.is === 'there' ? question.policy(endpoint.value) : null
  return withPolicy({ outcome, via: segment.via, hops }, policy)
}

function s3Target({ index }: HostQuestion): Target | { readonly missing: Missing } {
  const found = index.s3PrefixList(4)
  if (found.is === 'there') {
    const { list, ranges } = found.value
    return { kind: 's3', name: `S3 (${list.id})`, addresses: ranges(4), ...SOME_READ, prefixListId: list.id }
  }
  const because = { en: 'the addresses of S3 in this Region are not known', ko: '이 리전의 S3 주소를 알 수 없음' }
  const permission = found.is === 'unread' ? found.missing.permission : 'ec2:DescribeManagedPrefixLists'
  return { missing: { permission, reason: ['s3-addresses-unknown'], because } }
}

/** Some public address: none of the VPC's own, and for other services none of S3's. */
function publicTarget({ index, sender, name }: HostQuestion): Target {
  const { vpcId } = sender.subnet
  const isS3 = name.service === 's3'
  const addresses = index.once(`public ${vpcId} ${isS3}`, () => {
    const outside = subtract(publicAddresses(4), index.vpcRanges(vpcId, 4))
    const s3 = index.s3PrefixList(4)
    return s3.is === 'there' && !isS3 ? subtract(outside, s3.value.ranges(4)) : outside
  })
  return { kind: 'public', name: 'internet', addresses, ...SOME_READ }
}

/** A refusal of the policy stands even where packets pass; what it cannot decide leaves the path undecided. */
function withPolicy(judged: Judged, policy: Hop | null): Judged {
  if (policy === null) return judged
  return { ...judged, outcome: worse(judged.outcome, outcomeAt(policy)), hops: [...judged.hops, policy] }
}

/** Of a way that is whole but for this hop. */
function outcomeAt({ decision }: Hop): Outcome {
  if (decision === 'deny') return 'blocked'
  return decision === 'allow' ? 'reachable' : 'indeterminate'
}

/** Fargate and EC2 in IPv6-only subnets: names with IPv4 addresses alone need DNS64 and a NAT64 route. */
function ipv6Only({ sender, family }: HostQuestion): Judged {
  const { id, dns64 } = sender.subnet
  if (family === 'ipv4' && !dns64) {
    const statement: Statement = {
      reason: ['ipv6-only-without-dns64', id],
      why: {
        en: `${id} is IPv6-only and DNS64 is off, but the host has IPv4 addresses only`,
        ko: `호스트에 IPv4 주소만 있으나 서브넷은 IPv6 전용이고 DNS64가 꺼져 있음: ${id}`,
      },
    }
    const fault = { kind: 'no-route', routeTableId: '', subnetId: id, destination: 'ipv6-only' } as const
    return { outcome: 'blocked', via: NOWHERE, hops: [{ at: 'dns', id, decision: 'deny', ...statement, fault }] }
  }
  const because = {
    en: `${id} is IPv6-only: AWS documents no settled way for image pulls from it`,
    ko: `IPv6 전용 서브넷에서의 이미지 풀 경로는 AWS 문서로 확정할 수 없음: ${id}`,
  }
  const missing: Missing = { permission: null, reason: ['ipv6-only', id], because }
  return { outcome: 'indeterminate', via: NOWHERE, hops: [unknown('dns', id, missing)] }
}

/** In the order in which packets meet them, each statement once. */
export function tidy(judged: Judged): Judged {
  const hops = distinctBy(judged.hops, ({ at, id, decision, reason }) => JSON.stringify([at, id, decision, reason]))
  return { ...judged, hops: hops.toSorted((a, b) => HOPS.indexOf(a.at) - HOPS.indexOf(b.at)) }
}
