/** Does VPC Block Public Access close the way that the routes leave open? */
import type { ChangeOf } from '../../domain/change.ts'
import { defineCheck } from '../../domain/check.ts'
import { distinct } from '../../domain/collections.ts'
import { causesOf } from '../../network/causes.ts'
import { subnetsOf } from '../../network/lookup.ts'
import { findingOf, subnetIdsOf } from '../engine/path-finding.ts'

type CreateVpcBlockPublicAccessExclusion = ChangeOf<'create-vpc-block-public-access-exclusion'>

interface Details {
  readonly mode: string
  /** Where the internet gateway is met: the task's subnet, or the NAT gateway's. */
  readonly closedSubnetIds: readonly string[]
  readonly taskSubnetIds: readonly string[]
  readonly exclusion: CreateVpcBlockPublicAccessExclusion['internetGatewayExclusionMode']
}

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'internet-blocked-by-vpc-setting',
  step: 'routes',
  severity: 'blocker',
  needs: ['network', 'paths'],
  speaksFor: ['internet-blocked'],
  permissions: ['ec2:DescribeVpcBlockPublicAccessOptions', 'ec2:DescribeSubnets'],

  title: { en: 'VPC Block Public Access closes the internet', ko: 'VPC 퍼블릭 액세스 차단으로 인터넷이 막혀 있습니다' },
  why: {
    en: 'This setting of the account and Region overrides routes, security groups and network ACLs: everything looks right, and nothing passes the internet gateway.',
    ko: '계정과 리전 단위의 이 설정은 라우팅, 보안 그룹, 네트워크 ACL보다 우선합니다. 모든 구성이 정상으로 보여도 인터넷 게이트웨이를 통과하지 못합니다.',
  },

  evaluate: ({ network, paths }) => {
    const vpcOf = (subnetId: string) => subnetsOf(network, [subnetId])[0]?.vpcId ?? subnetId
    return [true, false].flatMap((byNat) =>
      causesOf(
        paths.filter(({ via }) => (via.kind === 'nat-gateway') === byNat),
        ['internet-blocked'],
        ({ mode, subnetId }) => `${mode} ${vpcOf(subnetId)}`,
      ).map((cause) => {
        const closedSubnetIds = distinct(cause.faults.map(({ subnetId }) => subnetId))
        const { mode, subnetId } = cause.faults[0]
        return findingOf(cause, vpcOf(subnetId), {
          mode,
          closedSubnetIds,
          taskSubnetIds: subnetIdsOf(cause),
          exclusion: byNat && mode === 'block-bidirectional' ? 'allow-egress' : 'allow-bidirectional',
        })
      }),
    )
  },

  explain: ({ mode, closedSubnetIds, taskSubnetIds }) => ({
    en: `VPC Block Public Access is ${mode} and does not exclude ${closedSubnetIds.join(', ')}, from where ${taskSubnetIds.join(', ')} would reach the internet.`,
    ko: `VPC 퍼블릭 액세스 차단에서 제외되지 않아 인터넷이 막힌 서브넷입니다: ${closedSubnetIds.join(', ')} (모드 ${mode}). 인터넷에 연결할 수 없는 태스크 서브넷: ${taskSubnetIds.join(', ')}`,
  }),

  remedy: ({ closedSubnetIds, exclusion }) => ({
    changes: closedSubnetIds.map((subnetId) => ({
      kind: 'create-vpc-block-public-access-exclusion',
      subnetId,
      internetGatewayExclusionMode: exclusion,
    })),
    after: [
      {
        en: 'Where an organization policy holds the setting, its owner has to make the exclusion; VPC endpoints need none.',
        ko: '조직 정책으로 관리되는 설정이면 해당 관리자가 제외를 만들어야 합니다. VPC 엔드포인트에는 제외가 필요하지 않습니다.',
      },
    ],
  }),
})
