/** The state that handlers read: one Region of one account, made from the files of a snapshot folder. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../src/domain/usage-error.ts'
import type { ExecSessions } from './exec/sessions.ts'
import { type Item, isItem, itemsOf, textOf } from './item.ts'
import { Unrecorded } from './refusal.ts'
import type { Rollout } from './rollout/state.ts'

/** One recorded answer: the file's name without folder and `.json`, and what the AWS CLI printed. */
export interface Recorded {
  readonly name: string
  readonly content: Item
}

export interface World {
  readonly region: string
  readonly accountId: string
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string
  /** The recorded answers of a call such as `ec2/describe-subnets`; null when nobody recorded it. */
  readonly answers: (call: string) => readonly Recorded[] | null
  /** The scenario that plays in it, where one does. */
  readonly rollout?: Rollout
  /** Sessions of ECS Exec, where there can be any. */
  readonly exec?: ExecSessions
}

/** Path below the folder, with forward slashes (`ec2/describe-vpcs.json`), to JSON text or to the value it holds. */
export type Files = Readonly<Record<string, unknown>>

/** Reads every `.json` file of a folder. A folder that is not there is the caller's mistake (UsageError). */
export async function readFiles(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => {
    throw new UsageError({
      en: `The snapshot folder cannot be read: ${folder}`,
      ko: `스냅샷 폴더를 읽을 수 없습니다: ${folder}`,
    })
  })
  const files: Record<string, unknown> = {}
  for (const entry of entries.filter((one) => one.isFile() && one.name.endsWith('.json'))) {
    const path = join(entry.parentPath, entry.name)
    const name = path.slice(folder.length).replaceAll('\\', '/').replace(/^\/+/, '')
    files[name] = await readFile(path, 'utf8')
  }
  return files
}

/**
 * `call.json` is one answer, `call/<any>.json` one of several; both forms may be mixed. An empty file is no answer: that
 * is what `aws … > file` leaves behind when it fails. Throws UsageError for a file that is not a JSON object.
 */
export function worldOf(files: Files): World {
  const byCall = new Map<string, Recorded[]>()
  for (const [path, raw] of Object.entries(files)) {
    const content = contentOf(path, raw)
    if (content === null) continue
    const [service, operation, ...rest] = path.replace(/\.json$/, '').split('/')
    const call = operation === undefined ? `${service}` : `${service}/${operation}`
    byCall.set(call, [...(byCall.get(call) ?? []), { name: rest.join('/') || `${operation ?? service}`, content }])
  }
  const meta = byCall.get('meta')?.[0]?.content ?? {}
  const region = textOf(meta, 'region') ?? 'us-east-1'
  return {
    region,
    accountId: textOf(meta, 'accountId') ?? '123456789012',
    partition: partitionOf(region),
    answers: (call) => byCall.get(call) ?? null,
  }
}

/** The same account seen in a Region where it has nothing: every call is allowed, and nothing is there. */
export function emptyRegion(world: World, region: string): World {
  return { region, accountId: world.accountId, partition: partitionOf(region), answers: () => [] }
}

/** The recorded answers of a call. Throws Unrecorded where there are none, which the wire shows as access denied. */
export function answersOf(world: World, call: string): readonly Recorded[] {
  const answers = world.answers(call)
  if (answers === null) throw new Unrecorded(call)
  return answers
}

/** The lists named `member` of all recorded answers of a call, as one list. Throws Unrecorded. */
export function listOf(world: World, call: string, member: string): readonly Item[] {
  return answersOf(world, call).flatMap((answer) => itemsOf(answer.content[member]))
}

/** The same, where a call that nobody recorded counts as an empty one. */
export function listIfAny(world: World, call: string, member: string): readonly Item[] {
  return (world.answers(call) ?? []).flatMap((answer) => itemsOf(answer.content[member]))
}

/**
 * The answer of one thing, where answers do not repeat what was asked: its file is named after one of `keys`, whatever a
 * file system made of slashes and colons (`role/app.json`, `role-app.json`), or it has `member` all the same, added by
 * whoever recorded it. Null when there is none.
 */
export function answerNamed(answers: readonly Recorded[], member: string, ...keys: readonly string[]): Item | null {
  const plain = (text: string) => text.replace(/[^A-Za-z0-9]+/g, '-').toLowerCase()
  const wanted = keys.map(plain)
  const own = answers.find(
    ({ name, content }) => keys.includes(textOf(content, member) ?? '') || wanted.includes(plain(name)),
  )
  return own?.content ?? null
}

function contentOf(path: string, raw: unknown): Item | null {
  if (typeof raw !== 'string') {
    if (isItem(raw)) return raw
    throw notAnAnswer(path)
  }
  if (raw.trim() === '') return null
  let value: unknown
  try {
    value = JSON.parse(raw)
  } catch {
    throw notAnAnswer(path)
  }
  if (!isItem(value)) throw notAnAnswer(path)
  return value
}

function notAnAnswer(path: string): UsageError {
  return new UsageError({
    en: `This file of the snapshot is not a JSON object as the AWS CLI prints it: ${path}`,
    ko: `스냅샷에 AWS CLI가 출력하는 JSON 객체가 아닌 파일이 있습니다: ${path}`,
  })
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}
