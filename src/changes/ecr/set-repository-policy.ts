/** The whole policy of a repository. ECR API Reference, SetRepositoryPolicy. */
import { known } from '../../domain/answer.ts'
import type { ChangeDefinition } from '../change-kind.ts'
import { repositoryFlags } from '../configuration/configuration-facts.ts'
import { encoded, text } from '../terraform.ts'

export const setRepositoryPolicy: ChangeDefinition<'set-repository-policy'> = {
  kind: 'set-repository-policy',

  console: ({ registryId, repositoryName, policyText }) => [
    {
      en: `In the account ${registryId}: ECR → Private registry → Repositories → ${repositoryName} → Permissions → Edit policy JSON: paste the document below → Save`,
      ko: `다음 계정에서 진행합니다: ${registryId}. ECR → 프라이빗 레지스트리 → 리포지토리 → ${repositoryName} → 권한 → 정책 JSON 편집에 아래 문서를 붙여 넣고 저장을 누릅니다.`,
    },
    { en: policyText, ko: policyText },
  ],

  cli: (change) => [
    { comment: `in the account ${change.registryId}` },
    {
      aws: ['ecr', 'set-repository-policy'],
      flags: [...repositoryFlags(change), ['--policy-text', change.policyText]],
      region: change.region,
    },
  ],

  terraform({ repositoryName, region, policyText, isFirst }) {
    const policy = ['policy', encoded(policyText)] as const
    if (!isFirst) return [{ existing: 'aws_ecr_repository_policy', of: repositoryName, fields: [policy] }]
    const fields = [['region', text(region)] as const, ['repository', text(repositoryName)] as const, policy]
    return [{ type: 'aws_ecr_repository_policy', name: repositoryName, fields }]
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
}
