/** Does the service's own name lead to the VPC endpoint that stands ready for it? */

import { resource, text } from '../../changes/terraform.ts'
import { defineCheck } from '../../domain/check.ts'
import { causesOf } from '../../network/causes.ts'
import { findingOf, subnetIdsOf } from '../engine/path-finding.ts'

interface Details {
  readonly endpointId: string
  readonly serviceName: string
  readonly vpcId: string
  readonly subnetIds: readonly string[]
}

export default defineCheck<Details, 'paths'>({
  id: 'private-dns-off',
  step: 'dns',
  severity: 'blocker',
  needs: ['paths'],
  speaksFor: ['private-dns-off'],
  permissions: ['ec2:DescribeVpcEndpoints', 'ec2:DescribeVpcAttribute'],

  title: { en: 'Private DNS of a VPC endpoint is off', ko: 'VPC 엔드포인트의 프라이빗 DNS가 꺼져 있습니다' },
  why: {
    en: 'The agent calls the service by its public name. Without private DNS that name leads to public addresses, to which these subnets have no way: the endpoint is never used, and the start times out.',
    ko: '에이전트는 서비스의 퍼블릭 이름으로 접속합니다. 프라이빗 DNS가 꺼져 있으면 그 이름의 조회 결과가 퍼블릭 주소인데, 이 서브넷에는 그곳으로 가는 경로가 없습니다. 엔드포인트는 사용되지 않고 시작은 시간 초과로 실패합니다.',
  },

  evaluate: ({ paths }) =>
    causesOf(paths, ['private-dns-off'], ({ endpointId }) => endpointId).map((cause) => {
      const { endpointId, serviceName, vpcId } = cause.faults[0]
      return findingOf(cause, endpointId, { endpointId, serviceName, vpcId, subnetIds: subnetIdsOf(cause) })
    }),

  explain: ({ endpointId, serviceName, vpcId, subnetIds }) => ({
    en: `${endpointId} (${serviceName}) stands in ${vpcId}, but its private DNS is off, and ${subnetIds.join(', ')} cannot reach the public addresses that the name leads to instead.`,
    ko: `프라이빗 DNS가 꺼져 있어 사용되지 않는 엔드포인트입니다: ${endpointId} (${serviceName}, ${vpcId}). 대신 조회되는 퍼블릭 주소에 연결할 수 없는 서브넷: ${subnetIds.join(', ')}`,
  }),

  remedy: ({ endpointId, serviceName, vpcId }) => ({
    console: [
      {
        en: `VPC → Endpoints → ${endpointId} → Actions → Modify private DNS name → Enable for this endpoint → Save changes`,
        ko: `VPC → 엔드포인트 → ${endpointId} → 작업 → 프라이빗 DNS 이름 수정 → 이 엔드포인트에 대해 활성화를 선택하고 변경 사항 저장을 누릅니다.`,
      },
      {
        en: `It takes effect within minutes, for all of ${vpcId}: make sure first that the endpoint's security group lets every client in.`,
        ko: `몇 분 안에 VPC 전체에 적용되므로, 먼저 엔드포인트의 보안 그룹이 모든 클라이언트를 허용하는지 확인합니다: ${vpcId}`,
      },
    ],
    cli: [`aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${endpointId} --private-dns-enabled${s3Option(serviceName)}`],
    terraform: resource('aws_vpc_endpoint', endpointId, [
      ['vpc_id', text(vpcId)],
      ['vpc_endpoint_type', text('Interface')],
      ['service_name', text(serviceName)],
      ['private_dns_enabled', 'true'],
    ]),
  }),
})

/** For S3 the default keeps the name for on-premises resolvers alone. S3 User Guide, "AWS PrivateLink for Amazon S3". */
function s3Option(serviceName: string): string {
  return serviceName.endsWith('.s3') ? ' --dns-options PrivateDnsOnlyForInboundResolverEndpoint=false' : ''
}
