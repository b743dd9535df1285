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

export function mapped<From, To>(answer: Answer<From>, to: (value: From) => To): Answer<To> {
  return answer.known ? known(to(answer.value)) : answer
}

/** Several answers of one call as one: unread as soon as one of them is, or no list could be told from a part of it. */
export function together<Item>(answers: readonly Answer<readonly Item[]>[]): Answer<readonly Item[]> {
  const missing = answers.find((answer): answer is Unread => !answer.known)
  return missing ?? known(answers.flatMap(listed))
}

/** The items of a list that could be read; none of one that could not: for advice, which gets poorer by it and not wrong. */
export function listed<Item>(answer: Answer<readonly Item[]>): readonly Item[] {
  return answer.known ? answer.value : []
}
