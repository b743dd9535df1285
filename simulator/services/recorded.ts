/** Services of which nothing is simulated: an answer of the folder is handed out, by what was asked for. One row an operation. */
import { textOf, textsOf, valuesAt } from '../item.ts'
import type { Operation, Operations, Request } from '../operation.ts'
import { Refusal, Unrecorded } from '../refusal.ts'
import { answersOf, listOf } from '../world.ts'
import { jsonPage, type PageRule } from './json-page.ts'

export const RECORDED: Readonly<Record<string, Operations>> = {
  'application-autoscaling': {
    DescribeScalableTargets: listed('ScalableTargets', {
      ServiceNamespace: 'ServiceNamespace',
      ResourceIds: 'ResourceId',
    }),
  },
  autoscaling: {
    DescribeAutoScalingGroups: listed('AutoScalingGroups', { AutoScalingGroupNames: 'AutoScalingGroupName' }),
  },
  efs: {
    DescribeAccessPoints: listed('AccessPoints', { AccessPointId: 'AccessPointId', FileSystemId: 'FileSystemId' }),
    DescribeFileSystemPolicy: one('FileSystemId'),
    DescribeFileSystems: listed('FileSystems', { FileSystemId: 'FileSystemId' }, 'Marker'),
    DescribeMountTargetSecurityGroups: one('MountTargetId'),
    DescribeMountTargets: one('FileSystemId', 'MountTargets.FileSystemId'),
  },
  fsx: { DescribeFileSystems: listed('FileSystems', { FileSystemIds: 'FileSystemId' }) },
  kms: {
    DescribeKey: one('KeyId', 'KeyMetadata.KeyId', 'KeyMetadata.Arn'),
    GetKeyPolicy: one('KeyId'),
  },
  lambda: {
    GetFunctionConfiguration: one('FunctionName', 'FunctionName', 'FunctionArn'),
  },
  organizations: { DescribeOrganization: organizationOf },
  route53profiles: {
    ListProfileAssociations: listed('ProfileAssociations', { ResourceId: 'ResourceId', ProfileId: 'ProfileId' }),
    ListProfileResourceAssociations: one('ProfileId', 'ProfileResourceAssociations.ProfileId'),
  },
  route53resolver: {
    ListFirewallConfigs: listed('FirewallConfigs', {}),
    ListFirewallDomains: one('FirewallDomainListId'),
    ListFirewallRuleGroupAssociations: listed('FirewallRuleGroupAssociations', { VpcId: 'VpcId' }),
    ListFirewallRules: one('FirewallRuleGroupId', 'FirewallRules.FirewallRuleGroupId'),
    ListResolverRuleAssociations: listed('ResolverRuleAssociations', {}),
    ListResolverRules: listed('ResolverRules', {}),
  },
  s3files: {
    ListMountTargets: one('fileSystemId', 'mountTargets.fileSystemId'),
  },
  'service-quotas': { GetServiceQuota: one('QuotaCode', 'Quota.QuotaCode') },
  servicediscovery: {
    GetNamespace: one('Id', 'Namespace.Id'),
    GetService: one('Id', 'Service.Id'),
  },
  'vpc-lattice': {
    GetTargetGroup: one('targetGroupIdentifier', 'id', 'arn'),
  },
}

/**
 * The answer about one thing: of the file that is named after it, or that holds it at one of the paths. Without a parameter the one
 * answer there is. What no file tells of is unrecorded, as for every reader of the folder.
 */
function one(parameter?: string, ...paths: readonly string[]): Operation {
  return (request, world) => {
    const call = fileOf(request)
    const wanted = parameter === undefined ? null : (textOf(request.params, parameter) ?? '')
    const found = answersOf(world, call).find(
      ({ name, content }) =>
        wanted === null || isNamedAfter(name, wanted) || paths.some((path) => valuesAt(content, path).includes(wanted)),
    )
    if (found === undefined) throw new Unrecorded(`${call} ${wanted}`)
    return found.content
  }
}

/** An answer without an organization was recorded of an account that is in none, which AWS refuses. */
function organizationOf(...[request, world]: Parameters<Operation>): ReturnType<Operation> {
  const answer = one()(request, world)
  if (valuesAt(answer, 'Organization.Id').length > 0) return answer
  throw new Refusal('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.')
}

/** Everything of a list that has one of the values of each parameter, or does not tell. */
function listed(member: string, by: Readonly<Record<string, string>>, token = 'NextToken'): Operation {
  const rule: PageRule = { size: 'MaxResults', token, usual: 100, most: 100, code: 'InvalidNextTokenException' }
  return (request, world) => {
    const shown = listOf(world, fileOf(request), member).filter((item) =>
      Object.entries(by).every(([parameter, path]) => {
        const wanted = textsOf(request.params[parameter])
        const own = valuesAt(item, path)
        return wanted.length === 0 || own.length === 0 || own.some((value) => wanted.includes(value))
      }),
    )
    return jsonPage(member, shown, request, rule)
  }
}

function isNamedAfter(file: string, id: string): boolean {
  const plain = (text: string) => text.replace(/[^A-Za-z0-9]+/g, '-')
  return id !== '' && [plain(id), plain(id.slice(id.lastIndexOf('/') + 1))].includes(plain(file))
}

/** `kms` `DescribeKey` → `kms/describe-key`. */
function fileOf({ service, operation }: Request): string {
  const words = operation.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
  return `${service}/${words.toLowerCase()}`
}
