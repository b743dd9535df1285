/** Can an image that the cache does not have yet be pulled for the first time? */
import { type CheckResults, cannotSee, defineCheck, type Unseen } from '../../domain/check.ts'
import { distinct, distinctBy } from '../../domain/collections.ts'
import type { Network } from '../../domain/network.ts'
import type { Hop, Path } from '../../domain/path.ts'
import type { Affected } from '../../domain/report.ts'
import { tableIdsOf } from '../../network/lookup.ts'
import { indexNetwork, type NetworkIndex } from '../../network/network-index.ts'
import { trace } from '../../network/reachability/trace.ts'
import { awsCommand } from '../service/service-changes.ts'
import { type EcrImageFact, inEcr, isCache, notRead } from './ecr-image.ts'

interface Details {
  readonly image: string
  readonly containers: readonly string[]
  readonly upstream: string
  readonly subnetIds: readonly string[]
  readonly host: string
  readonly region: string
  readonly routeTableIds: readonly string[]
}

export default defineCheck<Details, 'images' | 'network' | 'paths'>({
  id: 'pull-through-cache-needs-internet',
  step: 'image',
  severity: 'blocker',
  needs: ['images', 'network', 'paths'],
  permissions: ['ecr:DescribePullThroughCacheRules', 'ecr:DescribeImages', 'ec2:DescribeRouteTables'],

  title: {
    en: 'The first pull through the cache needs the internet',
    ko: '풀스루 캐시의 첫 이미지 풀에는 인터넷 경로가 필요합니다',
  },
  why: {
    en: 'The cache has not this image yet. Over VPC endpoints ECR serves what it has; the first pull of an image needs a way from the subnet to the internet as well, and without one the task stops with CannotPullContainerError.',
    ko: '아직 캐시에 없는 이미지입니다. VPC 엔드포인트로는 ECR에 이미 있는 이미지만 가져올 수 있고, 첫 이미지 풀에는 서브넷에서 인터넷으로 나가는 경로도 필요합니다. 경로가 없으면 태스크가 CannotPullContainerError로 중지됩니다.',
  },

  evaluate: ({ images, network, paths }) => {
    const uncached = inEcr(images.images).filter(({ ecr }) => isCache(ecr))
    if (uncached.every(({ ecr: { found } }) => found.known && found.value !== null)) return []
    const index = indexNetwork(network)
    return uncached.flatMap((one) => judge(one, index, network, paths))
  },

  explain: ({ image, containers, upstream, subnetIds }) => ({
    en: `${image} (${containers.join(', ')}) is not cached from ${upstream} yet, and these subnets reach ECR over endpoints alone: ${subnetIds.join(', ')}.`,
    ko: `아직 캐시되지 않은 이미지입니다: ${image} (업스트림 ${upstream}, 컨테이너: ${containers.join(', ')}). 엔드포인트로만 ECR에 연결되는 서브넷: ${subnetIds.join(', ')}`,
  }),

  remedy: ({ image, host, region, routeTableIds }) => ({
    before: [
      {
        en: `Pull the image once from a machine with internet access, for instance the runner of this workflow; from then on it is in the cache: ${image}`,
        ko: `인터넷에 연결된 컴퓨터(예: 이 워크플로의 러너)에서 이미지를 한 번 가져오면 그 뒤로는 캐시에서 가져올 수 있습니다: ${image}`,
      },
    ],
    changes: [],
    after: [
      {
        en: `Or give the subnets a way to the internet: a default route to a NAT gateway in ${routeTableIds.join(', ')}.`,
        ko: `또는 서브넷에 인터넷 경로를 추가합니다. NAT 게이트웨이로 가는 기본 경로를 둘 라우팅 테이블: ${routeTableIds.join(', ')}`,
      },
    ],
    commands: [
      `${awsCommand('ecr', { kind: 'get-login-password', region })} | docker login --username AWS --password-stdin ${host}`,
      `docker pull ${image}`,
    ],
  }),
})

function judge(
  fact: EcrImageFact,
  index: NetworkIndex,
  network: Network,
  paths: readonly Path[],
): CheckResults<Details> {
  const { image, containers, ecr } = fact
  const { found, cacheRule, repositoryImages } = ecr
  if (!found.known) return notRead(fact)
  if (found.value !== null) return []
  const host = image.split('/')[0] ?? ''
  const upstream = cacheRule.known ? (cacheRule.value?.upstream ?? '') : ''
  const ways = paths
    .filter((path) => path.destination === 'ecr-dkr' && path.host === host && path.via.kind === 'interface-endpoint')
    .map((path) => ({ path, out: toUpstream(index, path, isEcr(upstream) ? '' : upstream) }))
  const closed = ways.filter(({ out }) => out?.outcome === 'blocked')
  const untold = ways.flatMap(({ out }) => (out?.outcome === 'indeterminate' ? unseenWay(image, out) : []))
  if (closed.length === 0) return untold
  if (isEcr(upstream)) return [fromEcr(image, upstream), ...untold]
  const subnetIds = distinct(closed.map(({ path }) => path.from.subnetId))
  const affects: readonly Affected[] = subnetIds.map((subnetId) => ({ subnetId, destination: 'ecr-dkr' }))
  return [
    {
      subject: image,
      evidence: [
        { en: `not in repository ${repositoryImages.name}`, ko: `리포지토리에 없습니다: ${repositoryImages.name}` },
        ...distinctBy(
          closed.flatMap(({ out }) => stopsOf(out)),
          ({ at, id }) => `${at} ${id}`,
        ).map(({ why }) => why),
      ],
      details: {
        image,
        containers,
        upstream,
        subnetIds,
        host,
        region: repositoryImages.region,
        routeTableIds: tableIdsOf(network, subnetIds),
      },
      affects,
    },
    ...untold,
  ]
}

/** The packets of the import are ECR's; what ECR wants to see is that the subnet has such a way too. ECR User Guide, VPC endpoints. */
function toUpstream(index: NetworkIndex, { from }: Path, upstream: string): Path | null {
  const { subnetId, securityGroupIds: groupIds, publicIp } = from
  return trace(index, {
    from: { subnetId, groupIds, publicIp },
    to: upstream === '' ? 'public.ecr.aws' : upstream,
    port: 443,
    protocol: 'tcp',
    sourcePort: null,
  })
}

function isEcr(upstream: string): boolean {
  return /\.dkr[.-]ecr/.test(upstream)
}

/** The guide wants a way to the internet for every first pull and names no exception; nobody has shown that this one needs it. */
function fromEcr(image: string, upstream: string): Unseen {
  return cannotSee(
    ['first-pull-from-ecr', image, upstream],
    {
      en: `${image} is not cached from ${upstream} yet, and its subnets reach ECR over endpoints alone: AWS asks for a way to the internet at every first pull, and does not say whether that holds where the upstream is ECR itself.`,
      ko: `아직 캐시되지 않은 이미지이며 서브넷에서 엔드포인트로만 ECR에 연결됩니다: ${image} (업스트림 ${upstream}). AWS 문서는 첫 이미지 풀마다 인터넷 경로를 요구하며, 업스트림이 ECR일 때도 필요한지는 밝히지 않습니다.`,
    },
    true,
  )
}

function stopsOf(path: Path | null): readonly Hop[] {
  return (path?.hops ?? []).filter(({ decision }) => decision === 'deny')
}

function unseenWay(image: string, { hops }: Path): readonly Unseen[] {
  const missing = hops.find((hop) => hop.missing !== undefined)?.missing
  if (missing !== undefined) return [{ ...missing, matters: true }]
  const because = {
    en: `Whether the first pull of ${image} finds a way to the internet cannot be told.`,
    ko: `첫 이미지 풀에 쓸 인터넷 경로가 있는지 알 수 없습니다: ${image}`,
  }
  return [cannotSee(['first-pull-undecided', image], because, true)]
}
