/** SearchTransitGatewayRoutes: one route table, recorded in a file named after it. */
import { BlockList, isIP } from 'node:net'
import { type Item, itemsOf, numberOf, textOf, valuesAt } from '../item.ts'
import type { Request } from '../operation.ts'
import { smaller } from '../paging.ts'
import { Refusal, Unrecorded } from '../refusal.ts'
import { answerNamed, type World } from '../world.ts'
import { type Filter, filtered, filterPaths, filtersOf } from './ec2-filters.ts'

const PATHS = filterPaths(
  `attachment.transit-gateway-attachment-id=TransitGatewayAttachments.TransitGatewayAttachmentId
   attachment.resource-id=TransitGatewayAttachments.ResourceId
   attachment.resource-type=TransitGatewayAttachments.ResourceType prefix-list-id state type`,
  null,
)

/** Filters are required, and the call has no pages: what is too much is cut off and said so. Throws Refusal, Unrecorded. */
export function searchTransitGatewayRoutes({ params, pageSize }: Request, world: World): Item {
  const tableId = textOf(params, 'TransitGatewayRouteTableId') ?? ''
  const call = 'ec2/search-transit-gateway-routes'
  const recorded = answerNamed(world.answers(call) ?? [], 'TransitGatewayRouteTableId', tableId)
  if (recorded === null) throw unknownTable(world, tableId, call)
  const filters = filtersOf(params)
  if (filters.length === 0) throw new Refusal('MissingParameter', 'The request must contain the parameter Filters')
  const search = filters.filter((filter) => filter.name.startsWith('route-search.'))
  const others = filters.filter((filter) => !filter.name.startsWith('route-search.'))
  const passed = search.reduce(searched, filtered(itemsOf(recorded['Routes']), others, PATHS, null))
  const size = smaller(numberOf(params, 'MaxResults'), pageSize) ?? 1000
  return { Routes: passed.slice(0, size), AdditionalRoutesAvailable: passed.length > size }
}

function unknownTable(world: World, tableId: string, call: string): Error {
  const tables = world.answers('ec2/describe-transit-gateway-route-tables')
  const listed = (tables ?? []).flatMap((answer) => valuesAt(answer.content, TABLE_IDS))
  if (tables === null || listed.includes(tableId)) return new Unrecorded(`${call} ${tableId}`)
  return new Refusal(
    'InvalidRouteTableID.NotFound',
    `Transit Gateway Route Table ${tableId} was deleted or does not exist.`,
  )
}

const TABLE_IDS = 'TransitGatewayRouteTables.TransitGatewayRouteTableId'

interface Cidr {
  readonly address: string
  readonly family: 'ipv4' | 'ipv6'
  readonly length: number
}

/** What a route's block and the asked block must be to each other. */
const RELATIONS: Readonly<Record<string, (route: Cidr, requested: Cidr) => boolean>> = {
  'route-search.exact-match': (route, requested) => within(route, requested) && within(requested, route),
  'route-search.subnet-of-match': (route, requested) => within(route, requested),
  'route-search.supernet-of-match': (route, requested) => within(requested, route),
  'route-search.longest-prefix-match': (route, requested) => within(requested, route),
}

function searched(routes: readonly Item[], { name, values }: Filter): readonly Item[] {
  const relation = RELATIONS[name]
  if (!relation) throw new Refusal('InvalidParameterValue', `The filter '${name}' is invalid`)
  const found = values.flatMap((value) => {
    const requested = cidrOf(value)
    if (requested === null)
      throw new Refusal('InvalidParameterValue', `Value (${value}) for parameter ${name} is invalid.`)
    const related = routes.flatMap((route) => {
      const cidr = cidrOf(textOf(route, 'DestinationCidrBlock') ?? '')
      return cidr !== null && relation(cidr, requested) ? [{ route, length: cidr.length }] : []
    })
    const longest = Math.max(...related.map(({ length }) => length))
    const remaining = name.endsWith('longest-prefix-match')
      ? related.filter(({ length }) => length === longest)
      : related
    return remaining.map(({ route }) => route)
  })
  return routes.filter((route) => found.includes(route))
}

/** Is `inner` a part of `outer`, or all of it? */
function within(inner: Cidr, outer: Cidr): boolean {
  const block = new BlockList()
  block.addSubnet(outer.address, outer.length, outer.family)
  return inner.family === outer.family && inner.length >= outer.length && block.check(inner.address, inner.family)
}

/** A lone address is a block of one. Null for anything else. */
function cidrOf(text: string): Cidr | null {
  const [address = '', bits] = text.split('/')
  const version = isIP(address)
  const most = version === 4 ? 32 : 128
  const length = bits === undefined ? most : Number(bits)
  if (version === 0 || !/^\d*$/.test(bits ?? '') || length > most) return null
  return { address, family: version === 4 ? 'ipv4' : 'ipv6', length }
}
