/** Does DNS Firewall of the VPC block a name that a start needs? */
import { defineCheck } from '../../domain/check.ts'
import { distinct } from '../../domain/collections.ts'
import { causesOf } from '../../network/causes.ts'
import { findingOf } from '../engine/path-finding.ts'

interface Details {
  readonly vpcId: string
  readonly ruleGroupId: string
  readonly domainListId: string
  readonly hosts: readonly string[]
}

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'dns-firewall-blocks-name',
  step: 'dns',
  severity: 'blocker',
  needs: ['network', 'paths'],
  speaksFor: ['dns-firewall-blocks'],
  permissions: [
    'route53resolver:ListFirewallRuleGroupAssociations',
    'route53resolver:ListFirewallRules',
    'route53resolver:ListFirewallDomains',
  ],

  title: { en: 'DNS Firewall blocks the name', ko: 'DNS Firewall이 이름을 차단합니다' },
  why: {
    en: 'The Amazon DNS answers a blocked name with nothing, whatever routes, endpoints and security groups would let through: the pull stops with "no such host".',
    ko: '차단된 이름에는 라우팅, 엔드포인트, 보안 그룹과 관계없이 Amazon DNS가 주소를 응답하지 않으며, 이미지 풀은 "no such host"로 실패합니다.',
  },

  evaluate: ({ paths }) =>
    causesOf(paths, ['dns-firewall-blocks'], ({ vpcId, ruleGroupId, domainListId }) =>
      [vpcId, ruleGroupId, domainListId].join(' '),
    ).map((cause) => {
      const { vpcId, ruleGroupId, domainListId } = cause.faults[0]
      const hosts = distinct(cause.faults.map(({ host }) => host))
      return findingOf(cause, ruleGroupId, { vpcId, ruleGroupId, domainListId, hosts })
    }),

  explain: ({ vpcId, ruleGroupId, domainListId, hosts }) => ({
    en: `DNS Firewall rule group ${ruleGroupId}, associated with ${vpcId}, blocks by its list ${domainListId}: ${hosts.join(', ')}.`,
    ko: `VPC에 연결된 DNS Firewall 규칙 그룹이 목록에 따라 이름을 차단합니다: ${hosts.join(', ')} (${vpcId}, ${ruleGroupId}, 목록 ${domainListId})`,
  }),

  // Whose list it is and what else it is to keep out, only its owner knows.
  remedy: ({ ruleGroupId, domainListId, hosts }) => ({
    changes: [],
    before: [
      {
        en: `Route 53 → DNS Firewall → Rule groups → ${ruleGroupId} → Add rule: a domain list of your own with ${hosts.join(', ')}, action Allow, with a priority before the rule of ${domainListId}. Choose "Trust all domains in the redirection chain", so that names which these lead on to (CNAME) pass as well.`,
        ko: `Route 53 → DNS 방화벽 → 규칙 그룹 → ${ruleGroupId} → 규칙 추가에서 다음 이름을 담은 자체 도메인 목록을 작업 "허용"으로 추가하고, 차단 목록의 규칙보다 앞선 우선순위로 지정합니다: ${hosts.join(', ')} (차단 목록 ${domainListId}). CNAME으로 이어지는 이름도 허용되도록 리디렉션 체인의 모든 도메인을 신뢰하도록 선택합니다.`,
      },
      {
        en: `Or take the names out of list ${domainListId}, where they stand in it by mistake.`,
        ko: `이름이 잘못 들어 있는 경우에는 목록에서 제거합니다: ${domainListId}`,
      },
    ],
  }),
})
