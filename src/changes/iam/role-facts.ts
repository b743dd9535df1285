/** Edits of the facts of a role, wherever it stands in them: the execution role, or that of container instances. */
import { known } from '../../domain/answer.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { RoleRecord } from '../../domain/role.ts'
import type { Refused } from '../change-kind.ts'
import { isRefused } from '../network-facts.ts'

/** `NoSuchEntity` where no fact has the role; null where `change` cannot foresee what it does. */
export function changeRole(
  facts: GatheredFacts,
  roleName: string,
  change: (record: RoleRecord) => RoleRecord | Refused | null,
): GatheredFacts | Refused | null {
  if (!facts.role.known) return null
  const { execution, instances } = facts.role.value
  const records = [
    ...(execution === null ? [] : [execution]),
    ...(instances.known ? instances.value.flatMap(({ role }) => (role.known ? [role.value] : [])) : []),
  ].filter(({ arn }) => arn.endsWith(`/${roleName}`))
  if (records.length === 0) return { refused: 'NoSuchEntity' }
  const edited = new Map<RoleRecord, RoleRecord>()
  for (const record of records) {
    const next = change(record)
    if (next === null || isRefused(next)) return next
    edited.set(record, next)
  }
  const edit = (record: RoleRecord) => edited.get(record) ?? record
  const role = {
    ...facts.role.value,
    execution: execution === null ? null : edit(execution),
    instances: instances.known
      ? known(instances.value.map((one) => (one.role.known ? { ...one, role: known(edit(one.role.value)) } : one)))
      : instances,
  }
  return { ...facts, role: known(role) }
}
