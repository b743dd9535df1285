// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the code that is judged
/** The floors hold: each rule is broken once here and seen, and the tree itself breaks none. */
import { expect, test } from '@jest/globals'
import { breaches } from '../../scripts/floors.ts'

function tree(sources: Readonly<Record<string, string>>): readonly string[] {
  return breaches(new Map(Object.entries(sources)))
}

const empty = ''

test.each([
  ['up', { 'src/network/a.ts': `import { b } from '../checks/b.ts'`, 'src/checks/b.ts': empty }],
  ['up, for a type', { 'src/report/a.ts': `import type { B } from '../aws/b.ts'`, 'src/aws/b.ts': empty }],
  ['from a folder that nobody named', { 'src/utils/a.ts': `import '../domain/b.ts'`, 'src/domain/b.ts': empty }],
  ['the simulator', { 'src/aws/a.ts': `const s = await import('../../simulator/s.ts')`, 'simulator/s.ts': empty }],
  [
    'the simulator, at start-up',
    { 'src/commands/simulate.ts': `import { s } from '../../simulator/s.ts'`, 'simulator/s.ts': empty },
  ],
  [
    'the product from the simulator',
    { 'simulator/a.ts': `import { b } from '../src/aws/b.ts'`, 'src/aws/b.ts': empty },
  ],
  ['files, from the network', { 'src/network/a.ts': `import { readFile } from 'node:fs/promises'` }],
  ['an AWS client, from a check', { 'src/checks/a.ts': `import { EC2Client } from '@aws-sdk/client-ec2'` }],
  ['an AWS client, from a command', { 'src/commands/a.ts': `import { EC2Client } from '@aws-sdk/client-ec2'` }],
  ['files, from a renderer', { 'src/report/a.ts': `import { writeFile } from 'node:fs/promises'` }],
  ['over several lines', { 'src/domain/a.ts': `import {\n  b,\n  c,\n} from '../aws/b.ts'`, 'src/aws/b.ts': empty }],
  ['again, through a re-export', { 'src/domain/a.ts': `export { b } from '../aws/b.ts'`, 'src/aws/b.ts': empty }],
])('nothing imports %s', (_, sources) => {
  expect(tree(sources)).toHaveLength(1)
})

test.each([
  ['what Node 20 lacks', { 'src/report/a.ts': 'const groups = Map.groupBy(list, key)' }],
  ['the time, in the network', { 'src/network/a.ts': 'const now = Date.now()' }],
  ['a wait, in a check', { 'src/checks/a.ts': 'const b = await c' }],
  ['the environment, in a check', { 'src/checks/a.ts': "const b = process.env['B']" }],
  ['an exit', { 'src/commands/a.ts': 'process.exit(1)' }],
])('nothing uses %s', (_, sources) => {
  expect(tree(sources)).toHaveLength(1)
})

const PROSE = [
  'if (after.because.en === before.because.en) return',
  'return a.at === b.at && a.why.ko === b.why.ko',
  'if (why === before.en) return',
  "if (because.en.startsWith('2 of 3 ')) return",
  'if (what.en.includes(image)) return',
  'if (IMAGE.test(what.en)) return',
  'if (seen.has(title.en)) return',
  'groups.set(`${path.host} ${why.en}`, path)',
  'const texts = new Map(all.map((one) => [one.en, one]))',
  'const texts = all.map((by) => [by.en, by] as const)',
  'const seen = distinct(reasons.map(({ en }) => en))',
  'const groups = grouped(notes, ({ note }) => note.en)',
  'const key = `${step} ${because.en}`',
  'const name = JSON.stringify([id, name.en])',
  'all.sort((one, other) => compare(one.title.en, other.title.en))',
]

test.each(PROSE)('prose is no key: %s', (source) => {
  expect(tree({ 'src/report/a.ts': source })).toEqual([expect.stringContaining('prose is no key')])
  expect(tree({ 'simulator/a.ts': source })).toHaveLength(1)
})

test.each([
  'return { en: `${verdict.en} ${rest.en}`, ko: `${verdict.ko}. ${rest.ko}` }',
  'const [why, whyKo] = title === null ? ["", ""] : [`: ${title.en}`, `: ${title.ko}`]',
  'return sentences.map(({ en }) => en).join(" ")',
  'const title = STEPS.get(step)?.en',
  'const because = unread.because === "denied"',
  'lines.push(finding.title[language])',
  'if (language === "en") return',
])('and is still written: %s', (source) => {
  expect(tree({ 'src/report/a.ts': source })).toEqual([])
})

test('a circle is a breach', () => {
  const circle = { 'src/domain/a.ts': `import { b } from './b.ts'`, 'src/domain/b.ts': `import { a } from './a.ts'` }
  expect(tree(circle)).toEqual([expect.stringContaining('src/domain/a.ts → src/domain/b.ts → src/domain/a.ts')])
})

test.each([
  ['down', { 'src/commands/a.ts': `import { b } from '../aws/b.ts'`, 'src/aws/b.ts': empty }],
  ['within a folder', { 'src/aws/a.ts': `import { b } from './calls/b.ts'`, 'src/aws/calls/b.ts': empty }],
  [
    'the simulator, when it is asked for',
    { 'src/commands/simulate.ts': `await import('../../simulator/s.ts')`, 'simulator/s.ts': empty },
  ],
  ['isIP in the network', { 'src/network/a.ts': `import { isIP } from 'node:net'` }],
  ['an AWS client in aws', { 'src/aws/a.ts': `import { EC2Client } from '@aws-sdk/client-ec2'` }],
  ['only in a comment', { 'src/domain/a.ts': `// import { b } from '../aws/b.ts'\n/* import('../aws/b.ts') */` }],
])('an import is fine: %s', (_, sources) => {
  expect(tree(sources)).toEqual([])
})
