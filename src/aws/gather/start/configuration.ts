/** Reads what a start and a deployment need beside network, roles and images, in two rounds of calls. */

import { type Answer, known, mapped, unread } from '../../../domain/answer.ts'
import { distinctBy } from '../../../domain/collections.ts'
import type {
  ConfigurationFacts,
  LogGroupRecord,
  ParameterRecord,
  SecretRecord,
} from '../../../domain/configuration.ts'
import { logGroupOf, partsOf, type Start } from '../../../domain/named-resources.ts'
import type { Service, TaskDefinition } from '../../../domain/service.ts'
import { regionOfArn } from '../../../domain/value-from.ts'
import type { Place } from '../../../iam/role-needs.ts'
import { isPublicParameter, type SecretUse, secretUses } from '../../../task-start/secrets/secret-users.ts'
import { describeServices } from '../../calls/ecs.ts'
import { getFunctionConfiguration } from '../../calls/lambda.ts'
import { describeLogGroups } from '../../calls/logs.ts'
import { describeSecret } from '../../calls/secretsmanager.ts'
import { describeParameters } from '../../calls/ssm.ts'
import { toRolloutState, toSecret } from '../../facts/configuration.ts'
import { at, type RawAnswer, text, translateOne } from '../../facts/shape.ts'
import type { Reader } from '../../reader/reader.ts'
import { elsewhere } from '../reading.ts'
import type { Volumes } from './file-systems.ts'
import { readLimits } from './limits.ts'
import { readBalancing } from './load-balancing.ts'
import { readRegistrations } from './registrations.ts'
import { type LookIntoSecret, readSecretKeys } from './secret-keys.ts'

export interface ConfigurationQuestion {
  readonly service: Service | null
  /** Cluster and service as AWS was asked for them, so that the same question is not sent a second time. */
  readonly name: { readonly cluster: string; readonly service: string | null }
  readonly taskDefinition: TaskDefinition
  readonly place: Place
  /** Names of what places the tasks, be it the service's own strategy or the cluster's. */
  readonly providers: readonly string[]
  /** Under way, beside the rounds of the network. */
  readonly volumes: Promise<Volumes>
  /** Absent where the user did not want values of secrets to be read. */
  readonly lookIntoSecret?: LookIntoSecret | undefined
}

export async function readConfiguration(reader: Reader, question: ConfigurationQuestion): Promise<ConfigurationFacts> {
  const { service, place, lookIntoSecret } = question
  const [rollout, named, balancing, registrations, volumes, limits, keys, hooks] = await Promise.all([
    readRollout(reader, question),
    readNamed(reader, question, place),
    readBalancing(reader, service),
    readRegistrations(reader, service),
    question.volumes,
    readLimits(reader, service, question.providers),
    lookIntoSecret === undefined ? {} : readSecretKeys(lookIntoSecret, question, place.region),
    readHookFunctions(reader, service),
  ])
  return {
    rollout,
    ...named,
    ...balancing,
    ...registrations,
    ...volumes,
    ...limits,
    ...keys,
    ...hooks,
  }
}

/** What the containers of a task definition name beside images and roles. */
export async function readNamed(
  reader: Reader,
  start: Start,
  place: Place,
): Promise<Pick<ConfigurationFacts, 'logGroups' | 'secrets' | 'parameters'>> {
  const uses = secretUses(start, place.region)
  const [logGroups, secrets, parameters] = await Promise.all([
    readLogGroups(reader, start),
    Promise.all(once(uses, 'secretsmanager').map((one) => readSecret(reader, one))),
    readParameters(reader, once(uses, 'ssm'), place),
  ])
  return { logGroups, secrets, parameters }
}

async function readHookFunctions(
  reader: Reader,
  service: Service | null,
): Promise<Pick<ConfigurationFacts, 'hookFunctions'>> {
  const hooks = service?.deploymentConfiguration.lifecycleHooks ?? []
  const arns = [...new Set(hooks.flatMap(({ hookTargetArn }) => hookTargetArn ?? []))]
  if (arns.length === 0) return {}
  const hookFunctions = await Promise.all(
    arns.map(async (arn) => {
      const answer = await reader.read(getFunctionConfiguration, {
        id: [arn],
        ...elsewhere(reader, regionOfArn(arn, reader.region)),
      })
      // What the answer says nothing of is there all the same.
      return { arn, state: mapped(answer, ([one]) => text(at(one, 'State')) ?? 'Active') }
    }),
  )
  return { hookFunctions }
}

/** Each secret or parameter once, in the order in which the containers name them. */
function once(uses: readonly SecretUse[], service: SecretUse['service']): readonly SecretUse[] {
  const own = uses.filter((use) => use.service === service)
  return distinctBy(own, (use) => `${use.region} ${use.accountId} ${use.id}`)
}

/** The answer that named the service, once more: what it says of deployments is nobody else's. */
async function readRollout(
  reader: Reader,
  { service, name }: ConfigurationQuestion,
): Promise<ConfigurationFacts['rollout']> {
  const { permission } = describeServices
  if (service === null) return unread('unasked', permission)
  const live = reader.source === 'aws' && name.service !== null
  const query = live
    ? { cluster: [name.cluster], service: [name.service ?? ''] }
    : { cluster: [service.clusterArn], service: [service.arn] }
  return translateOne(await reader.read(describeServices, query), permission, toRolloutState)
}

function readLogGroups(reader: Reader, start: Start): Promise<readonly LogGroupRecord[]> {
  const named = partsOf(start).flatMap((part) => logGroupOf(part, reader.region) ?? [])
  const groups = distinctBy(named, (one) => `${one.region} ${one.name}`)
  return Promise.all(
    groups.map(async ({ create: _, ...group }) => {
      const answer = await reader.read(describeLogGroups, { name: [group.name], ...elsewhere(reader, group.region) })
      return { ...group, exists: holds(reader, group, answer, { name: 'logGroupName', arn: 'arn' }) }
    }),
  )
}

async function readSecret(reader: Reader, { id, region }: SecretUse): Promise<SecretRecord> {
  const answer = await reader.read(describeSecret, { id: [id], ...elsewhere(reader, region) })
  return { id, region, secret: translateOne(answer, describeSecret.permission, toSecret) }
}

/** All of a Region in one request. Those of another account or of AWS are in no list of ours. */
async function readParameters(
  reader: Reader,
  uses: readonly SecretUse[],
  place: Place,
): Promise<readonly ParameterRecord[]> {
  const { permission } = describeParameters
  const listed = (use: SecretUse) => !isPublicParameter(use.id) && !isForeign(use, place)
  const regions = [...new Set(uses.map(({ region }) => region))]
  const answers = await Promise.all(
    regions.map(async (region) => {
      const own = uses.filter((use) => use.region === region)
      const names = [...new Set(own.filter(listed).map(({ id }) => id))]
      const answer = await reader.read(describeParameters, { name: names, ...elsewhere(reader, region) })
      return own.map((use): ParameterRecord => {
        const { id: name } = use
        const exists = listed(use)
          ? holds(reader, { name, region }, answer, { name: 'Name', arn: 'ARN' })
          : unread('unasked', permission, isPublicParameter(name) ? 'a parameter of AWS' : `account ${use.accountId}`)
        return { name, region, exists }
      })
    }),
  )
  return answers.flat()
}

function isForeign({ accountId }: SecretUse, place: Place): boolean {
  return accountId !== null && place.accountId !== null && accountId !== place.accountId
}

/** A recording that holds nothing of another Region has not looked there. */
function holds(
  reader: Reader,
  { name, region }: { readonly name: string; readonly region: string },
  answer: RawAnswer,
  members: { readonly name: string; readonly arn: string },
): Answer<boolean> {
  if (!answer.known) return answer
  const there = answer.value.some(
    (one) => at(one, members.name) === name && inRegion(text(at(one, members.arn)), region),
  )
  if (there || reader.source === 'aws' || region === reader.region) return known(there)
  return unread('absent', '', `${region}: ${name}`)
}

function inRegion(arn: string | null, region: string): boolean {
  return arn === null || arn.split(':')[3] === region
}
