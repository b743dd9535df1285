/**
 * AWS that lasts over several scripts: every call changes it, or is answered from what it holds by then. Time passes with every reading:
 * what is on its way at one is there, or gone, at the next.
 */
import type { Folder } from '../folder.ts'
import type { AwsAnswer, Call } from '../real-cli/real-cli.ts'
import { type Cloud, cloudOf, itemOf, itemsOf, type Kind, Refused, type Tag } from './cloud.ts'
import { alignTables, settleEndpoints } from './endpoints.ts'
import { rulesOf } from './filters.ts'
import { settleGateways } from './gateways.ts'
import {
  EGRESS_ONLY_GATEWAYS,
  ENDPOINTS,
  GROUP_ASSOCIATIONS,
  INTERNET_GATEWAYS,
  NAT_GATEWAYS,
  NETWORK_ACLS,
  PEERINGS,
  ROUTE_TABLES,
  SECURITY_GROUPS,
  TRANSIT_ATTACHMENTS,
} from './kinds.ts'
import { refusalOf } from './operations.ts'
import { rolePoliciesOf } from './roles.ts'
import { describedDefinition, SERVICES } from './services.ts'
import { LOG_GROUPS, RULE_ASSOCIATIONS, RULES, TARGET_GROUPS } from './stores.ts'

export interface LastingCloud {
  readonly folder: Folder
  readonly addresses: Cloud['addresses']
  readonly answer: (call: Call) => AwsAnswer
  /** What it refused so far. */
  readonly refused: readonly string[]
}

/** `account`: of the credentials; that of the folder unless given. */
export function lastingCloud(folder: Folder, account?: string): LastingCloud {
  const cloud = cloudOf(folder.copy())
  alignTables(cloud)
  const refused: string[] = []
  const answer = (call: Call): AwsAnswer => {
    try {
      const read = readingOf({ ...cloud, accountId: account ?? cloud.accountId }, call)
      if (read !== null) {
        settleEndpoints(cloud)
        settleGateways(cloud)
        return { answer: read }
      }
      const refusal = refusalOf(cloud, call)
      if (refusal !== null) throw refusal
      return { answer: call.answer }
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      refused.push(`${call.service} ${call.operation}: ${error.message}`)
      return { refused: error.code, message: error.message }
    }
  }
  return { folder: cloud.folder, addresses: cloud.addresses, answer, refused }
}

// biome-ignore lint/suspicious/noExplicitAny: what it lists has its own type in each place
type AnyKind = Kind<any>

/** Lists of EC2, by the operation that reads them: with the member that asks for some by their ids. */
const LISTS: Readonly<Record<string, readonly [AnyKind, ids: string]>> = {
  DescribeRouteTables: [ROUTE_TABLES, 'RouteTableIds'],
  DescribeNetworkAcls: [NETWORK_ACLS, 'NetworkAclIds'],
  DescribeSecurityGroups: [SECURITY_GROUPS, 'GroupIds'],
  DescribeSecurityGroupVpcAssociations: [GROUP_ASSOCIATIONS, ''],
  DescribeVpcEndpoints: [ENDPOINTS, 'VpcEndpointIds'],
  DescribeNatGateways: [NAT_GATEWAYS, 'NatGatewayIds'],
  DescribeInternetGateways: [INTERNET_GATEWAYS, 'InternetGatewayIds'],
  DescribeEgressOnlyInternetGateways: [EGRESS_ONLY_GATEWAYS, 'EgressOnlyInternetGatewayIds'],
  DescribeVpcPeeringConnections: [PEERINGS, 'VpcPeeringConnectionIds'],
  DescribeTransitGatewayVpcAttachments: [TRANSIT_ATTACHMENTS, 'TransitGatewayAttachmentIds'],
  DescribeTargetGroups: [TARGET_GROUPS, 'TargetGroupArns'],
  DescribeLogGroups: [LOG_GROUPS, ''],
  ListResolverRules: [RULES, ''],
  ListResolverRuleAssociations: [RULE_ASSOCIATIONS, ''],
}

interface Filter {
  readonly Name: string
  readonly Values: readonly string[]
}

interface Reading {
  readonly Filters?: readonly Filter[]
  readonly Filter?: readonly Filter[]
  readonly RoleName?: string
  readonly taskDefinition?: string
  readonly services?: readonly string[]
  readonly [ids: string]: unknown
}

/** Null for a call that is no reading. */
function readingOf(cloud: Cloud, { operation, params }: Call): object | null {
  const request: Reading = { ...params }
  const filters = request.Filters ?? request.Filter ?? []
  const list = LISTS[operation]
  if (list !== undefined) {
    const [kind, ids] = list
    const asked = (request[ids] as readonly string[] | undefined) ?? null
    const all = asked === null ? itemsOf(cloud, kind) : asked.map((id) => itemOf(cloud, kind, id))
    return { [kind.list]: all.filter((one) => filters.every((filter) => isIn(one, filter))) }
  }
  switch (operation) {
    case 'GetCallerIdentity':
      return { Account: cloud.accountId, UserId: 'AIDAEXAMPLE', Arn: `arn:aws:iam::${cloud.accountId}:user/somebody` }
    case 'DescribeAddresses':
      return { Addresses: [...cloud.addresses.values()].filter((one) => filters.every((filter) => isIn(one, filter))) }
    case 'DescribeSecurityGroupRules':
      return {
        SecurityGroupRules: securityGroupRules(cloud).filter((one) => filters.every((filter) => isIn(one, filter))),
      }
    case 'ListRolePolicies':
      return { PolicyNames: rolePoliciesOf(cloud, request.RoleName ?? '') }
    case 'DescribeTaskDefinition':
      return { taskDefinition: describedDefinition(cloud, request.taskDefinition ?? ''), tags: [] }
    case 'DescribeServices':
      return { services: itemsOf(cloud, SERVICES).filter(({ serviceName }) => request.services?.includes(serviceName)) }
    default:
      if (/^(Describe|Get|List|Head)/.test(operation)) throw new Error(`nobody answers ${operation}`)
      return null
  }
}

/** The filters that scripts use, and the member that each looks at. */
const FILTERED: Readonly<Record<string, string>> = {
  'group-id': 'GroupId',
  'service-name': 'ServiceName',
  state: 'State',
  'vpc-endpoint-id': 'VpcEndpointId',
  'vpc-id': 'VpcId',
  ResolverRuleId: 'ResolverRuleId',
  VPCId: 'VPCId',
}

function isIn(item: object, { Name, Values }: Filter): boolean {
  if (Name.startsWith('tag:')) {
    const { Tags = [] } = item as { readonly Tags?: readonly Tag[] }
    return Tags.some(({ Key, Value }) => `tag:${Key}` === Name && Values.includes(Value))
  }
  const member = FILTERED[Name]
  if (member === undefined) throw new Refused('InvalidParameterValue', `The filter '${Name}' is invalid`)
  return Values.includes(String((item as Readonly<Record<string, unknown>>)[member]))
}

/** As EC2 lists rules: one a peer, -1 for all ports of all protocols. */
function securityGroupRules(cloud: Cloud): readonly object[] {
  return itemsOf(cloud, SECURITY_GROUPS).flatMap(({ GroupId, IpPermissions, IpPermissionsEgress }) =>
    [IpPermissions, IpPermissionsEgress].flatMap((side, at) =>
      rulesOf(side).map(({ key, permission }) => ({
        SecurityGroupRuleId: `sgr-${GroupId}-${at}-${key}`,
        GroupId,
        IsEgress: at === 1,
        IpProtocol: permission.IpProtocol,
        FromPort: permission.FromPort ?? -1,
        ToPort: permission.ToPort ?? -1,
        CidrIpv4: permission.IpRanges?.[0]?.CidrIp,
        CidrIpv6: permission.Ipv6Ranges?.[0]?.CidrIpv6,
        PrefixListId: permission.PrefixListIds?.[0]?.PrefixListId,
        ReferencedGroupInfo: permission.UserIdGroupPairs?.[0] && { GroupId: permission.UserIdGroupPairs[0].GroupId },
      })),
    ),
  )
}
