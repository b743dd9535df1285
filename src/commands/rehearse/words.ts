/** What a rehearsal says while it goes on. */
import type { RehearsedSubnet } from '../../domain/rehearsal.ts'
import type { Text } from '../../domain/text.ts'
import { LABELS } from '../../ecs-errors/labels.ts'
import { clip } from '../../report/text/width.ts'
import type { Suspect } from './suspicion.ts'

export function beginning(subnets: readonly string[], vcpu: number): Text {
  const count = subnets.length
  const size = vcpu === 0 ? { en: '', ko: '' } : { en: ` of ${vcpu} vCPU`, ko: `(태스크당 ${vcpu} vCPU)` }
  return {
    en: `Rehearsing in ${subnets.join(', ')}: one task${size.en} in each pulls the images and never runs the application. AWS bills a minute at least for ${count === 1 ? 'it' : 'each'}.`,
    ko: `예행 실행을 시작합니다${size.ko}. 서브넷마다 태스크 하나가 이미지를 풀하며 애플리케이션은 실행하지 않습니다. AWS 요금은 태스크마다 최소 1분입니다. 서브넷: ${subnets.join(', ')}`,
  }
}

export function progress(subnetId: string, { outcome, pullSeconds, label, text }: RehearsedSubnet): Text {
  const took = pullSeconds === null ? { en: '', ko: '' } : { en: ` in ${pullSeconds} s`, ko: ` (${pullSeconds}초)` }
  const said = clip(text, LONGEST_TEXT)
  switch (outcome) {
    case 'pulled':
      return { en: `${subnetId}: pulled${took.en}.`, ko: `${subnetId}: 풀 완료${took.ko}` }
    case 'failed': {
      const title = LABELS[label ?? 'unknown'].title
      return { en: `${subnetId}: failed. ${title.en}: ${said}`, ko: `${subnetId}: 실패 - ${title.ko}: ${said}` }
    }
    case 'not-placed':
      return { en: `${subnetId}: no task was placed: ${said}`, ko: `${subnetId}: 태스크가 배치되지 않음: ${said}` }
    case 'timed-out':
      return { en: `${subnetId}: its end was not seen (${said}).`, ko: `${subnetId}: 결과를 확인하지 못함 (${said})` }
  }
}

const LONGEST_TEXT = 300

export function suspicion({ subnetId, seconds, othersSeconds }: Suspect): Text {
  return {
    en: `${subnetId}: still pulling ${seconds} s after the start; the others had pulled after ${othersSeconds} s. Something is in the way there; ECS says what when the task stops.`,
    ko: `${subnetId}: 시작 후 ${seconds}초가 지났으나 아직 풀이 끝나지 않았습니다. 다른 서브넷은 ${othersSeconds}초 만에 끝났습니다. 경로가 막힌 것으로 보이며, 원인은 태스크가 중지될 때 ECS가 알려 줍니다.`,
  }
}

export function taken(things: readonly string[]): Text {
  return { en: `Removed: ${things.join(', ')}.`, ko: `제거함: ${things.join(', ')}` }
}

export function earlierRun(count: number): Text {
  return {
    en: `An earlier rehearsal left ${count} ${count === 1 ? 'thing' : 'things'} behind, which ${count === 1 ? 'is' : 'are'} removed first.`,
    ko: `이전 예행 실행이 남긴 항목 ${count}개를 먼저 제거합니다.`,
  }
}

export function unlooked(permission: string): Text {
  return {
    en: `Whether an earlier rehearsal left something could not be seen (${permission}).`,
    ko: `이전 예행 실행이 남긴 항목이 있는지 확인하지 못했습니다(${permission}).`,
  }
}

/** `detail` is untrusted. */
export function notRegistered(permission: string, detail: string): Text {
  const said = clip(detail, LONGEST_TEXT)
  return {
    en: `Nothing was rehearsed: the task definition of the rehearsal could not be registered (${permission}): ${said}`,
    ko: `예행 실행을 하지 못했습니다. 예행 실행용 태스크 정의를 등록하지 못했습니다(${permission}): ${said}`,
  }
}

export const CUT_SHORT: Text = {
  en: 'The run was interrupted before all tasks had ended.',
  ko: '모든 태스크가 끝나기 전에 실행이 중단되었습니다.',
}
