/** Every kind of change. */
import type { Change, ChangeKind } from '../domain/change.ts'
import type { ChangeDefinition } from './change-kind.ts'
import { copyObject } from './configuration/copy-object.ts'
import { createLogGroup } from './configuration/create-log-group.ts'
import { createMountTarget } from './configuration/create-mount-target.ts'
import { createSecret } from './configuration/create-secret.ts'
import { createTargetGroup } from './configuration/create-target-group.ts'
import { modifyListener } from './configuration/modify-listener.ts'
import { putParameter } from './configuration/put-parameter.ts'
import { putSecretValue } from './configuration/put-secret-value.ts'
import { requestServiceQuotaIncrease } from './configuration/request-service-quota-increase.ts'
import { restoreSecret } from './configuration/restore-secret.ts'
import { createPullThroughCacheRule } from './ecr/create-pull-through-cache-rule.ts'
import { createRepository } from './ecr/create-repository.ts'
import { putLifecyclePolicy } from './ecr/put-lifecycle-policy.ts'
import { setRepositoryPolicy } from './ecr/set-repository-policy.ts'
import { updateImageStorageClass } from './ecr/update-image-storage-class.ts'
import { createService } from './ecs/create-service.ts'
import { registerTaskDefinition } from './ecs/register-task-definition.ts'
import { updateService } from './ecs/update-service.ts'
import { createVpcEndpoint } from './endpoints/create-vpc-endpoint.ts'
import { deleteVpcEndpoints } from './endpoints/delete-vpc-endpoints.ts'
import { describeVpcEndpoints } from './endpoints/describe-vpc-endpoints.ts'
import { modifyVpcEndpoint } from './endpoints/modify-vpc-endpoint.ts'
import { authorizeSecurityGroupEgress, authorizeSecurityGroupIngress } from './filters/authorize-security-group.ts'
import { createNetworkAclEntry } from './filters/create-network-acl-entry.ts'
import { createSecurityGroup } from './filters/create-security-group.ts'
import { deleteNetworkAclEntry } from './filters/delete-network-acl-entry.ts'
import { attachRolePolicy } from './iam/attach-role-policy.ts'
import { createRole } from './iam/create-role.ts'
import { putRolePolicy } from './iam/put-role-policy.ts'
import { updateAssumeRolePolicy } from './iam/update-assume-role-policy.ts'
import { disassociateVpcFromHostedZone } from './names/disassociate-vpc-from-hosted-zone.ts'
import { modifyVpcAttribute } from './names/modify-vpc-attribute.ts'
import { associateResolverRule, createResolverRule } from './names/resolver-rule.ts'
import { acceptVpcPeeringConnection } from './routes/accept-vpc-peering-connection.ts'
import { allocateAddress } from './routes/allocate-address.ts'
import { attachInternetGateway } from './routes/attach-internet-gateway.ts'
import { createInternetGateway } from './routes/create-internet-gateway.ts'
import { createNatGateway } from './routes/create-nat-gateway.ts'
import { createRoute } from './routes/create-route.ts'
import { createVpcBlockPublicAccessExclusion } from './routes/create-vpc-block-public-access-exclusion.ts'
import { deleteRoute } from './routes/delete-route.ts'
import { modifyInstanceAttribute, modifyNetworkInterfaceAttribute } from './routes/modify-source-dest-check.ts'
import { modifySubnetAttribute } from './routes/modify-subnet-attribute.ts'
import { replaceRoute } from './routes/replace-route.ts'
import {
  createTransitGatewayVpcAttachment,
  modifyTransitGatewayVpcAttachment,
} from './routes/transit-gateway-vpc-attachment.ts'

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
