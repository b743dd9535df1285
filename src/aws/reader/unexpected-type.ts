/** An answer that is not of the types that AWS's model promises. */

/** One wrong member spoils the answer: a rule, a route or an image that is left out for it would be one that AWS does not have. */
export class UnexpectedType extends Error {
  override readonly name = 'UnexpectedType'
  /** The member and its value; untrusted text. */
  readonly odd: string
  constructor(odd: string) {
    super(odd)
    this.odd = odd
  }
}
