import {
  DescribeInstancesCommand,
  type DescribeInstancesCommandInput,
  DescribeManagedPrefixListsCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeTransitGatewayVpcAttachmentsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcEndpointsCommand,
  type Filter,
  GetManagedPrefixListEntriesCommand,
  SearchTransitGatewayRoutesCommand,
} from '@aws-sdk/client-ec2'
import { describe, expect, test } from '@jest/globals'
import { clientsOf, folderWith, refusal, simulate } from './support.ts'

const SHARED = '__tests__/fixtures/vpc/1'
const VPC = 'vpc-00001000000000001'

function filters(pairs: Readonly<Record<string, string | readonly string[]>>): Filter[] {
  return Object.entries(pairs).map(([Name, values]) => ({ Name, Values: [values].flat() }))
}

async function shared() {
  return clientsOf(await simulate({ folder: SHARED })).ec2
}

describe('filters of route tables', () => {
  const cases: readonly [about: string, wanted: Readonly<Record<string, string | string[]>>, ids: string[]][] = [
    ['the VPC', { 'vpc-id': VPC }, ['0f', '10', '11', '12']],
    ['another VPC', { 'vpc-id': 'vpc-0' }, []],
    ['a subnet', { 'association.subnet-id': 'subnet-00001000000000002' }, ['11']],
    ['any of two subnets', { 'association.subnet-id': ['subnet-00001000000000002', 'subnet-00001000000000004'] }, ['10', '11']], // biome-ignore format: one line a case
    ['the main one', { 'association.main': 'true' }, ['0f']],
    ['a prefix list route', { 'route.destination-prefix-list-id': 'pl-78a54011' }, ['0f', '12']],
    ['a route to a gateway', { 'route.gateway-id': 'igw-*' }, ['10']],
    ['two filters at once', { 'route.destination-prefix-list-id': 'pl-78a54011', 'association.main': 'false' }, ['12']],
    ['one character by a question mark', { 'route-table-id': 'rtb-0000100000000001?' }, ['10', '11', '12']],
    ['a literal asterisk', { 'route-table-id': 'rtb-\\*' }, []],
  ]
  test.each(cases)('%s', async (_, wanted, ids) => {
    const { RouteTables } = await (await shared()).send(new DescribeRouteTablesCommand({ Filters: filters(wanted) }))
    expect(RouteTables?.map((table) => table.RouteTableId?.slice(-2))).toEqual(ids)
  })
})

test('filters look into the members that the API names otherwise', async () => {
  const ec2 = await shared()
  const found = [
    (await ec2.send(new DescribeNetworkInterfacesCommand({ Filters: filters({ 'addresses.private-ip-address': '10.35.32.177' }) }))).NetworkInterfaces, // biome-ignore format: one line a call
    (await ec2.send(new DescribeNetworkInterfacesCommand({ Filters: filters({ 'group-id': 'sg-00001000000000007', 'subnet-id': 'subnet-00001000000000003' }) }))).NetworkInterfaces, // biome-ignore format: one line a call
    (await ec2.send(new DescribeManagedPrefixListsCommand({ Filters: filters({ 'prefix-list-name': '*.s3' }) }))).PrefixLists, // biome-ignore format: one line a call
    (await ec2.send(new DescribeVpcEndpointsCommand({ Filters: filters({ 'service-name': '*.logs' }) }))).VpcEndpoints,
    (await ec2.send(new DescribeNatGatewaysCommand({ Filter: filters({ 'vpc-id': VPC, state: 'available' }) }))).NatGateways, // biome-ignore format: one line a call
    (await ec2.send(new DescribeNetworkAclsCommand({ Filters: filters({ 'association.subnet-id': 'subnet-00001000000000002' }) }))).NetworkAcls, // biome-ignore format: one line a call
  ]
  expect(found.map((one) => one?.length)).toEqual([1, 1, 1, 1, 1, 1])
  expect(found[1]?.[0]).toMatchObject({ NetworkInterfaceId: 'eni-00001000000000015' })
  expect(found[5]?.[0]).toMatchObject({ NetworkAclId: 'acl-0000100000000000b' })
  expect(found[3]?.[0]).toMatchObject({ VpcEndpointId: 'vpce-00001000000000018' })
})

test('tags are filtered by key, by value and by both', async () => {
  const tagged = (SubnetId: string, tags: Readonly<Record<string, string>>) => ({
    SubnetId,
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  })
  const Subnets = [
    tagged('subnet-1', { Name: 'a', env: 'prod' }),
    tagged('subnet-2', { Name: 'prod' }),
    tagged('subnet-3', {}),
  ]
  const { ec2 } = clientsOf(await simulate({ files: folderWith({ 'ec2/describe-subnets.json': { Subnets } }) }))
  const idsWith = async (wanted: Readonly<Record<string, string>>) => {
    const answer = await ec2.send(new DescribeSubnetsCommand({ Filters: filters(wanted) }))
    return answer.Subnets?.map((subnet) => subnet.SubnetId)
  }
  expect(await idsWith({ 'tag:env': 'prod' })).toEqual(['subnet-1'])
  expect(await idsWith({ 'tag:Name': 'pr?d' })).toEqual(['subnet-2'])
  expect(await idsWith({ 'tag-key': 'Name' })).toEqual(['subnet-1', 'subnet-2'])
  expect(await idsWith({ 'tag-value': 'prod' })).toEqual(['subnet-1', 'subnet-2'])
})

test('instances are filtered inside their reservations, and by them', async () => {
  const attached = { Attachment: { InstanceId: 'i-1' }, NetworkInterfaceId: 'eni-1' }
  const Reservations = [
    { ReservationId: 'r-1', OwnerId: '1', Instances: [{ InstanceId: 'i-1', VpcId: 'vpc-1', NetworkInterfaces: [attached] }, { InstanceId: 'i-2', VpcId: 'vpc-2' }] }, // biome-ignore format: one line each
    {
      ReservationId: 'r-2',
      OwnerId: '2',
      Instances: [{ InstanceId: 'i-3', VpcId: 'vpc-2', State: { Name: 'stopped' } }],
    },
  ]
  const { ec2 } = clientsOf(await simulate({ files: folderWith({ 'ec2/describe-instances.json': { Reservations } }) }))
  const idsWith = async (input: DescribeInstancesCommandInput) => {
    const answer = await ec2.send(new DescribeInstancesCommand(input))
    return answer.Reservations?.map(({ Instances }) => Instances?.map(({ InstanceId }) => InstanceId))
  }
  expect(await idsWith({ Filters: filters({ 'vpc-id': 'vpc-2' }) })).toEqual([['i-2'], ['i-3']])
  expect(await idsWith({ Filters: filters({ 'reservation-id': 'r-1' }) })).toEqual([['i-1', 'i-2']])
  expect(await idsWith({ Filters: filters({ 'network-interface.network-interface-id': 'eni-1' }) })).toEqual([['i-1']])
  expect(await idsWith({ Filters: filters({ 'instance-state-name': 'stopped' }) })).toEqual([['i-3']])
  expect(await idsWith({ InstanceIds: ['i-2'] })).toEqual([['i-2']])
  const unknown = await refusal(ec2.send(new DescribeInstancesCommand({ InstanceIds: ['i-7', 'i-8'] })))
  expect(unknown).toMatchObject({
    name: 'InvalidInstanceID.NotFound',
    message: "The instance IDs 'i-7, i-8' do not exist",
  })
})

test('ids select, and keep the order of the folder', async () => {
  const ids = ['subnet-00001000000000004', 'subnet-00001000000000002']
  const { Subnets } = await (await shared()).send(new DescribeSubnetsCommand({ SubnetIds: ids }))
  expect(Subnets?.map(({ SubnetId }) => SubnetId)).toEqual([...ids].reverse())
})

describe("what EC2 refuses, with EC2's own codes", () => {
  test('unknown ids', async () => {
    const ec2 = await shared()
    const refusals = await Promise.all([
      refusal(ec2.send(new DescribeSubnetsCommand({ SubnetIds: ['subnet-00001000000000002', 'subnet-0'] }))),
      refusal(ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: ['sg-0'] }))),
      refusal(ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: ['vpce-0'] }))),
      refusal(ec2.send(new DescribeNatGatewaysCommand({ NatGatewayIds: ['nat-0'] }))),
      refusal(ec2.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: ['eni-0'] }))),
      refusal(ec2.send(new GetManagedPrefixListEntriesCommand({ PrefixListId: 'pl-0' }))),
      refusal(ec2.send(new DescribeVpcAttributeCommand({ VpcId: 'vpc-0', Attribute: 'enableDnsSupport' }))),
    ])
    expect(refusals.map(({ name }) => name)).toEqual([
      'InvalidSubnetID.NotFound',
      'InvalidGroup.NotFound',
      'InvalidVpcEndpointId.NotFound',
      'NatGatewayNotFound',
      'InvalidNetworkInterfaceID.NotFound',
      'InvalidPrefixListID.NotFound',
      'InvalidVpcID.NotFound',
    ])
    expect(refusals[0]).toEqual({
      name: 'InvalidSubnetID.NotFound',
      message: "The subnet ID 'subnet-0' does not exist",
      status: 400,
    })
  })

  test('a filter that the call does not have', async () => {
    const ec2 = await shared()
    const sent = ec2.send(new DescribeSubnetsCommand({ Filters: filters({ 'route.state': 'active' }) }))
    expect(await refusal(sent)).toEqual({
      name: 'InvalidParameterValue',
      message: "The filter 'route.state' is invalid",
      status: 400,
    })
    const untagged = ec2.send(new DescribeSubnetsCommand({ Filters: [{ Name: 'vpc-id', Values: [] }] }))
    expect((await refusal(untagged)).name).toBe('InvalidParameterValue')
  })

  test('a dry run, which would have succeeded', async () => {
    const sent = (await shared()).send(new DescribeSubnetsCommand({ DryRun: true }))
    expect(await refusal(sent)).toMatchObject({ name: 'DryRunOperation', status: 412 })
  })
})

test('transit gateway routes are searched by what blocks are to each other', async () => {
  const route = (DestinationCidrBlock: string, State: string, ResourceId: string) => ({
    DestinationCidrBlock,
    TransitGatewayAttachments: [
      { ResourceId, TransitGatewayAttachmentId: `tgw-attach-${ResourceId}`, ResourceType: 'vpc' },
    ],
    Type: 'static',
    State,
  })
  const Routes = [
    route('10.0.0.0/8', 'active', 'a'),
    route('10.1.0.0/16', 'active', 'b'),
    route('10.1.2.0/24', 'blackhole', 'c'),
  ]
  const files = folderWith({
    'ec2/search-transit-gateway-routes/tgw-rtb-1.json': { Routes, AdditionalRoutesAvailable: false },
    'ec2/describe-transit-gateway-vpc-attachments.json': {
      TransitGatewayVpcAttachments: [
        { TransitGatewayAttachmentId: 'tgw-attach-a', TransitGatewayId: 'tgw-1', VpcId: 'vpc-a' },
      ],
    },
  })
  const { ec2 } = clientsOf(await simulate({ files }))
  const blocks = async (wanted: Readonly<Record<string, string>>) => {
    const command = new SearchTransitGatewayRoutesCommand({
      TransitGatewayRouteTableId: 'tgw-rtb-1',
      Filters: filters(wanted),
    })
    return (await ec2.send(command)).Routes?.map(({ DestinationCidrBlock }) => DestinationCidrBlock)
  }
  expect(await blocks({ 'route-search.exact-match': '10.1.0.0/16' })).toEqual(['10.1.0.0/16'])
  expect(await blocks({ 'route-search.subnet-of-match': '10.1.0.0/16' })).toEqual(['10.1.0.0/16', '10.1.2.0/24'])
  expect(await blocks({ 'route-search.supernet-of-match': '10.1.0.0/20' })).toEqual(['10.0.0.0/8', '10.1.0.0/16'])
  expect(await blocks({ 'route-search.longest-prefix-match': '10.1.2.9/32' })).toEqual(['10.1.2.0/24'])
  expect(await blocks({ state: 'active' })).toEqual(['10.0.0.0/8', '10.1.0.0/16'])
  expect(await blocks({ 'attachment.resource-id': 'b' })).toEqual(['10.1.0.0/16'])
  const attachments = new DescribeTransitGatewayVpcAttachmentsCommand({
    Filters: filters({ 'transit-gateway-id': 'tgw-1' }),
  })
  expect((await ec2.send(attachments)).TransitGatewayVpcAttachments).toHaveLength(1)
})
