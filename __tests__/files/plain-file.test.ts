/** Every file that an input names may have been put there by a pull request: what is no plain file of a sane size is refused in a sentence, at once. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { taskDefinitionFromFile } from '../../src/aws/task-definition/file.ts'
import { readFlows } from '../../src/commands/flows-file.ts'
import { runCommand } from '../../src/commands/index.ts'
import { repositoryFile } from '../../src/commands/repository-file.ts'
import { UsageError } from '../../src/domain/usage-error.ts'
import { readNamedFile, readPlainFile, whyUnreadable } from '../../src/files/plain-file.ts'
import { readJob } from '../../src/github/github-job.ts'
import { readValues } from '../../src/inputs/parse-arguments.ts'
import { CONTEXT } from '../entry/context.ts'

let folder = ''
const before = process.cwd()

/** The workspace of a job, with a secret beside it. */
beforeEach(() => {
  const place = mkdtempSync(join(tmpdir(), 'plain-'))
  folder = join(place, 'workspace')
  mkdirSync(join(folder, '.git'), { recursive: true })
  writeFileSync(join(place, 'secret.json'), '{"token":"outside"}')
  process.chdir(folder)
})

afterEach(() => {
  process.chdir(before)
  rmSync(join(folder, '..'), { recursive: true })
})

const NAME = 'input.json'

async function replay(path: string): Promise<unknown> {
  return runCommand('watch', readValues('watch', new Map([['replay', [path]]]), 'cli'), CONTEXT)
}

/** Each with the name of what reads it. */
const INPUTS = [
  ['task-definition', taskDefinitionFromFile],
  ['flows', (path: string) => readFlows(path, '--flows')],
  ['replay', replay],
] as const

const HOSTILE: readonly (readonly [string, () => void, RegExp])[] = [
  ['a pipe that nobody writes to', () => execFileSync('mkfifo', [NAME]), /is no plain file/],
  ['a link to a device without end', () => symlinkSync('/dev/zero', NAME), /leads out of the working directory/],
  ['a link to a secret beside the workspace', () => symlinkSync('../secret.json', NAME), /leads out of the working/],
  [
    'a link to the environment of the process',
    () => symlinkSync('/proc/self/environ', NAME),
    /leads out of the working/,
  ],
  ['a link to itself', () => symlinkSync(NAME, NAME), /is no plain file/],
  ['a folder of its name', () => mkdirSync(NAME), /is no plain file/],
  ['more than anybody writes', () => sized(65 * 1024 * 1024), /is larger than \d+ MiB/],
  ['nothing at all', () => {}, /cannot be read \(ENOENT\)/],
]

function sized(bytes: number): void {
  writeFileSync(NAME, '[]')
  truncateSync(NAME, bytes)
}

describe.each(INPUTS)('%s', (_input, read) => {
  test.each(HOSTILE)('%s', async (_name, make, said) => {
    make()
    const complaint = await read(NAME).then(
      () => null,
      (error: unknown) => error,
    )
    if (!(complaint instanceof UsageError)) throw new Error(`no UsageError: ${complaint}`)
    expect(complaint.text.en).toMatch(said)
    expect(complaint.text.en + complaint.text.ko).not.toContain('outside')
  })
})

test('a link within the working directory is followed, and so is one that lies elsewhere', async () => {
  writeFileSync('real.json', '{}')
  symlinkSync('real.json', NAME)
  expect(await readNamedFile(NAME, 100)).toMatchObject({ ok: true })
  const link = join(folder, '..', 'link.json')
  symlinkSync(join(folder, '..', 'secret.json'), link)
  expect(await readNamedFile(link, 100)).toMatchObject({ ok: true })
})

test('a folder of the way that leads out is one, too', async () => {
  symlinkSync('..', 'up')
  expect(await readNamedFile('up/secret.json', 100)).toMatchObject({ ok: false, because: 'leads-out' })
})

test('a socket is no plain file', async () => {
  const server = createServer().listen(join(folder, 'socket'))
  await new Promise((resolve) => server.once('listening', resolve))
  const read = await readPlainFile('socket', 100)
  await new Promise((resolve) => server.close(resolve))
  expect(read).toMatchObject({ ok: false, because: 'not-plain' })
})

test('as large as it may be is read', async () => {
  writeFileSync(NAME, 'x'.repeat(100))
  expect(await readPlainFile(NAME, 100)).toMatchObject({ ok: true })
  const read = await readPlainFile(NAME, 99)
  expect(read).toMatchObject({ ok: false, because: 'too-large' })
})

test('every reason has words in both languages', () => {
  for (const because of ['not-plain', 'too-large', 'leads-out', 'unreadable'] as const) {
    const { en, ko } = whyUnreadable({ ok: false, because, code: 'EACCES' }, 1024 * 1024)
    expect([en, ko]).toEqual([expect.stringMatching(/\w/), expect.stringMatching(/[가-힣]|EACCES/)])
  }
})

describe('the event of a job', () => {
  const job = () =>
    readJob({ GITHUB_REPOSITORY: 'acme/shop', GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: NAME })

  test.each(HOSTILE)('%s says nothing, and the job goes on', async (_name, make) => {
    make()
    expect(await job()).toMatchObject({ owner: 'acme', pullRequest: null })
  })
})

describe('the file that annotations sit on', () => {
  test('is none where it is a link out of the workspace', async () => {
    symlinkSync('../secret.json', NAME)
    expect(await repositoryFile(NAME, {}, folder)).toBeNull()
  })

  test('is none where it is too large for one', async () => {
    sized(65 * 1024 * 1024)
    expect(await repositoryFile(NAME, {}, folder)).toBeNull()
  })
})
