/** The image pull. */

import type { CheckId } from '../../domain/check-id.ts'
import type { Label } from '../../domain/label.ts'
import type { Text } from '../../domain/text.ts'
import { pulledFrom } from '../destination.ts'
import type { LabelRows } from '../label-row.ts'
import type { Reading } from '../reading.ts'

const PULL = { family: 'pull', step: 'pull', destination: pulledFrom } as const

/** Who may take an image out of ECR. */
export const ECR_RIGHTS: readonly CheckId[] = [
  'endpoint-policy-denies',
  'execution-role-without-ecr',
  'instance-role-without-ecr',
  'repository-policy-denies',
  'pull-through-cache-without-rights',
]
const MISSING_IMAGE: readonly CheckId[] = [
  'image-reference-invalid',
  'image-repository-not-found',
  'image-not-found',
  'image-archived',
]

export const COMPARE_URI: Text = {
  en: 'Compare the image URI in the task definition with the repository, letter by letter.',
  ko: '태스크 정의의 이미지 URI를 리포지토리와 한 글자씩 비교합니다.',
}

/** No address, no URL: only that somebody gave up. */
function isBare({ dialled, answered, prose }: Reading): boolean {
  return dialled === null && !answered('networkAdvice') && /redacted|dial tcp: i\/o|context cancell?ed\W*$/.test(prose)
}

export const PULL_LABELS: LabelRows<Extract<Label, `pull/${string}`>> = {
  'pull/network-timeout': {
    ...PULL,
    network: 'silent',
    retryable: (reading) => (isBare(reading) ? null : false),
    title: { en: 'The image pull got no answer', ko: '이미지 풀 요청에 응답이 없습니다' },
    why: {
      en: 'Nobody answered the connection. Packets are dropped on the way: a missing route, a security group, a network ACL or a missing public IP.',
      ko: '연결에 응답이 없습니다. 라우팅 누락, 보안 그룹, 네트워크 ACL 또는 퍼블릭 IP 누락 때문에 패킷이 중간에서 버려집니다.',
    },
    remedy: [
      {
        en: 'If only some tasks fail, compare their subnets: a route table or an endpoint zone differs in the failing ones.',
        ko: '일부 태스크만 실패하면 서브넷을 비교합니다. 실패하는 서브넷은 라우팅 테이블이나 엔드포인트 가용 영역이 다릅니다.',
      },
      {
        en: "Check that the task's security group allows outbound HTTPS (443) and that the network ACL lets the answers back in (1024-65535).",
        ko: '태스크 보안 그룹이 아웃바운드 HTTPS(443)를 허용하고 네트워크 ACL이 응답 포트(1024-65535)를 허용하는지 확인합니다.',
      },
    ],
  },
  'pull/dns-failure': {
    ...PULL,
    network: 'broken',
    retryable: ({ prose, answered }) => answered('silent') || /misbehaving|temporary|\.\.\.$/.test(prose),
    title: { en: 'The registry name does not resolve', ko: '레지스트리 이름의 DNS 확인에 실패했습니다' },
    why: {
      en: 'The resolver knows no address for the registry host, or did not answer.',
      ko: 'DNS 서버에 레지스트리 호스트의 주소가 없거나 DNS 서버가 응답하지 않았습니다.',
    },
    remedy: [
      {
        en: 'Check the spelling of the host in the image URI: account id, Region, domain.',
        ko: '이미지 URI의 호스트(계정 ID, 리전, 도메인)에 오타가 없는지 확인합니다.',
      },
      {
        en: 'VPC → Your VPCs → Edit VPC settings: enable DNS resolution, and check the DHCP option set and private hosted zones.',
        ko: 'VPC → VPC → VPC 설정 편집: DNS 확인을 활성화하고 DHCP 옵션 세트와 프라이빗 호스팅 영역을 확인합니다.',
      },
    ],
  },
  'pull/tls-failure': {
    ...PULL,
    network: 'broken',
    retryable: ({ prose }) => /handshake/.test(prose),
    title: { en: 'The TLS connection to the registry failed', ko: '레지스트리와의 TLS 연결에 실패했습니다' },
    why: {
      en: 'The connection opened, but the handshake did not end or the certificate is not trusted. A firewall, a proxy or a plain-HTTP registry stands in between.',
      ko: '연결은 되었지만 TLS 핸드셰이크가 끝나지 않았거나 인증서를 신뢰할 수 없습니다. 중간에 방화벽이나 프록시가 있거나 레지스트리가 HTTP만 사용합니다.',
    },
    remedy: [
      {
        en: 'Let the firewall pass the registry host without TLS inspection, or install its certificate authority on the hosts.',
        ko: '방화벽에서 레지스트리 호스트를 TLS 검사 없이 통과시키거나 호스트에 해당 인증 기관을 설치합니다.',
      },
      {
        en: 'A handshake time-out under load may pass: try again.',
        ko: '부하로 인한 핸드셰이크 시간 초과는 다시 시도하면 해결될 수 있습니다.',
      },
    ],
  },
  'pull/connection-refused': {
    ...PULL,
    network: 'broken',
    retryable: ({ prose }) => (/\beof\b|reset|closed|broken pipe/.test(prose) ? true : null),
    title: { en: 'The registry connection was refused or cut', ko: '레지스트리 연결이 거부되거나 끊어졌습니다' },
    why: {
      en: 'A host answered and refused the connection, or closed it early. Security groups never do that; a proxy, a firewall or the registry does.',
      ko: '호스트가 응답했지만 연결을 거부하거나 일찍 끊었습니다. 보안 그룹이 아니라 프록시, 방화벽 또는 레지스트리가 원인입니다.',
    },
    remedy: [
      {
        en: 'Check that the address belongs to the registry and that something listens there on port 443.',
        ko: '주소가 레지스트리의 주소이고 443 포트에서 연결을 받는지 확인합니다.',
      },
      { en: 'If it happens in the middle of a pull, try again.', ko: '이미지 풀 도중에 발생했다면 다시 시도합니다.' },
    ],
  },
  'pull/auth-denied': {
    ...PULL,
    retryable: ({ prose }) => /expired|(registry|ecr) credentials: not found/.test(prose),
    names: 'image',
    checks: ECR_RIGHTS,
    title: { en: 'The registry refused the credentials', ko: '레지스트리가 자격 증명을 거부했습니다' },
    why: {
      en: 'The registry was reached and said no: the role, the repository policy, the endpoint policy or the credentials do not allow the pull.',
      ko: '레지스트리에 연결되었지만 거부되었습니다. 역할, 리포지토리 정책, 엔드포인트 정책 또는 자격 증명이 이미지 풀을 허용하지 않습니다.',
    },
    remedy: [
      {
        en: 'Attach AmazonECSTaskExecutionRolePolicy to the task execution role (on EC2 instances: check the instance role as well).',
        ko: '태스크 실행 역할에 AmazonECSTaskExecutionRolePolicy를 연결합니다(EC2 인스턴스에서는 인스턴스 역할도 확인합니다).',
      },
      {
        en: 'For another account: allow ecr:BatchGetImage and ecr:GetDownloadUrlForLayer in the repository policy. Check the policies of the VPC endpoints.',
        ko: '다른 계정의 이미지라면 리포지토리 정책에서 ecr:BatchGetImage와 ecr:GetDownloadUrlForLayer를 허용하고 VPC 엔드포인트 정책을 확인합니다.',
      },
      {
        en: 'For another registry: renew the secret named in repositoryCredentials.',
        ko: '다른 레지스트리라면 repositoryCredentials의 보안 암호를 갱신합니다.',
      },
    ],
  },
  'pull/access-denied-or-missing': {
    ...PULL,
    network: 'answered',
    retryable: false,
    names: 'image',
    checks: [...ECR_RIGHTS, ...MISSING_IMAGE],
    title: { en: 'The image does not exist, or may not be seen', ko: '이미지가 없거나 볼 수 있는 권한이 없습니다' },
    why: {
      en: 'The registry gives this answer in both cases, so the text alone cannot tell which one it is.',
      ko: '레지스트리는 두 경우에 같은 응답을 주므로 메시지만으로는 어느 쪽인지 알 수 없습니다.',
    },
    remedy: [
      COMPARE_URI,
      {
        en: 'If it exists, grant the pull: repositoryCredentials for a private registry, the repository policy for Amazon ECR.',
        ko: '이미지가 있다면 풀 권한을 부여합니다. 프라이빗 레지스트리는 repositoryCredentials, Amazon ECR은 리포지토리 정책을 사용합니다.',
      },
    ],
  },
  'pull/image-not-found': {
    ...PULL,
    network: 'answered',
    retryable: false,
    names: 'image',
    checks: MISSING_IMAGE,
    title: { en: 'The image is not in the registry', ko: '레지스트리에 이미지가 없습니다' },
    why: {
      en: 'The repository, the tag or the digest does not exist, ECR has the image in its archive, or the image field is no valid reference. Every new task fails in the same way.',
      ko: '리포지토리, 태그 또는 다이제스트가 없거나, 이미지가 ECR 아카이브에 있거나, 이미지 값이 올바른 참조가 아닙니다. 새 태스크는 모두 같은 이유로 실패합니다.',
    },
    remedy: [
      {
        en: 'Push the image, or correct the repository, tag and Region in the task definition.',
        ko: '이미지를 푸시하거나 태스크 정의의 리포지토리, 태그, 리전을 수정합니다.',
      },
      {
        en: 'ECR → Repositories → Lifecycle policy: check that no rule removed or archived the image. An archived one is restored, or waited for while it is ACTIVATING.',
        ko: 'ECR → 리포지토리 → 수명 주기 정책: 이미지를 삭제하거나 아카이브한 규칙이 없는지 확인합니다. 아카이브된 이미지는 복원하고, ACTIVATING 상태이면 기다립니다.',
      },
    ],
  },
  'pull/rate-limited': {
    ...PULL,
    network: 'answered',
    retryable: true,
    names: 'image',
    title: { en: 'The registry limits the pull rate', ko: '레지스트리가 이미지 풀 횟수를 제한합니다' },
    why: {
      en: 'Too many pulls came from this account or address. A later try may work.',
      ko: '이 계정이나 주소에서 보낸 이미지 풀 요청이 너무 많습니다. 나중에 다시 시도하면 성공할 수 있습니다.',
    },
    remedy: [
      {
        en: 'Pull through Amazon ECR: copy the image, or add a pull-through cache rule.',
        ko: '이미지를 Amazon ECR로 복사하거나 풀스루 캐시 규칙을 추가합니다.',
      },
      {
        en: 'Or log in to the registry with repositoryCredentials: anonymous limits are shared by everything behind one NAT gateway.',
        ko: '또는 repositoryCredentials로 레지스트리에 로그인합니다. 익명 한도는 하나의 NAT 게이트웨이를 쓰는 모든 클라이언트가 공유합니다.',
      },
    ],
  },
  'pull/platform-mismatch': {
    ...PULL,
    network: 'answered',
    retryable: false,
    names: 'image',
    checks: ['image-platform-mismatch'],
    title: { en: 'The image was built for another platform', ko: '이미지가 다른 플랫폼용으로 빌드되었습니다' },
    why: {
      en: 'The image has no variant for the CPU architecture or the operating system version of the task.',
      ko: '이미지에 태스크의 CPU 아키텍처나 운영 체제 버전에 맞는 매니페스트가 없습니다.',
    },
    remedy: [
      {
        en: 'Build for the platform of the task: docker buildx build --platform linux/amd64,linux/arm64',
        ko: '태스크의 플랫폼에 맞게 빌드합니다: docker buildx build --platform linux/amd64,linux/arm64',
      },
      {
        en: 'Or set runtimePlatform in the task definition to what the image is built for.',
        ko: '또는 태스크 정의의 runtimePlatform을 이미지에 맞게 설정합니다.',
      },
    ],
  },
  'pull/unpack-failed': {
    ...PULL,
    names: 'image',
    retryable: ({ prose }) => {
      if (
        /devicemapper|devmapper|hcsshim|unavailable|unexpected eof|size validation|re-exec|failed to prepare/.test(
          prose,
        )
      )
        return true
      return /mismatched|commit/.test(prose) ? null : false
    },
    title: { en: 'What arrived could not be unpacked', ko: '받은 데이터의 압축을 풀 수 없습니다' },
    why: {
      en: 'The registry was reached. What came is broken or of an unsupported format, was cut or replaced on its way, or the layer store of the host is at fault.',
      ko: '레지스트리에는 연결되었습니다. 받은 데이터가 손상되었거나, 지원되지 않는 형식이거나, 전송 중에 잘리거나 바뀌었거나, 호스트의 레이어 저장소에 문제가 있습니다.',
    },
    remedy: [
      {
        en: 'Build and push the image again (without provenance attestations: --provenance=false), then deploy.',
        ko: '이미지를 다시 빌드하여 푸시한 후 배포합니다(출처 증명 제외: --provenance=false).',
      },
      {
        en: 'If only one instance fails, drain and replace it.',
        ko: '한 인스턴스에서만 실패하면 드레이닝하고 교체합니다.',
      },
    ],
  },
  'pull/disk-full': {
    ...PULL,
    retryable: false,
    title: { en: 'No disk space left for the image', ko: '이미지를 저장할 디스크 공간이 없습니다' },
    why: {
      en: 'The disk filled up while layers were downloaded or unpacked.',
      ko: '레이어를 다운로드하거나 압축을 푸는 동안 디스크가 가득 찼습니다.',
    },
    remedy: [
      {
        en: 'Fargate: raise ephemeralStorage (21 to 200 GiB) in the task definition.',
        ko: 'Fargate: 태스크 정의에서 ephemeralStorage(21~200GiB)를 늘립니다.',
      },
      {
        en: 'EC2: use a larger volume, or remove unused images (docker system prune).',
        ko: 'EC2: 더 큰 볼륨을 사용하거나 사용하지 않는 이미지를 삭제합니다(docker system prune).',
      },
    ],
  },
  'pull/pull-through-cache': {
    ...PULL,
    names: 'image',
    title: {
      en: 'The ECR pull-through cache could not fetch the image',
      ko: 'ECR 풀스루 캐시가 이미지를 가져오지 못했습니다',
    },
    why: {
      en: 'The image is not cached yet, and the import from the upstream registry failed or was handed to a client without internet access.',
      ko: '이미지가 아직 캐시되지 않았고 업스트림 레지스트리에서 가져오지 못했거나, 인터넷에 연결되지 않은 클라이언트가 직접 가져와야 했습니다.',
    },
    remedy: [
      {
        en: 'ECR → Private registry → Pull through cache: check the upstream name and the secret of the rule.',
        ko: 'ECR → 프라이빗 레지스트리 → 풀스루 캐시: 규칙의 업스트림 이름과 보안 암호를 확인합니다.',
      },
      {
        en: 'Allow ecr:BatchImportUpstreamImage and ecr:CreateRepository, and pull once from a network with internet access.',
        ko: 'ecr:BatchImportUpstreamImage와 ecr:CreateRepository를 허용하고 인터넷에 연결된 네트워크에서 이미지를 한 번 풀합니다.',
      },
    ],
  },
  'pull/registry-unavailable': {
    ...PULL,
    retryable: true,
    title: { en: 'The registry is not available', ko: '레지스트리를 사용할 수 없습니다' },
    why: {
      en: 'The registry answered with a server error, or none of its endpoints answered. A later try may work.',
      ko: '레지스트리가 서버 오류로 응답했거나 어떤 엔드포인트도 응답하지 않았습니다. 나중에 다시 시도하면 성공할 수 있습니다.',
    },
    remedy: [
      {
        en: "Look at the registry's status page and try again.",
        ko: '레지스트리의 상태 페이지를 확인하고 다시 시도합니다.',
      },
      { en: 'Keep a copy of the image in Amazon ECR.', ko: 'Amazon ECR에 이미지 사본을 보관합니다.' },
    ],
  },
  'pull/unspecified': {
    ...PULL,
    clarity: 'unspecified',
    retryable: ({ prose }) => (/unexpected status code/.test(prose) ? true : null),
    title: { en: 'The image pull failed, cause not given', ko: '이미지 풀에 실패했지만 원인이 없습니다' },
    why: {
      en: 'The message ends before the cause. Fargate cut long reasons, and some agents print none.',
      ko: '원인이 나오기 전에 메시지가 끝납니다. Fargate가 긴 사유를 잘랐거나 에이전트가 원인을 출력하지 않았습니다.',
    },
    remedy: [
      {
        en: 'Read the full reason: aws ecs describe-tasks --cluster CLUSTER --tasks TASK --query "tasks[].containers[].reason"',
        ko: '전체 사유를 확인합니다: aws ecs describe-tasks --cluster CLUSTER --tasks TASK --query "tasks[].containers[].reason"',
      },
      {
        en: 'Check the image URI, the execution role and the network path, for instance with preflight.',
        ko: 'preflight 등으로 이미지 URI, 태스크 실행 역할, 네트워크 경로를 확인합니다.',
      },
    ],
  },
}
