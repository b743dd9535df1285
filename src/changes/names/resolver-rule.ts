/** A Resolver rule that gives names back to the Amazon DNS, and the VPC where it holds. Resolver API Reference, Create- and AssociateResolverRule. */
import type { ResolverRule } from '../../domain/configuration.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { Applied, ChangeDefinition, Refused } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { isRefused } from '../network-facts.ts'
import { argumentsOf } from '../terraform.ts'

export const createResolverRule: ChangeDefinition<'create-resolver-rule'> = {
  kind: 'create-resolver-rule',
  made: { query: 'ResolverRule.Id', words: { en: 'the new rule', ko: '새 규칙' } },

  console: ({ domainName }) => [
    {
      en: `Route 53 → Resolver → Rules → Create rule: type System, domain name ${domainName}, so that the Amazon DNS answers it`,
      ko: `Route 53 → Resolver → 규칙 → 규칙 생성에서 유형을 시스템으로 지정하여 Amazon DNS가 응답하게 합니다. 도메인 이름: ${domainName}`,
    },
  ],

  cli: (change) => [callOf('route53resolver', change)],

  terraform: (change) => [
    {
      type: 'aws_route53_resolver_rule',
      name: change.domainName,
      fields: argumentsOf(change, 'domainName', 'ruleType'),
    },
  ],

  apply: (facts, { makes, domainName }) =>
    withRules(facts, (rules) => [...rules, { id: makes, vpcIds: [], domain: domainName, type: 'system', targets: [] }]),
}

export const associateResolverRule: ChangeDefinition<'associate-resolver-rule'> = {
  kind: 'associate-resolver-rule',

  console: ({ resolverRuleId, vpcId }) => [
    {
      en: `Route 53 → Resolver → Rules → ${resolverRuleId} → Associate VPC: ${vpcId}`,
      ko: `Route 53 → Resolver → 규칙 → ${resolverRuleId} → VPC 연결에서 다음 VPC를 선택합니다: ${vpcId}`,
    },
  ],

  cli: (change) => [callOf('route53resolver', change)],

  terraform: (change) => [
    {
      type: 'aws_route53_resolver_rule_association',
      name: change.vpcId,
      fields: argumentsOf(change, 'resolverRuleId', 'vpcId'),
    },
  ],

  apply: (facts, { resolverRuleId, vpcId }) =>
    withRules(facts, (rules) => {
      const own = rules.find(({ id }) => id === resolverRuleId)
      if (own === undefined) return { refused: 'ResourceNotFoundException' }
      if (rules.some(({ domain, vpcIds }) => domain === own.domain && vpcIds.includes(vpcId)))
        return { refused: 'ResourceExistsException' }
      return rules.map((one) => (one === own ? { ...own, vpcIds: [...own.vpcIds, vpcId] } : one))
    }),
}

function withRules(
  { configuration, ...facts }: GatheredFacts,
  edit: (rules: readonly ResolverRule[]) => readonly ResolverRule[] | Refused,
): Applied {
  if (!configuration.known || !configuration.value.resolverRules.known) return null
  const value = edit(configuration.value.resolverRules.value)
  if (isRefused(value)) return value
  const resolverRules = { known: true, value } as const
  return { ...facts, configuration: { known: true, value: { ...configuration.value, resolverRules } } }
}
