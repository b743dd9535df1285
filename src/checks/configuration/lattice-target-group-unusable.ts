/** Can the tasks be registered with the VPC Lattice target groups of the service? */
import { type CheckResults, couldNotTell, defineCheck } from '../../domain/check.ts'
import type { LatticeTargetGroup } from '../../domain/configuration.ts'
import type { Text } from '../../domain/text.ts'
import { subnetsOf } from '../../network/lookup.ts'

interface Details {
  readonly service: string
  readonly arn: string
  readonly faults: readonly Text[]
}

/** As they are once they are made. A name that AWS adds later is not held against the service. */
const UNUSABLE = ['delete_in_progress', 'create_failed', 'delete_failed']

export default defineCheck<Details, 'service' | 'taskDefinition' | 'network' | 'configuration'>({
  id: 'lattice-target-group-unusable',
  step: 'configuration',
  severity: 'blocker',
  needs: ['service', 'taskDefinition', 'network', 'configuration'],
  permissions: ['ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'vpc-lattice:GetTargetGroup'],

  title: { en: 'A VPC Lattice target group cannot be used', ko: 'VPC Lattice 대상 그룹을 사용할 수 없습니다' },
  why: {
    en: 'ECS registers each task with the target group of VPC Lattice. Where it is gone, in another VPC, or not for addresses, no task is registered and the deployment does not complete.',
    ko: 'ECS는 태스크를 VPC Lattice 대상 그룹에 등록합니다. 대상 그룹이 없거나 다른 VPC에 있거나 IP 주소용이 아니면 태스크가 등록되지 않고 배포가 완료되지 않습니다.',
  },

  evaluate: ({ service, taskDefinition, network, configuration: { latticeTargetGroups } }) => {
    const vpcId = subnetsOf(network, service.awsvpc?.subnetIds ?? [])[0]?.vpcId ?? null
    return latticeTargetGroups.flatMap(({ arn, group }): CheckResults<Details> => {
      if (!group.known) {
        const what = { en: `VPC Lattice target group ${arn}`, ko: `VPC Lattice 대상 그룹 ${arn}` }
        return [couldNotTell(group, ['lattice-target-group', arn], what, true)]
      }
      const faults = faultsOf(arn, group.value, taskDefinition.networkMode, vpcId)
      return faults.length === 0
        ? []
        : [{ subject: arn, evidence: faults, details: { service: service.name, arn, faults } }]
    })
  },

  explain: ({ service, faults }) => ({
    en: `Service ${service}: ${faults.map(({ en }) => en).join('; ')}.`,
    ko: `서비스 ${service}의 VPC Lattice 설정이 맞지 않습니다. ${faults.map(({ ko }) => ko).join('; ')}`,
  }),

  remedy: ({ arn }) => ({
    changes: [],
    after: [
      {
        en: `Make a target group of VPC Lattice that fits (type IP for tasks with an interface of their own, in the VPC of the tasks), send a listener of the service to it, and name it in vpcLatticeConfigurations of the service in the place of ${arn}.`,
        ko: `조건에 맞는 VPC Lattice 대상 그룹(자체 인터페이스를 사용하는 태스크는 유형 IP, 태스크의 VPC)을 생성하고 리스너에 연결한 뒤, 서비스의 vpcLatticeConfigurations에 지정합니다. 기존 값: ${arn}`,
      },
    ],
  }),
})

function faultsOf(
  arn: string,
  group: LatticeTargetGroup | null,
  networkMode: string | null,
  vpcId: string | null,
): readonly Text[] {
  if (group === null) return [{ en: `VPC Lattice knows no ${arn}`, ko: `VPC Lattice에 없음: ${arn}` }]
  const { type, status } = group
  const faults: Text[] = []
  if (UNUSABLE.includes(status)) faults.push({ en: `${arn} is ${status}`, ko: `${arn}의 상태: ${status}` })
  if (networkMode === 'awsvpc' && ['instance', 'lambda', 'alb'].includes(type)) {
    faults.push({ en: `${arn} has the type ${type}, the tasks need ip`, ko: `${arn}의 유형: ${type}, 필요한 유형: ip` })
  }
  if (group.vpcId !== null && vpcId !== null && group.vpcId !== vpcId) {
    faults.push({
      en: `${arn} is in ${group.vpcId}, the tasks are in ${vpcId}`,
      ko: `${arn}의 VPC: ${group.vpcId}, 태스크의 VPC: ${vpcId}`,
    })
  }
  return faults
}
