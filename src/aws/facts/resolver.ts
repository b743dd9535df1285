/** Resolver rules, DNS Firewall and Route 53 Profiles of VPCs, from the answers of Route 53's three services. */
import { type Answer, known, listed, mapped, together, unread } from '../../domain/answer.ts'
import type { FirewallRule, HostedZone, ProfileResource, Resolver, ResolverRule } from '../../domain/network.ts'
import * as profiles from '../calls/route53profiles.ts'
import * as calls from '../calls/route53resolver.ts'
import { plainName, toRecords } from './hosted-zones.ts'
import { lastPart } from './service.ts'
import { count, idOf, isLoose, type Loose, listAt, type RawAnswer, text, texts, translate, word } from './shape.ts'

type ByKey = Readonly<Record<string, RawAnswer>>

export interface ResolverAnswers {
  readonly rules: RawAnswer
  readonly ruleAssociations: RawAnswer
  readonly groupAssociations: RawAnswer
  /** By rule group, and by domain list. */
  readonly firewallRules: ByKey
  readonly domains: ByKey
  readonly profileAssociations: RawAnswer
  /** By profile. */
  readonly profileResources: ByKey
  /** By hosted zone. */
  readonly records: ByKey
}

/** A profile's resource in one VPC. */
interface Brought extends ProfileResource {
  readonly ownerId: string
  readonly priority: number
}

export function toResolver(answers: ResolverAnswers): Resolver {
  const brought = broughtBy(answers)
  const all = listed(brought)
  return {
    rules: rulesOf(answers, all),
    firewallRules: firewallOf(answers, all),
    profiles: mapped(brought, (some) => some.filter((one) => isOpaque(one, answers))),
  }
}

/** Hosted zones that a profile brings into a VPC, where their records could be read: their apex is the zone's name. */
export function profileZones(answers: ResolverAnswers, vpcId: string): readonly HostedZone[] {
  return listed(broughtBy(answers))
    .filter(({ arn, vpcIds }) => /:hostedzone\//.test(arn) && vpcIds.includes(vpcId))
    .flatMap(({ arn, ownerId }) => {
      const records = toRecords(answers.records[lastPart(arn)] ?? unread('unasked', '', arn))
      const [apex] = listed(records)
        .map(({ name }) => name)
        .toSorted((a, b) => a.length - b.length)
      return apex === undefined ? [] : [{ id: lastPart(arn), name: apex, owner: ownerId, records }]
    })
}

/** Rules and rule groups are read like those of the VPC itself. */
function isOpaque({ arn }: Brought, { records }: ResolverAnswers): boolean {
  if (/:hostedzone\//.test(arn)) return records[lastPart(arn)]?.known !== true
  return /:vpc-endpoint\//.test(arn)
}

function broughtBy({ profileAssociations, profileResources }: ResolverAnswers): Answer<readonly Brought[]> {
  if (!profileAssociations.known) return profileAssociations
  const holding = profileAssociations.value.filter(isLoose).filter(isHolding)
  const ids = [...new Set(texts(holding.map((one) => one['ProfileId'])))].filter((id) => profileResources[id])
  const parts = ids.map((id) => {
    const vpcIds = texts(holding.filter((one) => one['ProfileId'] === id).map((one) => one['ResourceId']))
    const answer = profileResources[id] as RawAnswer
    return mapped(translate(answer, profiles.listProfileResourceAssociations.permission, toBrought), (some) =>
      some.map((one) => ({ ...one, vpcIds, profileId: id })),
    )
  })
  return together(parts)
}

function toBrought(record: Loose): Omit<Brought, 'vpcIds' | 'profileId'> | null {
  const arn = idOf(record['ResourceArn'])
  const priority = /"priority"\s*:\s*(\d+)/i.exec(text(record['ResourceProperties']) ?? '')?.[1]
  return arn === null ? null : { arn, ownerId: text(record['OwnerId']) ?? '', priority: count(priority) ?? 0 }
}

/** One that is being made holds soon, one that is being taken away holds still. */
function isHolding({ Status }: Loose): boolean {
  return !['DELETED', 'FAILED', 'FAILED_CREATION'].includes(String(Status))
}

function rulesOf({ rules, ruleAssociations }: ResolverAnswers, all: readonly Brought[]): Resolver['rules'] {
  if (!ruleAssociations.known) return ruleAssociations
  const associations = ruleAssociations.value.filter(isLoose)
  return translate(rules, calls.listResolverRules.permission, (record): ResolverRule | null => {
    const id = idOf(record['Id'])
    const domain = idOf(record['DomainName'])
    if (id === null || domain === null) return null
    const own = associations.filter((one) => one['ResolverRuleId'] === id).map((one) => one['VPCId'])
    const shared = all.filter(({ arn }) => lastPart(arn) === id).flatMap(({ vpcIds }) => vpcIds)
    return {
      id,
      vpcIds: [...new Set([...texts(own), ...shared])],
      // The root, `.`, is every name.
      domain: plainName(domain),
      type: word(record['RuleType']),
      targets: listAt(record, 'TargetIps').flatMap((one) => text(one['Ip']) ?? text(one['Ipv6']) ?? []),
    }
  })
}

interface Association {
  readonly vpcId: string
  readonly ruleGroupId: string
  readonly priority: number
}

/** Groups by the priority of their association, then rules by theirs. Route 53 Developer Guide, "DNS Firewall rule groups and rules". */
function firewallOf(answers: ResolverAnswers, all: readonly Brought[]): Resolver['firewallRules'] {
  const { groupAssociations, firewallRules, domains } = answers
  if (!groupAssociations.known) return groupAssociations
  const own = groupAssociations.value
    .filter(isLoose)
    .filter(isHolding)
    .map(
      (one): Association => ({
        vpcId: text(one['VpcId']) ?? '',
        ruleGroupId: text(one['FirewallRuleGroupId']) ?? '',
        priority: count(one['Priority']) ?? 0,
      }),
    )
  const shared = all
    .filter(({ arn }) => /:firewall-rule-group\//.test(arn))
    .flatMap(({ arn, vpcIds, priority }) => vpcIds.map((vpcId) => ({ vpcId, ruleGroupId: lastPart(arn), priority })))
  // Only the groups of VPCs that matter were asked for.
  const wanted = [...own, ...shared].filter(({ ruleGroupId }) => firewallRules[ruleGroupId])
  return together(
    wanted
      .toSorted((a, b) => a.priority - b.priority)
      .map((association) => {
        const rules = firewallRules[association.ruleGroupId] as RawAnswer
        return mapped(
          translate(rules, calls.listFirewallRules.permission, (one) => toFirewallRule(one, association, domains)),
          (some) => some.toSorted((a, b) => a.priority - b.priority),
        )
      }),
  )
}

function toFirewallRule(record: Loose, { vpcId, ruleGroupId }: Association, domains: ByKey): FirewallRule | null {
  const action = idOf(record['Action'])
  const domainListId = idOf(record['FirewallDomainListId'])
  const { permission } = calls.listFirewallDomains
  const answer = domains[domainListId ?? ''] ?? unread('unasked', permission, domainListId ?? '')
  return action === null
    ? null
    : {
        vpcId,
        ruleGroupId,
        priority: count(record['Priority']) ?? 0,
        action: action.toLowerCase(),
        blockResponse: text(record['BlockResponse'])?.toLowerCase() ?? null,
        trustsRedirection: record['FirewallDomainRedirectionAction'] === 'TRUST_REDIRECTION_DOMAIN',
        queryType: idOf(record['Qtype']),
        domainListId,
        // An advanced rule looks for threats, which no name of a start is.
        domains: domainListId === null ? known([]) : mapped(answer, (names) => texts(names).map(plainName)),
      }
}
