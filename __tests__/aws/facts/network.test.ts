import {
  AvailabilityMode,
  NatGatewayAddressStatus,
  RouteOrigin,
  RouteTableAssociationStateCode,
  RuleAction,
  VpcCidrBlockStateCode,
  VpcEndpointType,
} from '@aws-sdk/client-ec2'
import { describe, expect, test } from '@jest/globals'
import { toEndpoint, toInstance, toInterface } from '../../../src/aws/facts/endpoints.ts'
import { toGroupAssociation, toNetworkAcl, toSecurityGroup } from '../../../src/aws/facts/filters.ts'
import {
  toInternetGateway,
  toNatGateway,
  toPeering,
  toVpnConnection,
  toVpnGateway,
} from '../../../src/aws/facts/gateways.ts'
import { toRouteTable } from '../../../src/aws/facts/routes.ts'
import {
  toBlockPublicAccess,
  toDhcpOptions,
  toEncryptionControl,
  toSubnet,
  toVpc,
  toVpcAttribute,
} from '../../../src/aws/facts/vpcs.ts'
import { known, unread } from '../../../src/domain/answer.ts'

const route = (fields: object) =>
  toRouteTable({ RouteTableId: 'rtb-1', VpcId: 'vpc-1', Routes: [{ State: 'active', ...fields }] })?.routes[0]

describe('a route', () => {
  const everywhere = { DestinationCidrBlock: '0.0.0.0/0' }
  test.each([
    [{ GatewayId: 'local' }, 'local', 'local'],
    [{ GatewayId: 'igw-1' }, 'internet-gateway', 'igw-1'],
    [{ GatewayId: 'vgw-1' }, 'vpn-gateway', 'vgw-1'],
    [{ GatewayId: 'vpce-1' }, 'vpc-endpoint', 'vpce-1'],
    [{ GatewayId: 'cagw-1' }, 'other', 'cagw-1'],
    [{ NatGatewayId: 'nat-1' }, 'nat-gateway', 'nat-1'],
    [{ InstanceId: 'i-1', NetworkInterfaceId: 'eni-1' }, 'network-interface', 'eni-1'],
    [{ InstanceId: 'i-1' }, 'instance', 'i-1'],
    [{ TransitGatewayId: 'tgw-1' }, 'transit-gateway', 'tgw-1'],
    [{ VpcPeeringConnectionId: 'pcx-1' }, 'peering', 'pcx-1'],
    [{ EgressOnlyInternetGatewayId: 'eigw-1' }, 'egress-only-internet-gateway', 'eigw-1'],
    [{ CarrierGatewayId: 'cagw-1' }, 'other', 'cagw-1'],
    [{ LocalGatewayId: 'lgw-1' }, 'other', 'lgw-1'],
    [{ CoreNetworkArn: 'arn:core' }, 'other', 'arn:core'],
    [{ OdbNetworkArn: 'arn:odb' }, 'other', 'arn:odb'],
    [{ SomethingNewId: 'new-1' }, 'other', ''],
  ])('with %j leads to a target of kind %s', (fields, kind, id) => {
    expect(route({ ...everywhere, ...fields })?.target).toEqual({ kind, id })
  })

  test('keeps its destination of whatever sort, its state and whether it was learnt', () => {
    expect(route({ DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-1' })?.destination).toBe('::/0')
    expect(route({ DestinationPrefixListId: 'pl-1', GatewayId: 'vpce-1' })?.destination).toBe('pl-1')
    expect(route({ ...everywhere, State: 'Blackhole' })?.state).toBe('blackhole')
    expect(route({ ...everywhere, State: undefined })?.state).toBe('unknown')
    expect(route({ ...everywhere, Origin: RouteOrigin.EnableVgwRoutePropagation })?.propagated).toBe(true)
    expect(route({ ...everywhere, Origin: RouteOrigin.CreateRoute })?.propagated).toBe(false)
  })

  test('without a destination spoils its table', () => {
    expect(toRouteTable({ RouteTableId: 'rtb-1', VpcId: 'vpc-1', Routes: [{ GatewayId: 'igw-1' }] })).toBeNull()
    expect(toRouteTable({ RouteTableId: 'rtb-1', VpcId: 'vpc-1', Routes: [null] })).toBeNull()
  })
})

test('a route table counts associations that are in force, and only those of subnets', () => {
  const association = (state: string, fields: object) => ({ AssociationState: { State: state }, ...fields })
  const table = toRouteTable({
    RouteTableId: 'rtb-1',
    VpcId: 'vpc-1',
    Routes: [],
    Associations: [
      association(RouteTableAssociationStateCode.associated, { Main: true }),
      association(RouteTableAssociationStateCode.associated, { Main: false, SubnetId: 'subnet-1' }),
      association(RouteTableAssociationStateCode.disassociating, { Main: false, SubnetId: 'subnet-2' }),
      association(RouteTableAssociationStateCode.failed, { Main: false, SubnetId: 'subnet-3' }),
      { Main: false, SubnetId: 'subnet-4' },
      { Main: false, GatewayId: 'igw-1' },
    ],
  })
  expect(table).toMatchObject({ main: true, subnetIds: ['subnet-1', 'subnet-4'] })
})

describe('a network ACL', () => {
  const entry = { Egress: true, RuleNumber: 100, RuleAction: 'allow', Protocol: '6', CidrBlock: '10.0.0.0/8' }
  const acl = (fields: object) =>
    toNetworkAcl({ NetworkAclId: 'acl-1', VpcId: 'vpc-1', Entries: [{ ...entry, ...fields }] })

  test('keeps direction, number, action, protocol, block and ports of each entry', () => {
    expect(acl({ PortRange: { From: 443, To: 443 } })?.entries).toEqual([
      { egress: true, ruleNumber: 100, allow: true, protocol: '6', cidr: '10.0.0.0/8', ports: { from: 443, to: 443 } },
    ])
    expect(acl({ RuleAction: RuleAction.deny, CidrBlock: undefined, Ipv6CidrBlock: '::/0' })?.entries[0]).toMatchObject(
      {
        allow: false,
        cidr: '::/0',
        ports: null,
      },
    )
  })

  test.each([
    ['an action that is neither allow nor deny', { RuleAction: 'count' }],
    ['no number', { RuleNumber: undefined }],
    ['no direction', { Egress: undefined }],
    ['no protocol', { Protocol: undefined }],
    ['no block', { CidrBlock: undefined }],
    ['half a port range', { PortRange: { From: 443 } }],
  ])('with an entry that has %s is no ACL at all, for the entry may be the one that denies', (_, fields) => {
    expect(acl(fields)).toBeNull()
  })

  test('without entries is no ACL either', () => {
    expect(toNetworkAcl({ NetworkAclId: 'acl-1', VpcId: 'vpc-1' })).toBeNull()
  })
})

describe('a security group', () => {
  const group = (rule: unknown) => toSecurityGroup({ GroupId: 'sg-1', IpPermissions: [rule], IpPermissionsEgress: [] })

  test('keeps the peers of every kind', () => {
    const rule = {
      IpProtocol: 'TCP',
      FromPort: 443,
      ToPort: 443,
      IpRanges: [{ CidrIp: '10.0.0.0/8' }],
      Ipv6Ranges: [{ CidrIpv6: '::/0' }],
      PrefixListIds: [{ PrefixListId: 'pl-1' }],
      UserIdGroupPairs: [{ GroupId: 'sg-2', UserId: '1' }],
    }
    expect(group(rule)?.ingress).toEqual([
      {
        protocol: 'tcp',
        ports: { from: 443, to: 443 },
        cidrs: ['10.0.0.0/8', '::/0'],
        prefixListIds: ['pl-1'],
        groupIds: ['sg-2'],
      },
    ])
    expect(group({ IpProtocol: '-1' })?.ingress[0]).toMatchObject({ protocol: '-1', ports: null, cidrs: [] })
    expect(group({ IpProtocol: 'tcp', FromPort: -1, ToPort: -1 })?.ingress[0]?.ports).toBeNull()
  })

  test.each([
    ['no protocol', { FromPort: 443, ToPort: 443 }],
    ['half a port range', { IpProtocol: 'tcp', FromPort: 443 }],
    ['no shape of a rule', 'tcp 443'],
  ])('with a rule that has %s is left out, and so unknown', (_, rule) => {
    expect(group(rule)).toBeNull()
  })

  test('without its lists of rules is left out: it would be a closed group', () => {
    expect(toSecurityGroup({ GroupId: 'sg-1', IpPermissions: [] })).toBeNull()
  })
})

describe('VPCs and subnets', () => {
  test('a VPC has the blocks that are associated, each once', () => {
    const block = (CidrBlock: string, State: string) => ({ CidrBlock, CidrBlockState: { State } })
    expect(
      toVpc({
        VpcId: 'vpc-1',
        CidrBlock: '10.0.0.0/16',
        CidrBlockAssociationSet: [
          block('10.0.0.0/16', VpcCidrBlockStateCode.associated),
          block('10.1.0.0/16', VpcCidrBlockStateCode.disassociated),
          { CidrBlock: '10.2.0.0/16' },
        ],
        Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: '2600::/56', Ipv6CidrBlockState: { State: 'associated' } }],
      })?.cidrs,
    ).toEqual(['10.0.0.0/16', '10.2.0.0/16', '2600::/56'])
  })

  test('a subnet keeps what its tasks depend on', () => {
    expect(
      toSubnet({
        SubnetId: 'subnet-1',
        VpcId: 'vpc-1',
        CidrBlock: '10.0.0.0/24',
        AvailabilityZone: 'ap-northeast-2a',
        AvailabilityZoneId: 'apne2-az1',
        AvailableIpAddressCount: 0,
        MapPublicIpOnLaunch: true,
        BlockPublicAccessStates: { InternetGatewayBlockMode: 'block-bidirectional' },
        Tags: [{ Key: 'Name', Value: 'private-a' }],
      }),
    ).toMatchObject({
      freeAddresses: 0,
      mapPublicIp: true,
      internetGatewayBlockMode: 'block-bidirectional',
      name: 'private-a',
    })
    expect(toSubnet({ SubnetId: 'subnet-1' })).toBeNull()
  })

  test('an attribute and the public-access block are garbled rather than off when they are not there', () => {
    const answer = known([{ VpcId: 'vpc-1', EnableDnsSupport: { Value: false } }])
    expect(toVpcAttribute(answer, 'p', 'EnableDnsSupport')).toEqual(known(false))
    expect(toVpcAttribute(answer, 'p', 'EnableDnsHostnames')).toMatchObject({ because: 'garbled' })
    expect(toVpcAttribute(unread('denied', 'p'), 'p', 'EnableDnsSupport')).toMatchObject({ because: 'denied' })
    const options = { InternetGatewayBlockMode: 'block-ingress', State: 'update-complete' }
    expect(toBlockPublicAccess(known([{ VpcBlockPublicAccessOptions: options }]), 'p')).toEqual(
      known({ mode: 'block-ingress', state: 'update-complete' }),
    )
    expect(toBlockPublicAccess(known([{}]), 'p')).toMatchObject({ because: 'garbled' })
  })

  test('DHCP options tell their name servers', () => {
    const servers = { Key: 'domain-name-servers', Values: [{ Value: '10.0.0.2' }, { Value: '10.0.0.3' }] }
    expect(toDhcpOptions({ DhcpOptionsId: 'dopt-1', DhcpConfigurations: [servers] })).toEqual({
      id: 'dopt-1',
      domainNameServers: ['10.0.0.2', '10.0.0.3'],
    })
    expect(toDhcpOptions({ DhcpOptionsId: 'dopt-1' })?.domainNameServers).toEqual([])
  })
})

describe('endpoints and interfaces', () => {
  test('types and states are lower case, names as well, and the policy is text', () => {
    const endpoint = toEndpoint({
      VpcEndpointId: 'vpce-1',
      VpcId: 'vpc-1',
      VpcEndpointType: VpcEndpointType.Interface,
      ServiceName: 'com.amazonaws.us-east-1.ecr.api',
      State: 'Available',
      PrivateDnsEnabled: true,
      DnsOptions: { DnsRecordIpType: 'ipv4', PrivateDnsOnlyForInboundResolverEndpoint: true },
      DnsEntries: [{ DnsName: 'API.ecr.us-east-1.amazonaws.com', HostedZoneId: 'Z1' }],
      PolicyDocument: { Statement: [] },
    })
    expect(endpoint).toMatchObject({
      type: 'interface',
      state: 'available',
      privateDns: true,
      privateDnsForInboundResolverOnly: true,
      dnsNames: ['api.ecr.us-east-1.amazonaws.com'],
      policy: '{"Statement":[]}',
      groupIds: [],
    })
    expect(toEndpoint({ VpcEndpointId: 'vpce-1', VpcId: 'vpc-1', State: 'Brand-New' })).toMatchObject({
      type: 'gateway',
      state: 'brand-new',
      policy: null,
    })
    expect(toEndpoint({ VpcId: 'vpc-1' })).toBeNull()
  })

  test('an interface has every private address once, and its public one wherever it stands', () => {
    const found = toInterface({
      NetworkInterfaceId: 'eni-1',
      SubnetId: 'subnet-1',
      PrivateIpAddress: '10.0.0.4',
      PrivateIpAddresses: [
        { PrivateIpAddress: '10.0.0.4' },
        { PrivateIpAddress: '10.0.0.5', Association: { PublicIp: '3.3.3.3' } },
      ],
      Attachment: { InstanceId: 'i-1' },
      SourceDestCheck: false,
    })
    expect(found).toMatchObject({
      privateIps: ['10.0.0.4', '10.0.0.5'],
      publicIp: '3.3.3.3',
      instanceId: 'i-1',
      sourceDestCheck: false,
      type: 'interface',
    })
    expect(toInterface({ NetworkInterfaceId: 'eni-1' })).toBeNull()
  })
})

test('of an IPv6-only subnet no free addresses are counted; what a firewall makes of it, and of a route, is told', () => {
  const subnet = { SubnetId: 'subnet-1', VpcId: 'vpc-1', AvailableIpAddressCount: 0 }
  expect(toSubnet(subnet)?.freeAddresses).toBeNull()
  expect(toSubnet({ ...subnet, CidrBlock: '10.0.0.0/28' })?.freeAddresses).toBe(0)
  expect(toSubnet({ ...subnet, NetworkFirewallConnectivityType: 'outbound-only' })?.firewallConnectivity).toBe(
    'outbound-only',
  )
  const IgwFirewall = { FirewallArn: 'arn:aws:network-firewall:x:1:firewall/edge', Status: 'active' }
  const everywhere = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' }
  expect(route({ ...everywhere, IgwFirewall })?.firewall).toEqual({ arn: IgwFirewall.FirewallArn, status: 'active' })
  expect(route(everywhere)?.firewall).toBeNull()
})

test('encryption controls, associations of groups and instances', () => {
  const ResourceExclusions = { NatGateway: { State: 'enabled' }, Lambda: { State: 'disabled' } }
  expect(toEncryptionControl({ VpcId: 'vpc-1', Mode: 'enforce', State: 'available', ResourceExclusions })).toEqual({
    vpcId: 'vpc-1',
    mode: 'enforce',
    state: 'available',
    exclusions: { NatGateway: 'enabled', Lambda: 'disabled' },
  })
  expect(toEncryptionControl({ Mode: 'enforce' })).toBeNull()
  const association = { GroupId: 'sg-1', VpcId: 'vpc-1', State: 'associated' }
  expect(toGroupAssociation(association)).toEqual({ groupId: 'sg-1', vpcId: 'vpc-1', state: 'associated' })
  expect(toGroupAssociation({ GroupId: 'sg-1' })).toBeNull()
  const NetworkInterfaces = [{ NetworkInterfaceId: 'eni-1' }]
  const instance = { InstanceId: 'i-1', State: { Name: 'running' }, NetworkInterfaces }
  expect(toInstance(instance)).toEqual({ id: 'i-1', state: 'running', interfaceIds: ['eni-1'] })
  expect(toInstance({})).toBeNull()
})

describe('gateways', () => {
  test('a NAT gateway is zonal and public unless told', () => {
    expect(toNatGateway({ NatGatewayId: 'nat-1', VpcId: 'vpc-1', SubnetId: 'subnet-1', State: 'available' })).toEqual({
      id: 'nat-1',
      vpcId: 'vpc-1',
      subnetId: 'subnet-1',
      routeTableId: null,
      state: 'available',
      connectivity: 'public',
      availability: 'zonal',
      addresses: [],
      attachedAppliances: false,
      failure: null,
    })
  })

  test.each([
    ['attached', true],
    ['attaching', true],
    ['detach-failed', true],
    ['some-new-state', true],
    ['detaching', false],
    ['detached', false],
    ['attach-failed', false],
  ])('an appliance that is %s stands in its way: %p', (AttachmentState, stands) => {
    const AttachedAppliances = [{ AttachmentState: 'detached' }, { AttachmentState }]
    expect(toNatGateway({ NatGatewayId: 'nat-1', AttachedAppliances })?.attachedAppliances).toBe(stands)
  })

  test('a regional one has a route table, one that failed says why', () => {
    expect(
      toNatGateway({
        NatGatewayId: 'nat-1',
        AvailabilityMode: AvailabilityMode.REGIONAL,
        RouteTableId: 'rtb-1',
        NatGatewayAddresses: [
          { PublicIp: '3.3.3.3', Status: NatGatewayAddressStatus.SUCCEEDED },
          { PrivateIp: '10.0.0.9' },
        ],
        AttachedAppliances: [{ Type: 'network-firewall-proxy' }],
        State: 'failed',
        FailureCode: 'Gateway.NotAttached',
        FailureMessage: 'Network vpc-1 has no Internet gateway attached',
      }),
    ).toMatchObject({
      availability: 'regional',
      subnetId: null,
      routeTableId: 'rtb-1',
      attachedAppliances: true,
      failure: 'Gateway.NotAttached: Network vpc-1 has no Internet gateway attached',
      addresses: [
        { publicIp: '3.3.3.3', privateIp: null, status: 'succeeded' },
        { publicIp: null, privateIp: '10.0.0.9', status: 'succeeded' },
      ],
    })
  })

  test('internet gateways of both kinds, peerings and VPNs', () => {
    const attachments = { Attachments: [{ VpcId: 'vpc-1', State: 'attached' }] }
    const internet = { attachments: [{ vpcId: 'vpc-1', state: 'attached' }] }
    expect(toInternetGateway({ InternetGatewayId: 'igw-1', ...attachments })).toEqual({ id: 'igw-1', ...internet })
    expect(toInternetGateway({ EgressOnlyInternetGatewayId: 'eigw-1', ...attachments })).toEqual({
      id: 'eigw-1',
      ...internet,
    })
    expect(
      toPeering({
        VpcPeeringConnectionId: 'pcx-1',
        Status: { Code: 'active' },
        RequesterVpcInfo: { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16', CidrBlockSet: [{ CidrBlock: '10.0.0.0/16' }] },
      }),
    ).toMatchObject({ state: 'active', requester: { vpcId: 'vpc-1', cidrs: ['10.0.0.0/16'] }, accepter: { vpcId: '' } })
    const vpcs = [
      { VpcId: 'vpc-1', State: 'attached' },
      { VpcId: 'vpc-2', State: 'detached' },
    ]
    expect(toVpnGateway({ VpnGatewayId: 'vgw-1', VpcAttachments: vpcs })).toEqual({ id: 'vgw-1', vpcIds: ['vpc-1'] })
    expect(
      toVpnConnection({
        VpnConnectionId: 'vpn-1',
        State: 'available',
        Options: { StaticRoutesOnly: true },
        Routes: [
          { DestinationCidrBlock: '192.168.0.0/16', State: 'available' },
          { DestinationCidrBlock: '10.9.0.0/16', State: 'deleted' },
        ],
      }),
    ).toMatchObject({ staticRoutesOnly: true, routes: ['192.168.0.0/16'] })
  })
})
