/** What can go wrong with a call. */

/** In the order of a call's life: refused, never answered, answered too seldom or too often, broken off, no answer of AWS, an answer that is not what the API promises, late. */
export const FAULT_KINDS = [
  'denied',
  'throttled',
  'expired',
  /** AWS's clock is ahead: refused, with the time that it is there. */
  'skewed',
  'internal',
  /** The connection ends before anything is done. */
  'torn',
  /** The connection stays open, and nothing comes. */
  'silent',
  /** It is done, and the connection ends before anything is answered: who asks again has it done twice. */
  'lost',
  /** It is done twice, as by a proxy that asks again of its own accord; the second answer comes. */
  'doubled',
  /** It is done; half of the body comes, and then nothing more. */
  'stalled',
  /** The same, and the connection ends. */
  'cut',
  /** Half of the body, as if it were all of it. */
  'truncated',
  'garbage',
  /** The page of something on the way, with 200. */
  'foreign',
  /** The body is padded, without saying how long it will be. */
  'huge',
  /** One member is of another type. */
  'retyped',
  /** One state, block of addresses or count is none that anybody knows. */
  'odd',
  /** The first page of a list is empty. */
  'empty-page',
  /** All of a list, and a token that leads to all of it again. */
  'repeated-page',
  /** Every page leads to one more. */
  'endless-pages',
  'slow',
] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

export interface Fault {
  /** `service:Operation` with wildcards: `ec2:DescribeSubnets`, `ecs:*`, `*`. */
  readonly on: string
  readonly kind: FaultKind
  /** Only the n-th of the calls that `on` matches, counted from 1: `[2, 3]`. */
  readonly calls?: readonly number[]
  /** Only the first so many of them: `throttled` three times, then well. */
  readonly times?: number
  /** Only from the n-th on: credentials that expire stay expired. */
  readonly from?: number | undefined
  /** Only this part of them, spread as chance would: 0.45 spoils 45 of a hundred. */
  readonly share?: number | undefined
  /** Only from and until so many seconds after the start, simulated ones where a scenario plays. */
  readonly after?: number | undefined
  readonly until?: number | undefined
  /** `slow`: the delay in milliseconds, a second unless told. `skewed`: how far AWS's clock is ahead, a quarter of an hour unless told. */
  readonly ms?: number | undefined
  /** `huge`: of the padding, 64 MiB unless told. */
  readonly bytes?: number | undefined
  /** `garbage`: what is answered instead of nonsense of our own. */
  readonly body?: string
}
