/** A message taken apart: what it says, whom it called, which address was dialled, how often. No judgement yet. */

import type { Label } from '../domain/label.ts'
import { type Answers, answersIn } from './answer-patterns.ts'
import { type NormalizedText, normalize } from './normalize.ts'
import { type AddressClass, classOfAddress } from './s3-addresses.ts'

/** The address that a client dialled, as `rollout.failures` and `explain` print it; a masked one is none. */
export interface DialledAddress {
  readonly ip: string
  readonly port: number
  readonly is: AddressClass
}

export interface Reading extends NormalizedText {
  readonly answered: Answers
  readonly dialled: DialledAddress | null
  /** The number in "has been retried N time(s)" or "number of attempts, N"; null when there is none. */
  readonly retries: number | null
  /** The text ends in the middle, or its author left a part out. */
  readonly cut: boolean
}

export function readingOf(text: string, s3Prefixes: readonly string[] = []): Reading {
  const wording = normalize(text)
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

/** The first whose words stand in the prose. */
export type Rules = readonly (readonly [Label, RegExp])[]

export function byRules(rules: Rules, prose: string): Label | null {
  return rules.find(([, words]) => words.test(prose))?.[0] ?? null
}

const IP = '(?:\\[([0-9a-f:.]{2,45})\\]|(\\d{1,3}(?:\\.\\d{1,3}){3}))'
/** Go prints `dial tcp A:443`, `dial tcp [v6]:443`, and for a flow that broke `read tcp mine->A:443`. */
const DIALLED = new RegExp(
  `(?:\\b(?:dial|connect) tcp[46]? |->|\\b(?:connect|connecting) to )${IP}(?::| port )(\\d{1,5})\\b`,
  'g',
)
const DNS_PORT = 53

/** The first that is one: not a resolver's, and not masked by whoever published the text. */
function dialledIn(plain: string, s3Prefixes: readonly string[]): DialledAddress | null {
  for (const [, v6, v4, digits] of plain.matchAll(DIALLED)) {
    const ip = v6 ?? v4 ?? ''
    const port = Number(digits)
    const is = classOfAddress(ip, s3Prefixes)
    if (is !== null && port !== DNS_PORT && port <= 65535) return { ip, port, is }
  }
  return null
}

function retriesIn(prose: string): number | null {
  const found = /(?:retried|attempts,) (\d{1,3})\b/.exec(prose)
  return found === null ? null : Number(found[1])
}
