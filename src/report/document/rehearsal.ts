/** A rehearsal: what came of it, subnet by subnet, beside what preflight said, and what it left. */
import type { Rehearsal, RehearsalOutcome, RehearsedSubnet } from '../../domain/rehearsal.ts'
import type { Report } from '../../domain/report.ts'
import type { Language, Text } from '../../domain/text.ts'
import { LABELS } from '../../ecs-errors/labels.ts'
import { clip } from '../text/width.ts'
import { inOneSentence, OUTCOME_WORDS, WORDS } from '../text/words.ts'
import {
  type Amount,
  code,
  field,
  type Head,
  list,
  type Section,
  section,
  type TableRow,
  table,
  text,
} from './blocks.ts'
import type { Sign } from './signs.ts'

export function rehearsalSections(
  { rehearsal }: Report,
  language: Language,
  { subnets, said }: Amount,
): readonly Section[] {
  if (rehearsal === undefined) return []
  const heads = [WORDS.subnet, WORDS.result, REHEARSAL_WORDS.pull, REHEARSAL_WORDS.preflight, REHEARSAL_WORDS.ecs]
  const worstFirst = rehearsal.subnets.toSorted((one, other) => RANK[one.outcome] - RANK[other.outcome])
  return section(
    REHEARSAL_WORDS.title[language],
    [
      text(sentenceOf(rehearsal)[language], 'lead'),
      list(disagreements(rehearsal).map((line) => line[language])),
      table(
        heads.map((head) => head[language]),
        worstFirst.slice(0, subnets).map((one) => rowOf(one, language, said)),
      ),
      list([...rehearsal.notes, costOf(rehearsal)].map((line) => line[language])),
      ...rehearsal.leftovers.map(({ what, because, cli }) =>
        field([`${REHEARSAL_WORDS.left[language]}: `, { code: what }, ` (${clip(because, said)})`], code(cli, 'sh')),
      ),
    ],
    { id: 'rehearsal' },
  )
}

const REHEARSAL_WORDS = {
  title: { en: 'Rehearsal', ko: '예행 실행' },
  pull: { en: 'Pull', ko: '풀 시간' },
  preflight: { en: 'Preflight said', ko: '사전 점검 결과' },
  ecs: { en: 'ECS said', ko: 'ECS 메시지' },
  left: { en: 'Could not be removed; paste this', ko: '제거하지 못한 항목입니다. 아래 명령으로 제거합니다' },
} as const satisfies Record<string, Text>

const RANK: Readonly<Record<RehearsalOutcome, number>> = { failed: 0, 'timed-out': 1, 'not-placed': 2, pulled: 3 }
const SIGNS: Readonly<Record<RehearsalOutcome, Sign>> = {
  failed: 'bad',
  'timed-out': 'unknown',
  'not-placed': 'unknown',
  pulled: 'good',
}
const OUTCOMES: Readonly<Record<RehearsalOutcome, Text>> = {
  pulled: { en: 'pulled', ko: '풀 완료' },
  failed: { en: 'failed', ko: '실패' },
  'not-placed': { en: 'not placed', ko: '배치되지 않음' },
  'timed-out': { en: 'end not seen', ko: '결과 확인 못함' },
}

function rowOf(one: RehearsedSubnet, language: Language, said: number): TableRow {
  const { subnetId, availabilityZone, outcome, pullSeconds, label, predicted, agrees } = one
  const title = label === null ? '' : `${LABELS[label].title[language]}: `
  const isLoud = agrees === false
  const prediction = OUTCOME_WORDS[predicted][language]
  return {
    sign: SIGNS[outcome],
    strong: isLoud,
    cells: [
      [{ code: subnetId }, availabilityZone === null ? '' : ` (${availabilityZone})`],
      OUTCOMES[outcome][language],
      pullSeconds === null ? '' : SECONDS(pullSeconds)[language],
      isLoud ? [{ strong: prediction }] : prediction,
      // The end that was wanted looks like a failure in ECS's words.
      outcome === 'pulled' ? '' : title + clip(one.text, said),
    ],
  }
}

const SECONDS = (seconds: number): Text => ({ en: `${seconds} s`, ko: `${seconds}초` })

function sentenceOf(rehearsal: Rehearsal): Text {
  const { subnets, because } = rehearsal
  if (because !== null) return because
  const total = subnets.length
  const count = (wanted: RehearsalOutcome) => subnets.filter(({ outcome }) => outcome === wanted).length
  const [failed, pulled] = [count('failed'), count('pulled')]
  if (pulled === total) {
    return {
      en: `Proved: the images were pulled in ${total === 1 ? 'the subnet' : `all ${total} subnets`}.`,
      ko: `입증됨: 서브넷 ${total}개 모두에서 이미지 풀이 완료되었습니다.`,
    }
  }
  if (failed > 0) {
    return {
      en: `Proved: tasks cannot start in ${failed} of ${total} ${total === 1 ? 'subnet' : 'subnets'}.`,
      ko: `입증됨: 서브넷 ${total}개 중 ${failed}개에서 태스크를 시작할 수 없습니다.`,
    }
  }
  return {
    en: `The rehearsal could not tell in ${total - pulled} of ${total} ${total === 1 ? 'subnet' : 'subnets'}.`,
    ko: `예행 실행으로 판단하지 못했습니다(서브넷 ${total}개 중 ${total - pulled}개).`,
  }
}

/** Loud: one of the two is wrong, and the task has been there. */
function disagreements({ subnets }: Rehearsal): readonly Text[] {
  return subnets.flatMap(({ subnetId, agrees, predicted, outcome }): readonly Text[] => {
    if (predicted === 'indeterminate' && (outcome === 'pulled' || outcome === 'failed')) {
      return [
        {
          en: `${subnetId}: preflight could not tell, and now it is known: ${OUTCOMES[outcome].en}.`,
          ko: `${subnetId}: 사전 점검에서 판단하지 못한 결과를 확인했습니다. 결과: ${OUTCOMES[outcome].ko}`,
        },
      ]
    }
    if (agrees !== false) return []
    return [
      {
        en: `${subnetId}: PREFLIGHT AND THE REHEARSAL DISAGREE. Preflight said "${OUTCOME_WORDS[predicted].en}", the task says "${OUTCOMES[outcome].en}". The task is right; something that preflight did not see decides.`,
        ko: `${subnetId}: 사전 점검과 예행 실행의 결과가 서로 다릅니다. 사전 점검: ${OUTCOME_WORDS[predicted].ko}, 태스크: ${OUTCOMES[outcome].ko}. 태스크의 결과가 맞으며, 사전 점검에서 확인하지 못한 것이 결과를 결정합니다.`,
      },
    ]
  })
}

function costOf({ vcpuSeconds, removed }: Rehearsal): Text {
  const things = removed.join(', ')
  const gone = removed.length === 0 ? { en: '', ko: '' } : { en: ` Removed: ${things}.`, ko: ` 제거함: ${things}` }
  return {
    en: `Billed by Fargate: at most ${vcpuSeconds} vCPU seconds (a minute at least for each task).${gone.en}`,
    ko: `Fargate 요금: 최대 ${vcpuSeconds} vCPU초(태스크마다 최소 1분).${gone.ko}`,
  }
}

/** Over the head that preflight has: what was proved is told first. */
export function rehearsalHead(report: Report, rehearsal: Rehearsal, head: Head): Head {
  const { subnets, leftovers } = rehearsal
  const sentence = sentenceOf(rehearsal)
  const failed = subnets.find(({ outcome }) => outcome === 'failed')
  const untried = subnets.find(({ outcome }) => outcome === 'not-placed' || outcome === 'timed-out')
  const told = failed ?? untried
  const words = failed === undefined ? null : LABELS[failed.label ?? 'unknown']
  const quote =
    told === undefined ? null : { en: `${told.subnetId}: ${told.text}`, ko: `${told.subnetId}: ${told.text}` }
  return {
    ...head,
    line:
      failed === undefined || words === null
        ? sentence
        : inOneSentence(sentence, { title: words.title, subject: failed.subnetId }, 0),
    title: words === null ? null : words.title,
    step: report.failingStep?.title ?? null,
    sentence,
    because: [
      ...(quote === null ? [] : [quote]),
      ...disagreements(rehearsal),
      ...leftovers.map(({ what }) => ({ en: `Could not be removed: ${what}.`, ko: `제거하지 못한 항목: ${what}` })),
    ],
    advice: head.commands.length > 0 || words === null ? [] : words.remedy,
  }
}
