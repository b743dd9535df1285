/** The Secrets Manager calls: what a secret is called and which key encrypts it, never what it holds. */
import type { DescribeSecretResponse } from '@aws-sdk/client-secrets-manager'
import { call, elsewhere, type Loose, single } from './call.ts'

/** By name, by ARN, or by an ARN without its six random characters (Secrets Manager API Reference, SecretId). */
export const describeSecret = call<DescribeSecretResponse>({
  service: 'secretsmanager',
  operation: 'DescribeSecret',
  list: null,
  keyed: true,
  by: { id: single('SecretId', namesOf), region: elsewhere },
})

function namesOf(answer: Loose): readonly unknown[] {
  const arn = answer['ARN']
  return [arn, answer['Name'], typeof arn === 'string' ? arn.replace(/-[A-Za-z0-9]{6}$/, '') : null]
}
