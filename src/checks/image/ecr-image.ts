/** What the checks of images do alike: say which image could not be read, and name images of ECR for people and commands. */
import type { Unread } from '../../domain/answer.ts'
import { couldNotTell, type Unseen } from '../../domain/check.ts'
import type { EcrAnswers, ImageFact, RepositoryImages } from '../../domain/image.ts'
import { isInvalidImage, parseImageReference } from '../../domain/image-reference.ts'

export type EcrImageFact = ImageFact & { readonly ecr: EcrAnswers }

export function inEcr(images: readonly ImageFact[]): readonly EcrImageFact[] {
  return images.filter((one): one is EcrImageFact => one.ecr !== null)
}

/** The same words in every check, so that a report says it once. */
export function imageUnread(missing: Unread, image: string, matters: boolean): Unseen {
  return couldNotTell(missing, ['image-unread', image], { en: `the image ${image}`, ko: `이미지 ${image}` }, matters)
}

/** Nothing where the image was read, or where its repository is known not to be: then that is what is to be said. */
export function notRead({ image, ecr }: EcrImageFact): readonly Unseen[] {
  return ecr.found.known || isRepositoryMissing(ecr) ? [] : [imageUnread(ecr.found, image, true)]
}

/** The images that run now decide nothing about the next start. */
export function runningUnread(missing: Unread): Unseen {
  return couldNotTell(
    missing,
    ['running-images-unread'],
    { en: 'the images that run now', ko: '실행 중인 이미지' },
    false,
  )
}

/** An image that is there proves that its repository is. */
export function isRepositoryMissing({ repository, found }: EcrAnswers): boolean {
  return repository.known && repository.value === null && !(found.known && found.value !== null)
}

/** Another registry fills the repository, on the first pull: what is not there yet is not missing. */
export function isCache({ cacheRule }: EcrAnswers): boolean {
  return cacheRule.known && cacheRule.value !== null
}

export type Repository = Pick<RepositoryImages, 'accountId' | 'region' | 'name'>

/** As every change of a repository and every command of `aws ecr` names it. */
export function repositoryId({ accountId, region, name }: Repository) {
  return { registryId: accountId, repositoryName: name, region }
}

/** The tag or the digest that ECS asks for, as `aws ecr` takes it. */
export function imageIdOption(image: string): string {
  const reference = parseImageReference(image)
  if (isInvalidImage(reference)) return ''
  return reference.digest === null ? `imageTag=${reference.tag}` : `imageDigest=${reference.digest}`
}

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000).toLocaleString('en-US')} MB`
}

/** `2026-11-19`; a lifecycle policy counts days. */
export function day(milliseconds: number): string {
  const date = new Date(milliseconds)
  return Number.isNaN(date.getTime()) ? '?' : date.toISOString().slice(0, 10)
}
