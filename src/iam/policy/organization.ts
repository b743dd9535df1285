/** The organization of an account, and what follows from it of the condition keys about organizations. */
import type { Answer } from '../../domain/answer.ts'
import type { Context } from './context.ts'
import { isReadable, parsePolicy } from './document.ts'

/** `o-…`; null for an account in no organization. Undefined where no policy asks for it. */
export type Organization = Answer<string | null> | undefined

const PRINCIPAL = 'aws:PrincipalOrgID'
const RESOURCE = 'aws:ResourceOrgID'

/**
 * The keys that would be known with the organization. A service is no principal of it, and whether ECS sends `aws:SourceOrgID` is said
 * nowhere.
 */
const KEYS = { resource: [PRINCIPAL, RESOURCE], trust: [RESOURCE] } as const

export function asksForOrganization(policy: string, kind: keyof typeof KEYS): boolean {
  const parsed = parsePolicy(policy)
  return (
    isReadable(parsed) &&
    parsed.statements.some(({ conditions }) => conditions.some(({ key }) => isOneOf(KEYS[kind], key)))
  )
}

/**
 * A principal of the account calls on a resource of `resourceAccount`. Of another account's resource nobody says in which organization
 * it is; an account in none has none of the keys. Source: IAM User Guide, AWS global condition context keys.
 */
export function keysOfCaller(organization: Organization, account: string | null, resourceAccount: string | null) {
  return keysOf(organization, account !== null && account === resourceAccount ? KEYS.resource : [PRINCIPAL])
}

/** A service calls on a role of the account, on behalf of a resource of the account. */
export function keysOfSource(organization: Organization): Context {
  return keysOf(organization, KEYS.trust)
}

function keysOf(organization: Organization, keys: readonly string[]): Context {
  if (!organization?.known) return {}
  const value = organization.value === null ? [] : [organization.value]
  return Object.fromEntries(keys.map((key) => [key, value]))
}

/** What would tell one of the keys that are missing; null where nothing that can be read would. */
export function organizationPermission(organization: Organization, missing: readonly string[]): string | null {
  if (organization === undefined || organization.known) return null
  return missing.some((key) => isOneOf(KEYS.resource, key)) ? organization.permission : null
}

/** Names of keys are not case-sensitive. */
function isOneOf(keys: readonly string[], key: string): boolean {
  return keys.some((one) => one.toLowerCase() === key.toLowerCase())
}
