/** Asks the evaluator short questions: one role, one repository, one statement at a time. */
import type { Context } from '../../../src/iam/policy/context.ts'
import type { PolicyDecision } from '../../../src/iam/policy/decision.ts'
import { isReadable, type Policy, parsePolicy } from '../../../src/iam/policy/document.ts'
import { type AccessRequest, evaluate, type Layers } from '../../../src/iam/policy/evaluate.ts'

export const ACCOUNT = '111122223333'
export const OTHER_ACCOUNT = '444455556666'
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/ecsTaskExecutionRole`
export const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/ecsTaskExecutionRole/0565d0c4e65d46b6be9a2f5fdcdc0a9f`
export const USER = `arn:aws:iam::${ACCOUNT}:user/carlos`
export const REPOSITORY = `arn:aws:ecr:us-east-1:${ACCOUNT}:repository/team/web`

export type Fields = Readonly<Record<string, unknown>>

export function policy(...statements: readonly Fields[]): Policy {
  return read({ Version: '2012-10-17', Statement: statements })
}

export function read(document: string | object): Policy {
  const parsed = parsePolicy(document)
  if (!isReadable(parsed)) throw new Error(`unreadable: ${parsed.unreadable}`)
  return parsed
}

export const allow = (fields: Fields = {}): Fields => ({ Effect: 'Allow', Action: '*', Resource: '*', ...fields })
export const deny = (fields: Fields = {}): Fields => ({ Effect: 'Deny', Action: '*', Resource: '*', ...fields })

export function request(changes: Partial<AccessRequest> = {}): AccessRequest {
  return {
    principalArn: ROLE,
    principalAccount: ACCOUNT,
    resourceAccount: ACCOUNT,
    action: 'ecr:BatchGetImage',
    resource: REPOSITORY,
    ...changes,
  }
}

export function ask(layers: Partial<Layers>, changes: Partial<AccessRequest> = {}): PolicyDecision {
  return evaluate({ identity: [], ...layers }, request(changes))
}

/** What one identity statement says of a call. */
export function statement(fields: Fields, changes: Partial<AccessRequest> = {}): PolicyDecision['decision'] {
  return ask({ identity: [policy(allow(fields))] }, changes).decision
}

/** What one Allow statement with this condition says, given this context. */
export function condition(block: Fields, context: Context): PolicyDecision {
  return ask({ identity: [policy(allow({ Condition: block }))] }, { context })
}
