/** Every check, in the order of the contract's steps. */
import type { Check } from '../domain/check.ts'
import blackholeRoute from './blackhole-route.ts'
import circuitBreakerCannotTrip from './circuit-breaker-cannot-trip.ts'
import circuitBreakerOff from './circuit-breaker-off.ts'
import customDnsServers from './custom-dns-servers.ts'
import deploymentDeadlock from './deployment-deadlock.ts'
import dockerHubAnonymous from './docker-hub-anonymous.ts'
import efsMountTargetMissingInZone from './efs-mount-target-missing-in-zone.ts'
import endpointClosedToTasks from './endpoint-closed-to-tasks.ts'
import endpointMissing from './endpoint-missing.ts'
import endpointNotAvailable from './endpoint-not-available.ts'
import endpointPolicyDenies from './endpoint-policy-denies.ts'
import endpointZoneGap from './endpoint-zone-gap.ts'
import environmentFileUnusable from './environment-file-unusable.ts'
import executionRoleMissing from './execution-role-missing.ts'
import executionRoleNotAssumable from './execution-role-not-assumable.ts'
import executionRoleNotFound from './execution-role-not-found.ts'
import executionRoleWithoutEcr from './execution-role-without-ecr.ts'
import executionRoleWithoutEnvFiles from './execution-role-without-env-files.ts'
import executionRoleWithoutKms from './execution-role-without-kms.ts'
import executionRoleWithoutLogs from './execution-role-without-logs.ts'
import executionRoleWithoutSecrets from './execution-role-without-secrets.ts'
import fargateSizeInvalid from './fargate-size-invalid.ts'
import fargateVcpuQuotaExceeded from './fargate-vcpu-quota-exceeded.ts'
import healthCheckGraceTooShort from './health-check-grace-too-short.ts'
import hostedZoneShadowsName from './hosted-zone-shadows-name.ts'
import imageArchived from './image-archived.ts'
import imageExpiresByLifecyclePolicy from './image-expires-by-lifecycle-policy.ts'
import imageGrew from './image-grew.ts'
import imageNotFound from './image-not-found.ts'
import imagePlatformMismatch from './image-platform-mismatch.ts'
import imageReferenceInvalid from './image-reference-invalid.ts'
import imageRepositoryNotFound from './image-repository-not-found.ts'
import instanceRoleWithoutEcr from './instance-role-without-ecr.ts'
import internetBlockedByVpcSetting from './internet-blocked-by-vpc-setting.ts'
import internetGatewayDetached from './internet-gateway-detached.ts'
import loadBalancerClosedToTasks from './load-balancer-closed-to-tasks.ts'
import logGroupMissing from './log-group-missing.ts'
import natGatewayBroken from './nat-gateway-broken.ts'
import networkAclClosed from './network-acl-closed.ts'
import parameterMissing from './parameter-missing.ts'
import privateDnsOff from './private-dns-off.ts'
import publicSubnetWithoutPublicIp from './public-subnet-without-public-ip.ts'
import pullThroughCacheNeedsInternet from './pull-through-cache-needs-internet.ts'
import pullThroughCacheWithoutRights from './pull-through-cache-without-rights.ts'
import repositoryPolicyDenies from './repository-policy-denies.ts'
import resolverRuleDivertsName from './resolver-rule-diverts-name.ts'
import runningDigestGone from './running-digest-gone.ts'
import runningTasksElsewhere from './running-tasks-elsewhere.ts'
import s3RouteMissing from './s3-route-missing.ts'
import secretBeingDeleted from './secret-being-deleted.ts'
import secretKeyMissing from './secret-key-missing.ts'
import secretMissing from './secret-missing.ts'
import serviceNotActive from './service-not-active.ts'
import serviceSpansGoodAndBadSubnets from './service-spans-good-and-bad-subnets.ts'
import stuckByBadSubnets from './stuck-by-bad-subnets.ts'
import subnetNearlyFull from './subnet-nearly-full.ts'
import subnetWithoutWayToRegistry from './subnet-without-way-to-registry.ts'
import targetGroupDoesNotFit from './target-group-does-not-fit.ts'
import targetGroupMissing from './target-group-missing.ts'
import taskEgressClosed from './task-egress-closed.ts'
import vpcDnsOff from './vpc-dns-off.ts'

export const CHECKS: readonly Check[] = [
  serviceNotActive,
  serviceSpansGoodAndBadSubnets,
  stuckByBadSubnets,
  runningTasksElsewhere,
  subnetNearlyFull,
  vpcDnsOff,
  customDnsServers,
  hostedZoneShadowsName,
  resolverRuleDivertsName,
  privateDnsOff,
  endpointMissing,
  endpointNotAvailable,
  endpointZoneGap,
  s3RouteMissing,
  natGatewayBroken,
  publicSubnetWithoutPublicIp,
  blackholeRoute,
  internetGatewayDetached,
  internetBlockedByVpcSetting,
  subnetWithoutWayToRegistry,
  taskEgressClosed,
  endpointClosedToTasks,
  networkAclClosed,
  endpointPolicyDenies,
  executionRoleMissing,
  executionRoleNotFound,
  executionRoleNotAssumable,
  executionRoleWithoutEcr,
  instanceRoleWithoutEcr,
  repositoryPolicyDenies,
  pullThroughCacheWithoutRights,
  executionRoleWithoutSecrets,
  executionRoleWithoutKms,
  executionRoleWithoutEnvFiles,
  executionRoleWithoutLogs,
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
  healthCheckGraceTooShort,
  fargateSizeInvalid,
  fargateVcpuQuotaExceeded,
  logGroupMissing,
  secretMissing,
  secretBeingDeleted,
  secretKeyMissing,
  parameterMissing,
  environmentFileUnusable,
  efsMountTargetMissingInZone,
  targetGroupMissing,
  targetGroupDoesNotFit,
  loadBalancerClosedToTasks,
]
