import { describe, expect, test } from '@jest/globals'
import { toHostedZones } from '../../../src/aws/facts/hosted-zones.ts'
import { toLoadBalancers } from '../../../src/aws/facts/load-balancers.ts'
import { toPrefixLists } from '../../../src/aws/facts/prefix-lists.ts'
import { translate, translateSome } from '../../../src/aws/facts/shape.ts'
import { toTransit } from '../../../src/aws/facts/transit.ts'
import { gatherNetwork } from '../../../src/aws/gather/index.ts'
import { openFolder } from '../../../src/aws/reader/folder.ts'
import { type Answer, known, unread } from '../../../src/domain/answer.ts'
import { fixture } from '../scratch.ts'

const denied = unread('denied', 'ec2:Something')

test('a record that makes no sense spoils a list that decides as a whole, and is left out of one that is looked up by id', () => {
  const toName = (record: Readonly<Record<string, unknown>>) =>
    typeof record['Name'] === 'string' ? record['Name'] : null
  const answer = known([{ Name: 'a' }, { Nome: 'b' }, null])
  expect(translate(answer, 'ec2:X', toName)).toEqual(unread('garbled', 'ec2:X', 'Nome'))
  expect(translateSome(answer, toName)).toEqual(known(['a']))
  expect(translate(denied, 'ec2:X', toName)).toEqual(denied)
})

describe('prefix lists', () => {
  const s3 = { PrefixListId: 'pl-1', PrefixListName: 'com.amazonaws.us-east-1.s3' }
  const lists = (described: Answer<readonly unknown[]>, managed: Answer<readonly unknown[]>, entries = {}) =>
    toPrefixLists({ described, managed, entries })

  test('either call tells the addresses', () => {
    const expected = known([{ id: 'pl-1', name: s3.PrefixListName, entries: known(['52.216.0.0/15']) }])
    expect(lists(known([{ ...s3, Cidrs: ['52.216.0.0/15'] }]), denied)).toEqual(expected)
    expect(lists(denied, known([s3]), { 'pl-1': known([{ Cidr: '52.216.0.0/15' }]) })).toEqual(expected)
  })

  test("a list of one's own comes without a name, one that was refused without entries", () => {
    const entries = { 'pl-2': known([{ Cidr: '10.0.0.0/8' }]), 'pl-3': denied }
    expect(lists(known([]), known([]), entries)).toEqual(
      known([
        { id: 'pl-2', name: '', entries: known(['10.0.0.0/8']) },
        { id: 'pl-3', name: '', entries: denied },
      ]),
    )
  })

  test('are unread when neither description could be had', () => {
    expect(lists(denied, unread('absent', 'ec2:Other'), { 'pl-1': known([]) })).toEqual(denied)
    expect(lists(unread('absent', 'ec2:Other'), denied)).toEqual(denied)
  })
})

describe('transit gateways', () => {
  const none = known([])
  const table = { TransitGatewayRouteTableId: 'tgw-rtb-1', TransitGatewayId: 'tgw-1' }
  const answers = {
    gateways: none,
    vpcAttachments: none,
    attachments: none,
    routeTables: known([table]),
    searched: {},
    staticRoutes: unread('unasked', 'x'),
    propagations: unread('unasked', 'x'),
  }
  const propagators = {
    vpcs: known([{ id: 'vpc-1', cidrs: ['10.1.0.0/16'], dhcpOptionsId: null, ownerId: null }]),
    connections: known([]),
  }
  const routesWith = (more: object) => {
    const transit = toTransit({ ...answers, ...more }, propagators)
    return transit.routeTables.known ? transit.routeTables.value[0]?.routes : undefined
  }
  const attached = (id: string) => [{ TransitGatewayAttachmentId: id, ResourceId: 'vpc-1', ResourceType: 'vpc' }]

  test('searched routes: a blackhole has no attachment, an equal-cost route several', () => {
    const Routes = [
      { DestinationCidrBlock: '10.0.0.0/8', State: 'blackhole', Type: 'static' },
      {
        DestinationCidrBlock: '10.1.0.0/16',
        State: 'active',
        Type: 'propagated',
        TransitGatewayAttachments: [...attached('a'), ...attached('b')],
      },
    ]
    expect(routesWith({ searched: { 'tgw-rtb-1': known([{ Routes }]) } })).toEqual(
      known([
        { cidr: '10.0.0.0/8', attachmentId: null, propagated: false, state: 'blackhole' },
        { cidr: '10.1.0.0/16', attachmentId: 'a', propagated: true, state: 'active' },
        { cidr: '10.1.0.0/16', attachmentId: 'b', propagated: true, state: 'active' },
      ]),
    )
    const cut = known([{ Routes, AdditionalRoutesAvailable: true }])
    expect(routesWith({ searched: { 'tgw-rtb-1': cut } })).toMatchObject({ because: 'garbled' })
    expect(routesWith({})).toMatchObject({ because: 'unasked', permission: 'ec2:SearchTransitGatewayRoutes' })
  })

  test('recorded parts make up the routes, unless one of them is not told', () => {
    const propagation = (type: string, id: string) => ({
      TransitGatewayRouteTableId: 'tgw-rtb-1',
      TransitGatewayRouteTablePropagations: [
        { ResourceType: type, ResourceId: id, TransitGatewayAttachmentId: 'a', State: 'enabled' },
      ],
    })
    const parts = (...propagations: object[]) =>
      routesWith({
        staticRoutes: known([{ TransitGatewayRouteTableId: 'tgw-rtb-1', Routes: [] }]),
        propagations: known(propagations),
      })
    expect(parts(propagation('vpc', 'vpc-1'), propagation('peering', 'tgw-2'))).toEqual(
      known([{ cidr: '10.1.0.0/16', attachmentId: 'a', propagated: true, state: 'active' }]),
    )
    expect(parts(propagation('vpc', 'vpc-9'))).toMatchObject({ known: false })
    expect(parts(propagation('direct-connect-gateway', 'dx-1'))).toMatchObject({ known: false })
    expect(parts(propagation('vpn', 'vpn-1'))).toMatchObject({ known: false })
  })

  test('a shared attachment takes its association from whoever sees it, the ends of a peering stay two', () => {
    const one = { TransitGatewayAttachmentId: 'a', ResourceType: 'vpc', ResourceId: 'vpc-1', State: 'available' }
    const Association = { State: 'associated', TransitGatewayRouteTableId: 'tgw-rtb-1' }
    const attachments = known([
      { ...one, TransitGatewayId: 'tgw-1' },
      { ...one, TransitGatewayId: 'tgw-1', Association },
      { ...one, TransitGatewayId: 'tgw-2' },
    ])
    expect(toTransit({ ...answers, attachments }, propagators).attachments).toMatchObject({
      value: [
        { transitGatewayId: 'tgw-1', routeTableId: 'tgw-rtb-1' },
        { transitGatewayId: 'tgw-2', routeTableId: null },
      ],
    })
  })
})

describe('private hosted zones', () => {
  const zone = { HostedZoneId: 'Z1', Name: 'Amazonaws.com.', Owner: { OwningAccount: '1' } }

  test('have plain names, and records where they were asked for', () => {
    const records = known([
      { Name: '\\052.ecr.amazonaws.com.', Type: 'A', ResourceRecords: [{ Value: '10.0.0.1' }] },
      { Name: 'x.amazonaws.com.', Type: 'A', AliasTarget: { DNSName: 'vpce-1.amazonaws.com.' } },
    ])
    expect(toHostedZones(known([zone]), { Z1: records })).toEqual(
      known([
        {
          id: 'Z1',
          name: 'amazonaws.com',
          owner: '1',
          records: known([
            { name: '*.ecr.amazonaws.com', type: 'A', values: ['10.0.0.1'] },
            { name: 'x.amazonaws.com', type: 'A', values: ['vpce-1.amazonaws.com'] },
          ]),
        },
      ]),
    )
  })

  test('of a service name it, and their records were not asked for', () => {
    const owned = { ...zone, Owner: { OwningService: 'vpce.amazonaws.com' } }
    expect(toHostedZones(known([owned]), {})).toMatchObject({
      value: [
        { owner: 'vpce.amazonaws.com', records: { because: 'unasked', permission: 'route53:ListResourceRecordSets' } },
      ],
    })
    expect(toHostedZones(known([{ Name: 'x.' }]), {})).toMatchObject({ because: 'garbled' })
  })
})

describe('load balancers', () => {
  test("of Batfish's recording have their listener, targets and cross-zone setting", async () => {
    const { loadBalancers } = await gatherNetwork(await openFolder(fixture('batfish/load-balancer')))
    expect(loadBalancers).toMatchObject({
      value: [
        {
          name: 'test-lb',
          type: 'network',
          crossZone: true,
          listeners: [{ protocol: 'tcp', port: 80 }],
          targetGroups: [
            {
              preserveClientIp: true,
              targets: [
                { id: 'i-0f4af951d61a19245', port: 22 },
                { id: 'i-055b0db7be365202c', port: 22 },
              ],
            },
          ],
        },
      ],
    })
  })

  test('are unread when their listeners or targets are', () => {
    const one = known([{ LoadBalancerArn: 'arn', Type: 'network' }])
    const parts = {
      loadBalancers: one,
      listeners: known([]),
      targetGroups: known([]),
      health: known([]),
      attributes: denied,
    }
    expect(toLoadBalancers(parts)).toMatchObject({ value: [{ crossZone: false, listeners: [] }] })
    for (const part of ['listeners', 'targetGroups', 'health']) {
      expect(toLoadBalancers({ ...parts, [part]: denied })).toEqual(denied)
    }
  })
})
