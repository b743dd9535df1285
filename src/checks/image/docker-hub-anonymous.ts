/** Are images pulled from Docker Hub without an account? */
import { defineCheck } from '../../domain/check.ts'
import { type ImageReference, isInvalidImage, parseImageReference } from '../../domain/image-reference.ts'
import { registryHost } from '../../domain/partition.ts'

interface Details {
  readonly image: string
  readonly containers: readonly string[]
  readonly reference: ImageReference
  readonly region: string
  readonly accountId: string | null
}

const HUB = ['docker.io', 'registry-1.docker.io', 'registry.hub.docker.com']
/** ECR User Guide, "Creating a pull through cache rule": names of secrets have to begin so. */
const SECRET = 'ecr-pullthroughcache/docker-hub'
const PREFIX = 'docker-hub'

export default defineCheck<Details, 'taskDefinition' | 'network'>({
  id: 'docker-hub-anonymous',
  step: 'image',
  severity: 'warning',
  needs: ['taskDefinition', 'network'],
  permissions: ['ecs:DescribeTaskDefinition'],

  title: { en: 'Docker Hub limits pulls without an account', ko: 'Docker Hub는 계정 없는 이미지 풀을 제한합니다' },
  why: {
    en: 'Docker Hub counts anonymous pulls by address, and tasks behind a NAT gateway share one. Past the limit a start fails with toomanyrequests, most likely when many tasks start at once.',
    ko: 'Docker Hub는 익명 이미지 풀을 IP 주소별로 세며, NAT 게이트웨이 뒤의 태스크는 주소 하나를 함께 씁니다. 한도를 넘으면 toomanyrequests로 시작이 실패하고, 여러 태스크가 한꺼번에 시작될 때 특히 그렇습니다.',
  },

  evaluate: ({ taskDefinition, network: { region, accountId } }) => {
    const images = new Map<string, Details>()
    for (const { name, image, repositoryCredentials } of taskDefinition.containers) {
      const reference = parseImageReference(image)
      if (isInvalidImage(reference) || !HUB.includes(reference.host) || repositoryCredentials !== null) continue
      const containers = [...(images.get(image)?.containers ?? []), name]
      images.set(image, { image, containers, reference, region, accountId })
    }
    return [...images.values()].map((details) => ({
      subject: details.image,
      evidence: details.containers.map((container) => ({
        en: `container ${container}: image ${details.image}, no repositoryCredentials`,
        ko: `컨테이너 ${container}: 이미지 ${details.image}, repositoryCredentials 없음`,
      })),
      details,
    }))
  },

  explain: ({ image, containers }) => ({
    en: `${containers.join(', ')} would pull ${image} from Docker Hub without an account.`,
    ko: `Docker Hub에서 계정 없이 가져오는 이미지입니다: ${image} (컨테이너: ${containers.join(', ')})`,
  }),

  /** The image is named anew by the reader, who looks first whether role and network are up to it. */
  remedy: ({ reference, region, accountId }) => {
    const cached = `${registryHost(accountId ?? 'ACCOUNT', region)}/${PREFIX}/${nameIn(reference)}`
    const official = {
      en: `Official images are on Amazon ECR Public as well, without a limit of that kind: public.ecr.aws/docker/${nameIn(reference)}`,
      ko: `공식 이미지는 이런 제한이 없는 Amazon ECR Public에도 있습니다: public.ecr.aws/docker/${nameIn(reference)}`,
    }
    return {
      changes: [
        {
          kind: 'create-secret',
          makes: 'credentialArn',
          name: SECRET,
          region,
          file: 'docker-hub.json',
          holds: '{"username":"…","accessToken":"…"} of your Docker Hub account',
        },
        {
          kind: 'create-pull-through-cache-rule',
          ecrRepositoryPrefix: PREFIX,
          upstreamRegistryUrl: 'registry-1.docker.io',
          credentialArn: { ref: 'credentialArn' },
        },
      ],
      after: [
        {
          en: `Then name the image ${cached} in the task definition, and let preflight look at that file before it is deployed: the role needs ecr:BatchImportUpstreamImage and ecr:CreateRepository.`,
          ko: `이어서 태스크 정의의 이미지를 다음과 같이 지정하고, 배포하기 전에 그 파일을 preflight로 확인합니다(역할에 ecr:BatchImportUpstreamImage 및 ecr:CreateRepository 권한이 필요합니다): ${cached}`,
        },
        ...(reference.repository.startsWith('library/') ? [official] : []),
      ],
    }
  },
})

function nameIn({ repository, tag, digest }: ImageReference): string {
  return `${repository}${tag === null ? '' : `:${tag}`}${digest === null ? '' : `@${digest}`}`
}
