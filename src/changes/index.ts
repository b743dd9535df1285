/** Every kind of change. */
import type { Change, ChangeKind } from '../domain/change.ts'
import { allocateAddress } from './allocate-address.ts'
import type { ChangeDefinition } from './change-kind.ts'
import { createNatGateway } from './create-nat-gateway.ts'
import { createNetworkAclEntry } from './create-network-acl-entry.ts'
import { deleteNetworkAclEntry } from './delete-network-acl-entry.ts'
import { modifyVpcEndpoint } from './modify-vpc-endpoint.ts'

const DEFINITIONS: { readonly [Kind in ChangeKind]: ChangeDefinition<Kind> } = {
  'allocate-address': allocateAddress,
  'create-nat-gateway': createNatGateway,
  'create-network-acl-entry': createNetworkAclEntry,
  'delete-network-acl-entry': deleteNetworkAclEntry,
  'modify-vpc-endpoint': modifyVpcEndpoint,
}

/** The definition of a change's kind; the pair belongs together, which no type can say of a union. */
export function definitionOf<Kind extends ChangeKind>({
  kind,
}: Change & { readonly kind: Kind }): ChangeDefinition<Kind> {
  return DEFINITIONS[kind]
}
