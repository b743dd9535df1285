/**
 * AWS as a snapshot folder: an API call changes its files as AWS would change what it answers, or is refused as AWS refuses it.
 * Nothing here knows the project's facts, changes or checks.
 */
import type { Folder } from '../folder.ts'
import type { Call } from '../real-cli/real-cli.ts'

/** AWS said no. The message starts with its error code. */
export class Refused extends Error {
  readonly code: string
  constructor(code: string, detail: string) {
    super(`${code}: ${detail}`)
    this.code = code
  }
}

export interface Cloud {
  readonly folder: Folder
  readonly region: string
  readonly accountId: string
  /** Elastic IP addresses that the calls allocated. */
  readonly addresses: Map<string, Address>
  /** What IAM said of a role before it had an inline policy of a name: `role/policy`. */
  readonly formerDecisions: Map<string, object>
}

export interface Address {
  readonly AllocationId: string
  readonly Tags: readonly Tag[]
  /** The NAT gateway that has it. */
  NatGatewayId?: string
}

export interface Tag {
  readonly Key: string
  readonly Value: string
}

export function cloudOf(folder: Folder): Cloud {
  const { region, accountId } = folder.json<{ region: string; accountId: string }>('meta.json')
  return { folder, region, accountId, addresses: new Map(), formerDecisions: new Map() }
}

interface Apply {
  // A method, so that each operation may name the members of its own request.
  call(cloud: Cloud, params: object, answer: object, call: Call): void
}
export type Operations = Readonly<Record<string, Apply['call']>>

/** A kind of thing that one list answer holds. */
export interface Kind<T> {
  readonly file: string
  readonly list: string
  readonly idOf: (item: T) => string
  /** What AWS says of an id that does not exist. */
  readonly code: string
}

/** None where the file is missing: it was not read. */
export function itemsOf<T>({ folder }: Cloud, { file, list }: Kind<T>): readonly T[] {
  return folder.has(file) ? (folder.json<Record<string, T[]>>(file)[list] ?? []) : []
}

export function itemOf<T>(cloud: Cloud, kind: Kind<T>, id: string): T {
  const item = itemsOf(cloud, kind).find((one) => kind.idOf(one) === id)
  if (item === undefined) throw new Refused(kind.code, `${id} does not exist`)
  return item
}

/** A file that is missing stays so. */
export function replaceItems<T>(
  { folder }: Cloud,
  { file, list }: Kind<T>,
  replace: (items: readonly T[]) => readonly T[],
): void {
  if (!folder.has(file)) return
  const answer = folder.json<Record<string, T[]>>(file)
  folder.put(file, { ...answer, [list]: replace(answer[list] ?? []) })
}

export function removeItem<T>(cloud: Cloud, kind: Kind<T>, id: string): void {
  itemOf(cloud, kind, id)
  replaceItems(cloud, kind, (items) => items.filter((one) => kind.idOf(one) !== id))
}

/** Of a request that makes something. */
export interface Tagged {
  readonly TagSpecifications?: readonly { readonly ResourceType: string; readonly Tags?: readonly Tag[] }[]
}

/** Its tags as a member of what is made; none where it has none. */
export function tagsIn({ TagSpecifications = [] }: Tagged): { readonly Tags?: readonly Tag[] } {
  const tags = TagSpecifications.flatMap(({ Tags = [] }) => Tags)
  return tags.length === 0 ? {} : { Tags: tags }
}

export function addItem<T>(cloud: Cloud, kind: Kind<T>, item: T): void {
  replaceItems(cloud, kind, (items) => [...items, item])
}

export function editItem<T>(cloud: Cloud, kind: Kind<T>, id: string, edit: (item: T) => void): void {
  itemOf(cloud, kind, id)
  replaceItems(cloud, kind, (items) => {
    for (const item of items) if (kind.idOf(item) === id) edit(item)
    return items
  })
}

export function needed<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Refused('MissingParameter', `The request must contain the parameter ${name}`)
  return value
}
