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

/** Null when the token is none of ours. */
export function pageOf<T>(items: readonly T[], ask: PageAsk): Page<T> | null {
  const start = ask.token === null ? 0 : offsetOf(ask.token)
  if (start === null || start > items.length) return null
  const end = ask.size === null ? items.length : Math.min(items.length, start + ask.size)
  return { items: items.slice(start, end), next: end < items.length ? tokenOf(end) : null }
}

/** The smaller of two sizes, where null is no limit. */
export function smaller(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other
  return Math.min(one, other)
}

function tokenOf(offset: number): string {
  return Buffer.from(`page-from:${offset}`).toString('base64url')
}

function offsetOf(token: string): number | null {
  const match = /^page-from:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())
  return match ? Number(match[1]) : null
}
