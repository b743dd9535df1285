/** Is the operating system of the task definition the one that the service was made with? */
import { defineCheck } from '../../domain/check.ts'
import type { Service, TaskDefinition } from '../../domain/service.ts'
import { launchesOf } from '../../task-start/launch.ts'

interface Details {
  readonly service: Pick<Service, 'name' | 'clusterName'>
  readonly taskDefinition: Pick<TaskDefinition, 'family' | 'revision'>
  readonly wanted: string
  readonly own: string
}

export default defineCheck<Details, 'service' | 'taskDefinition' | 'compute'>({
  id: 'platform-family-changed',
  step: 'configuration',
  severity: 'blocker',
  needs: ['service', 'taskDefinition', 'compute'],
  permissions: ['ecs:DescribeServices', 'ecs:DescribeTaskDefinition'],

  title: {
    en: 'The task definition has another platform family',
    ko: '태스크 정의의 플랫폼 패밀리가 서비스와 다릅니다',
  },
  why: {
    en: 'All tasks of a service on Fargate have the platform family that it was made with, and no update changes it: neither Linux to Windows nor one release of Windows Server to the next. The deployment is refused, or none of its tasks starts.',
    ko: 'Fargate 서비스의 모든 태스크는 서비스를 만들 때의 플랫폼 패밀리를 사용하며 업데이트로 변경할 수 없습니다. Linux와 Windows 사이뿐 아니라 Windows Server 버전 사이도 마찬가지입니다. 배포가 거부되거나 태스크가 시작되지 않습니다.',
  },

  evaluate({ service, taskDefinition, compute }) {
    const { platformFamily: own, deploymentController } = service
    // Other controllers make a task set anew for each deployment, with a platform family of its own.
    if (own === null || deploymentController !== 'ECS') return []
    if (!launchesOf(service, compute).some(({ on }) => on === 'fargate')) return []
    // Fargate takes Linux where the task definition says nothing. ECS API Reference, RuntimePlatform and Service.
    const wanted = taskDefinition.operatingSystemFamily ?? 'LINUX'
    if (`${plain(wanted)}_`.startsWith(`${plain(own)}_`)) return []
    return [
      {
        subject: service.name,
        evidence: [
          { en: `platformFamily of the service: ${own}`, ko: `서비스의 platformFamily: ${own}` },
          {
            en: `operatingSystemFamily of the task definition: ${taskDefinition.operatingSystemFamily ?? '(none: LINUX)'}`,
            ko: `태스크 정의의 operatingSystemFamily: ${taskDefinition.operatingSystemFamily ?? '(없음: LINUX)'}`,
          },
        ],
        details: { service, taskDefinition, wanted, own },
      },
    ]
  },

  explain: ({ service: { name }, taskDefinition: { family, revision }, wanted, own }) => ({
    en: `${name} has the platform family ${own}, and task definition ${nameOf(family, revision)} asks for ${wanted}.`,
    ko: `서비스 ${name}의 플랫폼 패밀리와 태스크 정의 ${nameOf(family, revision)}의 운영 체제가 다릅니다. 서비스: ${own}, 태스크 정의: ${wanted}`,
  }),

  remedy: ({ service: { name, clusterName }, taskDefinition: { family, revision }, wanted, own }) => ({
    changes: [],
    before: [
      {
        en: `ECS → Clusters → ${clusterName} → Services → Create: make a second service with task definition ${nameOf(family, revision)}, send the traffic to it, and delete ${name} then.`,
        ko: `ECS → 클러스터 → ${clusterName} → 서비스 → 생성에서 태스크 정의 ${nameOf(family, revision)}의 두 번째 서비스를 만들어 트래픽을 옮긴 다음 이전 서비스를 삭제합니다: ${name}`,
      },
      {
        en: `Or, where ${wanted} is not meant, give the task definition the Operating system family ${own} and an image for it, in a new revision.`,
        ko: `또는 의도한 운영 체제가 아니라면 새 개정에서 운영 체제 패밀리와 이미지를 서비스에 맞춥니다. 현재: ${wanted}, 서비스: ${own}`,
      },
    ],
  }),
})

/** `Linux` and `LINUX`, `Windows Server 2019 Core` and `WINDOWS_SERVER_2019_CORE`; one without a release says nothing of it. */
function plain(family: string): string {
  return family.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')
}

function nameOf(family: string, revision: number | null): string {
  return revision === null ? family : `${family}:${revision}`
}
