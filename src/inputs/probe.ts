/** Where `probe` runs. */
import type { Input } from './input.ts'
import { text } from './takes.ts'

export const PROBE = {
  container: {
    takes: text('NAME', { en: 'the name of a container', ko: '컨테이너 이름' }, /^\s*[\w-]{1,255}\s*$/),
    commands: ['probe'],
    default: null,
    description: {
      en: 'The container to run in. Without it, the first one of the task that has a shell and something to connect with: the containers of a task share its network.',
      ko: '시험을 실행할 컨테이너입니다. 지정하지 않으면 셸과 연결 도구가 있는 첫 컨테이너를 사용합니다. 태스크의 컨테이너는 네트워크를 공유합니다.',
    },
  },
} as const satisfies Readonly<Record<string, Input>>
