/** Every kind of change. */
import type { Change, ChangeKind } from '../domain/change.ts'
import { acceptVpcPeeringConnection } from './accept-vpc-peering-connection.ts'
import { allocateAddress } from './allocate-address.ts'
import { attachInternetGateway } from './attach-internet-gateway.ts'
import { authorizeSecurityGroupEgress, authorizeSecurityGroupIngress } from './authorize-security-group.ts'
import type { ChangeDefinition } from './change-kind.ts'
import { createInternetGateway } from './create-internet-gateway.ts'
import { createNatGateway } from './create-nat-gateway.ts'
import { createNetworkAclEntry } from './create-network-acl-entry.ts'
import { createRoute } from './create-route.ts'
import { createSecurityGroup } from './create-security-group.ts'
import { createVpcBlockPublicAccessExclusion } from './create-vpc-block-public-access-exclusion.ts'
import { createVpcEndpoint } from './create-vpc-endpoint.ts'
import { deleteNetworkAclEntry } from './delete-network-acl-entry.ts'
import { deleteRoute } from './delete-route.ts'
import { deleteVpcEndpoints } from './delete-vpc-endpoints.ts'
import { describeVpcEndpoints } from './describe-vpc-endpoints.ts'
import { disassociateVpcFromHostedZone } from './disassociate-vpc-from-hosted-zone.ts'
import { modifyInstanceAttribute, modifyNetworkInterfaceAttribute } from './modify-source-dest-check.ts'
import { modifySubnetAttribute } from './modify-subnet-attribute.ts'
import { modifyVpcAttribute } from './modify-vpc-attribute.ts'
import { modifyVpcEndpoint } from './modify-vpc-endpoint.ts'
import { replaceRoute } from './replace-route.ts'
import { associateResolverRule, createResolverRule } from './resolver-rule.ts'
import {
  createTransitGatewayVpcAttachment,
  modifyTransitGatewayVpcAttachment,
} from './transit-gateway-vpc-attachment.ts'

const DEFINITIONS: { readonly [Kind in ChangeKind]: ChangeDefinition<Kind> } = {
  'accept-vpc-peering-connection': acceptVpcPeeringConnection,
  'allocate-address': allocateAddress,
  'associate-resolver-rule': associateResolverRule,
  'attach-internet-gateway': attachInternetGateway,
  'authorize-security-group-egress': authorizeSecurityGroupEgress,
  'authorize-security-group-ingress': authorizeSecurityGroupIngress,
  'create-internet-gateway': createInternetGateway,
  'create-nat-gateway': createNatGateway,
  'create-network-acl-entry': createNetworkAclEntry,
  'create-resolver-rule': createResolverRule,
  'create-route': createRoute,
  'create-security-group': createSecurityGroup,
  'create-transit-gateway-vpc-attachment': createTransitGatewayVpcAttachment,
  'create-vpc-block-public-access-exclusion': createVpcBlockPublicAccessExclusion,
  'create-vpc-endpoint': createVpcEndpoint,
  'delete-network-acl-entry': deleteNetworkAclEntry,
  'delete-route': deleteRoute,
  'delete-vpc-endpoints': deleteVpcEndpoints,
  'describe-vpc-endpoints': describeVpcEndpoints,
  'disassociate-vpc-from-hosted-zone': disassociateVpcFromHostedZone,
  'modify-instance-attribute': modifyInstanceAttribute,
  'modify-network-interface-attribute': modifyNetworkInterfaceAttribute,
  'modify-subnet-attribute': modifySubnetAttribute,
  'modify-transit-gateway-vpc-attachment': modifyTransitGatewayVpcAttachment,
  'modify-vpc-attribute': modifyVpcAttribute,
  'modify-vpc-endpoint': modifyVpcEndpoint,
  'replace-route': replaceRoute,
}

/** The definition of a change's kind; the pair belongs together, which no type can say of a union. */
export function definitionOf<Kind extends ChangeKind>({
  kind,
}: Change & { readonly kind: Kind }): ChangeDefinition<Kind> {
  return DEFINITIONS[kind]
}
