/** The Route 53 Resolver calls: rules that answer names elsewhere. Types are this file's own: no client of the service is bundled. */
import { call } from './call.ts'

const spec = { service: 'route53resolver' } as const

export const listResolverRuleAssociations = call<{
  readonly ResolverRuleId?: string
  readonly VPCId?: string
  readonly Status?: string
}>({ ...spec, operation: 'ListResolverRuleAssociations', list: 'ResolverRuleAssociations' })

export const listResolverRules = call<{
  readonly Id?: string
  readonly DomainName?: string
  readonly RuleType?: string
  readonly TargetIps?: readonly { readonly Ip?: string; readonly Ipv6?: string; readonly Port?: number }[]
}>({ ...spec, operation: 'ListResolverRules', list: 'ResolverRules' })
