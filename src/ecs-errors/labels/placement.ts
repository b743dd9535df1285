/** The placement of a task, and what takes its host away. */

import type { Label } from '../../domain/label.ts'
import type { LabelRows } from '../label-row.ts'

const PLACEMENT = { family: 'placement', step: 'placement', isBeforeTask: true } as const
const HOST = { family: 'host', step: 'placement' } as const

export const PLACEMENT_LABELS: LabelRows<Extract<Label, `placement/${string}` | 'host/terminated' | 'spot'>> = {
  'placement/capacity': {
    ...PLACEMENT,
    retryable: true,
    title: { en: 'AWS has no capacity for the task', ko: '태스크에 사용할 AWS 용량이 없습니다' },
    why: {
      en: 'Fargate, Spot or the instance type has no room in these zones at this time. ECS goes on trying.',
      ko: '현재 이 가용 영역에 Fargate, 스팟 또는 인스턴스 유형의 용량이 없습니다. ECS가 계속 시도합니다.',
    },
    remedy: [
      {
        en: 'Add subnets in other Availability Zones, or a second capacity provider.',
        ko: '다른 가용 영역의 서브넷이나 두 번째 용량 공급자를 추가합니다.',
      },
    ],
  },
  'placement/resources': {
    ...PLACEMENT,
    checks: ['tasks-without-place'],
    retryable: ({ prose }) => (/\bports?\b/.test(prose) ? false : null),
    title: { en: 'No instance has room for the task', ko: '태스크를 실행할 여유가 있는 인스턴스가 없습니다' },
    why: {
      en: 'Instances are registered, but none has enough CPU, memory, GPUs or a free host port.',
      ko: '인스턴스가 등록되어 있지만 CPU, 메모리, GPU 또는 비어 있는 호스트 포트가 부족합니다.',
    },
    remedy: [
      {
        en: 'Add or enlarge instances, or lower the CPU and memory of the task. During a rollout, old and new tasks need room together.',
        ko: '인스턴스를 추가하거나 키우거나 태스크의 CPU와 메모리를 줄입니다. 배포 중에는 이전 태스크와 새 태스크를 함께 실행할 공간이 필요합니다.',
      },
      {
        en: 'For a fixed host port: use dynamic port mapping, or lower minimumHealthyPercent.',
        ko: '고정 호스트 포트라면 동적 포트 매핑을 사용하거나 minimumHealthyPercent를 낮춥니다.',
      },
    ],
  },
  'placement/no-instances': {
    ...PLACEMENT,
    checks: ['tasks-without-place'],
    retryable: false,
    title: { en: 'No container instance is registered', ko: '등록된 컨테이너 인스턴스가 없습니다' },
    why: {
      en: 'The cluster or the capacity provider has no active instance to place a task on.',
      ko: '클러스터 또는 용량 공급자에 태스크를 배치할 활성 인스턴스가 없습니다.',
    },
    remedy: [
      {
        en: "Check that the Auto Scaling group starts instances and that ECS_CLUSTER in their user data is this cluster's name.",
        ko: 'Auto Scaling 그룹이 인스턴스를 시작하는지, 사용자 데이터의 ECS_CLUSTER가 이 클러스터의 이름인지 확인합니다.',
      },
      {
        en: 'Instances need the instance role and a way to the ECS endpoints.',
        ko: '인스턴스에는 인스턴스 역할과 ECS 엔드포인트까지의 경로가 필요합니다.',
      },
    ],
  },
  'placement/agent-disconnected': {
    ...PLACEMENT,
    checks: ['tasks-without-place'],
    title: { en: 'The ECS agent is not connected', ko: 'ECS 에이전트가 연결되어 있지 않습니다' },
    why: {
      en: 'The container agent of the instance has lost, or never had, a connection to the ECS control plane. This is not about the image.',
      ko: '인스턴스의 컨테이너 에이전트가 ECS 제어 영역과 연결되지 않았거나 연결이 끊어졌습니다. 이미지와는 관계가 없습니다.',
    },
    remedy: [
      {
        en: 'On the instance: sudo systemctl restart ecs, then read /var/log/ecs/ecs-agent.log.',
        ko: '인스턴스에서 sudo systemctl restart ecs를 실행하고 /var/log/ecs/ecs-agent.log를 확인합니다.',
      },
      {
        en: 'Check the way from the instance to the ecs, ecs-agent and ecs-telemetry endpoints, and its DNS.',
        ko: '인스턴스에서 ecs, ecs-agent, ecs-telemetry 엔드포인트까지의 경로와 DNS를 확인합니다.',
      },
    ],
  },
  'placement/constraint': {
    ...PLACEMENT,
    checks: ['tasks-without-place'],
    retryable: false,
    title: { en: 'No instance meets the requirements', ko: '요구 사항을 충족하는 인스턴스가 없습니다' },
    why: {
      en: 'The task needs an attribute, a zone or a placement constraint that no container instance meets.',
      ko: '태스크에 필요한 속성, 가용 영역 또는 배치 제약 조건을 충족하는 컨테이너 인스턴스가 없습니다.',
    },
    remedy: [
      {
        en: 'With awsvpc: register instances in the subnets of the service. Otherwise compare log driver, CPU architecture and constraints with the attributes of the instances.',
        ko: 'awsvpc라면 서비스의 서브넷에 인스턴스를 등록합니다. 그 외에는 로그 드라이버, CPU 아키텍처, 제약 조건을 인스턴스 속성과 비교합니다.',
      },
    ],
  },
  'placement/eni': {
    ...PLACEMENT,
    retryable: ({ prose }) => {
      if (/time-?out|netplugin|rate limit|timed out/.test(prose)) return true
      return /device index|internal/.test(prose) ? null : false
    },
    checks: ['subnet-nearly-full', 'tasks-without-place'],
    title: { en: 'The task got no network interface', ko: '태스크의 네트워크 인터페이스를 준비하지 못했습니다' },
    why: {
      en: 'The network interface could not be created, tagged or attached: the subnet is full, a tag policy forbids it, or EC2 was too slow.',
      ko: '네트워크 인터페이스를 생성, 태그 지정 또는 연결하지 못했습니다. 서브넷이 가득 찼거나, 태그 정책이 금지하거나, EC2의 처리가 너무 느렸습니다.',
    },
    remedy: [
      {
        en: 'VPC → Subnets: check the available IPv4 addresses of every task subnet.',
        ko: 'VPC → 서브넷: 모든 태스크 서브넷의 사용 가능한 IPv4 주소를 확인합니다.',
      },
      {
        en: 'EC2 instances: enable awsvpcTrunking, or use a type with more interfaces. A time-out may pass by itself.',
        ko: 'EC2 인스턴스: awsvpcTrunking을 활성화하거나 인터페이스가 더 많은 유형을 사용합니다. 시간 초과는 저절로 해결될 수 있습니다.',
      },
    ],
  },
  'placement/quota': {
    ...PLACEMENT,
    retryable: ({ prose }) => /provisioning capacity limit/.test(prose),
    checks: ['fargate-vcpu-quota-exceeded'],
    title: { en: 'A quota of the account is reached', ko: '계정의 할당량에 도달했습니다' },
    why: {
      en: 'The account may not run more tasks, vCPUs or instances, or AWS has blocked it for now.',
      ko: '계정에서 더 많은 태스크, vCPU 또는 인스턴스를 실행할 수 없거나 AWS가 계정을 일시적으로 차단했습니다.',
    },
    remedy: [
      {
        en: 'Service Quotas → AWS Fargate (or Amazon EC2): request an increase. A blocked account needs a support case.',
        ko: 'Service Quotas → AWS Fargate(또는 Amazon EC2): 할당량 증가를 요청합니다. 차단된 계정은 지원 사례를 생성해야 합니다.',
      },
    ],
  },
  'placement/unspecified': {
    ...PLACEMENT,
    clarity: 'unspecified',
    title: { en: 'The task was not placed, cause not given', ko: '태스크가 배치되지 않았지만 원인이 없습니다' },
    why: {
      en: 'The scheduler found no place for the task; the event does not say why.',
      ko: '스케줄러가 태스크를 배치할 곳을 찾지 못했으며 이벤트에 원인이 없습니다.',
    },
    remedy: [
      {
        en: 'Read the neighbouring events and the stopped tasks of the service; check free CPU, memory and ports of the instances.',
        ko: '앞뒤 이벤트와 서비스의 중지된 태스크를 확인하고 인스턴스의 남은 CPU, 메모리, 포트를 확인합니다.',
      },
    ],
  },
  'host/terminated': {
    ...HOST,
    retryable: ({ prose }) => {
      if (/deregistration forced/.test(prose)) return false
      return /terminated|maintenance|retirement|underlying/.test(prose) ? true : null
    },
    title: { en: 'The host of the task went away', ko: '태스크의 호스트가 사라졌습니다' },
    why: {
      en: 'The container instance was stopped, terminated, drained or deregistered, or AWS retired the Fargate host. ECS starts a replacement.',
      ko: '컨테이너 인스턴스가 중지, 종료, 드레이닝 또는 등록 취소되었거나 AWS가 Fargate 호스트를 폐기했습니다. ECS가 대체 태스크를 시작합니다.',
    },
    remedy: [
      {
        en: 'Nothing for a single task. If it repeats: look at the scaling activities of the Auto Scaling group, and turn on managed draining.',
        ko: '태스크 하나라면 조치가 필요 없습니다. 반복되면 Auto Scaling 그룹의 활동을 확인하고 관리형 드레이닝을 사용합니다.',
      },
    ],
  },
  spot: {
    ...HOST,
    retryable: true,
    title: { en: 'Spot capacity was taken back', ko: '스팟 용량이 회수되었습니다' },
    why: {
      en: 'AWS needed the Spot capacity and stopped the task. ECS starts a replacement when there is room.',
      ko: 'AWS가 스팟 용량을 회수하여 태스크가 중지되었습니다. 용량이 생기면 ECS가 대체 태스크를 시작합니다.',
    },
    remedy: [
      {
        en: 'Keep a base of on-demand tasks (FARGATE with base ≥ 1), and spread over more zones.',
        ko: '온디맨드 태스크를 기본으로 유지하고(FARGATE의 base를 1 이상으로 설정) 더 많은 가용 영역에 분산합니다.',
      },
    ],
  },
}
