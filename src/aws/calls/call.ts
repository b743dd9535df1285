/** How one AWS call is described: what it asks, where its answer lies in a snapshot, and how a query narrows it. */
import type { Answer } from '../../domain/answer.ts'

export type AwsService =
  | 'application-autoscaling'
  | 'autoscaling'
  | 'codedeploy'
  | 'ec2'
  | 'ecr'
  | 'ecs'
  | 'efs'
  | 'elbv2'
  | 'fsx'
  | 'iam'
  | 'kms'
  | 'lambda'
  | 'logs'
  | 'organizations'
  | 'route53'
  | 'route53profiles'
  | 'route53resolver'
  | 's3files'
  | 'secretsmanager'
  | 'service-quotas'
  | 'servicediscovery'
  | 'ssm'
  | 'sts'
  | 'vpc-lattice'

/** JSON of unknown shape, or an SDK answer seen as such. */
export type Loose = Readonly<Record<string, unknown>>

/** The records that AWS or a recording answered, of unknown shape. */
export type RawAnswer = Answer<readonly unknown[]>

/** What a query may narrow by. Each call says which of these it takes. */
export type QueryKey =
  | 'id'
  | 'vpc'
  | 'name'
  | 'type'
  | 'attribute'
  | 'instance'
  | 'transitGateway'
  | 'vpnGateway'
  | 'cluster'
  | 'service'
  | 'region'
  | 'registry'
  | 'repository'
  | 'status'
  | 'action'
  | 'resource'

/** Values of one key are alternatives; several keys must all hold. An empty list of values asks for nothing. */
export type Query = { readonly [Key in QueryKey]?: readonly string[] }

/** One way to narrow a call. */
export interface By {
  /** The piece of the request. */
  readonly input: (values: readonly string[]) => Loose
  /**
   * What a recorded item answers to, or null where it does not tell and so passes.
   * An answer with a file of its own is looked at as a whole, with its file's name.
   */
  readonly of: (item: Loose, fileStem: string) => readonly unknown[] | null
  /** How many values AWS takes in one request. */
  readonly chunk: number
  /** The value is the Region to ask instead of the reader's own, and no part of the request. */
  readonly place?: true
}

/** Another file with the same content: Batfish's names for its recordings of AWS. */
export interface Alias {
  /** File name without `.json`, at any depth. */
  readonly file: string
  readonly list: string
  /** One element of the alias's list as items of the call; the element itself unless told. */
  readonly items?: (element: Loose) => readonly Loose[]
}

/** `Item` is the SDK's own type of an element of the answer's list (or of the whole answer). */
export interface Call<Item> {
  readonly service: AwsService
  readonly operation: string
  readonly permission: string
  /** Path in a snapshot folder without `.json`; a folder of that name holds several answers. */
  readonly file: string
  /** The key of the list in the answer; null where the answer itself is the one item. */
  readonly list: string | null
  readonly by: Readonly<Partial<Record<QueryKey, By>>>
  /** One answer a value of the query: each has a file of its own, and a value without a file was not read. */
  readonly keyed: boolean
  /** The list is of texts: ids or names, with nothing beside them. */
  readonly texts: boolean
  /** Asked about one thing a request: one that is gone is left out of the list, as a filter would leave it out, or of the answer. */
  readonly goneIsNone: boolean
  readonly aliases: readonly Alias[]
  /** What every request carries. */
  readonly always: Loose
  /** The piece of the next request, or null at the end. */
  readonly next: (answer: Loose) => Loose | null
  /** Of one list: more is none of AWS's. */
  readonly mostPages: number
  /** A listing that a snapshot need not hold, because the described things tell it. */
  readonly recorded: { readonly from: Call<unknown>; readonly item: (described: Loose) => unknown } | null
  /** Read from recordings alone: live nobody sends it, and no policy needs it. */
  readonly recordedOnly: boolean
  /** Only here for its type. */
  readonly sample?: Item
}

type Wanted = 'service' | 'operation' | 'list'
type CallSpec = Pick<Call<unknown>, Wanted> & Partial<Omit<Call<unknown>, Wanted | 'sample'>>

const PERMISSION_PREFIX: Partial<Record<AwsService, string>> = {
  efs: 'elasticfilesystem',
  elbv2: 'elasticloadbalancing',
  'service-quotas': 'servicequotas',
}

/** AWS's pages hold 50 things and more, and a list that is narrowed to a service, a VPC, a name has none of 10,000. */
const MOST_PAGES = 200

/** Fills in what follows from the name: the permission, the file of the AWS CLI's command, and paging by token. */
export function call<Item>(spec: CallSpec): Call<Item> {
  const { service, operation } = spec
  return {
    permission: `${PERMISSION_PREFIX[service] ?? service}:${operation}`,
    file: `${service}/${commandName(operation)}`,
    by: {},
    keyed: false,
    texts: false,
    goneIsNone: false,
    aliases: [],
    always: {},
    next: nextByToken,
    mostPages: MOST_PAGES,
    recorded: null,
    recordedOnly: false,
    ...spec,
  }
}

/** A listing of ids or names. */
export function listing(spec: CallSpec): Call<string> {
  return call({ ...spec, texts: true })
}

/** Whether the list of an answer is one of what the call promises. */
export function isListOf({ texts }: Call<unknown>, list: unknown): list is readonly unknown[] {
  return Array.isArray(list) && (!texts || list.every((one) => typeof one === 'string'))
}

/** `ListHostedZonesByVPC` → `list-hosted-zones-by-vpc`, as the AWS CLI names its commands. */
export function commandName(operation: string): string {
  return operation
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()
}

/** `NextToken` in EC2 and Route 53, `nextToken` in ECS, ECR and Logs. */
function nextByToken(answer: Loose): Loose | null {
  const key = ['NextToken', 'nextToken'].find((name) => hasMore(answer[name]))
  return key === undefined ? null : { [key]: answer[key] }
}

/** A token that is no text leads on, too: a list is not whole because of it, and AWS says what is wrong with it. */
export function hasMore(token: unknown): boolean {
  return token !== undefined && token !== null && token !== ''
}

/** A request parameter that takes a list. */
export function list(parameter: string, of: By['of'], chunk = 100): By {
  return { input: (values) => ({ [parameter]: values }), of, chunk }
}

/** A request parameter that takes one value. */
export function single(parameter: string, of: By['of']): By {
  return { input: ([value]) => ({ [parameter]: value }), of, chunk: 1 }
}

/**
 * An EC2 filter. Ids are filtered for as well: a list of ids fails as a whole when one of them is gone, a filter leaves it out.
 * A filter takes 200 values (Amazon EC2 User Guide, Listing and filtering your resources).
 */
export function filter(name: string, of: By['of']): By {
  return { input: (values) => ({ Filters: [{ Name: name, Values: values }] }), of, chunk: 200 }
}

/** Asks another Region than the reader's own. A recording does not keep Regions apart. */
export const elsewhere: By = { input: () => ({}), of: () => null, chunk: 1, place: true }

/** Picks a recording's file, and says nothing to AWS. */
export function only(of: By['of']): By {
  return { input: () => ({}), of, chunk: 1 }
}

export const byCluster: By = single('cluster', (item) => arnAndName(at(item, 'clusterArn')))

/** Tasks that a service started: `service:web` is their group. */
export const byStartingService: By = single('serviceName', ({ group }) => [
  typeof group === 'string' && group.startsWith('service:') ? group.slice('service:'.length) : null,
])

/** The value under a path of keys, or undefined. */
export function at(item: unknown, ...path: readonly string[]): unknown {
  let value = item
  for (const key of path) value = isLoose(value) ? value[key] : undefined
  return value
}

/** The elements of a list under a path of keys; none where there is no list. */
export function listAt(item: unknown, ...path: readonly string[]): readonly Loose[] {
  const value = at(item, ...path)
  return Array.isArray(value) ? value.filter(isLoose) : []
}

export function isLoose(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `[field]` of an item, for `By.of`. */
export function field(...path: readonly string[]): By['of'] {
  return (item) => [at(item, ...path)]
}

/** An ARN answers to its last part as well: `arn:…:cluster/demo` is `demo`. */
export function arnAndName(arn: unknown): readonly string[] | null {
  return typeof arn === 'string' ? [arn, arn.slice(arn.lastIndexOf('/') + 1)] : null
}
