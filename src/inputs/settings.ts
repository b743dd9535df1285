/** Settings of the service that are changed for a while and put back. */
import type { Input } from './input.ts'
import { choice, flag } from './takes.ts'

export const SETTINGS = {
  emergency: {
    takes: choice('bad-subnets', 'percent'),
    commands: ['deploy'],
    default: null,
    description: {
      en: 'Only when it has to go out now: changes the service for a while, and mends nothing. `bad-subnets` leaves out the subnets that preflight proves bad until it passes there again; `percent` sets minimumHealthyPercent 0 and maximumPercent 200 for this rollout, so that failed starts are tried again sooner (ECS may stop every old task first). What it was is kept in tags of the service; the next deploy puts back what a killed run left, and every report leads with it until then.',
      ko: '급하게 배포해야 할 때만 사용합니다. 서비스를 임시로 변경하며 근본 해결은 아닙니다. `bad-subnets`: preflight에서 잘못된 것으로 입증된 서브넷을 다시 통과할 때까지 제외합니다. `percent`: 이번 롤아웃 동안 minimumHealthyPercent를 0, maximumPercent를 200으로 설정하여 실패한 태스크를 더 빨리 다시 시작합니다(이전 태스크가 모두 먼저 중지될 수 있음). 원래 값은 서비스 태그에 보관됩니다. 중단된 실행이 남긴 설정은 다음 deploy에서 되돌리며, 그때까지 모든 보고서의 맨 앞에 표시됩니다.',
    },
  },
  'enable-exec': {
    takes: flag(),
    commands: ['probe'],
    default: 'false',
    description: {
      en: 'Turns ECS Exec on for the service where it is off: starts a deployment, since Exec is fixed when a task starts, and puts the setting back at the end (which starts nothing; tasks keep Exec until they are replaced).',
      ko: '서비스의 ECS Exec가 꺼져 있으면 켭니다. ECS Exec 설정은 태스크가 시작될 때 정해지므로 배포가 시작됩니다. probe가 끝나면 설정을 되돌리며, 이때 배포는 시작되지 않고 태스크의 ECS Exec는 교체될 때까지 유지됩니다.',
    },
  },
} as const satisfies Readonly<Record<string, Input>>
