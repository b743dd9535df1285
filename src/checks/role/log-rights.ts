/** Which rights on log groups the tasks need, and on EC2 whose: what the two checks of log rights share. */
import { type Answer, missingFrom } from '../../domain/answer.ts'
import { cannotSee, couldNotTell, type Unseen } from '../../domain/check.ts'
import type { Facts } from '../../domain/facts.ts'
import type { RoleRecord } from '../../domain/role.ts'
import { judgeNeed, type Outcome } from '../../iam/role-judgement.ts'
import type { RoleNeed } from '../../iam/role-needs.ts'
import { isGone, needsOf, type RoleCheckFacts } from './role-denials.ts'

export type LogFacts = RoleCheckFacts & Pick<Facts, 'configuration'>

/** A group that is there need not be made: the driver makes one only where CreateLogStream found none. */
export function logNeedsOf(facts: LogFacts): readonly RoleNeed[] {
  return needsOf(facts).filter((need) => {
    const exists = toBeMade(need, facts)
    return need.feature === 'logs' && !(exists?.known && exists.value)
  })
}

/** Whether the group is there that this right would make; null for any other right, and where nobody looked. */
function toBeMade({ action, resource, region }: RoleNeed, { configuration }: LogFacts): Answer<boolean> | null {
  if (action !== 'logs:CreateLogGroup') return null
  const group = configuration.logGroups.find(
    (one) => one.region === region && resource.includes(`:log-group:${one.name}:`),
  )
  return group?.exists ?? null
}

export function logOutcomes(record: RoleRecord, needs: readonly RoleNeed[], facts: LogFacts): readonly Outcome[] {
  return needs.map((need): Outcome => {
    const outcome = judgeNeed(record, need, facts.role)
    const exists = toBeMade(need, facts)
    if (outcome.outcome !== 'denied' || exists === null || exists.known) return outcome
    const name = need.resource.split(':')[6] ?? ''
    const what = { en: `log group ${name}`, ko: `로그 그룹 ${name}` }
    return { need, outcome: 'unknown', missing: missingFrom(exists, ['log-group', name], what) }
  })
}

export function executionOf({ role: { execution } }: RoleCheckFacts): RoleRecord | null {
  return execution === null || isGone(execution) ? null : execution
}

/** The execution role may not write, and the instances' role may: which one the driver takes depends on the image of the instance. */
export function eitherWrites(execution: RoleRecord, needs: readonly RoleNeed[], facts: LogFacts): Unseen | null {
  const { instances } = facts.role
  if (!instances.known) {
    const what = { en: 'the roles of the container instances', ko: '컨테이너 인스턴스의 역할' }
    return couldNotTell(instances, ['instance-roles-unread'], what, true)
  }
  const hosts = instances.value.flatMap(({ role }) => (role.known ? [role.value] : []))
  const may = hosts.find((host) => logOutcomes(host, needs, facts).every(({ outcome }) => outcome === 'allowed'))
  if (may === undefined) {
    const role = instances.value.find((one) => !one.role.known)?.role
    const what = { en: 'a role of the container instances', ko: '컨테이너 인스턴스의 역할' }
    return role === undefined || role.known ? null : couldNotTell(role, ['instance-roles-unread'], what, true)
  }
  const actions = [...new Set(needs.map(({ action }) => action))].join(', ')
  return cannotSee(
    ['either-role-logs', may.arn, execution.arn],
    {
      en: `${execution.arn} may not write the logs (${actions}), and ${may.arn} of the instances may. The ECS agent gives the log driver the execution role where ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE is set, as on Amazon Linux; which agents the instances run with is not known here.`,
      ko: `태스크 실행 역할에는 로그 쓰기 권한(${actions})이 없고 인스턴스 역할에는 있습니다. Amazon Linux처럼 ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE가 설정된 인스턴스에서는 로그 드라이버가 태스크 실행 역할을 사용하며, 인스턴스의 에이전트 설정은 여기에서 알 수 없습니다. 태스크 실행 역할: ${execution.arn}, 인스턴스 역할: ${may.arn}`,
    },
    true,
  )
}
