/** Does the task role exist, under the very ARN that the task definition names? */
import { newRevision } from '../service/service-changes.ts'
import { defineExistenceCheck, ofTaskDefinition, placeInArn } from './role-existence.ts'
import { newRole, TASKS_SERVICE } from './role-statements.ts'

export default defineExistenceCheck(
  ({ role: { task, execution } }) =>
    task === null || task.arn === execution?.arn ? [] : [{ record: task, by: TASKS_SERVICE, neededBy: [] }],
  {
    id: 'task-role-not-found',
    title: { en: 'The task role does not exist', ko: '태스크 역할이 존재하지 않습니다' },
    why: {
      en: 'ECS assumes the task role before it launches a task, so that the application has credentials from its first moment. A role that is gone, or that is under another path than its ARN says, keeps every task from being launched.',
      ko: 'ECS는 애플리케이션이 처음부터 자격 증명을 사용할 수 있도록 태스크를 시작하기 전에 태스크 역할을 수임합니다. 역할이 없거나 ARN의 경로가 실제와 다르면 어떤 태스크도 시작되지 않습니다.',
    },
    namedBy: ofTaskDefinition,
    details: () => ({}),
    remedy: ({ roleArn, service, taskDefinition, actualArn }) =>
      actualArn === null
        ? {
            changes: [newRole(placeInArn(roleArn), TASKS_SERVICE)],
            after: [
              {
                en: 'Then attach the policies that the application needs: what it calls is not known here.',
                ko: '이어서 애플리케이션에 필요한 정책을 연결합니다. 애플리케이션이 호출하는 작업은 여기에서 알 수 없습니다.',
              },
            ],
          }
        : newRevision(service, taskDefinition, { taskRoleArn: actualArn }),
  },
)
