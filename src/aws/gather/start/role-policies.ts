/** Reads every policy of a role and its permissions boundary, in three rounds: their names, their default versions, their text. */
import { type Answer, known, mapped, together, unread } from '../../../domain/answer.ts'
import type { RolePolicy, RoleRecord } from '../../../domain/role.ts'
import * as iam from '../../calls/iam.ts'
import { toInlinePolicy, toManagedPolicy } from '../../facts/role.ts'
import { lastPart } from '../../facts/service.ts'
import { at, fieldsOf, idOf, isLoose, type RawAnswer, texts, translate } from '../../facts/shape.ts'
import type { Reader } from '../../reader/reader.ts'

type Policies = RoleRecord['policies']

/** `boundary`: null where the role has none, or none is known. */
export async function readPolicies(
  reader: Reader,
  roleName: string,
  boundaryArn: string | null,
): Promise<{ readonly policies: Policies; readonly boundary: RoleRecord['boundary'] | null }> {
  const [attached, inline, boundary] = await Promise.all([
    readAttached(reader, roleName),
    readInline(reader, roleName),
    boundaryArn === null ? null : readManaged(reader, boundaryArn),
  ])
  return {
    policies: together([attached, inline]),
    boundary: boundary === null ? null : mapped(boundary, ([policy]) => policy?.document ?? ''),
  }
}

async function readAttached(reader: Reader, roleName: string): Promise<Policies> {
  const answer = await reader.read(iam.listAttachedRolePolicies, { name: [roleName] })
  if (!answer.known) return reader.source === 'folder' ? recordedVersions(reader, answer) : answer
  const arns = answer.value.flatMap((one) => fieldsOf(one.AttachedPolicies, 'PolicyArn'))
  return together(await Promise.all(arns.map((arn) => readManaged(reader, arn))))
}

async function readManaged(reader: Reader, arn: string): Promise<Policies> {
  const policy = await reader.read(iam.getPolicy, { id: [arn] })
  const version = policy.known ? idOf(at(policy.value[0], 'Policy', 'DefaultVersionId')) : null
  if (version === null && reader.source === 'aws') return policy.known ? garbled() : policy
  const name = lastPart(arn)
  // A recording may hold the one version that counts, and nothing that says which.
  const query = { id: [arn], name: [name], ...(version === null ? {} : { attribute: [version] }) }
  const named = await reader.read(iam.getPolicyVersion, query)
  const answer = named.known || reader.source === 'aws' ? named : await onlyVersion(reader, named)
  return translate(answer, iam.getPolicyVersion.permission, toManagedPolicy(name))
}

/** Where a folder holds a single version, no name is needed to know whose it is. */
async function onlyVersion(reader: Reader, missing: RawAnswer): Promise<RawAnswer> {
  const all = await reader.read(iam.getPolicyVersion)
  return all.known && all.value.length === 1 ? all : missing
}

async function readInline(reader: Reader, roleName: string): Promise<Policies> {
  const answer = await reader.read(iam.listRolePolicies, { name: [roleName] })
  if (!answer.known) return reader.source === 'folder' ? recordedInline(reader, roleName) : answer
  const names = answer.value.flatMap((one) => texts(one.PolicyNames))
  const documents = await Promise.all(
    names.map(async (name) => {
      const document = await reader.read(iam.getRolePolicy, { name: [roleName], id: [name] })
      return translate(document, iam.getRolePolicy.permission, toInlinePolicy)
    }),
  )
  return together(documents)
}

/** A folder that lists no policies, and holds some: those are the role's. */
async function recordedVersions(reader: Reader, missing: Answer<unknown>): Promise<Policies> {
  const versions = await reader.read(iam.getPolicyVersion)
  if (!versions.known) return missing.known ? garbled() : missing
  return known(versions.value.filter(isLoose).flatMap((one) => toManagedPolicy('')(one) ?? []))
}

/** The same of inline policies; a role need not have one. */
async function recordedInline(reader: Reader, roleName: string): Promise<Answer<readonly RolePolicy[]>> {
  const answer = await reader.read(iam.getRolePolicy, { name: [roleName] })
  if (!answer.known) return known([])
  return known((answer.value as readonly unknown[]).filter(isLoose).flatMap((one) => toInlinePolicy(one) ?? []))
}

function garbled() {
  return unread('garbled', iam.getPolicy.permission)
}
