/** The whole lifecycle policy of a repository. ECR API Reference, PutLifecyclePolicy. */
import { known } from '../../domain/answer.ts'
import type { ChangeDefinition } from '../change-kind.ts'
import { editRepository, repositoryFlags } from '../configuration/configuration-facts.ts'
import { encoded } from '../terraform.ts'

export const putLifecyclePolicy: ChangeDefinition<'put-lifecycle-policy'> = {
  kind: 'put-lifecycle-policy',

  console: ({ repositoryName, region, lifecyclePolicyText }) => [
    {
      en: `ECR (Region ${region}) → Private registry → Repositories → ${repositoryName} → Lifecycle policy → Edit JSON: paste the document below → Save`,
      ko: `ECR(리전 ${region}) → 프라이빗 레지스트리 → 리포지토리 → ${repositoryName} → 수명 주기 정책 → JSON 편집에 아래 문서를 붙여 넣고 저장을 누릅니다.`,
    },
    { en: lifecyclePolicyText, ko: lifecyclePolicyText },
  ],

  cli: (change) => [
    {
      aws: ['ecr', 'put-lifecycle-policy'],
      flags: [...repositoryFlags(change), ['--lifecycle-policy-text', change.lifecyclePolicyText]],
      region: change.region,
    },
  ],

  terraform: ({ repositoryName, lifecyclePolicyText }) => [
    { existing: 'aws_ecr_lifecycle_policy', of: repositoryName, fields: [['policy', encoded(lifecyclePolicyText)]] },
  ],

  apply: (facts, change) => editRepository(facts, change, { images: { lifecycle: known(change.lifecyclePolicyText) } }),
}
