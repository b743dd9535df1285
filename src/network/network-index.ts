/** The facts of a network, arranged for looking things up: by id, by VPC, by address. Made once, read by every hop. */
import { type Answer, known, listed, missingFrom, type Unread } from '../domain/answer.ts'
import { grouped } from '../domain/collections.ts'
import type { FileSystemRecord, MountTarget } from '../domain/configuration.ts'
import type {
  Endpoint,
  Network,
  NetworkAcl,
  NetworkInterface,
  PrefixList,
  RouteTable,
  SecurityGroup,
  Subnet,
  Vpc,
} from '../domain/network.ts'
import type { Missing } from '../domain/path.ts'
import type { Text } from '../domain/text.ts'
import { type Family, formatRanges, parseBlock, rangesOf } from './addresses.ts'
import { associations } from './associations.ts'
import { has, type Ranges } from './ranges.ts'

/** A thing by its id: there, not there although the list was read, or not to be known. */
export type Found<T> =
  | { readonly is: 'there'; readonly value: T }
  | { readonly is: 'absent' }
  | { readonly is: 'unread'; readonly missing: Missing }

/** What a thing cannot be without: where it is not in the list, nobody could see it. */
export type Seen<T> = Exclude<Found<T>, { readonly is: 'absent' }>

export interface NetworkIndex {
  readonly network: Network
  readonly vpc: (id: string) => Found<Vpc>
  readonly subnet: (id: string) => Found<Subnet>
  /** The table associated with the subnet, else the main table of its VPC. */
  readonly routeTableOf: (subnet: Subnet) => Seen<RouteTable>
  readonly networkAclOf: (subnet: Subnet) => Seen<NetworkAcl>
  readonly securityGroup: (id: string) => Found<SecurityGroup>
  readonly endpoint: (id: string) => Found<Endpoint>
  readonly endpointsOf: (vpcId: string) => Answer<readonly Endpoint[]>
  readonly networkInterface: (id: string) => Found<NetworkInterface>
  readonly interfaceAt: (vpcId: string, address: string) => NetworkInterface | null
  readonly fileSystem: (id: string) => FileSystemRecord | null
  /** What the interface is a way into; null for any other. */
  readonly mountTargetAt: (interfaceId: string) => Mounted | null
  readonly subnetAt: (vpcId: string, address: string) => Subnet | null
  readonly subnetsOf: (vpcId: string) => readonly Subnet[]
  readonly prefixList: (id: string) => Found<Ranged>
  /** The Region's own S3 list in this family. */
  readonly s3PrefixList: (family: Family) => Found<Ranged>
  readonly vpcRanges: (vpcId: string, family: Family) => Ranges
  readonly subnetRanges: (subnet: Subnet, family: Family) => Ranges
  /** For people, `10.0.0.0/24, …`: the same set of addresses is in many sentences. */
  readonly textOf: (ranges: Ranges) => string
  /** Anything worth computing once for this network. */
  readonly once: <T>(key: string, make: () => T) => T
  /** The same about one of its objects: a route table, an ACL, a list of groups. */
  readonly onceFor: <T>(about: object, key: string, make: () => T) => T
}

export interface Mounted {
  readonly fileSystemId: string
  readonly target: MountTarget
}

export interface Ranged {
  readonly list: PrefixList
  readonly ranges: (family: Family) => Ranges
}

/** What is looked up by id, as a report calls it. */
const LISTS = {
  vpcs: { en: 'the VPC', ko: 'VPC' },
  subnets: { en: 'the subnets', ko: '서브넷' },
  routeTables: { en: 'the route tables', ko: '라우팅 테이블' },
  networkAcls: { en: 'the network ACLs', ko: '네트워크 ACL' },
  securityGroups: { en: 'the security groups', ko: '보안 그룹' },
  endpoints: { en: 'the VPC endpoints', ko: 'VPC 엔드포인트' },
  interfaces: { en: 'the network interfaces', ko: '네트워크 인터페이스' },
  prefixLists: { en: 'the prefix lists', ko: '접두사 목록' },
} as const satisfies Partial<Record<keyof Network, Text>>
type List = keyof typeof LISTS

/** `fileSystems`: those whose mount targets packets may be sent to. */
export function indexNetwork(network: Network, fileSystems: readonly FileSystemRecord[] = []): NetworkIndex {
  const tablesOf = associations(listed(network.routeTables), ({ main }) => main)
  const aclsOf = associations(listed(network.networkAcls), ({ isDefault }) => isDefault)
  const subnetsByVpc = grouped(listed(network.subnets), (subnet) => subnet.vpcId)
  const endpointsByVpc = grouped(listed(network.endpoints), (endpoint) => endpoint.vpcId)
  const interfacesByAddress = new Map(
    listed(network.interfaces).flatMap((one) =>
      [...one.privateIps, ...one.ipv6Addresses].map((ip) => [`${one.vpcId} ${ip}`, one] as const),
    ),
  )
  const mounted = new Map(
    fileSystems.flatMap(({ id: fileSystemId, mountTargets }) =>
      listed(mountTargets).map((target) => [target.interfaceId ?? target.id, { fileSystemId, target }] as const),
    ),
  )
  const once = memory()
  const memories = new WeakMap<object, typeof once>()
  const onceFor: NetworkIndex['onceFor'] = (about, key, make) => {
    const own = memories.get(about) ?? memory()
    memories.set(about, own)
    return own(key, make)
  }
  const subnetRanges = (subnet: Subnet, family: Family) =>
    onceFor(subnet, `ipv${family}`, () => rangesOf(subnet.cidrs, family))
  const vpc = finder('vpcs', network.vpcs)
  const listById = finder('prefixLists', network.prefixLists)
  const ranged = (list: PrefixList): Seen<Ranged> => {
    const { entries } = list
    if (!entries.known) {
      const what = { en: `the entries of ${list.id}`, ko: `${list.id}의 항목` }
      return { is: 'unread', missing: missingFrom(entries, ['prefix-list-entries-unread', list.id], what) }
    }
    const ranges = (family: Family) => onceFor(list, `ipv${family}`, () => rangesOf(entries.value, family))
    return { is: 'there', value: { list, ranges } }
  }

  return {
    network,
    vpc,
    subnet: finder('subnets', network.subnets),
    routeTableOf: (subnet) => ofSubnet(network, 'routeTables', subnet, tablesOf(subnet)),
    networkAclOf: (subnet) => ofSubnet(network, 'networkAcls', subnet, aclsOf(subnet)),
    securityGroup: finder('securityGroups', network.securityGroups),
    endpoint: finder('endpoints', network.endpoints),
    endpointsOf: (vpcId) => (network.endpoints.known ? known(endpointsByVpc.get(vpcId) ?? []) : network.endpoints),
    networkInterface: finder('interfaces', network.interfaces),
    interfaceAt: (vpcId, address) => interfacesByAddress.get(`${vpcId} ${address}`) ?? null,
    fileSystem: (id) => fileSystems.find((one) => one.id === id) ?? null,
    mountTargetAt: (interfaceId) => mounted.get(interfaceId) ?? null,
    subnetAt: (vpcId, address) => {
      const block = parseBlock(address)
      const [point] = block?.ranges ?? []
      if (block === null || point === undefined) return null
      return subnetsByVpc.get(vpcId)?.find((subnet) => has(subnetRanges(subnet, block.family), point)) ?? null
    },
    subnetsOf: (vpcId) => subnetsByVpc.get(vpcId) ?? [],
    prefixList: (id) => {
      const found = listById(id)
      return found.is === 'there' ? ranged(found.value) : found
    },
    s3PrefixList: (family) => {
      const name = family === 4 ? `.${network.region}.s3` : `.${network.region}.ipv6.s3`
      const list = listed(network.prefixLists).find((one) => one.name.endsWith(name))
      if (list !== undefined) return ranged(list)
      return network.prefixLists.known ? { is: 'absent' } : unread('prefixLists', network.prefixLists)
    },
    vpcRanges: (id, family) => {
      const found = vpc(id)
      return found.is === 'there' ? onceFor(found.value, `ipv${family}`, () => rangesOf(found.value.cidrs, family)) : []
    },
    textOf: (ranges) => onceFor(ranges, 'text', () => formatRanges(ranges)),
    subnetRanges,
    once,
    onceFor,
  }
}

/** Computes a value where it is asked for first, and keeps it. */
function memory(): NetworkIndex['once'] {
  const values = new Map<string, unknown>()
  return <T>(key: string, make: () => T): T => {
    if (!values.has(key)) values.set(key, make())
    return values.get(key) as T
  }
}

function finder<T extends { readonly id: string }>(list: List, answer: Answer<readonly T[]>): (id: string) => Found<T> {
  const all = new Map(listed(answer).map((one) => [one.id, one]))
  return (id) => {
    const value = all.get(id)
    if (value !== undefined) return { is: 'there', value }
    return answer.known ? { is: 'absent' } : unread(list, answer)
  }
}

function unread(list: List, answer: Unread): Seen<never> {
  return { is: 'unread', missing: missingFrom(answer, [`${list}-unread`], LISTS[list]) }
}

/** A subnet has always a route table and an ACL: one that is not in the list belongs to somebody else (a shared VPC). */
function ofSubnet<T extends { readonly id: string }>(
  network: Network,
  list: 'routeTables' | 'networkAcls',
  subnet: Subnet,
  claimants: readonly T[],
): Seen<T> {
  const [own, ...others] = claimants
  if (own !== undefined && others.length === 0) return { is: 'there', value: own }
  const answer = network[list]
  if (!answer.known) return unread(list, answer)
  const what = LISTS[list]
  if (own !== undefined) {
    const ids = claimants.map(({ id }) => id).join(', ')
    const because = {
      en: `more than one of ${what.en} claims ${subnet.id}, and AWS permits one: ${ids}`,
      ko: `둘 이상의 ${what.ko} 연결(AWS에서는 하나만 가능): 서브넷 ${subnet.id}, ${ids}`,
    }
    return { is: 'unread', missing: { permission: null, reason: [`${list}-claims`, subnet.id], because } }
  }
  const because = {
    en: `${what.en} of this subnet are not visible to this account (a shared VPC?)`,
    ko: `이 계정에서 조회할 수 없는 항목(공유 VPC일 수 있음): 이 서브넷의 ${what.ko}`,
  }
  return { is: 'unread', missing: { permission: null, reason: [`${list}-unseen`], because } }
}
