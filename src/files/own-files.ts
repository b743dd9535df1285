/**
 * Writes into a folder that somebody else may have prepared, a pull request for one: no link is followed out of it, no file of others is
 * lost, and nobody ever reads half a file.
 */
import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, mkdir, open, realpath, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import type { Text } from '../domain/text.ts'
import { UsageError } from '../domain/usage-error.ts'

/**
 * Makes the folder and whatever is above it. Throws `UsageError` where its name lies `within` a folder (the working directory unless
 * told) and it does not, and the system's error where it cannot be made.
 */
export async function makeFolder(folder: string, within = '.'): Promise<void> {
  const around = resolve(within)
  const path = resolve(folder)
  if (isWithin(path, around) && !isWithin(await realAncestor(path), await realpath(around))) throw leadsOut(folder)
  await mkdir(path, { recursive: true })
}

/**
 * Puts files in place of those of the same name, each whole. The first of them tells whose they all are: ours has `mark` in its first
 * kilobyte. Throws `UsageError` for a name that is taken by a link or by somebody else, before anything is written.
 */
export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string>>,
  mark: string,
  within?: string,
): Promise<void> {
  await makeFolder(folder, within)
  const names = Object.keys(files)
  const isOurs = (await headOf(join(folder, names[0] ?? ''))).includes(mark)
  for (const name of names) await refuseOthers(join(folder, name), isOurs)
  for (const [name, text] of Object.entries(files)) await replaceFile(join(folder, name), text)
}

/** Makes a file empty that will be written bit by bit, and returns its path. Throws like `writeFiles`. */
export async function emptyFile(folder: string, name: string, mark: string): Promise<string> {
  await makeFolder(folder)
  const path = join(folder, name)
  await refuseOthers(path, (await headOf(path)).includes(mark))
  await replaceFile(path, '')
  return path
}

/** A rename takes the place of whatever has the name, a link itself and not what it leads to. */
async function replaceFile(path: string, text: string): Promise<void> {
  const draft = join(dirname(path), `.${randomUUID()}`)
  try {
    const file = await open(draft, 'wx')
    try {
      await file.writeFile(text)
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

async function refuseOthers(path: string, isOurs: boolean): Promise<void> {
  const status = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (status === null) return
  if (!status.isFile()) throw taken(path, NO_FILE)
  if (status.size > 0 && !isOurs) throw taken(path, OF_OTHERS)
}

const HEAD_BYTES = 1_024

/** Empty for what is not there, and for a link. */
async function headOf(path: string): Promise<string> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants
  const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch(() => null)
  if (file === null) return ''
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } catch {
    return ''
  } finally {
    await file.close()
  }
}

/** Of the nearest folder above that exists. */
async function realAncestor(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if (dirname(path) === path) throw error
    return realAncestor(dirname(path))
  }
}

/** Both absolute. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`)
}

function leadsOut(folder: string): UsageError {
  return new UsageError({
    en: `The folder ${folder} is a link, or lies behind one, that leads elsewhere: nothing is written there. Give another folder.`,
    ko: `폴더가 다른 위치로 이어지는 링크이거나 그 아래에 있어 쓰지 않았습니다: ${folder}. 다른 폴더를 지정합니다.`,
  })
}

const NO_FILE: Text = { en: 'is a link or no plain file', ko: '링크이거나 일반 파일이 아닙니다' }
const OF_OTHERS: Text = { en: 'was not written by ecs-pull-guard', ko: 'ecs-pull-guard가 만든 파일이 아닙니다' }

function taken(path: string, why: Text): UsageError {
  return new UsageError({
    en: `${path} ${why.en}, and is left alone: give another folder, or take it away.`,
    ko: `기존 항목을 덮어쓰지 않았습니다: ${path} (${why.ko}). 다른 폴더를 지정하거나 기존 항목을 제거합니다.`,
  })
}
