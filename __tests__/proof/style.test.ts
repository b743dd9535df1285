/** How lines are printed: with their Region, in 100 columns, alike in bash and zsh, each once a report, and every file named before it is read. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { fieldCases, measuredVpcs } from './cases.ts'
import { Folder } from './folder.ts'
import { judge } from './judge.ts'
import { pages } from './pages.ts'
import { linesOf, surroundingsOf } from './printed.ts'
import { type RealCli, type ScriptRun, startRealCli } from './real-cli/real-cli.ts'
import { requireTools } from './tools.ts'

requireTools()

/** All lines of one report, or of one check's page. */
interface Source {
  readonly name: string
  readonly text: string
  readonly region: string
  readonly bash: ScriptRun
  readonly zsh: ScriptRun
}

let cli: RealCli
const sources: Source[] = []

beforeAll(async () => {
  cli = startRealCli()
  for (const one of [...measuredVpcs, ...fieldCases]) {
    const { findings } = await judge(one, one.folder)
    await add(one.name, findings.flatMap(linesOf).join('\n'), one.folder)
  }
  const [first] = measuredVpcs
  for (const { check, sh } of pages) await add(check, sh, first?.folder ?? new Folder([]))
}, 600_000)

afterAll(() => cli.stop())

async function add(name: string, text: string, folder: Folder): Promise<void> {
  if (text === '') return
  const surroundings = surroundingsOf(folder, text)
  const [bash, zsh] = [await cli.script(text, surroundings, 'bash'), await cli.script(text, surroundings, 'zsh')]
  const { region } = folder.json<{ region: string }>('meta.json')
  sources.push({ name, text, region, bash, zsh })
}

function over(objections: (source: Source) => readonly string[]): readonly string[] {
  return sources.flatMap((source) =>
    [...new Set(objections(source))].map((objection) => `${source.name}: ${objection}`),
  )
}

/** Commands that have no Region, or take that of what they name. */
const GLOBAL = ['iam', 'route53', 'sts', 's3']

describe('printed lines', () => {
  test('there are enough of them', () => {
    expect(sources.length).toBeGreaterThan(100)
  })

  test('are understood by the AWS CLI', () => {
    const refused = ({ bash }: Source) =>
      bash.calls.flatMap((call) => ('error' in call ? [`${call.argv.slice(0, 2).join(' ')}: ${call.error}`] : []))
    expect(over(refused)).toEqual([])
  })

  test('name their Region, where the service has one', () => {
    const without = ({ bash, region }: Source) =>
      bash.calls
        .filter(({ argv }) => !GLOBAL.includes(argv[0] ?? ''))
        .filter(({ argv }) => argv[argv.indexOf('--region') + 1] !== region || !argv.includes('--region'))
        .map(({ argv }) => argv.slice(0, 2).join(' '))
    expect(over(without)).toEqual([])
  })

  test('mean the same to bash and to zsh', () => {
    const different = ({ bash, zsh }: Source) =>
      JSON.stringify([bash.calls, bash.programs]) === JSON.stringify([zsh.calls, zsh.programs]) ? [] : ['differs']
    expect(over(different)).toEqual([])
  })

  test('are at most 100 columns wide, but for a word that nothing breaks', () => {
    expect(over(({ text }) => text.split('\n').filter(isTooLong))).toEqual([])
  })

  test('stand once in a report, comments apart', () => {
    const twice = ({ text }: Source) => {
      const commands = commandsOf(text)
      return commands.filter((command, at) => commands.indexOf(command) !== at)
    }
    expect(over(twice)).toEqual([])
  })

  test('read no file that neither an earlier line makes nor a comment names', () => {
    expect(over(({ text }) => filesOutOfNowhere(text))).toEqual([])
  })
})

const WIDTH = 100
/** A word of so many columns may stand where it stands. */
const UNBREAKABLE = 80

/** What could be broken: between words, but for a flag and its first value. Within a text in quotes, spaces are as good. */
function isTooLong(line: string): boolean {
  if (line.length <= WIDTH) return false
  const quoted = (line.match(/(?<!\\)'/g) ?? []).length % 2 === 1
  const words = quoted ? line.split(/\s+/) : (line.match(/(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\])+/g) ?? [])
  const parts = words.flatMap((word, at) => {
    if (word === '\\') return []
    const flag = words[at - 1]
    return flag?.startsWith('--') === true && !word.startsWith('--')
      ? [`${flag} ${word}`]
      : word.startsWith('--')
        ? []
        : [word]
  })
  const longest = Math.max(...parts.map(({ length }) => length))
  return parts.length > 1 && longest < UNBREAKABLE
}

/** A command may stand in several lines, joined by a backslash. */
function commandsOf(text: string): readonly string[] {
  return text
    .replaceAll(/ \\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /\baws \w/.test(line) && !line.startsWith('#'))
}

function filesOutOfNowhere(text: string): readonly string[] {
  const known = new Set<string>()
  const unnamed: string[] = []
  for (const line of text.replaceAll(/ \\\n\s*/g, ' ').split('\n')) {
    const read = [...line.matchAll(/fileb?:\/\/([^\s"']+)/g)].map(([, name = '']) => name)
    if (!line.startsWith('#')) unnamed.push(...read.filter((name) => !known.has(name)))
    const made = line.startsWith('#')
      ? line.match(/[\w.-]+\.\w+/g)
      : [...line.matchAll(/> *([\w.-]+)/g)].map(([, name = '']) => name)
    for (const name of made ?? []) known.add(name)
  }
  return unnamed
}
