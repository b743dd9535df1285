/** Does a private hosted zone of your own hide the name of a service? */
import { listed } from '../../domain/answer.ts'
import type { Change } from '../../domain/change.ts'
import { defineCheck } from '../../domain/check.ts'
import { distinct } from '../../domain/collections.ts'
import type { Network } from '../../domain/network.ts'
import { matchesService } from '../../domain/partition.ts'
import type { Text } from '../../domain/text.ts'
import { causesOf } from '../../network/causes.ts'
import { subnetsOf } from '../../network/lookup.ts'
import { indexNetwork } from '../../network/network-index.ts'
import { nameOf } from '../../network/reachability/names/service-name.ts'
import { findingOf, subnetIdsOf } from '../engine/path-finding.ts'

interface Details {
  readonly zoneId: string
  readonly zoneName: string
  readonly hosts: readonly string[]
  readonly vpcIds: readonly string[]
  /** Records that lead to endpoints which stand ready. */
  readonly changes: readonly Change[]
  /** Hosts for which no endpoint does. */
  readonly elsewhere: readonly string[]
}

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'hosted-zone-shadows-name',
  step: 'dns',
  severity: 'blocker',
  needs: ['network', 'paths'],
  speaksFor: ['hosted-zone-shadows'],
  permissions: ['route53:ListHostedZonesByVPC', 'route53:ListResourceRecordSets'],

  title: { en: 'A private hosted zone hides the name', ko: '프라이빗 호스팅 영역이 이름을 가립니다' },
  why: {
    en: 'In a VPC the most specific private hosted zone answers alone. A name that it covers and does not hold does not exist there: the pull stops with "no such host", whatever the public DNS says.',
    ko: 'VPC에서는 가장 구체적인 프라이빗 호스팅 영역만 응답합니다. 그 영역에 속하지만 레코드가 없는 이름은 존재하지 않는 것이 되어, 퍼블릭 DNS와 관계없이 "no such host"로 실패합니다.',
  },

  evaluate: ({ network, paths }) =>
    causesOf(paths, ['hosted-zone-shadows'], ({ zoneId }) => zoneId).map((cause) => {
      const { zoneId, zoneName } = cause.faults[0]
      const hosts = distinct(cause.faults.map(({ host }) => host))
      const vpcIds = distinct(subnetsOf(network, subnetIdsOf(cause)).map(({ vpcId }) => vpcId))
      const records = hosts.map((host) => ({ host, change: recordFor(network, zoneId, zoneName, host, vpcIds) }))
      return findingOf(cause, zoneId, {
        zoneId,
        zoneName,
        hosts,
        vpcIds,
        changes: records.flatMap(({ change }) => change ?? []),
        elsewhere: records.flatMap(({ host, change }) => (change === null ? [host] : [])),
      })
    }),

  explain: ({ zoneId, zoneName, hosts, vpcIds }) => ({
    en: `Private hosted zone ${zoneName} (${zoneId}), associated with ${vpcIds.join(', ')}, has no record for ${hosts.join(', ')}.`,
    ko: `프라이빗 호스팅 영역에 레코드가 없어 조회되지 않는 이름이 있습니다: ${hosts.join(', ')} (영역 ${zoneName}, ${zoneId}, 연결된 VPC: ${vpcIds.join(', ')})`,
  }),

  remedy: ({ zoneId, vpcIds, changes, elsewhere }) => ({
    changes,
    after: elsewhere.length === 0 ? [] : [byHand(zoneId, elsewhere, vpcIds)],
  }),
})

/** Which address is meant, nobody but the owner of the zone knows. */
function byHand(zoneId: string, hosts: readonly string[], vpcIds: readonly string[]): Text {
  return {
    en: `Route 53 → Hosted zones → ${zoneId} → Create record for ${hosts.join(', ')}: the address that the zone's owner means, or create a VPC endpoint with private DNS for the service, whose own zone is the more specific one. Only where nothing in ${vpcIds.join(', ')} needs the zone, take it out of the VPC instead.`,
    ko: `Route 53 → 호스팅 영역 → ${zoneId} → 레코드 생성에서 각 이름의 레코드를 만듭니다(값은 영역 소유자가 의도한 주소): ${hosts.join(', ')}. 또는 프라이빗 DNS를 사용하는 VPC 엔드포인트를 만들면 더 구체적인 영역이 응답합니다. VPC에서 이 영역이 필요하지 않은 경우에만 VPC와의 연결을 제거합니다: ${vpcIds.join(', ')}`,
  }
}

/** To the interface endpoint of the service in the VPC: by its own name, at the top of a zone by its addresses (no CNAME there). */
function recordFor(
  network: Network,
  hostedZoneId: string,
  zoneName: string,
  host: string,
  vpcIds: readonly string[],
): Change | null {
  const { service, region } = nameOf(indexNetwork(network), host)
  if (service === null || region === null) return null
  const endpoint = listed(network.endpoints).find(
    (one) =>
      one.type === 'interface' &&
      one.state === 'available' &&
      vpcIds.includes(one.vpcId) &&
      matchesService(one.serviceName, one.serviceRegion ?? region, service),
  )
  if (endpoint === undefined) return null
  const own = host === zoneName ? undefined : endpoint.dnsNames.find((name) => name.startsWith('vpce-'))
  const addresses = listed(network.interfaces).flatMap(({ id, privateIps }) =>
    endpoint.interfaceIds.includes(id) ? privateIps.slice(0, 1) : [],
  )
  const values = own === undefined ? addresses : [own]
  if (values.length === 0) return null
  const resourceRecordSet = {
    name: host,
    type: own === undefined ? 'A' : 'CNAME',
    ttl: 300,
    resourceRecords: values.map((value) => ({ value })),
  } as const
  return {
    kind: 'change-resource-record-sets',
    hostedZoneId,
    changeBatch: { changes: [{ action: 'CREATE', resourceRecordSet }] },
  }
}
