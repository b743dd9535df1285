/** What the paths could not tell, once for each missing fact: which check it belongs to, and what would read it. */
import type { Network } from '../../domain/network.ts'
import type { HopAt, Missing, Path } from '../../domain/path.ts'
import type { Unknown } from '../../domain/report.ts'
import type { StepId } from '../../domain/step.ts'

/** The check that would speak, had the hop been decided. */
const SPEAKER: Readonly<Record<HopAt, readonly [check: string, step: StepId]>> = {
  dns: ['private-dns-off', 'dns'],
  route: ['subnet-without-way-to-registry', 'routes'],
  'security-group-egress': ['task-egress-closed', 'security-groups'],
  'network-acl-out': ['network-acl-closed', 'network-acls'],
  endpoint: ['endpoint-not-available', 'endpoints'],
  'nat-gateway': ['nat-gateway-broken', 'routes'],
  'internet-gateway': ['internet-gateway-detached', 'routes'],
  'network-acl-in': ['network-acl-closed', 'network-acls'],
  'security-group-ingress': ['endpoint-closed-to-tasks', 'security-groups'],
  'endpoint-policy': ['endpoint-policy-denies', 'endpoint-policies'],
}

/** The hops in the order of travel, out and in. */
// biome-ignore format: one line a network
const TRAVEL: readonly HopAt[] = [
  'dns', 'security-group-egress', 'network-acl-out', 'route',
  'nat-gateway', 'internet-gateway', 'endpoint', 'network-acl-in', 'security-group-ingress', 'endpoint-policy',
]

/** A fact that was missed matters where a start needs the path and nothing else has decided it. */
export function unknownsOf(paths: readonly Path[]): readonly Unknown[] {
  const merged = new Map<string, Unknown>()
  for (const path of paths) {
    for (const [number, { at, missing }] of path.hops.entries()) {
      if (missing === undefined) continue
      const [check, step] = SPEAKER[at]
      const matters = path.required && path.outcome === 'indeterminate'
      // Where a path ends for want of a fact, nobody looked at what lies beyond.
      const beyond = matters && number === path.hops.length - 1 ? TRAVEL.slice(TRAVEL.indexOf(at) + 1) : []
      const checks = [check, ...beyond.map((later) => SPEAKER[later][0])]
      add(merged, { check, checks, step, because: missing.because, permission: missing.permission, matters })
    }
  }
  return [...merged.values()]
}

export function unknownOrigins(missing: readonly Missing[]): readonly Unknown[] {
  return missing.map(({ because, permission }) => ({
    check: 'subnet-without-way-to-registry',
    step: 'subnets',
    because,
    permission,
    matters: true,
  }))
}

/** Facts that only reveal rare overrides are told, and leave the verdict alone (contract, section 3). */
export function rareOverrides(network: Network): readonly Unknown[] {
  const unknowns: Unknown[] = []
  const { blockPublicAccess, hostedZones } = network
  if (!blockPublicAccess.known) {
    unknowns.push({
      check: 'internet-blocked-by-vpc-setting',
      step: 'routes',
      because: { en: 'could not read VPC Block Public Access', ko: '읽지 못한 항목: VPC 퍼블릭 액세스 차단' },
      permission: blockPublicAccess.permission || 'ec2:DescribeVpcBlockPublicAccessOptions',
      matters: false,
    })
  }
  const unread = Object.entries(hostedZones).filter(([, zones]) => !zones.known)
  if (unread.length > 0) {
    const vpcs = unread.map(([id]) => id).join(', ')
    unknowns.push({
      check: 'hosted-zone-shadows-name',
      step: 'dns',
      because: {
        en: `could not read the private hosted zones of ${vpcs}`,
        ko: `읽지 못한 항목: 프라이빗 호스팅 영역 (${vpcs})`,
      },
      permission: 'route53:ListHostedZonesByVPC',
      matters: false,
    })
  }
  return unknowns
}

function add(merged: Map<string, Unknown>, unknown: Unknown): void {
  const key = `${unknown.check} ${unknown.permission} ${unknown.because.en}`
  const before = merged.get(key)
  const checks = [...new Set([...(before?.checks ?? []), ...(unknown.checks ?? [])])]
  merged.set(key, { ...unknown, checks, matters: unknown.matters || before?.matters === true })
}
