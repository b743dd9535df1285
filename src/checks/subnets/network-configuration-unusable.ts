/** Are the subnets and security groups that the service names still there, and the groups usable in the subnets' VPC? */
import { listed } from '../../domain/answer.ts'
import type { Remedy } from '../../domain/change.ts'
import { type CheckResults, cannotSee, couldNotTell, defineCheck, type Found } from '../../domain/check.ts'
import { distinct } from '../../domain/collections.ts'
import type { Network, SecurityGroup } from '../../domain/network.ts'
import type { StepId } from '../../domain/step.ts'
import { subnetsOf } from '../../network/lookup.ts'
import { changeNetwork, hasOwnNetwork, type OwnNetworkService } from '../service/service-changes.ts'

interface Details {
  readonly because: 'subnet-gone' | 'group-gone' | 'group-elsewhere'
  readonly id: string
  /** Of the group; where it is gone, of the subnets. */
  readonly vpcId: string
  readonly groupVpcId: string
  readonly service: OwnNetworkService
  /** What the service names and EC2 still knows. */
  readonly subnetIds: readonly string[]
  readonly groupIds: readonly string[]
}

export default defineCheck<Details, 'service' | 'network'>({
  id: 'network-configuration-unusable',
  step: 'subnets',
  severity: 'blocker',
  needs: ['service', 'network'],
  permissions: [
    'ecs:DescribeServices',
    'ec2:DescribeSubnets',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeSecurityGroupVpcAssociations',
  ],

  title: {
    en: 'The network interface of a task cannot be made',
    ko: '태스크의 네트워크 인터페이스를 만들 수 없습니다',
  },
  why: {
    en: 'ECS makes a network interface for every task, in a subnet and with the security groups of the service. With one that is gone, or a group that may not be used in the VPC, EC2 refuses it, and no task is placed.',
    ko: 'ECS는 서비스의 서브넷과 보안 그룹으로 태스크마다 네트워크 인터페이스를 만듭니다. 하나라도 삭제되었거나 그 VPC에서 사용할 수 없는 보안 그룹이면 EC2가 거부하므로 태스크가 배치되지 않습니다.',
  },

  evaluate: ({ service, network }) => {
    if (!hasOwnNetwork(service)) return []
    const subnetIds = missingFrom(service, network, 'subnets', service.awsvpc.subnetIds)
    const groupIds = missingFrom(service, network, 'securityGroups', service.awsvpc.securityGroupIds)
    const [vpcId = ''] = distinct(subnetsOf(network, service.awsvpc.subnetIds).map((subnet) => subnet.vpcId))
    const rest = {
      service,
      vpcId,
      groupVpcId: '',
      subnetIds: service.awsvpc.subnetIds.filter((id) => !subnetIds.has(id)),
      groupIds: service.awsvpc.securityGroupIds.filter((id) => !groupIds.has(id)),
    }
    const found = (details: Pick<Details, 'because' | 'id'>, step: StepId): Found<Details> => ({
      subject: details.id,
      step,
      evidence: [{ en: `EC2 does not know ${details.id}`, ko: `EC2에 없음: ${details.id}` }],
      details: { ...rest, ...details },
    })
    return [
      ...[...subnetIds].map((id) => found({ because: 'subnet-gone', id }, 'subnets')),
      ...[...groupIds].map((id) => found({ because: 'group-gone', id }, 'security-groups')),
      ...listed(network.securityGroups)
        .filter((group) => rest.groupIds.includes(group.id) && vpcId !== '' && group.vpcId !== '')
        .flatMap((group) => (group.vpcId === vpcId ? [] : elsewhere(network, group, { ...rest, vpcId }))),
    ]
  },

  explain: ({ because, id, vpcId, groupVpcId, service: { name } }) => {
    if (because === 'subnet-gone')
      return {
        en: `${id}, a subnet of ${name}, does not exist any more.`,
        ko: `서비스의 서브넷이 더 이상 존재하지 않습니다: ${id} (서비스 ${name})`,
      }
    if (because === 'group-gone')
      return {
        en: `${id}, a security group of ${name}, does not exist any more.`,
        ko: `서비스의 보안 그룹이 더 이상 존재하지 않습니다: ${id} (서비스 ${name})`,
      }
    return {
      en: `${id}, a security group of ${name}, belongs to ${groupVpcId} and is not associated with ${vpcId}, where the tasks start.`,
      ko: `서비스의 보안 그룹이 태스크가 시작되는 VPC와 연결되어 있지 않습니다: ${id} (보안 그룹의 VPC ${groupVpcId}, 태스크의 VPC ${vpcId}, 서비스 ${name})`,
    }
  },

  remedy: ({ because, id, vpcId, service, subnetIds, groupIds }): Remedy => {
    if (because === 'group-elsewhere')
      return { changes: [{ kind: 'associate-security-group-vpc', groupId: id, vpcId }] }
    if (subnetIds.length > 0 && groupIds.length > 0)
      return changeNetwork(service, { subnetIds, securityGroupIds: groupIds })
    return {
      changes: [],
      before: [
        {
          en: `ECS → Clusters → ${service.clusterName} → ${service.name} → Update service → Networking: choose another in place of ${id} → Update`,
          ko: `ECS → 클러스터 → ${service.clusterName} → ${service.name} → 서비스 업데이트 → 네트워킹에서 다음을 대신할 것을 선택하고 업데이트를 누릅니다: ${id}`,
        },
      ],
    }
  },
})

/** Asked by the account that the service is in, and while it knows others of their kind: what EC2 does not know is gone. */
function missingFrom(
  service: OwnNetworkService,
  network: Network,
  name: 'subnets' | 'securityGroups',
  ids: readonly string[],
): ReadonlySet<string> {
  const all: readonly { readonly id: string }[] =
    name === 'subnets' ? listed(network.subnets) : listed(network.securityGroups)
  if (name === 'securityGroups' && network.hasUnreadGroups === true) return new Set()
  if (all.length === 0 || network.accountId === null || service.arn.split(':')[4] !== network.accountId)
    return new Set()
  const known = new Set(all.map(({ id }) => id))
  return new Set(ids.filter((id) => !known.has(id)))
}

const USABLE = ['associated', 'disassociation-failed']
const CHANGING = ['associating', 'disassociating']

/** A group serves its own VPC, and those that it is associated with. EC2 API Reference, AssociateSecurityGroupVpc. */
function elsewhere(
  { groupAssociations }: Network,
  { id, vpcId: groupVpcId }: SecurityGroup,
  rest: Omit<Details, 'because' | 'id'>,
): CheckResults<Details> {
  const { vpcId } = rest
  const what = { en: `with which VPCs ${id} is associated`, ko: `보안 그룹과 연결된 VPC: ${id}` }
  if (!groupAssociations.known) return [couldNotTell(groupAssociations, ['group-associations-unread', id], what, true)]
  const own = groupAssociations.value.find((one) => one.groupId === id && one.vpcId === vpcId)
  if (own !== undefined && USABLE.includes(own.state)) return []
  if (own !== undefined && CHANGING.includes(own.state)) {
    const because = {
      en: `${id} is ${own.state} with ${vpcId}`,
      ko: `보안 그룹의 VPC 연결 상태: ${id}, ${vpcId}, ${own.state}`,
    }
    return [cannotSee(['group-association-changing', id, vpcId], because, true)]
  }
  return [
    {
      subject: id,
      step: 'security-groups',
      evidence: [
        {
          en: `${id}: VPC ${groupVpcId}; association with ${vpcId}: ${own?.state ?? 'none'}`,
          ko: `${id}: VPC ${groupVpcId}, 다음 VPC의 연결: ${vpcId}, ${own?.state ?? '없음'}`,
        },
      ],
      details: { ...rest, because: 'group-elsewhere', id, groupVpcId },
    },
  ]
}
