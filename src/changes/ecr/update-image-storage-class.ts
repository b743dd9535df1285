/** Brings an archived image back, within about 20 minutes. ECR API Reference, UpdateImageStorageClass. */
import type { ChangeDefinition } from '../change-kind.ts'
import { repositoryFlags } from '../configuration/configuration-facts.ts'

export const updateImageStorageClass: ChangeDefinition<'update-image-storage-class'> = {
  kind: 'update-image-storage-class',

  console: ({ repositoryName, region, imageId: { imageDigest } }) => [
    {
      en: `ECR (Region ${region}) → Private registry → Repositories → ${repositoryName} → select ${imageDigest} → Restore, and wait until it is active`,
      ko: `ECR(리전 ${region}) → 프라이빗 레지스트리 → 리포지토리 → ${repositoryName}에서 다음 이미지를 선택해 복원하고 활성 상태가 될 때까지 기다립니다: ${imageDigest}`,
    },
  ],

  cli: (change) => [
    {
      aws: ['ecr', 'update-image-storage-class'],
      flags: [
        ...repositoryFlags(change),
        ['--image-id', `imageDigest=${change.imageId.imageDigest}`],
        ['--target-storage-class', change.targetStorageClass],
      ],
      region: change.region,
      since: '2.32.0',
    },
  ],

  terraform: () => [],

  // It can be pulled once ECR has brought it back, which takes a while.
  apply: () => null,
}
