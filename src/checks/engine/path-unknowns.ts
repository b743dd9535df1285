/** What the paths could not tell, once for each missing fact: which check it belongs to, and what would read it. */

import type { Check } from '../../domain/check.ts'
import type { Network } from '../../domain/network.ts'
import type { HopAt, Missing, Path, ViaKind } from '../../domain/path.ts'
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

const HOPS = Object.keys(SPEAKER) as readonly HopAt[]

/** A fact that was missed matters where a start needs the path and nothing else has decided it. */
export function unknownsOf(paths: readonly Path[], all: readonly Check[]): readonly Unknown[] {
  const merged = new Map<string, Unknown>()
  for (const path of paths) {
    for (const { at, missing } of path.hops) {
      if (missing === undefined) continue
      const [check, step] = SPEAKER[at]
      const matters = path.required && path.outcome === 'indeterminate'
      const beyond = matters ? stepsBeyond(path) : []
      const { because, permission } = missing
      add(merged, { check, checks: [check, ...checksOf(beyond, all)], step, beyond, because, permission, matters })
    }
  }
  return [...merged.values()]
}

/** Where a path ends for want of a fact, nobody looked at what lies beyond. */
function stepsBeyond({ from, hops, via }: Path): readonly StepId[] {
  const passed = new Set([...hops.map(({ at }) => at), ...(OFF_WAY[via.kind] ?? [])])
  const isSubnetKnown = from.availabilityZone !== ''
  const later = HOPS.filter((at) => !passed.has(at)).map((at) => SPEAKER[at][1])
  return [...new Set<StepId>(isSubnetKnown ? later : ['subnets', ...later])]
}

/** Where the way is known, so is what does not stand on it; an endpoint that a name leads to is a judged one. */
const OUTSIDE: readonly HopAt[] = ['endpoint', 'endpoint-policy', 'security-group-ingress']
const OFF_WAY: Partial<Readonly<Record<ViaKind, readonly HopAt[]>>> = {
  'interface-endpoint': ['endpoint', 'nat-gateway', 'internet-gateway'],
  'gateway-endpoint': ['endpoint', 'nat-gateway', 'internet-gateway', 'security-group-ingress'],
  'nat-gateway': OUTSIDE,
  'internet-gateway': OUTSIDE,
  'egress-only-internet-gateway': OUTSIDE,
}

function checksOf(steps: readonly StepId[], all: readonly Check[]): readonly string[] {
  return all.filter(({ needs, step }) => needs.includes('paths') && steps.includes(step)).map(({ id }) => id)
}

/** Without its origins no path is known, and none of its hops is judged. */
export function unknownOrigins(missing: readonly Missing[], all: readonly Check[]): readonly Unknown[] {
  const beyond = [...new Set(HOPS.map((at) => SPEAKER[at][1]))]
  const checks = checksOf(beyond, all)
  const check = 'subnet-without-way-to-registry'
  return missing.map(({ because, permission }) => ({
    ...{ check, checks: [check, ...checks], step: 'subnets' as const, beyond },
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
  const beyond = [...new Set([...(before?.beyond ?? []), ...(unknown.beyond ?? [])])]
  merged.set(key, { ...unknown, checks, beyond, matters: unknown.matters || before?.matters === true })
}
