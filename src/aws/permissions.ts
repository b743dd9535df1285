/** What each command may ask of AWS, from the calls that it is declared to make. */
import { policyOf, type ReadPolicy, type ReadStatement } from '../analysis/permissions.ts'
import type { AwsService, Call } from './calls/call.ts'
import * as ec2 from './calls/ec2.ts'
import { getSecretValue } from './calls/opt-in.ts'
import * as route53 from './calls/route53.ts'
import { CALLS } from './calls/table.ts'
import { hasClient } from './connection.ts'

/** The commands that ask AWS at all. */
export const ASKING = ['preflight', 'snapshot', 'trace'] as const
export type Asking = (typeof ASKING)[number]

/** A trace asks about packets, not about what runs. */
const NETWORK = [...Object.values(ec2), ...Object.values(route53)].filter(
  (one) => one !== ec2.describeInstances,
) as readonly Call<unknown>[]

/** The IAM actions behind a command, in the order of the alphabet. Who asks is told to anybody, so that needs none (STS API Reference). */
export function actionsOf(command: Asking): readonly string[] {
  const calls = command === 'trace' ? NETWORK : CALLS
  const asked = calls.filter(({ service }) => service !== ('sts' satisfies AwsService) && hasClient(service))
  return [...new Set(asked.map(({ permission }) => permission))].sort()
}

/** What the user may opt into, and no policy has otherwise. */
export interface OptIns {
  readonly readSecrets?: boolean
}

export function policyFor(command: Asking, partition = 'aws', { readSecrets = false }: OptIns = {}): ReadPolicy {
  const policy = policyOf(actionsOf(command), partition)
  return readSecrets ? { ...policy, Statement: [...policy.Statement, secretValues(partition)] } : policy
}

/** To be narrowed to the secrets of the service by who grants it. */
export function secretValues(partition = 'aws'): ReadStatement {
  return {
    Sid: 'ReadSecretValues',
    Effect: 'Allow',
    Action: [getSecretValue.permission],
    Resource: `arn:${partition}:secretsmanager:*:*:secret:*`,
  }
}
