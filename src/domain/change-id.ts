/** How a change names what it is about. */

/** What an earlier change of the same list makes: it says so with `makes`. */
export interface Ref {
  readonly ref: string
}

/** An id at AWS, or that of something new. */
export type Id = string | Ref
