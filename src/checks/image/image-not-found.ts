/** Does the repository have the tag or the digest that the containers name? */
import { shellWord } from '../../changes/command-line.ts'
import type { Remedy } from '../../domain/change.ts'
import { type CheckResults, cannotSee, defineCheck, type Unseen } from '../../domain/check.ts'
import type { EcrImage, ImageFact } from '../../domain/image.ts'
import { awsCommand } from '../service/service-changes.ts'
import {
  day,
  type EcrImageFact,
  imageIdOption,
  inEcr,
  isCache,
  isRepositoryMissing,
  notRead,
  type Repository,
  repositoryId,
} from './ecr-image.ts'
import { registryHost, registryUnseen } from './registry-image.ts'

interface Details {
  readonly image: string
  readonly containers: readonly string[]
  /** `imageTag=1.8.2` or `imageDigest=sha256:…` */
  readonly id: string
  /** Null for a registry outside ECR. */
  readonly repository: Repository | null
}

/** So many of the tags that were pushed last are told. */
const RECENT = 5

export default defineCheck<Details, 'images'>({
  id: 'image-not-found',
  step: 'image',
  severity: 'blocker',
  needs: ['images'],
  permissions: ['ecr:DescribeImages', 'ecr:BatchGetImage', 'ecr:DescribePullThroughCacheRules'],

  title: { en: 'The image is not in the repository', ko: '이미지가 리포지토리에 없습니다' },
  why: {
    en: 'ECS asks the repository for this very tag or digest. Every task stops with CannotPullContainerError: not found, and with the circuit breaker on, the deployment fails while it resolves the digest.',
    ko: 'ECS는 리포지토리에 정확히 이 태그 또는 다이제스트를 요청합니다. 모든 태스크가 CannotPullContainerError(not found)로 중지되며, 배포 회로 차단기가 켜져 있으면 다이제스트를 확인하는 단계에서 배포가 실패합니다.',
  },

  evaluate: ({ images }) => [
    ...inEcr(images.images).flatMap(judge),
    ...images.images.filter(({ ecr }) => ecr === null).flatMap(judgeElsewhere),
  ],

  explain({ image, containers, id, repository }) {
    const users = containers.join(', ')
    if (repository === null) {
      return {
        en: `${registryHost(image)} says that it has no ${image}, which is needed by ${users}.`,
        ko: `레지스트리에 이미지가 없습니다: ${image} (레지스트리 ${registryHost(image)}). 이 이미지를 쓰는 컨테이너: ${users}`,
      }
    }
    const { accountId, region, name } = repository
    return {
      en: `Repository ${name} (account ${accountId}, ${region}) has no image with ${id}, which is needed by ${users}: ${image}.`,
      ko: `리포지토리에 이미지가 없습니다: ${id} (리포지토리 ${name}, 계정 ${accountId}, 리전 ${region}). 이 이미지를 쓰는 컨테이너: ${users}, 이미지: ${image}`,
    }
  },

  remedy: ({ image, id, repository }) =>
    repository === null ? otherTag(image) : otherTagOrPush(image, id, repository),
})

/** Which of the two is right, only who built the image knows: nothing is changed here. */
function otherTagOrPush(image: string, id: string, repository: Repository): Remedy {
  return {
    changes: [],
    after: [
      {
        en: `ECR (Region ${repository.region}) → Private registry → Repositories → ${repository.name}: see which tags there are, and push the missing image or name one that is there`,
        ko: `ECR(리전 ${repository.region}) → 프라이빗 레지스트리 → 리포지토리 → ${repository.name}에서 존재하는 태그를 확인하고, 없는 이미지를 푸시하거나 존재하는 태그를 지정합니다.`,
      },
    ],
    commands: [
      awsCommand('ecr', {
        kind: 'describe-images',
        ...repositoryId(repository),
        query: `sort_by(imageDetails,&imagePushedAt)[-${RECENT}:].[imageTags[0],imageDigest,imagePushedAt]`,
        output: 'table',
      }),
      ...(id.startsWith('imageTag=') ? [`docker push ${shellWord(image)}`] : []),
    ],
  }
}

/** A registry of somebody else may not take a push. */
function otherTag(image: string): Remedy {
  return {
    changes: [],
    after: [
      {
        en: `See on the pages of ${registryHost(image)} which tags there are, and name one of them in the task definition`,
        ko: `레지스트리 웹 페이지에서 존재하는 태그를 확인하고 태스크 정의에 지정합니다: ${registryHost(image)}`,
      },
    ],
    commands: [`docker buildx imagetools inspect ${shellWord(image)}`],
  }
}

/** Only a definite "not found" is one: everything else leaves it open. */
function judgeElsewhere(fact: ImageFact): CheckResults<Details> {
  const { image, containers, registry } = fact
  if (registry?.is !== 'missing') return registryUnseen(fact)
  const host = registryHost(image)
  return [
    {
      subject: image,
      evidence: [
        {
          en: `${host}, asked without an account from the machine that ran this check: no manifest ${image}`,
          ko: `점검을 실행한 컴퓨터에서 계정 없이 확인: ${host} 레지스트리에 ${image} 매니페스트가 없습니다.`,
        },
      ],
      details: { image, containers, id: imageIdOption(image), repository: null },
    },
  ]
}

function judge(fact: EcrImageFact): CheckResults<Details> {
  const { image, containers, ecr } = fact
  const { found, repositoryImages } = ecr
  if (isRepositoryMissing(ecr) && !isCache(ecr)) return []
  if (!found.known) return notRead(fact)
  if (found.value !== null) return []
  if (isCache(ecr)) return [upstream(image, ecr.cacheRule.known ? (ecr.cacheRule.value?.upstream ?? '') : '')]
  const { accountId, region, name } = repositoryImages
  const recent = repositoryImages.all.known ? recentTags(repositoryImages.all.value) : []
  return [
    {
      subject: image,
      evidence: [
        {
          en: `${name}: no image with ${imageIdOption(image)}`,
          ko: `${name}: ${imageIdOption(image)} 이미지가 없습니다.`,
        },
        ...recent.map((line) => ({ en: `pushed last: ${line}`, ko: `최근 푸시: ${line}` })),
      ],
      details: { image, containers, id: imageIdOption(image), repository: { accountId, region, name } },
    },
  ]
}

function recentTags(all: readonly EcrImage[]): readonly string[] {
  return all
    .filter(({ tags }) => tags.length > 0)
    .toSorted((a, b) => (b.pushedAt ?? 0) - (a.pushedAt ?? 0))
    .slice(0, RECENT)
    .map(({ tags, pushedAt }) => `${tags.join(', ')}${pushedAt === null ? '' : ` (${day(pushedAt)})`}`)
}

/** The first pull imports it: whether the other registry has it, ECR says only to who pulls. */
function upstream(image: string, from: string): Unseen {
  return cannotSee(['image-not-cached', image, from], {
    en: `${image} is not cached yet: whether ${from} has it shows at the first pull.`,
    ko: `아직 캐시되지 않은 이미지입니다: ${image}. 업스트림 레지스트리에 있는지는 처음 가져올 때 알 수 있습니다: ${from}`,
  })
}
