/** What a broken rule is, and the rules that several places of a task definition share. */
import type { Text } from '../../domain/text.ts'

/** A rule that is broken: where, as a JSON path, and what the rule asks for. */
export interface Fault {
  readonly path: string
  readonly rule: Text
}

export const NAME = /^[a-zA-Z0-9_-]{1,255}$/
export const NAME_RULE: Text = {
  en: 'takes 1 to 255 letters, digits, hyphens and underscores',
  ko: '영문자, 숫자, 하이픈, 밑줄로 된 1~255자여야 합니다',
}

export function under(path: string, faults: readonly Fault[]): readonly Fault[] {
  return faults.map((fault) => ({ ...fault, path: `${path}.${fault.path}` }))
}

/** The first value that another one before it equals; -1 where there is none. Null is no value. */
export function secondOf(values: readonly (string | null)[]): number {
  return values.findIndex((value, at) => value !== null && values.indexOf(value) < at)
}
