/** A task-definition file is one of the repository's only where the repository has it. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { repositoryFile } from '../../src/commands/repository-file.ts'
import { temporary } from '../entry/program.ts'

const TEXT = '{"family":"웹"}'
let workspace = ''
let elsewhere = ''

function file(...path: readonly string[]): string {
  const whole = join(...path)
  mkdirSync(join(whole, '..'), { recursive: true })
  writeFileSync(whole, TEXT)
  return whole
}

beforeAll(() => {
  workspace = temporary()
  elsewhere = temporary()
})

describe('in a job', () => {
  test('its path starts at the workspace', async () => {
    const found = await repositoryFile(file(workspace, 'ecs/task.json'), { web: 'nginx' }, workspace)
    expect(found).toEqual({ file: 'ecs/task.json', text: TEXT, images: { web: 'nginx' } })
  })

  test('a checkout in a folder of the workspace is its own root', async () => {
    const path = file(workspace, 'checkout/ecs/task.json')
    mkdirSync(join(workspace, 'checkout/.git'))
    expect((await repositoryFile(path, {}, workspace))?.file).toBe('ecs/task.json')
  })

  test('a file beside the workspace is none of it, though its folder is called alike', async () => {
    expect(await repositoryFile(file(`${workspace}-2`, 'task.json'), {}, workspace)).toBeNull()
    expect(await repositoryFile(file(elsewhere, 'task.json'), {}, workspace)).toBeNull()
  })

  test('a link is followed, both ways', async () => {
    const link = join(elsewhere, 'link')
    symlinkSync(workspace, link)
    file(workspace, 'ecs/task.json')
    expect((await repositoryFile(join(link, 'ecs/task.json'), {}, workspace))?.file).toBe('ecs/task.json')
    expect((await repositoryFile(join(workspace, 'ecs/task.json'), {}, link))?.file).toBe('ecs/task.json')
    symlinkSync(file(elsewhere, 'outside.json'), join(workspace, 'outside.json'))
    expect(await repositoryFile(join(workspace, 'outside.json'), {}, workspace)).toBeNull()
  })
})

describe('on a shell', () => {
  test('the nearest folder with .git is the root; without one there is none', async () => {
    const clone = temporary()
    const path = file(clone, 'a/b/task.json')
    expect(await repositoryFile(path, {}, undefined)).toBeNull()
    // A worktree has a file of that name.
    writeFileSync(join(clone, '.git'), 'gitdir: elsewhere')
    expect((await repositoryFile(path, {}, undefined))?.file).toBe('a/b/task.json')
    expect((await repositoryFile(path, {}, ''))?.file).toBe('a/b/task.json')
  })
})

test('a file that Windows PowerShell wrote is read, and one that is gone has no place', async () => {
  const path = file(workspace, 'wide.json')
  writeFileSync(path, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(TEXT, 'utf16le')]))
  expect((await repositoryFile(path, {}, workspace))?.text).toBe(TEXT)
  expect(await repositoryFile(join(workspace, 'gone.json'), {}, workspace)).toBeNull()
})
