/** Has a route lost its target? It still wins its match, and drops. */

import { type NatWay, natAdvice, natWay } from '../../changes/nat-way.ts'
import { destinationFlag, routeBlock, routeLine, routeStep } from '../../changes/route-lines.ts'
import { hcl, nameOf, resource, text } from '../../changes/terraform.ts'
import { defineCheck } from '../../domain/check.ts'
import type { Network } from '../../domain/network.ts'
import type { RemedyWords } from '../../domain/report.ts'
import { causesOf } from '../../network/causes.ts'
import { internetGatewayOf, listed } from '../../network/lookup.ts'
import { findingOf, subnetIdsOf } from '../engine/path-finding.ts'

interface Details {
  readonly routeTableId: string
  readonly destination: string
  readonly target: string
  readonly vpcId: string
  readonly subnetIds: readonly string[]
  readonly way: NatWay
  readonly attachedGatewayId: string | null
}

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'blackhole-route',
  step: 'routes',
  severity: 'blocker',
  needs: ['network', 'paths'],
  speaksFor: ['blackhole-route'],
  permissions: ['ec2:DescribeRouteTables'],

  title: { en: 'A route leads to a deleted target', ko: '삭제된 대상으로 가는 블랙홀 경로가 있습니다' },
  why: {
    en: 'A blackhole route is not skipped: it wins its match like any other and drops the packets, although a wider route may lead out. The pull times out.',
    ko: '블랙홀 경로는 건너뛰지 않습니다. 다른 경로처럼 선택된 뒤 패킷을 버리므로, 더 넓은 경로가 있어도 사용되지 않고 이미지를 가져오는 중에 시간이 초과됩니다.',
  },

  evaluate: ({ network, paths }) =>
    causesOf(paths, ['blackhole-route'], ({ routeTableId, destination }) => `${routeTableId} ${destination}`).map(
      (cause) => {
        const { routeTableId, destination, target } = cause.faults[0]
        const vpcId = vpcOf(network, routeTableId)
        return findingOf(cause, routeTableId, {
          routeTableId,
          destination,
          target,
          vpcId,
          subnetIds: subnetIdsOf(cause),
          way: natWay(network, vpcId, [routeTableId], { destination, broken: target }),
          attachedGatewayId: internetGatewayOf(network, vpcId),
        })
      },
    ),

  explain: ({ routeTableId, destination, target, subnetIds }) => ({
    en: `Route ${destination} → ${target} of ${routeTableId} is a blackhole: the target is gone or detached. It breaks ${subnetIds.join(', ')}.`,
    ko: `대상이 없거나 분리된 블랙홀 경로입니다: ${routeTableId}의 ${destination} → ${target}. 영향을 받는 서브넷: ${subnetIds.join(', ')}`,
  }),

  remedy: (details) => {
    const { destination, target, way } = details
    if (target.startsWith('igw-')) return toGateway(details)
    if (target.startsWith('nat-') || destination === '0.0.0.0/0') return natAdvice(way)
    return deletion(details)
  },
})

function vpcOf(network: Network, routeTableId: string): string {
  return listed(network.routeTables).find(({ id }) => id === routeTableId)?.vpcId ?? ''
}

/** The one that is attached, else the lost one attached again. */
function toGateway({ routeTableId, destination, target, vpcId, attachedGatewayId }: Details): RemedyWords {
  if (attachedGatewayId === null) {
    return {
      console: [
        {
          en: `VPC → Internet gateways → ${target} → Actions → Attach to VPC: ${vpcId}`,
          ko: `VPC → 인터넷 게이트웨이 → ${target} → 작업 → VPC에 연결에서 다음 VPC를 선택합니다: ${vpcId}`,
        },
      ],
      cli: [`aws ec2 attach-internet-gateway --internet-gateway-id ${target} --vpc-id ${vpcId}`],
      terraform: resource('aws_internet_gateway_attachment', target, [
        ['internet_gateway_id', text(target)],
        ['vpc_id', text(vpcId)],
      ]),
    }
  }
  const change = { routeTableId, destination, exists: true }
  return {
    console: [routeStep(change, { en: attachedGatewayId, ko: attachedGatewayId })],
    cli: [routeLine(change, 'gateway-id', attachedGatewayId)],
    terraform: routeBlock(change, 'gateway-id', text(attachedGatewayId)),
  }
}

/** With the narrow route gone, the wider one takes its packets. */
function deletion({ routeTableId, destination, target }: Details): RemedyWords {
  return {
    console: [
      {
        en: `VPC → Route tables → ${routeTableId} → Edit routes → remove ${destination} → ${target} → Save changes`,
        ko: `VPC → 라우팅 테이블 → ${routeTableId} → 라우팅 편집에서 다음 경로를 제거하고 변경 사항 저장을 누릅니다: ${destination} → ${target}`,
      },
    ],
    cli: [`aws ec2 delete-route --route-table-id ${routeTableId} ${destinationFlag(destination)}`],
    terraform: hcl('removed', [
      ['from', `aws_route.${nameOf(routeTableId)}`],
      ['lifecycle', [['destroy', 'true']]],
    ]),
  }
}
