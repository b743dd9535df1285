/** Every kind of change. */
import type { Change, ChangeKind } from '../domain/change.ts'
import { acceptVpcPeeringConnection } from './accept-vpc-peering-connection.ts'
import { allocateAddress } from './allocate-address.ts'
import { attachInternetGateway } from './attach-internet-gateway.ts'
import { attachRolePolicy } from './attach-role-policy.ts'
import { authorizeSecurityGroupEgress, authorizeSecurityGroupIngress } from './authorize-security-group.ts'
import type { ChangeDefinition } from './change-kind.ts'
import { copyObject } from './copy-object.ts'
import { createInternetGateway } from './create-internet-gateway.ts'
import { createLogGroup } from './create-log-group.ts'
import { createMountTarget } from './create-mount-target.ts'
import { createNatGateway } from './create-nat-gateway.ts'
import { createNetworkAclEntry } from './create-network-acl-entry.ts'
import { createPullThroughCacheRule } from './create-pull-through-cache-rule.ts'
import { createRepository } from './create-repository.ts'
import { createRole } from './create-role.ts'
import { createRoute } from './create-route.ts'
import { createSecret } from './create-secret.ts'
import { createSecurityGroup } from './create-security-group.ts'
import { createService } from './create-service.ts'
import { createTargetGroup } from './create-target-group.ts'
import { createVpcBlockPublicAccessExclusion } from './create-vpc-block-public-access-exclusion.ts'
import { createVpcEndpoint } from './create-vpc-endpoint.ts'
import { deleteNetworkAclEntry } from './delete-network-acl-entry.ts'
import { deleteRoute } from './delete-route.ts'
import { deleteVpcEndpoints } from './delete-vpc-endpoints.ts'
import { describeVpcEndpoints } from './describe-vpc-endpoints.ts'
import { disassociateVpcFromHostedZone } from './disassociate-vpc-from-hosted-zone.ts'
import { modifyListener } from './modify-listener.ts'
import { modifyInstanceAttribute, modifyNetworkInterfaceAttribute } from './modify-source-dest-check.ts'
import { modifySubnetAttribute } from './modify-subnet-attribute.ts'
import { modifyVpcAttribute } from './modify-vpc-attribute.ts'
import { modifyVpcEndpoint } from './modify-vpc-endpoint.ts'
import { putLifecyclePolicy } from './put-lifecycle-policy.ts'
import { putParameter } from './put-parameter.ts'
import { putRolePolicy } from './put-role-policy.ts'
import { putSecretValue } from './put-secret-value.ts'
import { registerTaskDefinition } from './register-task-definition.ts'
import { replaceRoute } from './replace-route.ts'
import { requestServiceQuotaIncrease } from './request-service-quota-increase.ts'
import { associateResolverRule, createResolverRule } from './resolver-rule.ts'
import { restoreSecret } from './restore-secret.ts'
import { setRepositoryPolicy } from './set-repository-policy.ts'
import {
  createTransitGatewayVpcAttachment,
  modifyTransitGatewayVpcAttachment,
} from './transit-gateway-vpc-attachment.ts'
import { updateAssumeRolePolicy } from './update-assume-role-policy.ts'
import { updateImageStorageClass } from './update-image-storage-class.ts'
import { updateService } from './update-service.ts'

const DEFINITIONS: { readonly [Kind in ChangeKind]: ChangeDefinition<Kind> } = {
  'accept-vpc-peering-connection': acceptVpcPeeringConnection,
  'allocate-address': allocateAddress,
  'associate-resolver-rule': associateResolverRule,
  'attach-internet-gateway': attachInternetGateway,
  'attach-role-policy': attachRolePolicy,
  'copy-object': copyObject,
  'authorize-security-group-egress': authorizeSecurityGroupEgress,
  'authorize-security-group-ingress': authorizeSecurityGroupIngress,
  'create-internet-gateway': createInternetGateway,
  'create-log-group': createLogGroup,
  'create-mount-target': createMountTarget,
  'create-nat-gateway': createNatGateway,
  'create-network-acl-entry': createNetworkAclEntry,
  'create-pull-through-cache-rule': createPullThroughCacheRule,
  'create-repository': createRepository,
  'create-resolver-rule': createResolverRule,
  'create-role': createRole,
  'create-route': createRoute,
  'create-secret': createSecret,
  'create-security-group': createSecurityGroup,
  'create-service': createService,
  'create-target-group': createTargetGroup,
  'create-transit-gateway-vpc-attachment': createTransitGatewayVpcAttachment,
  'create-vpc-block-public-access-exclusion': createVpcBlockPublicAccessExclusion,
  'create-vpc-endpoint': createVpcEndpoint,
  'delete-network-acl-entry': deleteNetworkAclEntry,
  'delete-route': deleteRoute,
  'delete-vpc-endpoints': deleteVpcEndpoints,
  'describe-vpc-endpoints': describeVpcEndpoints,
  'disassociate-vpc-from-hosted-zone': disassociateVpcFromHostedZone,
  'modify-instance-attribute': modifyInstanceAttribute,
  'modify-listener': modifyListener,
  'modify-network-interface-attribute': modifyNetworkInterfaceAttribute,
  'modify-subnet-attribute': modifySubnetAttribute,
  'modify-transit-gateway-vpc-attachment': modifyTransitGatewayVpcAttachment,
  'modify-vpc-attribute': modifyVpcAttribute,
  'modify-vpc-endpoint': modifyVpcEndpoint,
  'put-lifecycle-policy': putLifecyclePolicy,
  'put-parameter': putParameter,
  'put-role-policy': putRolePolicy,
  'put-secret-value': putSecretValue,
  'register-task-definition': registerTaskDefinition,
  'replace-route': replaceRoute,
  'request-service-quota-increase': requestServiceQuotaIncrease,
  'restore-secret': restoreSecret,
  'set-repository-policy': setRepositoryPolicy,
  'update-assume-role-policy': updateAssumeRolePolicy,
  'update-image-storage-class': updateImageStorageClass,
  'update-service': updateService,
}

/** The definition of a change's kind; the pair belongs together, which no type can say of a union. */
export function definitionOf<Kind extends ChangeKind>({
  kind,
}: Change & { readonly kind: Kind }): ChangeDefinition<Kind> {
  return DEFINITIONS[kind]
}
