/** Does every task subnet's route table lead to S3, where the image's layers are? */
import { defineCheck } from '../../domain/check.ts'
import { causesOf } from '../../network/causes.ts'
import { endpointOf } from '../../network/lookup.ts'
import { findingOf, subnetIdsOf } from '../engine/path-finding.ts'

interface Details {
  readonly routeTableId: string
  readonly endpointId: string
  readonly prefixListId: string
  readonly subnetIds: readonly string[]
  readonly pending: boolean
}

export default defineCheck<Details, 'network' | 'paths'>({
  id: 's3-route-missing',
  step: 'routes',
  severity: 'blocker',
  needs: ['network', 'paths'],
  speaksFor: ['s3-route-missing'],
  permissions: ['ec2:DescribeRouteTables', 'ec2:DescribeVpcEndpoints', 'ec2:DescribeManagedPrefixLists'],

  title: { en: 'A route table has no route to S3', ko: '라우팅 테이블에 S3로 가는 경로가 없습니다' },
  why: {
    en: 'The layers of an ECR image come from S3. Token and manifest still work, then the layers time out (dial tcp 52.219.…:443: i/o timeout) and the task is started again, until one lands in another subnet.',
    ko: 'ECR 이미지의 레이어는 S3에서 받습니다. 토큰과 매니페스트는 정상이지만 레이어에서 시간이 초과되고(dial tcp 52.219.…:443: i/o timeout), 다른 서브넷에 배치될 때까지 태스크가 다시 시작됩니다.',
  },

  evaluate: ({ network, paths }) =>
    causesOf(paths, ['s3-route-missing'], (fault) => fault.routeTableId).map((cause) => {
      const { routeTableId, endpointId, prefixListId } = cause.faults[0]
      return findingOf(cause, routeTableId, {
        routeTableId,
        endpointId: endpointId ?? '',
        prefixListId: prefixListId ?? 'S3',
        subnetIds: subnetIdsOf(cause),
        pending: endpointOf(network, endpointId ?? '')?.state === 'pending',
      })
    }),

  explain: ({ routeTableId, endpointId, prefixListId, subnetIds }) => ({
    en: `${routeTableId}, the route table of ${subnetIds.join(', ')}, has no route ${prefixListId} → ${endpointId}, and no other way to S3.`,
    ko: `다음 서브넷의 라우팅 테이블에 S3로 가는 경로가 없습니다: ${subnetIds.join(', ')} (${routeTableId}, 필요한 경로: ${prefixListId} → ${endpointId})`,
  }),

  // A gateway endpoint takes no changes while it is pending.
  remedy: ({ routeTableId, endpointId, pending }) => ({
    changes: [
      ...(pending ? [{ kind: 'describe-vpc-endpoints', vpcEndpointIds: [endpointId], while: 'pending' } as const] : []),
      { kind: 'modify-vpc-endpoint', vpcEndpointId: endpointId, addRouteTableIds: [routeTableId] },
    ],
  }),
})
