/** A message taken apart: what it says, whom it called, which address was dialled, how often. No judgement yet. */
import { type AddressClass, classOfAddress } from './s3-addresses.ts'
import { type Answers, answersIn } from './signs.ts'
import { type Wording, wordingOf } from './wording.ts'

/** The address that a client dialled, as `rollout.failures` and `explain` print it. */
export interface DialledAddress {
  readonly ip: string
  readonly port: number
  /** Null when the text holds something that is no address (masked by its author). */
  readonly is: AddressClass | null
}

export interface Reading extends Wording {
  readonly answered: Answers
  readonly dialled: DialledAddress | null
  /** The number in "has been retried N time(s)" or "number of attempts, N"; null when there is none. */
  readonly retries: number | null
  /** The text ends in the middle, or its author left a part out. */
  readonly cut: boolean
}

export function readingOf(text: string, s3Prefixes: readonly string[] = []): Reading {
  const wording = wordingOf(text)
  return {
    ...wording,
    answered: answersIn(wording.prose),
    dialled: dialledIn(wording.plain, s3Prefixes),
    retries: retriesIn(wording.prose),
    cut:
      /\.\.\.|\[truncated\]/.test(wording.plain) ||
      (text.length >= 250 && text.length <= 256 && !/[.!)"']\s*$/.test(text)),
  }
}

/** Go prints `dial tcp A:443`, `dial tcp [v6]:443`, and for a flow that broke `read tcp mine->A:443`. The address of a resolver is not one. */
const DIALLED =
  /\b(?:dial|connect) tcp[46]? \[?([0-9a-f.:x*]{3,45}?)\]?:(\d{1,5})\b|->\[?([0-9a-f.:]{3,45}?)\]?:(\d{1,5})\b|\b(?:connect to|connecting to) \[?(\d{1,3}(?:\.\d{1,3}){3})\]?(?: port |:)(\d{1,5})\b/g

function dialledIn(plain: string, s3Prefixes: readonly string[]): DialledAddress | null {
  for (const [, dialledIp, dialledPort, readIp, readPort, ip3, port3] of plain.matchAll(DIALLED)) {
    const ip = dialledIp ?? readIp ?? ip3
    const port = Number(dialledPort ?? readPort ?? port3)
    if (ip === undefined || port === 53 || port > 65535 || /[x*]/.test(ip)) continue
    const is = classOfAddress(ip, s3Prefixes)
    if (is !== null) return { ip, port, is }
  }
  return null
}

function retriesIn(prose: string): number | null {
  const found = /(?:retried|attempts,) (\d{1,3})\b/.exec(prose)
  return found === null ? null : Number(found[1])
}
