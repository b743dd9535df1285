/** Does a private hosted zone of your own hide the name of a service? */
import { defineCheck } from '../../domain/check.ts'
import { distinct } from '../../domain/collections.ts'
import { causesOf } from '../../network/causes.ts'
import { subnetsOf } from '../../network/lookup.ts'
import { findingOf, subnetIdsOf } from '../engine/path-finding.ts'

interface Details {
  readonly zoneId: string
  readonly zoneName: string
  readonly hosts: readonly string[]
  readonly vpcIds: readonly string[]
  readonly region: string
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
      return findingOf(cause, zoneId, {
        zoneId,
        zoneName,
        hosts: distinct(cause.faults.map(({ host }) => host)),
        vpcIds: distinct(subnetsOf(network, subnetIdsOf(cause)).map(({ vpcId }) => vpcId)),
        region: network.region,
      })
    }),

  explain: ({ zoneId, zoneName, hosts, vpcIds }) => ({
    en: `Private hosted zone ${zoneName} (${zoneId}), associated with ${vpcIds.join(', ')}, has no record for ${hosts.join(', ')}.`,
    ko: `프라이빗 호스팅 영역에 레코드가 없어 조회되지 않는 이름이 있습니다: ${hosts.join(', ')} (영역 ${zoneName}, ${zoneId}, 연결된 VPC: ${vpcIds.join(', ')})`,
  }),

  remedy: ({ zoneId, hosts, vpcIds, region }) => ({
    changes: vpcIds.map((vpcId) => ({
      kind: 'disassociate-vpc-from-hosted-zone',
      hostedZoneId: zoneId,
      vpc: { vpcRegion: region, vpcId },
    })),
    after: [
      {
        en: `Or keep the zone and create a record in it for each name: ${hosts.join(', ')}. Route 53 does not take its last VPC from a zone: such a zone has to be deleted.`,
        ko: `영역을 유지하려면 각 이름의 레코드를 생성합니다: ${hosts.join(', ')}. 영역에 연결된 마지막 VPC는 제거할 수 없으므로 그런 영역은 삭제해야 합니다.`,
      },
    ],
  }),
})
