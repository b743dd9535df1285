/** Tells from an HTTP request which operation of which service is meant, and with what. */
import type { IncomingHttpHeaders } from 'node:http'
import { type Item, isItem } from '../item.ts'
import { ec2Input, queryInput } from './query-input.ts'
import { restCall } from './rest-paths.ts'
import { operationType, shapeOf } from './table.ts'

export type Protocol = 'ec2' | 'query' | 'rest-xml' | 'rest-json' | 'json'

export interface Call {
  readonly service: string
  readonly protocol: Protocol
  readonly operation: string
  readonly params: Item
  /** The Region of the signature's credential scope; null for a request without one. */
  readonly region: string | null
  /** The version of the API that a query request named. */
  readonly version: string
}

export interface HttpRequest {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** `X-Amz-Target` names service and operation; the part before the dot never changes. */
const TARGETS: Readonly<Record<string, string>> = {
  AmazonEC2ContainerServiceV20141113: 'ecs',
  AmazonEC2ContainerRegistry_V20150921: 'ecr',
  Logs_20140328: 'logs',
  secretsmanager: 'secretsmanager',
  AmazonSSM: 'ssm',
  CodeDeploy_20141006: 'codedeploy',
  AnyScaleFrontendService: 'application-autoscaling',
  AWSOrganizationsV20161128: 'organizations',
  AWSSimbaAPIService_v20180301: 'fsx',
  Route53AutoNaming_v20170314: 'servicediscovery',
  Route53Resolver: 'route53resolver',
  ServiceQuotasV20190624: 'service-quotas',
  TrentService: 'kms',
}

/** A query request is told apart by the service of its credential scope, or, unsigned, by the version of the API. */
const SCOPES: Readonly<Record<string, string>> = {
  ec2: 'ec2',
  iam: 'iam',
  sts: 'sts',
  elasticloadbalancing: 'elbv2',
  autoscaling: 'autoscaling',
}
const VERSIONS: Readonly<Record<string, string>> = {
  '2016-11-15': 'ec2',
  '2010-05-08': 'iam',
  '2011-06-15': 'sts',
  '2015-12-01': 'elbv2',
  '2011-01-01': 'autoscaling',
}

const ROUTE53_PATHS: readonly (readonly [operation: string, path: RegExp])[] = [
  ['ListHostedZonesByVPC', /^\/2013-04-01\/hostedzonesbyvpc$/],
  ['ListResourceRecordSets', /^\/2013-04-01\/hostedzone\/(?<HostedZoneId>[^/]+)\/rrset$/],
]

/** Never fails: what cannot be told is an operation that nobody serves. */
export function callOf(request: HttpRequest): Call {
  const url = new URL(request.url, 'http://127.0.0.1')
  const scope = scopeOf(request.headers.authorization ?? url.searchParams.get('X-Amz-Credential') ?? '')
  const target = request.headers['x-amz-target']
  if (typeof target === 'string') return jsonCall(target, request.body, scope.region)
  if (url.pathname.startsWith('/2013-04-01/')) return route53Call(request.method, url, scope.region)
  const rest = restCall(request.method, url)
  if (rest !== null) return { ...rest, protocol: 'rest-json', region: scope.region, version: '' }
  return queryCall(new URLSearchParams([...url.searchParams, ...new URLSearchParams(request.body)]), scope)
}

interface Scope {
  readonly region: string | null
  readonly service: string | null
}

/** `…Credential=AKID/20261120/ap-northeast-2/ec2/aws4_request…` (IAM User Guide, AWS Signature Version 4). */
function scopeOf(authorization: string): Scope {
  const match = /(?:^|Credential=)[^/,\s]+\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/.exec(authorization)
  return { region: match?.[1] ?? null, service: match?.[2] ?? null }
}

function jsonCall(target: string, body: string, region: string | null): Call {
  const dot = target.lastIndexOf('.')
  const prefix = target.slice(0, Math.max(dot, 0))
  return {
    service: TARGETS[prefix] ?? prefix,
    protocol: 'json',
    operation: target.slice(dot + 1),
    params: parsedJson(body),
    region,
    version: '',
  }
}

function parsedJson(body: string): Item {
  try {
    const value: unknown = JSON.parse(body === '' ? '{}' : body)
    return isItem(value) ? value : {}
  } catch {
    return {}
  }
}

function route53Call(method: string, url: URL, region: string | null): Call {
  for (const [operation, path] of method === 'GET' ? ROUTE53_PATHS : []) {
    const match = path.exec(url.pathname)
    if (!match) continue
    const type = operationType('route53', operation, 'input')
    const members = type.kind === 'shape' ? [...shapeOf('route53', 'input', type.name).values()] : []
    const query = members.flatMap((member) => {
      const text = url.searchParams.get(member.wire ?? member.name)
      return text === null ? [] : [[member.name, text]]
    })
    const labels = Object.entries(match.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)])
    const params = Object.fromEntries([...query, ...labels])
    return { service: 'route53', protocol: 'rest-xml', operation, params, region, version: '2013-04-01' }
  }
  const operation = `${method} ${url.pathname}`
  return { service: 'route53', protocol: 'rest-xml', operation, params: {}, region, version: '2013-04-01' }
}

function queryCall(form: URLSearchParams, scope: Scope): Call {
  const version = form.get('Version') ?? ''
  const service = SCOPES[scope.service ?? ''] ?? VERSIONS[version] ?? scope.service ?? 'unknown'
  const operation = form.get('Action') ?? ''
  const params = service === 'ec2' ? ec2Input(form, operationType('ec2', operation, 'input')) : queryInput(form)
  return { service, protocol: service === 'ec2' ? 'ec2' : 'query', operation, params, region: scope.region, version }
}
