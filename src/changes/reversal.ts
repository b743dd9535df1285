/** How a script knows that a change is made, and takes it back: what `fix.sh` and `unfix.sh` need beside the command itself. */
import type { ChangeKind, ChangeOf } from '../domain/change.ts'
import type { GatheredFacts } from '../domain/facts.ts'
import type { Text } from '../domain/text.ts'
import type { Resolved } from './change-kind.ts'
import type { AwsCall, CommandLine } from './command-line.ts'
import { flagsOf } from './command-line.ts'

export interface Reversal {
  /**
   * Asks for something that is there only once the change is made; of a kind that makes something, for its id. Null where the command
   * says a whole anew, so that it may be given again.
   */
  readonly isMade: AwsCall | null
  /** Empty where the change goes with what an earlier one makes, or changes nothing. */
  readonly undo: readonly CommandLine[]
  /** Until AWS is done with it; asked by the mark, since a script that was killed has no id left. */
  readonly settles?: readonly CommandLine[]
  /** Why it stays, where nothing takes it back. */
  readonly stays?: Text
}

export type Reversals<Kinds extends ChangeKind> = {
  readonly [Kind in Kinds]: (change: Resolved<ChangeOf<Kind>>, before: GatheredFacts) => Reversal
}

/** A reading whose answer is one word, `None` where there is none. `query` is a JMESPath. */
export function asking(service: string, operation: string, members: object, query: string): AwsCall {
  const where = ['iam', 'route53'].includes(service) ? { region: null } : {}
  return { aws: [service, operation], flags: [...flagsOf(members), ['--query', query], ['--output', 'text']], ...where }
}

/** A text in a JMESPath: names that people chose may hold anything. */
export function literal(value: string | number | undefined): string {
  return `'${String(value).replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

/** A JMESPath that is a word where this list is empty, and nothing where it is not. */
export function noneOf(list: string): string {
  return `[length(${list})] | [?to_string(@)=='0'] | [0] && 'none'`
}

/** Of what a script of ours made, and marked with its own name. */
export const FIX_TAG = 'ecs-pull-guard:fix'

/** A filter for it, `--filters`. */
export function marked(name: string): string {
  return `Name=tag:${FIX_TAG},Values=${name}`
}

export const STAYS: Text = {
  en: 'Nothing takes this back: see to it by hand.',
  ko: '자동으로 되돌릴 수 없으므로 직접 확인해야 합니다.',
}
