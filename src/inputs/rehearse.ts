/** How a rehearsal is made. */
import type { Input } from './input.ts'
import { ids } from './takes.ts'

export const REHEARSE = {
  'rehearse-subnets': {
    takes: ids('subnet-'),
    commands: ['rehearse'],
    default: null,
    description: {
      en: "The subnets to rehearse in, some of the service's. Without it, all of them.",
      ko: '예행 실행할 서브넷입니다. 서비스의 서브넷 중에서 지정하며, 지정하지 않으면 모든 서브넷에서 실행합니다.',
    },
  },
} as const satisfies Readonly<Record<string, Input>>
