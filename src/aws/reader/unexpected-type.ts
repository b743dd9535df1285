/** An answer with a member of another type than AWS's model gives it. */

/** One wrong member spoils the answer: a rule, a route or an image that is left out for it would be one that AWS does not have. */
export class UnexpectedType extends Error {
  override readonly name = 'UnexpectedType'
  /** The member and the type that it has; untrusted text. */
  readonly odd: string
  constructor(odd: string) {
    super(odd)
    this.odd = odd
  }
}
