/**
 * What would mend a finding, as data (contract, section 11). `kind` is the AWS CLI's operation, members are the API's in
 * lowerCamelCase. Console steps, commands, Terraform and the effect on the facts stand in `changes/<subject>/`.
 */
import type { NetworkChange } from './network-change.ts'
import type { ServiceChange } from './service-change.ts'
import type { Text } from './text.ts'

export type { Id, Ref } from './change-id.ts'

export type Change = NetworkChange | ServiceChange

export type ChangeKind = Change['kind']
export type ChangeOf<Kind extends ChangeKind> = Extract<Change, { readonly kind: Kind }>

/** What a check advises: changes of AWS, and what no change can say. */
export interface Remedy {
  readonly changes: readonly Change[]
  /** For the reader, before the steps of the changes. Hold no commands. */
  readonly before?: readonly Text[]
  /** After them: choices, warnings, what is to be done by hand. */
  readonly after?: readonly Text[]
  /** To paste after the lines of the changes: commands that change nothing at AWS (a look, a build, a push). */
  readonly commands?: readonly string[]
}
