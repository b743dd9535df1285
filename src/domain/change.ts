/**
 * What would mend a finding, as data (contract, section 11). `kind` is the AWS CLI's operation, members are the API's in
 * lowerCamelCase. Console steps, commands, Terraform and the effect on the facts stand in `changes/<kind>.ts`.
 */
import type { Text } from './text.ts'

/** What an earlier change of the same list makes: it says so with `makes`. */
export interface Ref {
  readonly ref: string
}

/** An id at AWS, or that of something new. */
export type Id = string | Ref

export interface CreateNetworkAclEntry {
  readonly kind: 'create-network-acl-entry'
  readonly networkAclId: string
  readonly egress: boolean
  readonly ruleNumber: number
  /** IANA number; `6` is TCP, `-1` every protocol. */
  readonly protocol: string
  readonly portRange: { readonly from: number; readonly to: number }
  readonly cidrBlock: string
  readonly ruleAction: 'allow' | 'deny'
}

export interface DeleteNetworkAclEntry {
  readonly kind: 'delete-network-acl-entry'
  readonly networkAclId: string
  readonly egress: boolean
  readonly ruleNumber: number
}

export interface ModifyVpcEndpoint {
  readonly kind: 'modify-vpc-endpoint'
  readonly vpcEndpointId: string
  readonly addRouteTableIds?: readonly string[]
}

export interface AllocateAddress {
  readonly kind: 'allocate-address'
  readonly makes: string
}

export interface CreateNatGateway {
  readonly kind: 'create-nat-gateway'
  readonly makes: string
  readonly subnetId: string
  readonly allocationId: Id
}

export type Change =
  | AllocateAddress
  | CreateNatGateway
  | CreateNetworkAclEntry
  | DeleteNetworkAclEntry
  | ModifyVpcEndpoint

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
