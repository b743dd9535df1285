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

/** In the order in which they are listed. */
const INPUTS = { ...TARGET, ...FLOW, ...ROLLOUT, ...JUDGEMENT, ...WORDS, ...SIMULATION } as const

export type InputName = keyof typeof INPUTS
export const INPUT_NAMES = Object.keys(INPUTS) as readonly InputName[]

type Read<N extends InputName> = (typeof INPUTS)[N]['takes'] extends Takes<infer T> ? T : never
/** Every input, read; null where it was not given and has no default. */
export type Values = {
  readonly [N in InputName]: (typeof INPUTS)[N]['default'] extends null ? Read<N> | null : Read<N>
}

export function inputOf(name: InputName): Input {
  return INPUTS[name]
}
