/** What is known about each fault of a path: the hops it shows at, and the step of its repair (contract, section 5). */
import type { FaultKind, HopAt } from '../domain/path.ts'
import type { StepId } from '../domain/step.ts'

interface FaultRow {
  /** It shows at: its own first. */
  readonly hops: readonly [HopAt, ...HopAt[]]
  readonly step: StepId
  /** Hops that have to be decided as well: an endpoint is to blame only where no other way leads out. */
  readonly restsOn?: readonly HopAt[]
  /** No way out at all, or one that a private address cannot use: an endpoint may be what is missing there. */
  readonly endpointWouldDo?: true
  /** Only ways to a file system have it. */
  readonly ofFileSystems?: true
}

const WAY_OUT = ['route', 'nat-gateway', 'internet-gateway'] as const

/** In the order of the hops. The first of a hop names the check and the step for a fact that is missing there. */
export const FAULTS: Readonly<Record<FaultKind, FaultRow>> = {
  'private-dns-off': { hops: ['dns'], step: 'dns', restsOn: WAY_OUT },
  'vpc-dns-off': { hops: ['dns'], step: 'dns' },
  'vpc-dns-hostnames-off': { hops: ['dns'], step: 'dns', restsOn: WAY_OUT },
  'custom-dns-servers': { hops: ['dns'], step: 'dns' },
  'hosted-zone-shadows': { hops: ['dns'], step: 'dns' },
  'dns-firewall-blocks': { hops: ['dns'], step: 'dns' },

  'mount-target-missing': { hops: ['dns'], step: 'configuration', ofFileSystems: true },
  'file-system-missing': { hops: ['dns'], step: 'configuration', ofFileSystems: true },
  'mount-targets-elsewhere': { hops: ['dns'], step: 'dns', ofFileSystems: true },

  'no-route': { hops: ['route', 'dns'], step: 'routes', endpointWouldDo: true },
  'endpoint-missing': { hops: ['route'], step: 'endpoints' },
  's3-route-missing': { hops: WAY_OUT, step: 'routes' },
  'blackhole-route': { hops: ['route'], step: 'routes' },
  'dead-end-route': { hops: ['route', 'internet-gateway'], step: 'routes', endpointWouldDo: true },
  'peering-inactive': { hops: ['route'], step: 'routes' },
  'transit-gateway-no-way': { hops: ['route'], step: 'routes' },
  'no-such-address': { hops: ['route', 'nat-gateway'], step: 'routes' },

  'egress-closed': { hops: ['security-group-egress'], step: 'security-groups' },
  'network-acl-closed': { hops: ['network-acl-out', 'network-acl-in'], step: 'network-acls' },

  'endpoint-not-available': { hops: ['endpoint'], step: 'endpoints', restsOn: WAY_OUT },
  'endpoint-without-interfaces': { hops: ['endpoint'], step: 'endpoints' },
  'no-ipv4-record': { hops: ['endpoint'], step: 'endpoints' },
  'no-ipv6-record': { hops: ['endpoint'], step: 'endpoints' },
  'listener-missing': { hops: ['endpoint'], step: 'routes' },

  'nat-gateway-state': { hops: ['nat-gateway'], step: 'routes' },
  'nat-gateway-private': { hops: ['nat-gateway'], step: 'routes', endpointWouldDo: true },
  'nat-gateway-without-internet': { hops: ['nat-gateway'], step: 'routes' },
  'nat-instance-without-internet': { hops: ['route'], step: 'routes' },
  'nat-instance-closed': { hops: ['security-group-ingress'], step: 'security-groups' },
  'internet-gateway-detached': { hops: ['internet-gateway'], step: 'routes' },
  'internet-blocked': { hops: ['internet-gateway'], step: 'routes' },
  'public-ip-missing': { hops: ['internet-gateway'], step: 'routes', endpointWouldDo: true },

  'ingress-closed': { hops: ['security-group-ingress'], step: 'security-groups' },
  'mount-target-closed': { hops: ['security-group-ingress'], step: 'security-groups', ofFileSystems: true },
  'endpoint-policy-denies': { hops: ['endpoint-policy'], step: 'endpoint-policies' },
}

/** The faults that cannot be told without the hop; those whose own hop it is stand first. On the way to a file system, its own before them. */
export function kindsAt(hop: HopAt, toFileSystem = false): readonly FaultKind[] {
  const places = (kind: FaultKind) => [...FAULTS[kind].hops, ...(FAULTS[kind].restsOn ?? [])]
  const isOwn = (kind: FaultKind) => FAULTS[kind].ofFileSystems === true
  return (Object.keys(FAULTS) as FaultKind[])
    .filter((kind) => places(kind).includes(hop) && (toFileSystem || !isOwn(kind)))
    .toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a)) || places(a).indexOf(hop) - places(b).indexOf(hop))
}
