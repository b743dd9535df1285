/** What nobody said of who sends, and what the paths are worth that were judged as if it were so. */
import type { Missing } from '../domain/path.ts'

export interface Assumption extends Missing {
  /**
   * `blocked`: a way that is closed is closed. `reachable`: one that is open is in order, whether it is used or not. `agreement`: what
   * comes out alike for both kinds of interface in a zone is so.
   */
  readonly holds: 'blocked' | 'reachable' | 'agreement'
}
