/** What keeps from telling whether tasks find a place. */
import type { Doubt } from '../../deployment/placement/instance-room.ts'
import type { Placement } from '../../deployment/placement/placement.ts'
import { cannotSee, couldNotTell, type Unseen } from '../../domain/check.ts'
import type { Capacity } from '../../domain/service.ts'

/** What an answer leaves out, older recordings do: that alone decides nothing. */
export function doubtsOf({ doubts, instances }: Placement, capacity: Capacity): readonly Unseen[] {
  return doubts.map((doubt) => {
    const own = instances.filter(({ room }) => doubt === 'whereabouts' || room.doubts.includes(doubt))
    const ids = own.map(({ instance: { instanceId, status } }) =>
      doubt === 'status' ? `${instanceId} (${status})` : instanceId,
    )
    return unseen(doubt, ids, capacity)
  })
}

function unseen(doubt: Doubt | 'whereabouts', ids: readonly string[], { tasks, interfaceLimits }: Capacity): Unseen {
  const list = ids.join(', ')
  switch (doubt) {
    case 'remaining':
      return cannotSee(['remaining-resources-unknown', ...ids], {
        en: `what is left of CPU, memory and ports is not known of the container instances: ${list}`,
        ko: `컨테이너 인스턴스에 남은 CPU, 메모리, 포트를 알 수 없습니다: ${list}`,
      })
    case 'status':
      return cannotSee(
        ['instance-status-unclear', ...ids],
        {
          en: `this version cannot tell whether container instances in these states take tasks: ${list}`,
          ko: `이 버전에서는 다음 상태의 컨테이너 인스턴스가 태스크를 받을 수 있는지 판단할 수 없습니다: ${list}`,
        },
        true,
      )
    case 'constraint':
      return cannotSee(
        ['placement-constraint-unclear', ...ids],
        {
          en: `this version cannot tell whether the container instances meet the placement constraints: ${list}`,
          ko: `이 버전에서는 컨테이너 인스턴스가 배치 제약 조건을 충족하는지 판단할 수 없습니다: ${list}`,
        },
        true,
      )
    case 'trunking':
      return cannotSee(
        ['trunk-interfaces-unclear', ...ids],
        {
          en: `it is not known how many network interfaces trunking (awsvpcTrunking) leaves on the container instances: ${list}`,
          ko: `awsvpcTrunking으로 컨테이너 인스턴스에 추가할 수 있는 네트워크 인터페이스 수를 알 수 없습니다: ${list}`,
        },
        true,
      )
    case 'interface-limit': {
      const what = {
        en: 'how many network interfaces the instance types have',
        ko: '인스턴스 유형의 네트워크 인터페이스 수',
      }
      if (!interfaceLimits.known) return couldNotTell(interfaceLimits, ['interface-limits-unread'], what, true)
      return cannotSee(
        ['interface-limits-unknown', ...ids],
        { en: `it is not known ${what.en}: ${list}`, ko: `알 수 없는 항목: ${what.ko} (${list})` },
        true,
      )
    }
    case 'whereabouts': {
      const what = { en: 'on which instances the running tasks are', ko: '실행 중인 태스크가 있는 인스턴스' }
      if (!tasks.known) return couldNotTell(tasks, ['task-instances-unread'], what, true)
      return cannotSee(
        ['task-instances-unknown'],
        { en: `it is not known ${what.en}, and what they free when they stop`, ko: `알 수 없는 항목: ${what.ko}` },
        true,
      )
    }
  }
}

/** Its next instance may be of another type, or have other attributes; those that it has started take no task. */
export function unlikeInstance({ provider }: Placement): Unseen {
  const name = provider?.name ?? ''
  return cannotSee(
    ['next-instance-unlike', name],
    {
      en: `the capacity provider ${name} may start more instances, but none that it has would take a task even if it were empty (constraints, attributes, zone or size); whether the next one does is not known`,
      ko: `용량 공급자가 인스턴스를 더 시작할 수 있지만 현재 인스턴스는 비어 있어도 태스크를 받을 수 없으며(제약 조건, 속성, 가용 영역 또는 크기), 다음 인스턴스가 받을 수 있는지는 알 수 없습니다: ${name}`,
    },
    true,
  )
}
