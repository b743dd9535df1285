/** What an ECS failure text can be about. What is known of each stands in one row of `ecs-errors/labels`. */

// biome-ignore format: one family a line or two
export type Label =
  | 'pull/network-timeout' | 'pull/dns-failure' | 'pull/tls-failure' | 'pull/connection-refused' | 'pull/auth-denied'
  | 'pull/access-denied-or-missing' | 'pull/image-not-found' | 'pull/rate-limited' | 'pull/platform-mismatch'
  | 'pull/unpack-failed' | 'pull/disk-full' | 'pull/pull-through-cache' | 'pull/registry-unavailable' | 'pull/unspecified'
  | 'init/registry-auth-network' | 'init/registry-auth-denied' | 'init/secrets-network' | 'init/secrets-denied'
  | 'init/secrets-missing' | 'init/unspecified' | 'init/log-group-missing' | 'init/log-denied' | 'init/log-network'
  | 'init/efs' | 'init/env-file' | 'init/volume'
  | 'start/command-not-found' | 'start/exec-format' | 'start/mount-failed' | 'start/port-conflict' | 'start/host-fault'
  | 'start/runtime-error' | 'run/essential-exited' | 'run/oom'
  | 'health/elb' | 'health/container' | 'health/target-group'
  | 'placement/capacity' | 'placement/resources' | 'placement/no-instances' | 'placement/agent-disconnected'
  | 'placement/constraint' | 'placement/eni' | 'placement/quota' | 'placement/unspecified'
  | 'iam/role' | 'deploy/not-permitted' | 'deploy/failed' | 'deploy/crash-loop' | 'deploy/config-blocked' | 'deploy/lb-config'
  | 'deploy/lifecycle-hook' | 'rollback' | 'progress' | 'steady' | 'throttled' | 'host/terminated' | 'spot' | 'scaling'
  | 'user-stopped' | 'config-invalid' | 'internal-error' | 'unknown'
