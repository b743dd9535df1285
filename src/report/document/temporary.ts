/** Above everything else: settings that are other for a while, and the command that undoes it. Stands there until it is undone. */
import type {
  IllegibleBecause,
  IllegibleState,
  KeptKind,
  SettingValue,
  TemporaryState,
} from '../../domain/kept-settings.ts'
import type { Report } from '../../domain/report.ts'
import type { Language, Text } from '../../domain/text.ts'
import { instantText } from '../json/rollout.ts'
import { clean } from '../text/untrusted.ts'
import { clip } from '../text/width.ts'
import { type Blocks, code, field, text } from './blocks.ts'

export function temporaryBlocks({ temporary = [] }: Report, language: Language): Blocks {
  return temporary.flatMap(({ undo, ...one }) => [
    text(temporaryWords(one)[language], 'lead'),
    field(UNDO[one.isInForce === null ? 'illegible' : 'kept'][language], code([undo], 'sh')),
  ])
}

/** A sentence or two, short whatever somebody wrote into the tags. */
export function temporaryWords({ state, isInForce }: Omit<TemporaryState, 'undo'>): Text {
  if ('because' in state) return illegibleWords(state)
  const { kind, lease, changes } = state
  const settings = changes.map(({ setting, before, after }) => `${setting} ${valueText(before)} → ${valueText(after)}`)
  const [whose, until] = [clip(clean(lease.owner), 100), instantText(lease.until)]
  if (isInForce !== true) {
    return {
      en: `Tags of ${TYPED[kind]} were left behind by ${whose}, and no setting is changed any more.`,
      ko: `변경된 설정은 없지만 ${TYPED[kind]} 태그가 남아 있습니다(소유자: ${whose}).`,
    }
  }
  const words = clip(settings.join(', '), 600)
  return {
    en: `Temporary, and in force: ${TYPED[kind]} (${words}), by ${whose}, who answers for it until ${until}. ${BACK[kind].en}`,
    ko: `임시 설정이 적용되어 있습니다. ${TYPED[kind]}: ${words} (소유자: ${whose}, 기한: ${until}). ${BACK[kind].ko}`,
  }
}

function illegibleWords({ tagKeys, because }: IllegibleState): Text {
  const keys = clip(clean(tagKeys.join(', ')), 300)
  return {
    en: `Tags of this program say that settings were changed for a while, and cannot be read (${ILLEGIBLE[because].en}): ${keys}. Nothing puts them back by itself.`,
    ko: `임시로 변경한 설정의 태그가 있지만 읽을 수 없습니다(${ILLEGIBLE[because].ko}): ${keys}. 자동으로 되돌려지지 않습니다.`,
  }
}

function valueText(value: SettingValue): string {
  return typeof value === 'object' ? value.join(' ') : String(value)
}

/** As it is typed. */
const TYPED: Readonly<Record<KeptKind, string>> = {
  percent: 'emergency: percent',
  'bad-subnets': 'emergency: bad-subnets',
  'enable-exec': 'enable-exec: true',
}

const BACK: Readonly<Record<KeptKind, Text>> = {
  percent: {
    en: 'ECS may stop every old task before a new one runs. It mends nothing; the end of the rollout or the next deploy puts it back.',
    ko: '새 태스크가 실행되기 전에 이전 태스크가 모두 중지될 수 있습니다. 근본 해결이 아니며, 롤아웃이 끝날 때 또는 다음 deploy에서 되돌립니다.',
  },
  'bad-subnets': {
    en: 'No task starts in the subnets that are left out. The next deploy puts them back once preflight passes there.',
    ko: '제외한 서브넷에서는 태스크가 시작되지 않습니다. preflight가 통과하면 다음 deploy에서 되돌립니다.',
  },
  'enable-exec': {
    en: 'The next probe or deploy puts it back; tasks keep ECS Exec until they are replaced.',
    ko: '다음 probe 또는 deploy에서 되돌립니다. 태스크의 ECS Exec는 교체될 때까지 유지됩니다.',
  },
}

const ILLEGIBLE: Readonly<Record<IllegibleBecause, Text>> = {
  incomplete: { en: 'a part is missing', ko: '일부가 없음' },
  altered: { en: 'they are not as they were written', ko: '기록된 내용과 다름' },
  'unknown-form': { en: 'a form of a later version, or of somebody else', ko: '이후 버전 또는 다른 사용자의 형식' },
}

const UNDO: Readonly<Record<'kept' | 'illegible', Text>> = {
  kept: { en: 'To undo it now', ko: '지금 되돌리려면' },
  illegible: { en: 'Once the settings are checked by hand', ko: '설정을 직접 확인한 뒤' },
}
