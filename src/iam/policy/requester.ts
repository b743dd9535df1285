/** Who makes a request, and which condition keys follow from that alone. */
import { type Context, UNKNOWN } from './context.ts'

export type Requester = IamRequester | ServiceRequester | ForeignRequester

/** A role, a role session or a user. */
export interface IamRequester {
  readonly kind: 'iam'
  /** `arn:…:iam::…:role/…`, `arn:…:sts::…:assumed-role/…/…`, `arn:…:iam::…:user/…`; null when not known. */
  readonly arn: string | null
  readonly account: string | null
  /** `AROA…` or `AIDA…`, where it is known. */
  readonly id: string | null
  /** Has a permissions boundary; null when not known. */
  readonly bounded: boolean | null
}

/** An AWS service that calls on its own behalf, for instance to assume a role. */
export interface ServiceRequester {
  readonly kind: 'service'
  readonly service: string
}

/** A principal of AWS's own, in no account of the customer. */
export interface ForeignRequester {
  readonly kind: 'foreign'
  readonly notIn: string | null
}

export interface ArnParts {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  readonly resource: string
}

/** Null for a text that is not an ARN. */
export function arnParts(text: string): ArnParts | null {
  const [prefix, partition, service, region, account, ...resource] = text.split(':')
  if (prefix !== 'arn' || !partition || !service || region === undefined || account === undefined) return null
  return resource.length === 0 ? null : { partition, service, region, account, resource: resource.join(':') }
}

export interface Identity {
  readonly kind: 'role' | 'session' | 'user' | 'root' | 'federated-user'
  readonly account: string
  /** Without the path: names are unique in an account (IAM User Guide, IAM identifiers). */
  readonly name: string
  readonly session: string | null
}

/** What an IAM or STS ARN stands for; null for anything else. */
export function identityOf(arn: string): Identity | null {
  const parts = arnParts(arn)
  if (parts === null) return null
  const { account } = parts
  const [kind, ...rest] = parts.resource.split('/')
  const name = rest.at(-1) ?? ''
  if (parts.service === 'iam') {
    if (parts.resource === 'root') return { kind: 'root', account, name: 'root', session: null }
    return kind === 'role' || kind === 'user' ? { kind, account, name, session: null } : null
  }
  if (parts.service !== 'sts') return null
  if (kind === 'assumed-role') return { kind: 'session', account, name: rest[0] ?? '', session: rest[1] ?? null }
  return kind === 'federated-user' ? { kind, account, name, session: null } : null
}

/** Source: IAM User Guide, AWS global condition context keys. */
export function keysOf(requester: Requester): Context {
  if (requester.kind === 'iam') return keysOfIdentity(requester)
  if (requester.kind === 'service') {
    return {
      'aws:PrincipalIsAWSService': ['true'],
      'aws:PrincipalServiceName': [requester.service],
      'aws:username': [],
    }
  }
  const own = requester.notIn
  return {
    'aws:PrincipalOrgID': { kind: 'foreign', of: 'organization', own },
    'aws:PrincipalOrgPaths': { kind: 'foreign', of: 'organization', own },
    'aws:PrincipalAccount': { kind: 'foreign', of: 'account', own },
    'aws:PrincipalArn': { kind: 'foreign', of: 'arn', own },
  }
}

function keysOfIdentity({ arn, account }: IamRequester): Context {
  const identity = arn === null ? null : identityOf(arn)
  return {
    'aws:PrincipalAccount': account === null ? UNKNOWN : [account],
    'aws:PrincipalIsAWSService': ['false'],
    'aws:PrincipalServiceName': [],
    'aws:PrincipalServiceNamesList': [],
    // In the request only when a service principal calls (AWS global condition context keys).
    'aws:SourceArn': [],
    'aws:SourceAccount': [],
    'aws:SourceOrgID': [],
    ...(arn === null || identity === null ? {} : keysOfArn(arn, identity)),
  }
}

function keysOfArn(arn: string, { kind, name }: Identity): Context {
  if (kind === 'user') return { 'aws:PrincipalArn': [arn], 'aws:PrincipalType': ['User'], 'aws:username': [name] }
  if (kind === 'role') return { 'aws:PrincipalArn': [arn], 'aws:PrincipalType': ['AssumedRole'], 'aws:username': [] }
  if (kind !== 'session') return {}
  // The key holds the ARN of the role, whose path a session ARN does not show.
  const parts = arnParts(arn)
  const role = `arn:${parts?.partition ?? '*'}:iam::${parts?.account ?? '*'}:role/*${name}`
  return {
    'aws:PrincipalArn': { kind: 'like', pattern: role },
    'aws:PrincipalType': ['AssumedRole'],
    'aws:username': [],
  }
}
