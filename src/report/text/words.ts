/** The fixed words of a report, in both languages. What a report says about one service is in the report itself. */
import { BECAUSE } from '../../domain/answer.ts'
import type { Decision, Outcome } from '../../domain/path.ts'
import type { CouldNotLook, Finding, Severity, Verdict } from '../../domain/report.ts'
import type { StepState } from '../../domain/step.ts'
import type { Language, Text } from '../../domain/text.ts'

export const VERDICTS: Readonly<Record<Verdict, Text>> = {
  pass: { en: 'PASS', ko: '통과' },
  warn: { en: 'WARN', ko: '주의' },
  fail: { en: 'FAIL', ko: '실패' },
  unknown: { en: 'UNKNOWN', ko: '판단 불가' },
}

export const SEVERITIES: Readonly<Record<Severity, Text>> = {
  blocker: { en: 'Blocker', ko: '차단' },
  warning: { en: 'Warning', ko: '경고' },
  advice: { en: 'Advice', ko: '권장' },
}

export const STATES: Readonly<Record<StepState, Text>> = {
  ok: { en: 'ok', ko: '정상' },
  warning: { en: 'warning', ko: '경고' },
  failed: { en: 'failed', ko: '실패' },
  unknown: { en: 'cannot tell', ko: '판단 불가' },
  ignored: { en: 'ignored', ko: '무시함' },
  skipped: { en: 'skipped', ko: '건너뜀' },
}

export const OUTCOME_WORDS: Readonly<Record<Outcome, Text>> = {
  reachable: { en: 'reachable', ko: '연결 가능' },
  degraded: { en: 'degraded', ko: '성능 저하' },
  intermittent: { en: 'intermittent', ko: '간헐적 실패' },
  blocked: { en: 'blocked', ko: '차단됨' },
  indeterminate: { en: 'cannot tell', ko: '판단 불가' },
}

export const DECISIONS: Readonly<Record<Decision, Text>> = {
  allow: { en: 'allow', ko: '허용' },
  partial: { en: 'partial', ko: '일부 허용' },
  deny: { en: 'deny', ko: '거부' },
  unknown: { en: 'cannot tell', ko: '판단 불가' },
}

export const WORDS = {
  pasteToFix: { en: 'Paste this to fix it (bash or zsh)', ko: '아래 명령을 붙여 넣으면 해결됩니다(bash 또는 zsh)' },
  pasteToStart: {
    en: 'Start with this (bash or zsh): no command alone can fix it',
    ko: '아래 명령부터 실행합니다(bash 또는 zsh). 명령만으로는 해결되지 않습니다',
  },
  fixMost: { en: 'Fix what commands can fix (bash or zsh)', ko: '명령으로 해결할 수 있는 문제 해결(bash 또는 zsh)' },
  fixAll: { en: 'Fix all (bash or zsh)', ko: '한 번에 해결(bash 또는 zsh)' },
  steps: { en: 'Steps', ko: '점검 단계' },
  step: { en: 'Step', ko: '단계' },
  result: { en: 'Result', ko: '결과' },
  grid: { en: 'From each subnet to each destination', ko: '서브넷별 대상 연결 상태' },
  subnet: { en: 'Subnet', ko: '서브넷' },
  zone: { en: 'Zone', ko: '가용 영역' },
  instance: { en: 'instance', ko: '인스턴스' },
  notNeeded: { en: 'not needed', ko: '해당 없음' },
  notForStart: { en: 'not needed to start', ko: '시작에는 필요하지 않음' },
  findings: { en: 'Findings', ko: '발견된 문제' },
  what: { en: 'What', ko: '내용' },
  why: { en: 'Why it matters', ko: '그대로 두면' },
  affects: { en: 'Breaks', ko: '끊긴 경로' },
  evidence: { en: 'Evidence', ko: '근거' },
  console: { en: 'Fix in the console', ko: '콘솔에서 해결' },
  cli: { en: 'Fix with the AWS CLI', ko: 'AWS CLI로 해결' },
  terraform: { en: 'Fix with Terraform', ko: 'Terraform으로 해결' },
  verified: {
    en: 'Verified: judged again with this change in place, the finding is gone.',
    ko: '검증됨: 이 변경을 반영하여 다시 판정하면 문제가 사라집니다.',
  },
  forecast: { en: 'If you deploy now', ko: '지금 배포하면' },
  unknowns: { en: 'Could not tell', ko: '판단하지 못한 항목' },
  harmless: { en: 'Not read, and not decisive', ko: '읽지 못했으나 판정에 영향이 없는 항목' },
  because: { en: 'Because', ko: '이유' },
  permission: { en: 'Needs permission', ko: '필요한 권한' },
  check: { en: 'Check', ko: '점검 항목' },
  policy: {
    en: 'Give this policy to the role that reads (of a snapshot: that took it), then run it again',
    ko: '점검을 실행하는 역할(스냅샷의 경우 스냅샷을 만든 역할)에 아래 정책을 연결한 뒤 다시 실행합니다',
  },
  ignored: { en: 'Ignored', ko: '무시한 항목' },
  reason: { en: 'Reason', ko: '사유' },
  subject: { en: 'Subject', ko: '대상' },
  service: { en: 'Service', ko: '서비스' },
  verdict: { en: 'Verdict', ko: '판정' },
  account: { en: 'account', ko: '계정' },
  never: { en: 'never', ko: '끝나지 않음' },
} as const satisfies Record<string, Text>

/** The headline's sentence when the numbers of subnets do not say it better. */
export const SENTENCES = {
  pass: {
    en: 'A task can start in every subnet.',
    ko: '모든 서브넷에서 태스크를 시작할 수 있습니다.',
  },
  warn: {
    en: 'Tasks can start, but not everything is as it should be.',
    ko: '태스크를 시작할 수 있지만 살펴볼 문제가 있습니다.',
  },
  blocked: { en: 'Tasks cannot start.', ko: '태스크를 시작할 수 없습니다.' },
  everywhere: {
    en: 'Tasks cannot start in any subnet.',
    ko: '모든 서브넷에서 태스크를 시작할 수 없습니다.',
  },
  unknown: {
    en: 'Facts that decide could not be read, so nothing is promised.',
    ko: '판정에 필요한 정보를 읽지 못해 결과를 판단할 수 없습니다.',
  },
  ignored: {
    en: 'Nothing stands in the way of a start but what is ignored.',
    ko: '무시한 문제를 제외하면 태스크 시작을 막는 것이 없습니다.',
  },
} as const satisfies Record<string, Text>

/** Where `fail-on` does not do with a verdict what it mostly does. */
export const ENFORCEMENT = {
  spared: {
    en: 'The run does not fail for it, because fail-on does not name blockers.',
    ko: 'fail-on에 차단(blocker)이 없어 실행을 실패로 처리하지 않습니다.',
  },
  failed: {
    en: 'The run fails for it, because fail-on names it.',
    ko: 'fail-on에 지정되어 있어 실행을 실패로 처리합니다.',
  },
} as const satisfies Record<string, Text>

/** What has no answer today may have one in a minute; what is garbled seldom mends itself. */
export function notLooked({ missing, of, because }: CouldNotLook): Text {
  const isBrief = because.some((reason) => reason !== 'garbled')
  return {
    en: `Could not look: ${missing} of ${of} facts that decide could not be had (${because.map((reason) => BECAUSE[reason].en).join('; ')}).${isBrief ? ' This may pass: run it again.' : ''}`,
    ko: `확인하지 못함: 판정에 필요한 정보 ${of}개 중 ${missing}개를 얻지 못했습니다(${because.map((reason) => BECAUSE[reason].ko).join(', ')}).${isBrief ? ' 일시적인 문제일 수 있으므로 다시 실행합니다.' : ''}`,
  }
}

export function cannotStartIn(count: number, total: number): Text {
  return {
    en: `Tasks cannot start in ${count} of ${total} subnets.`,
    ko: `서브넷 ${total}개 중 ${count}개에서 태스크를 시작할 수 없습니다.`,
  }
}

export function mayFailIn(count: number, total: number): Text {
  return {
    en: `Tasks may fail to start in ${count} of ${total} ${total === 1 ? 'subnet' : 'subnets'}.`,
    ko: `서브넷 ${total}개 중 ${count}개에서 태스크 시작이 실패할 수 있습니다.`,
  }
}

/** Beside commands that fix all else: what is to be done by hand. */
export function byHand(titles: readonly Text[]): Text {
  return {
    en: `Not among these commands, as it takes more than a command: ${titles.map(({ en }) => en).join('; ')}`,
    ko: `명령만으로 해결할 수 없어 위 명령에 포함되지 않은 문제: ${titles.map(({ ko }) => ko).join('; ')}`,
  }
}

/** `2 blockers, 1 warning`; nothing for what there is none of. */
export function countWords(counts: Readonly<Record<Severity | 'unknown' | 'ignored', number>>): Text {
  const { blocker, warning, advice, unknown, ignored } = counts
  const en = [
    plural(blocker, 'blocker'),
    plural(warning, 'warning'),
    plural(advice, 'advice', ''),
    plural(unknown, 'unknown'),
    plural(ignored, 'ignored', ''),
  ]
  const ko = [
    counted(blocker, '차단'),
    counted(warning, '경고'),
    counted(advice, '권장'),
    counted(unknown, '판단 불가'),
    counted(ignored, '무시'),
  ]
  return { en: en.filter(Boolean).join(', '), ko: ko.filter(Boolean).join(', ') }
}

/** `3 services: 1 FAIL, 2 PASS.` */
export function servicesSentence({ missing, ...verdicts }: Readonly<Record<Verdict | 'missing', number>>): Text {
  const counted = Object.entries(verdicts).filter(([, count]) => count > 0) as readonly (readonly [Verdict, number])[]
  const all = missing + counted.reduce((sum, [, count]) => sum + count, 0)
  const en = [
    ...counted.map(([verdict, count]) => `${count} ${VERDICTS[verdict].en}`),
    ...(missing === 0 ? [] : [`${missing} without a report`]),
  ]
  const ko = [
    ...counted.map(([verdict, count]) => `${VERDICTS[verdict].ko} ${count}개`),
    ...(missing === 0 ? [] : [`보고서 없음 ${missing}개`]),
  ]
  return { en: `${all} services: ${en.join(', ')}.`, ko: `서비스 ${all}개: ${ko.join(', ')}.` }
}

function plural(count: number, word: string, ending = 's'): string {
  return count === 0 ? '' : `${count} ${word}${count === 1 ? '' : ending}`
}

function counted(count: number, word: string): string {
  return count === 0 ? '' : `${word} ${count}건`
}

export function ignoredTitle({ en, ko }: Text): Text {
  return { en: `Ignored: ${en}`, ko: `무시함: ${ko}` }
}

/** What is so and what is behind it: `Tasks cannot start in 1 of 3 subnets: A route table has no route to S3 (rtb-…).` */
export function inOneSentence(sentence: Text, named: Pick<Finding, 'title' | 'subject'> | null, more: number): Text {
  if (named === null) return sentence
  const { title, subject } = named
  const line = (said: string, what: string, rest: string) =>
    `${said.replace(/\.$/, '')}: ${what.replace(/\.$/, '')} (${subject})${rest}.`
  return {
    en: line(sentence.en, title.en, more === 0 ? '' : `, ${andMore(more).en}`),
    ko: line(sentence.ko, title.ko, more === 0 ? '' : `, ${andMore(more).ko}`),
  }
}

export function andMore(count: number): Text {
  return { en: `and ${count} more`, ko: `외 ${count}개` }
}

export function moreEvidence(count: number): Text {
  return { en: `Further evidence (${count})`, ko: `그 외 근거 (${count})` }
}

export function findingsLeftOut(count: number): Text {
  return {
    en: `${plural(count, 'more finding')} ${count === 1 ? 'is' : 'are'} left out here to keep within GitHub's size limit. The report file has all of them.`,
    ko: `GitHub의 크기 제한 때문에 나머지 문제 ${count}건은 생략했습니다. 전체 내용은 보고서 파일에 있습니다.`,
  }
}

export function partLeftOut(title: string): Text {
  return {
    en: `Left out here to keep within GitHub's size limit: ${title}.`,
    ko: `GitHub의 크기 제한 때문에 생략한 부분: ${title}.`,
  }
}

export function annotationsLeftOut(count: number, severity: Text): Text {
  return {
    en: `${count} more (${severity.en.toLowerCase()}): GitHub shows ten annotations of a kind, the job summary has all of them.`,
    ko: `${severity.ko} ${count}건 더 있음: GitHub는 종류별로 주석을 10개까지만 표시합니다. 전체 내용은 작업 요약에 있습니다.`,
  }
}

/** Rounded to a tenth; a range of equal ends is one number. */
export function minutes([from, to]: readonly [number, number], language: Language): string {
  const [low, high] = [tenth(from, language), tenth(to, language)]
  if (!Number.isFinite(from)) return low
  const unit = language === 'ko' ? '분' : ' min'
  if (!Number.isFinite(to)) return `${low}${unit} – ${high}`
  return low === high ? `${low}${unit}` : `${low}${language === 'ko' ? '~' : '–'}${high}${unit}`
}

function tenth(value: number, language: Language): string {
  return Number.isFinite(value) ? String(Math.round(value * 10) / 10) : WORDS.never[language]
}

export function forecastWords(failed: number, expected: string, clean: string): Text {
  const tasks = Math.round(failed * 10) / 10
  return {
    en: `about ${tasks} failed task ${tasks === 1 ? 'start' : 'starts'}, ${expected} until it is steady (a clean rollout: ${clean})`,
    ko: `태스크 시작 실패 약 ${tasks}회, 안정화까지 ${expected} (정상 배포: ${clean})`,
  }
}
