/** Repositories of ECR, their policies and images. */
import { known } from '../../domain/answer.ts'
import { partitionOf } from '../../domain/partition.ts'
import type { Definitions } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { editRepository } from '../configuration/configuration-facts.ts'
import { argumentsOf, encoded, fieldsOf } from '../terraform.ts'

export const repositories: Definitions<
  | 'create-repository'
  | 'set-repository-policy'
  | 'put-lifecycle-policy'
  | 'update-image-storage-class'
  | 'create-pull-through-cache-rule'
> = {
  /** An empty repository: the image has to be pushed to it. ECR API Reference, CreateRepository. */
  'create-repository': {
    console: ({ registryId, repositoryName, region }) => ({
      en: `In the account ${registryId}: ECR (Region ${region}) → Private registry → Repositories → Create repository: ${repositoryName}, then push the image`,
      ko: `다음 계정에서 진행합니다: ${registryId}. ECR(리전 ${region}) → 프라이빗 레지스트리 → 리포지토리 → 리포지토리 생성에서 다음 이름으로 만들고 이미지를 푸시합니다: ${repositoryName}`,
    }),

    cli: ({ registryId, ...call }) => [{ comment: `in the account ${registryId}` }, callOf('ecr', call)],

    terraform: ({ repositoryName, region }) => ({
      type: 'aws_ecr_repository',
      name: repositoryName,
      fields: fieldsOf({ region, name: repositoryName }),
    }),

    apply(facts, repository) {
      const { registryId, repositoryName, region } = repository
      const arn = `arn:${partitionOf(region).id}:ecr:${region}:${registryId}:repository/${repositoryName}`
      return editRepository(facts, repository, {
        answers: { repository: known({ arn, tagMutability: 'MUTABLE' }), found: known(null) },
      })
    },
  },

  /** The whole policy of a repository. ECR API Reference, SetRepositoryPolicy. */
  'set-repository-policy': {
    console: ({ registryId, repositoryName, policyText }) => [
      {
        en: `In the account ${registryId}: ECR → Private registry → Repositories → ${repositoryName} → Permissions → Edit policy JSON: paste the document below → Save`,
        ko: `다음 계정에서 진행합니다: ${registryId}. ECR → 프라이빗 레지스트리 → 리포지토리 → ${repositoryName} → 권한 → 정책 JSON 편집에 아래 문서를 붙여 넣고 저장을 누릅니다.`,
      },
      { en: policyText, ko: policyText },
    ],

    cli: ({ isFirst: _, ...call }) => [{ comment: `in the account ${call.registryId}` }, callOf('ecr', call)],

    terraform({ repositoryName, region, policyText, isFirst }) {
      const [type, policy] = ['aws_ecr_repository_policy', ['policy', encoded(policyText)] as const]
      return isFirst
        ? { type, name: repositoryName, fields: [...fieldsOf({ region, repository: repositoryName }), policy] }
        : { existing: type, of: repositoryName, fields: [policy] }
    },

    apply(facts, { registryId, repositoryName, region, policyText }) {
      const { role } = facts
      if (!role.known) return null
      const repositories = role.value.repositories.map((one) =>
        one.accountId === registryId && one.name === repositoryName && one.region === region
          ? { ...one, policy: known(policyText) }
          : one,
      )
      return { ...facts, role: known({ ...role.value, repositories }) }
    },
  },

  /** The whole lifecycle policy of a repository. ECR API Reference, PutLifecyclePolicy. */
  'put-lifecycle-policy': {
    console: ({ repositoryName, region, lifecyclePolicyText }) => [
      {
        en: `ECR (Region ${region}) → Private registry → Repositories → ${repositoryName} → Lifecycle policy → Edit JSON: paste the document below → Save`,
        ko: `ECR(리전 ${region}) → 프라이빗 레지스트리 → 리포지토리 → ${repositoryName} → 수명 주기 정책 → JSON 편집에 아래 문서를 붙여 넣고 저장을 누릅니다.`,
      },
      { en: lifecyclePolicyText, ko: lifecyclePolicyText },
    ],

    cli: 'ecr',
    terraform: ({ repositoryName, lifecyclePolicyText }) => ({
      existing: 'aws_ecr_lifecycle_policy',
      of: repositoryName,
      fields: [['policy', encoded(lifecyclePolicyText)]],
    }),

    apply: (facts, change) =>
      editRepository(facts, change, { images: { lifecycle: known(change.lifecyclePolicyText) } }),
  },

  /** Brings an archived image back, within about 20 minutes. ECR API Reference, UpdateImageStorageClass. */
  'update-image-storage-class': {
    console: ({ repositoryName, region, imageId: { imageDigest } }) => ({
      en: `ECR (Region ${region}) → Private registry → Repositories → ${repositoryName} → select ${imageDigest} → Restore, and wait until it is active`,
      ko: `ECR(리전 ${region}) → 프라이빗 레지스트리 → 리포지토리 → ${repositoryName}에서 다음 이미지를 선택해 복원하고 활성 상태가 될 때까지 기다립니다: ${imageDigest}`,
    }),

    cli: (change) => [callOf('ecr', change, { since: '2.32.0' })],
    // It can be pulled once ECR has brought it back, which takes a while.
    apply: () => null,
  },

  /** A repository prefix that is filled from another registry. ECR API Reference, CreatePullThroughCacheRule. */
  'create-pull-through-cache-rule': {
    console: ({ ecrRepositoryPrefix, upstreamRegistryUrl, credentialArn }) => ({
      en: `ECR → Private registry → Features & Settings → Pull through cache → Add rule: ${upstreamRegistryUrl}, ${credentialArn}, prefix ${ecrRepositoryPrefix}`,
      ko: `ECR → 프라이빗 레지스트리 → 기능 및 설정 → 풀스루 캐시 → 규칙 추가에서 다음과 같이 지정합니다. 업스트림 레지스트리: ${upstreamRegistryUrl}, 자격 증명: ${credentialArn}, 접두사: ${ecrRepositoryPrefix}`,
    }),

    cli: (change) => [callOf('ecr', change, { since: '2.13.38' })],
    terraform: (change) => ({
      type: 'aws_ecr_pull_through_cache_rule',
      name: change.ecrRepositoryPrefix,
      fields: argumentsOf(change, 'ecrRepositoryPrefix', 'upstreamRegistryUrl', 'credentialArn'),
    }),

    // The first pull of each image fills it, as a role with rights of its own.
    apply: () => null,
  },
}
