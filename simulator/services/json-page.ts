/** How the JSON services cut lists into pages: each has its own names for size and token, and its own size when none is asked. */
import { type Item, numberOf, textOf } from '../item.ts'
import type { Request } from '../operation.ts'
import { pageOf, smaller } from '../paging.ts'
import { Refusal } from '../refusal.ts'

export interface PageRule {
  /** The parameter with the size, `maxResults` or `limit`. */
  readonly size: string
  /** The member with the token, in requests and answers alike. */
  readonly token: string
  /** Items of a page when nobody asks. */
  readonly usual: number
  readonly most: number
  /** AWS's code for a size or token that it does not take. */
  readonly code: string
}

/** `{ [list]: page, nextToken? }`. Throws Refusal. */
export function jsonPage(list: string, items: readonly unknown[], { params, pageSize }: Request, rule: PageRule): Item {
  const requested = numberOf(params, rule.size)
  if (requested !== null && (requested < 1 || requested > rule.most)) {
    throw new Refusal(rule.code, `${rule.size} must be between 1 and ${rule.most}`)
  }
  const page = pageOf(items, { token: textOf(params, rule.token), size: smaller(requested ?? rule.usual, pageSize) })
  if (page === null) throw new Refusal(rule.code, 'Invalid token')
  return { [list]: page.items, ...(page.next === null ? {} : { [rule.token]: page.next }) }
}
