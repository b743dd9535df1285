/** The trust policy that an execution role needs, alone or added to what is there. */
import { parsePolicy } from '../iam/policy/document.ts'
import { policyText } from './role-statements.ts'

export const TASKS_SERVICE = 'ecs-tasks.amazonaws.com'

const STATEMENT = { Effect: 'Allow', Principal: { Service: TASKS_SERVICE }, Action: 'sts:AssumeRole' }

export const TASKS_TRUST = policyText([STATEMENT])

/** The document with the statement added; that statement alone where the document cannot be read. */
export function withTasksTrust(document: string): string {
  const before = parsed(document)
  if (before === null) return TASKS_TRUST
  const { Statement } = before
  const statements: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement]
  return JSON.stringify({ ...before, Statement: [...statements, STATEMENT] })
}

/** Who the document lets in, as `Service ec2.amazonaws.com`. */
export function trusted(document: string): readonly string[] {
  const policy = parsePolicy(document)
  if ('unreadable' in policy) return []
  return policy.statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ principals }) => principals?.principals ?? [])
    .map(({ type, value }) => (type === '*' ? '*' : `${type} ${value}`))
}

function parsed(document: string): { readonly Statement: unknown } | null {
  for (const text of [document, undecoded(document)]) {
    try {
      const value: unknown = JSON.parse(text)
      if (typeof value === 'object' && value !== null && 'Statement' in value) return value
    } catch {
      // The other spelling.
    }
  }
  return null
}

/** IAM sends documents URL-encoded. */
function undecoded(document: string): string {
  try {
    return decodeURIComponent(document)
  } catch {
    return ''
  }
}
