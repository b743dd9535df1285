/** Writes the snapshot folder of a run: what AWS answered, one file a call as the AWS CLI prints it, without secrets. */

import { createHash } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { listed } from '../../domain/answer.ts'
import { compare, distinctRecords, grouped } from '../../domain/collections.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { makeFolder, writeFiles } from '../../files/own-files.ts'
import { type Call, isLoose, type Loose, type QueryKey } from '../calls/call.ts'
import { CALLS } from '../calls/table.ts'
import { lastPart } from '../facts/service.ts'
import { filesOf, jsonFilesIn } from './folder-files.ts'
import type { Recorded } from './recording.ts'
import { redacted } from './redaction.ts'

export interface SnapshotMeta {
  readonly region: string
  readonly accountId: string | null
  /** Milliseconds since 1970. */
  readonly takenAt: number
}

/**
 * Writes the folder and returns the paths of its files. What could not be read gets no file (contract, section 3).
 * A snapshot that is there already is replaced. Throws `UsageError` when the folder holds other things, or cannot be written.
 */
export async function writeSnapshot(
  folder: string,
  recorded: readonly Recorded[],
  meta: SnapshotMeta,
): Promise<readonly string[]> {
  const files = new Map<string, unknown>([['meta.json', metaOf(meta)], ...answerFiles(recorded)])
  try {
    await clear(folder)
    for (const [path, content] of files) {
      // What is left there after the old answers are gone is somebody else's.
      const text = `${JSON.stringify(content, null, 2)}\n`
      await writeFiles(join(folder, dirname(path)), { [basename(path)]: text }, META_MARK, folder)
    }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw unwritable(folder, String((error as NodeJS.ErrnoException).code ?? error))
  }
  return [...files.keys()]
}

/** The content of every file, by path: what is written, and what a test can look at. */
export function answerFiles(recorded: readonly Recorded[]): ReadonlyMap<string, unknown> {
  const files = new Map<string, unknown>()
  const listings = new Set(recorded.filter(({ answer }) => answer.known).map(({ call }) => call.recorded?.from.file))
  for (const [path, entries] of grouped(recorded.filter(hasFile), pathOf)) {
    const { call } = entries[0] as Recorded
    const sent = entries.some(({ query }) => Object.values(query).every((values) => values.length > 0))
    // Nothing was asked because nothing was named; only a listing that came out empty says that there is none.
    if (!sent && !listings.has(call.file)) continue
    // A part of a list is no list: one query that failed leaves the file out.
    if (entries.some(({ answer }) => !answer.known)) continue
    const items = entries
      .flatMap(({ answer }) => listed(answer))
      .map(redacted)
      .map(asPrinted)
    files.set(path, contentOf(call, distinctRecords(items)))
  }
  return new Map([...files].sort(([a], [b]) => compare(a, b)))
}

/** Listings are told by what they list, and the account by meta.json; the caller's ARN names a person. */
function hasFile({ call }: Recorded): boolean {
  return call.recorded === null && call.service !== 'sts'
}

/** A folder is of one Region; what a simulation was asked about, and the status of an image, stand in the answer. */
const UNTOLD: readonly QueryKey[] = ['region', 'status', 'action', 'resource']

function pathOf({ call, query }: Recorded): string {
  if (!call.keyed) return `${call.file}.json`
  const keys = (Object.keys(call.by) as QueryKey[]).filter((key) => !UNTOLD.includes(key))
  // A role's name and the end of its ARN are one.
  const stem = [...new Set(keys.flatMap((key) => query[key] ?? []).map(lastPart))].join('.')
  const name = stem.replace(/[^\w.+=,@-]/g, '-')
  // Names of secrets and parameters may be longer than those of files.
  const short = name.length <= LONGEST_STEM ? name : `${name.slice(0, LONGEST_STEM)}-${hashOf(stem)}`
  return `${call.file}/${short}.json`
}

const LONGEST_STEM = 200

function hashOf(stem: string): string {
  return createHash('sha256').update(stem).digest('hex').slice(0, 12)
}

function contentOf(call: Call<unknown>, items: readonly unknown[]): unknown {
  if (call.list === null) return items.filter(isLoose).reduce(withPage, {})
  return { [call.list]: items, ...(call.service === 'ecs' ? { failures: [] } : {}) }
}

const DOCUMENTS = new Set(['AssumeRolePolicyDocument', 'PolicyDocument', 'Document'])

/**
 * As the AWS CLI prints it: it decodes the policy documents that IAM sends as URL-encoded text. A copy; whatever is no encoded
 * document stays as it is.
 */
function asPrinted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asPrinted)
  if (!isLoose(value) || value instanceof Date) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, DOCUMENTS.has(key) ? decoded(field) : asPrinted(field)]),
  )
}

/** Endpoint policies have one of these names too, and are printed as the text that they are. */
function decoded(field: unknown): unknown {
  if (typeof field !== 'string' || !field.startsWith('%7B')) return asPrinted(field)
  try {
    return JSON.parse(decodeURIComponent(field))
  } catch {
    return field
  }
}

/** Pages of one answer: their lists follow one another, of anything else the last page's holds. */
function withPage(before: Loose, page: Loose): Loose {
  const lists = Object.entries(page).map(([key, value]) => {
    const earlier = before[key]
    return [key, Array.isArray(earlier) && Array.isArray(value) ? [...earlier, ...value] : value]
  })
  return { ...before, ...Object.fromEntries(lists) }
}

/** Of meta.json. */
const META_MARK = '"schemaVersion": 1'

function metaOf({ region, accountId, takenAt }: SnapshotMeta): Loose {
  return { schemaVersion: 1, region, accountId, takenAt: new Date(takenAt).toISOString() }
}

/** Makes the folder, and takes away the answers of an older snapshot, which would mix with the new ones. */
async function clear(folder: string): Promise<void> {
  await makeFolder(folder)
  const names = await readdir(folder)
  if (names.length > 0 && !names.includes('meta.json')) throw occupied(folder)
  const paths = await jsonFilesIn(folder)
  const old = CALLS.flatMap((call) => filesOf(call, paths).filter(({ alias }) => alias === null))
  await Promise.all(
    ['meta.json', ...old.map(({ path }) => path)].map((path) => rm(join(folder, path), { force: true })),
  )
}

function occupied(folder: string): UsageError {
  return new UsageError({
    en: `The folder ${folder} is not empty and holds no snapshot: give a new folder, or one that "snapshot" wrote before.`,
    ko: `폴더가 비어 있지 않고 스냅샷도 아닙니다: ${folder}. 새 폴더 또는 이전에 "snapshot" 명령이 만든 폴더를 지정합니다.`,
  })
}

function unwritable(folder: string, code: string): UsageError {
  return new UsageError({
    en: `The snapshot could not be written to ${folder} (${code}): give a folder that can be written.`,
    ko: `스냅샷을 저장할 수 없습니다: ${folder} (${code}). 쓰기가 가능한 폴더를 지정합니다.`,
  })
}
