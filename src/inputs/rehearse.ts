/** How a rehearsal is made. */
import type { Input } from './input.ts'
import { choice, ids } from './takes.ts'

export const REHEARSE = {
  rehearse: {
    takes: choice('off', 'on'),
    commands: ['deploy'],
    default: 'off',
    description: {
      en: 'With `on`, one throw-away task a subnet pulls the very images before anything is registered, as `rehearse` does. Where one fails, nothing is deployed. It costs at most a minute of Fargate a subnet.',
      ko: '`on` 값을 지정하면 등록하기 전에 `rehearse` 명령처럼 서브넷마다 일회용 태스크로 같은 이미지를 풀해 봅니다. 실패한 서브넷이 있으면 배포하지 않습니다. 서브넷마다 Fargate 요금이 최소 1분 발생합니다.',
    },
  },
  'rehearse-subnets': {
    takes: ids('subnet-'),
    commands: ['rehearse', 'deploy'],
    default: null,
    description: {
      en: "The subnets to rehearse in, some of the service's. Without it, all of them.",
      ko: '예행 실행할 서브넷입니다. 서비스의 서브넷 중에서 지정하며, 지정하지 않으면 모든 서브넷에서 실행합니다.',
    },
  },
} as const satisfies Readonly<Record<string, Input>>
