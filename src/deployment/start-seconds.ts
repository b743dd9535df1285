/** How long a start that succeeds takes until the task counts as healthy: from the service's own history where there is one. */
import type { Service } from '../domain/service.ts'
import type { Text } from '../domain/text.ts'

/** Lowest and highest, in seconds. */
export type Range = readonly [number, number]

/** Earlier successful starts of the service, in seconds. */
export interface StartHistory {
  /** Pull start to pull end. */
  readonly pullSeconds: readonly number[]
  /** Creation to RUNNING. */
  readonly startSeconds: readonly number[]
}

export interface StartSeconds {
  readonly seconds: Range
  readonly basis: readonly Text[]
}

/** Placement and network interface. */
const PROVISIONING: Range = [10, 30]
const PULL: Range = [20, 60]
const CONTAINER_START: Range = [5, 15]
/** Without any health check a task counts 40 s after RUNNING. ECS API Reference, DeploymentConfiguration. */
const SETTLING: Range = [40, 40]
/** Target groups: from 2 checks 10 s apart to the default of 5 checks 30 s apart. ELB User Guide, Health checks. */
const REGISTRATION: Range = [20, 150]
/** ECS sends SIGKILL after the stop timeout, 30 s by default. */
const STOPPING: Range = [0, 30]

/** Seconds for one wave: until its tasks count as healthy and the old ones have been told to stop. */
export function startSeconds(service: Service, history: StartHistory | undefined): StartSeconds {
  const running = untilRunning(history)
  const balanced = service.loadBalancers.length > 0
  const healthy = balanced ? REGISTRATION : SETTLING
  return {
    seconds: add(add(running.seconds, healthy), STOPPING),
    basis: [...running.basis, balanced ? REGISTRATION_TEXT : SETTLING_TEXT],
  }
}

export function add(a: Range, b: Range): Range {
  return [a[0] + b[0], a[1] + b[1]]
}

export function scale([low, high]: Range, factor: number): Range {
  return [low * factor, high * factor]
}

function untilRunning(history: StartHistory | undefined): StartSeconds {
  const starts = (history?.startSeconds ?? []).filter(isDuration)
  if (starts.length > 0) {
    const seconds = middle(starts)
    const text = {
      en: `Starts of this service took ${span(seconds, '–')} seconds until they ran (${starts.length} seen).`,
      ko: `이 서비스의 태스크가 실행될 때까지 걸린 시간: ${span(seconds, '~')}초 (관측 ${starts.length}건)`,
    }
    return { seconds, basis: [text] }
  }
  const pulls = (history?.pullSeconds ?? []).filter(isDuration)
  if (pulls.length > 0) {
    const pull = middle(pulls)
    const text = {
      en: `Pulls of this service took ${span(pull, '–')} seconds (${pulls.length} seen); the rest of a start is taken to last ${span(add(PROVISIONING, CONTAINER_START), '–')} seconds.`,
      ko: `이 서비스의 이미지 풀에 걸린 시간: ${span(pull, '~')}초 (관측 ${pulls.length}건). 시작의 나머지 단계는 다음과 같이 가정합니다: ${span(add(PROVISIONING, CONTAINER_START), '~')}초`,
    }
    return { seconds: add(add(PROVISIONING, pull), CONTAINER_START), basis: [text] }
  }
  const seconds = add(add(PROVISIONING, PULL), CONTAINER_START)
  const text = {
    en: `No earlier starts are known: ${span(seconds, '–')} seconds are assumed for interface, pull and container start. A large image takes longer.`,
    ko: `이전 시작 기록이 없어 네트워크 인터페이스 생성, 이미지 풀, 컨테이너 시작에 걸리는 시간을 가정합니다: ${span(seconds, '~')}초. 큰 이미지는 더 오래 걸립니다.`,
  }
  return { seconds, basis: [text] }
}

/** From the first to the ninth tenth, so that one odd start does not stretch the range; all of a short history. */
function middle(values: readonly number[]): Range {
  const ascending = values.toSorted((a, b) => a - b)
  const at = (part: number) => ascending[Math.round(part * (ascending.length - 1))] ?? 0
  return [at(0.1), at(0.9)]
}

function isDuration(seconds: number): boolean {
  return Number.isFinite(seconds) && seconds >= 0
}

function span([low, high]: Range, between: '–' | '~'): string {
  const [from, to] = [Math.round(low), Math.round(high)]
  return from === to ? `${from}` : `${from}${between}${to}`
}

const SETTLING_TEXT: Text = {
  en: 'Without a load balancer a task counts as healthy 40 seconds after it runs; a container health check may take longer.',
  ko: '로드 밸런서가 없으면 실행 40초 뒤에 정상으로 간주됩니다. 컨테이너 상태 확인이 있으면 더 걸릴 수 있습니다.',
}

const REGISTRATION_TEXT: Text = {
  en: 'The target group finds a new target healthy after 20 to 150 seconds; its own settings were not read.',
  ko: '대상 그룹이 새 대상을 정상으로 판단하기까지 20~150초로 가정합니다. 대상 그룹의 설정은 읽지 않았습니다.',
}
