/** Asks for the organization of the account where a policy that was read has a condition on it, and only there. */
import { type Answer, known, unread } from '../../../domain/answer.ts'
import { asksForOrganization, type Organization } from '../../../iam/policy/organization.ts'
import { describeOrganization } from '../../calls/organizations.ts'
import { at, idOf, type RawAnswer } from '../../facts/shape.ts'
import type { Reader } from '../../reader/reader.ts'

/** Undefined where none of the policies asks. */
export async function readOrganization(
  reader: Reader,
  kind: Parameters<typeof asksForOrganization>[1],
  policies: readonly string[],
): Promise<Organization> {
  if (!policies.some((policy) => asksForOrganization(policy, kind))) return undefined
  return toOrganization(await reader.read(describeOrganization))
}

function toOrganization(answer: RawAnswer): Answer<string | null> {
  if (!answer.known) return answer
  const organization = at(answer.value[0], 'Organization')
  if (organization === undefined) return known(null)
  const id = idOf(at(organization, 'Id'))
  return id === null ? unread('garbled', describeOrganization.permission) : known(id)
}
