/** Turns what was typed, or what a workflow gives, into validated values. Whatever is wrong is one sentence that names the input. */
import { parseArgs } from 'node:util'
import { nearest } from '../domain/did-you-mean.ts'
import type { Language, Text } from '../domain/text.ts'
import { UsageError } from '../domain/usage-error.ts'
import { COMMANDS, type Command, LATER } from './commands.ts'
import { INPUT_NAMES, type InputName, inputOf, type Values } from './table.ts'

export type Frontend = 'action' | 'cli'

export type Asked =
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly command: Command | null }
  | { readonly kind: 'run'; readonly command: Command; readonly given: Given }

/** Input → its texts, in the order given. */
export type Given = ReadonlyMap<InputName, readonly string[]>

/** Reads a command line, without the program itself. Throws UsageError. */
export function readArguments(argv: readonly string[]): Asked {
  const [first, ...rest] = argv
  if (first === undefined || first === '--help' || first === '-h') return { kind: 'help', command: null }
  if (first === '--version' || first === '-v') return { kind: 'version' }
  if (first === 'help') {
    const named = rest.find((word) => !word.startsWith('-'))
    return { kind: 'help', command: named === undefined ? null : commandNamed(named) }
  }
  const command = commandNamed(first)
  if (untilTerminator(rest).some((word) => word === '--help' || word === '-h')) return { kind: 'help', command }
  return { kind: 'run', command, given: readFlags(command, rest) }
}

export function commandNamed(word: string): Command {
  const command = COMMANDS.find((name) => name === word)
  if (command !== undefined) return command
  const listed = COMMANDS.join(', ')
  if (LATER.some((name) => name === word)) {
    throw new UsageError({
      en: `\`${word}\` is not part of this version; its commands are ${listed}.`,
      ko: `이 버전에는 없는 명령입니다: ${word} (사용할 수 있는 명령: ${listed})`,
    })
  }
  if (word.startsWith('-')) {
    throw new UsageError({
      en: `The command comes first, before ${quoted(word)}: one of ${listed}.`,
      ko: `명령을 먼저 지정해야 합니다. 받은 값: ${quoted(word)}, 사용할 수 있는 명령: ${listed}`,
    })
  }
  const near = nearest(word, COMMANDS)
  throw new UsageError({
    en: `There is no command ${quoted(word)}; ${near === null ? `the commands are ${listed}` : `did you mean \`${near}\`?`}${near === null ? '.' : ''}`,
    ko: `없는 명령입니다: ${quoted(word)} (${near === null ? `사용할 수 있는 명령: ${listed}` : `가장 비슷한 명령: \`${near}\``})`,
  })
}

function readFlags(command: Command, words: readonly string[]): Given {
  const given = new Map<InputName, string[]>()
  const add = (name: InputName, raw: string) => given.set(name, [...(given.get(name) ?? []), raw])
  const options = Object.fromEntries(
    INPUT_NAMES.map((name) => [name, { type: isSwitch(name) ? ('boolean' as const) : ('string' as const) }]),
  )
  const { tokens } = parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true })
  const plain: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') plain.push(token.value)
    if (token.kind !== 'option') continue
    const name = flagNamed(token.rawName, token.name, command)
    if (isSwitch(name)) add(name, token.value ?? 'true')
    else if (token.value === undefined || (!token.inlineValue && token.value.startsWith('--')))
      throw wrong(name, null, 'cli')
    else add(name, token.value)
  }
  placePositionals(command, plain, add)
  return given
}

function placePositionals(command: Command, plain: readonly string[], add: (name: InputName, raw: string) => unknown) {
  const name = INPUT_NAMES.find((each) => inputOf(each).positional?.includes(command))
  const [first, second] = plain
  const stray = name === undefined ? first : second
  if (stray !== undefined) {
    throw new UsageError({
      en: `\`${command}\` does not know what to do with ${quoted(stray)}; inputs are written as \`--name value\`.`,
      ko: `사용할 수 없는 인수입니다: ${quoted(stray)} (입력 형식: \`--name value\`)`,
    })
  }
  if (name !== undefined && first !== undefined) add(name, first)
}

function flagNamed(rawName: string, word: string, command: Command): InputName {
  const ours = INPUT_NAMES.filter(
    (name) => inputOf(name).frontend !== 'action' && inputOf(name).commands.includes(command),
  )
  const name = ours.find((each) => each === word)
  if (name !== undefined && rawName.startsWith('--')) return name
  const elsewhere = INPUT_NAMES.find((each) => each === word && inputOf(each).frontend !== 'action')
  if (elsewhere !== undefined && rawName.startsWith('--')) {
    const takers = inputOf(elsewhere).commands.map((each) => `\`${each}\``)
    throw new UsageError({
      en: `\`--${elsewhere}\` is an input of ${takers.join(', ')}, not of \`${command}\`.`,
      ko: `\`${command}\` 명령에는 없는 입력입니다: \`--${elsewhere}\` (사용하는 명령: ${takers.join(', ')})`,
    })
  }
  const near = nearest(word, ours)
  const hint: Text =
    near === null
      ? { en: `\`ecs-pull-guard ${command} --help\` lists them.`, ko: `입력 목록: ecs-pull-guard ${command} --help` }
      : { en: `did you mean \`--${near}\`?`, ko: `가장 비슷한 입력: \`--${near}\`` }
  throw new UsageError({
    en: `\`${command}\` has no input ${quoted(rawName)}; ${hint.en}`,
    ko: `\`${command}\` 명령에는 없는 입력입니다: ${quoted(rawName)} (${hint.ko})`,
  })
}

/** Every input of the command read and checked; an empty text counts as not given. Throws UsageError. */
export function readValues(command: Command, given: Given, frontend: Frontend): Values {
  const values = INPUT_NAMES.map((name): [InputName, unknown] => {
    const { takes, commands, severalFor, default: fallback } = inputOf(name)
    const texts = (commands.includes(command) ? (given.get(name) ?? []) : []).filter(
      (each) => frontend === 'cli' || each.trim() !== '',
    )
    const takesSeveral = takes.many === true || severalFor?.includes(command) === true
    if (texts.length > 1 && !takesSeveral) throw twice(name)
    const raw = texts.length > 0 ? texts.join('\n') : fallback
    if (raw === null) return [name, null]
    const value = takes.read(raw)
    if (value === undefined) throw wrong(name, raw, frontend)
    if (severalFor !== undefined && !takesSeveral && Array.isArray(value) && value.length > 1)
      throw onlyOne(name, value, command, frontend)
    return [name, value]
  })
  return Object.fromEntries(values) as unknown as Values
}

/** The language to complain in, before anything is validated. */
export function languageOf(argv: readonly string[]): Language {
  const words = untilTerminator(argv)
  const at = words.lastIndexOf('--language')
  return (at >= 0 && words[at + 1] === 'ko') || words.includes('--language=ko') ? 'ko' : 'en'
}

export function labelOf(name: InputName, frontend: Frontend): string {
  return frontend === 'cli' ? `\`--${name}\`` : `\`${name}\``
}

function wrong(name: InputName, raw: string | null, frontend: Frontend): UsageError {
  const { says } = inputOf(name).takes
  const label = labelOf(name, frontend)
  return new UsageError({
    en: `${label} takes ${says.en}, and got ${raw === null ? 'nothing' : quoted(raw)}.`,
    ko: `사용할 수 없는 입력값입니다: ${label} = ${raw === null ? '(없음)' : quoted(raw)} (사용할 수 있는 값: ${says.ko})`,
  })
}

/** For an input without which the command can do nothing; one of them. */
export function needed(names: readonly InputName[], frontend: Frontend): UsageError {
  const labels = names.map((name) => labelOf(name, frontend))
  return new UsageError({ en: `Give ${labels.join(' or ')}.`, ko: `다음 입력이 필요합니다: ${labels.join(' 또는 ')}` })
}

function twice(name: InputName): UsageError {
  return new UsageError({
    en: `\`--${name}\` is given more than once, and takes one value.`,
    ko: `여러 번 지정할 수 없는 입력입니다: \`--${name}\``,
  })
}

function onlyOne(name: InputName, values: readonly string[], command: Command, frontend: Frontend): UsageError {
  const label = labelOf(name, frontend)
  const takers = (inputOf(name).severalFor ?? []).map((each) => `\`${each}\``).join(', ')
  return new UsageError({
    en: `${label} of \`${command}\` takes one value, and got ${values.length} (${quoted(values.join(', '))}); several are for ${takers}.`,
    ko: `\`${command}\` 명령에서는 값을 하나만 지정할 수 있는 입력입니다: ${label} (받은 값 ${values.length}개: ${quoted(values.join(', '))}, 여러 개를 지정할 수 있는 명령: ${takers})`,
  })
}

function isSwitch(name: InputName): boolean {
  return inputOf(name).takes.shown === ''
}

function untilTerminator(words: readonly string[]): readonly string[] {
  const end = words.indexOf('--')
  return end < 0 ? words : words.slice(0, end)
}

/** What a stranger wrote, safe to print on a terminal and in one line. */
export function quoted(raw: string): string {
  const line = raw.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim()
  return `\`${line.length > 80 ? `${line.slice(0, 79)}…` : line}\``
}
