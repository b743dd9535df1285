/** The words for one message: a network fault is mended where its destination is reached. Never repeats the message: it is somebody else's text. */
import type { Text } from '../domain/text.ts'
import type { Words } from './label-row.ts'
import { LABELS } from './labels.ts'
import type { Message } from './read-message.ts'
import { remedyOf } from './repairs.ts'

export function wordsFor(message: Message): Words {
  const { title, why, remedy, network } = LABELS[message.label]
  if (network !== 'silent') return { title, why, remedy: remedyOf(message.label, message.repair) ?? remedy }
  const note = noteOnAddress(message)
  return {
    title: titleForNetwork(message) ?? title,
    why: note === null ? why : { en: `${why.en} ${note.en}`, ko: `${why.ko} ${note.ko}` },
    remedy: [...remedyForNetwork(message), ...remedy],
  }
}

const SERVICE_OF: Readonly<Record<string, string>> = {
  'ecr-api': 'ecr.api',
  'ecr-dkr': 'ecr.dkr',
  logs: 'logs',
  secretsmanager: 'secretsmanager',
  ssm: 'ssm',
  kms: 'kms',
}

/** Endpoints of AWS listen on 443 alone. */
function isOwnHost(address: Message['address']): boolean {
  return address?.is === 'private' && address.port !== 443
}

/** Amazon ECR User Guide, "Amazon ECR interface VPC endpoints": layers come from Amazon S3, not from the registry. */
function noteOnAddress({ destination, address }: Message): Text | null {
  if (destination === 's3-layers') {
    return {
      en: 'The registry was reached; its layers lie in Amazon S3, and the connection to S3 is the one that failed, whatever host the message names.',
      ko: '레지스트리에는 연결되었습니다. 이미지 레이어는 Amazon S3에 있으며, 메시지에 어떤 호스트가 나오든 실패한 것은 S3 연결입니다.',
    }
  }
  if (isOwnHost(address)) {
    return {
      en: 'The dialled address is private and its port is not 443, so it is a proxy or a registry of your own that did not answer.',
      ko: '연결하려던 주소가 프라이빗 주소이고 포트가 443이 아니므로, 응답하지 않은 것은 자체 프록시 또는 자체 레지스트리입니다.',
    }
  }
  if (address?.is === 'private') {
    return {
      en: 'The dialled address is private, so the name leads to an interface endpoint (or a proxy) in the network. The security group of that endpoint is the first suspect.',
      ko: '연결하려던 주소가 프라이빗 주소이므로 이 이름은 네트워크 안의 인터페이스 엔드포인트(또는 프록시)를 가리킵니다. 그 엔드포인트의 보안 그룹을 먼저 의심해야 합니다.',
    }
  }
  if (address?.is === 'public' && destination !== null && destination in SERVICE_OF) {
    return {
      en: 'The dialled address is public, so no interface endpoint answers for this name in the VPC, and the way to the internet is broken.',
      ko: '연결하려던 주소가 퍼블릭 주소이므로 VPC에는 이 이름에 응답하는 인터페이스 엔드포인트가 없으며, 인터넷으로 나가는 경로가 끊겨 있습니다.',
    }
  }
  return null
}

/** Who gave no answer to a pull, as far as the message tells. */
const SILENT: Readonly<Record<string, Text>> = {
  's3-layers': {
    en: 'S3 gave no answer: the image layers did not come',
    ko: 'S3 응답이 없어 이미지 레이어를 받지 못했습니다',
  },
  'ecr-dkr': {
    en: 'The ECR registry gave no answer to the pull',
    ko: 'ECR 레지스트리가 이미지 풀 요청에 응답하지 않았습니다',
  },
  'ecr-api': { en: 'The ECR API gave no answer to the pull', ko: 'ECR API가 이미지 풀 요청에 응답하지 않았습니다' },
}

/** Null where the label's own title says as much. */
function titleForNetwork({ label, destination }: Message): Text | null {
  return label === 'pull/network-timeout' ? (SILENT[destination ?? ''] ?? null) : null
}

/** The repair that fits the destination; the general ones follow it. */
function remedyForNetwork({ destination, address }: Message): readonly Text[] {
  if (destination === 's3-layers') {
    return [
      {
        en: 'VPC → Route tables: check that the route table of every task subnet has a route to Amazon S3: a gateway endpoint (pl-… → vpce-…) or a NAT gateway.',
        ko: 'VPC → 라우팅 테이블: 모든 태스크 서브넷의 라우팅 테이블에 Amazon S3 경로(게이트웨이 엔드포인트 pl-… → vpce-… 또는 NAT 게이트웨이)가 있는지 확인합니다.',
      },
      {
        en: "Allow HTTPS (443) to Amazon S3 in the task's security group (outbound) and in the subnets' network ACLs.",
        ko: '태스크 보안 그룹의 아웃바운드 규칙과 서브넷의 네트워크 ACL에서 Amazon S3로 가는 HTTPS(443)를 허용합니다.',
      },
    ]
  }
  if (isOwnHost(address)) {
    return [
      {
        en: "Allow that port from the task's security group: in its own outbound rules, in the inbound rules of the other side, and in the network ACLs; and check that something listens there.",
        ko: '태스크 보안 그룹의 아웃바운드 규칙, 상대 쪽 보안 그룹의 인바운드 규칙, 네트워크 ACL에서 이 포트를 허용하고, 해당 주소에서 연결을 받는지 확인합니다.',
      },
    ]
  }
  if (address?.is === 'private') {
    return [
      {
        en: "EC2 → Security Groups: allow HTTPS (443) from the task's security group in the inbound rules of the endpoint's security group.",
        ko: 'EC2 → 보안 그룹: 엔드포인트 보안 그룹의 인바운드 규칙에서 태스크 보안 그룹의 HTTPS(443)를 허용합니다.',
      },
    ]
  }
  const service = destination === null ? undefined : SERVICE_OF[destination]
  if (service !== undefined) {
    return [
      {
        en: `Give the task subnets a way out (NAT gateway, or internet gateway with a public IP), or create the interface endpoint com.amazonaws.REGION.${service} with private DNS.`,
        ko: `태스크 서브넷에 외부 경로(NAT 게이트웨이 또는 퍼블릭 IP와 인터넷 게이트웨이)를 만들거나 프라이빗 DNS를 활성화한 인터페이스 엔드포인트를 생성합니다. 서비스 이름: com.amazonaws.REGION.${service}`,
      },
    ]
  }
  if (destination?.startsWith('registry:') === true) {
    return [
      {
        en: 'This registry has no VPC endpoint: give the task subnets a way to the internet (NAT gateway, or internet gateway with a public IP), or keep the image in Amazon ECR.',
        ko: '이 레지스트리에는 VPC 엔드포인트가 없습니다. 태스크 서브넷에 인터넷 경로(NAT 게이트웨이 또는 퍼블릭 IP와 인터넷 게이트웨이)를 만들거나 이미지를 Amazon ECR에 보관합니다.',
      },
    ]
  }
  return []
}
