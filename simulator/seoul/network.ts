/** The network of the Seoul incident: no way to the internet, three interface endpoints, and an S3 gateway endpoint. */
import { endpoints, interfaces } from './endpoints.ts'
import {
  ACCOUNT,
  ENDPOINT_GROUP,
  named,
  REGION,
  S3_ENDPOINT,
  S3_LIST,
  SUBNETS,
  type Subnet,
  s3Tables,
  TASK_GROUP,
  VPC,
} from './names.ts'

const CIDR = '10.20.0.0/16'
const DEFAULT_GROUP = 'sg-0f1c83d6a95e7b240'
const DHCP = 'dopt-0b64e1a8'
const MAIN_TABLE = 'rtb-0d75c3a1e8f6b9240'

/** What S3 answers with in the Region (ip-ranges.json, August 2026). */
const S3_BLOCKS = `1.178.91.0/24 3.2.75.0/24 3.5.140.0/22 3.5.144.0/23 3.5.184.0/21 3.36.167.64/28 3.36.167.80/28
  52.219.56.0/22 52.219.60.0/23 52.219.144.0/22 52.219.148.0/23 52.219.202.0/23 52.219.204.0/22`.split(/\s+/)

/** `healthy` gives the second subnet's route table the S3 route that it lacks. */
export function networkFiles(healthy: boolean): Readonly<Record<string, unknown>> {
  return {
    'ec2/describe-vpcs.json': { Vpcs: [vpc()] },
    [`ec2/describe-vpc-attribute/${VPC}.enableDnsSupport.json`]: { VpcId: VPC, EnableDnsSupport: { Value: true } },
    [`ec2/describe-vpc-attribute/${VPC}.enableDnsHostnames.json`]: { VpcId: VPC, EnableDnsHostnames: { Value: true } },
    'ec2/describe-subnets.json': { Subnets: SUBNETS.map(subnet) },
    'ec2/describe-route-tables.json': { RouteTables: routeTables(healthy) },
    'ec2/describe-network-acls.json': { NetworkAcls: [networkAcl()] },
    'ec2/describe-security-groups.json': { SecurityGroups: securityGroups() },
    'ec2/describe-vpc-endpoints.json': { VpcEndpoints: endpoints(healthy) },
    'ec2/describe-network-interfaces.json': { NetworkInterfaces: interfaces(healthy) },
    'ec2/describe-prefix-lists.json': {
      PrefixLists: [{ Cidrs: S3_BLOCKS, PrefixListId: S3_LIST, PrefixListName: `com.amazonaws.${REGION}.s3` }],
    },
    'ec2/describe-managed-prefix-lists.json': { PrefixLists: [s3List()] },
    [`ec2/get-managed-prefix-list-entries/${S3_LIST}.json`]: { Entries: S3_BLOCKS.map((Cidr) => ({ Cidr })) },
    'ec2/describe-dhcp-options.json': { DhcpOptions: [dhcpOptions()] },
    'ec2/describe-vpc-block-public-access-options.json': {
      VpcBlockPublicAccessOptions: {
        AwsAccountId: ACCOUNT,
        AwsRegion: REGION,
        State: 'default-state',
        InternetGatewayBlockMode: 'off',
        ManagedBy: 'account',
        ExclusionsAllowed: 'allowed',
      },
    },
    [`route53/list-hosted-zones-by-vpc/${VPC}.json`]: { HostedZoneSummaries: [], MaxItems: '100' },
    'route53resolver/list-resolver-rules.json': { ResolverRules: [] },
    'route53resolver/list-resolver-rule-associations.json': { ResolverRuleAssociations: [] },
    'route53resolver/list-firewall-rule-group-associations.json': { FirewallRuleGroupAssociations: [] },
    'route53profiles/list-profile-associations.json': { ProfileAssociations: [] },
    'ec2/describe-vpc-encryption-controls.json': { VpcEncryptionControls: [] },
    ...absences(),
  }
}

/** Looked for, and not there. */
function absences() {
  const lists = `NatGateways InternetGateways EgressOnlyInternetGateways VpcPeeringConnections TransitGateways
    TransitGatewayVpcAttachments TransitGatewayAttachments TransitGatewayRouteTables VpnGateways VpnConnections`
  const files = lists.split(/\s+/).map((list) => {
    const name = list.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase()
    return [`ec2/describe-${name}.json`, { [list]: [] }]
  })
  return { ...Object.fromEntries(files), 'ec2/describe-instances.json': { Reservations: [] } }
}

function vpc() {
  return {
    OwnerId: ACCOUNT,
    InstanceTenancy: 'default',
    CidrBlockAssociationSet: [
      { AssociationId: 'vpc-cidr-assoc-0e29b4f7c6a1d8350', CidrBlock: CIDR, CidrBlockState: { State: 'associated' } },
    ],
    IsDefault: false,
    Tags: named('nestjs'),
    BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
    VpcId: VPC,
    State: 'available',
    CidrBlock: CIDR,
    DhcpOptionsId: DHCP,
  }
}

function subnet({ id, name, cidr, zone, zoneId }: Subnet) {
  return {
    AvailabilityZoneId: zoneId,
    MapCustomerOwnedIpOnLaunch: false,
    OwnerId: ACCOUNT,
    AssignIpv6AddressOnCreation: false,
    Ipv6CidrBlockAssociationSet: [],
    Tags: named(name),
    SubnetArn: `arn:aws:ec2:${REGION}:${ACCOUNT}:subnet/${id}`,
    EnableDns64: false,
    Ipv6Native: false,
    PrivateDnsNameOptionsOnLaunch: {
      HostnameType: 'ip-name',
      EnableResourceNameDnsARecord: false,
      EnableResourceNameDnsAAAARecord: false,
    },
    BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
    SubnetId: id,
    State: 'available',
    VpcId: VPC,
    CidrBlock: cidr,
    AvailableIpAddressCount: 246,
    AvailabilityZone: zone,
    DefaultForAz: false,
    MapPublicIpOnLaunch: false,
  }
}

function routeTables(healthy: boolean) {
  const local = { DestinationCidrBlock: CIDR, GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' }
  const s3 = { DestinationPrefixListId: S3_LIST, GatewayId: S3_ENDPOINT, Origin: 'CreateRoute', State: 'active' }
  const table = (id: string, name: string, association: object, routes: readonly object[]) => ({
    Associations: [{ RouteTableId: id, AssociationState: { State: 'associated' }, ...association }],
    PropagatingVgws: [],
    RouteTableId: id,
    Routes: routes,
    Tags: named(name),
    VpcId: VPC,
    OwnerId: ACCOUNT,
  })
  const main = { Main: true, RouteTableAssociationId: 'rtbassoc-0a90c7e5d3f18b462' }
  const own = SUBNETS.map(({ id, name, tableId, tableAssociationId }) => {
    const association = { Main: false, RouteTableAssociationId: tableAssociationId, SubnetId: id }
    return table(tableId, name, association, s3Tables(healthy).includes(tableId) ? [local, s3] : [local])
  })
  return [table(MAIN_TABLE, 'nestjs-main', main, [local]), ...own]
}

/** The VPC's default: everything in, everything out. */
function networkAcl() {
  const id = 'acl-0c47f2e9b1d6a8350'
  const entry = (Egress: boolean, RuleNumber: number, RuleAction: string) => ({
    CidrBlock: '0.0.0.0/0',
    Egress,
    Protocol: '-1',
    RuleAction,
    RuleNumber,
  })
  return {
    Associations: SUBNETS.map((one) => ({
      NetworkAclAssociationId: one.aclAssociationId,
      NetworkAclId: id,
      SubnetId: one.id,
    })),
    Entries: [true, false].flatMap((egress) => [entry(egress, 100, 'allow'), entry(egress, 32767, 'deny')]),
    IsDefault: true,
    NetworkAclId: id,
    Tags: [],
    VpcId: VPC,
    OwnerId: ACCOUNT,
  }
}

function securityGroups() {
  const blank = { UserIdGroupPairs: [], IpRanges: [], Ipv6Ranges: [], PrefixListIds: [] }
  const everywhere = { IpProtocol: '-1', ...blank, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }
  const from = (GroupId: string) => [{ UserId: ACCOUNT, GroupId }]
  const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...blank, UserIdGroupPairs: from(TASK_GROUP) }
  const web = { IpProtocol: 'tcp', FromPort: 3000, ToPort: 3000, ...blank, IpRanges: [{ CidrIp: CIDR }] }
  const group = (GroupId: string, GroupName: string, Description: string, IpPermissions: readonly object[]) => ({
    GroupId,
    IpPermissionsEgress: [everywhere],
    Tags: GroupName === 'default' ? [] : named(GroupName),
    VpcId: VPC,
    SecurityGroupArn: `arn:aws:ec2:${REGION}:${ACCOUNT}:security-group/${GroupId}`,
    OwnerId: ACCOUNT,
    GroupName,
    Description,
    IpPermissions,
  })
  return [
    group(DEFAULT_GROUP, 'default', 'default VPC security group', [
      { IpProtocol: '-1', ...blank, UserIdGroupPairs: from(DEFAULT_GROUP) },
    ]),
    group(TASK_GROUP, 'nestjs-tasks', 'Tasks of role-nestjs-second-service', [web]),
    group(ENDPOINT_GROUP, 'nestjs-endpoints', 'HTTPS from tasks to VPC endpoints', [https]),
  ]
}

function s3List() {
  return {
    PrefixListId: S3_LIST,
    AddressFamily: 'IPv4',
    State: 'create-complete',
    PrefixListArn: `arn:aws:ec2:${REGION}:aws:prefix-list/${S3_LIST}`,
    PrefixListName: `com.amazonaws.${REGION}.s3`,
    Tags: [],
    OwnerId: 'AWS',
  }
}

function dhcpOptions() {
  const configuration = (Key: string, Value: string) => ({ Key, Values: [{ Value }] })
  return {
    OwnerId: ACCOUNT,
    Tags: [],
    DhcpOptionsId: DHCP,
    DhcpConfigurations: [
      configuration('domain-name', `${REGION}.compute.internal`),
      configuration('domain-name-servers', 'AmazonProvidedDNS'),
    ],
  }
}
