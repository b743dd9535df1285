/** What makes room for tasks that find no place. */
import type { Obstacle } from '../../deployment/placement/instance-room.ts'
import type { Placement } from '../../deployment/placement/placement.ts'
import type { Remedy } from '../../domain/change.ts'
import type { AutoScalingGroup, Service } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { updateService } from './service-changes.ts'

export interface PlacementDetails {
  readonly service: Service
  readonly placement: Placement
  /** That may not start another instance; null where none would. */
  readonly group: AutoScalingGroup | null
  /** The largest minimumHealthyPercent with which every task finds a place; null where none helps. */
  readonly minimumHealthyPercent: number | null
}

export function placementRemedy({ service, placement, group, minimumHealthyPercent }: PlacementDetails): Remedy {
  const kinds = new Set(placement.instances.flatMap(({ room }) => room.obstacle?.kind ?? []))
  const advice = [...kinds].map((kind) => ADVICE[kind])
  const more: readonly Text[] = [
    ...distinctAdvice(advice),
    ...(group === null ? [] : [largerGroup(group.name, group.max)]),
    ...(placement.instances.length === 0 ? [firstInstance(service)] : []),
  ]
  if (minimumHealthyPercent === null) return { changes: [], after: more }
  const kept = Math.ceil((service.desiredCount * minimumHealthyPercent) / 100)
  return {
    before: [
      {
        en: `Let ECS stop old tasks before it starts new ones; during a deployment at least ${kept} of ${service.desiredCount} then run:`,
        ko: `ECS가 새 태스크를 시작하기 전에 이전 태스크를 중지하게 합니다. 배포 중 유지되는 태스크 수: ${service.desiredCount}개 중 최소 ${kept}개`,
      },
    ],
    changes: [updateService(service, { deploymentConfiguration: { minimumHealthyPercent } })],
    after: more,
  }
}

function distinctAdvice(advice: readonly Text[]): readonly Text[] {
  return [...new Set(advice)]
}

function firstInstance({ clusterName }: Service): Text {
  return {
    en: `Start an instance with the ECS agent whose user data sets ECS_CLUSTER=${clusterName}, or give the service a capacity provider with managed scaling (ECS → Clusters → ${clusterName} → Infrastructure).`,
    ko: `사용자 데이터에 ECS_CLUSTER=${clusterName} 값을 지정한 ECS 에이전트 인스턴스를 시작하거나, 관리형 크기 조정을 사용하는 용량 공급자를 서비스에 지정합니다(ECS → 클러스터 → ${clusterName} → 인프라).`,
  }
}

function largerGroup(name: string, max: number): Text {
  return {
    en: `Let the Auto Scaling group start another instance (EC2 → Auto Scaling groups → ${name} → Edit: Max desired capacity, now ${max}; Launch not suspended).`,
    ko: `Auto Scaling 그룹이 인스턴스를 더 시작할 수 있게 합니다(EC2 → Auto Scaling 그룹 → ${name} → 편집: 원하는 최대 용량, 현재 ${max}; Launch 프로세스가 일시 중지되지 않은 상태).`,
  }
}

const ROOM: Text = {
  en: 'Add instances or larger ones, or let a task take less. With a capacity provider that has managed scaling, ECS starts instances by itself.',
  ko: '인스턴스를 추가하거나 키우거나, 태스크에 필요한 리소스를 줄입니다. 관리형 크기 조정을 사용하는 용량 공급자라면 ECS가 인스턴스를 자동으로 시작합니다.',
}

const REQUIREMENT: Text = {
  en: 'Change the constraint or the requirement in the task definition or the service, or add an instance that meets it (a custom attribute: ECS → Clusters → Infrastructure → the instance → Custom attributes).',
  ko: '태스크 정의나 서비스의 제약 조건 또는 요구 사항을 변경하거나, 이를 충족하는 인스턴스를 추가합니다(사용자 지정 속성: ECS → 클러스터 → 인프라 → 해당 인스턴스 → 사용자 지정 속성).',
}

const ADVICE: Readonly<Record<Obstacle['kind'], Text>> = {
  status: {
    en: 'If the instance was not to be drained: ECS → Clusters → Infrastructure → the instance → Actions → Activate. Else add another one.',
    ko: '드레이닝할 의도가 없었다면 ECS → 클러스터 → 인프라 → 해당 인스턴스 → 작업 → 활성화를 선택합니다. 그렇지 않으면 다른 인스턴스를 추가합니다.',
  },
  agent: {
    en: 'Look again first: agents reconnect several times an hour. If it stays so, on the instance: sudo systemctl restart ecs, then read /var/log/ecs/ecs-agent.log. Check its way to the ecs, ecs-agent and ecs-telemetry endpoints and its instance role.',
    ko: '에이전트는 평소에도 시간당 여러 번 다시 연결되므로 먼저 다시 확인합니다. 계속 연결되지 않으면 인스턴스에서 sudo systemctl restart ecs를 실행하고 /var/log/ecs/ecs-agent.log를 확인합니다. ecs, ecs-agent, ecs-telemetry 엔드포인트까지의 경로와 인스턴스 역할도 확인합니다.',
  },
  zone: {
    en: 'Give the service a subnet in the zone of the instances, or start instances in the zones of its subnets.',
    ko: '인스턴스가 있는 가용 영역의 서브넷을 서비스에 추가하거나, 서비스 서브넷의 가용 영역에서 인스턴스를 시작합니다.',
  },
  constraint: REQUIREMENT,
  attribute: REQUIREMENT,
  distinct: ROOM,
  ports: {
    en: 'With host port 0 ECS chooses a free one for each task (behind a load balancer). A fixed one needs an instance for each task that runs at a time.',
    ko: '로드 밸런서를 사용한다면 호스트 포트를 0으로 지정합니다. 태스크마다 비어 있는 포트를 ECS가 선택합니다. 고정 포트를 사용하려면 동시에 실행되는 태스크마다 인스턴스가 하나씩 필요합니다.',
  },
  cpu: ROOM,
  memory: ROOM,
  gpus: ROOM,
  interfaces: {
    en: 'Use a type with more network interfaces, or turn the account setting awsvpcTrunking on and start new instances of a type that supports it.',
    ko: '네트워크 인터페이스가 더 많은 인스턴스 유형을 사용하거나, 계정 설정 awsvpcTrunking을 켜고 이를 지원하는 유형의 새 인스턴스를 시작합니다.',
  },
}
