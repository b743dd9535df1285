/** Do the service's target groups go together with the containers, ports and network of its tasks? */
import {
  groupMisfits,
  type Misfit,
  misfits,
  protocolMisfits,
  type RegisteredGroup,
  registeredGroups,
} from '../../deployment/target-fit.ts'
import { type CheckResults, defineCheck } from '../../domain/check.ts'
import type { TargetGroup } from '../../domain/configuration.ts'
import type { LoadBalancerEntry, Service, TaskDefinition } from '../../domain/service.ts'
import type { ServiceLoadBalancer } from '../../domain/service-change.ts'
import type { Text } from '../../domain/text.ts'
import { subnetsOf } from '../../network/lookup.ts'
import { anotherGroup, changeEntry, type GroupShape, groupName, unreadGroup } from './balancer-changes.ts'

interface Details {
  readonly service: Service
  readonly place: RegisteredGroup
  readonly misfits: readonly [Misfit, ...Misfit[]]
  /** The entry with a container and a port that the task definition has. */
  readonly fitting: Pick<ServiceLoadBalancer, 'containerName' | 'containerPort'>
  /** A group that fits; null where the one there does. */
  readonly shape: GroupShape | null
  /** What sends to the group that is there; null where none is known. */
  readonly loadBalancerArn: string | null
}

export default defineCheck<Details, 'service' | 'taskDefinition' | 'network' | 'configuration'>({
  id: 'target-group-does-not-fit',
  step: 'configuration',
  severity: 'blocker',
  needs: ['service', 'taskDefinition', 'network', 'configuration'],
  permissions: ['ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'elasticloadbalancing:DescribeTargetGroups'],

  title: { en: 'The target group does not fit the tasks', ko: '대상 그룹이 태스크와 맞지 않습니다' },
  why: {
    en: 'ECS refuses the deployment, or starts tasks that it cannot register: no traffic reaches them and none ever counts as healthy.',
    ko: 'ECS가 배포를 거부하거나, 등록할 수 없는 태스크를 시작합니다. 그런 태스크에는 트래픽이 가지 않고 정상으로 판정되지도 않습니다.',
  },

  evaluate: ({ service, taskDefinition, network, configuration }) =>
    // Classic Load Balancers have no target group, and one that is gone is another check's matter.
    registeredGroups(service).flatMap((place): CheckResults<Details> => {
      const { arn, entry, isAlternate } = place
      const record = configuration.targetGroups.find((one) => one.arn === arn)
      if (record === undefined) return []
      const { group } = record
      const seen = group.known ? group.value : null
      const vpcId = subnetsOf(network, service.awsvpc?.subnetIds ?? [])[0]?.vpcId ?? null
      const main = configuration.targetGroups.find((one) => one.arn === entry.targetGroupArn)?.group
      const [first, ...rest] = isAlternate
        ? [
            ...groupMisfits(taskDefinition, seen, vpcId),
            ...protocolMisfits(seen, main?.known === true ? main.value : null),
          ]
        : misfits(entry, taskDefinition, seen, vpcId)
      const unseen = group.known ? [] : [unreadGroup(group, arn)]
      if (first === undefined) return unseen
      const all: Details['misfits'] = [first, ...rest]
      const fitting = fittingEntry(entry, taskDefinition)
      return [
        {
          subject: arn,
          evidence: all.map((misfit) => misfitText(misfit, entry, arn)),
          details: {
            service,
            place,
            misfits: all,
            fitting,
            shape: all.some(ofGroup) && seen !== null ? fittingShape(seen, fitting, all, vpcId) : null,
            loadBalancerArn: seen?.loadBalancerArns[0] ?? null,
          },
        },
        ...unseen,
      ]
    }),

  explain({ service, place: { arn, entry }, misfits: all }) {
    const texts = all.map((misfit) => misfitText(misfit, entry, arn))
    return {
      en: `Service ${service.name}: ${texts.map((text) => text.en).join('; ')}.`,
      ko: `서비스 ${service.name}의 로드 밸런서 설정이 맞지 않습니다. ${texts.map((text) => text.ko).join('; ')}`,
    }
  },

  remedy({ service, place, fitting, shape, loadBalancerArn }) {
    if (shape === null) return changeEntry(service, place.entry, fitting)
    return anotherGroup(service, place, shape, loadBalancerArn, place.isAlternate ? {} : fitting)
  },
})

function ofGroup({ is }: Misfit): boolean {
  return is === 'target-type' || is === 'vpc' || is === 'protocol'
}

function misfitText(misfit: Misfit, { containerName, containerPort }: LoadBalancerEntry, arn: string): Text {
  switch (misfit.is) {
    case 'container':
      return {
        en: `the task definition has no container ${containerName}; it has ${misfit.containers.join(', ')}`,
        ko: `태스크 정의에 없는 컨테이너: ${containerName} (있는 컨테이너: ${misfit.containers.join(', ')})`,
      }
    case 'port':
      return {
        en: `container ${containerName} maps no port ${containerPort}; it maps ${misfit.ports.join(', ') || 'none'}`,
        ko: `컨테이너 ${containerName}의 포트 매핑에 없는 포트: ${containerPort} (있는 포트: ${misfit.ports.join(', ') || '없음'})`,
      }
    case 'target-type':
      return {
        en: `${arn} has the target type ${misfit.has}, the tasks need ${misfit.wants}`,
        ko: `${arn}의 대상 유형: ${misfit.has}, 필요한 대상 유형: ${misfit.wants}`,
      }
    case 'vpc':
      return {
        en: `${arn} is in ${misfit.has}, the tasks are in ${misfit.wants}`,
        ko: `${arn}의 VPC: ${misfit.has}, 태스크의 VPC: ${misfit.wants}`,
      }
    case 'protocol':
      return {
        en: `${arn} has the protocol ${misfit.has}, the other target group ${misfit.wants}: no load balancer sends both`,
        ko: `${arn}의 프로토콜: ${misfit.has}, 다른 대상 그룹의 프로토콜: ${misfit.wants} (한 로드 밸런서가 둘 다 처리할 수 없음)`,
      }
  }
}

/** The container of that name, else the one that maps the port, else the first with a port; a port that it maps. */
function fittingEntry(
  { containerName, containerPort }: LoadBalancerEntry,
  { containers }: TaskDefinition,
): Details['fitting'] {
  const maps = (port: number | null) =>
    containers.find((one) => one.portMappings.some((map) => map.containerPort === port))
  const container =
    containers.find(({ name }) => name === containerName) ??
    maps(containerPort) ??
    containers.find(({ portMappings }) => portMappings.length > 0) ??
    containers[0]
  const ports = container?.portMappings.map((mapping) => mapping.containerPort) ?? []
  const name = container?.name ?? containerName
  const port = containerPort !== null && ports.includes(containerPort) ? containerPort : (ports[0] ?? containerPort)
  return {
    ...(name === null ? {} : { containerName: name }),
    ...(port === null ? {} : { containerPort: port }),
  }
}

function fittingShape(
  group: TargetGroup,
  { containerPort }: Details['fitting'],
  all: readonly Misfit[],
  ownVpcId: string | null,
): GroupShape {
  const type = all.find((one) => one.is === 'target-type')
  const protocol = all.find((one) => one.is === 'protocol')
  const vpcId = ownVpcId ?? group.vpcId
  return {
    // Names are unique in an account and Region, and the old group still has its own.
    name: `${groupName(group.arn).slice(0, 30)}-2`,
    protocol: protocol?.wants ?? group.protocol ?? 'HTTP',
    port: containerPort ?? 80,
    targetType: type?.wants ?? group.targetType,
    ...(vpcId === null ? {} : { vpcId }),
    like: group.arn,
  }
}
