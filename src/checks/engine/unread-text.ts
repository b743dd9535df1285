/** Why a fact is not known, in words. */
import type { Unread, UnreadBecause } from '../../domain/answer.ts'
import type { FactName } from '../../domain/facts.ts'
import type { Text } from '../../domain/text.ts'

/** As a report calls them. */
export const FACT_WORDS: Readonly<Record<FactName, Text>> = {
  service: { en: 'the service', ko: '서비스' },
  taskDefinition: { en: 'the task definition', ko: '태스크 정의' },
  compute: { en: 'the compute of the service', ko: '서비스의 컴퓨팅 구성' },
  network: { en: 'the network', ko: '네트워크' },
  paths: { en: 'the network paths', ko: '네트워크 경로' },
  tasks: { en: 'the running tasks', ko: '실행 중인 태스크' },
  images: { en: 'the images', ko: '이미지' },
  role: { en: 'the roles of a start', ko: '태스크 시작에 사용하는 역할' },
  configuration: { en: 'the configuration of the service', ko: '서비스의 구성' },
}

export const BECAUSE: Readonly<Record<UnreadBecause, Text>> = {
  denied: { en: 'access was denied', ko: '액세스가 거부됨' },
  absent: { en: 'the snapshot has no such file', ko: '스냅샷에 파일이 없음' },
  'not-found': { en: 'AWS says that it does not exist', ko: 'AWS에 존재하지 않음' },
  throttled: { en: 'AWS throttled the request', ko: 'AWS에서 요청을 스로틀링함' },
  unreachable: { en: 'AWS did not answer', ko: 'AWS에서 응답이 없음' },
  garbled: { en: 'the answer could not be understood', ko: '응답을 해석할 수 없음' },
  unasked: { en: 'something it depends on is not known', ko: '먼저 필요한 정보를 알 수 없음' },
}

export function unreadText(name: FactName, { because }: Unread): Text {
  return {
    en: `could not read ${FACT_WORDS[name].en}: ${BECAUSE[because].en}`,
    ko: `읽지 못한 항목: ${FACT_WORDS[name].ko} (${BECAUSE[because].ko})`,
  }
}
