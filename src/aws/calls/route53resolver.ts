/** The Route 53 Resolver calls: rules that answer names elsewhere, and DNS Firewall. Types are this file's own: no client is bundled. */
import { call, listAt, listing, single } from './call.ts'

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

/** Of every VPC of the Region: asked before the VPC is known, it costs no round. */
export const listFirewallRuleGroupAssociations = call<{
  readonly FirewallRuleGroupId?: string
  readonly VpcId?: string
  readonly Priority?: number
  readonly Status?: string
}>({ ...spec, operation: 'ListFirewallRuleGroupAssociations', list: 'FirewallRuleGroupAssociations' })

export const listFirewallRules = call<{
  readonly FirewallRuleGroupId?: string
  readonly FirewallDomainListId?: string
  readonly Name?: string
  readonly Priority?: number
  readonly Action?: string
  readonly BlockResponse?: string
  readonly FirewallDomainRedirectionAction?: string
  readonly Qtype?: string
}>({
  ...spec,
  operation: 'ListFirewallRules',
  list: 'FirewallRules',
  keyed: true,
  by: {
    id: single('FirewallRuleGroupId', (answer, stem) => [
      stem,
      ...listAt(answer, 'FirewallRules').map((one) => one['FirewallRuleGroupId']),
    ]),
  },
})

/** The content of a list that AWS manages is told to nobody. */
export const listFirewallDomains = listing({
  ...spec,
  operation: 'ListFirewallDomains',
  list: 'Domains',
  keyed: true,
  // The most that a page takes.
  always: { MaxResults: 5000 },
  by: { id: single('FirewallDomainListId', (_answer, stem) => [stem]) },
})
