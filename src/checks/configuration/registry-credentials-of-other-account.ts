/** Are the credentials of every registry a secret of the service's own account? */
import { defineCheck, type Found } from '../../domain/check.ts'
import { ownerOf } from '../../domain/named-resources.ts'
import type { Service, TaskDefinition } from '../../domain/service.ts'
import { regionOfArn, secretName } from '../../domain/value-from.ts'
import { placeOf } from '../role/role-denials.ts'
import { newRevision } from '../service/service-changes.ts'

interface Details {
  readonly id: string
  readonly region: string
  readonly owner: string
  readonly accountId: string
  readonly containers: readonly string[]
  readonly service: Service
  readonly taskDefinition: TaskDefinition
}

export default defineCheck<Details, 'service' | 'taskDefinition'>({
  id: 'registry-credentials-of-other-account',
  step: 'configuration',
  severity: 'blocker',
  needs: ['service', 'taskDefinition'],
  permissions: ['ecs:DescribeTaskDefinition'],

  title: {
    en: 'Registry credentials are a secret of another account',
    ko: '레지스트리 자격 증명이 다른 계정의 보안 암호입니다',
  },
  why: {
    en: 'ECS reads the user and password of a private registry from a secret of the account of the task alone, however widely the secret is shared. From another account the image is not pulled.',
    ko: 'ECS는 프라이빗 레지스트리의 사용자 이름과 암호를 태스크와 같은 계정의 보안 암호에서만 읽으며, 보안 암호가 공유되어 있어도 마찬가지입니다. 다른 계정의 보안 암호로는 이미지를 가져올 수 없습니다.',
  },

  // aws/containers-roadmap#1566.
  evaluate({ service, taskDefinition }) {
    const { region, accountId } = placeOf(service)
    const ids = new Set(taskDefinition.containers.flatMap((one) => one.repositoryCredentials ?? []))
    return [...ids].flatMap((id): readonly Found<Details>[] => {
      const owner = ownerOf(id)
      if (owner === null || accountId === null || owner === accountId) return []
      const containers = taskDefinition.containers.flatMap((one) =>
        one.repositoryCredentials === id ? [one.name] : [],
      )
      return [
        {
          subject: id,
          evidence: containers.map((name) => ({
            en: `container ${name}: repositoryCredentials ${id}`,
            ko: `컨테이너 ${name}: repositoryCredentials ${id}`,
          })),
          details: { id, region: regionOfArn(id, region), owner, accountId, containers, service, taskDefinition },
        },
      ]
    })
  },

  explain: ({ id, owner, accountId, containers }) => ({
    en: `${id} belongs to the account ${owner}, and the tasks (${containers.join(', ')}) run in ${accountId}.`,
    ko: `다른 계정의 보안 암호입니다: ${id}. 보안 암호의 계정: ${owner}, 태스크의 계정: ${accountId} (컨테이너: ${containers.join(', ')})`,
  }),

  remedy({ id, service, taskDefinition }) {
    const { changes, after = [] } = newRevision(service, taskDefinition, {
      secrets: [{ from: id, to: { ref: 'secretArn' } }],
    })
    return {
      changes: [
        {
          kind: 'create-secret',
          makes: 'secretArn',
          name: secretName(id),
          region: placeOf(service).region,
          file: 'secret.txt',
          holds: '{"username": "…", "password": "…"} of the registry',
        },
        ...changes,
      ],
      after: [
        ...after,
        {
          en: 'Allow the execution role secretsmanager:GetSecretValue on the new secret.',
          ko: '태스크 실행 역할에 새 보안 암호의 secretsmanager:GetSecretValue 권한을 추가합니다.',
        },
      ],
    }
  },
})
