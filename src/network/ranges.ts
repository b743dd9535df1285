/**
 * Sets of whole numbers as sorted, disjoint, half-open spans in one flat list: [from, to, from, to, …].
 * Points are numbers (IPv4 addresses, ports) or bigints (IPv6 addresses), never mixed in one set.
 * Half-open spans need comparisons only, so one code serves both.
 */
export type Point = number | bigint
export type Ranges<P extends Point = Point> = readonly P[]

/** Any spans, in any order, overlapping or empty, as a set. */
export function ranges<P extends Point>(spans: Iterable<readonly [P, P]>): Ranges<P> {
  const sorted: (readonly [P, P])[] = []
  for (const span of spans) if (span[0] < span[1]) sorted.push(span)
  sorted.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0))
  const out: P[] = []
  for (const [from, to] of sorted) {
    const end = out.at(-1)
    if (end !== undefined && from <= end) {
      if (to > end) out[out.length - 1] = to
    } else out.push(from, to)
  }
  return out
}

export function isEmpty(a: Ranges): boolean {
  return a.length === 0
}

export function union<P extends Point>(a: Ranges<P>, b: Ranges<P>): Ranges<P> {
  if (a.length === 0) return b
  if (b.length === 0) return a
  return ranges([...spansOf(a), ...spansOf(b)])
}

export function unionAll<P extends Point>(sets: Iterable<Ranges<P>>): Ranges<P> {
  const filled = [...sets].filter((set) => set.length > 0)
  const [only] = filled
  if (only !== undefined && filled.length === 1) return only
  const spans: (readonly [P, P])[] = []
  for (const set of filled) for (const span of spansOf(set)) spans.push(span)
  return ranges(spans)
}

export function intersect<P extends Point>(a: Ranges<P>, b: Ranges<P>): Ranges<P> {
  if (covers(b, a)) return a
  if (covers(a, b)) return b
  const out: P[] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    const [aFrom, aTo] = [a[i] as P, a[i + 1] as P]
    const [bFrom, bTo] = [b[j] as P, b[j + 1] as P]
    const from = aFrom > bFrom ? aFrom : bFrom
    const to = aTo < bTo ? aTo : bTo
    if (from < to) out.push(from, to)
    if (aTo < bTo) i += 2
    else j += 2
  }
  return out
}

export function subtract<P extends Point>(a: Ranges<P>, b: Ranges<P>): Ranges<P> {
  if (a.length === 0 || b.length === 0) return a
  const out: P[] = []
  let j = 0
  for (let i = 0; i < a.length; i += 2) {
    let from = a[i] as P
    const to = a[i + 1] as P
    while (j < b.length && (b[j + 1] as P) <= from) j += 2
    for (let k = j; k < b.length && (b[k] as P) < to; k += 2) {
      if ((b[k] as P) > from) out.push(from, b[k] as P)
      if ((b[k + 1] as P) > from) from = b[k + 1] as P
    }
    if (from < to) out.push(from, to)
  }
  return out
}

/** Is all of `b` in `a`? Spans never touch, so each span of `b` has to lie in one of `a`. */
export function covers<P extends Point>(a: Ranges<P>, b: Ranges<P>): boolean {
  if (a === b) return true
  let i = 0
  for (let j = 0; j < b.length; j += 2) {
    while (i < a.length && (a[i + 1] as P) <= (b[j] as P)) i += 2
    if (i >= a.length || (a[i] as P) > (b[j] as P) || (a[i + 1] as P) < (b[j + 1] as P)) return false
  }
  return true
}

export function equal<P extends Point>(a: Ranges<P>, b: Ranges<P>): boolean {
  return a.length === b.length && a.every((point, index) => point === b[index])
}

export function has<P extends Point>(a: Ranges<P>, point: P): boolean {
  for (let i = 0; i < a.length; i += 2) if (point >= (a[i] as P) && point < (a[i + 1] as P)) return true
  return false
}

export function spansOf<P extends Point>(a: Ranges<P>): (readonly [P, P])[] {
  const out: (readonly [P, P])[] = []
  for (let i = 0; i < a.length; i += 2) out.push([a[i] as P, a[i + 1] as P])
  return out
}

/** Inclusive ports, as people and AWS write them. */
export function portRanges(from: number, to: number): Ranges<number> {
  return from <= to ? [from, to + 1] : []
}

export const ALL_PORTS: Ranges<number> = [0, 65536]
