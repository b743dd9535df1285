import { describe, expect, test } from '@jest/globals'
import { applyChanges } from '../../../src/changes/apply.ts'
import { known, unread } from '../../../src/domain/answer.ts'
import type { Change } from '../../../src/domain/change.ts'
import type { HostedZone, Peering } from '../../../src/domain/network.ts'
import { A, ACCOUNT, BY_ENDPOINTS, C, PUBLIC_A, REGION, VPC, withNetwork } from '../../checks/world.ts'
import { expectWords, factsOf, networkAfter, oneAfter, withoutList } from '../kind.ts'

const OTHER = 'vpc-0a1b2c3d4e5f60002'

describe('accept-vpc-peering-connection', () => {
  const side = (vpcId: string, ownerId: string) => ({ vpcId, ownerId, region: REGION, cidrs: [] })
  const waiting: Peering = {
    id: 'pcx-1',
    state: 'pending-acceptance',
    requester: side(OTHER, '210987654321'),
    accepter: side(VPC, ACCOUNT),
  }
  const ACCEPT: Change = { kind: 'accept-vpc-peering-connection', vpcPeeringConnectionId: 'pcx-1' }
  const world = (peering: Peering) => withNetwork(BY_ENDPOINTS, { peerings: known([peering]) })

  test('in words', () => expectWords('accept-vpc-peering-connection', [ACCEPT]))

  test('it is active; AWS refuses one that does not wait, and the requester itself', () => {
    expect(oneAfter('peerings', 'pcx-1', world(waiting), ACCEPT).state).toBe('active')
    expect(networkAfter(world({ ...waiting, state: 'expired' }), ACCEPT)).toBe('InvalidStateTransition')
    const ours = { ...waiting, requester: waiting.accepter, accepter: waiting.requester }
    expect(networkAfter(world(ours), ACCEPT)).toBe('OperationNotPermitted')
    expect(networkAfter(BY_ENDPOINTS, ACCEPT)).toBe('InvalidVpcPeeringConnectionID.NotFound')
    expect(networkAfter(withoutList(BY_ENDPOINTS, 'peerings'), ACCEPT)).toBeNull()
  })
})

describe('create-transit-gateway-vpc-attachment, modify-transit-gateway-vpc-attachment', () => {
  const CREATE: Change = {
    kind: 'create-transit-gateway-vpc-attachment',
    makes: 'attachment',
    transitGatewayId: 'tgw-1',
    vpcId: VPC,
    subnetIds: [A, C],
  }
  const MODIFY: Change = {
    kind: 'modify-transit-gateway-vpc-attachment',
    transitGatewayAttachmentId: 'tgw-attach-1',
    addSubnetIds: [C],
  }
  const attachment = {
    id: 'tgw-attach-1',
    transitGatewayId: 'tgw-1',
    vpcId: VPC,
    subnetIds: [A],
    state: 'available',
    securityGroupReferencing: false,
  }
  const { transit } = BY_ENDPOINTS.network
  const world = withNetwork(BY_ENDPOINTS, { transit: { ...transit, vpcAttachments: known([attachment]) } })

  test('in words', () => expectWords('transit-gateway-vpc-attachment', [CREATE], [MODIFY]))

  test('a subnet of another zone is added; one a zone', () => {
    expect(networkAfter(world, MODIFY)).toMatchObject({
      transit: { vpcAttachments: known([{ ...attachment, subnetIds: [A, C] }]) },
    })
    expect(networkAfter(world, { ...MODIFY, addSubnetIds: [PUBLIC_A] })).toBe('DuplicateSubnetsInSameZone')
    expect(networkAfter(BY_ENDPOINTS, MODIFY)).toBe('InvalidTransitGatewayAttachmentID.NotFound')
  })

  test('what a new one is associated with, nobody can foresee', () => {
    expect(networkAfter(BY_ENDPOINTS, CREATE)).toBeNull()
  })
})

describe('change-resource-record-sets', () => {
  const KIND = 'change-resource-record-sets'
  const zone: HostedZone = { id: 'Z1', name: 'amazonaws.com', owner: ACCOUNT, records: known([]) }
  const RECORD: Change = {
    kind: KIND,
    hostedZoneId: 'Z1',
    changeBatch: {
      changes: [
        {
          action: 'CREATE',
          resourceRecordSet: {
            name: 'api.ecr.ap-northeast-2.amazonaws.com',
            type: 'A',
            ttl: 300,
            resourceRecords: [{ value: '10.0.1.11' }, { value: '10.0.3.11' }],
          },
        },
      ],
    },
  }
  const zoned = (changes: Partial<HostedZone> = {}) =>
    withNetwork(BY_ENDPOINTS, { hostedZones: { [VPC]: known([{ ...zone, ...changes }]), [OTHER]: known([]) } })

  test('in words, without a Region', () => expectWords(KIND, [RECORD]))

  test('the zone holds it; AWS refuses one that is there', () => {
    const name = 'api.ecr.ap-northeast-2.amazonaws.com'
    const records = known([{ name, type: 'A', values: ['10.0.1.11', '10.0.3.11'] }])
    expect(networkAfter(zoned(), RECORD)).toMatchObject({
      hostedZones: { [VPC]: known([{ ...zone, records }]), [OTHER]: known([]) },
    })
    expect(networkAfter(zoned({ records }), RECORD)).toBe('InvalidChangeBatch')
  })

  test('a zone that nobody read stays as it is', () => {
    expect(networkAfter(zoned({ id: 'Z2' }), RECORD)).toBeNull()
    expect(networkAfter(zoned({ records: unread('denied', 'route53:ListResourceRecordSets') }), RECORD)).toBeNull()
  })
})

describe('create-resolver-rule, associate-resolver-rule', () => {
  const host = 'api.ecr.ap-northeast-2.amazonaws.com'
  const CREATE: Change = {
    kind: 'create-resolver-rule',
    makes: 'ruleId',
    creatorRequestId: `${host}-${VPC}`,
    ruleType: 'SYSTEM',
    domainName: host,
  }
  const ASSOCIATE: Change = { kind: 'associate-resolver-rule', resolverRuleId: { ref: 'ruleId' }, vpcId: VPC }
  const rulesAfter = (...changes: readonly Change[]) => {
    const facts = applyChanges(factsOf(BY_ENDPOINTS), changes)
    if (facts === null || 'refused' in facts) return facts
    return facts.network.known ? facts.network.value.resolver.rules : null
  }

  test('in words', () => expectWords('resolver-rule', [CREATE, ASSOCIATE]))

  test('a rule of type system for the name holds in the VPC', () => {
    expect(rulesAfter(CREATE, ASSOCIATE)).toEqual(
      known([{ id: 'new-ruleId', vpcIds: [VPC], domain: host, type: 'system', targets: [] }]),
    )
  })

  test('AWS refuses a second one for the name, and one that is not there', () => {
    expect(rulesAfter(CREATE, ASSOCIATE, ASSOCIATE)).toEqual({ refused: 'ResourceExistsException' })
    expect(rulesAfter(ASSOCIATE)).toEqual({ refused: 'ResourceNotFoundException' })
    const { resolver } = BY_ENDPOINTS.network
    const unseen = withNetwork(BY_ENDPOINTS, { resolver: { ...resolver, rules: unread('denied', '') } })
    expect(applyChanges(factsOf(unseen), [CREATE])).toBeNull()
  })
})
