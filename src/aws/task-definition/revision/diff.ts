/** What differs between the revision that runs and the one that is deployed, member by member, without a value that may be secret. */
import { compare, distinct } from '../../../domain/collections.ts'
import type { RevisionChange } from '../../../domain/deployment.ts'
import { isLoose, type Loose, text } from '../../facts/shape.ts'
import { normalForm, rolePrefixOf } from './normal-form.ts'
import { shown } from './shown.ts'

export interface DiffSide {
  /** What DescribeTaskDefinition answered as `taskDefinition`, or what RegisterTaskDefinition is asked; null where there is none. */
  readonly definition: Loose | null
  /** Where they stand beside the definition. */
  readonly tags?: unknown
  /** By container, `sha256:…`, where they are known. */
  readonly digests?: Readonly<Record<string, string>>
  /** Members of the service, `desiredCount`, `subnets`; compared where both sides have them. Lists are in no order. */
  readonly service?: Readonly<Record<string, ServiceMember>>
}

export type ServiceMember = string | number | boolean | null | readonly string[]

/** In the order of what runs, then of what is new. Nothing where one of the two is not there. */
export function revisionDiff(before: DiffSide, after: DiffSide): readonly RevisionChange[] {
  const members = serviceDiff(before.service ?? {}, after.service ?? {})
  if (before.definition === null || after.definition === null) return members
  const roles = rolePrefixOf(before.definition) ?? rolePrefixOf(after.definition)
  const forms = [before, after].map(({ definition, tags }) => normalForm(definition ?? {}, tags, roles)) as [
    Loose,
    Loose,
  ]
  const [old, young] = withDigests(forms, before.digests ?? {}, after.digests ?? {})
  return [...changes(old, young, []), ...members]
}

type Steps = readonly string[]

function changes(before: unknown, after: unknown, steps: Steps): readonly RevisionChange[] {
  if (isSame(before, after)) return []
  if (isOpen(before, steps) && isOpen(after, steps)) {
    const [old, young] = [before ?? {}, after ?? {}]
    return distinct([...Object.keys(old), ...Object.keys(young)]).flatMap((key) =>
      changes(memberOf(old, key), memberOf(young, key), [...steps, key]),
    )
  }
  return [change(steps.join('.'), shownOrAbsent(before, steps), shownOrAbsent(after, steps))]
}

/** What is told member by member: not a container that comes or goes, nor an object of nothing. */
function isOpen(value: unknown, steps: Steps): value is Loose | undefined {
  if (value === undefined) return steps.length !== 2 || steps[0] !== 'containerDefinitions'
  return isLoose(value) && Object.keys(value).length > 0
}

function memberOf(record: Loose, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

type Side = { readonly is: 'absent' } | { readonly is: 'there'; readonly words: string | null }

function shownOrAbsent(value: unknown, steps: Steps): Side {
  return value === undefined ? { is: 'absent' } : { is: 'there', words: shown(value, steps) }
}

/** Two sides that look alike once they are masked tell no more than that they differ. */
function change(path: string, before: Side, after: Side): RevisionChange {
  const kind = before.is === 'absent' ? 'added' : after.is === 'absent' ? 'removed' : 'changed'
  const [old, young] = [before, after].map((side) => (side.is === 'absent' ? null : side.words))
  const isTold = kind !== 'changed' || (old !== young && old !== null && young !== null)
  return { path, kind, before: isTold ? (old ?? null) : null, after: isTold ? (young ?? null) : null }
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, at) => isSame(item, other[at]))
  }
  if (!isLoose(one) || !isLoose(other)) return false
  const keys = distinct([...Object.keys(one), ...Object.keys(other)])
  return keys.every((key) => isSame(memberOf(one, key), memberOf(other, key)))
}

/** A tag alone says little: it may be of another image today. Of equal tags both digests have to be known. */
function withDigests(
  [before, after]: readonly [Loose, Loose],
  old: Readonly<Record<string, string>>,
  young: Readonly<Record<string, string>>,
): readonly [Loose, Loose] {
  const images = [before, after].map((form) => (container: string) => imageOf(form, container))
  const isTelling = (container: string) =>
    images[0]?.(container) !== images[1]?.(container) ||
    (Object.hasOwn(old, container) && Object.hasOwn(young, container))
  return [pinned(before, old, isTelling), pinned(after, young, isTelling)]
}

function imageOf({ containerDefinitions }: Loose, container: string): string | null {
  const own = isLoose(containerDefinitions) ? memberOf(containerDefinitions, container) : undefined
  return isLoose(own) ? text(own['image']) : null
}

function pinned(form: Loose, digests: Readonly<Record<string, string>>, isTelling: (name: string) => boolean): Loose {
  const { containerDefinitions: containers } = form
  if (!isLoose(containers)) return form
  const own = Object.entries(containers).map(([name, container]) => {
    const [image, digest] = [imageOf(form, name), memberOf(digests, name)]
    if (
      !isLoose(container) ||
      image === null ||
      image.includes('@') ||
      typeof digest !== 'string' ||
      !isTelling(name)
    ) {
      return [name, container]
    }
    return [name, { ...container, image: `${image}@${digest}` }]
  })
  return { ...form, containerDefinitions: Object.fromEntries(own) }
}

function serviceDiff(
  before: Readonly<Record<string, ServiceMember>>,
  after: Readonly<Record<string, ServiceMember>>,
): readonly RevisionChange[] {
  return Object.keys(before).flatMap((key) => {
    if (!Object.hasOwn(after, key)) return []
    const [old, young] = [before[key] ?? null, after[key] ?? null].map(memberText)
    return old === young ? [] : [change(`service.${key}`, sideOf(old ?? null), sideOf(young ?? null))]
  })
}

function memberText(member: ServiceMember): string | null {
  if (member === null) return null
  return typeof member === 'object' ? distinct(member).toSorted(compare).join(', ') : String(member)
}

function sideOf(words: string | null): Side {
  return words === null ? { is: 'absent' } : { is: 'there', words }
}
