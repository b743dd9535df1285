/** Calls that are read from recordings only: no client of their services is bundled, so that their types are this file's own. */
import { at, call, single } from './call.ts'

export const getServiceQuota = call<{ readonly Quota?: { readonly QuotaCode?: string; readonly Value?: number } }>({
  service: 'service-quotas',
  operation: 'GetServiceQuota',
  list: null,
  keyed: true,
  by: { id: single('QuotaCode', (answer) => [at(answer, 'Quota', 'QuotaCode')]) },
})

export const listResolverRuleAssociations = call<{
  readonly ResolverRuleId?: string
  readonly VPCId?: string
  readonly Status?: string
}>({
  service: 'route53resolver',
  operation: 'ListResolverRuleAssociations',
  list: 'ResolverRuleAssociations',
})

export const listResolverRules = call<{
  readonly Id?: string
  readonly DomainName?: string
  readonly RuleType?: string
  readonly TargetIps?: readonly { readonly Ip?: string; readonly Ipv6?: string; readonly Port?: number }[]
}>({
  service: 'route53resolver',
  operation: 'ListResolverRules',
  list: 'ResolverRules',
})
