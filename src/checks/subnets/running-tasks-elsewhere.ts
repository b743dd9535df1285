/** Do the tasks that run now run where the next ones will? If not, they prove nothing about the next. */
import { defineCheck } from '../../domain/check.ts'
import type { Service } from '../../domain/service.ts'
import { newDeployment } from '../service/service-changes.ts'

interface Details {
  readonly service: Service
  readonly elsewhere: readonly { readonly subnetId: string; readonly tasks: number }[]
  readonly named: readonly string[]
}

export default defineCheck<Details, 'service' | 'tasks'>({
  id: 'running-tasks-elsewhere',
  step: 'subnets',
  severity: 'warning',
  needs: ['service', 'tasks'],
  permissions: ['ecs:DescribeServices', 'ecs:ListTasks', 'ecs:DescribeTasks'],

  title: {
    en: 'Running tasks are in subnets no longer used',
    ko: '실행 중인 태스크가 더 이상 사용하지 않는 서브넷에 있습니다',
  },
  why: {
    en: 'That these tasks run proves nothing about the subnets that the next ones will start in. ECS replaces a task that stops in the subnets of today.',
    ko: '이 태스크가 정상이라는 사실은 다음 태스크가 시작될 서브넷에 대해 아무것도 증명하지 않습니다. 태스크가 중지되면 ECS는 현재 지정된 서브넷에서 새 태스크를 시작합니다.',
  },

  evaluate: ({ service, tasks }) => {
    const { awsvpc } = service
    if (awsvpc === null || awsvpc.subnetIds.length === 0) return []
    const counts = new Map<string, number>()
    for (const { subnetId, lastStatus } of tasks) {
      if (lastStatus !== 'RUNNING' || subnetId === null || awsvpc.subnetIds.includes(subnetId)) continue
      counts.set(subnetId, (counts.get(subnetId) ?? 0) + 1)
    }
    if (counts.size === 0) return []
    const elsewhere = [...counts].map(([subnetId, count]) => ({ subnetId, tasks: count }))
    return [
      {
        subject: service.name,
        evidence: elsewhere.map(({ subnetId, tasks: count }) => ({
          en: `${subnetId}: running tasks: ${count}`,
          ko: `${subnetId}: 실행 중인 태스크 수: ${count}`,
        })),
        details: { service, elsewhere, named: awsvpc.subnetIds },
      },
    ]
  },

  explain: ({ service: { name }, elsewhere, named }) => {
    const where = elsewhere.map(({ subnetId }) => subnetId).join(', ')
    return {
      en: `Tasks of ${name} run in ${where}; the service now names ${named.join(', ')}.`,
      ko: `서비스에 지정되지 않은 서브넷에서 태스크가 실행되고 있습니다: ${where} (서비스 ${name}, 지정된 서브넷: ${named.join(', ')})`,
    }
  },

  remedy: ({ service }) => ({
    before: [
      {
        en: 'When nothing else is found, have the tasks started anew, in the subnets of today:',
        ko: '다른 문제가 없으면 현재 서브넷에서 태스크를 새로 시작합니다.',
      },
    ],
    changes: [newDeployment(service)],
  }),
})
