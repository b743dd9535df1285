/** Who answers a DNS name, taken back. */
import { callOf, structure } from '../command-line.ts'
import { asking, literal, type Reversals } from '../reversal.ts'
import { capitalized } from './names.ts'

export const nameReversals: Reversals<
  'modify-vpc-attribute' | 'change-resource-record-sets' | 'create-resolver-rule' | 'associate-resolver-rule'
> = {
  'modify-vpc-attribute': ({ vpcId, enableDnsSupport }) => ({
    isMade: null,
    undo: [
      callOf('ec2', {
        kind: 'modify-vpc-attribute',
        vpcId,
        ...(enableDnsSupport === true ? { enableDnsSupport: false } : { enableDnsHostnames: false }),
      }),
    ],
  }),

  'change-resource-record-sets': ({ hostedZoneId, changeBatch }) => {
    const sets = changeBatch.changes.map(({ resourceRecordSet }) => resourceRecordSet)
    const [first] = sets
    const dotted = first?.name.endsWith('.') ? first.name : `${first?.name}.`
    const changes = sets.map((resourceRecordSet) => ({ action: 'DELETE' as const, resourceRecordSet }))
    return {
      isMade: asking(
        'route53',
        'list-resource-record-sets',
        { hostedZoneId },
        `ResourceRecordSets[?Name==${literal(dotted)} && Type==${literal(first?.type)}].Name | [0]`,
      ),
      undo: [
        callOf('route53', {
          kind: 'change-resource-record-sets',
          hostedZoneId,
          changeBatch: structure(capitalized({ changes })),
        }),
      ],
    }
  },

  'create-resolver-rule': ({ makes, creatorRequestId }) => ({
    isMade: asking(
      'route53resolver',
      'list-resolver-rules',
      {},
      `ResolverRules[?CreatorRequestId==${literal(creatorRequestId)} && Status=='COMPLETE'].Id | [0]`,
    ),
    undo: [callOf('route53resolver', { kind: 'delete-resolver-rule', resolverRuleId: makes })],
  }),

  'associate-resolver-rule': ({ resolverRuleId, vpcId }) => ({
    isMade: asking(
      'route53resolver',
      'list-resolver-rule-associations',
      { filters: [`Name=ResolverRuleId,Values=${resolverRuleId}`, `Name=VPCId,Values=${vpcId}`] },
      "ResolverRuleAssociations[?contains(['CREATING', 'COMPLETE'], Status)].Id | [0]",
    ),
    undo: [callOf('route53resolver', { kind: 'disassociate-resolver-rule', resolverRuleId, vpcId })],
  }),
}
