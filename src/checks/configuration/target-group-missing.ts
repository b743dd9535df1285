/** Are the target groups there that the service registers its tasks with? */
import { type RegisteredGroup, registeredGroups } from '../../deployment/target-fit.ts'
import { type CheckResults, defineCheck } from '../../domain/check.ts'
import type { Network } from '../../domain/network.ts'
import type { Service } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { subnetsOf } from '../../network/lookup.ts'
import { anotherGroup, type GroupShape, groupName, unreadGroup } from './balancer-changes.ts'

interface Details {
  readonly arn: string
  readonly service: Service
  readonly place: RegisteredGroup
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
    configuration.targetGroups.flatMap(({ arn, group }): CheckResults<Details> => {
      if (!group.known) return [unreadGroup(group, arn)]
      const place = registeredGroups(service).find((one) => one.arn === arn)
      if (group.value !== null || place === undefined) return []
      const { entry } = place
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
          details: { arn, service, place, shape: shapeOf(service, network, place) },
        },
      ]
    }),

  explain: ({ arn, service, place: { entry, isAlternate } }) =>
    isAlternate
      ? {
          en: `Service ${service.name} registers the next revision's container ${entry.containerName} with its alternate target group ${arn}, which does not exist.`,
          ko: `서비스 ${service.name}의 대체 대상 그룹이 존재하지 않아 다음 개정의 태스크를 등록할 수 없습니다: ${arn} (컨테이너: ${entry.containerName})`,
        }
      : {
          en: `Service ${service.name} registers container ${entry.containerName} with ${arn}, which does not exist.`,
          ko: `서비스 ${service.name}의 대상 그룹이 존재하지 않습니다: ${arn} (컨테이너: ${entry.containerName})`,
        },

  remedy({ service, place, shape }) {
    const { changes, after = [] } = anotherGroup(service, place, shape, null)
    return { changes, after: [...after, HEALTH] }
  },
})

const HEALTH: Text = {
  en: 'The health check of the new group is the default one: path / on the port of the tasks, every 30 seconds.',
  ko: '새 대상 그룹의 상태 확인은 기본값입니다: 태스크 포트의 경로 /, 30초 간격',
}

function shapeOf(service: Service, network: Network, { arn, entry }: RegisteredGroup): GroupShape {
  const [subnet] = subnetsOf(network, service.awsvpc?.subnetIds ?? [])
  return {
    name: groupName(arn),
    protocol: 'HTTP',
    port: entry.containerPort ?? 80,
    targetType: service.awsvpc === null ? 'instance' : 'ip',
    ...(subnet === undefined ? {} : { vpcId: subnet.vpcId }),
    like: null,
  }
}
