/** How `simulate` plays. */
import { FILE, type Input } from './input.ts'
import { positiveNumber, text, wholeNumber } from './takes.ts'

const OF_SIMULATE = { commands: ['simulate'], frontend: 'cli' } as const

export const SIMULATION = {
  scenario: {
    takes: text('FILE', FILE),
    ...OF_SIMULATE,
    default: null,
    description: {
      en: 'A JSON file with a rollout to play: which subnets fail and how, timings, circuit breaker, deployment configuration, what somebody does when. Examples stand in simulator/scenarios.',
      ko: '재생할 롤아웃을 담은 JSON 파일입니다. 실패하는 서브넷과 방식, 시간, 배포 회로 차단기, 배포 구성, 시점별 작업을 정합니다. 예시는 simulator/scenarios 폴더에 있습니다.',
    },
  },
  speed: {
    takes: positiveNumber('N', 1000),
    ...OF_SIMULATE,
    default: '1',
    description: {
      en: 'How many simulated seconds pass in one real second of the scenario.',
      ko: '시나리오에서 실제 1초 동안 흐르는 시뮬레이션 시간(초)입니다.',
    },
  },
  port: {
    takes: wholeNumber('PORT', 0, 65535),
    ...OF_SIMULATE,
    default: '0',
    description: {
      en: 'The port to listen on; 0 takes a free one.',
      ko: '수신할 포트입니다. 0을 지정하면 비어 있는 포트를 사용합니다.',
    },
  },
  latency: {
    takes: wholeNumber('MS', 0, 60_000),
    ...OF_SIMULATE,
    default: '0',
    description: { en: 'Milliseconds to wait before every answer.', ko: '모든 응답 전에 기다릴 시간(밀리초)입니다.' },
  },
  'page-size': {
    takes: wholeNumber('N', 1, 1000),
    ...OF_SIMULATE,
    default: null,
    description: {
      en: 'Cuts every list into pages of at most so many entries.',
      ko: '모든 목록을 지정한 개수 이하의 페이지로 나눕니다.',
    },
  },
} as const satisfies Readonly<Record<string, Input>>
