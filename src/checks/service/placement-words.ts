/** In words: which tasks find no place, and what is in the way on each instance. */
import type { Obstacle } from '../../deployment/placement/instance-room.ts'
import type { Placement } from '../../deployment/placement/placement.ts'
import { grouped } from '../../domain/collections.ts'
import type { Service } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'

/** A sentence names so many instances that are alike. */
const NAMED = 5

export function obstacleSentence(service: Service, { provider, wanted, placed, instances }: Placement): Text {
  const { name, clusterName } = service
  if (instances.length === 0) {
    const of = provider === null ? '' : ` of the capacity provider ${provider.name}`
    const ofKo = provider === null ? '' : `, 용량 공급자 ${provider.name}`
    return {
      en: `Cluster ${clusterName} has no active container instance${of}, and nothing starts one: none of the tasks of ${name} can be placed.`,
      ko: `활성 상태의 컨테이너 인스턴스가 없고 새로 시작되지도 않아 태스크를 배치할 수 없습니다 (클러스터 ${clusterName}${ofKo}, 서비스 ${name})`,
    }
  }
  const reasons = [...grouped(instances, ({ room }) => keyOf(room.obstacle)).values()].map((alike): Text => {
    const ids = alike.map(({ instance }) => instance.instanceId)
    const list = ids.length > NAMED ? `${ids.slice(0, NAMED).join(', ')} … (${ids.length})` : ids.join(', ')
    const { en, ko } = wordsOf(alike[0]?.room.obstacle ?? null)
    return { en: `${list}: ${en}`, ko: `${list}: ${ko}` }
  })
  const [en, ko] = [reasons.map((one) => one.en).join('; '), reasons.map((one) => one.ko).join('; ')]
  return {
    en: `A deployment of ${name} has to place ${wanted === 1 ? '1 task' : `${wanted} tasks`}; ${placed === 0 ? 'not one' : `no more than ${placed}`} of them fits, whichever old tasks may stop first. ${en}.`,
    ko: `배포할 태스크를 모두 배치할 수 없습니다. 먼저 중지할 수 있는 이전 태스크를 고려한 결과입니다. 서비스: ${name}, 배치해야 할 태스크 수: ${wanted}, 배치할 수 있는 태스크 수: ${placed}. ${ko}`,
  }
}

export function obstacleEvidence({ wanted, now, placed, instances }: Placement): readonly Text[] {
  return [
    {
      en: `tasks to place: ${wanted}, at once: ${now}, as old ones stop: ${placed}`,
      ko: `배치할 태스크 수: ${wanted}, 지금 배치할 수 있는 수: ${now}, 이전 태스크가 중지되면서 배치할 수 있는 수: ${placed}`,
    },
    ...instances.map(({ instance: { instanceId, instanceType }, room }) => {
      const { en, ko } = wordsOf(room.obstacle)
      const id = instanceType === null ? instanceId : `${instanceId} (${instanceType})`
      return { en: `${id}: ${en}`, ko: `${id}: ${ko}` }
    }),
  ]
}

/** What differs from instance to instance is left out. */
function keyOf(obstacle: Obstacle | null): string {
  return JSON.stringify(obstacle !== null && 'left' in obstacle ? { ...obstacle, left: null } : obstacle)
}

function wordsOf(obstacle: Obstacle | null): Text {
  if (obstacle === null) return { en: 'takes tasks', ko: '태스크를 배치할 수 있음' }
  switch (obstacle.kind) {
    case 'status':
      return {
        en: `is ${obstacle.status} and takes no task`,
        ko: `태스크를 배치할 수 없는 상태: ${obstacle.status}`,
      }
    case 'agent':
      return { en: 'its ECS agent is not connected', ko: 'ECS 에이전트가 연결되어 있지 않음' }
    case 'zone':
      return {
        en: `is in ${obstacle.zone}, where the service has no subnet`,
        ko: `서비스의 서브넷이 없는 가용 영역에 있음: ${obstacle.zone}`,
      }
    case 'constraint':
      return {
        en: `does not meet the placement constraint ${obstacle.expression}`,
        ko: `배치 제약 조건을 충족하지 않음: ${obstacle.expression}`,
      }
    case 'attribute':
      return {
        en: `lacks the attribute ${obstacle.name}, which the task definition requires`,
        ko: `태스크 정의에 필요한 속성이 없음: ${obstacle.name}`,
      }
    case 'distinct':
      return {
        en: 'takes one task of the service only (distinctInstance)',
        ko: '서비스의 태스크를 하나만 배치할 수 있음 (distinctInstance)',
      }
    case 'ports':
      return portWords(obstacle.ports.join(', '), obstacle.taken)
    default:
      return amountWords(obstacle)
  }
}

function portWords(ports: string, taken: boolean): Text {
  return taken
    ? { en: `host port ${ports} is taken`, ko: `이미 사용 중인 호스트 포트: ${ports}` }
    : { en: `host port ${ports} serves one task only`, ko: `태스크 하나만 사용할 수 있는 호스트 포트: ${ports}` }
}

function amountWords({ kind, left, wanted }: Extract<Obstacle, { readonly left: number }>): Text {
  const unit = UNITS[kind]
  return {
    en: `${unit.en}: ${left} left, a task takes ${wanted}`,
    ko: `${unit.ko}: 남은 양 ${left}, 태스크에 필요한 양 ${wanted}`,
  }
}

const UNITS = {
  cpu: { en: 'CPU units', ko: 'CPU 단위' },
  memory: { en: 'MiB of memory', ko: '메모리(MiB)' },
  gpus: { en: 'GPUs', ko: 'GPU' },
  interfaces: { en: 'network interfaces', ko: '네트워크 인터페이스' },
} as const
