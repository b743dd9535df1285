/** The facts of a network, arranged for looking things up: by id, by VPC, by address. Made once, read by every hop. */
import type { Answer, Unread } from '../domain/answer.ts'
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
import { type Family, parseBlock, rangesOf } from './addresses.ts'
import type { Ranges } from './ranges.ts'

/** A thing by its id: there, not there although the list was read, or not to be known. */
export type Found<T> =
  | { readonly is: 'there'; readonly value: T }
  | { readonly is: 'absent' }
  | { readonly is: 'unread'; readonly missing: Missing }

export interface NetworkIndex {
  readonly network: Network
  readonly vpc: (id: string) => Found<Vpc>
  readonly subnet: (id: string) => Found<Subnet>
  /** The table associated with the subnet, else the main table of its VPC. */
  readonly routeTableOf: (subnet: Subnet) => Found<RouteTable>
  readonly networkAclOf: (subnet: Subnet) => Found<NetworkAcl>
  readonly securityGroup: (id: string) => Found<SecurityGroup>
  readonly endpoint: (id: string) => Found<Endpoint>
  readonly endpointsOf: (vpcId: string) => Answer<readonly Endpoint[]>
  readonly networkInterface: (id: string) => Found<NetworkInterface>
  readonly interfaceAt: (vpcId: string, address: string) => NetworkInterface | null
  readonly subnetAt: (vpcId: string, address: string) => Subnet | null
  readonly subnetsOf: (vpcId: string) => readonly Subnet[]
  readonly prefixList: (id: string) => Found<Ranged>
  /** The Region's own S3 list in this family. */
  readonly s3PrefixList: (family: Family) => Found<Ranged>
  readonly vpcRanges: (vpcId: string, family: Family) => Ranges
  readonly subnetRanges: (subnet: Subnet, family: Family) => Ranges
  /** Anything worth computing once for this network. */
  readonly once: <T>(key: string, make: () => T) => T
  /** The same about one of its objects: a route table, an ACL, a list of groups. */
  readonly onceFor: <T>(about: object, key: string, make: () => T) => T
}

export interface Ranged {
  readonly list: PrefixList
  readonly ranges: (family: Family) => Ranges
}

export function missingFrom(answer: Unread, what: Text): Missing {
  return {
    permission: answer.permission === '' ? null : answer.permission,
    because: { en: `could not read ${what.en}`, ko: `읽지 못한 항목: ${what.ko}` },
  }
}

function byId<T extends { readonly id: string }>(answer: Answer<readonly T[]>): ReadonlyMap<string, T> {
  return new Map(answer.known ? answer.value.map((one) => [one.id, one]) : [])
}

function groupBy<T>(list: readonly T[], key: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const one of list) {
    const group = groups.get(key(one))
    if (group === undefined) groups.set(key(one), [one])
    else group.push(one)
  }
  return groups
}

function listed<T>(answer: Answer<readonly T[]>): readonly T[] {
  return answer.known ? answer.value : []
}

function finder<T extends { readonly id: string }>(answer: Answer<readonly T[]>, what: Text): (id: string) => Found<T> {
  const all = byId(answer)
  return (id) => {
    const value = all.get(id)
    if (value !== undefined) return { is: 'there', value }
    return answer.known ? { is: 'absent' } : { is: 'unread', missing: missingFrom(answer, what) }
  }
}

const WHAT = {
  vpcs: { en: 'the VPC', ko: 'VPC' },
  subnets: { en: 'the subnets', ko: '서브넷' },
  routeTables: { en: 'the route tables', ko: '라우팅 테이블' },
  networkAcls: { en: 'the network ACLs', ko: '네트워크 ACL' },
  securityGroups: { en: 'the security groups', ko: '보안 그룹' },
  endpoints: { en: 'the VPC endpoints', ko: 'VPC 엔드포인트' },
  interfaces: { en: 'the network interfaces', ko: '네트워크 인터페이스' },
  prefixLists: { en: 'the prefix lists', ko: '접두사 목록' },
} as const satisfies Record<string, Text>

export function indexNetwork(network: Network): NetworkIndex {
  const subnetsByVpc = groupBy(listed(network.subnets), (subnet) => subnet.vpcId)
  const tablesByVpc = groupBy(listed(network.routeTables), (table) => table.vpcId)
  const aclsByVpc = groupBy(listed(network.networkAcls), (acl) => acl.vpcId)
  const endpointsByVpc = groupBy(listed(network.endpoints), (endpoint) => endpoint.vpcId)
  const tableOfSubnet = new Map(
    listed(network.routeTables).flatMap((table) => table.subnetIds.map((id) => [id, table])),
  )
  const aclOfSubnet = new Map(listed(network.networkAcls).flatMap((acl) => acl.subnetIds.map((id) => [id, acl])))
  const interfacesByAddress = new Map(
    listed(network.interfaces).flatMap((one) =>
      [...one.privateIps, ...one.ipv6Addresses].map((ip) => [`${one.vpcId} ${ip}`, one] as const),
    ),
  )
  const memory = new Map<string, unknown>()
  const once = <T>(key: string, make: () => T): T => {
    if (!memory.has(key)) memory.set(key, make())
    return memory.get(key) as T
  }
  const memories = new WeakMap<object, Map<string, unknown>>()
  const onceFor = <T>(about: object, key: string, make: () => T): T => {
    let own = memories.get(about)
    if (own === undefined) {
      own = new Map()
      memories.set(about, own)
    }
    if (!own.has(key)) own.set(key, make())
    return own.get(key) as T
  }
  const vpc = finder(network.vpcs, WHAT.vpcs)
  const ranged = (list: PrefixList): Found<Ranged> => {
    const { entries } = list
    if (!entries.known) {
      const what = { en: `the entries of ${list.id}`, ko: `${list.id}의 항목` }
      return { is: 'unread', missing: missingFrom(entries, what) }
    }
    const ranges = (family: Family) => once(`pl ${list.id} ${family}`, () => rangesOf(entries.value, family))
    return { is: 'there', value: { list, ranges } }
  }
  const listById = finder(network.prefixLists, WHAT.prefixLists)

  return {
    network,
    vpc,
    subnet: finder(network.subnets, WHAT.subnets),
    routeTableOf: (subnet) => {
      const own = tableOfSubnet.get(subnet.id) ?? tablesByVpc.get(subnet.vpcId)?.find((table) => table.main)
      if (own !== undefined) return { is: 'there', value: own }
      return unseen(network.routeTables, WHAT.routeTables)
    },
    networkAclOf: (subnet) => {
      const own = aclOfSubnet.get(subnet.id) ?? aclsByVpc.get(subnet.vpcId)?.find((acl) => acl.isDefault)
      if (own !== undefined) return { is: 'there', value: own }
      return unseen(network.networkAcls, WHAT.networkAcls)
    },
    securityGroup: finder(network.securityGroups, WHAT.securityGroups),
    endpoint: finder(network.endpoints, WHAT.endpoints),
    endpointsOf: (vpcId) =>
      network.endpoints.known ? { known: true, value: endpointsByVpc.get(vpcId) ?? [] } : network.endpoints,
    networkInterface: finder(network.interfaces, WHAT.interfaces),
    interfaceAt: (vpcId, address) => interfacesByAddress.get(`${vpcId} ${address}`) ?? null,
    subnetAt: (vpcId, address) => {
      const block = parseBlock(address)
      if (block === null) return null
      const point = block.ranges[0] as number
      const inside = (subnet: Subnet) => {
        const all = rangesOf(subnet.cidrs, block.family)
        for (let i = 0; i < all.length; i += 2)
          if (point >= (all[i] as number) && point < (all[i + 1] as number)) return true
        return false
      }
      return subnetsByVpc.get(vpcId)?.find(inside) ?? null
    },
    subnetsOf: (vpcId) => subnetsByVpc.get(vpcId) ?? [],
    prefixList: (id) => {
      const found = listById(id)
      if (found.is === 'there') return ranged(found.value)
      return found
    },
    s3PrefixList: (family) => {
      const name = family === 4 ? `.${network.region}.s3` : `.${network.region}.ipv6.s3`
      const list = listed(network.prefixLists).find((one) => one.name.endsWith(name))
      if (list !== undefined) return ranged(list)
      return network.prefixLists.known ? { is: 'absent' } : (listById('') as Found<never>)
    },
    vpcRanges: (vpcId, family) =>
      once(`vpc ${vpcId} ${family}`, () => {
        const found = vpc(vpcId)
        return found.is === 'there' ? rangesOf(found.value.cidrs, family) : []
      }),
    subnetRanges: (subnet, family) =>
      onceFor(subnet, family === 4 ? 'ipv4' : 'ipv6', () => rangesOf(subnet.cidrs, family)),
    once,
    onceFor,
  }
}

/** A subnet has always a route table and an ACL: one that is not in the list belongs to somebody else (a shared VPC). */
function unseen(answer: Answer<unknown>, what: Text): Found<never> {
  if (!answer.known) return { is: 'unread', missing: missingFrom(answer, what) }
  const because = {
    en: `${what.en} of this subnet are not visible to this account (a shared VPC?)`,
    ko: `이 계정에서 조회할 수 없는 항목(공유 VPC일 수 있음): 이 서브넷의 ${what.ko}`,
  }
  return { is: 'unread', missing: { permission: null, because } }
}
