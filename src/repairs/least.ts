/** What of a repair is needed, and no wider than it has to be. */
import { listed } from '../domain/answer.ts'
import type { Change } from '../domain/change.ts'
import { type Attempt, attempt, type Start } from './attempt.ts'
import { isWait } from './weight.ts'

/** Without any change that the others do without, and with the narrowest peers that do. */
export function leastOf(whole: Attempt, start: Start): Attempt {
  return narrowed(withoutNeedless(whole, start), start)
}

/** From the last change to the first, until none can go: what one spares, another may have needed. */
function withoutNeedless(whole: Attempt, start: Start): Attempt {
  for (const change of whole.changes.toReversed()) {
    const fewer = whole.changes.filter((one) => one !== change)
    const next = isWait(change) || isNamed(change, fewer) ? null : attempt(start, fewer)
    if (next?.broken.length === 0) return withoutNeedless(next, start)
  }
  return whole
}

function isNamed(change: Change, others: readonly Change[]): boolean {
  return 'makes' in change && JSON.stringify(others).includes(JSON.stringify({ ref: change.makes }))
}

/** A rule for everybody, where one for a prefix list or a group does. */
function narrowed(whole: Attempt, start: Start): Attempt {
  let least = whole
  for (const change of whole.changes) {
    for (const other of narrower(change, start)) {
      const next = attempt(
        start,
        least.changes.map((one) => (one === change ? other : one)),
      )
      if (next?.broken.length !== 0) continue
      least = next
      break
    }
  }
  return least
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
