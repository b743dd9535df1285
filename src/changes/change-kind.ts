/** One kind of change: console steps, commands, Terraform and its effect on the facts, side by side, so that what is proved is what is printed. */
import type { ChangeKind, ChangeOf, Ref } from '../domain/change.ts'
import type { GatheredFacts } from '../domain/facts.ts'
import type { Text } from '../domain/text.ts'
import type { CommandLine } from './command-line.ts'
import type { TerraformBlock } from './terraform.ts'

/** The same change with an id, a shell variable or a Terraform address in the place of each `Ref`. */
export type Resolved<T> = T extends Ref
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Resolved<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Resolved<T[Key]> }
      : T

/** AWS would not do it, for this reason: the code of its error. */
export interface Refused {
  readonly refused: string
}

/** The facts as they are once AWS has done it; null where that cannot be foreseen. */
export type Applied = GatheredFacts | Refused | null

/** Of one kind, the command's operation. */
export interface ChangeDefinition<Kind extends ChangeKind> {
  /** Of a kind that makes something which later changes name: its resource is the first block of `terraform`. */
  readonly made?: {
    /** JMESPath to its id, for `--query`. */
    readonly query: string
    /** Of its resource in Terraform, for others to name; `id` where not given. */
    readonly attribute?: string
    /** In a console step: the new NAT gateway. */
    readonly words: Text
  }
  readonly console: (change: Resolved<ChangeOf<Kind>>) => Text | readonly Text[]
  /** The service alone, where one command says it all: `callOf`. */
  readonly cli: string | ((change: Resolved<ChangeOf<Kind>>) => readonly CommandLine[])
  /** None where Terraform has nothing to change. */
  readonly terraform?: (change: Resolved<ChangeOf<Kind>>) => TerraformBlock | readonly TerraformBlock[]
  readonly apply: (facts: GatheredFacts, change: Resolved<ChangeOf<Kind>>) => Applied
}

/** Of a subject: what stands under a kind is its definition. */
export type Definitions<Kinds extends ChangeKind> = { readonly [Kind in Kinds]: ChangeDefinition<Kind> }

/** Puts `name(ref)` in the place of each reference, and of `makes`, which is one as well. */
export function resolve<T extends object>(change: T, name: (ref: string) => string): Resolved<T> {
  const resolved = walk(change, name) as Resolved<T>
  return 'makes' in change && typeof change.makes === 'string'
    ? Object.assign(resolved, { makes: name(change.makes) })
    : resolved
}

function walk(value: unknown, name: (ref: string) => string): unknown {
  if (Array.isArray(value)) return value.map((one) => walk(one, name))
  if (isRef(value)) return name(value.ref)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, name)]))
}

export function isRef(value: unknown): value is Ref {
  return typeof value === 'object' && value !== null && 'ref' in value && typeof value.ref === 'string'
}
