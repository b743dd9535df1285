/** What preflight knows that a failure can be held against: paths, findings, and whose address is whose. */

import type { Answer } from '../../domain/answer.ts'
import { distinct } from '../../domain/collections.ts'
import type { ImageFacts } from '../../domain/image.ts'
import { isInvalidImage, parseImageReference } from '../../domain/image-reference.ts'
import type { Network } from '../../domain/network.ts'
import type { Path } from '../../domain/path.ts'
import type { Finding } from '../../domain/report.ts'
import type { Compute, RunningTask, TaskDefinition } from '../../domain/service.ts'
import { parseBlock } from '../../network/addresses.ts'

export interface PreflightEvidence {
  readonly paths: readonly Path[]
  readonly findings: readonly Finding[]
  /** By address: the interface endpoint that has it. */
  readonly endpoints: Readonly<Record<string, { readonly endpointId: string; readonly serviceName: string }>>
  /** Of the Region's S3 prefix list. */
  readonly s3Prefixes: readonly string[]
  /** By container instance ARN. */
  readonly instanceSubnets: Readonly<Record<string, string>>
  /** Of the tasks that ran before. */
  readonly pullSeconds: readonly number[]
  readonly startSeconds: readonly number[]
  /** Not on tapes of earlier versions; absent where the task definition could not be read. */
  readonly wanted?: WantedImages
}

/** What the tasks of a revision are to run. */
export interface WantedImages {
  /** Null for a revision that was yet to be registered. */
  readonly taskDefinitionArn: string | null
  readonly images: readonly WantedImage[]
}

export interface WantedImage {
  readonly container: string
  readonly image: string
  /** What the reference leads to, then, of an image index, the manifests in it; none where nobody could tell. */
  readonly digests: readonly string[]
}

/** Nothing will come that a failure could be held against. */
export const NO_EVIDENCE: PreflightEvidence = {
  paths: [],
  findings: [],
  endpoints: {},
  s3Prefixes: [],
  instanceSubnets: {},
  pullSeconds: [],
  startSeconds: [],
}

export interface EvidenceFacts {
  readonly network: Answer<Network>
  readonly compute: Answer<Compute>
  readonly tasks: Answer<readonly RunningTask[]>
  readonly taskDefinition?: Answer<TaskDefinition>
  readonly images?: Answer<ImageFacts>
}

export function evidenceOf(
  { paths, findings }: { readonly paths: readonly Path[]; readonly findings: readonly Finding[] },
  { network, compute, tasks, taskDefinition, images }: EvidenceFacts,
): PreflightEvidence {
  const ran = tasks.known ? tasks.value : []
  return {
    paths,
    findings,
    endpoints: network.known ? endpointAddresses(network.value) : {},
    s3Prefixes: network.known ? s3PrefixesOf(network.value) : [],
    instanceSubnets: compute.known ? instanceSubnets(compute.value) : {},
    pullSeconds: ran.flatMap(({ pullSeconds }) => pullSeconds ?? []),
    startSeconds: ran.flatMap(({ startSeconds }) => startSeconds ?? []),
    ...(taskDefinition?.known
      ? { wanted: wantedImages(taskDefinition.value, images?.known ? images.value : null) }
      : {}),
  }
}

function endpointAddresses({ endpoints, interfaces }: Network): PreflightEvidence['endpoints'] {
  if (!endpoints.known || !interfaces.known) return {}
  const owner = new Map(endpoints.value.flatMap((one) => one.interfaceIds.map((id) => [id, one] as const)))
  return Object.fromEntries(
    interfaces.value.flatMap(({ id, privateIps, ipv6Addresses }) => {
      const endpoint = owner.get(id)
      if (endpoint === undefined) return []
      const { id: endpointId, serviceName } = endpoint
      return [...privateIps, ...ipv6Addresses].map((ip) => [ip, { endpointId, serviceName }])
    }),
  )
}

/** `com.amazonaws.REGION.s3`; S3 on Outposts and Express have lists of their own. */
function s3PrefixesOf({ prefixLists, region }: Network): readonly string[] {
  if (!prefixLists.known) return []
  const list = prefixLists.value.find(({ name }) => name.endsWith(`.${region}.s3`))
  if (list === undefined || !list.entries.known) return []
  return list.entries.value.filter((cidr) => parseBlock(cidr) !== null)
}

function instanceSubnets({ instances }: Compute): PreflightEvidence['instanceSubnets'] {
  if (!instances.known) return {}
  return Object.fromEntries(
    instances.value.flatMap(({ arn, subnetId }) => (subnetId === null ? [] : [[arn, subnetId] as const])),
  )
}

/** A digest that the task definition names is the wanted one whatever a registry says. */
function wantedImages({ arn, containers }: TaskDefinition, facts: ImageFacts | null): WantedImages {
  const images = containers.map(({ name, image }) => {
    const reference = parseImageReference(image)
    const named = isInvalidImage(reference) ? null : reference.digest
    const ecr = facts?.images.find((one) => one.image === image)?.ecr ?? null
    const found = ecr?.found.known ? (ecr.found.value?.digest ?? null) : null
    const digest = named ?? found
    return { container: name, image, digests: digest === null ? [] : distinct([digest, ...(ecr?.manifests ?? [])]) }
  })
  return { taskDefinitionArn: arn, images }
}
