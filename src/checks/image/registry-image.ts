/** What the checks of images say of registries outside ECR, which are asked only where the user wants it. */
import { cannotSee, type Unseen } from '../../domain/check.ts'
import type { ImageFact } from '../../domain/image.ts'
import { isInvalidImage, parseImageReference } from '../../domain/image-reference.ts'
import type { Reason } from '../../domain/path.ts'

/** As the image names it, with its port: `ghcr.io`, `registry.example:5000`. */
export function registryHost(image: string): string {
  const reference = parseImageReference(image)
  if (isInvalidImage(reference)) return ''
  return reference.port === null ? reference.host : `${reference.host}:${reference.port}`
}

/** Nothing where the registry said whether it has the image. It never decides: the task may see what this machine does not. */
export function registryUnseen({ image, registry }: ImageFact): readonly Unseen[] {
  const host = registryHost(image)
  const detail = registry !== undefined && registry !== null && 'detail' in registry ? registry.detail : ''
  const reason: Reason = ['registry-did-not-say', image, registry?.is ?? 'not-asked', detail]
  const unseen = (en: string, ko: string) => [cannotSee(reason, { en, ko })]
  switch (registry?.is) {
    case 'there':
    case 'missing':
      return []
    case undefined:
      return unseen(
        `${host} was not asked whether it has ${image}: the input registry-check asks it.`,
        `이미지가 있는지 레지스트리에 확인하지 않았습니다: ${image} (레지스트리 ${host}, 확인하는 입력: registry-check)`,
      )
    case 'not-public':
      return unseen(
        `${host} was not asked whether it has ${image}: containers pull it with repositoryCredentials, and registry-check asks without any.`,
        `repositoryCredentials 값으로 가져오는 이미지이므로, 자격 증명 없이 묻는 registry-check 입력으로는 확인하지 않았습니다: ${image} (레지스트리 ${host})`,
      )
    case 'closed':
      return unseen(
        `${host} does not say without an account whether it has ${image}.`,
        `레지스트리가 계정 없이는 이미지가 있는지 알려 주지 않습니다: ${image} (레지스트리 ${host})`,
      )
    case 'rate-limited':
      return unseen(
        `${host} takes no more questions from this machine for now, and did not say whether it has ${image}.`,
        `레지스트리의 요청 한도를 넘어 이미지가 있는지 확인하지 못했습니다: ${image} (레지스트리 ${host})`,
      )
    case 'unreachable':
      return unseen(
        `${host} did not answer this machine (${registry.detail}): whether it has ${image} is not known.`,
        `이 컴퓨터에서 레지스트리의 응답을 받지 못해 이미지가 있는지 알 수 없습니다: ${image} (레지스트리 ${host}, 이유: ${registry.detail})`,
      )
    case 'garbled':
      return unseen(
        `The answer of ${host} could not be understood (${registry.detail}): whether it has ${image} is not known.`,
        `레지스트리의 응답을 해석할 수 없어 이미지가 있는지 알 수 없습니다: ${image} (레지스트리 ${host}, 이유: ${registry.detail})`,
      )
  }
}
