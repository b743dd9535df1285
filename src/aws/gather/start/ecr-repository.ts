/** Reads one repository of ECR's private registries, in the Region and account that an image names. Nothing here makes ECR import. */

import { type Answer, known, mapped, type Unread, unread } from '../../../domain/answer.ts'
import { type EcrAnswers, type EcrImage, isPullable, type RepositoryImages } from '../../../domain/image.ts'
import { partitionOf } from '../../../domain/partition.ts'
import { countsImages, lifecycleRules } from '../../../task-start/images/lifecycle-policy.ts'
import { cacheRuleOf } from '../../../task-start/images/pull-through-cache.ts'
import type { Query } from '../../calls/call.ts'
import * as ecr from '../../calls/ecr.ts'
import { type Manifest, manifestIn, toEcrImage, toEcrRepository } from '../../facts/images.ts'
import { toPullThroughRule } from '../../facts/role.ts'
import { at, isLoose, type RawAnswer, text, translate } from '../../facts/shape.ts'
import type { Reader } from '../../reader/reader.ts'
import { elsewhere } from '../reading.ts'

export type Repository = Pick<RepositoryImages, 'accountId' | 'region' | 'name'>

/**
 * Why nobody can be asked, or null where ECR can be. Credentials are good for one partition; and a recording does not keep Regions
 * apart, so that another Region's repository has to be in it by its ARN.
 */
export async function beyondReach(reader: Reader, repository: Repository): Promise<Unread | null> {
  const { permission } = ecr.describeImages
  const { region } = repository
  if (partitionOf(region).id !== partitionOf(reader.region).id)
    return unread('unasked', permission, `${region} is in another partition than ${reader.region}`)
  if (reader.source === 'aws' || region === reader.region) return null
  const described = await readRepository(reader, repository)
  return described.known && described.value !== null ? null : unread('absent', permission, `nothing of ${region}`)
}

/** Null: there is no such repository. */
export async function readRepository(reader: Reader, repository: Repository): Promise<EcrAnswers['repository']> {
  const call = ecr.describeRepositories
  const answer = await reader.read(call, { ...registryOf(reader, repository), repository: [repository.name] })
  return answer.known
    ? mapped(
        translate(known(answer.value.filter((one) => isOf(one, repository))), call.permission, toEcrRepository),
        ([own]) => own ?? null,
      )
    : answer
}

/** By tag or digest. Null: the repository does not have it, nor its archive. */
export async function lookUp(reader: Reader, repository: Repository, id: string): Promise<Answer<EcrImage | null>> {
  const query = { ...queryOf(reader, repository), id: [id] }
  const found = imageIn(await reader.read(ecr.describeImages, query), repository, id)
  if (reader.source === 'folder' || !found.known || found.value !== null) return found
  // What is archived, or on its way back, ECR may keep to itself unless asked for any status; the guide says that it does not.
  const inArchive = imageIn(await reader.read(ecr.describeImages, { ...query, status: ['ANY'] }), repository, id)
  return inArchive.known ? inArchive : found
}

function imageIn(answer: RawAnswer, repository: Repository, id: string): Answer<EcrImage | null> {
  return mapped(imagesOf(answer, repository), (all) => all.find((one) => isNamed(one, id)) ?? null)
}

export async function readCacheRule(
  reader: Reader,
  repository: Repository,
  accountId: string | null,
): Promise<EcrAnswers['cacheRule']> {
  const call = ecr.describePullThroughCacheRules
  const own = repository.accountId === accountId && repository.region === reader.region
  const answer = await reader.read(call, own ? {} : registryOf(reader, repository))
  return mapped(translate(answer, call.permission, toPullThroughRule), (all) => cacheRuleOf(all, repository.name))
}

export async function readRepositoryImages(reader: Reader, repository: Repository): Promise<RepositoryImages> {
  const answer = await reader.read(ecr.getLifecyclePolicy, queryOf(reader, repository))
  // AWS says of a repository without a policy that the policy was not found.
  const none = !answer.known && answer.because === 'not-found'
  const lifecycle = none ? known(null) : mapped(answer, ([one]) => text(at(one, 'lifecyclePolicyText')))
  const rules = lifecycle.known && lifecycle.value !== null ? lifecycleRules(lifecycle.value) : null
  const all =
    rules !== null && countsImages(rules)
      ? imagesOf(await reader.read(ecr.describeImages, queryOf(reader, repository)), repository)
      : unread('unasked', ecr.describeImages.permission)
  return { ...repository, lifecycle, all }
}

/**
 * By a tag that may not be there ECR would go and import it, where a pull-through cache rule says so: then it is asked by the digest
 * that is in the repository, or not at all. Where no rule covers the repository nobody has to wait for that digest.
 */
export async function readManifest(
  reader: Reader,
  repository: Repository,
  id: string,
  looked: { readonly found: Promise<EcrAnswers['found']>; readonly cacheRule: Promise<EcrAnswers['cacheRule']> },
): Promise<Answer<Manifest>> {
  const call = ecr.batchGetImage
  const ask = (name: string) => reader.read(call, { ...queryOf(reader, repository), id: [name] })
  const cacheRule = await looked.cacheRule
  const harmless = reader.source === 'aws' && cacheRule.known && cacheRule.value === null
  const [found, early] = await Promise.all([looked.found, harmless ? ask(id) : null])
  // An image in the archive cannot be pulled, and so has no manifest for anybody.
  if (found.known && !isPullable(found.value?.status ?? null)) return unread('unasked', call.permission)
  const digest = found.known ? found.value?.digest : undefined
  if (digest === undefined && (found.known || !(harmless || reader.source === 'folder')))
    return unread('unasked', call.permission)
  const answer = early ?? (await ask(digest ?? id))
  return mapped(answer, (all) =>
    manifestIn(all.filter(isLoose), repository.name, digest === undefined ? [id] : [digest, id]),
  )
}

function imagesOf(answer: RawAnswer, repository: Repository): Answer<readonly EcrImage[]> {
  if (!answer.known) return answer
  const own = answer.value.filter((one) => isOf(one, repository))
  return translate(known(own), ecr.describeImages.permission, toEcrImage)
}

function isNamed({ digest, tags }: EcrImage, id: string): boolean {
  return digest === id || tags.includes(id)
}

/** A recording may hold the answers of several repositories; a record that does not say whose it is belongs to the one asked. */
function isOf(record: unknown, { name, region }: Repository): boolean {
  const says = (value: unknown, own: string) => (value ?? own) === own
  const place = text(at(record, 'repositoryArn'))?.split(':')[3]
  return says(at(record, 'repositoryName'), name) && says(place, region)
}

function queryOf(reader: Reader, repository: Repository): Query {
  return { ...registryOf(reader, repository), repository: [repository.name] }
}

function registryOf(reader: Reader, { accountId, region }: Repository): Query {
  return { registry: [accountId], ...elsewhere(reader, region) }
}
