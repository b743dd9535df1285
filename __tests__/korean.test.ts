/** The mechanical faults of Korean, looked for in every Korean line of the sources: what a native reader would stumble over first. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { CHECKS } from '../src/checks/index.ts'
import { BECAUSE } from '../src/domain/answer.ts'
import { FACT_WORDS } from '../src/domain/facts.ts'
import { STEP_TITLES } from '../src/domain/step.ts'
import type { Text } from '../src/domain/text.ts'
import { LABELS } from '../src/ecs-errors/labels.ts'
import { COMMAND_PAGES } from '../src/inputs/commands.ts'
import { OUTPUTS } from '../src/inputs/outputs.ts'
import { GROUPS, INPUT_NAMES, inputOf } from '../src/inputs/table.ts'

const ROOT = join(import.meta.dirname, '..')
const HANGUL = /[가-힣]/
const COMMENT = /^\s*(\/\/|\/?\*)/

/** One thing has one name: that of the AWS console in Korean, where AWS has one. */
const OTHER_NAMES: readonly (readonly [variant: string, term: string])[] = [
  ['작업 정의', '태스크 정의'],
  ['작업 세트', '태스크 세트'],
  ['작업 실행 역할', '태스크 실행 역할'],
  ['(?<!태스크 )실행 역할', '태스크 실행 역할'],
  ['전송 게이트웨이', 'Transit Gateway'],
  ['레포지토리|리파지토리', '리포지토리'],
  ['시크릿', '보안 암호'],
  ['매개 ?변수', '파라미터'],
  ['라이프 ?사이클', '수명 주기'],
  ['헬스 ?체크', '상태 확인'],
  ['타임 ?아웃', '시간 초과'],
  ['접근 ?(?:거부|권한|이)', '액세스'],
  ['보안그룹', '보안 그룹'],
  ['가용영역', '가용 영역'],
  ['공인 ?IP|공용 ?IP', '퍼블릭 IP'],
  ['용량 제공자', '용량 공급자'],
  ['리비전', '개정'],
  ['훅', '후크'],
  ['역할을 맡', '역할을 수임'],
  ['고장[나난났]', '고장 나다'],
  ['(?<=[가-힣, ])Parameter Store', '파라미터 스토어'],
]

interface Line {
  readonly at: string
  readonly text: string
}

const SOURCES = globSync('{src,simulator}/**/*.ts', { cwd: ROOT }).map((path) => ({
  path,
  content: readFileSync(join(ROOT, path), 'utf8'),
}))

const KOREAN: readonly Line[] = SOURCES.flatMap(({ path, content }) =>
  content
    .split('\n')
    .map((text, index) => ({ at: `${path}:${index + 1}`, text }))
    .filter(({ text }) => HANGUL.test(text) && !COMMENT.test(text)),
)

function faults(pattern: RegExp): readonly string[] {
  return KOREAN.flatMap(({ at, text }) => [...text.matchAll(pattern)].map(([found]) => `${at} ${found}`))
}

describe('in the sources', () => {
  test('there is Korean to look at', () => {
    expect(KOREAN.length).toBeGreaterThan(1000)
  })

  // A value has no last sound to choose a particle by; 의 and 에서 need none. What else may follow at once is a unit.
  test('nothing but 의, 에서, 입니다 or a unit stands right after a value', () => {
    const particle = '(?:의|에서|입니다)(?![가-힣])'
    const unit = '(?:개(?!정)|건|초|분(?!산)|회(?!로)|배(?!포|치)|번째|제곱|바이트)'
    expect(faults(RegExp(`(?<!")\\}[\\\\\`'"]*(?!${particle}|${unit})[가-힣]+`, 'g'))).toEqual([])
  })

  test('a sentence ends formally', () => {
    expect(faults(/[가-힣]*[가-힣](?<!니다|시오|\}초)\.(?=[\s'`"]|$)/g)).toEqual([])
  })

  test.each(OTHER_NAMES)('%s is called %s', (variant) => {
    expect(faults(RegExp(variant, 'g'))).toEqual([])
  })

  test('no sentence is left in English', () => {
    const left = SOURCES.flatMap(({ path, content }) =>
      [...content.matchAll(/\bko:\s*(['`"])(.*?)\1(?=[\s,;)}\]])/g)]
        .map(([, , text = '']) => text)
        .filter((text) => !HANGUL.test(text) && englishWords(text) > 2)
        .map((text) => `${path} ${text}`),
    )
    expect(left).toEqual([])
  })
})

const TEXTS: readonly (readonly [string, Text])[] = [
  ...textsIn('checks', CHECKS),
  ...textsIn('facts', FACT_WORDS),
  ...textsIn('because', BECAUSE),
  ...textsIn('steps', STEP_TITLES),
  ...textsIn('commands', COMMAND_PAGES),
  ...textsIn('groups', GROUPS),
  ...textsIn(
    'inputs',
    INPUT_NAMES.map((name) => inputOf(name)),
  ),
  ...textsIn('outputs', OUTPUTS),
  ...textsIn('explain', LABELS),
]

describe('in the tables', () => {
  test('every English sentence has a Korean one', () => {
    expect(TEXTS.length).toBeGreaterThan(500)
    expect(TEXTS.filter(([, { en, ko }]) => !HANGUL.test(ko) && (ko === '' || englishWords(en) > 2))).toEqual([])
  })

  test('where the English is a sentence, the Korean is one', () => {
    expect(TEXTS.filter(([, { en, ko }]) => /[a-z]\.$/.test(en) && !/니다(?:\)|\([^)]*\))?\.$/.test(ko))).toEqual([])
  })

  test.each(CHECKS)('the title of $id is a sentence', ({ title }) => {
    expect(title.ko).toMatch(/니다$/)
  })
})

function englishWords(text: string): number {
  return text.replace(/\$\{[^}]*\}/g, '').match(/[A-Za-z]{2,}/g)?.length ?? 0
}

function textsIn(place: string, value: unknown): readonly (readonly [string, Text])[] {
  if (typeof value !== 'object' || value === null) return []
  if ('en' in value && 'ko' in value && typeof value.en === 'string' && typeof value.ko === 'string')
    return [[place, { en: value.en, ko: value.ko }]]
  return Object.entries(value).flatMap(([key, inner]) => textsIn(`${place}.${key}`, inner))
}
