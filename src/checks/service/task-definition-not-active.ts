/** Does ECS take the revision that is to be deployed? */
import { cannotSee, defineCheck, type Unseen } from '../../domain/check.ts'
import type { Service, TaskDefinition } from '../../domain/service.ts'
import { newRevision } from './service-changes.ts'

interface Details {
  readonly service: Service
  readonly taskDefinition: Pick<TaskDefinition, 'family' | 'revision' | 'status'>
}

/** ECS API Reference, TaskDefinition. */
const GONE = ['INACTIVE', 'DELETE_IN_PROGRESS']

export default defineCheck<Details, 'service' | 'taskDefinition'>({
  id: 'task-definition-not-active',
  step: 'service',
  severity: 'blocker',
  needs: ['service', 'taskDefinition'],
  permissions: ['ecs:DescribeServices', 'ecs:DescribeTaskDefinition'],

  title: { en: 'The revision to deploy is not active', ko: '배포할 개정이 활성 상태가 아닙니다' },
  why: {
    en: 'A revision that was deregistered, or is being deleted, goes on serving the services that have it, which may even scale; but UpdateService takes no other service to it.',
    ko: '등록 취소되었거나 삭제 중인 개정은 이미 사용 중인 서비스에서는 계속 실행되고 스케일링도 되지만, UpdateService로 새로 지정할 수는 없습니다.',
  },

  // What the service has already is not asked for anew (ECS Developer Guide, Deregistering a task definition revision).
  evaluate: ({ service, taskDefinition: { family, revision, status, isNamed } }) => {
    if (!isNamed || status === null || status === 'ACTIVE') return []
    const subject = `${family}:${revision}`
    if (!GONE.includes(status)) return [unheardOf(subject, status)]
    return [
      {
        subject,
        evidence: [{ en: `status: ${status}`, ko: `상태: ${status}` }],
        details: { service, taskDefinition: { family, revision, status } },
      },
    ]
  },

  explain: ({ service: { name }, taskDefinition: { family, revision, status } }) => ({
    en: `Task definition ${family}:${revision} is ${status}: ECS refuses to update ${name} to it.`,
    ko: `ECS가 업데이트를 거부하는 태스크 정의입니다: ${family}:${revision} (상태 ${status}, 서비스 ${name})`,
  }),

  remedy: ({ service, taskDefinition }) => {
    const { changes, after = [] } = newRevision(service, taskDefinition, {})
    const other = {
      en: `Or deploy a revision that is active: aws ecs list-task-definitions shows those of ${taskDefinition.family}.`,
      ko: `또는 활성 상태인 개정을 배포합니다. aws ecs list-task-definitions 명령으로 패밀리의 개정을 확인합니다: ${taskDefinition.family}`,
    }
    return { changes, after: [...after, other] }
  },
})

function unheardOf(revision: string, status: string): Unseen {
  return cannotSee(
    ['task-definition-status-unclear', revision],
    {
      en: `this version cannot tell whether ECS deploys a revision in this state: ${revision} (${status})`,
      ko: `이 버전에서는 ECS가 이 상태의 개정을 배포하는지 판단할 수 없습니다: ${revision} (${status})`,
    },
    true,
  )
}
