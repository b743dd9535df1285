/** Who answers a DNS name in a VPC: its attributes, private hosted zones, Resolver rules. */
import type { GatheredFacts } from '../../domain/facts.ts'
import type { ResolverRule } from '../../domain/network.ts'
import type { Applied, Definitions, Refused } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { isRefused, withNetwork } from '../network-facts.ts'
import { argumentsOf } from '../terraform.ts'

const LABELS = {
  support: { en: 'Enable DNS resolution', ko: 'DNS 확인 활성화' },
  hostnames: { en: 'Enable DNS hostnames', ko: 'DNS 호스트 이름 활성화' },
} as const

export const names: Definitions<
  'modify-vpc-attribute' | 'disassociate-vpc-from-hosted-zone' | 'create-resolver-rule' | 'associate-resolver-rule'
> = {
  /** DNS of a VPC, switched on: one attribute a call. EC2 API Reference, ModifyVpcAttribute. */
  'modify-vpc-attribute': {
    console({ vpcId, enableDnsSupport }) {
      const { en, ko } = LABELS[enableDnsSupport === true ? 'support' : 'hostnames']
      return {
        en: `VPC → Your VPCs → ${vpcId} → Actions → Edit VPC settings → DNS settings: ${en} → Save`,
        ko: `VPC → VPC → ${vpcId} → 작업 → VPC 설정 편집 → DNS 설정에서 다음을 선택하고 저장을 누릅니다: ${ko}`,
      }
    },

    cli: 'ec2',
    terraform: (change) => ({
      existing: 'aws_vpc',
      of: change.vpcId,
      fields: argumentsOf(change, 'enableDnsSupport', 'enableDnsHostnames'),
    }),

    apply(facts, { vpcId, enableDnsSupport }) {
      const own = facts.network.known ? facts.network.value.vpcDns[vpcId] : undefined
      if (own === undefined) return null
      const on = { known: true, value: true } as const
      const changed = enableDnsSupport === true ? { ...own, support: on } : { ...own, hostnames: on }
      // Hostnames need resolution. VPC User Guide, "DNS attributes for your VPC".
      if (enableDnsSupport !== true && own.support.known && !own.support.value)
        return { refused: 'InvalidParameterValue' }
      return withNetwork(facts, (network) => ({ ...network, vpcDns: { ...network.vpcDns, [vpcId]: changed } }))
    },
  },

  /** A private hosted zone that no longer answers in a VPC. Route 53 API Reference, DisassociateVPCFromHostedZone. */
  'disassociate-vpc-from-hosted-zone': {
    console: ({ hostedZoneId, vpc: { vpcId } }) => ({
      en: `Route 53 → Hosted zones → ${hostedZoneId} → Edit hosted zone → remove ${vpcId} → Save changes`,
      ko: `Route 53 → 호스팅 영역 → ${hostedZoneId} → 호스팅 영역 편집에서 다음 VPC를 제거하고 변경 사항 저장을 누릅니다: ${vpcId}`,
    }),

    cli: ({ vpc: { vpcRegion, vpcId }, ...call }) => [
      callOf('route53', { ...call, vpc: `VPCRegion=${vpcRegion},VPCId=${vpcId}` }),
    ],

    terraform: ({ hostedZoneId, vpc: { vpcId } }) => [
      { gone: 'aws_route53_zone_association', of: `${hostedZoneId}, ${vpcId}` },
    ],

    /** Route 53 keeps a zone in its last VPC, and other VPCs of it are seen only where the service has subnets there as well. */
    apply(facts, { hostedZoneId, vpc: { vpcId } }) {
      const zones = facts.network.known ? facts.network.value.hostedZones : {}
      const own = zones[vpcId]
      const others = Object.entries(zones).filter(
        ([id, list]) => id !== vpcId && list.known && list.value.some((zone) => zone.id === hostedZoneId),
      )
      if (own === undefined || !own.known) return null
      if (!own.value.some(({ id }) => id === hostedZoneId)) return { refused: 'VPCAssociationNotFound' }
      if (others.length === 0) return null
      const value = own.value.filter(({ id }) => id !== hostedZoneId)
      return withNetwork(facts, (network) => ({
        ...network,
        hostedZones: { ...network.hostedZones, [vpcId]: { known: true, value } },
      }))
    },
  },

  /** A Resolver rule that gives names back to the Amazon DNS, and the VPC where it holds. Resolver API Reference, Create- and AssociateResolverRule. */
  'create-resolver-rule': {
    made: { query: 'ResolverRule.Id', words: { en: 'the new rule', ko: '새 규칙' } },
    console: ({ domainName }) => ({
      en: `Route 53 → Resolver → Rules → Create rule: type System, domain name ${domainName}, so that the Amazon DNS answers it`,
      ko: `Route 53 → Resolver → 규칙 → 규칙 생성에서 유형을 시스템으로 지정하여 Amazon DNS가 응답하게 합니다. 도메인 이름: ${domainName}`,
    }),

    cli: 'route53resolver',
    terraform: (change) => ({
      type: 'aws_route53_resolver_rule',
      name: change.domainName,
      fields: argumentsOf(change, 'domainName', 'ruleType'),
    }),

    apply: (facts, { makes, domainName }) =>
      withRules(facts, (rules) => [
        ...rules,
        { id: makes, vpcIds: [], domain: domainName, type: 'system', targets: [] },
      ]),
  },

  'associate-resolver-rule': {
    console: ({ resolverRuleId, vpcId }) => ({
      en: `Route 53 → Resolver → Rules → ${resolverRuleId} → Associate VPC: ${vpcId}`,
      ko: `Route 53 → Resolver → 규칙 → ${resolverRuleId} → VPC 연결에서 다음 VPC를 선택합니다: ${vpcId}`,
    }),

    cli: 'route53resolver',
    terraform: (change) => ({
      type: 'aws_route53_resolver_rule_association',
      name: change.vpcId,
      fields: argumentsOf(change, 'resolverRuleId', 'vpcId'),
    }),

    apply: (facts, { resolverRuleId, vpcId }) =>
      withRules(facts, (rules) => {
        const own = rules.find(({ id }) => id === resolverRuleId)
        if (own === undefined) return { refused: 'ResourceNotFoundException' }
        if (rules.some(({ domain, vpcIds }) => domain === own.domain && vpcIds.includes(vpcId)))
          return { refused: 'ResourceExistsException' }
        return rules.map((one) => (one === own ? { ...own, vpcIds: [...own.vpcIds, vpcId] } : one))
      }),
  },
}

function withRules(
  facts: GatheredFacts,
  edit: (rules: readonly ResolverRule[]) => readonly ResolverRule[] | Refused,
): Applied {
  const rules = facts.network.known ? facts.network.value.resolver.rules : null
  if (!rules?.known) return null
  const value = edit(rules.value)
  if (isRefused(value)) return value
  return withNetwork(facts, (network) => ({
    ...network,
    resolver: { ...network.resolver, rules: { known: true, value } },
  }))
}
