/** Answers as the AWS CLI prints them: it decodes the policy documents that IAM sends as URL-encoded text. */
import { isLoose } from '../calls/call.ts'

const DOCUMENTS = new Set(['AssumeRolePolicyDocument', 'PolicyDocument', 'Document'])

/** A copy; whatever is no encoded document stays as it is. */
export function asPrinted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asPrinted)
  if (!isLoose(value) || value instanceof Date) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, DOCUMENTS.has(key) ? decoded(field) : asPrinted(field)]),
  )
}

/** Endpoint policies have one of these names too, and are printed as the text that they are. */
function decoded(field: unknown): unknown {
  if (typeof field !== 'string' || !field.startsWith('%7B')) return asPrinted(field)
  try {
    return JSON.parse(decodeURIComponent(field))
  } catch {
    return field
  }
}
