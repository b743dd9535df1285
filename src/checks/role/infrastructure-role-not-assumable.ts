/** Do the trust policies let ECS assume the roles that it does its work with, and EC2 those of Managed Instances? */
import type { InstanceRole } from '../../domain/role.ts'
import { infrastructureOf } from './infrastructure.ts'
import { EC2_SERVICE, ECS_SERVICE } from './role-statements.ts'
import { type AssumedRole, defineTrustCheck } from './role-trust.ts'

export default defineTrustCheck(
  (facts) => [
    ...infrastructureOf(facts).map(({ record, neededBy, severity }) => ({
      record,
      by: ECS_SERVICE,
      neededBy,
      severity,
    })),
    ...(facts.role.managedInstances ?? []).flatMap(ofInstances),
  ],
  {
    id: 'infrastructure-role-not-assumable',
    title: { en: 'ECS may not assume an infrastructure role', ko: 'ECS가 인프라 역할을 수임할 수 없습니다' },
    why: {
      en: `ECS makes volumes, moves traffic, starts instances and calls lifecycle hooks as a role that the service names. It assumes that role as ${ECS_SERVICE}, not as its tasks: a role that trusts another service cannot be used, and tasks or deployment fail.`,
      ko: `ECS는 서비스에 지정된 역할로 볼륨을 만들고, 트래픽을 전환하고, 인스턴스를 시작하고, 수명 주기 후크를 호출합니다. 이 역할은 태스크가 아니라 ${ECS_SERVICE} 서비스가 수임하므로, 다른 서비스를 신뢰하는 역할은 사용할 수 없고 태스크나 배포가 실패합니다.`,
    },
  },
)

/** One that nobody could read is left alone: it is AWS's own in all but rare accounts, and instances that run prove it. */
function ofInstances({ profileArn, role }: InstanceRole): readonly AssumedRole[] {
  if (!role.known || !role.value.role.known) return []
  const profile = { en: `the instance profile ${profileArn}`, ko: `인스턴스 프로파일 ${profileArn}` }
  return [{ record: role.value, by: EC2_SERVICE, neededBy: [profile], severity: 'warning' }]
}
