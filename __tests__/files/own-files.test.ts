/** A folder that a pull request may have prepared: nothing outside of it is touched, and nothing in it that is not ours. */
import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { UsageError } from '../../src/domain/usage-error.ts'
import { emptyFile, makeFolder, writeFiles } from '../../src/files/own-files.ts'

const FILES = { 'report.json': '{ "name": "ours", "of": 2 }', 'report.md': 'second' }
const MARK = '"name": "ours"'
const SECRET = 'what somebody else wrote'

let workspace: string
let elsewhere: string
const before = process.cwd()
beforeEach(() => {
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'ecs-pull-guard-own-')))
  workspace = join(place, 'workspace')
  elsewhere = join(place, 'elsewhere')
  mkdirSync(workspace)
  mkdirSync(elsewhere)
  writeFileSync(join(elsewhere, 'keys'), SECRET)
  process.chdir(workspace)
})
afterEach(() => process.chdir(before))

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof UsageError)) throw new Error(`no UsageError: ${error}`)
  return error.text.en
}

const untouched = () => {
  expect(readdirSync(elsewhere)).toEqual(['keys'])
  expect(readFileSync(join(elsewhere, 'keys'), 'utf8')).toBe(SECRET)
}

describe('files of a report', () => {
  test('are written, and written again over our own', async () => {
    await writeFiles('out/deep', FILES, MARK)
    await writeFiles('out/deep', { ...FILES, 'report.md': 'third' }, MARK)
    expect(readdirSync('out/deep').sort()).toEqual(Object.keys(FILES))
    expect(readFileSync('out/deep/report.md', 'utf8')).toBe('third')
  })

  test('may lie outside the working directory where the user says so', async () => {
    await writeFiles(join(elsewhere, 'out'), FILES, MARK)
    expect(readdirSync(join(elsewhere, 'out'))).toHaveLength(2)
  })

  test.each<readonly [string, () => void, RegExp]>([
    ['the first is somebody else’s', () => writeFileSync('out/report.json', SECRET), /report\.json was not written by/],
    [
      'a further one is there without the first',
      () => writeFileSync('out/report.md', SECRET),
      /report\.md was not written by/,
    ],
    [
      'one is a link to a file',
      () => symlinkSync(join(elsewhere, 'keys'), 'out/report.json'),
      /report\.json is a link/,
    ],
    [
      'one is a link to a file that is not there',
      () => symlinkSync(join(elsewhere, 'new'), 'out/report.md'),
      /report\.md is a link/,
    ],
    ['one is a pipe', () => execFileSync('mkfifo', ['out/report.json']), /report\.json is a link or no plain file/],
    ['one is a folder', () => mkdirSync('out/report.json'), /report\.json is a link or no plain file/],
  ])('are not written where %s', async (_name, prepare, said) => {
    mkdirSync('out')
    prepare()
    const names = readdirSync('out')
    expect(await refusal(writeFiles('out', FILES, MARK))).toMatch(said)
    expect(readdirSync('out')).toEqual(names)
    untouched()
  })

  test.each([
    ['the folder itself', 'out', 'out'],
    ['one above it', 'up', 'up/out/deeper'],
  ])('are not written where %s is a link that leads out', async (_name, link, folder) => {
    symlinkSync(elsewhere, link)
    expect(await refusal(writeFiles(folder, FILES, MARK))).toMatch(/leads elsewhere: nothing is written there/)
    untouched()
    expect(readlinkSync(link)).toBe(elsewhere)
  })

  test('are written behind a link that stays inside', async () => {
    mkdirSync('real')
    symlinkSync('real', 'out')
    await writeFiles('out', FILES, MARK)
    expect(readdirSync('real')).toHaveLength(2)
  })

  test('leave nothing behind where they cannot be written', async () => {
    mkdirSync('out')
    await expect(writeFiles('out', { 'a/b': 'x' }, MARK)).rejects.toMatchObject({ code: 'ENOENT' })
    expect(readdirSync('out')).toEqual([])
  })
})

describe('a file that grows', () => {
  test('begins empty in place of our own, and not in place of another', async () => {
    mkdirSync('out')
    writeFileSync('out/tape', `${MARK} and more`)
    expect(readFileSync(await emptyFile('out', 'tape', MARK), 'utf8')).toBe('')
    writeFileSync('out/other', SECRET)
    expect(await refusal(emptyFile('out', 'other', MARK))).toMatch(/other was not written by/)
    symlinkSync(join(elsewhere, 'keys'), 'out/link')
    expect(await refusal(emptyFile('out', 'link', MARK))).toMatch(/link is a link/)
    untouched()
  })
})

test('a folder within another does not lead out of that one, wherever the two lie', async () => {
  const root = join(elsewhere, 'snapshot')
  mkdirSync(root)
  symlinkSync(workspace, join(root, 'ec2'))
  expect(await refusal(makeFolder(join(root, 'ec2'), root))).toMatch(/leads elsewhere/)
  await makeFolder(join(root, 'iam', 'get-role'), root)
  expect(readdirSync(join(root, 'iam'))).toEqual(['get-role'])
})
