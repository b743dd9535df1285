/** Reads the roles of a start and what lets them: the simulation first, the policies where it leaves something open. */

import { known, listed, mapped, unread } from '../../../domain/answer.ts'
import { distinctBy, distinctRecords, grouped } from '../../../domain/collections.ts'
import { type NamedResources, namedResources, type Place, type Start } from '../../../domain/named-resources.ts'
import type {
  CustomerKey,
  InstanceRole,
  RepositoryAccess,
  RoleFacts,
  RoleRecord,
  SecretKey,
} from '../../../domain/role.ts'
import type { Compute, Service } from '../../../domain/service.ts'
import { execNeeds } from '../../../iam/exec-needs.ts'
import { infrastructureRoles } from '../../../iam/infrastructure-roles.ts'
import { mountNeeds } from '../../../iam/mount-needs.ts'
import type { Organization } from '../../../iam/policy/organization.ts'
import { judgeIdentity } from '../../../iam/role-identity.ts'
import { type RoleNeed, roleNeeds } from '../../../iam/role-needs.ts'
import { cacheRuleOf } from '../../../task-start/images/pull-through-cache.ts'
import * as ecr from '../../calls/ecr.ts'
import * as iam from '../../calls/iam.ts'
import * as kms from '../../calls/kms.ts'
import { describeSecret } from '../../calls/secretsmanager.ts'
import { describeParameters } from '../../calls/ssm.ts'
import { customerKey, toKeyState, toPullThroughRule, toRole, toSimulatedCalls, toTags } from '../../facts/role.ts'
import { lastPart } from '../../facts/service.ts'
import { at, isLoose, listAt, type RawAnswer, text, translate, translateOne } from '../../facts/shape.ts'
import type { Reader } from '../../reader/reader.ts'
import { elsewhere } from '../reading.ts'
import { readOrganization } from './organization.ts'
import { readPolicies } from './role-policies.ts'

export interface RoleQuestion extends Start {
  readonly service: Service | null
  readonly place: Place
  readonly compute: Pick<Compute, 'capacityProviders' | 'executeCommand'>
  /** The container instances, as soon as they are known; none on Fargate. */
  readonly instances: Promise<Compute['instances']>
}

const NOTHING_KNOWN = { keys: [], pullThroughRules: known([]), repositories: [], customerKeys: [] }

/** At most four rounds for a role: role and simulation, late needs and policies, their documents, their versions. */
export async function readRoles(reader: Reader, question: RoleQuestion): Promise<RoleFacts> {
  const { service, compute, place } = question
  const { executionRoleArn, taskRoleArn } = question.taskDefinition
  const resources = readResources(reader, question)
  const organization = resources.then((found) => readOrganization(reader, 'resource', policiesOf(found)))
  const reading = { ...question, reader, resources, organization }
  const ofTask = [...execNeeds(service, compute, place), ...mountNeeds(question.taskDefinition, place)]
  const [execution, task, infrastructure, managed, instances, read] = await Promise.all([
    executionRoleArn === null ? null : readRecord(reading, executionRoleArn, true),
    taskRoleArn === null ? null : readRecord(reading, taskRoleArn, ofTask.length > 0, ofTask),
    Promise.all(
      infrastructureRoles(service, listed(compute.capacityProviders), place).map(({ arn, needs }) =>
        readRecord(reading, arn, needs.length > 0, needs),
      ),
    ),
    readManagedInstances(reading),
    readInstanceRoles(reading),
    resources,
    organization,
  ])
  return { execution, task, infrastructure, ...managed, instances, ...read }
}

interface RoleReading extends RoleQuestion {
  readonly reader: Reader
  /** Already under way. */
  readonly resources: Promise<Resources>
  /** The same, where a policy of a resource asks for it. */
  readonly organization: Promise<Organization>
}

type Resources = Pick<RoleFacts, 'keys' | 'pullThroughRules' | 'repositories' | 'customerKeys' | 'registries'>

/** `needs`: those of the role; of a start unless given, where late ones come from what was read of its resources. */
async function readRecord(
  reading: RoleReading,
  arn: string,
  withPolicies: boolean,
  needs?: readonly RoleNeed[],
): Promise<RoleRecord> {
  const { reader, place } = reading
  if (place.accountId !== null && arn.split(':')[4] !== place.accountId) return foreignRole(arn)
  const early = needs ?? roleNeeds(reading, place, NOTHING_KNOWN)
  const [role, simulated, resources] = await Promise.all([
    readRole(reader, arn),
    simulate(reader, arn, early),
    needs === undefined ? reading.resources : null,
  ])
  const late = (resources === null ? [] : roleNeeds(reading, place, resources)).filter(
    (need) => !early.some((one) => one.action === need.action && one.resource === need.resource),
  )
  const boundaryArn = role.known ? role.value.boundaryArn : null
  const start = { arn, role, policies: unread('unasked', iam.listAttachedRolePolicies.permission) }
  const boundary = role.known && boundaryArn === null ? known(null) : unread('unasked', iam.getPolicy.permission)
  const before: RoleRecord = { ...start, simulation: simulated, boundary }
  const settled = early.every((need) => judgeIdentity(before, need).decision !== 'unknown')
  const wanted = role.known || role.because !== 'not-found'
  const [more, organization, policies] = await Promise.all([
    simulate(reader, arn, late),
    organizationOf(reading, role),
    wanted && withPolicies && (!settled || reader.source === 'folder')
      ? readPolicies(reader, lastPart(arn), boundaryArn)
      : null,
  ])
  const simulation = simulated.known && more.known ? known([...simulated.value, ...more.value]) : simulated
  return {
    ...before,
    simulation,
    organization,
    ...(policies === null ? {} : { ...policies, boundary: policies.boundary ?? boundary }),
  }
}

/** Asked in the round after the policies: of a resource, or of the trust of the role itself. */
async function organizationOf({ reader, organization }: RoleReading, role: RoleRecord['role']): Promise<Organization> {
  const ofTrust = await readOrganization(reader, 'trust', role.known ? [role.value.trust] : [])
  return ofTrust ?? organization
}

function policiesOf({ repositories, registries = [], customerKeys }: Resources): readonly string[] {
  return [...repositories, ...registries, ...customerKeys].flatMap(({ policy }) =>
    policy.known ? (policy.value ?? []) : [],
  )
}

export async function readRole(reader: Reader, arn: string): Promise<RoleRecord['role']> {
  return translateOne(await reader.read(iam.getRole, { id: [lastPart(arn)] }), iam.getRole.permission, toRole)
}

/**
 * One request for each kind of resource: IAM refuses actions that require different authorization information in one.
 * What one of them leaves out is not known, and the others hold.
 */
async function simulate(reader: Reader, arn: string, needs: readonly RoleNeed[]): Promise<RoleRecord['simulation']> {
  const call = iam.simulatePrincipalPolicy
  if (needs.length === 0) return unread('unasked', call.permission)
  const answers = await Promise.all(
    [...grouped(needs, kindOf).values()].map(async (group) => {
      const resources = [...new Set(group.map(({ resource }) => resource))]
      const query = {
        id: [arn],
        name: [lastPart(arn)],
        action: [...new Set(group.map(({ action }) => action))],
        resource: resources,
        region: [group[0]?.region ?? ''],
      }
      const answer = await reader.read(call, query)
      const named = reader.source === 'folder' ? null : resources
      return mapped(answer, (all) => all.filter(isLoose).flatMap((one) => toSimulatedCalls(one, named)))
    }),
  )
  // A recording answers every request with all that it holds.
  const calls = distinctRecords(answers.flatMap(listed))
  const missing = answers.find((answer) => !answer.known)
  return missing !== undefined && calls.length === 0 ? missing : known(calls)
}

function kindOf({ action, resource, region }: RoleNeed): string {
  const [service] = action.split(':')
  // A creation is judged by the tags of the request, which a read does not have.
  if (/:Create(Repository|LogGroup)$/.test(action)) return `${action} ${region}`
  if (service === 's3') return `${service} ${resource.includes('/') ? 'object' : 'bucket'}`
  return `${service} ${resource === '*' ? '*' : 'arn'} ${region}`
}

/** Policies of resources, rules of the registry, and which keys encrypt: what the needs and the judgement rest on besides roles. */
async function readResources(reader: Reader, { place, ...start }: RoleQuestion): Promise<Resources> {
  const named = namedResources(start, place)
  const [repositories, { pullThroughRules, registries }, { keys, customerKeys }] = await Promise.all([
    Promise.all(named.repositories.map((one) => readRepository(reader, one))),
    readRegistries(reader, named, place),
    readKeys(reader, named, place, start.service),
  ])
  return {
    repositories,
    pullThroughRules,
    registries,
    keys,
    customerKeys,
  }
}

/**
 * The rules of the own registry, and its policy where a rule covers an image. ECR tells the policy to the registry's own account
 * alone: that of another one is known where somebody recorded it.
 */
async function readRegistries(
  reader: Reader,
  { repositories }: NamedResources,
  { accountId }: Place,
): Promise<Pick<Resources, 'pullThroughRules'> & Required<Pick<Resources, 'registries'>>> {
  const own = repositories.filter((one) => one.accountId === accountId && one.region === reader.region)
  const answer = own.length > 0 ? await reader.read(ecr.describePullThroughCacheRules) : known([])
  const pullThroughRules = translate(answer, ecr.describePullThroughCacheRules.permission, toPullThroughRule)
  const filled = own.filter(({ name }) => cacheRuleOf(listed(pullThroughRules), name) !== null)
  const foreign = reader.source === 'folder' ? repositories.filter((one) => one.accountId !== accountId) : []
  const wanted = distinctBy([...filled, ...foreign], (one) => `${one.accountId} ${one.region}`)
  const registries = await Promise.all(
    wanted.map(async ({ accountId: registry, region }) => {
      const policy = await reader.read(ecr.getRegistryPolicy, { registry: [registry], ...elsewhere(reader, region) })
      return { accountId: registry, region, policy: policyOf(policy) }
    }),
  )
  return { pullThroughRules, registries }
}

/** AWS says of a registry or a repository without a policy that the policy was not found. */
function policyOf(answer: RawAnswer): RepositoryAccess['policy'] {
  if (answer.known) return known(text(at(answer.value[0], 'policyText')))
  const none = answer.because === 'not-found' && !answer.detail.startsWith('RepositoryNotFound')
  return none ? known(null) : answer
}

async function readRepository(
  reader: Reader,
  repository: NamedResources['repositories'][number],
): Promise<RepositoryAccess> {
  const query = {
    registry: [repository.accountId],
    repository: [repository.name],
    ...elsewhere(reader, repository.region),
  }
  return { ...repository, policy: policyOf(await reader.read(ecr.getRepositoryPolicy, query)) }
}

type Keys = Pick<Resources, 'keys' | 'customerKeys'>

/** The key of each secret and parameter, and of each volume that ECS makes; then, in a round of their own, the keys themselves. */
async function readKeys(reader: Reader, named: NamedResources, place: Place, service: Service | null): Promise<Keys> {
  const keys = await readSecretKeys(reader, named, place)
  const volumes = service?.volumeConfigurations.flatMap(({ kmsKeyId }) => customerKey(kmsKeyId) ?? []) ?? []
  const ids = [
    ...keys.flatMap(({ keyId, region }) => (keyId.known && keyId.value !== null ? [{ id: keyId.value, region }] : [])),
    ...volumes.map((id) => ({ id, region: place.region })),
  ]
  const own = ids.filter(({ id }) => !id.startsWith('arn:') || id.split(':')[4] === place.accountId)
  const customerKeys = await Promise.all(
    distinctBy(own, ({ id, region }) => `${region} ${id}`).map((one) => readCustomerKey(reader, one)),
  )
  return { keys, customerKeys }
}

/** GetKeyPolicy takes no alias: what one leads to is asked first. */
async function readCustomerKey(
  reader: Reader,
  { id, region }: Pick<CustomerKey, 'id' | 'region'>,
): Promise<CustomerKey> {
  const there = elsewhere(reader, region)
  const described = reader.read(kms.describeKey, { id: [id], ...there })
  const key = described.then((answer) => translateOne(answer, kms.describeKey.permission, toKeyState))
  const policyOf = async (name: string): Promise<CustomerKey['policy']> => {
    const answer = await reader.read(kms.getKeyPolicy, { id: [name], name: [lastPart(name)], ...there })
    return translateOne(answer, kms.getKeyPolicy.permission, ({ Policy }) => text(Policy))
  }
  if (!/(^|:)alias\//.test(id)) {
    const [state, policy] = await Promise.all([key, policyOf(id)])
    return { id, region, key: state, policy }
  }
  const state = await key
  const policy = state.known ? await policyOf(state.value.arn) : unread('unasked', kms.getKeyPolicy.permission)
  return { id, region, key: state, policy }
}

function readSecretKeys(reader: Reader, { secrets }: NamedResources, place: Place): Promise<readonly SecretKey[]> {
  const own = secrets.filter(({ accountId }) => accountId === null || accountId === place.accountId)
  return Promise.all(
    secrets.map(async ({ id, service, region, accountId }): Promise<SecretKey> => {
      const secret = { id, service, region }
      if (service === 'secretsmanager') return { ...secret, ...(await keyOfSecret(reader, secret)) }
      // A parameter is looked for by its name, which another account's may have as well.
      const foreign = accountId !== null && accountId !== place.accountId
      if (foreign) return { ...secret, keyId: unread('unasked', describeParameters.permission) }
      const names = own.filter((one) => one.service === 'ssm' && one.region === region).map((one) => one.id)
      const answer = await reader.read(describeParameters, {
        name: [...new Set(names)],
        ...elsewhere(reader, secret.region),
      })
      const named = mapped(answer, (all) => all.find((one) => at(one, 'Name') === id))
      return { ...secret, keyId: mapped(named, (one) => customerKey(at(one, 'KeyId'))) }
    }),
  )
}

async function keyOfSecret(
  reader: Reader,
  secret: Pick<SecretKey, 'id' | 'region'>,
): Promise<Pick<SecretKey, 'keyId' | 'arn' | 'tags'>> {
  const answer = await reader.read(describeSecret, { id: [secret.id], ...elsewhere(reader, secret.region) })
  return {
    keyId: mapped(answer, ([one]) => customerKey(at(one, 'KmsKeyId'))),
    arn: answer.known ? text(at(answer.value[0], 'ARN')) : null,
    tags: answer.known ? toTags(at(answer.value[0], 'Tags')) : null,
  }
}

/** Each role once, however many instances have it. Their policies would take rounds that a start is not worth: simulation alone. */
async function readInstanceRoles(reading: RoleReading): Promise<RoleFacts['instances']> {
  const instances = await reading.instances
  if (!instances.known) return instances
  const profiles = instances.value.flatMap(({ profileArn, status }) => (status === 'ACTIVE' ? (profileArn ?? []) : []))
  return known(await readProfiles(reading, profiles))
}

/** Who pulls on them is not documented: only whether EC2 may assume the role is looked at. */
async function readManagedInstances(reading: RoleReading): Promise<Pick<RoleFacts, 'managedInstances'>> {
  const profiles = listed(reading.compute.capacityProviders).flatMap(
    ({ instanceProfileArn }) => instanceProfileArn ?? [],
  )
  return profiles.length === 0 ? {} : { managedInstances: await readProfiles(reading, profiles, []) }
}

function readProfiles(
  reading: RoleReading,
  profiles: readonly string[],
  needs?: readonly RoleNeed[],
): Promise<readonly InstanceRole[]> {
  const { reader } = reading
  return Promise.all(
    [...new Set(profiles)].map(async (profileArn): Promise<InstanceRole> => {
      const answer = await reader.read(iam.getInstanceProfile, { id: [lastPart(profileArn)] })
      if (!answer.known) return { profileArn, role: answer }
      const arn = text(listAt(answer.value[0], 'InstanceProfile', 'Roles')[0]?.['Arn'])
      if (arn === null) return { profileArn, role: unread('garbled', iam.getInstanceProfile.permission) }
      const withPolicies = needs === undefined && reader.source === 'folder'
      return { profileArn, role: known(await readRecord(reading, arn, withPolicies, needs)) }
    }),
  )
}

/** IAM answers for the caller's own account; a role of the same name in it would be another one. */
function foreignRole(arn: string): RoleRecord {
  const unasked = ({ permission }: { readonly permission: string }) =>
    unread('unasked', permission, 'a role of another account')
  return {
    arn,
    role: unasked(iam.getRole),
    simulation: unasked(iam.simulatePrincipalPolicy),
    policies: unasked(iam.listAttachedRolePolicies),
    boundary: unasked(iam.getPolicy),
  }
}
