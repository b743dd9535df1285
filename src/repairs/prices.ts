/** What AWS charges by the hour for what a repair makes. `scripts/prices.ts` holds the table to AWS's own price list. */
import type { Change } from '../domain/change.ts'

interface Hourly {
  /** Of an interface endpoint in one Availability Zone. */
  readonly interfaceEndpoint: number
  /** Of a NAT gateway in one Availability Zone, its public IPv4 address apart. */
  readonly natGateway: number
}

/** USD, on demand, as of this day; Regions that are not listed have other prices. AWS PrivateLink pricing, Amazon VPC pricing. */
export const PRICES_AS_OF = '2026-10-06'
export const HOURLY_USD: Readonly<Record<string, Hourly>> = {
  'ap-northeast-2': { interfaceEndpoint: 0.013, natGateway: 0.059 },
  'us-east-1': { interfaceEndpoint: 0.01, natGateway: 0.045 },
  'us-west-2': { interfaceEndpoint: 0.01, natGateway: 0.045 },
}

/** The same in every Region of the partition `aws`. Amazon VPC pricing, Public IPv4 address. */
export const PUBLIC_ADDRESS_USD = 0.005

/** As AWS's calculator counts a month. */
const HOURS = 730

/** Null where something costs and its price is not known. `zones`: of a regional NAT gateway, which is billed in each. */
export function monthlyUsd(changes: readonly Change[], region: string, zones: number): number | null {
  const costs = changes.map((change) => hourlyUsd(change, HOURLY_USD[region], zones))
  if (costs.some((cost) => cost === null)) return null
  const hourly = costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0)
  return Math.round(hourly * HOURS * 100) / 100
}

/** Gateway endpoints, routes, rules and gateways of other kinds are free. */
function hourlyUsd(change: Change, prices: Hourly | undefined, zones: number): number | null {
  switch (change.kind) {
    case 'create-vpc-endpoint':
      if (change.vpcEndpointType === 'Gateway') return 0
      return prices === undefined ? null : prices.interfaceEndpoint * (change.subnetIds?.length ?? 1)
    case 'modify-vpc-endpoint':
      if (change.addSubnetIds === undefined) return 0
      return prices === undefined ? null : prices.interfaceEndpoint * change.addSubnetIds.length
    case 'create-nat-gateway':
      if (prices === undefined) return null
      return change.availabilityMode === 'regional'
        ? (prices.natGateway + PUBLIC_ADDRESS_USD) * zones
        : prices.natGateway
    case 'allocate-address':
      return prices === undefined ? null : PUBLIC_ADDRESS_USD
    case 'create-transit-gateway-vpc-attachment':
    case 'modify-transit-gateway-vpc-attachment':
      return null
    case 'update-service':
      return changesPublicAddress(change) ? null : 0
    default:
      return 0
  }
}

/** A public address for each task is charged, and how many tasks there are is not the change's to say. */
function changesPublicAddress({
  networkConfiguration: now,
  formerNetworkConfiguration: former,
}: Extract<Change, { kind: 'update-service' }>): boolean {
  return now?.awsvpcConfiguration.assignPublicIp !== former?.awsvpcConfiguration.assignPublicIp
}
