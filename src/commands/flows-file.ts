/** Reads the flows that `flows` names. Each is checked, and what is wrong is said with its place in the list. */

import { decodeText, parseJson } from '../aws/reader/json-text.ts'
import type { Text } from '../domain/text.ts'
import { UsageError } from '../domain/usage-error.ts'
import { MEBIBYTE } from '../files/plain-file.ts'
import { DESTINATION, type Destination, destinationIn, PORT_RANGE } from '../inputs/destination.ts'
import { namedFile } from './named-file.ts'

/** One entry of `--flows` (contract, section 7). `from` is an interface; else `fromSubnet` with `securityGroups`. */
export interface FlowRequest {
  readonly from?: string | null
  readonly fromSubnet?: string | null
  readonly securityGroups?: readonly string[]
  readonly publicIp?: boolean
  readonly to: Destination
  readonly port?: number | null
  readonly protocol?: 'tcp' | 'udp'
  readonly sourcePort?: number | null
}

/** Throws UsageError; also for an empty list, which would let a gate pass that looked at nothing. */
export async function readFlows(path: string, label: string): Promise<readonly FlowRequest[]> {
  const list = await readJsonFile(path, label)
  if (!Array.isArray(list)) {
    throw new UsageError({
      en: `${label} takes a JSON array of flows, and ${path} holds something else.`,
      ko: `${label} 입력에는 흐름의 JSON 배열이 필요하지만 파일의 내용이 다릅니다: ${path}`,
    })
  }
  if (list.length === 0) {
    throw new UsageError({
      en: `${label} takes at least one flow, and ${path} holds none.`,
      ko: `${label} 입력에는 흐름이 하나 이상 필요하지만 파일에 하나도 없습니다: ${path}`,
    })
  }
  return list.map((flow, at) => flowOf(flow, `${path}[${at}]`))
}

const A_TEXT: Text = { en: 'a text', ko: '문자열' }
const GROUPS: Text = { en: 'an array of ids that begin with `sg-`', ko: '`sg-` 접두사가 붙은 ID의 배열' }
const PROTOCOL: Text = { en: '`tcp` or `udp`', ko: '`tcp` 또는 `udp`' }
const YES_OR_NO: Text = { en: 'true or false', ko: 'true 또는 false' }

function flowOf(flow: unknown, place: string): FlowRequest {
  if (!isObject(flow)) throw wrong(place, { en: 'an object', ko: '객체' })
  const { from, fromSubnet, securityGroups, publicIp, to, port, protocol, sourcePort } = flow
  const destination = isText(to) ? destinationIn(to) : null
  if (destination === null) throw wrong(`${place}.to`, DESTINATION)
  if (!isAbsent(from) && !isText(from)) throw wrong(`${place}.from`, A_TEXT)
  if (!isAbsent(fromSubnet) && !isText(fromSubnet)) throw wrong(`${place}.fromSubnet`, A_TEXT)
  if (!isAbsent(securityGroups) && !isTextList(securityGroups)) throw wrong(`${place}.securityGroups`, GROUPS)
  if (!isAbsent(port) && !isPort(port)) throw wrong(`${place}.port`, PORT_RANGE)
  if (!isAbsent(sourcePort) && !isPort(sourcePort)) throw wrong(`${place}.sourcePort`, PORT_RANGE)
  if (!isAbsent(protocol) && protocol !== 'tcp' && protocol !== 'udp') throw wrong(`${place}.protocol`, PROTOCOL)
  if (!isAbsent(publicIp) && typeof publicIp !== 'boolean') throw wrong(`${place}.publicIp`, YES_OR_NO)
  return {
    from: from ?? null,
    fromSubnet: fromSubnet ?? null,
    securityGroups: securityGroups ?? [],
    publicIp: publicIp ?? false,
    to: destination,
    port: port ?? null,
    protocol: protocol ?? 'tcp',
    sourcePort: sourcePort ?? null,
  }
}

function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText)
}

function isPort(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65_535
}

function wrong(place: string, takes: Text): UsageError {
  return new UsageError({
    en: `${place} takes ${takes.en}.`,
    ko: `흐름 파일의 값을 사용할 수 없습니다: ${place} (사용할 수 있는 값: ${takes.ko})`,
  })
}

/** Tens of thousands of flows. */
const MOST_BYTES = 8 * MEBIBYTE

/** `label` is the input as the user writes it. Throws UsageError. */
async function readJsonFile(path: string, label: string): Promise<unknown> {
  const parsed = parseJson(decodeText(await namedFile(label, path, MOST_BYTES)))
  if (parsed.ok) return parsed.value
  const { line, column } = parsed.at
  throw new UsageError({
    en: `${label} names the file ${path}, which is not JSON: see line ${line}, column ${column}.`,
    ko: `${label} 입력의 파일이 올바른 JSON 형식이 아닙니다. 파일: ${path}, 줄: ${line}, 열: ${column}`,
  })
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
