/** On EC2, where the task definition names no execution role: may the container instance's role write the logs? */
import { type CheckResults, couldNotTell, defineCheck } from '../../domain/check.ts'
import { executionOf, logNeedsOf, logOutcomes } from './log-rights.ts'
import { denialsOf, explainDenial, ROLE_PERMISSIONS, usersOf } from './role-denials.ts'
import { closeGap, type Denial } from './role-statements.ts'

export default defineCheck<Denial, 'service' | 'taskDefinition' | 'compute' | 'role' | 'configuration'>({
  id: 'instance-role-without-logs',
  step: 'role',
  severity: 'blocker',
  needs: ['service', 'taskDefinition', 'compute', 'role', 'configuration'],
  permissions: [...ROLE_PERMISSIONS, 'ec2:DescribeInstances', 'iam:GetInstanceProfile', 'logs:DescribeLogGroups'],

  title: { en: 'The instance role may not write the logs', ko: '인스턴스 역할에 로그를 쓸 권한이 없습니다' },
  why: {
    en: 'Without an execution role the awslogs driver writes with the role of the container instance, and makes its log stream before the container starts. Where it may not, the container does not start.',
    ko: '태스크 실행 역할이 없으면 awslogs 드라이버는 컨테이너 인스턴스의 역할로 로그를 쓰며, 컨테이너가 시작되기 전에 로그 스트림을 만듭니다. 허용되지 않으면 컨테이너가 시작되지 않습니다.',
  },

  evaluate(facts): CheckResults<Denial> {
    const needs = logNeedsOf(facts)
    if (executionOf(facts) !== null || needs.length === 0 || !usersOf(facts).instances) return []
    const { instances } = facts.role
    if (!instances.known) {
      const what = { en: 'the roles of the container instances', ko: '컨테이너 인스턴스의 역할' }
      return [couldNotTell(instances, ['instance-roles-unread'], what, true)]
    }
    return instances.value.flatMap(({ profileArn, role }): CheckResults<Denial> => {
      if (role.known) return denialsOf(role.value, logOutcomes(role.value, needs, facts))
      const what = { en: `the instance profile ${profileArn}`, ko: `인스턴스 프로파일 ${profileArn}` }
      return [couldNotTell(role, ['instance-profile-unread', profileArn], what, true)]
    })
  },

  explain: explainDenial,
  remedy: (denial) => closeGap({ ...denial, topic: 'logs' }),
})
