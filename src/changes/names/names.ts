/** Who answers a DNS name in a VPC: its attributes, private hosted zones, Resolver rules. */
import { listed, mapped } from '../../domain/answer.ts'
import type { ChangeOf } from '../../domain/change.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { HostedZone, ResolverRule } from '../../domain/network.ts'
import type { Applied, Definitions, Refused } from '../change-kind.ts'
import { callOf, structure } from '../command-line.ts'
import { isRefused, withNetwork } from '../network-facts.ts'
import { argumentsOf, fieldsOf } from '../terraform.ts'

const LABELS = {
  support: { en: 'Enable DNS resolution', ko: 'DNS 확인 활성화' },
  hostnames: { en: 'Enable DNS hostnames', ko: 'DNS 호스트 이름 활성화' },
} as const

export const names: Definitions<
  'modify-vpc-attribute' | 'change-resource-record-sets' | 'create-resolver-rule' | 'associate-resolver-rule'
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

  /** A record that a private hosted zone lacks. Route 53 API Reference, ChangeResourceRecordSets. */
  'change-resource-record-sets': {
    console: ({ hostedZoneId, changeBatch }) =>
      setsOf(changeBatch).map(({ name, type, resourceRecords }) => {
        const values = resourceRecords.map(({ value }) => value).join(', ')
        return {
          en: `Route 53 → Hosted zones → ${hostedZoneId} → Create record: ${name}, type ${type}, value ${values} → Create records`,
          ko: `Route 53 → 호스팅 영역 → ${hostedZoneId} → 레코드 생성에서 다음을 입력하고 레코드 생성을 누릅니다. 이름: ${name}, 유형: ${type}, 값: ${values}`,
        }
      }),

    cli: ({ kind, hostedZoneId, changeBatch }) => [
      callOf('route53', { kind, hostedZoneId, changeBatch: structure(capitalized(changeBatch)) }),
    ],

    terraform: ({ hostedZoneId, changeBatch }) =>
      setsOf(changeBatch).map(({ name, type, ttl, resourceRecords }) => ({
        type: 'aws_route53_record',
        name,
        fields: fieldsOf({
          zoneId: hostedZoneId,
          name,
          type,
          ttl,
          records: resourceRecords.map(({ value }) => value),
        }),
      })),

    apply(facts, { hostedZoneId, changeBatch }) {
      const zones = facts.network.known ? facts.network.value.hostedZones : {}
      const own = Object.values(zones)
        .flatMap(listed)
        .find(({ id }) => id === hostedZoneId)
      if (own === undefined || !own.records.known) return null
      const before = own.records.value
      const added = setsOf(changeBatch).map(({ name, type, resourceRecords }) => ({
        name,
        type,
        values: resourceRecords.map(({ value }) => value),
      }))
      if (added.some(({ name, type }) => before.some((one) => one.name === name && one.type === type)))
        return { refused: 'InvalidChangeBatch' }
      const zone: HostedZone = { ...own, records: { known: true, value: [...before, ...added] } }
      const edited = Object.entries(zones).map(([vpcId, list]) => [
        vpcId,
        mapped(list, (all) => all.map((one) => (one.id === hostedZoneId ? zone : one))),
      ])
      return withNetwork(facts, (network) => ({ ...network, hostedZones: Object.fromEntries(edited) }))
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

type Batch = ChangeOf<'change-resource-record-sets'>['changeBatch']

function setsOf({ changes }: Batch) {
  return changes.map(({ resourceRecordSet }) => resourceRecordSet)
}

/** Members as Route 53 spells them: `TTL`, `ResourceRecordSet`. */
export function capitalized(value: { readonly changes: readonly object[] }): object {
  const walk = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(walk)
    if (typeof one !== 'object' || one === null) return one
    return Object.fromEntries(Object.entries(one).map(([key, member]) => [spelled(key), walk(member)]))
  }
  return { Changes: value.changes.map(walk) }
}

function spelled(member: string): string {
  return member === 'ttl' ? 'TTL' : `${member.charAt(0).toUpperCase()}${member.slice(1)}`
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
