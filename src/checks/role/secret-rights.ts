/** Secrets whose rights are another matter than the role's policies: named by half of their ARN, or of another account. */
import type { RoleFacts } from '../../domain/role.ts'
import { accountOf, judgeNeed } from '../../iam/role-judgement.ts'
import type { RoleNeed } from '../../iam/role-needs.ts'

/** The ARN lacks its six characters, and the role is refused that name: its policies may well hold the whole ARN. */
export function isRefusedByHalf(need: RoleNeed, role: RoleFacts): boolean {
  const { execution, keys } = role
  const arn = keys.find(({ id, service }) => id === need.resource && service === 'secretsmanager')?.arn ?? null
  if (execution === null || need.feature !== 'secrets' || arn === null || arn === need.resource) return false
  const judged = judgeNeed(execution, need, role)
  return judged.outcome === 'denied' && judged.cause === 'not-allowed'
}

/** Registry credentials of another account are never read, whatever both sides allow. */
export function isForeignCredentials({ neededBy, owner }: RoleNeed, { execution }: RoleFacts): boolean {
  const account = execution === null ? null : accountOf(execution.arn)
  return owner !== null && owner !== account && neededBy.every(({ reason: [kind] }) => kind === 'credentials')
}
