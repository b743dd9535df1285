/** Changes as a CloudFormation template, in YAML. What a template cannot say of things that it does not hold stands in it as a comment. */
import type { Change, ChangeKind, ChangeOf } from '../domain/change.ts'
import { isRef, resolve } from './change-kind.ts'
import { definitionOf } from './index.ts'
import { unused } from './shared.ts'

interface Resource {
  readonly type: string
  readonly properties: Readonly<Record<string, unknown>>
}

type Templates = { readonly [Kind in ChangeKind]?: (change: ChangeOf<Kind>) => Resource }

/** AWS CloudFormation Template Reference. Members have the API's names there, with a capital. */
const TEMPLATES: Templates = {
  'allocate-address': ({ domain }) => of('AWS::EC2::EIP', { domain }),
  'associate-resolver-rule': (change) => of('AWS::Route53Resolver::ResolverRuleAssociation', membersOf(change)),
  'attach-internet-gateway': (change) => of('AWS::EC2::VPCGatewayAttachment', membersOf(change)),
  'authorize-security-group-egress': ({ referencedGroupId, prefixListId, ...rule }) =>
    of('AWS::EC2::SecurityGroupEgress', {
      ...peerOf(rule),
      destinationSecurityGroupId: referencedGroupId,
      destinationPrefixListId: prefixListId,
    }),
  'authorize-security-group-ingress': ({ referencedGroupId, prefixListId, ...rule }) =>
    of('AWS::EC2::SecurityGroupIngress', {
      ...peerOf(rule),
      sourceSecurityGroupId: referencedGroupId,
      sourcePrefixListId: prefixListId,
    }),
  'change-resource-record-sets': ({ hostedZoneId, changeBatch }) => {
    const [first] = changeBatch.changes.map(({ resourceRecordSet }) => resourceRecordSet)
    const { ttl, resourceRecords = [], ...set } = first ?? {}
    const records = resourceRecords.map(({ value }) => value)
    return of('AWS::Route53::RecordSet', { hostedZoneId, ...set, TTL: String(ttl), resourceRecords: records })
  },
  'create-egress-only-internet-gateway': (change) => of('AWS::EC2::EgressOnlyInternetGateway', membersOf(change)),
  'create-internet-gateway': () => of('AWS::EC2::InternetGateway', {}),
  'create-log-group': ({ logGroupName }) => of('AWS::Logs::LogGroup', { logGroupName }),
  'create-nat-gateway': (change) => of('AWS::EC2::NatGateway', membersOf(change)),
  'create-network-acl-entry': ({ portRange, protocol, ...entry }) =>
    of('AWS::EC2::NetworkAclEntry', {
      ...membersOf(entry),
      protocol: Number(protocol),
      portRange: capitalized(portRange),
    }),
  'create-resolver-rule': ({ ruleType, domainName }) =>
    of('AWS::Route53Resolver::ResolverRule', { ruleType, domainName }),
  'create-route': (change) => of('AWS::EC2::Route', membersOf(change)),
  'create-security-group': ({ groupName, description, vpcId }) =>
    of('AWS::EC2::SecurityGroup', { groupName, groupDescription: description, vpcId }),
  'create-transit-gateway-vpc-attachment': (change) => of('AWS::EC2::TransitGatewayVpcAttachment', membersOf(change)),
  'create-vpc-block-public-access-exclusion': (change) =>
    of('AWS::EC2::VPCBlockPublicAccessExclusion', membersOf(change)),
  'create-vpc-endpoint': (change) => of('AWS::EC2::VPCEndpoint', membersOf(change)),
  'put-role-policy': ({ roleName, policyName, policyDocument }) =>
    of('AWS::IAM::RolePolicy', { roleName, policyName, policyDocument: JSON.parse(policyDocument) }),
}

/** Empty where no change of the list can be said in a template. */
export function cloudFormation(changes: readonly Change[]): string {
  const names = new Set<string>()
  const made = new Map<string, string>()
  const parts = changes.map((change) => {
    const resource = resourceOf(change)
    if (resource === null) return `  # Not in a template: ${consoleLine(change)}`
    const name = unused(logicalName(change, resource.type), names, '')
    if ('makes' in change) made.set(change.makes, returned(resource.type, name))
    return [`  ${name}:`, `    Type: ${resource.type}`, ...propertyLines(resource.properties, made)].join('\n')
  })
  return names.size === 0 ? '' : ["AWSTemplateFormatVersion: '2010-09-09'", 'Resources:', ...parts, ''].join('\n')
}

function resourceOf<Kind extends ChangeKind>(change: ChangeOf<Kind>): Resource | null {
  const template = TEMPLATES[change.kind] as ((change: ChangeOf<Kind>) => Resource) | undefined
  return template?.(change) ?? null
}

function of(type: string, properties: object): Resource {
  return { type, properties: capitalized(properties) }
}

function membersOf<Members extends object>(change: Members): object {
  return Object.fromEntries(Object.entries(change).filter(([name]) => name !== 'kind' && name !== 'makes'))
}

/** `CidrIp` and `CidrIpv6`, as these two resources have them. */
function peerOf({ cidrIpv4, ...rule }: object & { readonly cidrIpv4?: string | undefined }): object {
  return { ...membersOf(rule), cidrIp: cidrIpv4 }
}

function capitalized(members: object): Readonly<Record<string, unknown>> {
  const named = Object.entries(members).filter(([, value]) => value !== undefined)
  return Object.fromEntries(named.map(([name, value]) => [`${name.charAt(0).toUpperCase()}${name.slice(1)}`, value]))
}

/** What others name it by. */
function returned(type: string, name: string): string {
  if (type === 'AWS::EC2::EIP') return `!GetAtt ${name}.AllocationId`
  if (type === 'AWS::EC2::SecurityGroup') return `!GetAtt ${name}.GroupId`
  return type === 'AWS::Route53Resolver::ResolverRule' ? `!GetAtt ${name}.ResolverRuleId` : `!Ref ${name}`
}

/** Letters and digits. */
function logicalName(change: Change, type: string): string {
  const own = 'makes' in change ? change.makes : (type.split('::').at(-1) ?? '')
  return `${own.charAt(0).toUpperCase()}${own.slice(1)}`.replaceAll(/[^A-Za-z0-9]/g, '')
}

function propertyLines(
  properties: Readonly<Record<string, unknown>>,
  made: ReadonlyMap<string, string>,
): readonly string[] {
  const lines = Object.entries(properties).map(([name, value]) => `      ${name}: ${flow(value, made)}`)
  return lines.length === 0 ? [] : ['    Properties:', ...lines]
}

/** JSON is YAML; a reference is a tag of CloudFormation's. */
function flow(value: unknown, made: ReadonlyMap<string, string>): string {
  if (Array.isArray(value)) return `[${value.map((one) => flow(one, made)).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (isRef(value)) return made.get(value.ref) ?? JSON.stringify(value.ref)
  return `{${Object.entries(value)
    .map(([name, one]) => `${JSON.stringify(name)}: ${flow(one, made)}`)
    .join(', ')}}`
}

/** The first console step of a change, as one line. A template is no prose: its comments are English, like AWS's names. */
function consoleLine<Kind extends ChangeKind>(change: ChangeOf<Kind>): string {
  const { console } = definitionOf<Kind>(change)
  const [first] = [console(resolve(change, (ref) => ref))].flat()
  return (first?.en ?? change.kind).replaceAll(/[\s\p{Cc}]+/gu, ' ')
}
