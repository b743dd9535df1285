/** Is the image much larger than the one that runs now? */
import { defineCheck, type Found, type Unseen } from '../../domain/check.ts'
import type { ImageFacts } from '../../domain/image.ts'
import { type Growth, growths } from '../../task-start/images/image-growth.ts'
import { awsCommand } from '../service/service-changes.ts'
import { imageUnread, inEcr, megabytes, notRead, type Repository, repositoryId, runningUnread } from './ecr-image.ts'

interface Details extends Growth {
  readonly repository: Repository
}

/** Compressed size: told from 100 MB and a fifth more on, a warning from 500 MB more and twice the size on. */
const TOLD = { bytes: 100_000_000, factor: 1.2 }
const WARNED = { bytes: 500_000_000, factor: 2 }

export default defineCheck<Details, 'images'>({
  id: 'image-grew',
  step: 'image',
  severity: 'advice',
  needs: ['images'],
  permissions: ['ecr:DescribeImages', 'ecs:DescribeTasks'],

  title: { en: 'The image grew much', ko: '이미지 크기가 크게 늘었습니다' },
  why: {
    en: 'Fargate pulls every layer anew for every task, so that each start and each scale-out waits for the growth. Told from 100 MB and 20 % more on; a warning from 500 MB more and twice the size on (compressed).',
    ko: 'Fargate는 태스크마다 모든 레이어를 새로 가져오므로 태스크 시작과 스케일 아웃이 그만큼 늦어집니다. 압축 크기가 100 MB 및 20% 이상 늘면 알리고, 500 MB 이상 늘고 두 배 이상이 되면 경고합니다.',
  },

  evaluate: ({ images }) => [
    ...growths(images.images, images.running.known ? images.running.value.filter(({ runs }) => runs) : []).flatMap(
      (one) => judge(one, images),
    ),
    ...unseen(images),
  ],

  explain: ({ image, before, after, pullSeconds, expectedPullSeconds }) => {
    const [from, to] = [megabytes(before.bytes), megabytes(after.bytes)]
    const pull = [pullSeconds, expectedPullSeconds].map((seconds) => Math.round(seconds ?? 0))
    return pullSeconds === null || expectedPullSeconds === null
      ? {
          en: `${image} has ${to} compressed; the image that runs now has ${from}.`,
          ko: `이미지의 압축 크기가 늘었습니다: ${from} → ${to} (${image})`,
        }
      : {
          en: `${image} has ${to} compressed; the image that runs now has ${from}. Pulls took ${pull[0]} seconds and may take ${pull[1]}.`,
          ko: `이미지의 압축 크기가 늘었습니다: ${from} → ${to} (${image}). 이미지 풀에 걸리는 시간은 다음과 같이 늘어날 수 있습니다: ${pull[0]}초 → ${pull[1]}초`,
        }
  },

  remedy: ({ image, before, after, repository }) => ({
    changes: [],
    after: [
      {
        en: 'If the growth is not meant, see what was added: a build stage left in, a cache, a base image. Then push a smaller image and deploy it.',
        ko: '의도하지 않은 증가라면 남겨진 빌드 단계, 캐시, 기본 이미지 등 추가된 내용을 확인하고 더 작은 이미지를 푸시해 배포합니다.',
      },
      {
        en: 'If it is meant, lazy loading (SOCI) lets Fargate start a large image before it is all there.',
        ko: '의도한 증가라면 지연 로딩(SOCI)을 사용해 이미지를 모두 받기 전에 Fargate 태스크를 시작할 수 있습니다.',
      },
    ],
    commands: [
      `docker history --human --no-trunc ${image}`,
      awsCommand('ecr', {
        kind: 'describe-images',
        ...repositoryId(repository),
        imageIds: [before, after].map(({ digest }) => `imageDigest=${digest}`),
        query: 'imageDetails[].[imageDigest,imageSizeInBytes]',
        output: 'table',
      }),
    ],
  }),
})

function judge(growth: Growth, { images }: ImageFacts): readonly Found<Details>[] {
  const { image, before, after } = growth
  const over = ({ bytes, factor }: typeof TOLD) =>
    after.bytes - before.bytes >= bytes && after.bytes >= before.bytes * factor
  const repository = inEcr(images).find((one) => one.image === image)?.ecr.repositoryImages
  if (!over(TOLD) || repository === undefined) return []
  return [
    {
      subject: image,
      severity: over(WARNED) ? 'warning' : 'advice',
      evidence: [
        { en: `now: ${before.digest}, ${before.bytes} bytes`, ko: `현재: ${before.digest}, ${before.bytes}바이트` },
        { en: `next: ${after.digest}, ${after.bytes} bytes`, ko: `다음: ${after.digest}, ${after.bytes}바이트` },
      ],
      details: { ...growth, repository },
    },
  ]
}

/** What runs now decides nothing about the next start. */
function unseen({ images, running }: ImageFacts): readonly Unseen[] {
  const missing = inEcr(images).flatMap(notRead)
  if (!running.known) return [...missing, runningUnread(running)]
  const gone = running.value.flatMap(({ image, found }) => (found.known ? [] : [imageUnread(found, image, false)]))
  return [...missing, ...gone]
}
