/** Is the image in the storage class that can be pulled from? */
import { type CheckResults, defineCheck } from '../../domain/check.ts'
import { isPullable } from '../../domain/image.ts'
import { awsCommand } from '../service/service-changes.ts'
import { type EcrImageFact, inEcr, notRead, type Repository, repositoryId } from './ecr-image.ts'

interface Details {
  readonly image: string
  readonly containers: readonly string[]
  readonly digest: string
  readonly status: string
  readonly repository: Repository
}

/** ECR API Reference, ImageDetail: `imageStatus`. */
const RESTORING = 'ACTIVATING'

export default defineCheck<Details, 'images'>({
  id: 'image-archived',
  step: 'image',
  severity: 'blocker',
  needs: ['images'],
  permissions: ['ecr:DescribeImages'],

  title: { en: 'The image is in the archive', ko: '이미지가 아카이브에 있습니다' },
  why: {
    en: 'ECR keeps an archived image, by hand or by a lifecycle policy, but lets nobody pull it. It has to be restored first, which takes minutes.',
    ko: '직접 또는 수명 주기 정책에 따라 아카이브된 이미지는 ECR에 남아 있지만 아무도 가져올 수 없습니다. 먼저 복원해야 하며 몇 분이 걸립니다.',
  },

  evaluate: ({ images }) => inEcr(images.images).flatMap(judge),

  explain: ({ image, containers, status }) =>
    status === RESTORING
      ? {
          en: `${image}, needed by ${containers.join(', ')}, is ${status}: it is being restored from the archive, and cannot be pulled before it is ACTIVE.`,
          ko: `아카이브에서 복원 중이며 ACTIVE 상태가 되어야 가져올 수 있는 이미지입니다: ${image} (상태 ${status}, 컨테이너: ${containers.join(', ')})`,
        }
      : {
          en: `${image}, needed by ${containers.join(', ')}, is ${status} and cannot be pulled.`,
          ko: `아카이브되어 가져올 수 없는 이미지입니다: ${image} (상태 ${status}, 컨테이너: ${containers.join(', ')})`,
        },

  /** Restoring it once more is no repair: all that is left to do is to wait. */
  remedy: ({ digest: imageDigest, status, repository }) =>
    status === RESTORING
      ? {
          changes: [],
          before: [
            {
              en: `Wait until the image is ACTIVE, some minutes from when its restoring began, and deploy then: ${imageDigest}`,
              ko: `복원이 시작된 뒤 몇 분 기다려 이미지가 ACTIVE 상태가 되면 배포합니다: ${imageDigest}`,
            },
          ],
          commands: [
            awsCommand('ecr', {
              kind: 'describe-images',
              ...repositoryId(repository),
              filter: { imageStatus: 'ANY' },
              imageIds: [`imageDigest=${imageDigest}`],
              query: 'imageDetails[].imageStatus',
            }),
          ],
        }
      : {
          changes: [
            {
              kind: 'update-image-storage-class',
              ...repositoryId(repository),
              imageId: { imageDigest },
              targetStorageClass: 'STANDARD',
            },
          ],
        },
})

function judge(fact: EcrImageFact): CheckResults<Details> {
  const { image, containers, ecr } = fact
  const { found, repositoryImages } = ecr
  if (!found.known) return notRead(fact)
  const { digest = '', status = null } = found.value ?? {}
  if (status === null || isPullable(status)) return []
  const { accountId, region, name } = repositoryImages
  return [
    {
      subject: image,
      evidence: [{ en: `${digest}: status ${status}`, ko: `${digest}: 상태 ${status}` }],
      details: { image, containers, digest, status, repository: { accountId, region, name } },
    },
  ]
}
