/** May the task definition run on what the service runs its tasks on? */
import { defineCheck } from '../../domain/check.ts'
import type { Service, TaskDefinition } from '../../domain/service.ts'
import { launchesOf } from '../../task-start/launch.ts'

interface Details {
  readonly service: Service
  readonly taskDefinition: TaskDefinition
  readonly launchType: string
}

/** Older revisions do not say whether they may run on Managed Instances. */
const LAUNCH_TYPES = { fargate: 'FARGATE', ec2: 'EC2' } as const

export default defineCheck<Details, 'service' | 'taskDefinition' | 'compute'>({
  id: 'launch-type-incompatible',
  step: 'service',
  severity: 'blocker',
  needs: ['service', 'taskDefinition', 'compute'],
  permissions: ['ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'ecs:DescribeClusters'],

  title: {
    en: 'The task definition does not fit the launch type',
    ko: '태스크 정의가 시작 유형과 호환되지 않습니다',
  },
  why: {
    en: 'ECS works out at registration what a task definition may run on. It refuses to deploy one on anything else.',
    ko: 'ECS는 태스크 정의를 등록할 때 실행할 수 있는 시작 유형을 결정하며, 그 밖의 시작 유형에는 배포하지 않습니다.',
  },

  /** ECS API Reference, TaskDefinition: `compatibilities`. */
  evaluate: ({ service, taskDefinition, compute }) => {
    const { compatibilities, family, revision } = taskDefinition
    if (compatibilities.length === 0) return []
    const launchTypes = launchesOf(service, compute).flatMap(({ on }) =>
      on === 'fargate' || on === 'ec2' ? LAUNCH_TYPES[on] : [],
    )
    return [...new Set(launchTypes)]
      .filter((launchType) => !compatibilities.includes(launchType))
      .map((launchType) => ({
        subject: `${family}:${revision}`,
        evidence: [
          { en: `compatibilities: ${compatibilities.join(', ')}`, ko: `호환 시작 유형: ${compatibilities.join(', ')}` },
        ],
        details: { service, taskDefinition, launchType },
      }))
  },

  explain: ({ service: { name }, taskDefinition: { family, revision, compatibilities }, launchType }) => ({
    en: `${name} runs its tasks on ${launchType}; ${family}:${revision} may run on ${compatibilities.join(', ')} only.`,
    ko: `서비스의 시작 유형에서 실행할 수 없는 태스크 정의입니다: ${family}:${revision} (실행 가능: ${compatibilities.join(', ')}, 서비스 ${name}의 시작 유형: ${launchType})`,
  }),

  remedy: ({ taskDefinition: { family }, launchType }) => ({
    changes: [],
    after: [
      {
        en: `Register a revision of ${family} with requiresCompatibilities ${launchType}: ECS then names what does not fit (Fargate wants network mode awsvpc and a task size). Or deploy another task definition.`,
        ko: `requiresCompatibilities에 시작 유형을 지정해 새 개정을 등록하면 ECS가 맞지 않는 설정을 알려 줍니다(Fargate에는 awsvpc 네트워크 모드와 태스크 크기가 필요합니다). 또는 다른 태스크 정의를 배포합니다. 태스크 정의: ${family}, 시작 유형: ${launchType}`,
      },
    ],
  }),
})
