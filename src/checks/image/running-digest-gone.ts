/** Has the repository still what the running tasks run? */
import { type CheckResults, couldNotTell, defineCheck } from '../../domain/check.ts'
import { type EcrImage, type ImageFact, isPullable, type RunningImage } from '../../domain/image.ts'
import type { Service, TaskDefinition } from '../../domain/service.ts'
import { newDeployment } from '../service/service-changes.ts'
import { imageUnread, inEcr, isRepositoryMissing, runningUnread } from './ecr-image.ts'

interface Details {
  readonly running: Pick<RunningImage, 'image' | 'digest' | 'containers' | 'runs' | 'repositoryImages'>
  readonly service: Service
  /** In the archive; else it is gone. */
  readonly isArchived: boolean
}

export default defineCheck<Details, 'service' | 'taskDefinition' | 'images'>({
  id: 'running-digest-gone',
  step: 'image',
  severity: 'warning',
  needs: ['service', 'taskDefinition', 'images'],
  permissions: ['ecr:DescribeImages', 'ecs:DescribeTasks', 'ecs:DescribeServiceRevisions'],

  title: { en: 'What runs now can no longer be pulled', ko: '실행 중인 이미지를 더 이상 가져올 수 없습니다' },
  why: {
    en: 'ECS resolves a tag once for each deployment, and starts every later task of it by the digest. With the digest deleted, archived or overwritten, scale-out and the replacement of a task fail, weeks after a deployment that went well.',
    ko: 'ECS는 배포마다 태그를 다이제스트로 한 번만 확인하고, 그 배포의 이후 태스크를 모두 그 다이제스트로 시작합니다. 다이제스트가 삭제되거나 아카이브되거나 덮어쓰이면 배포가 성공하고 몇 주가 지난 뒤에도 스케일 아웃과 태스크 교체가 실패합니다.',
  },

  evaluate: ({ service, taskDefinition, images: { images, running, unresolved } }) => [
    ...(running.known
      ? running.value
          .filter((one) => isPinned(one, taskDefinition) && !isToldAlready(one, images))
          .flatMap((one) => judge(one, service))
      : [runningUnread(running)]),
    ...(unresolved === undefined ? [] : [couldNotTell(unresolved, ['service-revisions'], RESOLVED, false)]),
  ],

  explain: ({ running: { image, digest, containers, runs, repositoryImages }, service: { name }, isArchived }) => ({
    en: `${runs ? 'Tasks' : 'The next tasks'} of ${name} ${runs ? 'run' : 'are to run'} ${digest} (${containers.join(', ')}: ${image}), which repository ${repositoryImages.name} ${isArchived ? 'has in its archive alone' : 'no longer has'}.`,
    ko: `${runs ? '실행 중인' : '다음에 시작될'} 태스크의 이미지를 리포지토리에서 가져올 수 없습니다(${isArchived ? '아카이브됨' : '없음'}): ${digest} (서비스 ${name}, 리포지토리 ${repositoryImages.name}, 컨테이너: ${containers.join(', ')}, 이미지: ${image})`,
  }),

  remedy: ({ running: { repositoryImages }, service }) => ({
    before: [
      {
        en: 'When nothing else is found, deploy anew, so that the tag is resolved again:',
        ko: '다른 문제가 없으면 태그를 다시 확인하도록 새로 배포합니다.',
      },
    ],
    changes: [newDeployment(service)],
    after: [
      {
        en: `ECR (Region ${repositoryImages.region}) → Private registry → Repositories → ${repositoryImages.name} → Lifecycle policy: keep what runs, and give each build a tag of its own, so that no push overwrites one in use.`,
        ko: `ECR(리전 ${repositoryImages.region}) → 프라이빗 레지스트리 → 리포지토리 → ${repositoryImages.name} → 수명 주기 정책에서 실행 중인 이미지가 유지되게 하고, 사용 중인 태그를 덮어쓰지 않도록 빌드마다 고유한 태그를 사용합니다.`,
      },
    ],
  }),
})

const RESOLVED = { en: 'the digests that ECS resolved for the service', ko: 'ECS가 서비스에 대해 확인한 다이제스트' }

/** Without version consistency every task resolves the tag for itself. ECS API Reference, ContainerDefinition. */
function isPinned({ containers }: RunningImage, taskDefinition: TaskDefinition): boolean {
  const free = taskDefinition.containers.filter(({ versionConsistency }) => versionConsistency === 'disabled')
  return containers.some((name) => !free.some((one) => one.name === name))
}

/** The very reference that runs is missing for the next start as well: one cause, told there. */
function isToldAlready({ image }: RunningImage, images: readonly ImageFact[]): boolean {
  return inEcr(images).some(
    (one) =>
      one.image === image && ((one.ecr.found.known && !isThere(one.ecr.found.value)) || isRepositoryMissing(one.ecr)),
  )
}

function isThere(found: EcrImage | null): boolean {
  return found !== null && isPullable(found.status)
}

function judge(one: RunningImage, service: Service): CheckResults<Details> {
  const { found, ...running } = one
  if (!found.known) return [imageUnread(found, `${one.image} (${one.digest})`, false)]
  if (isThere(found.value)) return []
  const { name, accountId, region } = one.repositoryImages
  const status = found.value?.status ?? null
  return [
    {
      subject: one.digest,
      image: one.image,
      evidence: [
        {
          en: `ECR, ${accountId}/${region}/${name}: ${status ?? 'no image'} ${one.digest}`,
          ko: `ECR, ${accountId}/${region}/${name}: ${status ?? '이미지 없음'} ${one.digest}`,
        },
      ],
      details: { running, service, isArchived: status !== null },
    },
  ]
}
