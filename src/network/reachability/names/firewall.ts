/**
 * What Route 53 Resolver DNS Firewall does with a query: the first rule that matches decides. Route 53 Developer Guide, "Resolver DNS
 * Firewall domain lists", "Rule actions in DNS Firewall"; API Reference, FirewallDomainRedirectionAction.
 */
import { listed } from '../../../domain/answer.ts'
import type { FirewallRule } from '../../../domain/network.ts'
import { partitionOf } from '../../../domain/partition.ts'
import type { Fault, Hop, Missing } from '../../../domain/path.ts'
import type { Family } from '../../addresses.ts'
import type { NetworkIndex } from '../../network-index.ts'
import { unknown } from '../segments.ts'
import type { Name, Resolution } from './resolution.ts'

/** The answer as the firewall lets it through. A list that could not be read matches nothing here, and is told elsewhere. */
export function filtered(
  index: NetworkIndex,
  vpcId: string,
  name: Name,
  family: Family,
  answer: Resolution,
): Resolution {
  const asked = family === 4 ? /^(A|TYPE1)$/i : /^(AAAA|TYPE28)$/i
  const rules = listed(index.network.resolver.firewallRules).filter(
    (rule) => rule.vpcId === vpcId && (rule.queryType === null || asked.test(rule.queryType)),
  )
  const first = firstFor(rules, name.host)
  if (first?.action === 'block') return blocked(first, name.host)
  const later = first?.trustsRedirection === true ? null : redirectionBlock(rules, name, answer)
  if (later === null) return answer
  const hop = unknown('dns', later.ruleGroupId, mayBeBlocked(later, name.host))
  return { ...answer, hop, candidates: [...answer.candidates, { is: 'nothing' }] }
}

function firstFor(rules: readonly FirewallRule[], host: string): FirewallRule | null {
  return rules.find(({ domains }) => listed(domains).some((domain) => covers(domain, host))) ?? null
}

function covers(domain: string, host: string): boolean {
  return domain === '*' || domain === host || (domain.startsWith('*.') && host.endsWith(domain.slice(1)))
}

/**
 * A public name may lead on to others (CNAME), and each of them is looked at. That of a bucket leads to S3's own host; where the name
 * of another service of AWS leads stays below it, and where a foreign one leads nobody can say: to names that a `*` blocks.
 */
function redirectionBlock(
  rules: readonly FirewallRule[],
  { service, region, host }: Name,
  { candidates }: Resolution,
): FirewallRule | null {
  if (!candidates.some(({ is }) => is === 's3' || is === 'public')) return null
  if (service === 's3' && region !== null) {
    const next = firstFor(rules, `s3-r-w.${region}.${partitionOf(region).dnsSuffix}`)
    return next?.action === 'block' ? next : null
  }
  const isForeign = service === null && firstFor(rules, host) !== null
  return rules.find(({ action, domains }) => isForeign && action === 'block' && listed(domains).includes('*')) ?? null
}

function blocked(rule: FirewallRule, host: string): Resolution {
  const { ruleGroupId, domainListId, vpcId, blockResponse } = rule
  const why = {
    en: `DNS Firewall rule group ${ruleGroupId} of ${vpcId} blocks ${host} (list ${domainListId}, ${blockResponse ?? 'nodata'})`,
    ko: `VPC의 DNS Firewall 규칙 그룹이 차단하는 이름: ${host} (${vpcId}, ${ruleGroupId}, 목록 ${domainListId}, ${blockResponse ?? 'nodata'})`,
  }
  const fault: Fault = { kind: 'dns-firewall-blocks', vpcId, ruleGroupId, domainListId: domainListId ?? '', host }
  const reason = ['dns-firewall-blocks', ruleGroupId, domainListId ?? '', host] as const
  const hop: Hop = { at: 'dns', id: ruleGroupId, decision: 'deny', reason, why, fault }
  return { hop, candidates: [{ is: 'nothing' }], passedOver: null }
}

function mayBeBlocked({ ruleGroupId, domainListId }: FirewallRule, host: string): Missing {
  return {
    permission: null,
    reason: ['dns-firewall-redirection', ruleGroupId, domainListId ?? '', host],
    because: {
      en: `DNS Firewall rule group ${ruleGroupId} lets ${host} pass, but looks at every name that it leads on to (CNAME), and its list ${domainListId} blocks names that are not allowed by themselves`,
      ko: `DNS Firewall 규칙 그룹이 이 이름은 허용하지만 CNAME으로 이어지는 이름도 모두 검사하며, 따로 허용하지 않은 이름은 목록에서 차단함: ${host} (${ruleGroupId}, ${domainListId})`,
    },
  }
}
