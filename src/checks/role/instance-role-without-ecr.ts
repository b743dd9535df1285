/** On EC2: may the container instance's role pull the image, or the execution role in its place? */
import { type CheckResults, cannotSee, couldNotTell, defineCheck, type Unseen } from '../../domain/check.ts'
import type { InstanceRole, RoleRecord } from '../../domain/role.ts'
import { judgeNeed, type Outcome } from '../../iam/role-judgement.ts'
import type { RoleNeed } from '../../iam/role-needs.ts'
import {
  denialsOf,
  explainDenial,
  isGone,
  needsOf,
  ROLE_PERMISSIONS,
  type RoleCheckFacts,
  unseenOf,
  usersOf,
} from './role-denials.ts'
import { closeGap, type Denial } from './role-statements.ts'

export default defineCheck<Denial, 'service' | 'taskDefinition' | 'compute' | 'role'>({
  id: 'instance-role-without-ecr',
  step: 'role',
  severity: 'blocker',
  needs: ['service', 'taskDefinition', 'compute', 'role'],
  permissions: [...ROLE_PERMISSIONS, 'ec2:DescribeInstances', 'iam:GetInstanceProfile', 'ecr:GetRepositoryPolicy'],

  title: { en: 'The instance role may not pull the image', ko: '인스턴스 역할에 이미지를 가져올 권한이 없습니다' },
  why: {
    en: 'On EC2 the ECS agent pulls with the role of the container instance, unless AWS tells it to use the execution role. Where neither may pull, the task stops with CannotPullContainerError.',
    ko: 'EC2에서는 ECS 에이전트가 컨테이너 인스턴스의 역할로 이미지를 가져오며, AWS가 지시한 경우에만 태스크 실행 역할을 사용합니다. 둘 다 허용되지 않으면 태스크가 CannotPullContainerError로 중지됩니다.',
  },

  evaluate(facts) {
    if (!usersOf(facts).instances) return []
    const needs = needsOf(facts).filter(({ feature }) => feature === 'ecr')
    if (needs.length === 0) return []
    const { instances } = facts.role
    if (!instances.known) {
      const what = { en: 'the roles of the container instances', ko: '컨테이너 인스턴스의 역할' }
      return [couldNotTell(instances, ['instance-roles-unread'], what, true)]
    }
    return instances.value.flatMap((one) => judge(one, needs, facts))
  },

  explain: explainDenial,
  remedy: (denial) => closeGap({ ...denial, topic: 'ecr' }),
})

function judge(
  { profileArn, role }: InstanceRole,
  needs: readonly RoleNeed[],
  { role: facts }: RoleCheckFacts,
): CheckResults<Denial> {
  if (!role.known) {
    const what = { en: `the instance profile ${profileArn}`, ko: `인스턴스 프로파일 ${profileArn}` }
    return [couldNotTell(role, ['instance-profile-unread', profileArn], what, true)]
  }
  const judgedFor = (record: RoleRecord) => needs.map((need) => judgeNeed(record, need, facts))
  const host = judgedFor(role.value)
  const execution = facts.execution === null || isGone(facts.execution) ? null : facts.execution
  if (execution === null) return denialsOf(role.value, host)
  const task = judgedFor(execution)
  if (isDenied(host) && isDenied(task)) return denialsOf(role.value, host)
  if (isAllowed(host) && isAllowed(task)) return []
  const open = unseenOf([...host, ...task])
  return open.length > 0 ? open : [eitherPulls(role.value.arn, execution.arn, isAllowed(host))]
}

function isDenied(outcomes: readonly Outcome[]): boolean {
  return outcomes.some(({ outcome }) => outcome === 'denied')
}

function isAllowed(outcomes: readonly Outcome[]): boolean {
  return outcomes.every(({ outcome }) => outcome === 'allowed')
}

/** AWS documents neither way when the backend tells the agent to use the execution role. */
function eitherPulls(host: string, execution: string, hostMay: boolean): Unseen {
  const [may, mayNot] = hostMay ? [host, execution] : [execution, host]
  return cannotSee(
    ['either-role-pulls', may, mayNot],
    {
      en: `On EC2 the instance role or the execution role pulls, and AWS does not document which: ${may} may, ${mayNot} may not.`,
      ko: `EC2에서는 인스턴스 역할과 태스크 실행 역할 중 어느 것으로 이미지를 가져오는지 AWS 문서에 없습니다. 허용된 역할: ${may}, 허용되지 않은 역할: ${mayNot}`,
    },
    true,
  )
}
