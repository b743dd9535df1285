/** What asking for a name comes to: what it leads to, and the hop that says so. */
import type { MountTarget } from '../../../domain/configuration.ts'
import type { Endpoint } from '../../../domain/network.ts'
import type { Hop } from '../../../domain/path.ts'

export interface Name {
  readonly host: string
  /** Region and VPC endpoint suffix (`ecr.dkr`, `s3`) of an AWS service; null for other hosts. */
  readonly region: string | null
  readonly service: string | null
  /** Whose name it is, of a file system: its mount targets answer. */
  readonly fileSystemId?: string | null
}

export type Answers =
  | { readonly is: 'endpoint'; readonly endpoint: Endpoint }
  | { readonly is: 's3' }
  | { readonly is: 'public' }
  | { readonly is: 'addresses'; readonly addresses: readonly string[] }
  | { readonly is: 'mount-targets'; readonly targets: readonly MountTarget[] }
  | { readonly is: 'nothing' }
  /** It may lead anywhere. */
  | { readonly is: 'unknown' }

export interface Resolution {
  readonly hop: Hop
  /** More than one: the facts do not tell which it is. */
  readonly candidates: readonly Answers[]
  /** An endpoint of the service that the name does not lead to, and why not. */
  readonly passedOver: PassedOver | null
}

export interface PassedOver {
  readonly endpoint: Endpoint
  readonly because: 'private-dns-off' | 'inbound-resolver-only' | 'hostnames-off' | 'not-available'
}

/** It leads there, or to one of them. */
export function leads(hop: Hop, ...candidates: readonly Answers[]): Resolution {
  return { hop, candidates, passedOver: null }
}
