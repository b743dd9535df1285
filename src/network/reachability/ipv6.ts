/** What a sender with IPv6 addresses alone meets: names without an IPv6 address, DNS64, endpoints of the other family. */
import type { Endpoint, NetworkInterface, Subnet } from '../../domain/network.ts'
import type { Fault, Hop, HopAt, Reason } from '../../domain/path.ts'
import type { Text } from '../../domain/text.ts'
import { type Family, rangesOf, toNat64 } from '../addresses.ts'
import { isEmpty, type Ranges } from '../ranges.ts'
import { NOWHERE } from './flow.ts'
import type { HostQuestion, Judged } from './question.ts'

/** How packets get to a name: by its IPv4 or IPv6 addresses, or over IPv6 to IPv4 addresses that DNS64 translated. */
export type Over = Family | 'nat64'

export function familyOver(over: Over): Family {
  return over === 4 ? 4 : 6
}

/** Addresses of one host, as they are called. */
export function calledAt(addresses: readonly string[], over: Over): Ranges {
  if (over === 6) return rangesOf(addresses, 6)
  const ipv4 = rangesOf(addresses, 4)
  return over === 4 ? ipv4 : toNat64(ipv4)
}

/** PrivateLink Guide, "DNS record IP type". Where AWS did not say which, the addresses tell. */
export function hasIpv6Record({ dnsRecordIpType }: Endpoint, interfaces: readonly NetworkInterface[]): boolean {
  if (dnsRecordIpType === 'dualstack' || dnsRecordIpType === 'ipv6') return true
  return dnsRecordIpType !== 'ipv4' && interfaces.some(({ ipv6Addresses }) => !isEmpty(rangesOf(ipv6Addresses, 6)))
}

/** The name has IPv4 addresses alone, and nothing translates them. */
export function withoutDns64({ id }: Subnet): Judged {
  const why = {
    en: `${id} is IPv6-only and DNS64 is off, but the host has IPv4 addresses only`,
    ko: `호스트에 IPv4 주소만 있으나 서브넷은 IPv6 전용이고 DNS64가 꺼져 있음: ${id}`,
  }
  return refused({
    at: 'dns',
    id,
    decision: 'deny',
    reason: ['ipv6-only-without-dns64', id],
    why,
    fault: translation(id),
  })
}

/** Where no route leads translated addresses to a NAT gateway, that is the one cause. VPC User Guide, "DNS64 and NAT64". */
export function routedToNat64(judged: Judged, { id }: Subnet): Judged {
  const stop = judged.hops.find(
    ({ at, decision }) => decision === 'deny' && (at === 'route' || at === 'internet-gateway'),
  )
  if (stop === undefined || judged.outcome !== 'blocked') return judged
  const why = {
    en: `${id} is IPv6-only, and no route leads 64:ff9b::/96 to a NAT gateway, which would translate for hosts with IPv4 addresses`,
    ko: `IPv6 전용 서브넷에 IPv4 호스트를 위한 64:ff9b::/96 → NAT 게이트웨이 경로가 없음: ${id}`,
  }
  return refused({
    at: 'route',
    id,
    decision: 'deny',
    reason: ['nat64-route-missing', id],
    why,
    fault: translation(id),
  })
}

function translation(subnetId: string): Fault {
  return { kind: 'no-route', routeTableId: '', subnetId, destination: 'nat64' }
}

function refused(hop: Hop): Judged {
  return { outcome: 'blocked', via: NOWHERE, hops: [hop] }
}

/** Of ECR's token reports differ; of other hosts nobody says which addresses they have. */
export function familyUnsettled({ name: { host, service }, sender }: HostQuestion): Hop {
  const isToken = service === 'ecr.api'
  const because = isToken
    ? {
        en: 'from an IPv6-only subnet: whether ECS asks ECR for the token over IPv6 is not settled, reports differ',
        ko: 'IPv6 전용 서브넷에서 ECR 토큰을 IPv6로 요청하는지는 보고가 엇갈려 확정할 수 없음',
      }
    : {
        en: `from an IPv6-only subnet: whether ${host} has IPv6 addresses is not known`,
        ko: `IPv6 전용 서브넷에서 호출하는 호스트의 IPv6 주소 유무를 알 수 없음: ${host}`,
      }
  const reason: Reason = isToken ? ['ecr-token-over-ipv6'] : ['host-ipv6-unknown', host]
  return unsettled('dns', sender.subnet.id, reason, because)
}

/** ECR and ECS documents contradict each other on ECR's endpoints over IPv6. */
export function ecrOverIpv6({ id }: Endpoint): Hop {
  return unsettled('endpoint', id, ['ecr-endpoint-over-ipv6', id], {
    en: `whether an image can be pulled over IPv6 through ${id} is not settled: the documents of ECR and ECS differ`,
    ko: `ECR과 ECS의 문서가 서로 달라 이 엔드포인트를 통한 IPv6 이미지 풀을 확정할 수 없음: ${id}`,
  })
}

/** The way behind it was judged all the same. */
function unsettled(at: HopAt, id: string, reason: Reason, why: Text): Hop {
  return { at, id, decision: 'unknown', reason, why, missing: { permission: null, reason, because: why } }
}
