/** The paths of services that speak JSON over paths: `METHOD /path/{Label}?parameter=Member`, from their API references. */
import type { Item } from '../item.ts'

const PATHS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  efs: {
    DescribeAccessPoints: 'GET /2015-02-01/access-points?AccessPointId&FileSystemId&MaxResults&NextToken',
    DescribeFileSystemPolicy: 'GET /2015-02-01/file-systems/{FileSystemId}/policy',
    DescribeFileSystems: 'GET /2015-02-01/file-systems?FileSystemId&Marker',
    DescribeMountTargetSecurityGroups: 'GET /2015-02-01/mount-targets/{MountTargetId}/security-groups',
    DescribeMountTargets: 'GET /2015-02-01/mount-targets?FileSystemId&Marker',
  },
  lambda: {
    GetFunctionConfiguration: 'GET /2015-03-31/functions/{FunctionName}/configuration?Qualifier',
  },
  route53profiles: {
    ListProfileAssociations:
      'GET /profileassociations?resourceId=ResourceId&profileId=ProfileId&maxResults=MaxResults&nextToken=NextToken',
    ListProfileResourceAssociations:
      'GET /profileresourceassociations/profileid/{ProfileId}?resourceType=ResourceType&nextToken=NextToken',
  },
  s3files: {
    ListMountTargets: 'GET /mount-targets?fileSystemId&accessPointId&nextToken',
  },
  'vpc-lattice': {
    GetTargetGroup: 'GET /targetgroups/{targetGroupIdentifier}',
  },
}

const ROUTES = Object.entries(PATHS).flatMap(([service, operations]) =>
  Object.entries(operations).map(([operation, text]) => {
    const [, method = '', path = '', query = ''] = /^(\w+) ([^?]*)\??(.*)$/.exec(text) ?? []
    return {
      service,
      operation,
      method,
      path: new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}/?$`),
      query: [...query.matchAll(/(\w+)(?:=(\w+))?/g)],
    }
  }),
)

/** Null for a path of no such service. */
export function restCall(
  method: string,
  url: URL,
): { readonly service: string; readonly operation: string; readonly params: Item } | null {
  for (const route of ROUTES) {
    const match = route.method === method ? route.path.exec(url.pathname) : null
    if (match === null) continue
    const query = route.query.flatMap(([, parameter = '', member = parameter]) => {
      const text = url.searchParams.get(parameter)
      return text === null ? [] : [[member, text]]
    })
    const labels = Object.entries(match.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)])
    return { service: route.service, operation: route.operation, params: Object.fromEntries([...query, ...labels]) }
  }
  return null
}
