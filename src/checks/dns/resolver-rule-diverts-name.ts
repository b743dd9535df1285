/** Does a Resolver rule send the names of a start to other DNS servers? */

import { listed } from '../../domain/answer.ts'
import type { Change } from '../../domain/change.ts'
import { defineCheck } from '../../domain/check.ts'
import { distinct, grouped } from '../../domain/collections.ts'
import type { ResolverRule } from '../../domain/network.ts'
import { subnetsOf } from '../../network/lookup.ts'
import { endpointZone, forwardedBy } from '../../network/resolver-rules.ts'

interface Details {
  readonly rule: ResolverRule
  readonly hosts: readonly string[]
  readonly vpcId: string
}

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'resolver-rule-diverts-name',
  step: 'dns',
  severity: 'warning',
  needs: ['network', 'paths'],
  permissions: ['route53resolver:ListResolverRuleAssociations', 'route53resolver:ListResolverRules'],

  title: { en: 'A Resolver rule diverts the name', ko: 'Resolver 규칙이 이름을 다른 DNS 서버로 보냅니다' },
  why: {
    en: 'A forwarding rule asks other servers for the name instead of the Amazon DNS. What they answer decides where the pull goes; where they do not answer, or not with an address that is reached from here, the task times out.',
    ko: '전달 규칙이 있으면 Amazon DNS 대신 다른 서버에 이름을 질의합니다. 그 서버의 응답에 따라 이미지 풀의 경로가 정해지며, 응답이 없거나 서브넷에서 연결할 수 없는 주소이면 태스크가 시간 초과로 실패합니다.',
  },

  evaluate({ network, paths }) {
    const diverted = paths
      .filter(({ required }) => required)
      .flatMap((path) => {
        const vpcId = subnetsOf(network, [path.from.subnetId])[0]?.vpcId ?? ''
        const rule = forwardedBy(listed(network.resolver.rules), vpcId, path.host, endpointZone(path))
        return rule === null ? [] : [{ rule, path, vpcId }]
      })
    return [...grouped(diverted, ({ rule, vpcId }) => `${rule.id} ${vpcId}`).values()].flatMap((members) => {
      const [first] = members
      if (first === undefined) return []
      const { rule, vpcId } = first
      const hosts = distinct(members.map(({ path }) => path.host))
      const domain = rule.domain === '' ? '.' : rule.domain
      return [
        {
          subject: rule.id,
          evidence: [
            {
              en: `${rule.id} in ${vpcId}: FORWARD ${domain} to ${rule.targets.join(', ')}`,
              ko: `${vpcId}의 ${rule.id}: FORWARD ${domain} → ${rule.targets.join(', ')}`,
            },
            ...hosts.map((host) => ({ en: `needed for a start: ${host}`, ko: `시작에 필요한 이름: ${host}` })),
          ],
          details: { rule, hosts, vpcId },
          affects: members.map(({ path }) => ({ subnetId: path.from.subnetId, destination: path.destination })),
        },
      ]
    })
  },

  explain: ({ rule, hosts, vpcId }) => ({
    en: `Resolver rule ${rule.id} of ${vpcId} sends ${hosts.join(', ')} to ${rule.targets.join(', ')}; what those servers answer is not visible.`,
    ko: `${vpcId}의 Resolver 규칙이 이름을 다른 DNS 서버로 보내며 그 응답은 알 수 없습니다: ${rule.id}. 이름: ${hosts.join(', ')}, DNS 서버: ${rule.targets.join(', ')}`,
  }),

  /** A rule of type System for a name gives it back to the Amazon DNS. */
  remedy: ({ rule, vpcId, hosts }) => ({
    changes: hosts.flatMap((host): readonly Change[] => {
      const resolverRuleId = { ref: 'ruleId' }
      return [
        {
          kind: 'create-resolver-rule',
          makes: resolverRuleId.ref,
          creatorRequestId: `${host}-${vpcId}`,
          ruleType: 'SYSTEM',
          domainName: host,
        },
        { kind: 'associate-resolver-rule', resolverRuleId, vpcId },
      ]
    }),
    after: [
      {
        en: `Or let ${rule.targets.join(', ')} send these names on to the Amazon DNS of ${vpcId} (Resolver inbound endpoint).`,
        ko: `또는 DNS 서버가 이 이름을 ${vpcId}의 Amazon DNS(Resolver 인바운드 엔드포인트)로 전달하게 합니다: ${rule.targets.join(', ')}`,
      },
    ],
  }),
})
