/** What the paths could not tell, once for each missing fact: which check it belongs to, and what would read it. */
import { type Answer, listed, missingFrom, type Unread } from '../../domain/answer.ts'
import type { Check } from '../../domain/check.ts'
import type { CheckId } from '../../domain/check-id.ts'
import type { Network } from '../../domain/network.ts'
import { HOPS, type HopAt, type Missing, type Path, type ViaKind } from '../../domain/path.ts'
import type { Unknown } from '../../domain/report.ts'
import type { StepId } from '../../domain/step.ts'
import { FAULTS, kindsAt } from '../../network/faults.ts'
import { isFileSystem } from '../../task-start/destinations.ts'

/** A fact that was missed matters where a start needs the path and nothing else has decided it. */
export function unknownsOf(paths: readonly Path[], checks: readonly Check[]): readonly Unknown[] {
  const merged = new Map<string, Unknown>()
  for (const path of paths) {
    for (const { at, missing, hidesRest } of path.hops) {
      if (missing === undefined) continue
      const matters = path.required && path.outcome === 'indeterminate'
      const unjudged = hidesRest === true ? unjudgedFrom(path, at) : []
      const toFileSystem = isFileSystem(path.destination)
      const { reason, because, permission } = missing
      add(merged, {
        check: speakersAt(at, checks, toFileSystem)[0] ?? 'subnet-without-way-to-registry',
        checks: [at, ...unjudged].flatMap((hop) => speakersAt(hop, checks, toFileSystem)),
        step: stepsAt(at, toFileSystem)[0] ?? 'routes',
        beyond: stepsBeyond(path, unjudged),
        reason,
        because,
        permission,
        matters,
      })
    }
  }
  return [...merged.values()]
}

/**
 * The hops at which nobody could say that nothing is wrong: the later ones, and the name where it was not even asked for.
 * The sender's own groups are met once, and never beyond.
 */
function unjudgedFrom({ hops }: Path, at: HopAt): readonly HopAt[] {
  const isShown = (one: HopAt) => hops.some((hop) => hop.at === one)
  return HOPS.filter((hop) => {
    if (hop === 'dns') return !isShown(hop)
    return HOPS.indexOf(hop) > HOPS.indexOf(at) && !(hop === 'security-group-egress' && isShown(hop))
  })
}

/** The steps of these hops. Where the way is known, what it shows is judged, and so is what does not stand on it. */
function stepsBeyond({ from, hops, via }: Path, unjudged: readonly HopAt[]): readonly StepId[] {
  const isSubnetKnown = from.availabilityZone !== ''
  const seen = via.kind === 'none' ? [] : [...hops.map(({ at }) => at), ...(OFF_WAY[via.kind] ?? [])]
  const later = unjudged.filter((at) => !seen.includes(at)).flatMap((at) => stepsAt(at))
  return isSubnetKnown ? later : ['subnets', ...later]
}

const OUTSIDE: readonly HopAt[] = ['endpoint', 'endpoint-policy', 'security-group-ingress']
const OFF_WAY: Partial<Readonly<Record<ViaKind, readonly HopAt[]>>> = {
  'interface-endpoint': ['endpoint', 'nat-gateway', 'internet-gateway'],
  'gateway-endpoint': ['endpoint', 'nat-gateway', 'internet-gateway', 'security-group-ingress'],
  'nat-gateway': OUTSIDE,
  'internet-gateway': OUTSIDE,
  'egress-only-internet-gateway': OUTSIDE,
}

function speakersAt(at: HopAt, checks: readonly Check[], toFileSystem = false): readonly CheckId[] {
  return kindsAt(at, toFileSystem).flatMap((kind) =>
    checks.filter(({ speaksFor }) => speaksFor?.includes(kind) === true).map(({ id }) => id),
  )
}

function stepsAt(at: HopAt, toFileSystem = false) {
  return kindsAt(at, toFileSystem).flatMap((kind) => (FAULTS[kind].hops.includes(at) ? FAULTS[kind].step : []))
}

/** Without its origins no path is known, and none of its hops is judged. */
export function unknownOrigins(missing: readonly Missing[], checks: readonly Check[]): readonly Unknown[] {
  const check = 'subnet-without-way-to-registry'
  const speakers = HOPS.flatMap((hop) => speakersAt(hop, checks))
  return missing.map(({ reason, because, permission }) => ({
    check,
    checks: [...new Set([check, ...speakers] as const)],
    step: 'subnets',
    beyond: [...new Set(HOPS.flatMap((at) => stepsAt(at)))],
    reason,
    because,
    permission,
    matters: true,
  }))
}

/** Facts that only reveal rare overrides are told, and leave the verdict alone (contract, section 3). */
export function rareOverrides(network: Network): readonly Unknown[] {
  const unknowns: Unknown[] = []
  const { blockPublicAccess, encryptionControls, hostedZones } = network
  if (!blockPublicAccess.known) {
    const what = { en: 'VPC Block Public Access', ko: 'VPC 퍼블릭 액세스 차단' }
    const answer = withPermission(blockPublicAccess, 'ec2:DescribeVpcBlockPublicAccessOptions')
    unknowns.push({
      check: 'internet-blocked-by-vpc-setting',
      step: 'routes',
      matters: false,
      ...missingFrom(answer, ['public-access-unread'], what),
    })
  }
  if (!encryptionControls.known) {
    const what = { en: 'VPC encryption controls', ko: 'VPC 암호화 제어' }
    const answer = withPermission(encryptionControls, 'ec2:DescribeVpcEncryptionControls')
    unknowns.push({
      check: 'internet-blocked-by-vpc-setting',
      // They would make paths unknown, and no finding.
      checks: [],
      step: 'routes',
      matters: false,
      ...missingFrom(answer, ['encryption-controls-unread'], what),
    })
  }
  const unread = Object.entries(hostedZones).flatMap(([id, zones]) => (zones.known ? [] : [[id, zones] as const]))
  const [first] = unread
  if (first !== undefined) {
    const ids = unread.map(([id]) => id)
    const what = {
      en: `the private hosted zones of ${ids.join(', ')}`,
      ko: `${ids.join(', ')}의 프라이빗 호스팅 영역`,
    }
    const answer = withPermission(first[1], 'route53:ListHostedZonesByVPC')
    unknowns.push({
      check: 'hosted-zone-shadows-name',
      step: 'dns',
      matters: false,
      ...missingFrom(answer, ['hosted-zones-unread', ...ids], what),
    })
  }
  return [...unknowns, ...nameOverrides(network)]
}

/** What nobody asked has no permission of its own. */
function withPermission(answer: Unread, permission: string): Unread {
  return { ...answer, permission: answer.permission || permission }
}

/** One line each for Resolver rules, DNS Firewall and Route 53 Profiles. */
function nameOverrides({ resolver: { rules, firewallRules, profiles } }: Network): readonly Unknown[] {
  const line = (check: CheckId, what: string, answer: Answer<unknown>, permission: string): readonly Unknown[] =>
    answer.known
      ? []
      : [
          {
            check,
            step: 'dns',
            matters: false,
            ...missingFrom(withPermission(answer, permission), ['name-override-unread', what], {
              en: `${what} of the VPC, which may override a name`,
              ko: `이름의 응답을 바꿀 수 있는 VPC의 ${what}`,
            }),
          },
        ]
  // A list counts only where a rule blocks by it: the other rules let the name pass.
  const lists = listed(firewallRules).filter(({ action }) => action === 'block')
  const unreadList = lists.find(({ domains }) => !domains.known)?.domains ?? firewallRules
  return [
    ...line('resolver-rule-diverts-name', 'Resolver rules', rules, 'route53resolver:ListResolverRuleAssociations'),
    ...line(
      'dns-firewall-blocks-name',
      'DNS Firewall',
      unreadList,
      'route53resolver:ListFirewallRuleGroupAssociations',
    ),
    ...line('hosted-zone-shadows-name', 'Route 53 Profiles', profiles, 'route53profiles:ListProfileAssociations'),
  ]
}

function add(merged: Map<string, Unknown>, unknown: Unknown): void {
  const key = JSON.stringify([unknown.check, unknown.permission, unknown.reason])
  const before = merged.get(key)
  const checks = [...new Set([...(before?.checks ?? []), ...(unknown.checks ?? [])])]
  const beyond = [...new Set([...(before?.beyond ?? []), ...(unknown.beyond ?? [])])]
  merged.set(key, { ...unknown, checks, beyond, matters: unknown.matters || before?.matters === true })
}
