/** Does ECS start tasks for this service at all? */
import { defineCheck } from '../../domain/check.ts'
import type { Service } from '../../domain/service.ts'
import { regionOfArn } from '../../domain/value-from.ts'
import { awsCommand } from './service-changes.ts'

/** ECS API Reference, Service: `ACTIVE`, `DRAINING`, `INACTIVE`. */
const GONE = ['DRAINING', 'INACTIVE']

export default defineCheck<Service, 'service'>({
  id: 'service-not-active',
  step: 'service',
  severity: 'blocker',
  needs: ['service'],
  permissions: ['ecs:DescribeServices'],

  title: { en: 'The service is not active', ko: '서비스가 활성 상태가 아닙니다' },
  why: {
    en: 'ECS starts tasks only for an active service. A deployment of a service that is being deleted is refused, or starts nothing.',
    ko: 'ECS는 활성 상태인 서비스의 태스크만 시작합니다. 삭제 중이거나 삭제된 서비스의 배포는 거부되거나 아무 태스크도 시작하지 않습니다.',
  },

  evaluate: ({ service }) => {
    if (service.status === 'ACTIVE') return []
    return [
      {
        subject: service.name,
        severity: GONE.includes(service.status) ? 'blocker' : 'warning',
        evidence: [{ en: `status: ${service.status}`, ko: `상태: ${service.status}` }],
        details: service,
      },
    ]
  },

  explain: ({ name, clusterName, status }) =>
    GONE.includes(status)
      ? {
          en: `Service ${name} of cluster ${clusterName} is ${status}: it was deleted, and ECS starts no task for it.`,
          ko: `삭제되어 ECS가 태스크를 시작하지 않는 서비스입니다: ${name} (클러스터 ${clusterName}, 상태 ${status})`,
        }
      : {
          en: `Service ${name} of cluster ${clusterName} is ${status}, a state that this version does not know.`,
          ko: `이 버전에서 인식하지 못하는 서비스 상태입니다: ${status} (서비스 ${name}, 클러스터 ${clusterName})`,
        },

  remedy: ({ arn, name, clusterName, status }) =>
    GONE.includes(status)
      ? {
          changes: [{ kind: 'create-service', cluster: clusterName, serviceName: name }],
          after: [
            {
              en: 'A deleted service no longer says what these were: the number of tasks, Service Connect, managed volumes and VPC Lattice. Give them anew.',
              ko: '삭제된 서비스에는 원하는 태스크 수, Service Connect, 관리형 볼륨, VPC Lattice 설정이 남아 있지 않으므로 다시 지정합니다.',
            },
          ],
        }
      : {
          changes: [],
          after: [
            {
              en: `ECS → Clusters → ${clusterName} → Services → ${name} → Events: see what ECS says of it`,
              ko: `ECS → 클러스터 → ${clusterName} → 서비스 → ${name} → 이벤트에서 ECS의 메시지를 확인합니다.`,
            },
          ],
          commands: [
            awsCommand('ecs', {
              kind: 'describe-services',
              cluster: clusterName,
              services: name,
              query: 'services[0].{status:status,events:events[:5].message}',
              region: regionOfArn(arn, ''),
            }),
          ],
        },
})
