/** Which hosts a pull asks, for registries other than ECR's private ones. */
import type { ImageReference } from '../domain/image-reference.ts'

interface RegistryHosts {
  /** Where the manifest comes from; differs from the name in the image only for Docker Hub. */
  readonly registry: string
  /** Where the token and the layers come from. Content networks may move; the way to them is the internet all the same. */
  readonly others: readonly string[]
}

const DOCKER_HUB: RegistryHosts = {
  registry: 'registry-1.docker.io',
  others: ['auth.docker.io', 'production.cloudflare.docker.com'],
}

const KNOWN: Readonly<Record<string, RegistryHosts>> = {
  // Docker Docs, Allowlist for Docker Desktop.
  'docker.io': DOCKER_HUB,
  'registry-1.docker.io': DOCKER_HUB,
  // EKS Anywhere documentation, requirements: the CloudFront names that ECR Public sends pulls to.
  'public.ecr.aws': {
    registry: 'public.ecr.aws',
    others: ['d2glxqk2uabbnd.cloudfront.net', 'd5l0dvt14r5h8.cloudfront.net'],
  },
  // GitHub Docs, Self-hosted runners reference, communication.
  'ghcr.io': { registry: 'ghcr.io', others: ['pkg-containers.githubusercontent.com'] },
  // OpenShift documentation, Configuring your firewall.
  'quay.io': { registry: 'quay.io', others: ['cdn.quay.io', 'cdn01.quay.io', 'cdn02.quay.io', 'cdn03.quay.io'] },
  // Google Cloud documentation, Container Registry: layers are objects of Cloud Storage.
  'gcr.io': { registry: 'gcr.io', others: ['storage.googleapis.com'] },
  'us.gcr.io': { registry: 'us.gcr.io', others: ['storage.googleapis.com'] },
  'eu.gcr.io': { registry: 'eu.gcr.io', others: ['storage.googleapis.com'] },
  'asia.gcr.io': { registry: 'asia.gcr.io', others: ['storage.googleapis.com'] },
}

/** Each host with its port: the registry's own first. Hosts that only the registry itself could name are not listed. */
export function registryHosts(image: ImageReference): readonly { readonly host: string; readonly port: number }[] {
  const known = Object.hasOwn(KNOWN, image.host) ? KNOWN[image.host] : undefined
  const registry = { host: known?.registry ?? image.host, port: image.port ?? 443 }
  return [registry, ...(known?.others ?? []).map((host) => ({ host, port: 443 }))]
}
