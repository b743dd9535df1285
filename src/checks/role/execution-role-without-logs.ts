/** May the execution role write to the log groups of the task? */
import { type CheckResults, defineCheck } from '../../domain/check.ts'
import { eitherWrites, executionOf, logNeedsOf, logOutcomes } from './log-rights.ts'
import { denialsOf, explainDenial, ROLE_PERMISSIONS, usersOf } from './role-denials.ts'
import { closeGap, type Denial } from './role-statements.ts'

export default defineCheck<Denial, 'service' | 'taskDefinition' | 'compute' | 'role' | 'configuration'>({
  id: 'execution-role-without-logs',
  step: 'role',
  severity: 'blocker',
  needs: ['service', 'taskDefinition', 'compute', 'role', 'configuration'],
  permissions: [...ROLE_PERMISSIONS, 'logs:DescribeLogGroups'],

  title: { en: 'The execution role may not write the logs', ko: '태스크 실행 역할에 로그를 쓸 권한이 없습니다' },
  why: {
    en: 'The awslogs driver makes its log stream before the container starts, as this role. Where it may not, the task stops with ResourceInitializationError: failed to validate logger args.',
    ko: 'awslogs 드라이버는 컨테이너가 시작되기 전에 이 역할로 로그 스트림을 만듭니다. 허용되지 않으면 태스크가 ResourceInitializationError(failed to validate logger args)로 중지됩니다.',
  },

  evaluate(facts): CheckResults<Denial> {
    const execution = executionOf(facts)
    const needs = logNeedsOf(facts)
    if (execution === null || needs.length === 0) return []
    const users = usersOf(facts)
    if (!users.execution && !users.instances) return users.unknown === null ? [] : [{ ...users.unknown, matters: true }]
    const outcomes = logOutcomes(execution, needs, facts)
    const denied = outcomes.some(({ outcome }) => outcome === 'denied')
    const open = denied && !users.execution ? eitherWrites(execution, needs, facts) : null
    return open === null ? denialsOf(execution, outcomes) : [open]
  },

  explain: explainDenial,
  remedy: (denial) => closeGap({ ...denial, topic: 'logs' }),
})
