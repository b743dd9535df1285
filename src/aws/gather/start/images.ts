/** Reads what ECR has under each image of a task definition, and of the images that run now: two rounds of calls. */

import { type Answer, known, listed, type Unread, unread } from '../../../domain/answer.ts'
import type { RollbackTarget } from '../../../domain/configuration.ts'
import type { EcrAnswers, ImageFact, ImageFacts, Platform, RegistryFact, RunningImage } from '../../../domain/image.ts'
import { type ImageReference, isInvalidImage, parseImageReference } from '../../../domain/image-reference.ts'
import type { RunningTask, ServiceRevision, TaskDefinition } from '../../../domain/service.ts'
import { mayBeTooLarge } from '../../../task-start/fargate-storage.ts'
import { offers, wantedPlatform } from '../../../task-start/images/image-platform.ts'
import { batchGetImage } from '../../calls/ecr.ts'
import { configDigestIn, type Manifest, manifestFor, manifestsIn, platformsIn } from '../../facts/images.ts'
import type { Reader } from '../../reader/reader.ts'
import {
  beyondReach,
  lookUp,
  type Repository,
  readCacheRule,
  readManifest,
  readRepository,
  readRepositoryImages,
} from './ecr-repository.ts'

export interface ImagesQuestion {
  readonly taskDefinition: TaskDefinition
  readonly tasks: Promise<Answer<readonly RunningTask[]>>
  readonly revisions: Answer<readonly ServiceRevision[]>
  /** Who asks; null where that is not known. */
  readonly accountId: string | null
  /** How registries outside ECR are asked; absent where the user did not want them asked. */
  readonly askRegistry?: AskRegistry | undefined
  /** Absent where the user did not want configurations of images to be read. */
  readonly readConfig?: ReadImageConfig | undefined
}

/** Asks one registry without an account. `index`: the image index, where the image has one and it could be had. */
export type AskRegistry = (reference: ImageReference) => Promise<RegistryReply>
/** The platform that the configuration of an image names, which is the blob of that digest. Nothing else of it is kept. */
export type ReadImageConfig = (repository: Repository, configDigest: string) => Promise<Answer<Platform>>
export type RegistryReply =
  | { readonly is: 'there'; readonly digest: string | null; readonly mediaType: string; readonly index?: string }
  | Exclude<RegistryFact, { readonly is: 'there' }>

/** Every part is an answer of its own, so that a call that is denied hides nothing else. */
export async function readImages(reader: Reader, question: ImagesQuestion): Promise<ImageFacts> {
  const { taskDefinition, tasks, revisions } = question
  const [images, running] = await Promise.all([
    Promise.all(namedImages(taskDefinition).map((one) => readImage(reader, one, question))),
    tasks.then((answer) => (answer.known ? readAllRunning(reader, answer.value, revisions) : answer)),
  ])
  return { images, running, ...(revisions.known ? {} : { unresolved: revisions }) }
}

async function readAllRunning(
  reader: Reader,
  tasks: readonly RunningTask[],
  revisions: ImagesQuestion['revisions'],
): Promise<ImageFacts['running']> {
  return known(await Promise.all(runningImages(tasks, listed(revisions)).map((one) => readRunning(reader, one))))
}

interface Target {
  readonly reference: ImageReference
  /** Null for every other registry. */
  readonly repository: Repository | null
  /** Tag or digest. */
  readonly id: string
}

type Named = Pick<ImageFact, 'image' | 'containers'> & Target & { readonly withCredentials: boolean }

/** Each reference once. */
function namedImages({ containers }: TaskDefinition): readonly Named[] {
  const named = new Map<string, Named>()
  for (const { name, image, repositoryCredentials } of containers) {
    const target = targetOf(image)
    if (target === null) continue
    const before = named.get(image)
    const withCredentials = repositoryCredentials !== null || before?.withCredentials === true
    named.set(image, { image, containers: [...(before?.containers ?? []), name], ...target, withCredentials })
  }
  return [...named.values()]
}

/** Null for text that is no image reference. A digest wins over a tag, as it does when ECS pulls. */
function targetOf(image: string): Target | null {
  const reference = parseImageReference(image)
  if (isInvalidImage(reference)) return null
  const { ecr, repository: name, digest, tag } = reference
  const id = digest ?? tag ?? 'latest'
  return { reference, repository: ecr === null ? null : { accountId: ecr.accountId, region: ecr.region, name }, id }
}

async function readImage(
  reader: Reader,
  named: Named,
  { taskDefinition, accountId, askRegistry: ask, readConfig }: ImagesQuestion,
): Promise<ImageFact> {
  const { image, containers, repository, id } = named
  if (repository === null) {
    const answered = ask === undefined ? {} : { registry: await registryFact(named, ask) }
    return { image, containers, ecr: null, ...answered }
  }
  const beyond = await beyondReach(reader, repository)
  if (beyond !== null) return { image, containers, ecr: unanswered(repository, beyond) }
  const looked = { found: lookUp(reader, repository, id), cacheRule: readCacheRule(reader, repository, accountId) }
  const [described, found, cacheRule, repositoryImages, manifest] = await Promise.all([
    readRepository(reader, repository),
    looked.found,
    looked.cacheRule,
    readRepositoryImages(reader, repository),
    readManifest(reader, repository, id, looked),
  ])
  const platforms = manifest.known ? platformsOf(manifest.value) : manifest
  const index = manifest.known && manifest.value.is === 'there' ? manifest.value.text : null
  const pulledBytes = await readPulledBytes(reader, { repository, found, index, taskDefinition })
  const config = manifest.known && platforms.known && platforms.value === null ? configDigestOf(manifest.value) : null
  const manifests = index === null ? [] : manifestsIn(index)
  const read = readConfig === undefined || config === null ? null : await readConfig(repository, config)
  return {
    image,
    containers,
    ecr: {
      repository: described,
      found: manifest.known ? foundBy(manifest.value, found) : found,
      platforms,
      ...(read === null ? {} : { onePlatform: read }),
      ...(manifests.length === 0 ? {} : { manifests }),
      ...(pulledBytes === null ? {} : { pulledBytes }),
      cacheRule,
      repositoryImages,
    },
  }
}

interface LargeImage {
  readonly repository: Repository
  readonly found: EcrAnswers['found']
  readonly index: string | null
  readonly taskDefinition: TaskDefinition
}

/** Of an index ECR says how large its largest platform is: one request more where that may be too large for a task's disk. */
async function readPulledBytes(reader: Reader, large: LargeImage): Promise<number | null> {
  const { repository, found, index, taskDefinition } = large
  const bytes = found.known ? (found.value?.bytes ?? 0) : 0
  const wanted = wantedPlatform(taskDefinition, true)
  if (!mayBeTooLarge(bytes) || index === null || wanted === null) return null
  const digest = manifestFor(index, (platform) => offers([platform], wanted))
  const own = digest === null ? null : await lookUp(reader, repository, digest)
  return own?.known ? (own.value?.bytes ?? null) : null
}

/** What needs an account is not asked without one: the answer would say nothing of the task's pull. */
async function registryFact({ reference, withCredentials }: Named, ask: AskRegistry): Promise<RegistryFact> {
  if (withCredentials) return { is: 'not-public' }
  const reply = await ask(reference)
  if (reply.is !== 'there') return reply
  const { digest, mediaType, index } = reply
  const platforms = index === undefined ? undefined : platformsIn(index)
  const unlisted = /\.image\.index\.|\.manifest\.list\./.test(mediaType) || mediaType === '' ? 'unread' : 'one'
  return { is: 'there', digest, platforms: platforms ?? unlisted }
}

function unanswered(repository: Repository, missing: Unread): EcrAnswers {
  return {
    repository: missing,
    found: missing,
    platforms: missing,
    cacheRule: missing,
    repositoryImages: { ...repository, lifecycle: missing, all: missing },
  }
}

/** Who may pull from a repository may often not describe it: the manifest then shows that the image is there. */
function foundBy(manifest: Manifest, found: EcrAnswers['found']): EcrAnswers['found'] {
  if (manifest.is === 'missing') return known(null)
  if (found.known || manifest.is === 'unread' || manifest.digest === null) return found
  const { digest, tag } = manifest
  return known({ digest, tags: tag === null ? [] : [tag], bytes: null, pushedAt: null, pulledAt: null, status: null })
}

function configDigestOf(manifest: Manifest): string | null {
  return manifest.is === 'there' && manifest.text !== null ? configDigestIn(manifest.text) : null
}

function platformsOf(manifest: Manifest): EcrAnswers['platforms'] {
  if (manifest.is === 'missing') return unread('unasked', batchGetImage.permission)
  if (manifest.is === 'unread') return unread('garbled', batchGetImage.permission, manifest.detail)
  const platforms = manifest.text === null ? undefined : platformsIn(manifest.text)
  return platforms === undefined ? unread('garbled', batchGetImage.permission) : known(platforms)
}

type Running = Omit<RunningImage, 'found' | 'repositoryImages'> & { readonly repository: Repository }

/** AWS adds these to a task, from registries of its own that nobody else may describe (GuardDuty and ECS guides). */
const ADDED_BY_AWS = /^(aws-guardduty-agent|aws-gd-agent|ecs-service-connect)/

/** Each digest of a repository once. */
function runningImages(tasks: readonly RunningTask[], revisions: readonly ServiceRevision[]): readonly Running[] {
  const running = new Map<string, Running>()
  const resolved = revisions.map(({ containers }) => ({ containers, pullSeconds: null, runs: false }))
  for (const { containers = [], pullSeconds, runs } of [...tasks.map((one) => ({ ...one, runs: true })), ...resolved]) {
    for (const { name, image, digest } of containers) {
      const repository = targetOf(image)?.repository ?? null
      if (repository === null || digest === null || ADDED_BY_AWS.test(name)) continue
      const key = `${repository.accountId} ${repository.region} ${repository.name} ${digest}`
      const before = running.get(key)
      running.set(key, {
        image,
        digest,
        repository,
        containers: [...new Set([...(before?.containers ?? []), name])],
        runs: before?.runs ?? runs,
        pullSeconds: [...(before?.pullSeconds ?? []), ...(pullSeconds === null ? [] : [pullSeconds])],
      })
    }
  }
  return [...running.values()]
}

/** The images of a task definition of which nobody says what their tags led to. Nothing of them is asked but whether they are there. */
export async function readIdleImages(
  reader: Reader,
  taskDefinition: TaskDefinition,
  { tasks, revisions }: Pick<ImagesQuestion, 'tasks' | 'revisions'>,
): Promise<RollbackTarget['images']> {
  const resolved = runningImages(listed(await tasks), listed(revisions)).map(({ image }) => image)
  const idle = namedImages(taskDefinition).filter(({ image }) => !resolved.includes(image))
  const read = idle.map(async ({ image, containers, repository, id }) => {
    if (repository === null) return []
    const found = (await beyondReach(reader, repository)) ?? (await lookUp(reader, repository, id))
    return [{ image, containers, found }]
  })
  return (await Promise.all(read)).flat()
}

async function readRunning(reader: Reader, { repository, ...running }: Running): Promise<RunningImage> {
  const beyond = await beyondReach(reader, repository)
  if (beyond !== null) {
    return { ...running, found: beyond, repositoryImages: unanswered(repository, beyond).repositoryImages }
  }
  const [found, repositoryImages] = await Promise.all([
    lookUp(reader, repository, running.digest),
    readRepositoryImages(reader, repository),
  ])
  return { ...running, found, repositoryImages }
}
