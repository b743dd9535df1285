/** Does a role's trust policy let an AWS service assume the role? */
import { type Context, contextMap, UNKNOWN } from './context.ts'
import { decide, type PolicyDecision } from './decision.ts'
import { parsePolicy } from './document.ts'
import { keysOf, type ServiceRequester } from './requester.ts'
import { covered, type MaybePolicy, type Question } from './statement.ts'

export interface Assumption {
  /** `ecs-tasks.amazonaws.com` */
  readonly service: string
  /** The account for which the service acts; null when not known. */
  readonly sourceAccount: string | null
  /** The resource for which it acts; `*` stands for what is not known (`arn:aws:ecs:us-east-1:111122223333:*`). */
  readonly sourceArn: string | null
}

/**
 * Takes the document as text, URL-encoded or not, or as parsed.
 * Source: Amazon ECS Developer Guide, Task execution IAM role; IAM User Guide, The confused deputy problem.
 */
export function evaluateTrust(policy: MaybePolicy | string, assumption: Assumption): PolicyDecision {
  const trust = typeof policy === 'string' ? parsePolicy(policy) : policy
  const requester: ServiceRequester = { kind: 'service', service: assumption.service }
  const question: Question = {
    requester,
    action: 'sts:AssumeRole',
    resource: '*',
    context: contextMap(keysOf(requester), sourceKeys(assumption)),
    accounts: 'members',
  }
  return decide(covered('Deny', 'trust', [trust], question), covered('Allow', 'trust', [trust], question))
}

function sourceKeys({ sourceAccount, sourceArn }: Assumption): Context {
  return {
    'aws:SourceAccount': sourceAccount === null ? UNKNOWN : [sourceAccount],
    'aws:SourceArn': sourceArn === null ? UNKNOWN : { kind: 'like', pattern: sourceArn },
    'aws:SecureTransport': ['true'],
  }
}
