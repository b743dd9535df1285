/** Does the trust policy of the task role let ECS tasks assume it, for this account and Region? */
import { TASKS_SERVICE } from './role-statements.ts'
import { defineTrustCheck } from './role-trust.ts'

export default defineTrustCheck(
  ({ role: { task, execution } }) =>
    task === null || task.arn === execution?.arn ? [] : [{ record: task, by: TASKS_SERVICE, neededBy: [] }],
  {
    id: 'task-role-not-assumable',
    title: { en: 'ECS may not assume the task role', ko: 'ECS가 태스크 역할을 수임할 수 없습니다' },
    why: {
      en: `ECS assumes the task role before it launches a task, whether the application calls AWS or not. Its trust policy has to name ${TASKS_SERVICE}, with conditions that hold for this account and Region, or no task is launched: "ECS was unable to assume the role".`,
      ko: `애플리케이션의 AWS 호출 여부와 관계없이 ECS는 태스크를 시작하기 전에 태스크 역할을 수임합니다. 신뢰 정책에 ${TASKS_SERVICE} 서비스가 있고 조건이 이 계정과 리전에 맞아야 하며, 그렇지 않으면 "ECS was unable to assume the role" 오류로 태스크가 시작되지 않습니다.`,
    },
  },
)
