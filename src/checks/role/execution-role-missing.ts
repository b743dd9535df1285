/** Does the task definition name an execution role where a start needs one? */

import { encoded, quoted } from '../../changes/role-statements.ts'
import { resource, text } from '../../changes/terraform.ts'
import { TASKS_TRUST } from '../../changes/trust-document.ts'
import { defineCheck } from '../../domain/check.ts'
import { partitionOf } from '../../domain/partition.ts'
import type { Text } from '../../domain/text.ts'
import { distinct } from '../../network/lookup.ts'
import { needsOf, placeOf, usersOf } from './role-denials.ts'

interface Details {
  readonly family: string
  readonly reasons: readonly Text[]
  /** Of the AWS managed policy. */
  readonly policyArn: string
}

const ROLE_NAME = 'ecsTaskExecutionRole'

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
      return users.unknown === null || needs.length === 0 ? [] : [{ unseen: users.unknown, matters: true }]
    }
    const reasons = [...new Map(wanted.flatMap(({ neededBy }) => neededBy.map((by) => [by.en, by] as const))).values()]
    const { id: partition } = partitionOf(placeOf(service).region)
    return [
      {
        subject: taskDefinition.arn ?? taskDefinition.family,
        evidence: [
          { en: 'executionRoleArn is not set.', ko: '설정되지 않은 항목: executionRoleArn' },
          ...reasons.map(({ en, ko }) => ({ en: `Needed by ${en}.`, ko: `역할이 필요한 항목: ${ko}` })),
        ],
        details: {
          family: taskDefinition.family,
          reasons,
          policyArn: `arn:${partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy`,
        },
      },
    ]
  },

  explain: ({ family, reasons }) => ({
    en: `The task definition ${family} names no execution role, and these need one: ${distinct(reasons.map(({ en }) => en)).join('; ')}.`,
    ko: `태스크 정의에 태스크 실행 역할이 없습니다: ${family}. 역할이 필요한 항목: ${distinct(reasons.map(({ ko }) => ko)).join('; ')}`,
  }),

  remedy: ({ family, policyArn }) => ({
    console: [
      {
        en: `IAM → Roles → Create role → AWS service → Elastic Container Service → Elastic Container Service Task: attach AmazonECSTaskExecutionRolePolicy, name it ${ROLE_NAME} (skip this where the account has it)`,
        ko: `IAM → 역할 → 역할 생성 → AWS 서비스 → Elastic Container Service → Elastic Container Service Task에서 AmazonECSTaskExecutionRolePolicy 정책을 연결합니다. 역할 이름: ${ROLE_NAME} (이미 있으면 생략합니다)`,
      },
      {
        en: `ECS → Task definitions → ${family} → Create new revision: Task execution role ${ROLE_NAME} → Create`,
        ko: `ECS → 태스크 정의 → ${family} → 새 개정 생성에서 태스크 실행 역할을 지정하고 생성을 누릅니다: ${ROLE_NAME}`,
      },
    ],
    cli: [
      `aws iam create-role --role-name ${ROLE_NAME} --assume-role-policy-document ${quoted(TASKS_TRUST)}`,
      `aws iam attach-role-policy --role-name ${ROLE_NAME} --policy-arn ${policyArn}`,
      `aws ecs register-task-definition --family ${family} --execution-role-arn "$(aws iam get-role --role-name ${ROLE_NAME} --query Role.Arn --output text)" --cli-input-json file://task-definition.json`,
    ],
    terraform: [
      resource('aws_iam_role', 'task_execution', [
        ['name', text(ROLE_NAME)],
        ['assume_role_policy', encoded(TASKS_TRUST)],
      ]),
      resource('aws_iam_role_policy_attachment', 'task_execution', [
        ['role', 'aws_iam_role.task_execution.name'],
        ['policy_arn', text(policyArn)],
      ]),
      resource('aws_ecs_task_definition', family, [['execution_role_arn', 'aws_iam_role.task_execution.arn']]),
    ].join('\n'),
  }),
})
