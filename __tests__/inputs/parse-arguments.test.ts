/** Whatever is typed wrong is answered with one sentence, in either language, that names the input. */
import { describe, expect, test } from '@jest/globals'
import { UsageError } from '../../src/domain/usage-error.ts'
import { COMMAND_PAGES, COMMANDS, type Command, LATER } from '../../src/inputs/commands.ts'
import { languageOf, readArguments, readValues } from '../../src/inputs/parse-arguments.ts'
import type { Values } from '../../src/inputs/table.ts'

/** A line as a shell would split it: single quotes hold words together. */
function words(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
}

function valuesOf(line: string): Values {
  const asked = readArguments(words(line))
  if (asked.kind !== 'run') throw new TypeError(`${line} asks for ${asked.kind}`)
  return readValues(asked.command, asked.given, 'cli')
}

function complaintAbout(line: string): { readonly en: string; readonly ko: string } {
  try {
    valuesOf(line)
  } catch (error) {
    if (error instanceof UsageError) return error.text
    throw error
  }
  throw new TypeError(`${line} is accepted`)
}

describe('a command line', () => {
  test('is read with defaults where nothing is said', () => {
    const values = valuesOf('preflight --service web')
    expect(values).toMatchObject({ cluster: null, service: ['web'], language: 'en', format: 'text', region: null })
    expect(values['fail-on']).toEqual(['blocker'])
  })

  test('takes values behind a space or an equals sign, and switches alone', () => {
    expect(valuesOf('trace --from-subnet=subnet-1 --security-groups sg-1,sg-2 --public-ip --to=db:5432')).toMatchObject(
      {
        'from-subnet': 'subnet-1',
        'security-groups': ['sg-1', 'sg-2'],
        'public-ip': true,
        to: 'db:5432',
        protocol: 'tcp',
      },
    )
  })

  test('collects inputs that may be given several times, one a line', () => {
    const { ignore, image } = valuesOf(
      "preflight --ignore subnet-nearly-full --ignore 'private-dns-off vpce-1 # ours' --image web=a/b:1",
    )
    expect(ignore).toEqual(['subnet-nearly-full', 'private-dns-off vpce-1 # ours'])
    expect(image).toEqual(['web=a/b:1'])
  })

  test('takes plain arguments where the command has one', () => {
    expect(valuesOf("explain 'CannotPullContainerError: --- x'").text).toBe('CannotPullContainerError: --- x')
    expect(valuesOf("explain -- '--dashes first'").text).toBe('--dashes first')
    expect(valuesOf('simulate ./folder --port 0')).toMatchObject({ snapshot: './folder', port: 0 })
  })

  test.each([
    ['', { kind: 'help', command: null }],
    ['--help', { kind: 'help', command: null }],
    ['help trace', { kind: 'help', command: 'trace' }],
    ['trace --to x -h', { kind: 'help', command: 'trace' }],
    ['--version', { kind: 'version' }],
  ])('%s is understood', (line, asked) => {
    expect(readArguments(words(line))).toEqual(asked)
  })

  test('`fail-on never` fails on nothing', () => {
    expect(valuesOf('preflight --service web --fail-on never')['fail-on']).toEqual([])
  })
})

describe('every example of the help', () => {
  const examples = COMMANDS.flatMap((name) =>
    Object.keys(COMMAND_PAGES[name].examples).map((line) => [line, name] as const),
  )
  test.each(examples)('%s', (line, name) => {
    const asked = readArguments(words(line))
    expect(asked).toMatchObject({ kind: 'run', command: name })
    expect(() => valuesOf(line)).not.toThrow()
  })
})

const WRONG: readonly (readonly [line: string, named: string])[] = [
  ['prefligth --service web', 'did you mean `preflight`?'],
  ['dance', 'the commands are preflight, deploy, watch'],
  ['--cluster x preflight', 'The command comes first, before `--cluster`'],
  ['preflight --clutser x', 'did you mean `--cluster`?'],
  ['preflight --zzzzzz x', '`ecs-pull-guard preflight --help` lists them'],
  ['preflight -c x', '`preflight` has no input `-c`'],
  ['preflight --to x', '`--to` is an input of `trace`, not of `preflight`'],
  ['preflight --mode trace', 'has no input `--mode`'],
  ['preflight --service', '`--service` takes a name or an ARN, and got nothing'],
  ['preflight --service --cluster x', '`--service` takes a name or an ARN, and got nothing'],
  ["preflight --service ''", '`--service` takes a name or an ARN, and got ``'],
  ['preflight --service a --service b', '`--service` is given more than once'],
  [
    'preflight --service web,api',
    '`--service` of `preflight` takes one value, and got 2 (`web, api`); several are for `watch`.',
  ],
  [
    "snapshot --task-definition 'web:1\nweb:2'",
    '`--task-definition` of `snapshot` takes one value, and got 2 (`web:1, web:2`); several are for `watch`.',
  ],
  ['watch --service ,', '`--service` takes a name or an ARN, and got `,`'],
  ['preflight --service web extra', '`preflight` does not know what to do with `extra`'],
  ['explain one two', '`explain` does not know what to do with `two`'],
  ['preflight --service web --format xml', '`--format` takes one of `text`, `json`, `markdown`, `html`, and got `xml`'],
  ['preflight --service web --language fr', '`--language` takes one of `en`, `ko`, and got `fr`'],
  ['preflight --service web --region Seoul', '`--region` takes the code of an AWS Region'],
  ['preflight --service web --fail-on blocker,oops', '`--fail-on` takes a comma list of'],
  ['preflight --service web --fail-on never,blocker', '`--fail-on` takes a comma list of'],
  ['preflight --service web --fail-on ,', '`--fail-on` takes a comma list of'],
  ['preflight --service web --image nginx', '`--image` takes `container=image`, one a line, and got `nginx`'],
  ["preflight --service web --ignore 'Two Words Here'", '`--ignore` takes `check-id`'],
  ['trace --from subnet-1 --to x', '`--from` takes an id that begins with `eni-`'],
  ['trace --from-subnet sg-1 --to x', '`--from-subnet` takes an id that begins with `subnet-`'],
  [
    'trace --security-groups sg-1,subnet-1 --to x',
    '`--security-groups` takes a comma list of ids that begin with `sg-`',
  ],
  ['trace --protocol icmp --to x', '`--protocol` takes one of `tcp`, `udp`, and got `icmp`'],
  ['trace --source-port 70000 --to x', '`--source-port` takes a whole number from 1 to 65535, and got `70000`'],
  ['trace --public-ip=maybe --to x', '`--public-ip` takes `true` or `false`, and got `maybe`'],
  ['simulate x --port constructor', '`--port` takes a whole number from 0 to 65535'],
  ...LATER.map((name) => [`${name} --service web`, `\`${name}\` is not part of this version`] as const),
]

describe('wrong input', () => {
  test.each(WRONG)('%s', (line, named) => {
    const { en, ko } = complaintAbout(line)
    expect(en).toContain(named)
    expect(en).toMatch(/^[^\n]+[.?]$|lists them\.$/)
    expect(ko).not.toBe(en)
    expect(ko).toMatch(/[가-힣]/)
    expect(ko).not.toContain('\n')
  })

  test('is quoted without control characters, and not at length', () => {
    const { en } = complaintAbout(`preflight --format \u001b[31mred${'x'.repeat(500)}`)
    expect(en).not.toContain('\u001b')
    expect(en.length).toBeLessThan(200)
  })
})

describe('a workflow', () => {
  test('may leave inputs empty, and give those of another mode', () => {
    const given = new Map([
      ['service', ['web']],
      ['cluster', ['']],
      ['to', ['']],
      ['protocol', ['tcp']],
    ] as const)
    expect(readValues('preflight', given, 'action')).toMatchObject({ cluster: null, service: ['web'], to: null })
  })

  test('is told the name of the input as a workflow writes it', () => {
    const given = new Map([['language', ['fr']]] as const)
    expect(() => readValues('preflight', given, 'action')).toThrow('`language` takes one of `en`, `ko`, and got `fr`.')
  })
})

test('complaints come in the language that was asked for, if that much is readable', () => {
  expect(languageOf(['x', '--language', 'ko'])).toBe('ko')
  expect(languageOf(['x', '--language=ko'])).toBe('ko')
  expect(languageOf(['x', '--language', 'fr'])).toBe('en')
  expect(languageOf(['x', '--', '--language', 'ko'])).toBe('en')
})

test('every command has a page, and none of them is announced as missing', () => {
  const names: readonly Command[] = Object.keys(COMMAND_PAGES) as Command[]
  expect(names).toEqual([...COMMANDS])
  expect(LATER.filter((name) => (COMMANDS as readonly string[]).includes(name))).toEqual([])
})
