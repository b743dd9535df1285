/** A repository prefix that is filled from another registry. ECR API Reference, CreatePullThroughCacheRule. */
import type { ChangeDefinition } from '../change-kind.ts'
import { text } from '../terraform.ts'

export const createPullThroughCacheRule: ChangeDefinition<'create-pull-through-cache-rule'> = {
  kind: 'create-pull-through-cache-rule',

  console: ({ ecrRepositoryPrefix, upstreamRegistryUrl, credentialArn }) => [
    {
      en: `ECR → Private registry → Features & Settings → Pull through cache → Add rule: ${upstreamRegistryUrl}, ${credentialArn}, prefix ${ecrRepositoryPrefix}`,
      ko: `ECR → 프라이빗 레지스트리 → 기능 및 설정 → 풀스루 캐시 → 규칙 추가에서 다음과 같이 지정합니다. 업스트림 레지스트리: ${upstreamRegistryUrl}, 자격 증명: ${credentialArn}, 접두사: ${ecrRepositoryPrefix}`,
    },
  ],

  cli: ({ ecrRepositoryPrefix, upstreamRegistryUrl, credentialArn }) => [
    {
      aws: ['ecr', 'create-pull-through-cache-rule'],
      flags: [
        ['--ecr-repository-prefix', ecrRepositoryPrefix],
        ['--upstream-registry-url', upstreamRegistryUrl],
        ['--credential-arn', credentialArn],
      ],
      since: '2.13.38',
    },
  ],

  terraform: ({ ecrRepositoryPrefix, upstreamRegistryUrl, credentialArn }) => [
    {
      type: 'aws_ecr_pull_through_cache_rule',
      name: ecrRepositoryPrefix,
      fields: [
        ['ecr_repository_prefix', text(ecrRepositoryPrefix)],
        ['upstream_registry_url', text(upstreamRegistryUrl)],
        ['credential_arn', text(credentialArn)],
      ],
    },
  ],

  // The first pull of each image fills it, as a role with rights of its own.
  apply: () => null,
}
