/** What `--help` prints: all of it drawn from the tables of commands and inputs. */

import type { Language, Text } from '../domain/text.ts'
import { COMMAND_PAGES, COMMANDS, type Command } from '../inputs/commands.ts'
import { GROUPS, INPUT_NAMES, type InputName, inputOf } from '../inputs/table.ts'

const WORDS = {
  usage: { en: 'Usage', ko: '사용법' },
  command: { en: 'COMMAND', ko: '명령' },
  inputs: { en: '--INPUT VALUE', ko: '--입력 값' },
  commands: { en: 'Commands', ko: '명령' },
  examples: { en: 'Examples', ko: '예시' },
  exits: { en: 'Exit codes', ko: '종료 코드' },
  otherwise: { en: 'Default', ko: '기본값' },
  more: {
    en: 'Inputs of a command: ecs-pull-guard COMMAND --help. This text in Korean: --language ko.',
    ko: '명령의 입력 보기: ecs-pull-guard <명령> --help --language ko. 영어로 보기: --language en.',
  },
  general: {
    en: 'Says whether every task of an Amazon ECS service can reach what it needs to start, and if not, which hop stops it.',
    ko: 'Amazon ECS 서비스의 모든 태스크가 시작에 필요한 대상에 연결할 수 있는지, 연결할 수 없다면 어느 홉에서 막히는지 알려 줍니다.',
  },
} as const satisfies Record<string, Text>

/** The overview, or one command's page. Ends with a line break; lines are at most `columns` wide where words allow. */
export function helpOf(command: Command | null, language: Language, columns: number): string {
  const say = (text: Text) => plain(text[language])
  const wrap = (line: string, indent: number) => wrapped(line, indent, columns)
  const lines = command === null ? overview(say, wrap) : page(command, say, wrap)
  return `${lines.join('\n')}\n`
}

type Say = (text: Text) => string
type Wrap = (line: string, indent: number) => string

function overview(say: Say, wrap: Wrap): readonly string[] {
  const { usage, command, inputs, commands, general, more } = WORDS
  return [
    wrap(say(general), 0),
    '',
    `${say(usage)}: ecs-pull-guard <${say(command)}> [${say(inputs)} …]`,
    '',
    `${say(commands)}:`,
    ...COMMANDS.flatMap((name) => [`  ${name}`, wrap(say(COMMAND_PAGES[name].does), 6)]),
    '',
    ...exitLines('preflight', say, wrap),
    '',
    wrap(say(more), 0),
  ]
}

function page(command: Command, say: Say, wrap: Wrap): readonly string[] {
  const { does, examples } = COMMAND_PAGES[command]
  const names = INPUT_NAMES.filter(
    (name) => inputOf(name).commands.includes(command) && inputOf(name).frontend !== 'action',
  )
  const plainArgument = names.find((name) => inputOf(name).positional?.includes(command))
  const argument = plainArgument === undefined ? '' : ` [${inputOf(plainArgument).takes.shown}]`
  return [
    wrap(say(does), 0),
    '',
    `${say(WORDS.usage)}: ecs-pull-guard ${command}${argument} [${say(WORDS.inputs)} …]`,
    ...GROUPS.flatMap((group) => {
      const members = group.names.filter((name) => names.includes(name))
      const lines = members.flatMap((name) => inputLines(name, command, say, wrap))
      return lines.length === 0 ? [] : ['', `${say(group.title)}:`, ...lines]
    }),
    '',
    `${say(WORDS.examples)}:`,
    ...Object.entries(examples).flatMap(([line, text]) => [wrap(say(text), 2), `      ecs-pull-guard ${line}`]),
    '',
    ...exitLines(command, say, wrap),
  ]
}

function inputLines(name: InputName, command: Command, say: Say, wrap: Wrap): readonly string[] {
  const { takes, default: fallback, of, ...general } = inputOf(name)
  const { description, shown: form = takes.shown } = of?.[command] ?? { description: general.description }
  const shown = form === '' ? '' : ` ${form}`
  const otherwise = fallback === null || takes.shown === '' ? '' : ` (${say(WORDS.otherwise)}: ${fallback})`
  return [`  --${name}${shown}`, wrap(`${say(description)}${otherwise}`, 6)]
}

function exitLines(command: Command, say: Say, wrap: Wrap): readonly string[] {
  return [
    `${say(WORDS.exits)} (${command}):`,
    ...Object.entries(COMMAND_PAGES[command].exits).map(
      ([code, when]) => `  ${code}  ${wrap(say(when), 5).trimStart()}`,
    ),
  ]
}

/** Backticks are for Markdown; a terminal does without. */
function plain(sentence: string): string {
  return sentence.replaceAll('`', '')
}

/** Hangul and other wide letters take two cells of a terminal. */
function widthOf(word: string): number {
  return [...word].reduce(
    (sum, letter) => sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(letter) ? 2 : 1),
    0,
  )
}

function wrapped(line: string, indent: number, columns: number): string {
  const room = Math.max(40, Math.min(columns, 100)) - indent
  const rows: string[] = []
  for (const word of line.split(' ')) {
    const last = rows.at(-1)
    if (last !== undefined && widthOf(`${last} ${word}`) <= room) rows[rows.length - 1] = `${last} ${word}`
    else rows.push(word)
  }
  return rows.map((row) => `${' '.repeat(indent)}${row}`).join('\n')
}
