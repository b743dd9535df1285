/** Does the execution role exist, under the very ARN that the task definition names? */
import { couldNotTell, defineCheck } from '../../domain/check.ts'
import type { Service, TaskDefinition } from '../../domain/service.ts'
import { roleNeeds } from '../../iam/role-needs.ts'
import { newRevision } from '../service/service-changes.ts'
import { isGone, placeOf } from './role-denials.ts'
import { type DeniedCall, newExecutionRole, roleName } from './role-statements.ts'

interface Details {
  readonly roleArn: string
  readonly service: Service
  readonly taskDefinition: TaskDefinition
  readonly needed: readonly DeniedCall[]
  /** The role that has the name; null where none has. */
  readonly actualArn: string | null
}

export default defineCheck<Details, 'service' | 'taskDefinition' | 'role'>({
  id: 'execution-role-not-found',
  step: 'role',
  severity: 'blocker',
  needs: ['service', 'taskDefinition', 'role'],
  permissions: ['iam:GetRole'],

  title: { en: 'The execution role does not exist', ko: '태스크 실행 역할이 존재하지 않습니다' },
  why: {
    en: 'ECS assumes the execution role before it does anything else for the task. A role that is gone, or that is under another path than its ARN says, cannot be assumed, and the task stops at once.',
    ko: 'ECS는 태스크를 시작할 때 가장 먼저 태스크 실행 역할을 수임합니다. 역할이 없거나 ARN의 경로가 실제와 다르면 수임할 수 없으므로 태스크가 바로 중지됩니다.',
  },

  evaluate({ service, role, taskDefinition }) {
    const { execution } = role
    if (execution === null) return []
    const { arn, role: answer, simulation } = execution
    if (isGone(execution)) {
      const actualArn = answer.known ? answer.value.arn : null
      const evidence =
        actualArn === null
          ? { en: `IAM knows no role ${roleName(arn)}.`, ko: `IAM에 없는 역할: ${roleName(arn)}` }
          : { en: `The role of that name is ${actualArn}.`, ko: `같은 이름의 역할: ${actualArn}` }
      const needed = roleNeeds(taskDefinition, placeOf(service), role)
      return [
        { subject: arn, evidence: [evidence], details: { service, taskDefinition, needed, roleArn: arn, actualArn } },
      ]
    }
    // What can be simulated is there.
    if (answer.known || simulation.known) return []
    const what = { en: `the role ${arn}`, ko: `역할 ${arn}` }
    return [couldNotTell(answer, ['role-unread', arn], what, true)]
  },

  explain: ({ roleArn, taskDefinition: { family }, actualArn }) =>
    actualArn === null
      ? {
          en: `The task definition ${family} names the execution role ${roleArn}, which does not exist.`,
          ko: `태스크 정의의 태스크 실행 역할이 존재하지 않습니다: ${roleArn} (태스크 정의: ${family})`,
        }
      : {
          en: `The task definition ${family} names the execution role ${roleArn}; the role of that name has another path: ${actualArn}.`,
          ko: `태스크 정의의 태스크 실행 역할과 실제 역할의 경로가 다릅니다. 태스크 정의: ${family}, 지정된 역할: ${roleArn}, 실제 역할: ${actualArn}`,
        },

  remedy: ({ roleArn, service, taskDefinition, needed, actualArn }) => {
    if (actualArn !== null) return newRevision(service, taskDefinition, { executionRoleArn: actualArn })
    const [partition = 'aws'] = roleArn.split(':').slice(1)
    const path = /:role(\/.*\/)[^/]+$/.exec(roleArn)?.[1] ?? '/'
    return { changes: newExecutionRole({ roleName: roleName(roleArn), path, partition }, needed) }
  },
})
