/** Does the execution role exist, under the very ARN that the task definition names? */

import { encoded, quoted, roleName } from '../../changes/role-statements.ts'
import { resource, text } from '../../changes/terraform.ts'
import { TASKS_TRUST } from '../../changes/trust-document.ts'
import { defineCheck } from '../../domain/check.ts'
import type { RemedyWords } from '../../domain/report.ts'
import { couldNotRead } from '../../domain/unread-text.ts'
import { isGone } from './role-denials.ts'

interface Details {
  readonly roleArn: string
  readonly family: string
  /** The role that has the name; null where none has. */
  readonly actualArn: string | null
}

export default defineCheck<Details, 'taskDefinition' | 'role'>({
  id: 'execution-role-not-found',
  step: 'role',
  severity: 'blocker',
  needs: ['taskDefinition', 'role'],
  permissions: ['iam:GetRole'],

  title: { en: 'The execution role does not exist', ko: '태스크 실행 역할이 존재하지 않습니다' },
  why: {
    en: 'ECS assumes the execution role before it does anything else for the task. A role that is gone, or that is under another path than its ARN says, cannot be assumed, and the task stops at once.',
    ko: 'ECS는 태스크를 시작할 때 가장 먼저 태스크 실행 역할을 수임합니다. 역할이 없거나 ARN의 경로가 실제와 다르면 수임할 수 없으므로 태스크가 바로 중지됩니다.',
  },

  evaluate({ role: { execution }, taskDefinition }) {
    if (execution === null) return []
    const { arn, role, simulation } = execution
    if (isGone(execution)) {
      const actualArn = role.known ? role.value.arn : null
      const evidence =
        actualArn === null
          ? { en: `IAM knows no role ${roleName(arn)}.`, ko: `IAM에 없는 역할: ${roleName(arn)}` }
          : { en: `The role of that name is ${actualArn}.`, ko: `같은 이름의 역할: ${actualArn}` }
      return [
        { subject: arn, evidence: [evidence], details: { roleArn: arn, family: taskDefinition.family, actualArn } },
      ]
    }
    // What can be simulated is there.
    if (role.known || simulation.known) return []
    return [
      { unseen: couldNotRead(role, ['role-unread', arn], { en: `the role ${arn}`, ko: `역할 ${arn}` }), matters: true },
    ]
  },

  explain: ({ roleArn, family, actualArn }) =>
    actualArn === null
      ? {
          en: `The task definition ${family} names the execution role ${roleArn}, which does not exist.`,
          ko: `태스크 정의의 태스크 실행 역할이 존재하지 않습니다: ${roleArn} (태스크 정의: ${family})`,
        }
      : {
          en: `The task definition ${family} names the execution role ${roleArn}; the role of that name has another path: ${actualArn}.`,
          ko: `태스크 정의의 태스크 실행 역할과 실제 역할의 경로가 다릅니다. 태스크 정의: ${family}, 지정된 역할: ${roleArn}, 실제 역할: ${actualArn}`,
        },

  remedy: ({ roleArn, family, actualArn }) => (actualArn === null ? create(roleArn) : rename(family, actualArn)),
})

function create(roleArn: string): RemedyWords {
  const name = roleName(roleArn)
  const [partition = 'aws'] = roleArn.split(':').slice(1)
  const path = /:role(\/.*\/)[^/]+$/.exec(roleArn)?.[1] ?? '/'
  const policyArn = `arn:${partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy`
  const flag = path === '/' ? '' : ` --path ${path}`
  return {
    console: [
      {
        en: `IAM → Roles → Create role → AWS service → Elastic Container Service → Elastic Container Service Task: attach AmazonECSTaskExecutionRolePolicy, name it ${name}`,
        ko: `IAM → 역할 → 역할 생성 → AWS 서비스 → Elastic Container Service → Elastic Container Service Task에서 AmazonECSTaskExecutionRolePolicy 정책을 연결합니다. 역할 이름: ${name}`,
      },
    ],
    cli: [
      `aws iam create-role --role-name ${name}${flag} --assume-role-policy-document ${quoted(TASKS_TRUST)}`,
      `aws iam attach-role-policy --role-name ${name} --policy-arn ${policyArn}`,
    ],
    terraform: [
      resource('aws_iam_role', name, [
        ['name', text(name)],
        ['path', text(path)],
        ['assume_role_policy', encoded(TASKS_TRUST)],
      ]),
      resource('aws_iam_role_policy_attachment', name, [
        ['role', text(name)],
        ['policy_arn', text(policyArn)],
      ]),
    ].join('\n'),
  }
}

function rename(family: string, actualArn: string): RemedyWords {
  return {
    console: [
      {
        en: `ECS → Task definitions → ${family} → Create new revision: Task execution role ${actualArn} → Create`,
        ko: `ECS → 태스크 정의 → ${family} → 새 개정 생성에서 태스크 실행 역할을 지정하고 생성을 누릅니다: ${actualArn}`,
      },
    ],
    cli: [
      `aws ecs register-task-definition --family ${family} --execution-role-arn ${actualArn} --cli-input-json file://task-definition.json`,
    ],
    terraform: resource('aws_ecs_task_definition', family, [['execution_role_arn', text(actualArn)]]),
  }
}
