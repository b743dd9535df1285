/**
 * Holds src/repairs/prices.ts to AWS's public price list, Region by Region. Ends with 1 and names what differs or is not in the list.
 *
 *   node scripts/prices.ts                  asks AWS
 *   node scripts/prices.ts --from FOLDER    reads AmazonVPC-REGION.json and, of prices that are not in it, AmazonEC2-REGION.json
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HOURLY_USD, PRICES_AS_OF, PUBLIC_ADDRESS_USD } from '../src/repairs/prices.ts'

/** AWS Billing User Guide, "Reading the service price list files": the parts that are looked at. */
interface PriceList {
  readonly products: Readonly<Record<string, { readonly attributes: { readonly usagetype?: string } }>>
  readonly terms: { readonly OnDemand?: Readonly<Record<string, Readonly<Record<string, Term>>>> }
}

interface Term {
  readonly priceDimensions: Readonly<
    Record<string, { readonly beginRange?: string; readonly pricePerUnit: { readonly USD?: string } }>
  >
}

/** Where a price stands; a NAT gateway is sold by EC2. */
const OFFERS = ['AmazonVPC', 'AmazonEC2'] as const
/** By the usage type, which begins with the Region's short name everywhere but in us-east-1. */
const USAGES = {
  interfaceEndpoint: /^(?:\w+-)?VpcEndpoint-Hours$/,
  natGateway: /^(?:\w+-)?NatGateway-Hours$/,
  publicAddress: /^(?:\w+-)?PublicIPv4:InUseAddress$/,
} as const
type Priced = keyof typeof USAGES

const from = process.argv[2] === '--from' ? process.argv[3] : undefined

async function priceList(offer: string, region: string): Promise<PriceList | null> {
  if (from !== undefined) {
    const path = join(from, `${offer}-${region}.json`)
    return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null
  }
  const url = `https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/${offer}/current/${region}/index.json`
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`)
  return (await answer.json()) as PriceList
}

/** Of the first hour, USD; null where the list has none. */
function priceIn({ products, terms }: PriceList, usage: RegExp): number | null {
  for (const [sku, { attributes }] of Object.entries(products)) {
    if (!usage.test(attributes.usagetype ?? '')) continue
    const dimensions = Object.values(terms.OnDemand?.[sku] ?? {}).flatMap((term) => Object.values(term.priceDimensions))
    const first = dimensions.find(({ beginRange = '0' }) => beginRange === '0')
    if (first?.pricePerUnit.USD !== undefined) return Number(first.pricePerUnit.USD)
  }
  return null
}

async function differencesIn(region: string, own: Readonly<Record<Priced, number>>): Promise<readonly string[]> {
  const left = new Map(Object.entries(own)) as Map<Priced, number>
  const differences: string[] = []
  for (const offer of OFFERS) {
    if (left.size === 0) break
    const list = await priceList(offer, region)
    for (const [name, price] of list === null ? [] : left) {
      const listed = priceIn(list as PriceList, USAGES[name])
      if (listed === null) continue
      left.delete(name)
      if (listed !== price) differences.push(`${region} ${name}: ${price} here, ${listed} in AWS's list`)
    }
  }
  return [...differences, ...[...left.keys()].map((name) => `${region} ${name}: not in AWS's list`)]
}

const differences: string[] = []
for (const [region, hourly] of Object.entries(HOURLY_USD))
  differences.push(...(await differencesIn(region, { ...hourly, publicAddress: PUBLIC_ADDRESS_USD })))
for (const one of differences) console.error(one)
if (differences.length === 0) console.log(`The prices of ${PRICES_AS_OF} are those of AWS's list.`)
process.exitCode = differences.length === 0 ? 0 : 1
