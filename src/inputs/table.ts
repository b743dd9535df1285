/**
 * The one table of inputs. `action.yml`, `--help` and the tables of both READMEs are drawn from it,
 * and both frontends read their input through it.
 */
import type { Text } from '../domain/text.ts'
import { DEPLOY } from './deploy.ts'
import { FLOW } from './flow.ts'
import type { Input } from './input.ts'
import { JUDGEMENT } from './judgement.ts'
import { MONITORING } from './monitoring.ts'
import { PROBE } from './probe.ts'
import { REHEARSE } from './rehearse.ts'
import { ROLLOUT } from './rollout.ts'
import { SETTINGS } from './settings.ts'
import { SIMULATION } from './simulation.ts'
import type { Takes } from './takes.ts'
import { TARGET } from './target.ts'
import { WORDS } from './words.ts'

/** In the order in which they are listed. */
const INPUTS = {
  ...TARGET,
  ...FLOW,
  ...DEPLOY,
  ...REHEARSE,
  ...SETTINGS,
  ...ROLLOUT,
  ...MONITORING,
  ...PROBE,
  ...JUDGEMENT,
  ...WORDS,
  ...SIMULATION,
} as const

export type InputName = keyof typeof INPUTS
export const INPUT_NAMES: readonly InputName[] = namesOf(INPUTS)

/** As `--help` lists them. */
export const GROUPS: readonly { readonly title: Text; readonly names: readonly InputName[] }[] = [
  { title: { en: 'What to look at', ko: '확인할 대상' }, names: namesOf(TARGET) },
  { title: { en: 'The flow to follow', ko: '따라갈 흐름' }, names: namesOf(FLOW) },
  { title: { en: 'What to deploy', ko: '배포할 내용' }, names: namesOf(DEPLOY) },
  { title: { en: 'What to rehearse', ko: '예행 실행 대상' }, names: namesOf(REHEARSE) },
  { title: { en: 'What to change for a while', ko: '임시로 변경할 설정' }, names: namesOf(SETTINGS) },
  { title: { en: 'The rollout to follow', ko: '추적할 롤아웃' }, names: namesOf(ROLLOUT) },
  { title: { en: 'What is measured', ko: '측정' }, names: namesOf(MONITORING) },
  { title: { en: 'Where to probe', ko: '시험할 위치' }, names: namesOf(PROBE) },
  { title: { en: 'What counts', ko: '판정 기준' }, names: namesOf(JUDGEMENT) },
  { title: { en: 'What comes out', ko: '출력' }, names: namesOf(WORDS) },
  { title: { en: 'How it plays', ko: '재생 방식' }, names: namesOf(SIMULATION) },
]

type Read<N extends InputName> = (typeof INPUTS)[N]['takes'] extends Takes<infer T> ? T : never
/** Every input, read; null where it was not given and has no default. */
export type Values = {
  readonly [N in InputName]: (typeof INPUTS)[N]['default'] extends null ? Read<N> | null : Read<N>
}

export function inputOf(name: InputName): Input {
  return INPUTS[name]
}

function namesOf<Inputs extends object>(inputs: Inputs): readonly (keyof Inputs)[] {
  return Object.keys(inputs) as (keyof Inputs)[]
}
