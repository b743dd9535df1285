/** Is there such a repository, in the account and the Region that the image names? */
import { shellWord } from '../../changes/command-line.ts'
import { defineCheck } from '../../domain/check.ts'
import { distinct, grouped } from '../../domain/collections.ts'
import type { EcrAnswers } from '../../domain/image.ts'
import { type EcrImageFact, imageUnread, inEcr, isCache, isRepositoryMissing, repositoryId } from './ecr-image.ts'

interface Details {
  readonly repository: Pick<EcrAnswers['repositoryImages'], 'accountId' | 'region' | 'name'>
  readonly images: readonly string[]
  readonly containers: readonly string[]
  /** Of the service. */
  readonly region: string
}

export default defineCheck<Details, 'images' | 'network'>({
  id: 'image-repository-not-found',
  step: 'image',
  severity: 'blocker',
  needs: ['images', 'network'],
  permissions: ['ecr:DescribeRepositories', 'ecr:DescribePullThroughCacheRules'],

  title: { en: 'The repository does not exist', ko: '리포지토리가 존재하지 않습니다' },
  why: {
    en: 'The account and the Region are part of the image name, and ECR looks nowhere else. Every task stops with CannotPullContainerError: name unknown.',
    ko: '계정과 리전은 이미지 이름의 일부이며 ECR은 다른 곳을 찾아보지 않습니다. 모든 태스크가 CannotPullContainerError(name unknown)로 중지됩니다.',
  },

  evaluate: ({ images, network }) => {
    const own = inEcr(images.images)
    const missing = own.filter(({ ecr }) => isRepositoryMissing(ecr) && !isCache(ecr))
    const unread = own.flatMap(({ image, ecr: { repository, found } }) =>
      repository.known || found.known ? [] : [imageUnread(found, image, true)],
    )
    return [...[...grouped(missing, uriOf)].map(([uri, members]) => found(uri, members, network.region)), ...unread]
  },

  explain: ({ repository: { accountId, region: place, name }, images, containers, region }) => ({
    en: `Account ${accountId} has no repository ${name} in ${place}, from which ${containers.join(', ')} would be pulled: ${images.join(', ')}.${place === region ? '' : ` The service is in ${region}.`}`,
    ko: `리포지토리가 없습니다: ${name} (계정 ${accountId}, 리전 ${place}). 이 리포지토리의 이미지를 쓰는 컨테이너: ${containers.join(', ')}, 이미지: ${images.join(', ')}${place === region ? '' : ` (서비스의 리전: ${region})`}`,
  }),

  remedy: ({ repository, images }) => ({
    changes: [{ kind: 'create-repository', ...repositoryId(repository) }],
    after: [
      {
        en: 'Or, where the name is a slip, correct account, Region or repository in the image of the task definition.',
        ko: '이름이 잘못된 경우에는 태스크 정의의 이미지에서 계정, 리전 또는 리포지토리를 바로잡습니다.',
      },
    ],
    commands: images.filter((image) => !image.includes('@')).map((image) => `docker push ${shellWord(image)}`),
  }),
})

function uriOf({ ecr: { repositoryImages } }: EcrImageFact): string {
  const { accountId, region, name } = repositoryImages
  return `${accountId}/${region}/${name}`
}

function found(uri: string, members: readonly EcrImageFact[], region: string) {
  const { accountId, region: place, name } = (members[0] as EcrImageFact).ecr.repositoryImages
  const rulesUnread = members.some(({ ecr }) => !ecr.cacheRule.known)
  return {
    subject: name,
    evidence: [
      { en: `ECR, ${uri}: no such repository`, ko: `ECR, ${uri}: 리포지토리가 없습니다.` },
      ...(rulesUnread
        ? [
            {
              en: 'pull-through cache rules, which could create it, could not be read',
              ko: '리포지토리를 만들 수 있는 풀스루 캐시 규칙은 읽을 수 없었습니다.',
            },
          ]
        : []),
    ],
    details: {
      repository: { accountId, region: place, name },
      images: members.map(({ image }) => image),
      containers: distinct(members.flatMap(({ containers }) => containers)),
      region,
    },
  }
}
