/** Families of labels that a watch treats alike. */

const NETWORK = new Set<string>([
  'pull/network-timeout',
  'pull/dns-failure',
  'pull/tls-failure',
  'pull/connection-refused',
  'init/registry-auth-network',
  'init/secrets-network',
  'init/log-network',
])

/** Packets did not arrive: a matter of the subnet, so that a start elsewhere may work. */
export function isNetworkLabel(label: string): boolean {
  return NETWORK.has(label)
}

/** The container ran, or was about to: the image and the way to it are fine. */
export function isAfterPull(label: string): boolean {
  return /^(start|run|health)\//.test(label)
}

/** What ECS says of a service when it cannot even make a task. */
export function isServiceTrouble(label: string): boolean {
  return /^(placement\/|iam\/role$|config-invalid$|deploy\/(config-blocked|lb-config)$|throttled$)/.test(label)
}

export function isPlacement(label: string): boolean {
  return label.startsWith('placement/')
}

/** The registry gave the answer itself, so that packets went there and came back. */
export function isRegistrysAnswer(label: string): boolean {
  return /^pull\/(image-not-found|access-denied-or-missing|platform-mismatch|rate-limited)$/.test(label)
}
