/** May the roles that ECS itself assumes for the service do what they are for? */
import { defineCheck } from '../../domain/check.ts'
import { judgeNeed } from '../../iam/role-judgement.ts'
import { infrastructureOf } from './infrastructure.ts'
import { denialsOf, explainDenial, isGone, ROLE_PERMISSIONS } from './role-denials.ts'
import { closeGap, type Denial } from './role-statements.ts'

export default defineCheck<Denial, 'service' | 'taskDefinition' | 'compute' | 'role'>({
  id: 'infrastructure-role-without-rights',
  step: 'role',
  severity: 'blocker',
  needs: ['service', 'taskDefinition', 'compute', 'role'],
  permissions: ROLE_PERMISSIONS,

  title: { en: 'An infrastructure role may not do its work', ko: '인프라 역할에 필요한 권한이 없습니다' },
  why: {
    en: 'ECS makes volumes, moves traffic and calls lifecycle hooks as a role that the service names, and may do no more than the role may: a volume that is not made keeps the task from starting, a rule or a hook that is refused fails the deployment.',
    ko: 'ECS는 서비스에 지정된 역할의 권한 안에서만 볼륨을 만들고, 트래픽을 전환하고, 수명 주기 후크를 호출합니다. 볼륨을 만들 수 없으면 태스크가 시작되지 않고, 규칙 변경이나 후크 호출이 거부되면 배포가 실패합니다.',
  },

  evaluate: (facts) =>
    infrastructureOf(facts)
      .filter(({ record, needs }) => needs.length > 0 && !isGone(record))
      .flatMap(({ record, needs, uses }) => {
        const outcomes = needs.map((need) => judgeNeed(record, need, facts.role))
        // AWS's own policy for volumes asks for tags that only the request has: what it comes to stays open.
        const matters = uses.some(({ kind }) => kind !== 'volume')
        return denialsOf(record, outcomes, matters)
      }),

  explain: explainDenial,
  remedy: (denial) => closeGap({ ...denial, topic: 'infrastructure' }),
})
