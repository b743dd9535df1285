/** Does the policy of a VPC endpoint let one call of a task start-up through? */
import type { Text } from '../../domain/text.ts'
import { type Context, contextMap } from './context.ts'
import { decide, labelOf, type PolicyDecision } from './decision.ts'
import { isReadable, parsePolicy } from './document.ts'
import { type Foundation, FULL_ACCESS, reasonOf } from './endpoint-reason.ts'
import { accountsAt, keysOfCall } from './evaluate.ts'
import { arnParts, type ForeignRequester, type IamRequester, keysOf, type Requester } from './requester.ts'
import { covered, type MaybePolicy } from './statement.ts'

/** One API call that goes through the endpoint. */
export interface EndpointCall {
  readonly action: string
  /** An ARN, in which `*` stands for any or unknown parts; `*` alone for actions without a resource. */
  readonly resource: string
  /** The role that calls; null when not known. Layer downloads are signed by ECR, whatever stands here. */
  readonly principalArn: string | null
  /** The customer's account; null when not known. */
  readonly account: string | null
  /** Keys that the caller of this function knows, for instance `aws:SourceVpce`; the rest is unknown. */
  readonly context?: Context
  /** `interface` or `gateway`, where it is known. */
  readonly endpointType?: string | null
}

export interface EndpointVerdict {
  readonly decision: 'allow' | 'deny' | 'unknown'
  /** Sid or place of the statement that decided; null when none did. */
  readonly statement: string | null
  readonly why: Text
  /** Condition keys that would settle an `unknown`. */
  readonly missing: readonly string[]
}

/**
 * `policyJson` is `PolicyDocument` of DescribeVpcEndpoints; null means that AWS gave none, which is full access.
 * Source: AWS PrivateLink Guide, Control access to VPC endpoints using endpoint policies.
 */
export function evaluateEndpointPolicy(policyJson: string | null, call: EndpointCall): EndpointVerdict {
  if (policyJson === null) return { decision: 'allow', statement: null, why: FULL_ACCESS, missing: [] }
  const policy = parsePolicy(policyJson)
  const layers = isLayerDownload(call.resource)
  const judged = layers ? judgeLayers(policy, call) : judge(policy, call, roleOf(call), keysOfRole(call))
  const [foundation, doubted] = layers ? foundationOf(policy, call, judged) : ['policy' as const, judged]
  const decision = DECISIONS[judged.decision]
  const [first] = doubted.statements
  return {
    decision,
    statement: first === undefined ? null : labelOf(first),
    why: reasonOf(
      judged,
      { action: call.action, resource: call.resource, unreadable: isReadable(policy) ? null : policy },
      foundation,
    ),
    missing: judged.missing,
  }
}

/** Image layers lie in a bucket of AWS, one a Region (Amazon ECR User Guide, Amazon ECR interface VPC endpoints). */
export function isLayerDownload(resource: string): boolean {
  return /^arn:[^:]+:s3:::prod-[a-z0-9*-]+-starport-layer-bucket\//.test(resource)
}

const DECISIONS: Readonly<Record<PolicyDecision['decision'], EndpointVerdict['decision']>> = {
  allowed: 'allow',
  'explicit-deny': 'deny',
  'implicit-deny': 'deny',
  unknown: 'unknown',
}

function judge(policy: MaybePolicy, call: EndpointCall, requester: Requester, keys: Context): PolicyDecision {
  const question = {
    requester,
    action: call.action,
    resource: call.resource,
    context: contextMap(keys),
    accounts: accountsAt(call.endpointType ?? null, call.action),
  }
  return decide(covered('Deny', 'endpoint', [policy], question), covered('Allow', 'endpoint', [policy], question))
}

function roleOf({ principalArn, account }: EndpointCall): IamRequester {
  return { kind: 'iam', arn: principalArn, account, id: null, bounded: null }
}

function keysOfRole(call: EndpointCall): Context {
  const owner = arnParts(call.resource)?.account ?? ''
  return {
    ...keysOf(roleOf(call)),
    ...keysOfCall({ resource: call.resource, resourceAccount: /^\d{12}$/.test(owner) ? owner : null }),
    ...THROUGH_ENDPOINT,
    ...call.context,
  }
}

/** The key is absent when a request comes through a VPC endpoint (AWS global condition context keys, aws:SourceIp). */
const THROUGH_ENDPOINT: Context = { 'aws:SourceIp': [], 'aws:SecureTransport': ['true'] }

/**
 * ECR hands out presigned URLs for layers. Which principal signs them is not documented; public reports agree that it
 * is not in the customer's organization or account, and neither is the bucket. All other keys stay unknown here.
 * `assumed` leaves those two suppositions out, one after the other, to see what a verdict rests on.
 */
function judgeDownload(policy: MaybePolicy, call: EndpointCall, assumed: 'all' | 'bucket' | 'nothing'): PolicyDecision {
  const own = call.account
  const signer: ForeignRequester = { kind: 'foreign', notIn: assumed === 'all' ? own : null }
  const bucket: Context = {
    'aws:ResourceOrgID': { kind: 'foreign', of: 'organization', own },
    'aws:ResourceOrgPaths': { kind: 'foreign', of: 'organization', own },
    'aws:ResourceAccount': { kind: 'foreign', of: 'account', own },
    's3:ResourceAccount': { kind: 'foreign', of: 'account', own },
  }
  return judge(policy, call, signer, {
    ...(assumed === 'all' ? keysOf(signer) : {}),
    ...(assumed === 'nothing' ? {} : bucket),
    ...THROUGH_ENDPOINT,
  })
}

/** A supposition may refuse a download, and say so; it may not vouch for one. */
function judgeLayers(policy: MaybePolicy, call: EndpointCall): PolicyDecision {
  const supposed = judgeDownload(policy, call, 'all')
  return supposed.decision === 'allowed' ? judgeDownload(policy, call, 'bucket') : supposed
}

/** What a refused download rests on, and the judgement whose statements show it. */
function foundationOf(
  policy: MaybePolicy,
  call: EndpointCall,
  judged: PolicyDecision,
): readonly [Foundation, PolicyDecision] {
  if (DECISIONS[judged.decision] !== 'deny') return ['policy', judged]
  const steps = [
    ['signer', judgeDownload(policy, call, 'bucket')],
    ['bucket', judgeDownload(policy, call, 'nothing')],
  ] as const
  return steps.find(([, doubted]) => doubted.decision === 'unknown') ?? ['policy', judged]
}
