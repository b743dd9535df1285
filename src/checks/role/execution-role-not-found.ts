/** Does the execution role exist, under the very ARN that the task definition names? */
import { newRevision } from '../service/service-changes.ts'
import { needsOf } from './role-denials.ts'
import { defineExistenceCheck, ofTaskDefinition, placeInArn } from './role-existence.ts'
import { newExecutionRole, TASKS_SERVICE } from './role-statements.ts'

export default defineExistenceCheck(
  ({ role: { execution } }) => (execution === null ? [] : [{ record: execution, by: TASKS_SERVICE, neededBy: [] }]),
  {
    id: 'execution-role-not-found',
    title: { en: 'The execution role does not exist', ko: '태스크 실행 역할이 존재하지 않습니다' },
    why: {
      en: 'ECS assumes the execution role before it does anything else for the task. A role that is gone, or that is under another path than its ARN says, cannot be assumed, and the task stops at once.',
      ko: 'ECS는 태스크를 시작할 때 가장 먼저 태스크 실행 역할을 수임합니다. 역할이 없거나 ARN의 경로가 실제와 다르면 수임할 수 없으므로 태스크가 바로 중지됩니다.',
    },
    namedBy: ofTaskDefinition,
    details: (facts) => ({ needed: needsOf(facts) }),
    remedy: ({ roleArn, service, taskDefinition, needed, actualArn }) =>
      actualArn === null
        ? { changes: newExecutionRole(placeInArn(roleArn), needed) }
        : newRevision(service, taskDefinition, { executionRoleArn: actualArn }),
  },
)
