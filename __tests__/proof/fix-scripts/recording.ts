/** What AWS holds, as one text to compare: in any order, without what time and chance put in it, and new things without their own ids. */

/** By member: what AWS draws or counts anew each time. */
const DRAWN =
  /^(CreationTimestamp|CreateTime|DeleteTime|AttachTime|MacAddress|AllocationId|AssociationId|AttachmentId|PublicIp|ClientToken|IsDefault|DnsEntries)$/

const ID = /\b[a-z]+-(?:0new)?[0-9a-f]{8,}\b/g
/** Of new interfaces: moto gives none out twice. */
const ADDRESS = /\b\d+[.-]\d+[.-]\d+[.-]\d+\b(?!\/)/g

export function recordingOf(answers: object): string {
  return JSON.stringify(canonical(answers), null, 1)
}

/** With the ids that `before` does not have by their kind alone, `vpce-new`, and addresses as `new`. */
export function upToIds(recording: string, before: string): string {
  const known = new Set(before.match(ID) ?? [])
  const named = recording.replaceAll(ID, (id) => (known.has(id) ? id : `${id.split('-')[0]}-new`))
  const addresses = new Set(before.match(ADDRESS) ?? [])
  return recordingOf(JSON.parse(named.replaceAll(ADDRESS, (one) => (addresses.has(one) ? one : 'new'))))
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical).toSorted(byText)
  if (typeof value === 'string' && value.startsWith('{')) return canonical(JSON.parse(value))
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([name, one]) => !DRAWN.test(name) && !isEmpty(one))
  return Object.fromEntries(members.map(([name, one]) => [name, canonical(one)] as const).toSorted(byText))
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0)
}

function byText(one: unknown, other: unknown): number {
  const [a, b] = [JSON.stringify(one), JSON.stringify(other)]
  return a < b ? -1 : a > b ? 1 : 0
}
