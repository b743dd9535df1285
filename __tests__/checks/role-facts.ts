/** A role that may do all that a start needs, and what IAM says of it. */
import { known, unread } from '../../src/domain/answer.ts'
import type { RoleRecord, SimulatedCall } from '../../src/domain/role.ts'
import { ACCOUNT } from './worlds.ts'

export const ROLE = `arn:aws:iam::${ACCOUNT}:role/ecsTaskExecutionRole`

export const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' }],
}

/** AWS managed policy reference: AmazonECSTaskExecutionRolePolicy. */
export const MANAGED = [
  'ecr:GetAuthorizationToken',
  'ecr:BatchCheckLayerAvailability',
  'ecr:GetDownloadUrlForLayer',
  'ecr:BatchGetImage',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
]

/** One result of the simulator; of everything unless a resource is named. */
export function simulated(action: string, changes: Partial<SimulatedCall> = {}): SimulatedCall {
  return {
    action,
    resource: '*',
    decision: 'allowed',
    missing: [],
    allowedByOrganization: null,
    allowedByBoundary: null,
    decidedBy: [],
    ...changes,
  }
}

export function record(changes: Partial<RoleRecord> = {}): RoleRecord {
  const arn = changes.arn ?? ROLE
  return {
    arn,
    role: known({ arn, id: 'AROAV5E7Q2LJX3NCTWUKD', trust: JSON.stringify(TRUST), boundaryArn: null }),
    simulation: known(MANAGED.map((action) => simulated(action))),
    policies: unread('unasked', 'iam:ListAttachedRolePolicies'),
    boundary: known(null),
    ...changes,
  }
}
