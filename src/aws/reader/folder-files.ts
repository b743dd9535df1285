/** Which files of a snapshot folder answer which call, and their bytes. A folder may come from anybody: only what is a file of a sane size is read. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../../domain/usage-error.ts'
import { MEBIBYTE, readPlainFile } from '../../files/plain-file.ts'
import type { Alias, Call } from '../calls/call.ts'
import { CALLS } from '../calls/table.ts'

export interface AnswerFile {
  /** Relative to the folder, with slashes. */
  readonly path: string
  /** The file's name without `.json`. */
  readonly stem: string
  readonly alias: Alias | null
}

/** The largest real answer, a VPC of hundreds of groups with all their rules, has a tenth of it. */
const MOST_BYTES = 32 * MEBIBYTE

/** `accounts/<id>/<region>/Subnets.json`: as deep as recordings of several accounts go. */
const DEPTH = 4

/** Every `.json` file down to four levels, in a fixed order. Throws `UsageError` when none of them is one we know. */
export async function listJsonFiles(folder: string): Promise<readonly string[]> {
  const paths = await jsonFilesIn(folder)
  if (!CALLS.some((call) => filesOf(call, paths).length > 0)) throw nothingKnown(folder)
  return paths
}

/** The same for any folder, whatever it holds. */
export async function jsonFilesIn(folder: string): Promise<readonly string[]> {
  return (await walk(folder, '', DEPTH)).sort()
}

export function filesOf(call: Call<unknown>, paths: readonly string[]): readonly AnswerFile[] {
  const files: AnswerFile[] = []
  for (const path of paths) {
    const stem = path.slice(path.lastIndexOf('/') + 1, -'.json'.length)
    const own = path === `${call.file}.json` || path === `${call.file}/${stem}.json`
    const alias = call.aliases.find(({ file }) => file === stem)
    if (own) files.push({ path, stem, alias: null })
    else if (alias !== undefined) files.push({ path, stem, alias })
  }
  return files
}

/** Throws `UsageError` for what is no file of its own (a link, which may lead anywhere; a pipe, which may never end) or is too large. */
export function readAnswerFile(folder: string, path: string): Uint8Array {
  const name = join(folder, path)
  const read = readPlainFile(name, MOST_BYTES)
  if (read.ok) return read.bytes
  if (read.because === 'not-plain') throw noFile(name)
  throw read.because === 'too-large' ? tooLarge(name) : unreadableFile(name, read.code)
}

function noFile(name: string): UsageError {
  return new UsageError({
    en: `${name} in the snapshot is a link, a pipe or a device: only plain files are read. Put the file itself there.`,
    ko: `스냅샷의 ${name} 항목은 링크, 파이프 또는 장치입니다. 일반 파일만 읽을 수 있으므로 파일 자체를 해당 위치에 둡니다.`,
  })
}

function unreadableFile(name: string, code: string): UsageError {
  return new UsageError({
    en: `The snapshot file ${name} cannot be read (${code}).`,
    ko: `스냅샷 파일을 읽을 수 없습니다: ${name} (${code})`,
  })
}

function tooLarge(name: string): UsageError {
  return new UsageError({
    en: `The snapshot file ${name} is larger than 32 MiB, which no answer of AWS about one service is.`,
    ko: `스냅샷 파일이 32MiB보다 큽니다: ${name}. 서비스 하나에 대한 AWS 응답은 이 크기를 넘지 않습니다.`,
  })
}

async function walk(folder: string, under: string, depth: number): Promise<string[]> {
  const here = under === '' ? folder : `${folder}/${under}`
  const entries = await readdir(here, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(here, error.code ?? '')
  })
  const nested = entries.map(async (entry) => {
    const path = under === '' ? entry.name : `${under}/${entry.name}`
    if (entry.isDirectory()) return depth > 1 ? walk(folder, path, depth - 1) : []
    return entry.name.endsWith('.json') ? [path] : []
  })
  return (await Promise.all(nested)).flat()
}

function unreadable(folder: string, code: string): UsageError {
  return new UsageError({
    en: `The input "snapshot" names ${folder}, which is not a folder that can be read (${code}). Give the folder that "snapshot" wrote.`,
    ko: `"snapshot" 입력이 가리키는 폴더를 읽을 수 없습니다: ${folder} (${code}). "snapshot" 명령이 만든 폴더를 지정합니다.`,
  })
}

function nothingKnown(folder: string): UsageError {
  return new UsageError({
    en: `The folder ${folder} holds no AWS answer: expected files such as ecs/describe-services.json or ec2/describe-subnets.json.`,
    ko: `폴더에 AWS 응답 파일이 없습니다: ${folder}. 필요한 파일의 예: ecs/describe-services.json, ec2/describe-subnets.json`,
  })
}
