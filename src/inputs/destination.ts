/** `HOST_OR_IP[:PORT]`, or one of the words of contract section 7, as `trace` is asked for it. */
import type { Text } from '../domain/text.ts'

export interface Destination {
  /** `eni-…`, `vpce-…`, `ecr-api`, `ecr-dkr`, `s3`, `internet`, a host name or an address without brackets. */
  readonly host: string
  readonly port: number | null
}

export const PORT_RANGE: Text = { en: 'a whole number from 1 to 65535', ko: '1 이상 65535 이하의 정수' }

export const DESTINATION: Text = {
  en: 'a host name or an address, with a port where it is not 443 (`db.example.com:5432`), `eni-…`, `vpce-…`, `ecr-api`, `ecr-dkr`, `s3` or `internet`',
  ko: '호스트 이름 또는 주소(포트가 443이 아니면 `db.example.com:5432` 형식), `eni-…`, `vpce-…`, `ecr-api`, `ecr-dkr`, `s3`, `internet`',
}

/** Labels of letters, digits, hyphens and underscores, at most 63 characters each and 253 altogether (RFC 1123; underscores as DNS has them). */
const HOST = /^(?=.{1,253}$)(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*\.?$/i
const IPV6 = /^[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*(?:\/\d{1,3})?$/i
const BLOCK = /^\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?$/

/** Null for text that is no destination: a URL, a port that does not exist, a name that no DNS holds. */
export function destinationIn(text: string): Destination | null {
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(text)
  const parts = bracketed ?? /^([^:]+)(?::(\d+))?$/.exec(text)
  const host = parts?.[1] ?? text
  const port = parts?.[2] === undefined ? null : Number(parts[2])
  if (port !== null && (port < 1 || port > 65_535)) return null
  const named = bracketed === null && (HOST.test(host) || BLOCK.test(host))
  return named || IPV6.test(host) ? { host, port } : null
}
