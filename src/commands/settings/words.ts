/** What is said of settings that are changed for a while. */
import type { Refused } from '../../aws/writer/refusal.ts'
import type { IllegibleState, KeptSettings, SettingChange, SettingValue } from '../../domain/kept-settings.ts'
import type { Text } from '../../domain/text.ts'

/** `maximumPercent 100 → 200` */
export function changesText(changes: readonly SettingChange[]): string {
  return changes.map(({ setting, before, after }) => `${setting} ${valueText(before)} → ${valueText(after)}`).join(', ')
}

export function valueText(value: SettingValue): string {
  return typeof value === 'object' ? value.join(' ') : String(value)
}

function untilText({ lease }: KeptSettings): string {
  return new Date(lease.until).toISOString().replace(/\.\d+Z$/, 'Z')
}

export function refusedByAws({ permission, detail }: Refused): Text {
  return {
    en: `AWS refused it (${permission}): ${detail}`,
    ko: `AWS가 요청을 거부했습니다(${permission}): ${detail}`,
  }
}

export function notSeen(operation: string): Text {
  return {
    en: `${operation} was sent, and what it does is not to be seen: nobody knows whether it was done.`,
    ko: `${operation} 요청을 보냈지만 결과가 보이지 않아 실행되었는지 알 수 없습니다.`,
  }
}

export const UNREAD: Text = {
  en: 'The service and its tags could not be read (ecs:DescribeServices), so that no setting of it was touched.',
  ko: '서비스와 태그를 읽지 못하여(ecs:DescribeServices) 설정을 변경하지 않았습니다.',
}

export const NOT_ACTIVE: Text = {
  en: 'The service is not ACTIVE, so that its settings cannot be changed.',
  ko: '서비스가 ACTIVE 상태가 아니어서 설정을 변경할 수 없습니다.',
}

export const SHORT_ARN: Text = {
  en: 'The ARN of the service has the old, short form, which takes no tags, so that nothing would remember what to put back. Migrate it to the long ARN first (Amazon ECS Developer Guide).',
  ko: '서비스의 ARN이 태그를 지원하지 않는 이전의 짧은 형식이어서 되돌릴 설정을 보관할 수 없습니다. 먼저 긴 ARN으로 마이그레이션합니다(Amazon ECS 개발자 안내서).',
}

export function noRoom(needed: number, room: number): Text {
  return {
    en: `What is to be put back needs ${needed} ${needed === 1 ? 'tag' : 'tags'} of the service, which has room for ${room} more (50 at most).`,
    ko: `되돌릴 설정을 보관하려면 서비스 태그 ${needed}개가 필요하지만 ${room}개만 추가할 수 있습니다(최대 50개).`,
  }
}

export function inForce({ kind, changes }: KeptSettings): Text {
  return {
    en: `It is in force already, and its tags say what to put back (${kind}: ${changesText(changes)}).`,
    ko: `이미 적용되어 있으며 되돌릴 값은 태그에 보관되어 있습니다(${kind}: ${changesText(changes)}).`,
  }
}

export function standsInTheWay(state: KeptSettings): Text {
  return {
    en: `The tags of the service hold what another change has to put back (${describe(state).en}). That is never written over: put it back first.`,
    ko: `서비스 태그에 먼저 되돌려야 할 다른 변경이 있습니다(${describe(state).ko}). 이 태그는 덮어쓰지 않으므로 먼저 되돌립니다.`,
  }
}

export const RIVAL: Text = {
  en: 'Another run is changing the same settings at the same moment. This one took its tags away again and changed nothing.',
  ko: '다른 실행이 같은 설정을 동시에 변경하고 있습니다. 이 실행은 자신의 태그를 제거했으며 아무것도 변경하지 않았습니다.',
}

export const MOVED: Text = {
  en: 'Somebody changed the same settings at the same moment. This run took its tags away again and changed nothing.',
  ko: '누군가 같은 설정을 동시에 변경했습니다. 이 실행은 자신의 태그를 제거했으며 아무것도 변경하지 않았습니다.',
}

export function illegible({ tagKeys, because }: IllegibleState): Text {
  const why = {
    incomplete: { en: 'a part is missing', ko: '일부가 없음' },
    altered: { en: 'they are not as they were written', ko: '기록된 내용과 다름' },
    'unknown-form': { en: 'of a later version, or of somebody else', ko: '이후 버전 또는 다른 사용자의 형식' },
  }[because]
  return {
    en: `Tags that cannot be read were left alone (${why.en}): ${tagKeys.join(', ')}.`,
    ko: `읽을 수 없는 태그는 그대로 두었습니다(${why.ko}): ${tagKeys.join(', ')}`,
  }
}

function describe(state: KeptSettings): Text {
  const { kind, lease, changes } = state
  return {
    en: `${kind} of ${lease.owner}, until ${untilText(state)}: ${changesText(changes)}`,
    ko: `${kind}, 소유자: ${lease.owner}, 기한: ${untilText(state)}, ${changesText(changes)}`,
  }
}

export function leased(state: KeptSettings): Text {
  return {
    en: `Left alone until its lease ends: ${describe(state).en}.`,
    ko: `임대 기간이 끝날 때까지 그대로 둡니다: ${describe(state).ko}`,
  }
}

export function shared(state: KeptSettings): Text {
  return {
    en: `Another run holds the same settings and will put them back; only the tags of this one were taken away (${describe(state).en}).`,
    ko: `다른 실행이 같은 설정을 보관하고 있으며 되돌릴 예정입니다. 이 실행의 태그만 제거했습니다(${describe(state).ko}).`,
  }
}

export function notPassing({ changes }: KeptSettings, subnets: readonly string[]): Text {
  const [was] = changes.flatMap(({ before }) => [valueText(before)])
  return {
    en: `Still left out, as preflight does not pass there yet: ${subnets.join(', ')} (the service's subnets were ${was}).`,
    ko: `preflight가 아직 통과하지 않아 계속 제외하는 서브넷: ${subnets.join(', ')} (원래 서브넷: ${was})`,
  }
}

export function restoredText(kind: KeptSettings['kind'], changes: readonly SettingChange[]): Text {
  const more =
    kind === 'bad-subnets'
      ? { en: ' This starts a deployment.', ko: ' 이 변경으로 배포가 시작됩니다.' }
      : kind === 'enable-exec'
        ? {
            en: ' Tasks keep ECS Exec until they are replaced.',
            ko: ' 실행 중인 태스크의 ECS Exec는 교체될 때까지 유지됩니다.',
          }
        : { en: '', ko: '' }
  return {
    en: `Put back (${kind}): ${changesText(changes)}.${more.en}`,
    ko: `설정을 되돌렸습니다(${kind}): ${changesText(changes)}.${more.ko}`,
  }
}

export function nothingToRestore({ kind }: KeptSettings): Text {
  return {
    en: `The settings of ${kind} are as they were; only the tags were taken away.`,
    ko: `${kind} 설정이 원래 값과 같아 태그만 제거했습니다.`,
  }
}

/** `before` is what they made of it, `after` what it was before us. */
export function changedByOthers({ kind }: KeptSettings, changes: readonly SettingChange[]): Text {
  const listed = (is: string, was: string) =>
    changes.map(({ setting, before, after }) => `${setting}: ${is} ${valueText(before)}, ${was} ${valueText(after)}`)
  return {
    en: `Somebody has changed settings of ${kind} since; what they made of them stays (${listed('now', 'once').join('; ')}).`,
    ko: `이후에 다른 사용자가 변경한 설정은 그대로 둡니다. ${kind}: ${listed('현재', '이전').join('; ')}`,
  }
}

export function notRestored(state: KeptSettings, because: Text): Text {
  return {
    en: `Not put back, the tags stay (${describe(state).en}): ${because.en}`,
    ko: `되돌리지 못하여 태그를 그대로 둡니다(${describe(state).ko}): ${because.ko}`,
  }
}
