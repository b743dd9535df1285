/** What is drawn from the tables of inputs and commands is up to date, and says the same in both languages. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { drawn } from '../../scripts/docs.ts'
import { TOOL } from '../../src/domain/version.ts'
import { helpOf } from '../../src/entry/help.ts'
import { COMMANDS } from '../../src/inputs/commands.ts'
import { OUTPUTS } from '../../src/inputs/outputs.ts'
import { INPUT_NAMES, inputOf } from '../../src/inputs/table.ts'

const read = (name: string) => readFileSync(name, 'utf8')

describe('npm run docs has been run', () => {
  test.each([...drawn(read)])('%s', (path, text) => {
    expect(read(path)).toBe(text)
  })
})

test('the version is the one of the package', () => {
  expect(TOOL.version).toBe(JSON.parse(read('package.json')).version)
})

test('an action has every input of a workflow, and every output', () => {
  const action = read('action.yml')
  for (const name of INPUT_NAMES) {
    const listed = new RegExp(`^  ${name}:$`, 'm').test(action)
    expect([name, listed]).toEqual([name, inputOf(name).frontend !== 'cli'])
  }
  for (const name of Object.keys(OUTPUTS)) expect(action).toMatch(new RegExp(`^  ${name}:$`, 'm'))
  expect(action).toMatch(/using: node24\n {2}main: dist\/index\.js/)
})

test('both READMEs have the same commands, code and tables', () => {
  const skeleton = (page: string) =>
    [...page.matchAll(/^(```.*|<!-- .* -->|\| `[a-z-]+`|node dist.*|npm .*|#+ )/gm)].map(([line]) =>
      line.replace(/( --)? --language ko/, ''),
    )
  expect(skeleton(read('README.ko.md'))).toEqual(skeleton(read('README.md')))
})

describe('help', () => {
  const pages = [null, ...COMMANDS].flatMap((command) =>
    (['en', 'ko'] as const).map((language) => [command, language] as const),
  )

  test.each(pages)('of %s in %s fits the width, except what has to be pasted', (command, language) => {
    const tooWide = helpOf(command, language, 80)
      .split('\n')
      .filter((line) => cellsOf(line) > 80 && !line.startsWith('      ecs-pull-guard '))
    expect(tooWide).toEqual([])
  })

  test.each(COMMANDS)('of %s names each of its inputs and no other', (command) => {
    const named = [...helpOf(command, 'en', 80).matchAll(/^ {2}--([a-zA-Z-]+)/gm)].map(([, name]) => name)
    const ours = INPUT_NAMES.filter(
      (name) => inputOf(name).commands.includes(command) && inputOf(name).frontend !== 'action',
    )
    expect(named.toSorted()).toEqual([...ours].toSorted())
  })

  test.each([
    ['snapshot', /report\.json|tape\.ndjson/],
    ['preflight', /tape\.ndjson|the snapshot itself/],
    ['explain', /markdown|html/],
  ] as const)('of %s says nothing of other commands', (command, foreign) => {
    expect(helpOf(command, 'en', 80)).not.toMatch(foreign)
  })

  test('in Korean has no English sentence', () => {
    const prose = helpOf(null, 'ko', 80)
      .split('\n')
      .filter((line) => /[a-z]+ [a-z]+ [a-z]+ [a-z]+/.test(line))
    expect(prose).toEqual([])
  })
})

test('descriptions are whole sentences', () => {
  for (const description of [...INPUT_NAMES.map((name) => inputOf(name).description), ...Object.values(OUTPUTS)]) {
    expect(description.en).toMatch(/^[A-Z].*\.$/)
    expect(description.ko).toMatch(/[가-힣].*다\.( |$)/)
  }
})

function cellsOf(line: string): number {
  return [...line].reduce(
    (sum, letter) => sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uff00-\uff60]/.test(letter) ? 2 : 1),
    0,
  )
}
