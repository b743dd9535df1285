/** Sentences that tie a failure to its cause, and that answer what it is often taken for. */
import type { Path } from '../../domain/path.ts'
import type { Text } from '../../domain/text.ts'

/** Amazon ECR User Guide, "Amazon ECR interface VPC endpoints": layers are downloaded from Amazon S3. */
export function s3NotEcr(ip: string): Text {
  return {
    en: `${ip} is an address of Amazon S3, not of ECR: sign-in and manifest worked, and the layers are downloaded from S3. More ECR endpoints change nothing; the way from this subnet to S3 does.`,
    ko: `${ip}: ECR이 아니라 Amazon S3의 주소입니다. 로그인과 매니페스트 조회는 성공했고 이미지 레이어는 S3에서 내려받습니다. ECR 엔드포인트를 추가해도 해결되지 않으며, 이 서브넷에서 S3로 가는 경로를 고쳐야 합니다.`,
  }
}

export function endpointAddress(ip: string, endpointId: string, serviceName: string): Text {
  return {
    en: `${ip} is an address of the interface endpoint ${endpointId} (${serviceName}).`,
    ko: `${ip}: 인터페이스 엔드포인트의 주소입니다. 엔드포인트: ${endpointId} (${serviceName})`,
  }
}

export function onlyHere(subnetId: string): Text {
  return {
    en: `Tasks fail only in ${subnetId}; in the other subnets they start. The fault is this subnet's.`,
    ko: `다른 서브넷에서는 태스크가 시작되고 이 서브넷에서만 실패합니다: ${subnetId}. 원인은 이 서브넷에 있습니다.`,
  }
}

export function blockedPath({ from, destination, hops }: Path): Text {
  const why = hops.find(({ decision }) => decision === 'deny')?.why ?? { en: '', ko: '' }
  return {
    en: `The path from ${from.subnetId} to ${destination} is blocked. ${why.en}`.trim(),
    ko: `막힌 경로: ${from.subnetId} → ${destination}. ${why.ko}`.trim(),
  }
}

export function openPath({ from, destination }: Path): Text {
  return {
    en: `As far as the network could be read, the path from ${from.subnetId} to ${destination} is open; look at what it cannot show: a firewall, a proxy, the registry itself.`,
    ko: `읽은 네트워크 구성에서는 경로가 열려 있습니다: ${from.subnetId} → ${destination}. 방화벽, 프록시, 레지스트리 자체처럼 구성에서 보이지 않는 원인을 확인해야 합니다.`,
  }
}

export function memoryLimit(container: string, mebibytes: number): Text {
  return {
    en: `The hard memory limit of container ${container} is ${mebibytes} MiB.`,
    ko: `컨테이너의 하드 메모리 제한: ${container} = ${mebibytes}MiB`,
  }
}

export function exited(container: string, code: number): Text {
  return {
    en: `Container ${container} ended with exit code ${code}.`,
    ko: `컨테이너가 종료되었습니다: ${container} (종료 코드 ${code})`,
  }
}

/** ECS sends SIGTERM to the other containers, and SIGKILL after `stopTimeout` (ECS API Reference, ContainerDefinition). */
export function consequence(containers: readonly string[]): Text {
  const names = containers.join(', ')
  return {
    en: `The exit codes of the other containers (${names}) follow from the stop of the task and are no cause.`,
    ko: `다른 컨테이너의 종료 코드는 태스크가 중지된 결과이며 원인이 아닙니다: ${names}`,
  }
}

export const PULL_WORKED: Text = {
  en: 'The image was pulled and the container started: image, registry and the network to them are fine.',
  ko: '이미지 풀과 컨테이너 시작은 성공했습니다. 이미지, 레지스트리, 그리고 그 네트워크에는 문제가 없습니다.',
}

export const PLACED_SINCE: Text = {
  en: 'It passed by itself: ECS has placed a task since.',
  ko: '이후 태스크가 배치되어 저절로 해결되었습니다.',
}

export const REGISTRY_ANSWERED: Text = {
  en: 'The registry answered: the network path to it is fine.',
  ko: '레지스트리가 응답했으므로 레지스트리까지의 네트워크 경로에는 문제가 없습니다.',
}

export const FROM_ACTION_LOGS: Text = {
  en: 'The reason is from the ECS Action Logs of the cluster: ECS itself shows it no longer, or not at all.',
  ko: '이 이유는 클러스터의 ECS 작업 로그에서 확인했습니다. ECS에는 더 이상 표시되지 않거나 표시된 적이 없습니다.',
}
