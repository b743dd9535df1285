/** What is never written to a snapshot: values of environment variables, credentials in log options and in what anybody wrote, keys of VPN tunnels. */
import { maskSecrets } from '../../domain/credential-masking.ts'
import { isLoose } from '../calls/call.ts'
import { withoutCredentials } from '../facts/task-definition.ts'

/** Keys that are dropped wherever they stand. */
const DROPPED = new Set([
  '$metadata',
  'ResponseMetadata',
  'NextToken',
  'nextToken',
  // They carry the pre-shared keys of a VPN.
  'CustomerGatewayConfiguration',
  'PreSharedKey',
  // Of an organization.
  'MasterAccountEmail',
  // Of a Lambda function: names and values of its variables.
  'Environment',
])

/** Words of people, of AWS and of containers, which may quote a secret. Nothing else is masked: an id that looks like one decides. */
const PROSE = new Set([
  ...['message', 'reason', 'stoppedReason', 'statusReason', 'rolloutStateReason', 'failureReason'],
  ...['Description', 'description', 'FailureMessage', 'StateReason'],
])

/** A copy without secrets. Names of variables stay, their values do not. */
export function redacted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redacted)
  if (!isLoose(value) || value instanceof Date) return value
  const remaining = Object.entries(value).filter(([key, field]) => !DROPPED.has(key) && field !== undefined)
  return Object.fromEntries(remaining.map(([key, field]) => [key, redactedField(key, field)]))
}

function redactedField(key: string, field: unknown): unknown {
  if (typeof field === 'string') return PROSE.has(key) ? maskSecrets(field) : field
  if (key === 'environment' && Array.isArray(field)) return field.filter(isLoose).map(({ name }) => ({ name }))
  if (key === 'logConfiguration' && isLoose(field)) {
    const options = field['options']
    const rest = redacted(field)
    return isLoose(rest) && isLoose(options) ? { ...rest, options: withoutCredentials(options) } : rest
  }
  if (key === 'firelensConfiguration' && isLoose(field) && isLoose(field['options'])) {
    return { ...field, options: withoutCredentials(field['options']) }
  }
  return redacted(field)
}
