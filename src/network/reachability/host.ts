/** One host from one sender: its name, the addresses it may lead to, and what becomes of packets to each. */

import { distinctBy } from '../../domain/collections.ts'
import type { MountTarget } from '../../domain/configuration.ts'
import type { Endpoint, NetworkInterface, Subnet } from '../../domain/network.ts'
import { HOPS, type Hop, type Missing, type Outcome, type Via } from '../../domain/path.ts'
import { type Family, familyOf, publicAddresses, rangesOf, toNat64 } from '../addresses.ts'
import { box } from '../packets.ts'
import { isEmpty, subtract, unionAll } from '../ranges.ts'
import { attribute } from './cause.ts'
import { NOWHERE, type Target } from './flow.ts'
import { forward } from './forward.ts'
import {
  calledAt,
  ecrOverIpv6,
  familyOver,
  familyUnsettled,
  hasIpv6Record,
  type Over,
  routedToNat64,
  withoutDns64,
} from './ipv6.ts'
import { resolveMount } from './names/mount-name.ts'
import type { Answers, Resolution } from './names/resolution.ts'
import { resolve } from './names/resolve.ts'
import { type Attempt, outcomeOf, outcomeOfAny, outcomeOfCandidates, worse } from './outcome.ts'
import type { HostQuestion, Judged } from './question.ts'
import { unknown } from './segments.ts'

export function judgeHost(question: HostQuestion): Judged {
  const { family, sender } = question
  if (familyOf(sender.addresses) === 4) return judgeOver(question, 4)
  if (family === 'dualstack') return judgeOver(question, 6)
  if (family === 'ipv4') return judgeOver(question, 'nat64')
  const [native, translated] = [judgeOver(question, 6), judgeOver(question, 'nat64')]
  if (native.outcome === translated.outcome) return native
  const [better] = native.outcome === 'blocked' ? [translated] : [native]
  return tidy({ ...better, outcome: 'indeterminate', hops: [familyUnsettled(question), ...better.hops] })
}

function judgeOver(question: HostQuestion, over: Over): Judged {
  const { index, sender, name } = question
  const { fileSystemId } = name
  const resolution =
    typeof fileSystemId === 'string'
      ? resolveMount(index, sender.subnet, { ...name, fileSystemId }, familyOver(over))
      : resolve(index, sender.subnet.vpcId, name, familyOver(over))
  const judged = resolution.candidates.map((answers) => judgeAnswers(question, resolution, answers, over))
  const first = judged[0] as Judged
  const settled = judged.length === 1 && resolution.hop.decision !== 'unknown'
  return tidy({
    outcome: settled ? first.outcome : outcomeOfCandidates(judged.map((one) => one.outcome)),
    via: first.via,
    hops: [resolution.hop, ...first.hops],
  })
}

function judgeAnswers(question: HostQuestion, resolution: Resolution, answers: Answers, over: Over): Judged {
  switch (answers.is) {
    case 'nothing':
      return { outcome: 'blocked', via: NOWHERE, hops: [] }
    case 'unknown':
      return { outcome: 'indeterminate', via: NOWHERE, hops: [] }
    case 'endpoint':
      return toEndpoint(question, answers.endpoint, over)
    case 'addresses':
      return toAddresses(question, answers.addresses.map(placed(question)), over)
    case 'mount-targets':
      return toAddresses(question, answers.targets.map(mounted(question)), over)
    default:
      return toPublic(question, resolution, answers.is, over)
  }
}

/** Of a target, unless it says otherwise: a start's facts hold some interfaces of a VPC only. */
const SOME_READ = { interface: null, prefixListId: null, interfacesPartlyRead: true } as const

function attempt({ index, protocol, port, ports, sender }: HostQuestion, to: Target): Attempt {
  const segment = forward({ index, family: familyOf(sender.addresses), protocol, port, ports, from: sender, to })
  return { sent: box(sender.addresses, to.addresses, ports), segment }
}

function toEndpoint(question: HostQuestion, endpoint: Endpoint, over: Over): Judged {
  const via: Via = { kind: 'interface-endpoint', id: endpoint.id }
  const interfaces = endpoint.interfaceIds.map((id) => question.index.networkInterface(id))
  const there = interfaces.flatMap((one) => (one.is === 'there' ? [one.value] : []))
  const { subnet } = question.sender
  const called = over === 4 ? 4 : hasIpv6Record(endpoint, there) ? 6 : 'nat64'
  const refused = beforeAddresses(endpoint, called, subnet)
  if (refused !== null) return { outcome: outcomeAt(refused), via, hops: [refused] }
  const targets = there.map((one) => interfaceTarget(one, endpoint, called)).filter((one) => !isEmpty(one.addresses))
  const attempts = targets.map((target) => attempt(question, target))
  const isWhole = attempts.length === interfaces.length
  const hops = [...markedHops(attempts), ...(isWhole ? [] : [unseenInterfaces(endpoint)])]
  const outcome = isWhole ? outcomeOfAny(attempts) : outcomeOfSome(attempts)
  const judged = withPolicy({ outcome, via, hops }, question.policy(endpoint))
  if (called === 'nat64') return routedToNat64(judged, subnet)
  return called === 6 && question.name.service?.startsWith('ecr') === true ? unsettled(judged, endpoint) : judged
}

function unsettled(judged: Judged, endpoint: Endpoint): Judged {
  if (judged.outcome === 'blocked') return judged
  return { ...judged, outcome: worse('indeterminate', judged.outcome), hops: [...judged.hops, ecrOverIpv6(endpoint)] }
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

function interfaceTarget(one: NetworkInterface, endpoint: Endpoint, over: Over): Target {
  const own = over === 6 ? one.ipv6Addresses : one.privateIps
  return {
    kind: 'interface',
    name: `${own[0]} (${endpoint.id})`,
    addresses: calledAt(own, over),
    ...SOME_READ,
    // Translated packets are addressed to nobody in the VPC yet.
    interface: over === 'nat64' ? null : one,
  }
}

/** An endpoint that answers with nothing that the client can call. PrivateLink Guide, "DNS record IP type". */
function beforeAddresses(endpoint: Endpoint, over: Over, { dns64 }: Subnet): Hop | null {
  const { id } = endpoint
  const at = { at: 'endpoint', id, decision: 'deny' } as const
  if (over === 4 && endpoint.dnsRecordIpType === 'ipv6') {
    const why = { en: `${id} answers with IPv6 addresses only`, ko: `IPv6 주소로만 응답하는 엔드포인트: ${id}` }
    return { ...at, reason: ['no-ipv4-record', id], why, fault: { kind: 'no-ipv4-record', endpointId: id } }
  }
  if (over === 'nat64' && !dns64) {
    const why = { en: `${id} answers with IPv4 addresses only`, ko: `IPv4 주소로만 응답하는 엔드포인트: ${id}` }
    return { ...at, reason: ['no-ipv6-record', id], why, fault: { kind: 'no-ipv6-record', endpointId: id } }
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

/** One host that a name leads to. */
interface Place {
  readonly name: string
  /** Of either family. */
  readonly addresses: readonly string[]
  /** Null where nobody has read it. */
  readonly interface: NetworkInterface | null
}

/** An address that a private hosted zone gives: an interface of this VPC, or of another one. */
function placed({ index, sender }: HostQuestion) {
  return (address: string): Place => ({
    name: address,
    addresses: [address],
    interface: index.interfaceAt(sender.subnet.vpcId, address),
  })
}

function mounted({ index, sender }: HostQuestion) {
  return ({ id, addresses, interfaceId }: MountTarget): Place => {
    const found = interfaceId === null ? null : index.networkInterface(interfaceId)
    const own = found?.is === 'there' ? found.value : null
    const known =
      addresses.length > 0 || own === null ? addresses : [...own.privateIps.slice(0, 1), ...own.ipv6Addresses]
    const [first = ''] = known
    return {
      name: `${first} (${id})`,
      addresses: known,
      interface: own ?? index.interfaceAt(sender.subnet.vpcId, first),
    }
  }
}

function toAddresses(question: HostQuestion, places: readonly Place[], over: Over): Judged {
  const { sender } = question
  const all = places.flatMap(({ addresses }) => addresses)
  const called = over !== 4 && isEmpty(rangesOf(all, 6)) ? 'nat64' : familyOver(over)
  if (called === 'nat64' && !sender.subnet.dns64) return withoutDns64(sender.subnet)
  const attempts = places
    .map(
      (place): Target => ({
        kind: 'address',
        name: place.name,
        addresses: calledAt(place.addresses, called),
        ...SOME_READ,
        interface: called === 'nat64' ? null : place.interface,
      }),
    )
    .filter(({ addresses }) => !isEmpty(addresses))
    .map((target) => attempt(question, target))
  const [first] = attempts
  if (first === undefined) return undecided(WITHOUT_ADDRESS)
  const judged = { outcome: outcomeOfAny(attempts), via: first.segment.via, hops: markedHops(attempts) }
  return called === 'nat64' ? routedToNat64(judged, sender.subnet) : judged
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

function toPublic(question: HostQuestion, resolution: Resolution, is: 's3' | 'public', over: Over): Judged {
  const { subnet } = question.sender
  if (over === 'nat64' && !subnet.dns64) return withoutDns64(subnet)
  const family = over === 6 ? 6 : 4
  const to = is === 's3' ? s3Target(question, family) : publicTarget(question, family)
  if ('missing' in to) return undecided(to.missing)
  const called: Target = over === 'nat64' ? { ...to, addresses: toNat64(to.addresses), prefixListId: null } : to
  const { sent, segment } = attempt(question, called)
  const outcome = outcomeOf(to.kind, sent, segment)
  const hops = over === 4 ? attribute(question, resolution, outcome, segment.hops) : segment.hops
  const { kind, id } = segment.via
  const endpoint = kind === 'gateway-endpoint' && id !== null ? question.index.endpoint(id) : null
  const policy = endpoint?.is === 'there' ? question.policy(endpoint.value) : null
  const judged = withPolicy({ outcome, via: segment.via, hops }, policy)
  return over === 'nat64' ? routedToNat64(judged, subnet) : judged
}

/** S3's IPv6 addresses are read where a Region has the list; else they are some public ones. */
function s3Target(question: HostQuestion, family: Family): Target | { readonly missing: Missing } {
  const found = question.index.s3PrefixList(family)
  if (found.is === 'there') {
    const { list, ranges } = found.value
    return { kind: 's3', name: `S3 (${list.id})`, addresses: ranges(family), ...SOME_READ, prefixListId: list.id }
  }
  if (family === 6) return publicTarget(question, 6)
  const because = { en: 'the addresses of S3 in this Region are not known', ko: '이 리전의 S3 주소를 알 수 없음' }
  const permission = found.is === 'unread' ? found.missing.permission : 'ec2:DescribeManagedPrefixLists'
  return { missing: { permission, reason: ['s3-addresses-unknown'], because } }
}

/** Some public address: none of the VPC's own, and for other services none of S3's. */
function publicTarget({ index, sender, name }: HostQuestion, family: Family): Target {
  const { vpcId } = sender.subnet
  const isS3 = name.service === 's3'
  const addresses = index.once(`public ${vpcId} ${isS3} ${family}`, () => {
    const blocks = index.subnetsOf(vpcId).map((subnet) => index.subnetRanges(subnet, family))
    const outside = subtract(publicAddresses(family), unionAll([index.vpcRanges(vpcId, family), ...blocks]))
    const s3 = index.s3PrefixList(family)
    return s3.is === 'there' && !isS3 ? subtract(outside, s3.value.ranges(family)) : outside
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

/** In the order in which packets meet them, each statement once. */
export function tidy(judged: Judged): Judged {
  const hops = distinctBy(judged.hops, ({ at, id, decision, reason }) => JSON.stringify([at, id, decision, reason]))
  return { ...judged, hops: hops.toSorted((a, b) => HOPS.indexOf(a.at) - HOPS.indexOf(b.at)) }
}
