/** An empty repository: the image has to be pushed to it. ECR API Reference, CreateRepository. */
import { known } from '../../domain/answer.ts'
import { partitionOf } from '../../domain/partition.ts'
import type { ChangeDefinition } from '../change-kind.ts'
import { editRepository } from '../configuration/configuration-facts.ts'
import { text } from '../terraform.ts'

export const createRepository: ChangeDefinition<'create-repository'> = {
  kind: 'create-repository',

  console: ({ registryId, repositoryName, region }) => [
    {
      en: `In the account ${registryId}: ECR (Region ${region}) → Private registry → Repositories → Create repository: ${repositoryName}, then push the image`,
      ko: `다음 계정에서 진행합니다: ${registryId}. ECR(리전 ${region}) → 프라이빗 레지스트리 → 리포지토리 → 리포지토리 생성에서 다음 이름으로 만들고 이미지를 푸시합니다: ${repositoryName}`,
    },
  ],

  cli: ({ registryId, repositoryName, region }) => [
    { comment: `in the account ${registryId}` },
    { aws: ['ecr', 'create-repository'], flags: [['--repository-name', repositoryName]], region },
  ],

  terraform: ({ repositoryName, region }) => [
    {
      type: 'aws_ecr_repository',
      name: repositoryName,
      fields: [
        ['region', text(region)],
        ['name', text(repositoryName)],
      ],
    },
  ],

  apply(facts, repository) {
    const { registryId, repositoryName, region } = repository
    const arn = `arn:${partitionOf(region).id}:ecr:${region}:${registryId}:repository/${repositoryName}`
    return editRepository(facts, repository, {
      answers: { repository: known({ arn, tagMutability: 'MUTABLE' }), found: known(null) },
    })
  },
}
