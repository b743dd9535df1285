/** The Route 53 calls: private hosted zones that a VPC sees, and the records of own ones. */
import type { HostedZoneSummary, ResourceRecordSet } from '@aws-sdk/client-route-53'
import { call, hasMore, type Loose, single } from './call.ts'

const spec = { service: 'route53' } as const

export const listHostedZonesByVpc = call<HostedZoneSummary>({
  ...spec,
  operation: 'ListHostedZonesByVPC',
  list: 'HostedZoneSummaries',
  keyed: true,
  by: {
    vpc: single('VPCId', (_answer, stem) => [stem]),
    region: { input: ([region]) => ({ VPCRegion: region }), of: () => null, chunk: 1 },
  },
})

export const listResourceRecordSets = call<ResourceRecordSet>({
  ...spec,
  operation: 'ListResourceRecordSets',
  list: 'ResourceRecordSets',
  keyed: true,
  by: { id: single('HostedZoneId', (_answer, stem) => [stem]) },
  next: nextRecords,
})

/** This one call pages by the name, type and identifier of the next record. */
function nextRecords(answer: Loose): Loose | null {
  const more = answer['IsTruncated']
  if (more === false || !hasMore(more)) return null
  return {
    StartRecordName: answer['NextRecordName'],
    StartRecordType: answer['NextRecordType'],
    ...(answer['NextRecordIdentifier'] === undefined ? {} : { StartRecordIdentifier: answer['NextRecordIdentifier'] }),
  }
}
