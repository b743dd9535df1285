/** The Route 53 Resolver calls: read from recordings only, because no client of it is bundled. */
import { call } from './call.ts'

export interface AwsResolverRuleAssociation {
  readonly ResolverRuleId?: string
  readonly VPCId?: string
  readonly Status?: string
}

export interface AwsResolverRule {
  readonly Id?: string
  readonly DomainName?: string
  readonly RuleType?: string
  readonly TargetIps?: readonly { readonly Ip?: string; readonly Ipv6?: string; readonly Port?: number }[]
}

export const listResolverRuleAssociations = call<AwsResolverRuleAssociation>({
  service: 'route53resolver',
  operation: 'ListResolverRuleAssociations',
  list: 'ResolverRuleAssociations',
})

export const listResolverRules = call<AwsResolverRule>({
  service: 'route53resolver',
  operation: 'ListResolverRules',
  list: 'ResolverRules',
})
