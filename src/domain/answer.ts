/** Something asked of AWS: its value, or why there is none. "Could not be read" is a value, never an exception. */
export type Answer<T> = Known<T> | Unread

export interface Known<T> {
  readonly known: true
  readonly value: T
}

/** Why there is no value. A file that a snapshot lacks counts as `denied` would: nobody looked. */
export interface Unread {
  readonly known: false
  readonly because: UnreadBecause
  /** The IAM action that reads it, for instance `ec2:DescribeRouteTables`. */
  readonly permission: string
  /** What AWS, the network or the file system said; untrusted text. */
  readonly detail: string
}

export type UnreadBecause =
  | 'denied' // AccessDenied, UnauthorizedOperation …
  | 'absent' // the snapshot folder has no such file
  | 'not-found' // AWS says that the thing itself does not exist
  | 'throttled'
  | 'unreachable' // no answer: refused, reset, timed out
  | 'garbled' // an answer that is not what the API promises
  | 'unasked' // not asked, because something it depends on is not known

export function known<T>(value: T): Known<T> {
  return { known: true, value }
}

export function unread(because: UnreadBecause, permission: string, detail = ''): Unread {
  return { known: false, because, permission, detail }
}
