/** Does the service's own name lead to the VPC endpoint that stands ready for it? */
import type { Change } from '../../domain/change.ts'
import { defineCheck } from '../../domain/check.ts'
import type { Network } from '../../domain/network.ts'
import type { Path } from '../../domain/path.ts'
import { causesOf } from '../../network/causes.ts'
import { endpointOf } from '../../network/lookup.ts'
import { dnsAttributesOn, lettingIn, lettingOut, sendersOf } from '../endpoints/endpoint-changes.ts'
import { findingOf, subnetIdsOf } from '../engine/path-finding.ts'

interface Details {
  readonly endpointId: string
  readonly serviceName: string
  readonly vpcId: string
  /** It is on, for inbound Resolver endpoints alone. */
  readonly inboundOnly: boolean
  readonly subnetIds: readonly string[]
  readonly changes: readonly Change[]
}

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'private-dns-off',
  step: 'dns',
  severity: 'blocker',
  needs: ['network', 'paths'],
  speaksFor: ['private-dns-off'],
  permissions: ['ec2:DescribeVpcEndpoints', 'ec2:DescribeVpcAttribute'],

  title: { en: 'Private DNS of a VPC endpoint is off', ko: 'VPC 엔드포인트의 프라이빗 DNS가 꺼져 있습니다' },
  why: {
    en: 'The agent calls the service by its public name. Without private DNS that name leads to public addresses, to which these subnets have no way: the endpoint is never used, and the start times out.',
    ko: '에이전트는 서비스의 퍼블릭 이름으로 접속합니다. 프라이빗 DNS가 꺼져 있으면 그 이름의 조회 결과가 퍼블릭 주소인데, 이 서브넷에는 그곳으로 가는 경로가 없습니다. 엔드포인트는 사용되지 않고 시작은 시간 초과로 실패합니다.',
  },

  evaluate: ({ network, paths }) =>
    causesOf(paths, ['private-dns-off'], ({ endpointId }) => endpointId).map((cause) => {
      const { endpointId, serviceName, vpcId } = cause.faults[0]
      const changes = changesFor(network, paths, vpcId, endpointId)
      return findingOf(cause, endpointId, {
        endpointId,
        serviceName,
        vpcId,
        inboundOnly: endpointOf(network, endpointId)?.privateDns === true,
        subnetIds: subnetIdsOf(cause),
        changes,
      })
    }),

  explain: ({ endpointId, serviceName, vpcId, inboundOnly, subnetIds }) => ({
    en: `${endpointId} (${serviceName}) stands in ${vpcId}, but its private DNS ${inboundOnly ? 'answers inbound Resolver endpoints alone' : 'is off'}, and ${subnetIds.join(', ')} cannot reach the public addresses that the name leads to instead.`,
    ko: `${inboundOnly ? '프라이빗 DNS가 인바운드 Resolver 엔드포인트에만 응답하여' : '프라이빗 DNS가 꺼져 있어'} 사용되지 않는 엔드포인트입니다: ${endpointId} (${serviceName}, ${vpcId}). 대신 조회되는 퍼블릭 주소에 연결할 수 없는 서브넷: ${subnetIds.join(', ')}`,
  }),

  remedy: ({ vpcId, changes }) => ({
    changes,
    after: [
      {
        en: `It takes effect within minutes, for all of ${vpcId}: clients other than these tasks have to be let in by the endpoint's security group as well.`,
        ko: `몇 분 안에 VPC 전체에 적용되므로, 이 태스크가 아닌 클라이언트도 엔드포인트의 보안 그룹에서 허용되는지 확인합니다: ${vpcId}`,
      },
    ],
  }),
})

function changesFor(network: Network, paths: readonly Path[], vpcId: string, endpointId: string): readonly Change[] {
  const { groupIds = [], subnetIds = [], serviceName = '' } = endpointOf(network, endpointId) ?? {}
  return [
    ...dnsAttributesOn(network, vpcId),
    ...lettingIn(network, paths, vpcId, groupIds),
    ...lettingOut(network, sendersOf(network, paths, vpcId), groupIds, subnetIds),
    {
      kind: 'modify-vpc-endpoint',
      vpcEndpointId: endpointId,
      privateDnsEnabled: true,
      // For S3 the default keeps the name for on-premises resolvers alone. S3 User Guide, "AWS PrivateLink for Amazon S3".
      ...(serviceName.endsWith('.s3') ? { dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: false } } : {}),
    },
  ]
}
