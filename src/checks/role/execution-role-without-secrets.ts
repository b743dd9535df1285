/** May the execution role read the secrets, parameters and registry credentials of the task? */
import { defineRoleCheck } from './role-denials.ts'
import { isForeignCredentials, isRefusedByHalf } from './secret-rights.ts'

export default defineRoleCheck('secrets', {
  id: 'execution-role-without-secrets',
  except: (need, { role }) => isRefusedByHalf(need, role) || isForeignCredentials(need, role),

  title: { en: 'The execution role may not read a secret', ko: '태스크 실행 역할에 보안 암호를 읽을 권한이 없습니다' },
  why: {
    en: 'Secrets, parameters and registry credentials are read as this role before the container starts. The managed policy AmazonECSTaskExecutionRolePolicy does not allow it, so each has to be allowed by name.',
    ko: '보안 암호, 파라미터, 레지스트리 자격 증명은 컨테이너가 시작되기 전에 이 역할로 읽습니다. 관리형 정책 AmazonECSTaskExecutionRolePolicy에는 이 권한이 없으므로 각각 허용해야 합니다.',
  },
})
