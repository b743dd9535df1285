/** Which names an interface endpoint answers by its private DNS. */
import type { Endpoint } from '../../../domain/network.ts'
import { partitionOf } from '../../../domain/partition.ts'
import type { Name } from './resolution.ts'

/** The zone that private DNS of an endpoint makes: what it lists, else the service's own name. */
export function privateZoneOf(endpoint: Endpoint, { host, service }: Name): string {
  const entry = entryFor(endpoint, host)
  if (entry !== undefined) return entry.replace(/^\*\./, '')
  return service === 'ecr.dkr' ? host.slice(host.indexOf('.') + 1) : host
}

/**
 * S3: an endpoint for inbound Resolver endpoints alone leaves tasks with public addresses. Endpoints of resources and service
 * networks say by their DNS entries alone which names they answer.
 */
export function isAnswering(endpoint: Endpoint): boolean {
  const isOn = endpoint.privateDns || endpoint.type !== 'interface'
  return isOn && !endpoint.privateDnsForInboundResolverOnly
}

/** DnsEntries but for the endpoint's own names. PrivateLink Guide, "View endpoint DNS names". */
export function privateNames({ dnsNames }: Endpoint): readonly string[] {
  return dnsNames.filter((name) => !/(^|\.)vpce-/.test(name))
}

/** By an entry of its own, whatever its type and service. */
export function answers(endpoint: Endpoint, host: string): boolean {
  return isAnswering(endpoint) && entryFor(endpoint, host) !== undefined
}

function entryFor(endpoint: Endpoint, host: string): string | undefined {
  return privateNames(endpoint).find((entry) => covers(endpoint, entry, host))
}

/** An entry of an AWS service is a zone: recordings list that of the registry with its wildcard or without. */
function covers({ type }: Endpoint, entry: string, host: string): boolean {
  const below = entry.startsWith('*.') ? entry.slice(1) : type === 'interface' ? `.${entry}` : null
  return entry === host || (below !== null && host.endsWith(below))
}

/** Where no entries were recorded the service tells; but whether it answers its dual-stack name, AWS's documents contradict each other. */
export function isSettled(endpoint: Endpoint, { host, region }: Name): boolean {
  return privateNames(endpoint).length === 0 && host.endsWith(`.${partitionOf(region ?? '').dnsSuffix}`)
}
