/** May the execution role write to the log groups of the task? */
import { defineRoleCheck } from './role-denials.ts'

export default defineRoleCheck('logs', {
  id: 'execution-role-without-logs',

  title: { en: 'The execution role may not write the logs', ko: '태스크 실행 역할에 로그를 쓸 권한이 없습니다' },
  why: {
    en: 'The awslogs driver makes its log stream before the container starts, as this role. Where it may not, the task stops with ResourceInitializationError: failed to validate logger args.',
    ko: 'awslogs 드라이버는 컨테이너가 시작되기 전에 이 역할로 로그 스트림을 만듭니다. 허용되지 않으면 태스크가 ResourceInitializationError(failed to validate logger args)로 중지됩니다.',
  },
})
