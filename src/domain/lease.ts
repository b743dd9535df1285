/** Who answers for something that has to be taken away again, and until when nobody else may. */

export interface Lease {
  /** The same for every run of one workflow (or of one person on one machine), so that the next run finishes what a killed one left. */
  readonly owner: string
  /** Milliseconds since 1970, whole seconds. */
  readonly until: number
}

/** Value of a tag: at most 256 letters, digits, spaces and `+ - = . _ : / @` (Tag naming limits and requirements, AWS General Reference). */
export function leaseTag({ owner, until }: Lease): string {
  return `${ownerName(owner)} until ${new Date(until).toISOString().replace(/\.\d+Z$/, 'Z')}`
}

/** Null for what no lease of ours says: then it is nobody's, and nobody takes it away. */
export function leaseIn(value: string): Lease | null {
  const [, owner, time] = /^(.+) until (\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z)$/.exec(value) ?? []
  const until = Date.parse(time ?? '')
  return owner === undefined || Number.isNaN(until) ? null : { owner, until }
}

/** Its own at once, anybody's once it is over. */
export function mayTakeAway(lease: Lease, { owner, now }: { readonly owner: string; readonly now: number }): boolean {
  return lease.owner === ownerName(owner) || lease.until <= now
}

/** Tags keep a name as it is, so that what they do not take is replaced before anything is compared. */
function ownerName(owner: string): string {
  return owner.replace(/[^\p{L}\p{N} +\-=._:/@]/gu, '_').slice(0, LONGEST_OWNER)
}

const LONGEST_OWNER = 200
