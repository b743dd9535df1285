/** Does the trust policy of the execution role let ECS tasks assume it, for this account and Region? */
import { TASKS_SERVICE } from './role-statements.ts'
import { defineTrustCheck } from './role-trust.ts'

export default defineTrustCheck(
  ({ role: { execution } }) => (execution === null ? [] : [{ record: execution, by: TASKS_SERVICE, neededBy: [] }]),
  {
    id: 'execution-role-not-assumable',
    title: { en: 'ECS may not assume the execution role', ko: 'ECS가 태스크 실행 역할을 수임할 수 없습니다' },
    why: {
      en: `A role can be used only by those whom its trust policy names: here ${TASKS_SERVICE}, with the account and the resources that its conditions ask for. Otherwise every task stops with "ECS was unable to assume the role".`,
      ko: `역할은 신뢰 정책에 지정된 보안 주체만 수임할 수 있습니다. 태스크 실행 역할의 신뢰 정책에는 ${TASKS_SERVICE} 서비스가 있어야 하고 계정과 리소스 조건도 맞아야 합니다. 그렇지 않으면 모든 태스크가 "ECS was unable to assume the role" 오류로 중지됩니다.`,
    },
  },
)
