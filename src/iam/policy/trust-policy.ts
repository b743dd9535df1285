/** Does a role's trust policy let an AWS service assume the role? */
import type { Text } from '../../domain/text.ts'
import { type Context, contextMap, UNKNOWN } from './context.ts'
import { decide, type PolicyDecision } from './decision.ts'
import { parsePolicy } from './document.ts'
import { keysOfSource, type Organization } from './organization.ts'
import { keysOf, type ServiceRequester } from './requester.ts'
import { covered, type MaybePolicy, type Question } from './statement.ts'

export interface Assumption {
  /** `ecs-tasks.amazonaws.com` */
  readonly service: string
  /** The account for which the service acts; null when not known. */
  readonly sourceAccount: string | null
  /** The resource for which it acts; `*` stands for what is not known (`arn:aws:ecs:us-east-1:111122223333:*`). */
  readonly sourceArn: string | null
  /** Of the account of the role, for which the service acts. */
  readonly organization?: Organization | undefined
}

/**
 * Takes the document as text, URL-encoded or not, or as parsed.
 * Source: Amazon ECS Developer Guide, Task execution IAM role; IAM User Guide, The confused deputy problem.
 */
export function evaluateTrust(policy: MaybePolicy | string, assumption: Assumption): PolicyDecision {
  const trust = typeof policy === 'string' ? parsePolicy(policy) : policy
  const sent = decideWith(trust, assumption, sourceKeys(assumption))
  if (SENDS_SOURCE.test(assumption.service)) return sent
  const unsent = decideWith(trust, assumption, { ...sourceKeys(assumption), ...UNSENT })
  return sent.decision === unsent.decision
    ? sent
    : { decision: 'unknown', statements: sent.statements, missing: [], why: UNDOCUMENTED }
}

const UNSENT: Context = { 'aws:SourceAccount': [], 'aws:SourceArn': [], 'aws:SourceOrgID': [] }

/** Of `ecs.amazonaws.com`, which assumes infrastructure roles, AWS does not document whether it sends the keys of its source. */
const SENDS_SOURCE = /^ecs-tasks\./
const UNDOCUMENTED: Text = {
  en: 'It depends on aws:SourceAccount or aws:SourceArn, and AWS does not document whether ECS sends them for this role.',
  ko: 'aws:SourceAccount 또는 aws:SourceArn에 따라 결과가 달라지며, ECS가 이 역할에 대해 이 키를 보내는지 AWS 문서에 없습니다.',
}

function decideWith(trust: MaybePolicy, { service }: Assumption, source: Context): PolicyDecision {
  const requester: ServiceRequester = { kind: 'service', service }
  const question: Question = {
    requester,
    action: 'sts:AssumeRole',
    resource: '*',
    context: contextMap(keysOf(requester), source),
    accounts: 'members',
  }
  return decide(covered('Deny', 'trust', [trust], question), covered('Allow', 'trust', [trust], question))
}

function sourceKeys({ sourceAccount, sourceArn, organization }: Assumption): Context {
  return {
    ...keysOfSource(organization),
    'aws:SourceAccount': sourceAccount === null ? UNKNOWN : [sourceAccount],
    'aws:SourceArn': sourceArn === null ? UNKNOWN : { kind: 'like', pattern: sourceArn },
    'aws:SecureTransport': ['true'],
  }
}
