/** Reads recorded answers, which are whatever somebody put into a file, without trusting their shape. */

/** An object of AWS's JSON: members by their API names. */
export type Item = Readonly<Record<string, unknown>>

export function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The objects of a list; nothing for anything else. */
export function itemsOf(value: unknown): readonly Item[] {
  return Array.isArray(value) ? value.filter(isItem) : []
}

/** The strings of a list; nothing for anything else. A lone string is a list of one. */
export function textsOf(value: unknown): readonly string[] {
  return scalarsOf(value).filter((one) => one !== '')
}

/** A member as text, or null where it is absent or not a scalar. */
export function textOf(item: Item, member: string): string | null {
  const value = item[member]
  return value === undefined || value === null || typeof value === 'object' ? null : String(value)
}

/** A member as a whole number, or null. */
export function numberOf(item: Item, member: string): number | null {
  const text = textOf(item, member)
  return text !== null && /^-?\d+$/.test(text) ? Number(text) : null
}

/**
 * Every scalar that a path of member names leads to, through lists: `Associations.SubnetId` of a route table is the
 * ids of its subnets. Booleans and numbers as AWS writes them in filters.
 */
export function valuesAt(item: unknown, path: string): readonly string[] {
  let here: readonly unknown[] = [item]
  for (const member of path.split('.')) {
    here = here.flatMap((one) => (isItem(one) ? [one[member]] : [])).flat()
  }
  return here.flatMap(scalarsOf)
}

/** The members that a name with hyphens stands for: `route-table-id` is `RouteTableId`. Dots stay. */
export function camelPath(name: string): string {
  return name
    .split('.')
    .map((level) => level.replace(/(?:^|-)(.)/g, (_, first: string) => first.toUpperCase()))
    .join('.')
}

function scalarsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(scalarsOf)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : []
}
