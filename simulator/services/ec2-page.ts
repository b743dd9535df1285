/** How EC2 cuts its lists into pages. */
import { type Item, numberOf, textOf } from '../item.ts'
import type { Request } from '../operation.ts'
import { pageOf, smaller } from '../paging.ts'
import { Refusal } from '../refusal.ts'
import type { Listing } from './ec2-listings.ts'

/** A part of a list with its token, as every paged EC2 call answers. Throws Refusal for a bad size or token. */
export function ec2Page(
  list: string,
  items: readonly Item[],
  { params, pageSize }: Request,
  bounds: Listing['pages'],
): Item {
  const requested = numberOf(params, 'MaxResults')
  if (requested !== null && bounds !== null) {
    const [least, most] = bounds
    const expected = requested < least ? `greater than ${least}` : requested > most ? `less than ${most}` : null
    if (expected !== null) {
      const text = `Value ( ${requested} ) for parameter maxResults is invalid. Expecting a value ${expected}.`
      throw new Refusal('InvalidParameterValue', text)
    }
  }
  const page = pageOf(items, { token: textOf(params, 'NextToken'), size: smaller(requested, pageSize) })
  if (page === null) throw new Refusal('InvalidNextToken', 'The token is not valid.')
  return { [list]: page.items, ...(page.next === null ? {} : { NextToken: page.next }) }
}
