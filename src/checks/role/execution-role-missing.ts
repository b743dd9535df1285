/** Does the task definition name an execution role where a start needs one? */
import { defineCheck } from '../../domain/check.ts'
import { distinctReasons } from '../../domain/collections.ts'
import { partitionOf } from '../../domain/partition.ts'
import type { Service, TaskDefinition } from '../../domain/service.ts'
import { joined, type Text } from '../../domain/text.ts'
import { newRevision } from '../service/service-changes.ts'
import { needsOf, placeOf, usersOf } from './role-denials.ts'
import { type DeniedCall, newExecutionRole } from './role-statements.ts'

interface Details {
  readonly service: Service
  readonly taskDefinition: TaskDefinition
  readonly reasons: readonly Text[]
  readonly needed: readonly DeniedCall[]
}

export default defineCheck<Details, 'service' | 'taskDefinition' | 'compute' | 'role'>({
  id: 'execution-role-missing',
  step: 'role',
  severity: 'blocker',
  needs: ['service', 'taskDefinition', 'compute', 'role'],
  permissions: ['ecs:DescribeTaskDefinition'],

  title: { en: 'The task definition has no execution role', ko: '태스크 정의에 태스크 실행 역할이 없습니다' },
  why: {
    en: 'ECS has no identity of its own in your account: it pulls from ECR, writes the logs and reads secrets as the execution role. Without one, what needs it is refused before the container starts.',
    ko: 'ECS는 태스크 실행 역할로 ECR에서 이미지를 가져오고, 로그를 쓰고, 보안 암호를 읽습니다. 역할이 없으면 이런 작업이 컨테이너가 시작되기 전에 거부됩니다.',
  },

  evaluate(facts) {
    const { role, service, taskDefinition } = facts
    if (role.execution !== null) return []
    const users = usersOf(facts)
    const needs = needsOf(facts)
    // On EC2 the instance's role pulls and logs where the task definition names none.
    const own = needs.filter(({ feature }) => feature === 'secrets' || feature === 'env-files')
    const wanted = users.execution ? needs : own
    if (wanted.length === 0) {
      return users.unknown === null || needs.length === 0 ? [] : [{ ...users.unknown, matters: true }]
    }
    const reasons = distinctReasons(wanted.flatMap(({ neededBy }) => neededBy))
    return [
      {
        subject: taskDefinition.arn ?? taskDefinition.family,
        evidence: [
          { en: 'executionRoleArn is not set.', ko: '설정되지 않은 항목: executionRoleArn' },
          ...reasons.map(({ en, ko }) => ({ en: `Needed by ${en}.`, ko: `역할이 필요한 항목: ${ko}` })),
        ],
        details: { service, taskDefinition, reasons, needed: wanted },
      },
    ]
  },

  explain: ({ taskDefinition: { family }, reasons }) => ({
    en: `The task definition ${family} names no execution role, and these need one: ${joined(reasons).en}.`,
    ko: `태스크 정의에 태스크 실행 역할이 없습니다: ${family}. 역할이 필요한 항목: ${joined(reasons).ko}`,
  }),

  /** A role of the family's own: one that the account has already may be meant for less. */
  remedy: ({ service, taskDefinition, needed }) => {
    const { id: partition } = partitionOf(placeOf(service).region)
    const roleName = `${taskDefinition.family.slice(0, 48)}-task-execution`
    const revision = newRevision(service, taskDefinition, { executionRoleArn: { ref: 'roleArn' } })
    return {
      ...revision,
      changes: [...newExecutionRole({ roleName, path: '/', partition }, needed), ...revision.changes],
    }
  },
})
