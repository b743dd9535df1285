/** Are the target groups there that the service registers its tasks with? */

import {
  type BalancedService,
  type BalancerEntry,
  balancedService,
  balancersBlock,
  createGroup,
  type GroupShape,
  groupBlock,
  groupName,
  NEW_GROUP,
  replaced,
  updateBalancers,
} from '../../changes/balancer-lines.ts'
import { defineCheck } from '../../domain/check.ts'
import type { Network } from '../../domain/network.ts'
import type { Service } from '../../domain/service.ts'
import { subnetsOf } from '../../network/lookup.ts'
import { type Told, unreadPart } from '../engine/unread-part.ts'

interface Details {
  readonly arn: string
  readonly service: BalancedService
  readonly entry: BalancerEntry
  readonly shape: GroupShape
}

export default defineCheck<Details, 'service' | 'network' | 'configuration'>({
  id: 'target-group-missing',
  step: 'configuration',
  severity: 'blocker',
  needs: ['service', 'network', 'configuration'],
  permissions: ['ecs:DescribeServices', 'elasticloadbalancing:DescribeTargetGroups'],

  title: { en: 'A target group does not exist', ko: '대상 그룹이 존재하지 않습니다' },
  why: {
    en: 'ECS registers each task with the target group and takes it for healthy when the load balancer does. Without the group no task gets that far, and a deployment never ends.',
    ko: 'ECS는 태스크를 대상 그룹에 등록하고 로드 밸런서가 정상으로 판정해야 정상으로 여깁니다. 대상 그룹이 없으면 어떤 태스크도 정상이 되지 못하고 배포가 끝나지 않습니다.',
  },

  evaluate: ({ service, network, configuration }) =>
    configuration.targetGroups.flatMap(({ arn, group }): Told<Details> => {
      if (!group.known)
        return [unreadPart(group, ['target-group', arn], { en: `target group ${arn}`, ko: `대상 그룹 ${arn}` }, false)]
      const entry = service.loadBalancers.find(({ targetGroupArn }) => targetGroupArn === arn)
      if (group.value !== null || entry === undefined) return []
      return [
        {
          subject: arn,
          evidence: [
            { en: `Elastic Load Balancing knows no ${arn}.`, ko: `Elastic Load Balancing에 없음: ${arn}` },
            {
              en: `container ${entry.containerName}, port ${entry.containerPort}`,
              ko: `컨테이너 ${entry.containerName}, 포트 ${entry.containerPort}`,
            },
          ],
          details: { arn, service: balancedService(service), entry, shape: shapeOf(service, network, entry) },
        },
      ]
    }),

  explain: ({ arn, service, entry }) => ({
    en: `Service ${service.name} registers container ${entry.containerName} with ${arn}, which does not exist.`,
    ko: `서비스 ${service.name}의 대상 그룹이 존재하지 않습니다: ${arn} (컨테이너: ${entry.containerName})`,
  }),

  remedy({ service, entry, shape }) {
    const changed = replaced(service, entry, { targetGroupArn: NEW_GROUP })
    return {
      console: [
        {
          en: `EC2 → Target groups → Create target group: name ${shape.name}, target type ${shape.targetType}, port ${shape.port}; then point the load balancer's listener to it`,
          ko: `EC2 → 대상 그룹 → 대상 그룹 생성에서 다음과 같이 생성하고 로드 밸런서의 리스너에 연결합니다. 이름: ${shape.name}, 대상 유형: ${shape.targetType}, 포트: ${shape.port}`,
        },
        {
          en: `ECS → Clusters → ${service.clusterName} → Services → ${service.name} → Update service → Load balancing: choose the new target group → Update`,
          ko: `ECS → 클러스터 → ${service.clusterName} → 서비스 → ${service.name} → 서비스 업데이트 → 로드 밸런싱에서 새 대상 그룹을 선택하고 업데이트를 누릅니다.`,
        },
      ],
      cli: [createGroup(shape), updateBalancers(changed)],
      terraform: `${groupBlock(shape)}\n${balancersBlock(changed)}`,
    }
  },
})

function shapeOf(service: Service, network: Network, entry: BalancerEntry): GroupShape {
  const [subnet] = subnetsOf(network, service.awsvpc?.subnetIds ?? [])
  return {
    name: groupName(entry.targetGroupArn ?? ''),
    protocol: 'HTTP',
    port: entry.containerPort ?? 80,
    targetType: service.awsvpc === null ? 'instance' : 'ip',
    vpcId: subnet?.vpcId ?? null,
  }
}
