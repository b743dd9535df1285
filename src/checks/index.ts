/** Every check, in the order of the contract's steps. */
import type { Check } from '../domain/check.ts'
import circuitBreakerCannotTrip from './configuration/circuit-breaker-cannot-trip.ts'
import circuitBreakerOff from './configuration/circuit-breaker-off.ts'
import circuitBreakerTripsByChance from './configuration/circuit-breaker-trips-by-chance.ts'
import deploymentDeadlock from './configuration/deployment-deadlock.ts'
import earlySuccessWithoutAllTasks from './configuration/early-success-without-all-tasks.ts'
import efsAccessPointMissing from './configuration/efs-access-point-missing.ts'
import efsMountTargetMissingInZone from './configuration/efs-mount-target-missing-in-zone.ts'
import encryptionKeyUnusable from './configuration/encryption-key-unusable.ts'
import environmentFileUnusable from './configuration/environment-file-unusable.ts'
import ephemeralStorageTooSmall from './configuration/ephemeral-storage-too-small.ts'
import fargateSizeInvalid from './configuration/fargate-size-invalid.ts'
import fargateVcpuQuotaExceeded from './configuration/fargate-vcpu-quota-exceeded.ts'
import fileSystemMissing from './configuration/file-system-missing.ts'
import firelensFileNotSupported from './configuration/firelens-file-not-supported.ts'
import healthCheckGraceTooShort from './configuration/health-check-grace-too-short.ts'
import latticeTargetGroupUnusable from './configuration/lattice-target-group-unusable.ts'
import lifecycleHookFunctionMissing from './configuration/lifecycle-hook-function-missing.ts'
import listenerRuleMissing from './configuration/listener-rule-missing.ts'
import loadBalancerClosedToTasks from './configuration/load-balancer-closed-to-tasks.ts'
import loadBalancerZoneGap from './configuration/load-balancer-zone-gap.ts'
import logGroupMissing from './configuration/log-group-missing.ts'
import parameterMissing from './configuration/parameter-missing.ts'
import platformFamilyChanged from './configuration/platform-family-changed.ts'
import registryCredentialsOfOtherAccount from './configuration/registry-credentials-of-other-account.ts'
import rollbackTargetBroken from './configuration/rollback-target-broken.ts'
import secretArnIncomplete from './configuration/secret-arn-incomplete.ts'
import secretBeingDeleted from './configuration/secret-being-deleted.ts'
import secretKeyMissing from './configuration/secret-key-missing.ts'
import secretMissing from './configuration/secret-missing.ts'
import secretReferenceMalformed from './configuration/secret-reference-malformed.ts'
import serviceRegistryMissing from './configuration/service-registry-missing.ts'
import targetGroupDoesNotFit from './configuration/target-group-does-not-fit.ts'
import targetGroupMissing from './configuration/target-group-missing.ts'
import customDnsServers from './dns/custom-dns-servers.ts'
import dnsFirewallBlocksName from './dns/dns-firewall-blocks-name.ts'
import hostedZoneShadowsName from './dns/hosted-zone-shadows-name.ts'
import mountTargetsInOtherVpc from './dns/mount-targets-in-other-vpc.ts'
import privateDnsOff from './dns/private-dns-off.ts'
import resolverRuleDivertsName from './dns/resolver-rule-diverts-name.ts'
import vpcDnsOff from './dns/vpc-dns-off.ts'
import endpointPolicyDenies from './endpoint-policies/endpoint-policy-denies.ts'
import endpointMissing from './endpoints/endpoint-missing.ts'
import endpointNotAvailable from './endpoints/endpoint-not-available.ts'
import endpointZoneGap from './endpoints/endpoint-zone-gap.ts'
import dockerHubAnonymous from './image/docker-hub-anonymous.ts'
import imageArchived from './image/image-archived.ts'
import imageExpiresByLifecyclePolicy from './image/image-expires-by-lifecycle-policy.ts'
import imageGrew from './image/image-grew.ts'
import imageNotFound from './image/image-not-found.ts'
import imagePlatformMismatch from './image/image-platform-mismatch.ts'
import imageReferenceInvalid from './image/image-reference-invalid.ts'
import imageRepositoryNotFound from './image/image-repository-not-found.ts'
import pullThroughCacheNeedsInternet from './image/pull-through-cache-needs-internet.ts'
import runningDigestGone from './image/running-digest-gone.ts'
import networkAclClosed from './network-acls/network-acl-closed.ts'
import executionRoleMissing from './role/execution-role-missing.ts'
import executionRoleNotAssumable from './role/execution-role-not-assumable.ts'
import executionRoleNotFound from './role/execution-role-not-found.ts'
import executionRoleWithoutEcr from './role/execution-role-without-ecr.ts'
import executionRoleWithoutEnvFiles from './role/execution-role-without-env-files.ts'
import executionRoleWithoutKms from './role/execution-role-without-kms.ts'
import executionRoleWithoutLogs from './role/execution-role-without-logs.ts'
import executionRoleWithoutSecrets from './role/execution-role-without-secrets.ts'
import fileSystemPolicyDenies from './role/file-system-policy-denies.ts'
import infrastructureRoleNotAssumable from './role/infrastructure-role-not-assumable.ts'
import infrastructureRoleNotFound from './role/infrastructure-role-not-found.ts'
import infrastructureRoleWithoutRights from './role/infrastructure-role-without-rights.ts'
import instanceRoleWithoutEcr from './role/instance-role-without-ecr.ts'
import instanceRoleWithoutLogs from './role/instance-role-without-logs.ts'
import keyPolicyDenies from './role/key-policy-denies.ts'
import pullThroughCacheWithoutRights from './role/pull-through-cache-without-rights.ts'
import repositoryPolicyDenies from './role/repository-policy-denies.ts'
import taskRoleMissing from './role/task-role-missing.ts'
import taskRoleNotAssumable from './role/task-role-not-assumable.ts'
import taskRoleNotFound from './role/task-role-not-found.ts'
import taskRoleWithoutExec from './role/task-role-without-exec.ts'
import blackholeRoute from './routes/blackhole-route.ts'
import internetBlockedByVpcSetting from './routes/internet-blocked-by-vpc-setting.ts'
import internetGatewayDetached from './routes/internet-gateway-detached.ts'
import natGatewayBroken from './routes/nat-gateway-broken.ts'
import natInstanceWithoutInternet from './routes/nat-instance-without-internet.ts'
import publicSubnetWithoutPublicIp from './routes/public-subnet-without-public-ip.ts'
import s3RouteMissing from './routes/s3-route-missing.ts'
import subnetWithoutWayToRegistry from './routes/subnet-without-way-to-registry.ts'
import endpointClosedToTasks from './security-groups/endpoint-closed-to-tasks.ts'
import mountTargetClosedToTasks from './security-groups/mount-target-closed-to-tasks.ts'
import natInstanceClosed from './security-groups/nat-instance-closed.ts'
import taskEgressClosed from './security-groups/task-egress-closed.ts'
import capacityProviderNotActive from './service/capacity-provider-not-active.ts'
import launchTypeIncompatible from './service/launch-type-incompatible.ts'
import serviceNotActive from './service/service-not-active.ts'
import taskDefinitionNotActive from './service/task-definition-not-active.ts'
import tasksWithoutPlace from './service/tasks-without-place.ts'
import addressesTooFewForMaximum from './subnets/addresses-too-few-for-maximum.ts'
import expressSubnetsMixed from './subnets/express-subnets-mixed.ts'
import networkConfigurationUnusable from './subnets/network-configuration-unusable.ts'
import runningTasksElsewhere from './subnets/running-tasks-elsewhere.ts'
import serviceSpansGoodAndBadSubnets from './subnets/service-spans-good-and-bad-subnets.ts'
import stuckByBadSubnets from './subnets/stuck-by-bad-subnets.ts'
import subnetNearlyFull from './subnets/subnet-nearly-full.ts'

export const CHECKS: readonly Check[] = [
  serviceNotActive,
  taskDefinitionNotActive,
  launchTypeIncompatible,
  capacityProviderNotActive,
  tasksWithoutPlace,
  networkConfigurationUnusable,
  serviceSpansGoodAndBadSubnets,
  stuckByBadSubnets,
  runningTasksElsewhere,
  subnetNearlyFull,
  addressesTooFewForMaximum,
  expressSubnetsMixed,
  vpcDnsOff,
  customDnsServers,
  hostedZoneShadowsName,
  resolverRuleDivertsName,
  dnsFirewallBlocksName,
  privateDnsOff,
  mountTargetsInOtherVpc,
  endpointMissing,
  endpointNotAvailable,
  endpointZoneGap,
  s3RouteMissing,
  natGatewayBroken,
  natInstanceWithoutInternet,
  publicSubnetWithoutPublicIp,
  blackholeRoute,
  internetGatewayDetached,
  internetBlockedByVpcSetting,
  subnetWithoutWayToRegistry,
  taskEgressClosed,
  natInstanceClosed,
  endpointClosedToTasks,
  mountTargetClosedToTasks,
  networkAclClosed,
  endpointPolicyDenies,
  executionRoleMissing,
  executionRoleNotFound,
  executionRoleNotAssumable,
  executionRoleWithoutEcr,
  taskRoleMissing,
  taskRoleNotFound,
  taskRoleNotAssumable,
  taskRoleWithoutExec,
  infrastructureRoleNotFound,
  infrastructureRoleNotAssumable,
  infrastructureRoleWithoutRights,
  instanceRoleWithoutEcr,
  instanceRoleWithoutLogs,
  repositoryPolicyDenies,
  pullThroughCacheWithoutRights,
  keyPolicyDenies,
  executionRoleWithoutSecrets,
  executionRoleWithoutKms,
  executionRoleWithoutEnvFiles,
  executionRoleWithoutLogs,
  fileSystemPolicyDenies,
  imageReferenceInvalid,
  imageRepositoryNotFound,
  imageNotFound,
  imageArchived,
  imagePlatformMismatch,
  pullThroughCacheNeedsInternet,
  dockerHubAnonymous,
  runningDigestGone,
  imageExpiresByLifecyclePolicy,
  imageGrew,
  deploymentDeadlock,
  circuitBreakerOff,
  circuitBreakerCannotTrip,
  circuitBreakerTripsByChance,
  earlySuccessWithoutAllTasks,
  rollbackTargetBroken,
  healthCheckGraceTooShort,
  fargateSizeInvalid,
  platformFamilyChanged,
  ephemeralStorageTooSmall,
  fargateVcpuQuotaExceeded,
  logGroupMissing,
  firelensFileNotSupported,
  secretMissing,
  secretBeingDeleted,
  secretArnIncomplete,
  secretReferenceMalformed,
  registryCredentialsOfOtherAccount,
  encryptionKeyUnusable,
  lifecycleHookFunctionMissing,
  secretKeyMissing,
  parameterMissing,
  environmentFileUnusable,
  fileSystemMissing,
  efsMountTargetMissingInZone,
  efsAccessPointMissing,
  targetGroupMissing,
  targetGroupDoesNotFit,
  listenerRuleMissing,
  loadBalancerZoneGap,
  loadBalancerClosedToTasks,
  latticeTargetGroupUnusable,
  serviceRegistryMissing,
]
