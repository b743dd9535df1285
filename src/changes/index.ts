/** Every kind of change. */
import type { Change, ChangeKind } from '../domain/change.ts'
import { allocateAddress } from './allocate-address.ts'
import { attachRolePolicy } from './attach-role-policy.ts'
import type { ChangeDefinition } from './change-kind.ts'
import { copyObject } from './copy-object.ts'
import { createLogGroup } from './create-log-group.ts'
import { createMountTarget } from './create-mount-target.ts'
import { createNatGateway } from './create-nat-gateway.ts'
import { createNetworkAclEntry } from './create-network-acl-entry.ts'
import { createPullThroughCacheRule } from './create-pull-through-cache-rule.ts'
import { createRepository } from './create-repository.ts'
import { createRole } from './create-role.ts'
import { createSecret } from './create-secret.ts'
import { createService } from './create-service.ts'
import { createTargetGroup } from './create-target-group.ts'
import { deleteNetworkAclEntry } from './delete-network-acl-entry.ts'
import { modifyListener } from './modify-listener.ts'
import { modifyVpcEndpoint } from './modify-vpc-endpoint.ts'
import { putLifecyclePolicy } from './put-lifecycle-policy.ts'
import { putParameter } from './put-parameter.ts'
import { putRolePolicy } from './put-role-policy.ts'
import { putSecretValue } from './put-secret-value.ts'
import { registerTaskDefinition } from './register-task-definition.ts'
import { requestServiceQuotaIncrease } from './request-service-quota-increase.ts'
import { restoreSecret } from './restore-secret.ts'
import { setRepositoryPolicy } from './set-repository-policy.ts'
import { updateAssumeRolePolicy } from './update-assume-role-policy.ts'
import { updateImageStorageClass } from './update-image-storage-class.ts'
import { updateService } from './update-service.ts'

const DEFINITIONS: { readonly [Kind in ChangeKind]: ChangeDefinition<Kind> } = {
  'allocate-address': allocateAddress,
  'attach-role-policy': attachRolePolicy,
  'copy-object': copyObject,
  'create-log-group': createLogGroup,
  'create-mount-target': createMountTarget,
  'create-nat-gateway': createNatGateway,
  'create-network-acl-entry': createNetworkAclEntry,
  'create-pull-through-cache-rule': createPullThroughCacheRule,
  'create-repository': createRepository,
  'create-role': createRole,
  'create-secret': createSecret,
  'create-service': createService,
  'create-target-group': createTargetGroup,
  'delete-network-acl-entry': deleteNetworkAclEntry,
  'modify-listener': modifyListener,
  'modify-vpc-endpoint': modifyVpcEndpoint,
  'put-lifecycle-policy': putLifecyclePolicy,
  'put-parameter': putParameter,
  'put-role-policy': putRolePolicy,
  'put-secret-value': putSecretValue,
  'register-task-definition': registerTaskDefinition,
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
