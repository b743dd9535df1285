/** The labels that a message can get, and the step of a rollout or preflight that each of them belongs to. */
import type { StepId } from '../domain/step.ts'

// biome-ignore format: one family a line or two
export const LABELS = [
  'pull/network-timeout', 'pull/dns-failure', 'pull/tls-failure', 'pull/connection-refused', 'pull/auth-denied',
  'pull/access-denied-or-missing', 'pull/image-not-found', 'pull/rate-limited', 'pull/platform-mismatch',
  'pull/unpack-failed', 'pull/disk-full', 'pull/pull-through-cache', 'pull/registry-unavailable', 'pull/unspecified',
  'init/registry-auth-network', 'init/registry-auth-denied', 'init/secrets-network', 'init/secrets-denied',
  'init/secrets-missing', 'init/unspecified', 'init/log-group-missing', 'init/log-denied', 'init/log-network',
  'init/efs', 'init/env-file', 'init/volume',
  'start/command-not-found', 'start/exec-format', 'start/mount-failed', 'start/port-conflict', 'start/host-fault',
  'start/runtime-error', 'run/essential-exited', 'run/oom',
  'health/elb', 'health/container', 'health/target-group',
  'placement/capacity', 'placement/resources', 'placement/no-instances', 'placement/agent-disconnected',
  'placement/constraint', 'placement/eni', 'placement/quota', 'placement/unspecified',
  'iam/role', 'deploy/failed', 'deploy/crash-loop', 'deploy/config-blocked', 'deploy/lb-config',
  'deploy/lifecycle-hook', 'rollback', 'progress', 'steady', 'throttled', 'host/terminated', 'spot', 'scaling',
  'user-stopped', 'config-invalid', 'internal-error', 'unknown',
] as const
export type Label = (typeof LABELS)[number]

const STEP_OF_FAMILY: Readonly<Record<string, StepId>> = {
  pull: 'pull',
  init: 'init',
  start: 'start',
  run: 'start',
  health: 'health',
  placement: 'placement',
}

const STEP_OF_LABEL: Readonly<Partial<Record<Label, StepId | null>>> = {
  'iam/role': 'role',
  'deploy/failed': 'steady',
  'deploy/crash-loop': 'start',
  'deploy/config-blocked': 'configuration',
  'deploy/lb-config': 'configuration',
  'deploy/lifecycle-hook': 'update',
  rollback: 'steady',
  progress: 'steady',
  steady: 'steady',
  throttled: 'service',
  'host/terminated': 'placement',
  spot: 'placement',
  scaling: 'service',
  'user-stopped': 'service',
  'config-invalid': 'configuration',
  'internal-error': 'placement',
  unknown: null,
}

/** The step that the message is about; null when nothing can be said. */
export function stepOf(label: Label): StepId | null {
  const own = STEP_OF_LABEL[label]
  if (own !== undefined) return own
  return STEP_OF_FAMILY[label.slice(0, label.indexOf('/'))] ?? null
}
