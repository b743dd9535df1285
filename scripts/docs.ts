/**
 * Draws action.yml and the tables of both READMEs from the one table of inputs (src/inputs/), the lists of checks, the template of the
 * role, the policies of examples/ from what `--print-policy` prints, and report.schema.json from the types of the JSON. `npm run docs` writes them; a test compares them, so that none can go stale.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Language, Text } from '../src/domain/text.ts'
import { COMMAND_PAGES, COMMANDS } from '../src/inputs/commands.ts'
import { OUTPUTS } from '../src/inputs/outputs.ts'
import { INPUT_NAMES, inputOf } from '../src/inputs/table.ts'
import { checksIndex } from './docs/checks-index.ts'
import { examplePolicy, WITH_POLICY } from './docs/example-policies.ts'
import { roleTemplate } from './docs/role-template.ts'
import { reportSchema } from './schema.ts'

const HEADINGS = {
  inputs: {
    en: ['Input', 'Takes', 'Default', 'Used by', 'Meaning'],
    ko: ['입력', '값', '기본값', '사용하는 명령', '설명'],
  },
  outputs: { en: ['Output', 'Meaning'], ko: ['출력', '설명'] },
  commands: { en: ['Command', 'What it does'], ko: ['명령', '하는 일'] },
  exits: { en: ['Command', 'Code', 'When'], ko: ['명령', '코드', '의미'] },
}
const ONLY: Readonly<Record<'action' | 'cli', Text>> = {
  action: { en: 'action only', ko: '액션 전용' },
  cli: { en: 'command line only', ko: '명령줄 전용' },
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n')
}

const TABLES: Readonly<Record<string, (language: Language) => string>> = {
  commands: (language) =>
    table(
      HEADINGS.commands[language],
      COMMANDS.map((name) => [`\`${name}\``, COMMAND_PAGES[name].does[language]]),
    ),
  inputs: (language) =>
    table(
      HEADINGS.inputs[language],
      INPUT_NAMES.map((name) => {
        const { takes, commands, frontend, description, default: fallback } = inputOf(name)
        const only = frontend === undefined ? '' : ` (${ONLY[frontend][language]})`
        const used = commands.length === COMMANDS.length ? '' : commands.join(', ')
        return [
          `\`${name}\`${only}`,
          takes.says[language],
          fallback === null ? '' : `\`${fallback}\``,
          used,
          description[language],
        ]
      }),
    ),
  outputs: (language) =>
    table(
      HEADINGS.outputs[language],
      Object.entries(OUTPUTS).map(([name, description]) => [`\`${name}\``, description[language]]),
    ),
  exits: (language) =>
    table(
      HEADINGS.exits[language],
      COMMANDS.flatMap((name) =>
        Object.entries(COMMAND_PAGES[name].exits).map(([code, when]) => [`\`${name}\``, code, when[language]]),
      ),
    ),
}

/** A README with every `<!-- table: NAME -->` … `<!-- end -->` drawn anew. */
export function withTables(page: string, language: Language): string {
  return page.replace(
    /(<!-- table: (\w+) -->\n)[\s\S]*?(\n<!-- end -->)/g,
    (_, open, name, close) => `${open}${TABLES[name]?.(language)}${close}`,
  )
}

/** The whole of action.yml. JSON strings are YAML strings. */
export function actionYml(): string {
  const entry = (name: string, fields: readonly (readonly [string, unknown])[]) => [
    `  ${name}:`,
    ...fields.map(([key, value]) => `    ${key}: ${JSON.stringify(value)}`),
  ]
  const inputs = INPUT_NAMES.filter((name) => inputOf(name).frontend !== 'cli').flatMap((name) => {
    const { description, default: fallback } = inputOf(name)
    return entry(name, [
      ['description', description.en],
      ['required', false],
      ...(fallback === null ? [] : [['default', fallback] as const]),
    ])
  })
  return [
    '# Drawn from src/inputs/ by `npm run docs`.',
    'name: ECS pull guard',
    'description: Says before and during an Amazon ECS deployment whether every task can pull its image and start, and if not, which hop stops it.',
    'author: ecs-pull-guard contributors',
    'branding:',
    '  icon: shield',
    '  color: orange',
    'inputs:',
    ...inputs,
    'outputs:',
    ...Object.entries(OUTPUTS).flatMap(([name, description]) => entry(name, [['description', description.en]])),
    'runs:',
    '  using: node24',
    '  main: dist/index.js',
    '',
  ].join('\n')
}

/** Every drawn file: path → text as it should be. */
export function drawn(read: (path: string) => string): ReadonlyMap<string, string> {
  return new Map([
    ['action.yml', actionYml()],
    ['README.md', withTables(read('README.md'), 'en')],
    ['README.ko.md', withTables(read('README.ko.md'), 'ko')],
    ['report.schema.json', reportSchema(read)],
    ['docs/en/checks/README.md', checksIndex('en')],
    ['docs/ko/checks/README.md', checksIndex('ko')],
    ['docs/role.yml', roleTemplate()],
    ...WITH_POLICY.map(
      (name) => [`examples/policies/${name}.json`, examplePolicy(read(`examples/${name}.yml`))] as const,
    ),
  ])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of drawn((name) => readFileSync(name, 'utf8'))) writeFileSync(path, text)
}
