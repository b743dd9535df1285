/** The roles that ECS itself assumes for the service, as they were read. */
import { listed } from '../../domain/answer.ts'
import type { Severity } from '../../domain/report.ts'
import type { RoleRecord } from '../../domain/role.ts'
import type { Text } from '../../domain/text.ts'
import { type InfrastructureRole, infrastructureRoles } from '../../iam/infrastructure-roles.ts'
import { placeOf, type RoleCheckFacts } from './role-denials.ts'

export interface ReadRole extends InfrastructureRole {
  readonly record: RoleRecord
  readonly neededBy: readonly Text[]
  readonly severity: Severity
}

export function infrastructureOf({ service, compute, role }: RoleCheckFacts): readonly ReadRole[] {
  return infrastructureRoles(service, listed(compute.capacityProviders), placeOf(service)).flatMap((one) => {
    const record = role.infrastructure.find(({ arn }) => arn === one.arn)
    if (record === undefined) return []
    // Instances that run already take tasks without it.
    const severity = one.uses.every(({ kind }) => kind === 'managed-instances') ? 'warning' : 'blocker'
    return [{ ...one, record, neededBy: one.uses.map(({ of }) => of.why), severity }]
  })
}
