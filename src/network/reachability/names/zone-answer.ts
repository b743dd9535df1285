/** What a private hosted zone answers for a name, by the rules of wildcards (RFC 4592) and of Route 53's aliases. */
import type { Endpoint, HostedZone } from '../../../domain/network.ts'
import { type Family, parseBlock } from '../../addresses.ts'
import type { NetworkIndex } from '../../network-index.ts'

export type ZoneAnswer =
  | { readonly is: 'addresses'; readonly addresses: readonly string[] }
  | { readonly is: 'endpoint'; readonly endpoint: Endpoint }
  /** A CNAME or alias that leads on to a name that cannot be followed here. */
  | { readonly is: 'name'; readonly name: string }
  /** No such name, or nothing at it that a client could call. */
  | { readonly is: 'nothing' }

type Records = Extract<HostedZone['records'], { known: true }>['value']

/** An IPv6 client is given IPv4 addresses where there are no others: DNS64 translates them. */
export function zoneAnswer(
  index: NetworkIndex,
  zone: HostedZone,
  records: Records,
  host: string,
  family: Family,
): ZoneAnswer {
  const own = records.filter((record) => record.name === host)
  const chosen = own.length > 0 ? own : wildcardFor(records, zone.name, host)
  const ofType = (...types: readonly string[]) =>
    chosen.filter(({ type }) => types.includes(type)).flatMap((record) => record.values)
  const ipv6 = family === 6 ? ofType('AAAA').filter((value) => parseBlock(value) !== null) : []
  if (ipv6.length > 0) return { is: 'addresses', addresses: ipv6 }
  const values = ofType('A', 'CNAME')
  const addresses = values.filter((value) => parseBlock(value) !== null)
  if (addresses.length > 0) return { is: 'addresses', addresses }
  const [name] = values
  if (name === undefined) return { is: 'nothing' }
  return byEndpoint(index, name) ?? { is: 'name', name }
}

/** The wildcard at the closest name above that exists: one further up does not reach past it. */
function wildcardFor(records: Records, zoneName: string, host: string): Records {
  for (let at = host; at !== zoneName && at.includes('.'); ) {
    at = at.slice(at.indexOf('.') + 1)
    const wildcard = records.filter(({ name }) => name === `*.${at}`)
    if (wildcard.length > 0) return wildcard
    const exists = records.some(({ name }) => name === at || name.endsWith(`.${at}`))
    if (exists) return []
  }
  return []
}

/** `vpce-…-….ecr.api.REGION.vpce.amazonaws.com`, in this VPC or in the hub that the zone was made for. */
function byEndpoint(index: NetworkIndex, name: string): ZoneAnswer | null {
  const id = /^(vpce-[0-9a-f]+)-/.exec(name)?.[1]
  if (id === undefined) return null
  const found = index.endpoint(id)
  if (found.is === 'there') return { is: 'endpoint', endpoint: found.value }
  const { interfaces } = index.network
  const own = interfaces.known ? interfaces.value.filter(({ description }) => description.endsWith(` ${id}`)) : []
  return own.length === 0
    ? null
    : { is: 'addresses', addresses: own.flatMap(({ privateIps }) => privateIps.slice(0, 1)) }
}
