/** Which AWS service a host name belongs to, by the names that VPC endpoints answer for. */

import { partitionOf } from '../../../domain/partition.ts'
import type { NetworkIndex } from '../../network-index.ts'
import type { Name } from './resolution.ts'

/**
 * `secretsmanager.REGION.amazonaws.com` belongs to endpoint service `…secretsmanager`, `api.ecr.REGION…` to `…ecr.api`,
 * `ACCOUNT.dkr.ecr.REGION…` to `…ecr.dkr`, `BUCKET.s3.REGION…` to `…s3`. Any other host has no service.
 */
export function nameOf(index: NetworkIndex, host: string): Name {
  const lower = host.toLowerCase()
  const suffix = partitionOf(index.network.region).dnsSuffix
  const listed = byDnsNames(index, lower)
  if (listed !== null) return { host: lower, ...listed }
  if (!lower.endsWith(`.${suffix}`)) return { host: lower, region: null, service: null }
  const labels = lower.slice(0, -suffix.length - 1).split('.')
  const region = labels.at(-1) ?? ''
  if (!/^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(region)) return { host: lower, region: null, service: null }
  const rest = labels.slice(0, -1)
  if (rest.at(-1) === 's3') return { host: lower, region, service: 's3' }
  if (rest.at(-1) === 'ecr' && rest.at(-2) === 'dkr') return { host: lower, region, service: 'ecr.dkr' }
  return { host: lower, region, service: rest.toReversed().join('.') }
}

/** Names that an endpoint lists as its own, wildcard or not; PrivateLink Guide, "View endpoint DNS names". */
function byDnsNames(index: NetworkIndex, host: string): Pick<Name, 'region' | 'service'> | null {
  const { endpoints, region } = index.network
  if (!endpoints.known) return null
  for (const { dnsNames, serviceName, serviceRegion } of endpoints.value) {
    const own = dnsNames.some((name) => name === host || (name.startsWith('*.') && host.endsWith(name.slice(1))))
    const at = serviceRegion ?? region
    const suffix = serviceName.split(`.${at}.`)[1]
    if (own && suffix !== undefined && !host.startsWith('vpce-')) return { region: at, service: suffix }
  }
  return null
}
