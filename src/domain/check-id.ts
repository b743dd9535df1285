/** The ids of all checks, in the order in which they are made. An id is permanent: file, test and page have the same name. */

// biome-ignore format: one step a line or two
export const CHECK_IDS = [
  'service-not-active', 'task-definition-not-active', 'capacity-provider-not-active', 'tasks-without-place',
  'network-configuration-unusable',
  'service-spans-good-and-bad-subnets', 'stuck-by-bad-subnets', 'running-tasks-elsewhere', 'subnet-nearly-full',
  'express-subnets-mixed',
  'vpc-dns-off', 'custom-dns-servers', 'hosted-zone-shadows-name', 'resolver-rule-diverts-name', 'dns-firewall-blocks-name',
  'private-dns-off',
  'endpoint-missing', 'endpoint-not-available', 'endpoint-zone-gap',
  's3-route-missing', 'nat-gateway-broken', 'nat-instance-without-internet', 'public-subnet-without-public-ip', 'blackhole-route',
  'internet-gateway-detached', 'internet-blocked-by-vpc-setting', 'subnet-without-way-to-registry',
  'task-egress-closed', 'nat-instance-closed', 'endpoint-closed-to-tasks', 'network-acl-closed', 'endpoint-policy-denies',
  'execution-role-missing', 'execution-role-not-found', 'execution-role-not-assumable', 'execution-role-without-ecr',
  'task-role-missing', 'task-role-not-found', 'task-role-not-assumable', 'task-role-without-exec',
  'infrastructure-role-not-found', 'infrastructure-role-not-assumable', 'infrastructure-role-without-rights',
  'instance-role-without-ecr', 'instance-role-without-logs', 'repository-policy-denies',
  'pull-through-cache-without-rights', 'key-policy-denies',
  'execution-role-without-secrets', 'execution-role-without-kms', 'execution-role-without-env-files',
  'execution-role-without-logs',
  'image-reference-invalid', 'image-repository-not-found', 'image-not-found', 'image-archived',
  'image-platform-mismatch', 'pull-through-cache-needs-internet', 'docker-hub-anonymous', 'running-digest-gone',
  'image-expires-by-lifecycle-policy', 'image-grew',
  'deployment-deadlock', 'circuit-breaker-off', 'circuit-breaker-cannot-trip', 'circuit-breaker-trips-by-chance',
  'early-success-without-all-tasks', 'rollback-target-broken', 'health-check-grace-too-short',
  'fargate-size-invalid', 'platform-family-changed', 'ephemeral-storage-too-small', 'fargate-vcpu-quota-exceeded',
  'log-group-missing', 'firelens-file-not-supported', 'secret-missing', 'secret-being-deleted',
  'secret-arn-incomplete', 'secret-reference-malformed', 'registry-credentials-of-other-account',
  'encryption-key-unusable', 'lifecycle-hook-function-missing',
  'secret-key-missing', 'parameter-missing', 'environment-file-unusable', 'efs-mount-target-missing-in-zone',
  'target-group-missing', 'target-group-does-not-fit', 'load-balancer-closed-to-tasks',
] as const
export type CheckId = (typeof CHECK_IDS)[number]
