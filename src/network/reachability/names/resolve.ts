/**
 * What a host's name leads to inside a VPC: the addresses of an interface endpoint, S3's public ranges, or a public
 * address. Sources: PrivateLink Guide, "Access an AWS service"; VPC User Guide, "DNS attributes"; Route 53 Developer
 * Guide, "Considerations when working with a private hosted zone"; S3 User Guide, "AWS PrivateLink for Amazon S3".
 */
import { listed, missingFrom } from '../../../domain/answer.ts'
import type { Endpoint, HostedZone } from '../../../domain/network.ts'
import { matchesService } from '../../../domain/partition.ts'
import type { Fault, Hop, Missing, Reason } from '../../../domain/path.ts'
import type { Family } from '../../addresses.ts'
import type { NetworkIndex } from '../../network-index.ts'
import { ENDPOINT_DOWN } from '../../states.ts'
import { allows, unknown } from '../segments.ts'
import { answers, isAnswering, isSettled, privateNames, privateZoneOf } from './endpoint-names.ts'
import { filtered } from './firewall.ts'
import { type Answers, leads, type Name, type PassedOver, type Resolution } from './resolution.ts'
import { resolverOf } from './resolver.ts'
import { zoneAnswer } from './zone-answer.ts'

export function resolve(index: NetworkIndex, vpcId: string, name: Name, family: Family = 4): Resolution {
  return byServers({ index, vpcId, name, family }, () => byAmazonDns(index, vpcId, name, family))
}

export interface Asked {
  readonly index: NetworkIndex
  readonly vpcId: string
  readonly name: Name
  readonly family: Family
}

/** What the DNS servers of the VPC answer, where this is the Amazon DNS's answer. */
export function byServers({ index, vpcId, name, family }: Asked, byAmazon: () => Resolution): Resolution {
  const resolver = resolverOf(index, vpcId)
  if (resolver.is === 'broken') return leads(resolver.hop, { is: 'nothing' })
  const answer = filtered(index, vpcId, name, family, byAmazon())
  if (resolver.is === 'working') return answer
  // Whether the Amazon DNS answers is not known; that it has no address is, with its cause.
  if (!resolver.anywhere && answer.hop.decision === 'deny') return answer
  const candidates: readonly Answers[] = resolver.anywhere
    ? [...answer.candidates, { is: 'unknown' }]
    : answer.candidates
  return { ...answer, hop: resolver.hop, candidates }
}

function byAmazonDns(index: NetworkIndex, vpcId: string, name: Name, family: Family): Resolution {
  const named = byEndpointName(index, vpcId, name)
  if (named !== null) return named
  const zone = customerZone(index, vpcId, name.host)
  const service = byService(index, vpcId, name)
  const answering = service.candidates.flatMap((one) => (one.is === 'endpoint' ? [one.endpoint] : []))[0]
  const endpointZone = answering === undefined ? '' : privateZoneOf(answering, name)
  // The most specific zone answers alone: a name it does not hold does not exist.
  if (zone !== null && zone.name.length > endpointZone.length) return byZone(index, vpcId, zone, name, family)
  return answering === undefined ? besideProfiles(index, vpcId, name, service) : service
}

/** Where nothing of the VPC answers for a name of AWS, a zone or an endpoint of a Route 53 Profile may. */
function besideProfiles(index: NetworkIndex, vpcId: string, name: Name, answer: Resolution): Resolution {
  const brought = listed(index.network.resolver.profiles).find(({ vpcIds }) => vpcIds.includes(vpcId))
  if (brought === undefined || name.service === null) return answer
  const { profileId, arn } = brought
  const because = {
    en: `Route 53 Profile ${profileId} of ${vpcId} brings ${arn}, which may answer for ${name.host} and cannot be looked into`,
    ko: `VPC의 Route 53 Profile에 포함된 리소스가 이 이름에 응답할 수 있으나 내용을 알 수 없음: ${name.host} (${vpcId}, ${profileId}, ${arn})`,
  }
  const missing: Missing = { permission: null, reason: ['profile-may-answer', profileId, arn, name.host], because }
  return { ...answer, hop: unknown('dns', profileId, missing), candidates: [...answer.candidates, { is: 'unknown' }] }
}

/** `vpce-….ecr.api.REGION.vpce.amazonaws.com`: the endpoint's own names lead to it whatever private DNS says. */
function byEndpointName(index: NetworkIndex, vpcId: string, { host }: Name): Resolution | null {
  const id = /^(?:\*\.)?(vpce-[0-9a-f]+)-/.exec(host)?.[1]
  if (id === undefined) return null
  const found = index.endpoint(id)
  if (found.is !== 'there' || found.value.vpcId !== vpcId) return null
  return leads(leadsTo(found.value, host), { is: 'endpoint', endpoint: found.value })
}

/** Null where no zone of the customer's own covers the name. */
export function byCustomerZone({ index, vpcId, name, family }: Asked): Resolution | null {
  const zone = customerZone(index, vpcId, name.host)
  return zone === null ? null : byZone(index, vpcId, zone, name, family)
}

function customerZone(index: NetworkIndex, vpcId: string, host: string): HostedZone | null {
  const zones = index.network.hostedZones[vpcId]
  if (zones === undefined || !zones.known) return null
  const matching = zones.value.filter(
    (zone) => !isAmazons(zone) && (host === zone.name || host.endsWith(`.${zone.name}`)),
  )
  return matching.sort((a, b) => b.name.length - a.name.length)[0] ?? null
}

/** Zones that AWS services make for endpoints and file systems answer for themselves. */
function isAmazons({ owner }: HostedZone): boolean {
  return owner.endsWith('.amazonaws.com')
}

function byZone(index: NetworkIndex, vpcId: string, zone: HostedZone, { host }: Name, family: Family): Resolution {
  if (!zone.records.known) {
    const what = {
      en: `the records of private hosted zone ${zone.name}`,
      ko: `프라이빗 호스팅 영역 ${zone.name}의 레코드`,
    }
    const missing = missingFrom(zone.records, ['zone-records-unread', zone.name], what)
    const why = {
      en: `private hosted zone ${zone.name} (${zone.id}) answers for ${host}; its records could not be read`,
      ko: `프라이빗 호스팅 영역에서 응답하지만 레코드를 읽지 못함: ${zone.name} (${zone.id})`,
    }
    const reason: Reason = ['zone-unread', zone.id, zone.name, host]
    return leads({ ...unknown('dns', zone.id, missing), reason, why }, { is: 'unknown' })
  }
  const answer = zoneAnswer(index, zone, zone.records.value, host, family)
  if (answer.is === 'nothing') return hidden(zone, host)
  if (answer.is === 'name') return leadsOn(zone, host, answer.name)
  const said = answer.is === 'endpoint' ? answer.endpoint.id : answer.addresses.join(', ')
  const why = {
    en: `private hosted zone ${zone.name} answers ${said} for ${host}`,
    ko: `프라이빗 호스팅 영역 ${zone.name}의 응답: ${said} (${host})`,
  }
  const hop = allows('dns', zone.id, { reason: ['zone-answers', zone.name, said, host], why })
  const here =
    answer.is === 'endpoint' && answer.endpoint.vpcId !== vpcId ? elsewhere(index, answer.endpoint, family) : answer
  return leads(hop, here)
}

/** An endpoint of another VPC: only its addresses count from here. */
function elsewhere(index: NetworkIndex, endpoint: Endpoint, family: Family): Answers {
  const addresses = endpoint.interfaceIds.flatMap((id) => {
    const found = index.networkInterface(id)
    if (found.is !== 'there') return []
    const { privateIps, ipv6Addresses } = found.value
    return (family === 6 && ipv6Addresses.length > 0 ? ipv6Addresses : privateIps).slice(0, 1)
  })
  return { is: 'addresses', addresses }
}

function hidden(zone: HostedZone, host: string): Resolution {
  const fault: Fault = { kind: 'hosted-zone-shadows', zoneId: zone.id, zoneName: zone.name, host }
  const why = {
    en: `private hosted zone ${zone.name} (${zone.id}) has no address for ${host}, so the name does not resolve in this VPC`,
    ko: `프라이빗 호스팅 영역에 주소가 없어 이 VPC에서 조회되지 않는 이름: ${host} (${zone.name}, ${zone.id})`,
  }
  const reason: Reason = ['zone-shadows', zone.id, zone.name, host]
  return leads({ at: 'dns', id: zone.id, decision: 'deny', reason, why, fault }, { is: 'nothing' })
}

function leadsOn(zone: HostedZone, host: string, name: string): Resolution {
  const because = {
    en: `private hosted zone ${zone.name} (${zone.id}) sends ${host} on to ${name}, which cannot be followed`,
    ko: `프라이빗 호스팅 영역의 응답을 더 추적할 수 없음: ${host} → ${name} (${zone.name}, ${zone.id})`,
  }
  const missing: Missing = { permission: null, reason: ['zone-leads-on', zone.id, zone.name, host, name], because }
  return leads(unknown('dns', zone.id, missing), { is: 'unknown' })
}

function byService(index: NetworkIndex, vpcId: string, name: Name): Resolution {
  const { service, region, host } = name
  const endpoints = index.endpointsOf(vpcId)
  const listing = listed(endpoints).find((one) => one.state === 'available' && isAnswering(one) && answers(one, host))
  if (listing !== undefined) return byEndpoint(index, vpcId, name, listing)
  if (service === null || region === null) return outside(index, name, null)
  if (!endpoints.known) {
    const missing = missingFrom(endpoints, ['endpoints-unread'], { en: 'the VPC endpoints', ko: 'VPC 엔드포인트' })
    const why = {
      en: `${missing.because.en}: what ${host} leads to is not known`,
      ko: `${missing.because.ko}. 이 이름의 DNS 응답을 알 수 없음: ${host}`,
    }
    const reason: Reason = ['name-undecided', host, ...missing.reason]
    return leads({ ...unknown('dns', vpcId, missing), reason, why }, publicAnswer(index, name), { is: 'unknown' })
  }
  const own = endpoints.value.filter(
    (one) =>
      one.type === 'interface' &&
      matchesService(one.serviceName, one.serviceRegion ?? region, service) &&
      (one.serviceRegion ?? index.network.region) === region,
  )
  const usable = own.find((one) => one.state === 'available' && isAnswering(one))
  if (usable !== undefined)
    return isSettled(usable, name) ? byEndpoint(index, vpcId, name, usable) : unlisted(index, name, usable)
  const coming = own.find((one) => one.state !== 'available' && !ENDPOINT_DOWN.includes(one.state) && isAnswering(one))
  if (coming !== undefined) return notYet(index, name, coming)
  return outside(index, name, passedOver(own))
}

function unlisted(index: NetworkIndex, name: Name, endpoint: Endpoint): Resolution {
  const entries = privateNames(endpoint).join(', ')
  const because = {
    en: `${name.host} is none of the names that endpoint ${endpoint.id} (${endpoint.serviceName}) is known to answer${entries === '' ? '' : ` (${entries})`}, and AWS's documents disagree whether it does`,
    ko: `엔드포인트의 DNS 이름에 포함되지 않으며 응답하는지 AWS 문서의 설명이 서로 다름: ${name.host} (${endpoint.id}, ${endpoint.serviceName}${entries === '' ? '' : `, DNS 이름: ${entries}`})`,
  }
  const missing: Missing = { permission: null, reason: ['name-unlisted', endpoint.id, name.host], because }
  const candidates: readonly Answers[] = [{ is: 'endpoint', endpoint }, publicAnswer(index, name)]
  return { hop: unknown('dns', endpoint.id, missing), candidates, passedOver: null }
}

function passedOver(own: readonly Endpoint[]): PassedOver | null {
  const off = own.find((one) => one.state === 'available' && !one.privateDns)
  if (off !== undefined) return { endpoint: off, because: 'private-dns-off' }
  const inboundOnly = own.find((one) => one.state === 'available' && !isAnswering(one))
  if (inboundOnly !== undefined) return { endpoint: inboundOnly, because: 'inbound-resolver-only' }
  const broken = own.find((one) => one.state !== 'available')
  return broken === undefined ? null : { endpoint: broken, because: 'not-available' }
}

function byEndpoint(index: NetworkIndex, vpcId: string, name: Name, endpoint: Endpoint): Resolution {
  const hostnames = index.network.vpcDns[vpcId]?.hostnames
  if (hostnames?.known === true && hostnames.value) {
    return leads(leadsTo(endpoint, name.host), { is: 'endpoint', endpoint })
  }
  if (hostnames?.known === true) return outside(index, name, { endpoint, because: 'hostnames-off' })
  const missing: Missing = {
    permission: 'ec2:DescribeVpcAttribute',
    reason: ['dns-hostnames-unread', vpcId],
    because: {
      en: `could not read enableDnsHostnames of ${vpcId}`,
      ko: `읽지 못한 VPC 속성: enableDnsHostnames (${vpcId})`,
    },
  }
  return leads(unknown('dns', vpcId, missing), { is: 'endpoint', endpoint }, publicAnswer(index, name))
}

function leadsTo(endpoint: Endpoint, host: string): Hop {
  const why = { en: `${host} leads to endpoint ${endpoint.id}`, ko: `${host}의 DNS 응답: 엔드포인트 ${endpoint.id}` }
  return allows('dns', endpoint.id, { reason: ['name-leads-to', host, endpoint.id], why })
}

function notYet(index: NetworkIndex, name: Name, endpoint: Endpoint): Resolution {
  const { id, serviceName, state } = endpoint
  const because = {
    en: `endpoint ${id} (${serviceName}) is ${state}`,
    ko: `엔드포인트 ${id} (${serviceName})의 상태: ${state}`,
  }
  const missing: Missing = { permission: null, reason: ['endpoint-state', id, serviceName, state], because }
  return {
    hop: unknown('endpoint', id, missing),
    candidates: [{ is: 'endpoint', endpoint }, publicAnswer(index, name)],
    passedOver: { endpoint, because: 'not-available' },
  }
}

/** No endpoint answers for the name: a public address, for S3 of the Region one of its prefix list. */
function outside(index: NetworkIndex, name: Name, over: PassedOver | null): Resolution {
  const answer = publicAnswer(index, name)
  const what =
    answer.is === 's3'
      ? { en: 'public addresses of S3', ko: 'S3의 퍼블릭 주소' }
      : { en: 'public addresses', ko: '퍼블릭 주소' }
  const why = { en: `${name.host} leads to ${what.en}`, ko: `${name.host}의 DNS 응답: ${what.ko}` }
  const hop = allows('dns', null, { reason: ['name-leads-to', name.host, answer.is], why })
  return { hop, candidates: [answer], passedOver: over }
}

function publicAnswer({ network }: NetworkIndex, { service, region }: Name): Answers {
  return service === 's3' && region === network.region ? { is: 's3' } : { is: 'public' }
}
