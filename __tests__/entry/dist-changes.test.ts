/** The built program keeps out of the way of a review: who changes a line changes a file or two of it, and the name of none. */
import { spawnSync } from 'node:child_process'
import { cpSync, globSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { DIST, temporary } from './program.ts'

/** What is done to the first file that has such a line. */
const CHANGES = [
  ['the severity of a check', 'src/checks/**/*.ts', "severity: 'blocker'", "severity: 'warning'"],
  ['a regular expression of what ECS says', 'src/ecs-errors/classify/*.ts', 'manifest unknown', 'manifest unheard of'],
  ['a number of a rule', 'src/network/network-acls.ts', 'FINAL_RULE = 32767', 'FINAL_RULE = 32766'],
  ['a sentence', 'src/ecs-errors/labels/*.ts', "en: '", "en: 'In short: "],
  ['a condition of the watch', 'src/rollout/**/*.ts', ' >= ', ' > '],
  ['a style', 'src/report/html/style.ts', '1.5rem', '2rem'],
  [
    'one more request to AWS',
    'src/aws/clients/ecs.ts',
    '  ListTasksCommand,\n',
    '  ListTasksCommand,\n  ListAttributesCommand,\n',
  ],
] as const
/** Each takes a build. A developer's run asks two of them, CI and the nightly run all. */
const ASKED = process.env['CI'] === 'true' || process.env['NIGHTLY'] === 'true' ? CHANGES : CHANGES.slice(0, 2)

const scratch = temporary()
for (const folder of ['src', 'simulator', 'scripts']) cpSync(folder, join(scratch, folder), { recursive: true })
// Changes that somebody writes are held to the schema.
for (const file of ['package.json', 'report.schema.json']) cpSync(file, join(scratch, file))
symlinkSync(resolve('node_modules'), join(scratch, 'node_modules'))
afterAll(() => rmSync(scratch, { recursive: true }))

/** File → its bytes, of what the sources in the scratch folder make. */
function made(folder: string): ReadonlyMap<string, string> {
  const argv = ['scripts/bundle.ts', folder]
  const { status, stderr } = spawnSync(process.execPath, argv, { cwd: scratch, encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return contentsOf(join(scratch, folder))
}

function contentsOf(folder: string): ReadonlyMap<string, string> {
  const files = globSync('**/*.{js,txt,json}', { cwd: folder }).sort()
  return new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]))
}

const before = contentsOf(DIST)

test('the same sources make the same bytes, wherever they lie', () => {
  expect(made('again')).toEqual(before)
})

test.each(ASKED)('%s changes at most three files', (_, files, line, changed) => {
  const [file] = globSync(files, { cwd: scratch })
    .filter((each) => textOf(each).includes(line))
    .sort()
  const original = textOf(file ?? '')
  writeFileSync(
    join(scratch, file ?? ''),
    original.replace(line, () => changed),
  )
  const after = made('changed')
  writeFileSync(join(scratch, file ?? ''), original)
  expect([...after.keys()]).toEqual([...before.keys()])
  const touched = [...after].filter(([name, text]) => before.get(name) !== text)
  expect(touched.length).toBeGreaterThan(0)
  expect(touched.length).toBeLessThanOrEqual(3)
})

function textOf(file: string): string {
  return readFileSync(join(scratch, file), 'utf8')
}
