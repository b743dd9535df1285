/** EC2's filters: every filter must match, any of its values may, with wildcards ("Filter your Amazon EC2 resources", EC2 User Guide). */
import { matchesGlob } from '../glob.ts'
import { camelPath, type Item, itemsOf, textOf, valuesAt } from '../item.ts'
import { Refusal } from '../refusal.ts'

export interface Filter {
  readonly name: string
  readonly values: readonly string[]
}

/** Filter name to the path of the member it looks at. */
export type FilterPaths = ReadonlyMap<string, string>

/**
 * Reads a line of filter names, each with `=Path` where the path is not the name in camel case
 * (`vpc-id association.main=Associations.Main`), or `=Path|Path` where it looks at two. With a tag member, `tag-key` and `tag-value` come by themselves.
 */
export function filterPaths(line: string, tags: string | null): FilterPaths {
  const pairs = line
    .split(/\s+/)
    .filter((part) => part !== '')
    .map((part): [string, string] => {
      const [name = '', path] = part.split('=')
      return [name, path ?? camelPath(name)]
    })
  const own = new Map(pairs)
  if (tags === null) return own
  return own.set('tag-key', `${tags}.Key`).set('tag-value', `${tags}.Value`)
}

/** `Filters` (or `Filter`, as DescribeNatGateways spells it). Throws Refusal for what AWS would not take. */
export function filtersOf(params: Item): readonly Filter[] {
  const filters = [...itemsOf(params['Filters']), ...itemsOf(params['Filter'])].map((filter) => ({
    name: textOf(filter, 'Name') ?? '',
    values: Array.isArray(filter['Values']) ? filter['Values'].map(String) : [],
  }))
  for (const filter of filters) {
    if (filter.name === '') throw new Refusal('InvalidParameterValue', 'The filter name cannot be empty')
    if (filter.values.length === 0) {
      throw new Refusal('InvalidParameterValue', 'The filter value cannot be null or empty')
    }
    if (filter.values.length > 200) {
      throw new Refusal('FilterLimitExceeded', 'The maximum number of filter values specified on a single call is 200')
    }
  }
  return filters
}

/** The items that pass every filter. Throws Refusal (InvalidParameterValue) for a filter that AWS does not know here. */
export function filtered(
  items: readonly Item[],
  filters: readonly Filter[],
  paths: FilterPaths,
  tags: string | null,
): readonly Item[] {
  for (const { name } of filters) {
    if (!paths.has(name) && !(tags !== null && name.startsWith('tag:'))) {
      throw new Refusal('InvalidParameterValue', `The filter '${name}' is invalid`)
    }
  }
  return items.filter((item) => filters.every((filter) => passes(item, filter, paths, tags)))
}

function passes(item: Item, filter: Filter, paths: FilterPaths, tags: string | null): boolean {
  const here = filter.name.startsWith('tag:')
    ? tagValues(item, filter.name.slice('tag:'.length), tags)
    : (paths.get(filter.name) ?? '').split('|').flatMap((path) => valuesAt(item, path))
  return filter.values.some((wanted) => here.some((value) => matchesGlob(wanted, value)))
}

function tagValues(item: Item, key: string, tags: string | null): readonly string[] {
  return itemsOf(item[tags ?? ''])
    .filter((tag) => textOf(tag, 'Key') === key)
    .map((tag) => textOf(tag, 'Value') ?? '')
}
