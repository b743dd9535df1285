/** Private hosted zones and their records, from Route 53's answers. */
import { type Answer, unread } from '../../domain/answer.ts'
import type { HostedZone } from '../../domain/network.ts'
import { listHostedZonesByVpc, listResourceRecordSets } from '../calls/route53.ts'
import { at, fieldsOf, idOf, type Loose, type RawAnswer, text, translate } from './shape.ts'

/** `records`: ListResourceRecordSets by zone id, for the zones that were asked. */
export function toHostedZones(
  zones: RawAnswer,
  records: Readonly<Record<string, RawAnswer>>,
): Answer<readonly HostedZone[]> {
  return translate(zones, listHostedZonesByVpc.permission, (zone) => {
    const id = idOf(zone['HostedZoneId'])
    const name = idOf(zone['Name'])
    if (id === null || name === null) return null
    const owner = text(at(zone, 'Owner', 'OwningService')) ?? text(at(zone, 'Owner', 'OwningAccount')) ?? ''
    const answer = records[id] ?? unread('unasked', listResourceRecordSets.permission, id)
    return {
      id,
      name: plainName(name),
      owner,
      records: toRecords(answer),
    }
  })
}

export function toRecords(answer: RawAnswer): HostedZone['records'] {
  return translate(answer, listResourceRecordSets.permission, toRecord)
}

function toRecord(record: Loose): { name: string; type: string; values: readonly string[] } | null {
  const name = idOf(record['Name'])
  const type = idOf(record['Type'])
  if (name === null || type === null) return null
  const alias = text(at(record, 'AliasTarget', 'DNSName'))
  const values = fieldsOf(record['ResourceRecords'], 'Value')
  return { name: plainName(name), type, values: alias === null ? values : [plainName(alias)] }
}

/** Without the final dot, in lower case; Route 53 writes an asterisk as `\052` (Route 53 API, ResourceRecordSet). */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll('\\052', '*').replace(/\.$/, '')
}
