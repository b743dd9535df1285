/** Names that AWS gives its services in a Region: the partition, host names, and VPC endpoint service names. Unknown Regions get an answer too. */

export interface Partition {
  /** `aws`, `aws-cn`, `aws-us-gov`, `aws-eusc`, `aws-iso`, `aws-iso-b`, `aws-iso-e`, `aws-iso-f`. */
  readonly id: string
  readonly dnsSuffix: string
  /** Suffix of API names that have IPv6 addresses as well. */
  readonly dualStackSuffix: string
  /** What stands before the Region in the service names of ECR's own VPC endpoints. */
  readonly ecrEndpointPrefix: string
}

/** What follows the Region in a VPC endpoint's service name. ECR User Guide, Amazon ECR interface VPC endpoints. */
export const ENDPOINT_SUFFIXES = {
  'ecr-api': 'ecr.api',
  'ecr-dkr': 'ecr.dkr',
  's3-layers': 's3',
  's3-env-files': 's3',
  logs: 'logs',
  secretsmanager: 'secretsmanager',
  ssm: 'ssm',
  kms: 'kms',
  ssmmessages: 'ssmmessages',
} as const

/** A service that a starting container may call, by the name that a report uses for it. */
export type AwsDestination = keyof typeof ENDPOINT_SUFFIXES

const AWS = partition('aws', 'amazonaws.com', 'api.aws', 'com.amazonaws')

/** Regions by their first letters, and suffixes: the SDKs' partitions.json. Prefixes: `aws ec2 describe-vpc-endpoint-services`. */
const PARTITIONS: readonly (readonly [RegExp, Partition])[] = [
  [/^cn-/, partition('aws-cn', 'amazonaws.com.cn', 'api.amazonwebservices.com.cn', 'cn.com.amazonaws')],
  [/^us-gov-/, { ...AWS, id: 'aws-us-gov' }],
  [/^eusc-/, partition('aws-eusc', 'amazonaws.eu', 'api.amazonwebservices.eu', 'eu.amazonaws')],
  [/^us-iso-/, partition('aws-iso', 'c2s.ic.gov', 'api.aws.ic.gov', 'gov.ic.c2s')],
  [/^us-isob-/, partition('aws-iso-b', 'sc2s.sgov.gov', 'api.aws.scloud', 'gov.sgov.sc2s')],
  [/^eu-isoe-/, partition('aws-iso-e', 'cloud.adc-e.uk', 'api.cloud-aws.adc-e.uk', 'uk.adc-e.cloud')],
  [/^us-isof-/, partition('aws-iso-f', 'csp.hci.ic.gov', 'api.aws.hci.ic.gov', 'gov.ic.hci.csp')],
  [/^(us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-\d+$/, AWS],
]

function partition(id: string, dnsSuffix: string, dualStackSuffix: string, ecrEndpointPrefix: string): Partition {
  return { id, dnsSuffix, dualStackSuffix, ecrEndpointPrefix }
}

/** The partition of a Region; `aws` for one that this table has never heard of, as the SDKs answer. */
export function partitionOf(region: string): Partition {
  return knownPartition(region) ?? AWS
}

/** The partition of a Region, or null where the table does not know the Region. */
export function knownPartition(region: string): Partition | null {
  return PARTITIONS.find(([pattern]) => pattern.test(region))?.[1] ?? null
}

/** The partition whose names end so; null for a suffix that no known partition has. */
export function partitionBySuffix(dnsSuffix: string): Partition | null {
  // `amazonaws.com` belongs to aws and to aws-us-gov; without a known Region the first is the likelier.
  if (dnsSuffix === AWS.dnsSuffix) return AWS
  return PARTITIONS.find(([, partition]) => partition.dnsSuffix === dnsSuffix)?.[1] ?? null
}

/** Suffix of the dual-stack registry name: `on.aws` beside `api.aws`. ECR User Guide, Making requests to Amazon ECR registries. */
export function dualStackRegistrySuffix(partition: Partition): string {
  return partition.dualStackSuffix.replace(/^api\./, 'on.')
}

/** Host of a service's API. `suffix` replaces the Region's own, for partitions that the table does not know. */
export function apiHost(
  destination: Exclude<AwsDestination, 'ecr-dkr' | 's3-layers' | 's3-env-files'>,
  region: string,
  suffix: string = partitionOf(region).dnsSuffix,
): string {
  return `${destination === 'ecr-api' ? 'api.ecr' : destination}.${region}.${suffix}`
}

/** Names with IPv6 addresses as well, of the services that have them: the SDKs' endpoint rule sets, `UseDualStack`. */
export function dualStackHost(destination: string, host: string, region: string): string {
  const { dnsSuffix, dualStackSuffix } = partitionOf(region)
  if (destination === 'ecr-dkr') return host
  if (destination.startsWith('s3-')) return host.replace(`s3.${region}.`, `s3.dualstack.${region}.`)
  const suffix = `.${region}.${dnsSuffix}`
  if (!host.endsWith(suffix)) return host
  return `${host.slice(0, -suffix.length).replace('api.ecr', 'ecr')}.${region}.${dualStackSuffix}`
}

/** Host of an account's private registry: where the manifest comes from. */
export function registryHost(
  accountId: string,
  region: string,
  suffix: string = partitionOf(region).dnsSuffix,
): string {
  return `${accountId}.dkr.ecr.${region}.${suffix}`
}

/** Host of the bucket, owned by AWS, that the layers of ECR images come from. ECR User Guide, Minimum Amazon S3 bucket permissions. */
export function layerHost(region: string, suffix: string = partitionOf(region).dnsSuffix): string {
  return `prod-${region}-starport-layer-bucket.s3.${region}.${suffix}`
}

/** Host of a bucket. A name with dots cannot stand in front of S3's certificate, so the SDKs put it into the path. */
export function bucketHost(bucket: string, region: string, suffix: string = partitionOf(region).dnsSuffix): string {
  return bucket.includes('.') ? `s3.${region}.${suffix}` : `${bucket}.s3.${region}.${suffix}`
}

/**
 * The VPC endpoint service name to create one with, for instance `com.amazonaws.ap-northeast-2.ecr.dkr`. For `s3` it is
 * the gateway endpoint's. Outside `aws` and `aws-us-gov` only ECR's own names have the partition's prefix.
 */
export function endpointServiceName(region: string, suffix: string): string {
  const prefix = suffix.startsWith('ecr') ? partitionOf(region).ecrEndpointPrefix : AWS.ecrEndpointPrefix
  return `${prefix}.${region}.${suffix}`
}

/** Is it the endpoint of that service in that Region? Compared by its end, since prefixes differ by partition. */
export function matchesService(serviceName: string, region: string, suffix: string): boolean {
  return serviceName.toLowerCase().endsWith(`.${region}.${suffix}`)
}
