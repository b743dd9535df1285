/** Cuts a list into pages and hands out tokens that only mean something here. */

export interface Page<T> {
  readonly items: readonly T[]
  /** Null on the last page. */
  readonly next: string | null
}

export interface PageAsk {
  /** The token of the page before, or null for the first. */
  readonly token: string | null
  /** Items a page; null for all of them. */
  readonly size: number | null
}

/** Null when the token is none of ours. A size of 0 gives an empty page, and the token of what it left out. */
export function pageOf<T>(items: readonly T[], ask: PageAsk): Page<T> | null {
  const turn = ask.token === null ? null : turnOf(ask.token)
  if (turn !== null) return { items: items.slice(0, ask.size ?? items.length), next: endless(turn + 1) }
  const start = ask.token === null ? 0 : offsetOf(ask.token)
  if (start === null || start > items.length) return null
  const end = ask.size === null ? items.length : Math.min(items.length, start + ask.size)
  return { items: items.slice(start, end), next: end < items.length || ask.size === 0 ? tokenOf(end) : null }
}

/** The smaller of two sizes, where null is no limit. */
export function smaller(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other
  return Math.min(one, other)
}

function tokenOf(offset: number): string {
  return Buffer.from(`page-from:${offset}`).toString('base64url')
}

/** Leads to the first page. */
export const FIRST_AGAIN = tokenOf(0)

/** Leads to the first page as well, and from there to itself, under another name every time. */
export function endless(turn: number): string {
  return Buffer.from(`endless:${turn}`).toString('base64url')
}

function offsetOf(token: string): number | null {
  return numberIn(token, /^page-from:(\d+)$/)
}

function turnOf(token: string): number | null {
  return numberIn(token, /^endless:(\d+)$/)
}

function numberIn(token: string, pattern: RegExp): number | null {
  const match = pattern.exec(Buffer.from(token, 'base64url').toString())
  return match ? Number(match[1]) : null
}
