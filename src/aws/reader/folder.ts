/** Answers from a snapshot folder, narrowed by the query as AWS would narrow them. A file that is not there was not read. */
import { type Answer, known, listed, unread } from '../../domain/answer.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { type Call, isListOf, isLoose, type Loose, type Query, type QueryKey, type RawAnswer } from '../calls/call.ts'
import { describeSubnets } from '../calls/ec2.ts'
import { describeServices } from '../calls/ecs.ts'
import { getCallerIdentity } from '../calls/sts.ts'
import { type AnswerFile, filesOf, listJsonFiles, readAnswerFile } from './folder-files.ts'
import { decodeText, parseJson } from './json-text.ts'
import type { Reader } from './reader.ts'

/** Opens a snapshot folder (contract, section 3). Throws `UsageError` for a folder that is missing or holds no file of a known name. */
export async function openFolder(folder: string): Promise<Reader> {
  const paths = await listJsonFiles(folder)
  const parsed = new Map<string, Promise<unknown>>()
  const load = (path: string): Promise<unknown> => {
    const loading = parsed.get(path) ?? loadJson(folder, path)
    parsed.set(path, loading)
    return loading
  }
  const meta = paths.includes('meta.json') ? metaOf(await load('meta.json')) : null
  let answered = 0

  async function read<Item>(call: Call<Item>, query: Query = {}): Promise<Answer<readonly Item[]>> {
    const answer = await readItems(call as Call<unknown>, query)
    if (answer.known) answered += 1
    return answer as Answer<readonly Item[]>
  }

  async function readItems(call: Call<unknown>, query: Query): Promise<RawAnswer> {
    if (Object.values(query).some((values) => values.length === 0)) return known([])
    const files = filesOf(call, paths)
    if (files.length > 0) return call.keyed ? readKeyed(call, query, files) : readList(call, query, files)
    if (call.recorded !== null) return readDescribed(call, call.recorded, query)
    if (call.operation === getCallerIdentity.operation && typeof meta?.['accountId'] === 'string')
      return known([{ Account: meta['accountId'] }])
    return unread('absent', call.permission, `${call.file}.json`)
  }

  /** One answer a file: those that the query names. */
  async function readKeyed(call: Call<unknown>, query: Query, files: readonly AnswerFile[]) {
    const items: unknown[] = []
    let found = false
    for (const file of files) {
      const answer = await load(file.path)
      if (!isLoose(answer)) return garbled(call, file.path)
      if (!matches(call, query, answer, file.stem)) continue
      found = true
      const own = itemsOf(call, file, answer)
      if (own === null) return garbled(call, file.path)
      for (const item of own) items.push(item)
    }
    return found ? known(items) : unread('absent', call.permission, `${call.file}/*.json`)
  }

  async function readList(call: Call<unknown>, query: Query, files: readonly AnswerFile[]) {
    const items: unknown[] = []
    for (const file of files) {
      const answer = await load(file.path)
      const own = isLoose(answer) ? itemsOf(call, file, answer) : null
      if (own === null) return garbled(call, file.path)
      for (const item of own) items.push(item)
    }
    return known(items.filter((item) => !isLoose(item) || matches(call, query, item, '')))
  }

  /** A listing told by the things it would list. */
  async function readDescribed(call: Call<unknown>, recorded: NonNullable<Call<unknown>['recorded']>, query: Query) {
    const described = await readItems(recorded.from, {})
    if (!described.known) return unread(described.because, call.permission, described.detail)
    const items = described.value
      .filter((item): item is Loose => isLoose(item) && matches(call, query, item, ''))
      .map(recorded.item)
    return known([...new Set(items.filter((item) => item !== undefined))])
  }

  const written = typeof meta?.['region'] === 'string' ? meta['region'] : null
  const region = written ?? (await regionOfRecording(readItems)) ?? ''
  const trouble = () => ({
    en: `Nothing could be read from ${folder}.`,
    ko: `읽을 수 있는 내용이 없습니다. 폴더: ${folder}`,
  })
  const takenAt = isLoose(meta) ? instantIn(meta['takenAt']) : null
  return { source: 'folder', region, takenAt, read, meter: () => ({ calls: 0, answered, rounds: 0 }), trouble }
}

function instantIn(text: unknown): number | null {
  const at = typeof text === 'string' ? Date.parse(text) : Number.NaN
  return Number.isFinite(at) ? at : null
}

function itemsOf(call: Call<unknown>, file: AnswerFile, answer: Loose): readonly unknown[] | null {
  const key = file.alias?.list ?? call.list
  if (key === null) return [answer]
  const items = answer[key]
  if (!isListOf(call, items)) return null
  const { items: within } = file.alias ?? {}
  return within === undefined ? items : items.filter(isLoose).flatMap(within)
}

function matches(call: Call<unknown>, query: Query, item: Loose, stem: string): boolean {
  return Object.entries(query).every(([key, values]) => {
    const by = call.by[key as QueryKey]
    if (by === undefined) throw new TypeError(`${call.operation} cannot be asked by ${key}`)
    const answersTo = by.of(item, stem)
    return answersTo === null || answersTo.some((value) => values.includes(value as string))
  })
}

function garbled(call: Call<unknown>, path: string) {
  return unread('garbled', call.permission, path)
}

async function loadJson(folder: string, path: string): Promise<unknown> {
  const parsed = parseJson(decodeText(readAnswerFile(folder, path)))
  if (parsed.ok && !isDeeperThan(parsed.value, MOST_LEVELS)) return parsed.value
  if (parsed.ok)
    throw new UsageError({
      en: `The snapshot file ${folder}/${path} is nested deeper than ${MOST_LEVELS} levels, which no answer of AWS is.`,
      ko: `스냅샷 파일이 AWS 응답보다 깊게 중첩되어 있습니다: ${folder}/${path} (최대 수준: ${MOST_LEVELS}).`,
    })
  const { line, column } = parsed.at
  throw new UsageError({
    en: `The snapshot file ${folder}/${path} is not JSON: see line ${line}, column ${column}.`,
    ko: `스냅샷 파일이 올바른 JSON 형식이 아닙니다. 파일: ${folder}/${path}, 줄: ${line}, 열: ${column}`,
  })
}

/** Policy documents, the deepest that AWS answers, have ten. */
const MOST_LEVELS = 100

/** No deeper than asked, so that no depth can exhaust the stack. */
function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  if (Array.isArray(value)) return value.some((one) => isDeeperThan(one, levels - 1))
  for (const name in value) if (isDeeperThan((value as Loose)[name], levels - 1)) return true
  return false
}

/** Contract, section 3. Who writes a folder by hand may leave its members out. */
function metaOf(meta: unknown): Loose {
  if (!isLoose(meta))
    throw new UsageError({
      en: 'meta.json of the snapshot holds no JSON object: write {"schemaVersion":1,"region":"…"} or leave it out.',
      ko: '스냅샷의 meta.json 내용이 JSON 객체가 아닙니다. {"schemaVersion":1,"region":"…"} 형식으로 작성하거나 파일을 제거합니다.',
    })
  const version = meta['schemaVersion'] ?? 1
  if (String(version) === '1') return meta
  throw new UsageError({
    en: `The snapshot is of schema version ${String(version).slice(0, 20)}, and this version of ecs-pull-guard understands 1: use the version that wrote it, or take it anew.`,
    ko: `지원하지 않는 스냅샷 스키마 버전입니다: ${String(version).slice(0, 20)} (지원: 1). 스냅샷을 만든 버전을 사용하거나 스냅샷을 다시 만듭니다.`,
  })
}

/** A recording without meta.json still names its Region in ARNs and Availability Zones. */
async function regionOfRecording(
  readItems: (call: Call<unknown>, query: Query) => Promise<RawAnswer>,
): Promise<string | null> {
  const services = await readItems(describeServices as Call<unknown>, {})
  const subnets = await readItems(describeSubnets as Call<unknown>, {})
  for (const item of [...listed(services), ...listed(subnets)]) {
    if (!isLoose(item)) continue
    const arn = String(item['serviceArn'] ?? item['SubnetArn'] ?? '')
    const zone = String(item['AvailabilityZone'] ?? '')
    const region = arn.split(':')[3] ?? /^([a-z]{2}(?:-[a-z]+)+-\d)[a-z]$/.exec(zone)?.[1]
    if (region) return region
  }
  return null
}
