/** Amazon Route 53: private hosted zones of a VPC, and the records of a zone. */
import { type Item, itemsOf, textOf } from '../item.ts'
import type { Operations, Request } from '../operation.ts'
import { pageOf, smaller } from '../paging.ts'
import { Refusal, Unrecorded } from '../refusal.ts'
import { answerNamed, answersOf, listIfAny, type World } from '../world.ts'

export const ROUTE53: Operations = {
  ListHostedZonesByVPC: listHostedZonesByVpc,
  ListResourceRecordSets: listResourceRecordSets,
}

/** Recorded in a file named after the VPC. */
function listHostedZonesByVpc({ params, pageSize }: Request, world: World): Item {
  const vpcId = textOf(params, 'VPCId') ?? ''
  const recorded = answerNamed(answersOf(world, 'route53/list-hosted-zones-by-vpc'), 'VPCId', vpcId)
  if (recorded === null) throw new Unrecorded(`route53/list-hosted-zones-by-vpc ${vpcId}`)
  const size = Number(textOf(params, 'MaxItems') ?? 100)
  const zones = itemsOf(recorded['HostedZoneSummaries'])
  const page = pageOf(zones, { token: textOf(params, 'NextToken'), size: smaller(size, pageSize) })
  if (page === null) throw new Refusal('InvalidPaginationToken', 'The specified pagination token is not valid.')
  return {
    HostedZoneSummaries: page.items,
    MaxItems: String(size),
    ...(page.next === null ? {} : { NextToken: page.next }),
  }
}

/** Recorded in a file named after the zone. The next page starts at a name and type, not at a token. */
function listResourceRecordSets({ params, pageSize }: Request, world: World): Item {
  const zoneId = (textOf(params, 'HostedZoneId') ?? '').replace(/^\/?hostedzone\//, '')
  const recorded = answerNamed(world.answers('route53/list-resource-record-sets') ?? [], 'HostedZoneId', zoneId)
  if (recorded === null) throw unknownZone(world, zoneId)
  const records = itemsOf(recorded['ResourceRecordSets'])
  const [name, type] = [textOf(params, 'StartRecordName'), textOf(params, 'StartRecordType')]
  const identifier = textOf(params, 'StartRecordIdentifier')
  const start = records.findIndex(
    (record) =>
      (name === null || record['Name'] === dotted(name)) &&
      (type === null || record['Type'] === type) &&
      (identifier === null || record['SetIdentifier'] === identifier),
  )
  const size = smaller(Number(textOf(params, 'MaxItems') ?? 300), pageSize) ?? 300
  const rest = start < 0 ? [] : records.slice(start)
  const next = rest[size]
  return {
    ResourceRecordSets: rest.slice(0, size),
    IsTruncated: next !== undefined,
    MaxItems: String(size),
    ...(next && {
      NextRecordName: next['Name'],
      NextRecordType: next['Type'],
      NextRecordIdentifier: next['SetIdentifier'],
    }),
  }
}

function unknownZone(world: World, zoneId: string): Error {
  const zones = listIfAny(world, 'route53/list-hosted-zones-by-vpc', 'HostedZoneSummaries')
  const listed = zones.some((zone) => zone['HostedZoneId'] === zoneId)
  if (listed || zones.length === 0) return new Unrecorded(`route53/list-resource-record-sets ${zoneId}`)
  return new Refusal('NoSuchHostedZone', `No hosted zone found with ID: ${zoneId}`, 404)
}

function dotted(name: string): string {
  return name.endsWith('.') ? name : `${name}.`
}
