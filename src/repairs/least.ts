/** What of a repair is needed, and no wider than it has to be. */
import { listed } from '../domain/answer.ts'
import type { Change } from '../domain/change.ts'
import type { Path } from '../domain/path.ts'
import { type Attempt, asItIs, attempt, isMended, type Start } from './attempt.ts'
import { isWait } from './weight.ts'

/** Without any change that the others do without, and with the narrowest peers that do. */
export function leastOf(whole: Attempt, start: Start): Attempt {
  const { broken } = asItIs(start)
  const least = narrowed(withoutNeedless(whole.changes, start, broken), start, broken)
  // What was whole from the first is judged once more with all of it: a change may only have spared it.
  const judged = least === whole.changes ? whole : attempt(start, least)
  return judged?.broken.length === 0 ? judged : whole
}

/** From the last change to the first, and again until none can go: what one spares, another may have needed. */
function withoutNeedless(whole: readonly Change[], start: Start, broken: readonly Path[]): readonly Change[] {
  let least = whole
  for (const change of whole.toReversed()) {
    const fewer = least.filter((one) => one !== change)
    const isNeeded = isWait(change) || isNamed(change, fewer)
    if (!isNeeded && isMended(start, fewer, suspectsOf(change, broken))) least = fewer
  }
  return least === whole ? whole : withoutNeedless(least, start, broken)
}

/** What was broken, first where a fault names what the change is about: there it is missed, if anywhere. */
function suspectsOf(change: Change, broken: readonly Path[]): readonly Path[] {
  const ids = JSON.stringify(change).match(/[a-z]{2,6}-[0-9a-f]{2,}/g) ?? []
  const isAbout = ({ from, hops }: Path) => {
    const faults = JSON.stringify([from.subnetId, hops.map(({ fault }) => fault)])
    return ids.some((id) => faults.includes(id))
  }
  return [...broken.filter(isAbout), ...broken.filter((path) => !isAbout(path))]
}

function isNamed(change: Change, others: readonly Change[]): boolean {
  return 'makes' in change && JSON.stringify(others).includes(JSON.stringify({ ref: change.makes }))
}

/** A rule for everybody, where one for a prefix list or a group does. */
function narrowed(whole: readonly Change[], start: Start, broken: readonly Path[]): readonly Change[] {
  let least = whole
  for (const change of whole) {
    const other = narrower(change, start).find((one) =>
      isMended(start, replaced(least, change, one), suspectsOf(change, broken)),
    )
    if (other !== undefined) least = replaced(least, change, other)
  }
  return least
}

function replaced(changes: readonly Change[], change: Change, other: Change): readonly Change[] {
  return changes.map((one) => (one === change ? other : one))
}

/** Groups first: they open least. */
function narrower(change: Change, { facts }: Start): readonly Change[] {
  if (change.kind !== 'authorize-security-group-egress' && change.kind !== 'authorize-security-group-ingress') return []
  const { cidrIpv4, cidrIpv6, ...rule } = change
  if ((cidrIpv4 !== '0.0.0.0/0' && cidrIpv6 !== '::/0') || !facts.network.known) return []
  const { endpoints, prefixLists } = facts.network.value
  const groups = new Set(listed(endpoints).flatMap(({ groupIds }) => groupIds))
  return [
    ...[...groups].toSorted().map((referencedGroupId) => ({ ...rule, referencedGroupId })),
    ...listed(prefixLists).map(({ id }) => ({ ...rule, prefixListId: id })),
  ]
}
