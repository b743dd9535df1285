/**
 * The one table of inputs. `action.yml`, `--help` and the tables of both READMEs are drawn from it,
 * and both doors read their input through it.
 */
import { FLOW } from './flow.ts'
import type { Input } from './input.ts'
import { JUDGEMENT } from './judgement.ts'
import { ROLLOUT } from './rollout.ts'
import { SIMULATION } from './simulation.ts'
import type { Takes } from './takes.ts'
import { TARGET } from './target.ts'
import { WORDS } from './words.ts'

/** As help lists them. */
export const GROUPS = [
  { title: { en: 'What to look at', ko: '확인할 대상' }, inputs: TARGET },
  { title: { en: 'The flow to follow', ko: '따라갈 흐름' }, inputs: FLOW },
  { title: { en: 'The rollout to follow', ko: '추적할 롤아웃' }, inputs: ROLLOUT },
  { title: { en: 'What counts', ko: '판정 기준' }, inputs: JUDGEMENT },
  { title: { en: 'What comes out', ko: '출력' }, inputs: WORDS },
  { title: { en: 'How it plays', ko: '재생 방식' }, inputs: SIMULATION },
] as const

const INPUTS = { ...TARGET, ...FLOW, ...ROLLOUT, ...JUDGEMENT, ...WORDS, ...SIMULATION } as const

export type InputName = keyof typeof INPUTS
export const INPUT_NAMES = Object.keys(INPUTS) as readonly InputName[]

type Read<N extends InputName> = (typeof INPUTS)[N]['takes'] extends Takes<infer T> ? T : never
/** Every input, read; null where it was not given and has no default. */
export type Values = {
  readonly [N in InputName]: (typeof INPUTS)[N] extends { readonly default: string } ? Read<N> : Read<N> | null
}

export function inputOf(name: InputName): Input {
  return INPUTS[name]
}
