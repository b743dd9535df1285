/** Do the roles exist that ECS itself assumes for the service? */
import { infrastructureOf } from './infrastructure.ts'
import { defineExistenceCheck, placeInArn } from './role-existence.ts'
import { ECS_SERVICE, newRole } from './role-statements.ts'

export default defineExistenceCheck(
  (facts) =>
    infrastructureOf(facts).map(({ record, neededBy, severity }) => ({ record, by: ECS_SERVICE, neededBy, severity })),
  {
    id: 'infrastructure-role-not-found',
    title: { en: 'An infrastructure role does not exist', ko: '인프라 역할이 존재하지 않습니다' },
    why: {
      en: 'ECS makes volumes, moves traffic, starts instances and calls lifecycle hooks as a role that the service names. Without the role it can do none of that, and tasks or deployment fail.',
      ko: 'ECS는 서비스에 지정된 역할로 볼륨을 만들고, 트래픽을 전환하고, 인스턴스를 시작하고, 수명 주기 후크를 호출합니다. 역할이 없으면 이런 작업을 할 수 없어 태스크나 배포가 실패합니다.',
    },
    namedBy: ({ service: { name } }) => ({ en: `The service ${name}`, ko: `서비스: ${name}` }),
    details: () => ({}),
    remedy: ({ roleArn, actualArn }) =>
      actualArn === null
        ? {
            changes: [newRole(placeInArn(roleArn), ECS_SERVICE)],
            after: [
              {
                en: 'Then attach the policy for its use: AmazonECSInfrastructureRolePolicyForVolumes, …ForLoadBalancers, …ForVpcLattice, …ForServiceConnectTransportLayerSecurity or …ForManagedInstances; for a lifecycle hook, lambda:InvokeFunction on the function.',
                ko: '이어서 용도에 맞는 정책을 연결합니다: AmazonECSInfrastructureRolePolicyForVolumes, …ForLoadBalancers, …ForVpcLattice, …ForServiceConnectTransportLayerSecurity, …ForManagedInstances. 수명 주기 후크에는 함수의 lambda:InvokeFunction 권한을 추가합니다.',
              },
            ],
          }
        : {
            changes: [],
            after: [
              {
                en: `Update the service so that it names the role by its own ARN: ${actualArn}`,
                ko: `서비스가 역할의 실제 ARN을 지정하도록 업데이트합니다: ${actualArn}`,
              },
            ],
          },
  },
)
